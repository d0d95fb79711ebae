// An outcome of a sweep over two factors of its grid.
#include "../words.hpp"
#include "drawing.hpp"
#include "figures.hpp"
#include "sweep_axis.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace entente::report {
namespace {

constexpr std::size_t most_levels = 60;
constexpr const char* palette = "set palette defined (0 '#f4f7fa', 0.35 '#a9cbe6', 0.7 '#3f7fb5', 1 '#0b2f57')\n"; ///< lightness falls all along

struct Cell {
    double sum = 0;
    std::size_t points = 0;
    double low = no_number, high = no_number; ///< of a single point
    double mean() const { return points == 0 ? no_number : sum / static_cast<double>(points); }
};

Drawing drawing_of(const SweepAxis& x, const SweepAxis& y, const std::vector<Cell>& cells, double least, double most, const Sheet& sheet)
{
    const double row = std::clamp(180. / static_cast<double>(y.levels.size()), sheet.wide ? 14. : 16., 24.);
    double label = 0;
    for (const std::string& l : y.labels) label = std::max(label, text_width(l));
    label = std::min(label, 0.25 * sheet.width);
    const double left = label + 24, right = sheet.width - 46, bottom = 26, top = bottom + row * static_cast<double>(y.levels.size()), height = top + 5,
                 cell = (right - left) / static_cast<double>(x.levels.size());
    std::string out = palette + sheet.frame(left, right, bottom, top);
    const auto tics = [](const SweepAxis& axis, double width, double every) {
        std::string all;
        const auto skip = static_cast<std::size_t>(std::max(1., std::ceil(every)));
        for (std::size_t i = 0; i < axis.labels.size(); i += skip) all += fmt::format("{}{} {}", i == 0 ? "" : ", ", gnuplot_text(fitting(axis.labels[i], width)), i);
        return all;
    };
    double widest = 0;
    for (const std::string& l : x.labels) widest = std::max(widest, text_width(l));
    const double skip = std::min(widest + 4, 80.) / cell;
    out += fmt::format("set xrange [-0.5:{}]\nset yrange [-0.5:{}]\nset xtics ({}) scale 0\nset ytics ({}) scale 0\n", static_cast<double>(x.levels.size()) - 0.5,
                       static_cast<double>(y.levels.size()) - 0.5, tics(x, std::max(1., std::ceil(skip)) * cell, skip), tics(y, label, line_height / row));
    out += sheet.x_title(x.title(), left, right) + sheet.y_title(y.title(), bottom, top);
    const double range = most > least ? most - least : 1;
    const int digits = std::clamp(static_cast<int>(std::ceil(-std::log10(range))) + 1, 0, 4);
    const auto written = [&](double v) { return fmt::format("{:.{}f}", v, digits); };
    out += fmt::format("set cbrange [{:.8g}:{:.8g}]\nset colorbox user origin {},{} size {:.4f},{:.1f}/H front noborder\nset cbtics ('{}' {:.8g}, '{}' {:.8g}) scale 0\n", least,
                       least + range, fmt::format("{:.4f}", (right + 8) / sheet.width), fmt::format("(low+{:.1f})/H", bottom), 8 / sheet.width, top - bottom, written(least), least,
                       written(least + range), least + range);
    out += "set style fill solid noborder\nplot $numbers using 1:3:(0.5):(0.5):5 with boxxyerror lc palette";
    std::string labels;
    if (cell > 22 && row >= 9)
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const double v = cells[i].mean();
            if (std::isfinite(v))
                labels += fmt::format("set label '{}' at first {}, first {} center front font font({:g}) tc rgb '{}'\n", written(v), i % x.levels.size(), i / x.levels.size(),
                                      small_size, (v - least) / range > 0.55 ? "white" : ink);
        }
    return {labels + out + "\n", height};
}

} // namespace

FigureOrWhy heat_figure(const StoredSweep& sweep, const HeatAsked& asked, const Origin& origin)
{
    const SweepHead& head = sweep.head;
    std::vector<std::string> factors;
    for (const FactorText& f : head.factors) factors.push_back(f.name);
    if (factors.size() < 2) return Omitted{"heat", "the sweep has one factor, and a heat map needs two: `entente plot RESULT points` draws one"};
    std::string fault;
    const auto x = place_in_list(asked.x, factors, asked.y == factors[0] ? 1 : 0, "x", fault), y = place_in_list(asked.y, factors, x && *x == 1 ? 0 : 1, "y", fault),
               of = place_in_list(asked.of, head.outcomes, 0, "of", fault), policy = place_in_list(asked.policy, head.policies, 0, "policy", fault);
    if (x && y && *x == *y) fault += "x and y: two different factors";
    if (!fault.empty()) return Omitted{"heat", fault};
    const SweepAxis across = sweep_axis(head, *x), up = sweep_axis(head, *y);
    const std::size_t cells = across.levels.size() * up.levels.size();
    if (across.levels.size() > most_levels || up.levels.size() > most_levels || (cells > head.points))
        return Omitted{"heat", "the points are no grid of these factors: a heat map needs a sweep whose design is factorial"};
    std::vector<Cell> grid(cells);
    double least = INFINITY, most = -INFINITY;
    for (std::size_t p = 0; p < head.points; ++p) {
        const auto place = [&](const SweepAxis& axis, std::size_t factor) { return axis.place(head.values[p * factors.size() + factor]); };
        const double value = sweep.estimates.estimate[(*of * head.policies.size() + *policy) * head.points + p];
        Cell& cell = grid[place(up, *y) * across.levels.size() + place(across, *x)];
        if (!std::isfinite(value)) continue;
        const std::size_t place_in_file = (*of * head.policies.size() + *policy) * head.points + p;
        const bool single = cell.points == 0;
        cell.low = single ? sweep.estimates.low[place_in_file] : no_number, cell.high = single ? sweep.estimates.high[place_in_file] : no_number;
        cell.sum += value, ++cell.points;
    }
    if (std::ranges::any_of(grid, [](const Cell& c) { return c.points == 0; }))
        return Omitted{"heat", "the points are no grid of these factors: a heat map needs a sweep whose design is factorial"};
    for (const Cell& c : grid) least = std::min(least, c.mean()), most = std::max(most, c.mean());
    const std::string& unit = head.outcome_units[*of];
    NumbersCsv csv({"column", text_cell(across.name), "row", text_cell(up.name), text_cell(fmt::format("{} ({})", head.outcomes[*of], unit)), "points", "low 95 %", "high 95 %"});
    for (std::size_t i = 0; i < cells; ++i) {
        const std::size_t cx = i % across.levels.size(), cy = i / across.levels.size();
        csv.row({std::to_string(cx), text_cell(across.labels[cx]), std::to_string(cy), text_cell(up.labels[cy]), number_cell(grid[i].mean()), std::to_string(grid[i].points),
                 number_cell(grid[i].low), number_cell(grid[i].high)});
    }
    const std::size_t averaged = head.points / cells;
    Figure figure{.name = "heat",
                  .title = fmt::format("{} by {} and {}", printable_name(head.outcomes[*of]), printable_name(across.name), printable_name(up.name)),
                  .caption = fmt::format("{}{} under the policy '{}'; {} at each point{}. {}", printable_name(head.outcomes[*of]),
                                         unit.empty() || unit == "1" ? "" : fmt::format(" ({})", unit), printable_name(head.policies[*policy]), counted(head.replicates, "run", "runs"),
                                         averaged > 1 ? fmt::format(", mean over {} of other factors' levels", averaged) : "", origin_sentence(origin, "runs")),
                  .csv = csv.text(),
                  .under = fmt::format("{}; policy: {}", origin.scenario, head.policies[*policy]),
                  .source = fmt::format("{} a cell, seed {}", counted(std::uint64_t{head.replicates} * averaged, "run", "runs"), origin.seed)};
    draw_both(figure, [&](const Sheet& sheet) { return drawing_of(across, up, grid, least, most, sheet); });
    return figure;
}

} // namespace entente::report
