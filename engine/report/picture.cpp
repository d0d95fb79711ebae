#include "picture.hpp"
#include "../core/text.hpp"
#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace entente::report {
namespace {

struct Sign {
    const char *ascii, *utf8;
    int colour; ///< of the 256 that terminals have
};
constexpr std::array<Sign, outcome_classes> signs_of_classes = {{{"x", "×", 166}, {".", "░", 215}, {"-", "▒", 250}, {"=", "▓", 74}, {"#", "█", 25}}};
constexpr int rows = 20; ///< each sign is 5 % high

/// How quarters become columns.
struct Scale {
    int quarters, quarters_per_column, columns_per_quarter;

    int columns() const { return (quarters + quarters_per_column - 1) / quarters_per_column * columns_per_quarter; }
    int quarter_of(int column) const { return column / columns_per_quarter * quarters_per_column; }
    int column_of(int quarter) const { return quarter / quarters_per_column * columns_per_quarter; }
};
Scale scale_of(int quarters, int room)
{
    const int per_column = std::max(1, (quarters + room - 1) / room);
    return {quarters, per_column, per_column > 1 ? 1 : std::clamp(room / quarters, 1, 4)};
}

/// The class of each row of a column, from the top: borders between classes are rounded to whole rows.
std::array<int, rows> column_of(const std::vector<double>& shares)
{
    std::array<int, rows> column{};
    double above = 0;
    int row = 0;
    for (const int c : class_order) {
        above += shares[static_cast<std::size_t>(c)];
        for (const int end = c == class_order[outcome_classes - 1] ? rows : static_cast<int>(std::lround(above * rows)); row < std::min(end, rows); ++row)
            column[static_cast<std::size_t>(row)] = c;
    }
    return column;
}

/// Years below their columns, as many as there is room for.
std::string years(const Scale& scale, int first)
{
    int step = scale.quarters > 48 ? 5 : 1;
    for (const int wider : {2, 5, 10, 20})
        if (wider > step && scale.column_of(4 * step) < 6) step = wider;
    std::string line(static_cast<std::size_t>(scale.columns()) + 4, ' ');
    for (int year = first_year + first / 4; 4 * (year - first_year) < first + scale.quarters; ++year) {
        const int quarter = 4 * (year - first_year) - first;
        if (year % step == 0 && quarter >= 0) line.replace(static_cast<std::size_t>(scale.column_of(quarter)), 4, std::to_string(year));
    }
    return line.substr(0, line.find_last_not_of(' ') + 1);
}

std::string length_of(const Scale& scale)
{
    return scale.quarters_per_column == 1   ? "a quarter"
           : scale.quarters_per_column == 2 ? "half a year"
           : scale.quarters_per_column == 4 ? "a year"
                                            : fmt::format("{} quarters", scale.quarters_per_column);
}

} // namespace

const char* sign_of(int outcome_class, Signs signs)
{
    const Sign& sign = signs_of_classes[static_cast<std::size_t>(outcome_class)];
    return signs == Signs::utf8 ? sign.utf8 : sign.ascii;
}

std::string picture(const std::vector<std::vector<double>>& course, int first, const Looks& looks)
{
    constexpr int left = 6, right = 15; // "100 % ", "  transactional"
    const Scale scale = scale_of(static_cast<int>(course.size()) - first, static_cast<int>(looks.width) - left - right);
    std::vector<std::array<int, rows>> columns;
    for (int c = 0; c < scale.columns(); ++c) columns.push_back(column_of(course[static_cast<std::size_t>(first) + static_cast<std::size_t>(scale.quarter_of(c))]));
    const std::array<int, rows>& last = columns.back();

    std::string out = fmt::format("Share of futures in each class; a sign is 5 % high and {} wide\n", length_of(scale));
    for (std::size_t row = 0; row < rows; ++row) {
        out += row % 5 == 0 ? fmt::format("{:>3} % ", 100 - 5 * row) : std::string(left, ' ');
        for (const std::array<int, rows>& column : columns) out += sign_of(column[row], looks.signs);
        const auto [begin, end] = std::equal_range(last.begin(), last.end(), last[row], std::greater<>());
        if (static_cast<std::ptrdiff_t>(row) == (begin - last.begin() + (end - last.begin()) - 1) / 2) out += fmt::format("  {}", class_names[last[row]]);
        out += "\n";
    }
    return out + std::string(left, ' ') + years(scale, first) + "\n";
}

std::string curve_picture(const std::vector<double>& course, int first, int height, const Looks& looks)
{
    static constexpr const char *eighths[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}, *plain[] = {" ", " ", " ", " ", "#", "#", "#", "#", "#"};
    constexpr int left = 6;
    const Scale scale = scale_of(static_cast<int>(course.size()), static_cast<int>(looks.width) - left);
    std::string out;
    for (int row = height; row-- > 0;) {
        std::string line = row + 1 == height ? "100 % " : 2 * row == height ? " 50 % " : std::string(left, ' ');
        for (int c = 0; c < scale.columns(); ++c) {
            const double filled = std::min(8.0, std::max(0.0, 8 * (course[static_cast<std::size_t>(scale.quarter_of(c))] * height - row))); // eighths of this row's sign
            line += (looks.signs == Signs::utf8 ? eighths : plain)[static_cast<std::size_t>(std::lround(filled))];
        }
        out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return out + std::string(left, ' ') + years(scale, first) + "\n";
}

std::string painted(const std::string& text)
{
    std::string out;
    int colour = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = std::max<std::size_t>(1, utf8_length(std::string_view(text).substr(at)));
        const std::string sign = text.substr(at, length);
        const auto known = std::ranges::find_if(signs_of_classes, [&](const Sign& s) { return s.utf8 == sign; });
        const int wanted = known == signs_of_classes.end() ? 0 : known->colour;
        if (wanted != colour) out += wanted == 0 ? "\033[0m" : fmt::format("\033[38;5;{}m", wanted);
        colour = wanted;
        out += sign;
        at += length;
    }
    return colour == 0 ? out : out + "\033[0m";
}

} // namespace entente::report
