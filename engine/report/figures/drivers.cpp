// What each dial does at either end, on the same random numbers.
#include "../../core/quarter.hpp"
#include "../words.hpp"
#include "drawing.hpp"
#include "figures.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace entente::report {
namespace {

constexpr std::size_t panels = 3; ///< the index, then the shares of two classes

/// The two classes that have most futures at the report quarter.
std::array<std::size_t, 2> likeliest(const Answer& a)
{
    std::array<std::size_t, outcome_classes> order = {0, 1, 2, 3, 4};
    const std::vector<double>& shares = a.course[static_cast<std::size_t>(a.drivers->quarter)];
    std::ranges::stable_sort(order, std::greater<>(), [&](std::size_t c) { return shares[c]; });
    return {order[0], order[1]};
}

Drawing drawing_of(const std::vector<std::string>& labels, const std::array<std::string, panels>& heads, const Sheet& sheet)
{
    const std::vector<Swatch> samples = {{Swatch::Of::open_dot, rust, "dial at its low end"}, {Swatch::Of::dot, dark_blue, "dial at its high end"}};
    const Legend size = legend(sheet, samples, 0);
    const double row = 18, panel = row * static_cast<double>(labels.size()), axis = 16, head = 12;
    const double one = panel + axis + head, height = (sheet.wide ? one : one * panels + 8) + 2 + size.height;
    const Rows rows = labelled_rows(sheet, labels, sheet.wide ? 0.3 : 0.56);
    std::string out = legend(sheet, samples, height - size.height).lines + "set multiplot\nset style fill solid noborder\n" + rows.lines;
    const double wide = (sheet.width - rows.left - 12) / panels;
    for (std::size_t p = 0; p < panels; ++p) {
        const double left = sheet.wide ? rows.left + wide * static_cast<double>(p) + (p == 0 ? 0 : 8) : rows.left,
                     right = sheet.wide ? rows.left + wide * static_cast<double>(p + 1) : sheet.width - 12;
        const double bottom = sheet.wide ? axis : axis + (one + 4) * static_cast<double>(panels - 1 - p), top = bottom + panel;
        out += sheet.text(heads[p], sheet.wide ? left : 4, top + head / 2, "left");
        out += sheet.frame(left, right, bottom, top);
        out += fmt::format("set xtics out nomirror\nset arrow 99 from 0, graph 0 to 0, graph 1 nohead lw 1 dt 3 lc rgb '{}'\n", grey);
        out += fmt::format("set xrange [-m{0}:m{0}]\nset xtics (-t{0}, 0, t{0})\n", p);
        if (sheet.wide && p > 0) out += "set format y ''\nset ytics ('' 0)\n";
        const int column = 3 + 6 * static_cast<int>(p);
        out += fmt::format("plot {}\nunset label\nunset object\nunset arrow\n", dots_with_lines({{column, -0.18, rust, true}, {column + 3, 0.18, dark_blue}}, p == 0 ? 1 : 100));
    }
    return {out + "unset multiplot\n", height};
}

/// A number with one digit that is at most this one.
double round_below(double x)
{
    double step = 1e-6;
    while (step * 10 <= x) step *= 10;
    return step * std::max(1., std::floor(x / step));
}

} // namespace

FigureOrWhy drivers_figure(const Answer& a, const Origin& origin)
{
    if (!a.drivers) return Omitted{"drivers", "the result does not have the dials at their ends: `entente run SCENARIO --drivers 1000` makes them"};
    const auto classes = likeliest(a);
    std::vector<std::string> names = {"row", "driver"}, labels;
    const std::array<std::string, panels> of = {"alignment index", fmt::format("share {}", class_names[classes[0]]), fmt::format("share {}", class_names[classes[1]])};
    for (const std::string& what : of)
        for (const char* end : {"low", "high"})
            for (const char* number : {"", ": low 95 %", ": high 95 %"}) names.push_back(text_cell(fmt::format("{}, dial {}{}", what, end, number)));
    NumbersCsv csv(names);
    std::array<double, panels> most{};
    for (const DriverEffect& d : a.drivers->drivers) {
        if (d.alone) continue;
        std::vector<std::string> cells = {std::to_string(labels.size()), text_cell(d.label)};
        for (std::size_t p = 0; p < panels; ++p)
            for (const DialEffect* end : {&d.low, &d.high}) {
                const Effect& e = p == 0 ? end->alignment_index : end->classes[classes[p - 1]];
                for (const double x : {e.mean, e.low, e.high}) cells.push_back(number_cell(x)), most[p] = std::max(most[p], std::abs(x));
            }
        csv.row(cells);
        labels.push_back(d.label);
    }
    const std::string when = quarter_name(a.drivers->quarter);
    std::string ranges;
    for (std::size_t p = 0; p < panels; ++p) {
        const double widest = std::max(1e-4, most[p]) * (p == 0 ? 1 : 100);
        ranges += fmt::format("m{0} = {1:.6g}; t{0} = {2:.6g}\n", p, 1.1 * widest, round_below(widest));
    }
    Figure figure{.name = "drivers",
                  .title = fmt::format("What each of the four dials does by {}, low and high", when),
                  .caption = fmt::format("Change in {} when a driver's dial stands at its low or its high end instead of where the scenario has it, all else equal and on the same "
                                         "random numbers: of the mean alignment "
                                         "index, and of the shares of the two most frequent classes, in percentage points. Lines: 95 % intervals, {} futures at each end. {}",
                                         when, with_commas(a.drivers->futures), origin_sentence(origin)),
                  .csv = csv.text(),
                  .under = origin.scenario,
                  .source = fmt::format("{} futures at each end of a dial, seed {}", with_commas(a.drivers->futures), origin.seed)};
    const std::array<std::string, panels> heads = {"change of the alignment index", fmt::format("share {}, points", class_names[classes[0]]),
                                                   fmt::format("share {}, points", class_names[classes[1]])};
    draw_both(figure, [&](const Sheet& sheet) {
        Drawing drawing = drawing_of(labels, heads, sheet);
        drawing.lines = ranges + drawing.lines;
        return drawing;
    });
    return figure;
}

} // namespace entente::report
