// What a figure is before it is drawn: what it says, its numbers, and the lines for gnuplot that draw them. Values only; nothing here names a file or starts a program.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace entente::report {

enum class Format : std::uint8_t { svg, pdf, png };
/// As wide as one column of a journal's page, 8.5 cm, or as both, 17.5 cm.
enum class FigureWidth : std::uint8_t { one_column, two_columns };

/// Of what a figure or a table was made; it stands in every caption.
struct Origin {
    std::string scenario; ///< its title
    std::string version;  ///< of the engine
    std::uint64_t seed = 0;
    std::uint64_t runs = 0; ///< that did not fail
};

/// Lines for gnuplot. They find `$numbers`, the CSV with semicolons between cells and without its first line; W and H, the size of the whole in points; and `low`, the height in points above which
/// they draw.
struct Drawing {
    std::string lines;
    double height = 0; ///< that they draw in, points
};
/// Two drawings of the same numbers, for one column and for two.
struct Figure {
    std::string name;     ///< of its files: small letters, digits and underscores
    std::string title;    ///< states what is shown
    std::string caption;  ///< plain text: n, seed, units, how intervals were made
    std::string csv;      ///< its numbers under one line of names, with units in them
    std::string under{};  ///< stands below the title: of which scenario
    std::string source{}; ///< stands at the foot: n and seed
    Drawing two{}, one{}; ///< over two columns, and over one
};
/// What cannot be made of a result, and what to do about it: "sensitivity: no parameter is drawn; …".
struct Omitted {
    std::string name, why;
};
/// A figure, or why there is none.
using FigureOrWhy = std::variant<Figure, Omitted>;

/// The whole script: terminal, width, fonts, numbers and lines. It draws on gnuplot's standard output and names no file.
std::string script_of(const Figure& figure, Format format, FigureWidth width);
/// The SVG that gnuplot drew, with the figure's title and caption as its title and description, and the script as its metadata, so that it says what it was made of.
std::string svg_with_script(const std::string& svg, const Figure& figure, const std::string& script);

} // namespace entente::report
