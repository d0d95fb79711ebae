// Boxes in which an outcome is frequent: each limit within the range that was drawn.
#include "../../core/quarter.hpp"
#include "../words.hpp"
#include "drawing.hpp"
#include "figures.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::report {
namespace {

/// An input that a box limits; of a choice the range is how many of the choices are inside.
struct Limited {
    std::size_t box;
    std::string name, inside; ///< inside: "0.2 to 0.5", "limits"
    double from = 0, to = 1;  ///< within what was drawn, 0 to 1
    double low = no_number, high = no_number;
};

std::string value_text(const InputColumn& column, double x) { return column.kind == Factor::Kind::date ? quarter_name(static_cast<int>(std::lround(x))) : label_number(x); }

std::vector<Limited> limits_in(const Searched& searched, const Discovery& found)
{
    std::vector<Limited> all;
    const Box whole = whole_box(searched.cases);
    for (std::size_t b = 0; b < found.boxes.size(); ++b) {
        std::vector<std::size_t> columns; // each once, the surest limit first
        for (const BoxLimit& limit : found.boxes[b].limits)
            if (std::ranges::find(columns, limit.column) == columns.end()) columns.push_back(limit.column);
        for (const std::size_t c : columns) {
            const InputColumn& column = searched.cases.columns[c];
            const Limits &box = found.boxes[b].box[c], &drawn = whole[c];
            Limited row{.box = b, .name = column.name, .inside = {}};
            if (column.kind == Factor::Kind::choice) {
                std::vector<std::string> names;
                for (std::size_t i = 0; i < column.choices.size(); ++i)
                    if (i < box.inside.size() && box.inside[i]) names.push_back(column.choices[i]);
                row.inside = fmt::format("{}", fmt::join(names, " or "));
                row.to = static_cast<double>(names.size()) / static_cast<double>(std::max<std::size_t>(1, column.choices.size()));
            } else {
                const double wide = drawn.high > drawn.low ? drawn.high - drawn.low : 1;
                row.from = (box.low - drawn.low) / wide, row.to = (box.high - drawn.low) / wide, row.low = box.low, row.high = box.high;
                row.inside = box.low <= drawn.low     ? fmt::format("up to {}", value_text(column, box.high))
                             : box.high >= drawn.high ? fmt::format("from {}", value_text(column, box.low))
                                                      : fmt::format("{} to {}", value_text(column, box.low), value_text(column, box.high));
            }
            all.push_back(row);
        }
    }
    return all;
}

} // namespace

FigureOrWhy boxes_figure(const Searched& searched, const Discovery& found, const Origin& origin)
{
    const std::vector<Limited> limits = limits_in(searched, found);
    if (limits.empty())
        return Omitted{"boxes",
                       fmt::format("no box holds {} more often than all runs: `entente discover RESULT --of '{}'` says why", printable_name(searched.of), printable_name(searched.of))};
    NumbersCsv csv({"row", "box", "input", "inside", "low", "high", "low within the range", "high within the range", "density (share)", "coverage (share)"});
    std::vector<std::string> labels, meant;
    for (const Limited& l : limits) {
        const FoundBox& box = found.boxes[l.box];
        csv.row({std::to_string(labels.size()), std::to_string(l.box + 1), text_cell(l.name), text_cell(l.inside), number_cell(l.low), number_cell(l.high), number_cell(l.from),
                 number_cell(l.to), number_cell(box.in.density()), number_cell(box.coverage)});
        labels.push_back(l.name), meant.push_back(with_meaning(l.name));
    }
    const double base = found.all.density();
    Figure figure{.name = "boxes",
                  .title = fmt::format("Where it is frequent: {}", printable_name(searched.of)),
                  .caption = fmt::format("Boxes found by PRIM among what was drawn: each bar is what a box leaves of an input's range. Density: how often the outcome comes in the "
                                         "box ({:.0f} % in all); coverage: "
                                         "how much of it lies inside.{} {}",
                                         100 * base, std::ranges::all_of(found.boxes, &FoundBox::stands) ? "" : " A box marked (?) may be luck.", origin_sentence(origin, "runs")),
                  .csv = csv.text(),
                  .under = searched.title,
                  .source = runs_and_seed(origin, "runs")};
    draw_both(figure, [&](const Sheet& sheet) {
        double written = 0;
        for (const Limited& l : limits) written = std::max(written, text_width(l.inside));
        written = std::min(written, 0.3 * sheet.width);
        const double row = 13, head = 14, axis = 26;
        std::vector<std::vector<std::string>> heads;
        double height = axis + row * static_cast<double>(limits.size()) + 4;
        for (std::size_t b = 0; b < found.boxes.size(); ++b) {
            const FoundBox& box = found.boxes[b];
            heads.push_back(lines_of_text(fmt::format("Box {}{}: density {:.0f} %, coverage {:.0f} %, {:.0f} % of runs", b + 1, box.stands ? "" : " (?)", 100 * box.in.density(),
                                                      100 * box.coverage, 100 * box.mass),
                                          sheet.width - 8));
            if (std::ranges::any_of(limits, [&](const Limited& l) { return l.box == b; })) height += head + line_height * static_cast<double>(heads.back().size() - 1);
        }
        double label = 0;
        const std::vector<std::string>& shown = sheet.wide ? meant : labels;
        for (const std::string& l : shown) label = std::max(label, text_width(l));
        label = std::min(label, (sheet.wide ? 0.55 : 0.38) * sheet.width);
        const double left = label + 10, right = sheet.width - written - 14;
        std::string out = sheet.frame(left, right, axis, height - 4);
        out += sheet.x_title("within the range drawn, %", left, right);
        out += fmt::format("set xrange [0:100]\nset xtics 50 out nomirror\nset yrange [0:1]\nunset ytics\nset border 1\nset style fill solid noborder\n");
        double y = height - 4;
        std::size_t last = found.boxes.size();
        for (std::size_t i = 0; i < limits.size(); ++i) {
            if (limits[i].box != last) {
                last = limits[i].box;
                for (const std::string& line : heads[last]) out += sheet.text(line, 4, y - line_height / 2 - 1, "left"), y -= line_height;
                y -= head - line_height;
            }
            const double middle = y - row / 2;
            const auto at = [&](double share) { return left + share * (right - left); };
            out += fmt::format("set object rectangle from {}, {} to {}, {} fc rgb '{}' fs solid noborder\n", sheet.x(left), sheet.y(middle - 4), sheet.x(right), sheet.y(middle + 4), pale);
            out += fmt::format("set object rectangle from {}, {} to {}, {} fc rgb '{}' fs solid noborder\n", sheet.x(at(limits[i].from)), sheet.y(middle - 4),
                               sheet.x(at(limits[i].to)), sheet.y(middle + 4), dark_blue);
            out += sheet.text(fitting(shown[i], label), left - 5, middle, "right");
            out += sheet.text(fitting(limits[i].inside, written), right + 6, middle, "left");
            y -= row;
        }
        return Drawing{out + "plot $numbers using (NaN):(NaN) with points\n", height};
    });
    return figure;
}

} // namespace entente::report
