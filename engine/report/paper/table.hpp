// A table as a value, and how it is written: once defined, it comes as LaTeX (booktabs), CSV and Markdown.
#pragma once
#include "../../analysis/driver_effects.hpp"
#include "../../analysis/readings.hpp"
#include "../../analysis/share.hpp"
#include "../../core/interval.hpp"
#include <cstddef>
#include <string>
#include <variant>
#include <vector>

namespace entente::report {

/// What a program reads: a text, or a number with all its digits; NaN and infinite numbers stand for none.
using ExactValue = std::variant<std::string, double>;
/// A cell, for people and for programs.
struct PaperCell {
    std::string shown;             ///< to people, in plain UTF-8; a range has an en dash, a minus is "-"
    std::vector<ExactValue> exact; ///< to programs: one for each of the column's names
};
enum class Align : std::uint8_t {
    text,   ///< to the left
    number, ///< to the right
    prose,  ///< to the left, in lines of the column's width
    none    ///< for programs alone
};
/// A column's header, unit and alignment.
struct PaperColumn {
    std::string header, unit;       ///< of what is shown; unit "%", "" for none
    std::vector<std::string> exact; ///< names of its columns for programs, in whose units shares are from 0 to 1
    Align align = Align::number;
    double width = 0; ///< of prose: share of the line
};
/// A row, and for whom it is.
struct PaperRow {
    std::vector<PaperCell> cells;
    enum class For : std::uint8_t { all, programs } who = For::all; ///< programs: not shown to people
};
/// A table with what stands above and below it.
struct PaperTable {
    std::string name;  ///< of its files: small letters, digits and underscores
    std::string title; ///< states what it shows
    std::string note;  ///< n, seed, how intervals were made
    std::vector<PaperColumn> columns;
    std::vector<PaperRow> rows;
    enum class Groups : std::uint8_t { none, by_first } groups = Groups::none; ///< by_first: rows of one first cell stand under it
};

/// For programs alone, with all digits.
PaperCell exact_cell(double x);
/// A text, for both.
PaperCell words_cell(const std::string& text);
/// Shown with so many digits behind the point, kept with all.
PaperCell number_cell(double x, int digits);
/// "78.4 ± 1.3" in %: half the interval is rounded up. Exact: share, low, high.
PaperCell share_cell(const Share& share);
/// "24–96" in %. Exact: low, high.
PaperCell band_cell(const Band& band);
/// "+3.8 ± 0.6", times `scale`. Exact: mean, low, high.
PaperCell effect_cell(const Effect& effect, double scale, int digits);
/// "0.31 (0.28–0.34)", times `scale`; without the brackets where no interval is known, "–" without a number. Exact: estimate, low, high.
PaperCell interval_cell(double estimate, double low, double high, double scale, int digits);

/// A float with caption and label, `tab:` and the name; of more rows than a page holds a longtable. It asks for the packages booktabs, array and longtable.
std::string latex_of(const PaperTable& table);
/// A header of names, then the numbers with all digits. A text that a spreadsheet would take for a formula begins with '.
std::string csv_of(const PaperTable& table);
/// Title, table and note.
std::string markdown_of(const PaperTable& table);

/// A stranger's text in LaTeX: nothing in it is a command, and pdfTeX, XeTeX and LuaTeX set it. Letters beyond Latin ones come as "[U+4E2D]".
std::string latex_text(const std::string& text);
/// The number of a sign, of its bytes in UTF-8.
char32_t decoded(std::string_view sign);

} // namespace entente::report
