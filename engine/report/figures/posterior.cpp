// What a calibration learned: posterior against prior, and what it predicts beside what was observed.
#include "../../core/quarter.hpp"
#include "../words.hpp"
#include "drawing.hpp"
#include "figures.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace entente::report {
namespace {

constexpr std::size_t most_parameters = 24;

/// From the scale on which errors are normal to the target's own.
double back(const std::string& transform, double x) { return transform == "log" ? std::exp(x) : transform == "logit" ? 1 / (1 + std::exp(-x)) : x; }

/// A date as a place on an axis of years; NaN if it is none.
double year_of(const std::string& date)
{
    const auto quarter = parse_quarter(date);
    return !quarter ? no_number : place_of_date(date, *quarter);
}

} // namespace

FigureOrWhy posterior_figure(const Diagnosis& d, const Origin& origin)
{
    std::vector<const ParameterDiagnosis*> order;
    for (const ParameterDiagnosis& p : d.parameters)
        if (p.prior.sd > 0) order.push_back(&p);
    if (order.empty()) return Omitted{"posterior", "the posterior has no parameter that its prior leaves open"};
    std::ranges::stable_sort(order, std::greater<>(), [](const ParameterDiagnosis* p) { return std::max(std::abs(p->learned.shift), p->learned.contraction); });
    const std::size_t all = order.size();
    if (order.size() > most_parameters) order.resize(most_parameters);
    NumbersCsv csv({"row", "parameter", "unit", "posterior median (sd of the prior)", "low 5 %", "high 95 %", "prior median (sd of the prior)", "low 5 %", "high 95 %",
                    "posterior median", "low 5 %", "high 95 %", "prior median", "low 5 %", "high 95 %"});
    std::vector<std::string> labels, meant;
    for (const ParameterDiagnosis* p : order) {
        std::vector<std::string> cells = {std::to_string(labels.size()), text_cell(p->parameter.name), text_cell(p->parameter.unit)};
        for (const DrawSummary* s : {&p->posterior, &p->prior})
            for (const double x : {s->median, s->low, s->high}) cells.push_back(number_cell((x - p->prior.mean) / p->prior.sd));
        for (const DrawSummary* s : {&p->posterior, &p->prior})
            for (const double x : {s->median, s->low, s->high}) cells.push_back(number_cell(x));
        csv.row(cells);
        labels.push_back(p->parameter.name), meant.push_back(with_meaning(p->parameter.name));
    }
    Figure figure{.name = "posterior",
                  .title = "What calibration learned of each parameter: posterior against prior",
                  .caption = fmt::format("Median and 90 % interval of each parameter's posterior and prior, in standard deviations of its prior from its prior mean.{} {}",
                                         all > order.size() ? fmt::format(" The {} of {} of which most was learned.", order.size(), all) : "", origin_sentence(origin, "draws of the posterior")),
                  .csv = csv.text(),
                  .under = origin.scenario,
                  .source = runs_and_seed(origin, "draws")};
    draw_both(figure, [&](const Sheet& sheet) {
        const std::vector<Swatch> samples = {{Swatch::Of::dot, dark_blue, "posterior, 90 %"}, {Swatch::Of::open_dot, amber, "prior, 90 %"}};
        const double key = legend(sheet, samples, 0).height + 4, bottom = 26, top = bottom + 12 * static_cast<double>(labels.size()), height = top + 3 + key;
        const Rows rows = labelled_rows(sheet, sheet.wide ? meant : labels, sheet.wide ? 0.55 : 0.42);
        std::string out = legend(sheet, samples, height - key + 4).lines + rows.lines + sheet.frame(rows.left, sheet.width - 12, bottom, top);
        out += sheet.x_title("standard deviations of the prior", rows.left, sheet.width - 12);
        out += fmt::format("set xtics out nomirror 1\nset style fill solid noborder\nset arrow from 0, graph 0 to 0, graph 1 nohead lw 1 dt 3 lc rgb '{}'\n", grey);
        return Drawing{out + "plot " + dots_with_lines({{7, 0.17, amber, true}, {4, -0.17, dark_blue}}, 1) + "\n", height};
    });
    return figure;
}

FigureOrWhy predictive_figure(const Diagnosis& d, std::size_t target, const Origin& origin)
{
    if (d.targets.empty()) return Omitted{"predictive", "the posterior keeps no would-be observations"};
    if (target >= d.targets.size()) return Omitted{"predictive", "the posterior has no such target"};
    const TargetDiagnosis& t = d.targets[target];
    const std::string name = fmt::format("predictive_{}", t.target);
    struct Seen {
        double year;
        const ObservationDiagnosis* of;
    };
    std::vector<Seen> seen;
    for (const ObservationDiagnosis& o : t.observations) seen.push_back({year_of(o.observed.date), &o});
    const bool in_time = seen.size() > 1 && std::ranges::none_of(seen, [](const Seen& s) { return std::isnan(s.year); });
    if (!in_time)
        for (std::size_t i = 0; i < seen.size(); ++i) seen[i].year = static_cast<double>(i);
    else std::ranges::stable_sort(seen, {}, &Seen::year);
    const std::string& unit = t.observations[0].observed.unit;
    NumbersCsv csv({in_time ? "year" : "row", "date", "fitted", text_cell(fmt::format("predicted median ({})", unit)), "low 5 %", "high 95 %",
                    text_cell(fmt::format("observed ({})", unit)), "low 95 %", "high 95 %"});
    for (const Seen& s : seen) {
        const CalibratedTarget& o = s.of->observed;
        std::vector<std::string> cells = {number_cell(s.year), text_cell(o.date), o.fitted ? "1" : "0"};
        if (in_time) cells[0] = fmt::format("{:.3f}", s.year);
        for (const double x : {s.of->predicted.median, s.of->predicted.low, s.of->predicted.high, o.value, o.value - 1.96 * o.sd, o.value + 1.96 * o.sd})
            cells.push_back(number_cell(back(o.transform, x)));
        csv.row(cells);
    }
    const bool some_predicted = std::ranges::any_of(seen, [](const Seen& s) { return !s.of->observed.fitted; });
    Figure figure{
        .name = name,
        .title = fmt::format("What the calibrated model predicts and what was observed: {}", words_of(t.target)),
        .caption = fmt::format("Bars: median and middle 90 % of what the posterior predicts would be observed. Points: what was observed, with 1.96 standard errors{}. {}",
                               some_predicted ? "; open ones were not fitted" : "", origin_sentence(origin, "draws of the posterior")),
        .csv = csv.text(),
        .under = origin.scenario,
        .source = runs_and_seed(origin, "draws")};
    draw_both(figure, [&](const Sheet& sheet) {
        std::vector<Swatch> samples = {{Swatch::Of::area, light_blue, "predicted, 5 to 95 %"}, {Swatch::Of::line, dark_blue, "median"}, {Swatch::Of::dot, rust, "observed"}};
        if (some_predicted) samples.push_back({Swatch::Of::open_dot, rust, "observed, not fitted"});
        const double key = legend(sheet, samples, 0).height + 4, height = 130 + key, bottom = 26, left = 40, right = sheet.width - 10, top = height - key - 2;
        std::string out = legend(sheet, samples, height - key + 4).lines + sheet.frame(left, right, bottom, top);
        if (in_time) out += year_axis(sheet, std::floor(seen.front().year) - 0.2, std::ceil(seen.back().year + 1e-9) + 0.2, left, right);
        else {
            std::string tics;
            for (std::size_t i = 0; i < seen.size(); ++i)
                tics += fmt::format("{}{} {}", i == 0 ? "" : ", ", gnuplot_text(fitting(seen[i].of->observed.date, (right - left) / static_cast<double>(seen.size()))), i);
            out += fmt::format("set xrange [-0.5:{}]\nset xtics ({}) scale 0\n", static_cast<double>(seen.size()) - 0.5, tics);
        }
        double nearest = 1;
        for (std::size_t i = 1; i < seen.size(); ++i) nearest = std::min(nearest, seen[i].year - seen[i - 1].year);
        const double half = std::max(0.05, 0.32 * nearest);
        out += sheet.y_title(unit == "share" ? "%" : unit, bottom, top);
        out += fmt::format("set ytics out nomirror\nk = {}\nset style fill solid noborder\n", unit == "share" ? 100 : 1);
        out += fmt::format("plot $numbers using 1:(k*$5):($1-{0}):($1+{0}):(k*$5):(k*$6) with boxxyerror lc rgb '{1}', $numbers using ($1-{0}):(k*$4):(2*{0}):(0) with vectors "
                           "nohead lw 3 lc rgb '{2}', "
                           "$numbers using 1:(k*$8):(0):(k*($9-$8)) with vectors nohead lw 2 lc rgb '{3}', $numbers using 1:(k*$7) with points pt 7 ps 0.6 lc rgb '{3}', "
                           "$numbers using 1:($3 > 0 ? NaN : k*$7) with points pt 7 ps 0.3 lc rgb 'white'\n",
                           half, light_blue, dark_blue, rust);
        return Drawing{out, height};
    });
    return figure;
}

} // namespace entente::report
