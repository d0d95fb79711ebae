// What figures are drawn with: colours, texts that fit, places in points, legends, numbers as CSV. Colours are told apart by all eyes, and by their lightness in print in grey.
#pragma once
#include "../../model/kernel.hpp"
#include "../../core/quarter.hpp"
#include "figure.hpp"
#include <array>
#include <span>

namespace entente::report {

/// By class: blue is close and orange apart; neighbours differ in lightness.
inline constexpr std::array<const char*, outcome_classes> class_colours = {"#a63a00", "#f0a550", "#e6e6e1", "#5b9bd0", "#0b3c6f"};
/// The same for lines on white.
inline constexpr std::array<const char*, outcome_classes> class_line_colours = {"#a63a00", "#dd8a2b", "#8a8a85", "#5b9bd0", "#0b3c6f"};
inline constexpr const char *dark_blue = "#0b3c6f", *mid_blue = "#5b9bd0", *light_blue = "#c5dbee", *rust = "#a63a00", *amber = "#e8962e", *ink = "#1a1a1a", *grey = "#808080", *pale = "#dcdcd8";
/// Of up to five curves, each with a dash of its own.
inline constexpr std::array<const char*, 5> curve_colours = {"#0b3c6f", "#a63a00", "#5b9bd0", "#dd8a2b", "#606060"};

inline constexpr double text_size = 7.5, small_size = 6.5, title_size = 8.5, line_height = 10; ///< points
/// Its width, 85 or 175 mm.
constexpr double points_of(FigureWidth width) { return width == FigureWidth::one_column ? 240.94 : 496.06; }
/// The width that a text takes at most in any of the usual fonts without serifs, in points.
double text_width(std::string_view text, double size = text_size);
/// As much of it as fits, with "…" if that is not all.
std::string fitting(const std::string& text, double width, double size = text_size);
/// Lines that fit.
std::vector<std::string> lines_of_text(const std::string& text, double width, double size = text_size);
/// A text of a stranger's in quotes in which gnuplot looks for nothing but their end.
std::string gnuplot_text(const std::string& text);

/// Places in points from the lower left of what a drawing draws in.
struct Sheet {
    double width = 0;
    bool wide = true;
    std::string x(double points) const; ///< "screen 0.1234"
    std::string y(double points) const; ///< "screen (low+12.0)/H"
    /// The plot's frame.
    std::string frame(double left, double right, double bottom, double top) const;
    /// Titles of axes, within so much of the sheet.
    std::string x_title(const std::string& text, double left, double right) const;
    /// At the left, up the page.
    std::string y_title(const std::string& text, double bottom, double top) const;
    /// A label at a place on the sheet; `how`: gnuplot's alignment.
    std::string text(const std::string& text, double x, double y, const char* how = "left", const char* colour = ink, double size = text_size) const;
};
/// Both drawings, by what draws one.
template <class Draw> void draw_both(Figure& figure, Draw draw)
{
    figure.two = draw(Sheet{points_of(FigureWidth::two_columns), true});
    figure.one = draw(Sheet{points_of(FigureWidth::one_column), false});
}

/// A sample of a colour, line or dot.
struct Swatch {
    enum class Of : std::uint8_t { area, line, dot, open_dot, bar } of = Of::area;
    const char* colour = ink;
    std::string text;
    int sign = 1; ///< of a line its dash; of a dot another sign of gnuplot's
};
/// Samples of what is drawn with their texts, in as many lines as they take, the last of which is at height `bottom`.
struct Legend {
    std::string lines;
    double height = 0;
};
/// Wraps at the sheet's width.
Legend legend(const Sheet& sheet, const std::vector<Swatch>& samples, double bottom, double left = 4);

/// Rows of labels left of an axis, the first on top, at heights 0, 1, ... of a y axis that falls.
struct Rows {
    std::string lines;
    double left = 0; ///< where the frame may begin
};
/// Labels longer than `most_of_width` of the sheet are cut.
Rows labelled_rows(const Sheet& sheet, const std::vector<std::string>& labels, double most_of_width = 0.42);

/// Dots with lines for their intervals over rows that the first column numbers; columns of value, low and high stand side by side. For `plot`.
struct Dots {
    int column = 0;    ///< of the value, from 1
    double offset = 0; ///< downwards, in rows
    const char* colour = ink;
    bool open = false;
};
/// `scale`: what the columns are multiplied by.
std::string dots_with_lines(const std::vector<Dots>& dots, double scale);

/// Where a date stands on an axis of years: a year in its middle, a quarter in its own. `quarter`: what it parses to.
constexpr double place_of_date(std::string_view date, int quarter) { return decimal_year(quarter) + (date.size() == 4 ? 0.375 : 0.0); }
/// Axis of years from the first to the last below a frame, with tics that do not touch.
std::string year_axis(const Sheet& sheet, double first, double last, double left, double right);
/// Of a parameter or structure of the model its name and what it means: "a_cap: weight of Russian capacity"; of others the name.
std::string with_meaning(const std::string& name);
/// Heights of labels whose middles these are, falling: as near as they can be without touching, within the limits.
std::vector<double> spread_apart(std::vector<double> falling, double least, double low, double high);
/// A number short enough for a label: "0.35", "1,200", "-3.1".
std::string label_number(double x);

/// A text as a cell of a CSV that no spreadsheet takes for a formula.
std::string text_cell(const std::string& text);
/// Of a CSV: nothing for NaN.
std::string number_cell(double x);
/// A CSV line by line.
class NumbersCsv {
public:
    /// The header.
    explicit NumbersCsv(const std::vector<std::string>& names);
    /// As many cells as the header.
    void row(const std::vector<std::string>& cells);
    const std::string& text() const { return text_; }

private:
    std::string text_;
};

/// "10,000 futures, seed 1".
std::string runs_and_seed(const Origin& origin, const char* what = "futures");
/// ". 10,000 futures of 'TITLE', seed 1, entente 0.3.0."
std::string origin_sentence(const Origin& origin, const char* what = "futures");

} // namespace entente::report
