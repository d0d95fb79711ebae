// Which inputs drive an outcome: indices with their intervals, the strongest on top.
#include "../words.hpp"
#include "drawing.hpp"
#include "figures.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace entente::report {
namespace {

constexpr std::size_t most_inputs = 12;

/// One or two indices of each input.
struct Measured {
    std::vector<Index> first, second;
    std::string first_name, second_name, axis, how;
    double scale = 1;
    bool shares = true; ///< not below 0 but by chance
    const std::vector<Index>& ordering() const { return second.empty() ? first : second; }
};

Measured measured(const OutcomeIndices& o)
{
    if (o.sobol)
        return {o.sobol->first, o.sobol->total, "alone (first order)", "with others (total)", "share of the variance explained, %", "Sobol' indices of a Saltelli design; 95 % bootstrap intervals.", 100};
    Measured m;
    if (o.morris) {
        for (const auto& f : o.morris->factors) m.first.push_back(f.sigma), m.second.push_back(f.mu_star);
        m.first_name = "spread of the effects (sigma)", m.second_name = "mean size of the effects (mu*)", m.axis = "elementary effect, in the outcome's unit";
        m.how = "Morris's elementary effects of moving an input over its whole range; 95 % bootstrap intervals.";
        return m;
    }
    if (!o.given) return m;
    m.axis = "share of the variance explained alone, %", m.scale = 100;
    if (!o.given->first.empty()) {
        m.first = o.given->strongest(), m.first_name = "alone";
        m.how = "What each input explains of the variance by itself, from the runs as they are; 95 % intervals.";
    } else if (!o.given->delta.empty()) {
        for (const Delta& d : o.given->delta) m.first.push_back(d.index);
        m.first_name = "delta", m.axis = "Borgonovo's delta", m.scale = 1, m.how = "How far the outcome's distribution moves if the input is known; 95 % bootstrap intervals.";
    } else {
        for (const Pawn& p : o.given->pawn) m.first.push_back({p.median, p.least, p.most});
        m.first_name = "median over slices", m.axis = "Kolmogorov-Smirnov distance", m.scale = 1,
        m.how = "PAWN: distance of the outcome's distribution in slices of an input from that over all; lines: least to most.";
    }
    return m;
}

} // namespace

FigureOrWhy sensitivity_figure(const SensitivityStudy& study, std::size_t outcome, const Origin& origin)
{
    const std::string name = outcome == 0 ? "sensitivity" : fmt::format("sensitivity_{}", outcome + 1);
    if (outcome >= study.found.outcomes.size()) return Omitted{name, "there is no such outcome"};
    const OutcomeIndices& o = study.found.outcomes[outcome];
    if (o.is_always_the_same) return Omitted{name, fmt::format("{} is the same in all runs, so that nothing drives it", printable_name(o.outcome))};
    if (!o.fault.empty()) return Omitted{name, fmt::format("{}: {}", printable_name(o.outcome), o.fault)};
    const Measured m = measured(o);
    if (m.first.empty()) return Omitted{name, "no index was asked for: `entente sensitivity RESULT --method first_order`"};
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < m.first.size(); ++i)
        if (!std::isnan(m.ordering()[i].value)) order.push_back(i);
    std::ranges::stable_sort(order, std::greater<>(), [&](std::size_t i) { return m.ordering()[i].value; });
    const std::size_t all = order.size();
    if (order.size() > most_inputs) order.resize(most_inputs);
    if (order.empty()) return Omitted{name, "no index could be worked out: `entente sensitivity RESULT` says why"};
    std::vector<std::string> names = {"row", "input"}, labels, meant;
    for (const std::string& what : {m.first_name, m.second_name})
        if (!what.empty())
            for (const char* end : {"", ": low 95 %", ": high 95 %"}) names.push_back(text_cell(what + end));
    NumbersCsv csv(names);
    for (const std::size_t i : order) {
        std::vector<std::string> cells = {std::to_string(labels.size()), text_cell(study.found.inputs[i].name)};
        for (const std::vector<Index>* list : {&m.first, &m.second}) {
            if (list->empty()) continue;
            for (const double x : {(*list)[i].value, (*list)[i].low, (*list)[i].high}) cells.push_back(number_cell(x));
        }
        csv.row(cells);
        labels.push_back(study.found.inputs[i].name), meant.push_back(with_meaning(labels.back()));
    }
    Figure figure{.name = name,
                  .title = fmt::format("What drives {}", printable_name(o.outcome)),
                  .caption = fmt::format("{}{} {}: {}.{} {}", m.how, all > order.size() ? fmt::format(" The {} strongest of {} inputs.", order.size(), all) : "", "Rows",
                                         study.rows, study.given.empty() ? "" : " Only runs in which " + printable_name(study.given) + ".", origin_sentence(origin, "runs")),
                  .csv = csv.text(),
                  .under = study.title,
                  .source = fmt::format("{}, seed {}", printable_name(study.rows), origin.seed)};
    draw_both(figure, [&](const Sheet& sheet) {
        std::vector<Swatch> samples;
        if (!m.second.empty()) samples = {{Swatch::Of::dot, dark_blue, m.second_name}, {Swatch::Of::open_dot, rust, m.first_name}};
        const double key = samples.empty() ? 0 : legend(sheet, samples, 0).height + 4;
        const double bottom = 26, top = bottom + 13 * static_cast<double>(labels.size()), height = top + 3 + key;
        const Rows rows = labelled_rows(sheet, sheet.wide ? meant : labels, sheet.wide ? 0.55 : 0.42);
        std::string out = (samples.empty() ? "" : legend(sheet, samples, height - key + 4).lines) + rows.lines + sheet.frame(rows.left, sheet.width - 12, bottom, top);
        out += sheet.x_title(m.axis, rows.left, sheet.width - 12);
        out += "set xtics out nomirror\nset style fill solid noborder\n";
        out += fmt::format("set arrow from 0, graph 0 to 0, graph 1 nohead lw 1 dt 3 lc rgb '{}'\nset xrange [*<0:*]\n", grey);
        const std::vector<Dots> dots = m.second.empty() ? std::vector<Dots>{{3, 0, dark_blue}} : std::vector<Dots>{{6, -0.17, dark_blue}, {3, 0.17, rust, true}};
        return Drawing{out + "plot " + dots_with_lines(dots, m.scale) + "\n", height};
    });
    return figure;
}

} // namespace entente::report
