// An outcome of a sweep along one factor, policy by policy.
#include "../words.hpp"
#include "drawing.hpp"
#include "figures.hpp"
#include "sweep_axis.hpp"
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace entente::report {
namespace {

struct Level {
    double sum = 0, low = no_number, high = no_number; ///< low and high: of a single point
    std::size_t points = 0;
};

Drawing drawing_of(const SweepAxis& axis, const std::vector<std::string>& policies, const std::string& outcome, const Sheet& sheet)
{
    std::vector<Swatch> swatches;
    for (std::size_t p = 0; p < policies.size(); ++p) swatches.push_back({Swatch::Of::line, curve_colours[p], fitting(policies[p], sheet.width - 30), static_cast<int>(p) + 1});
    const double key = legend(sheet, swatches, 0).height + 4, height = 140 + key, bottom = 26, left = 46, right = sheet.width - 10, top = height - key - 4;
    std::string out = legend(sheet, swatches, height - key + 4).lines + sheet.frame(left, right, bottom, top) + sheet.x_title(axis.title(), left, right) + sheet.y_title(outcome, bottom, top);
    const double level = (right - left) / static_cast<double>(axis.levels.size()); // between two
    double widest = 0;
    for (const std::string& l : axis.labels) widest = std::max(widest, text_width(l));
    const auto every = static_cast<std::size_t>(std::max(1., std::ceil((std::min(widest, 80.) + 4) / level)));
    std::string tics;
    for (std::size_t i = 0; i < axis.labels.size(); i += every)
        tics += fmt::format("{}{} {}", i == 0 ? "" : ", ", gnuplot_text(fitting(axis.labels[i], static_cast<double>(every) * level)), i);
    out += fmt::format("set xrange [-0.5:{}]\nset xtics ({}) out nomirror\nset ytics out nomirror\nset style fill solid noborder\nplot ", static_cast<double>(axis.levels.size()) - 0.5, tics);
    for (std::size_t p = 0; p < policies.size(); ++p) {
        const double aside = 0.08 * (static_cast<double>(p) - 0.5 * static_cast<double>(policies.size() - 1)); // so that intervals do not lie over each other
        const std::size_t value = 3 + 3 * p;
        out += fmt::format("{0}$numbers using ($1{1:+g}):{2}:(0):(${3}-${2}) with vectors nohead lw 2 lc rgb '{4}', $numbers using ($1{1:+g}):{5} with linespoints lw 2 dt {6} pt "
                           "7 ps 0.6 lc rgb '{4}'",
                           p == 0 ? "" : ", ", aside, value + 1, value + 2, curve_colours[p], value, p + 1);
    }
    return {out + "\n", height};
}

} // namespace

FigureOrWhy points_figure(const StoredSweep& sweep, const HeatAsked& asked, const Origin& origin)
{
    const SweepHead& head = sweep.head;
    if (head.factors.empty()) return Omitted{"points", "the sweep has no factor, only policies: `entente show RESULT` prints them"};
    std::vector<std::string> factors, policies = head.policies;
    for (const FactorText& f : head.factors) factors.push_back(f.name);
    std::string fault;
    const auto x = place_in_list(asked.x, factors, 0, "x", fault), of = place_in_list(asked.of, head.outcomes, 0, "of", fault),
               policy = place_in_list(asked.policy, head.policies, 0, "policy", fault);
    if (!fault.empty()) return Omitted{"points", fault};
    const SweepAxis axis = sweep_axis(head, *x);
    if (factors.size() > 1 && axis.levels.size() * 2 > head.points)
        return Omitted{"points", "hardly two points share a level of this factor: a design that is factorial has levels"};
    std::vector<std::size_t> shown(head.policies.size());
    std::iota(shown.begin(), shown.end(), 0U);
    if (asked.policy) shown = {*policy};
    if (shown.size() > curve_colours.size()) shown.resize(curve_colours.size());
    policies.clear();
    const std::string unit = head.outcome_units[*of].empty() || head.outcome_units[*of] == "1" ? "" : fmt::format(" ({})", head.outcome_units[*of]), outcome = head.outcomes[*of] + unit;
    std::vector<std::string> names = {"place", text_cell(axis.title())};
    std::vector<std::vector<Level>> levels;
    for (const std::size_t p : shown) {
        policies.push_back(head.policies[p]);
        for (const char* end : {"", ": low 95 %", ": high 95 %"}) names.push_back(text_cell(fmt::format("{}: {}{}", head.policies[p], outcome, end)));
        std::vector<Level>& line = levels.emplace_back(axis.levels.size());
        for (std::size_t i = 0; i < head.points; ++i) {
            const std::size_t at = (*of * head.policies.size() + p) * head.points + i;
            const double value = sweep.estimates.estimate[at];
            if (!std::isfinite(value)) continue;
            Level& level = line[axis.place(head.values[i * factors.size() + *x])];
            level.low = level.points == 0 ? sweep.estimates.low[at] : no_number, level.high = level.points == 0 ? sweep.estimates.high[at] : no_number;
            level.sum += value, ++level.points;
        }
    }
    NumbersCsv csv(names);
    for (std::size_t l = 0; l < axis.levels.size(); ++l) {
        std::vector<std::string> cells = {std::to_string(l), text_cell(axis.labels[l])};
        for (const std::vector<Level>& line : levels)
            for (const double v : {line[l].points == 0 ? no_number : line[l].sum / static_cast<double>(line[l].points), line[l].low, line[l].high}) cells.push_back(number_cell(v));
        csv.row(cells);
    }
    const std::size_t averaged = head.points / axis.levels.size();
    Figure figure{.name = "points",
                  .title = fmt::format("{} by {}", printable_name(head.outcomes[*of]), printable_name(axis.name)),
                  .caption = fmt::format("{} at each level of {}{}, under {}{}. {}", printable_name(outcome), printable_name(axis.name),
                                         averaged > 1 ? fmt::format(", mean over {} of other factors' levels", averaged) : "", counted(policies.size(), "policy", "policies"),
                                         averaged > 1 ? "" : "; lines: 95 % intervals of the runs at a point, which share their random numbers with those of other points",
                                         origin_sentence(origin, "runs")),
                  .csv = csv.text(),
                  .under = origin.scenario,
                  .source = fmt::format("{} a point, seed {}", counted(std::uint64_t{head.replicates} * averaged, "run", "runs"), origin.seed)};
    draw_both(figure, [&](const Sheet& sheet) { return drawing_of(axis, policies, outcome, sheet); });
    return figure;
}

} // namespace entente::report
