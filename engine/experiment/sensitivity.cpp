#include "sensitivity.hpp"
#include "../ensemble/reported.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "../design/kinds.hpp"
#include "refusal.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <stdexcept>

namespace entente {
namespace {

/// A quantity that is asked for without a date, at each quarter of the free future; else itself.
std::vector<Quantity> dated(const std::string& text, const Scenario& scenario)
{
    const bool has_date = text.find(" at ") != std::string::npos || text.find(" by ") != std::string::npos || text.find(" from ") != std::string::npos;
    if (has_date) return {parse_quantity(text)};
    const bool event = Description::find(describe().events, trim(text)) != Description::npos;
    std::vector<Quantity> all;
    for (int quarter = scenario.start; quarter <= scenario.horizon; ++quarter)
        all.push_back(parse_quantity(fmt::format("{} {} {}", trim(text), event ? "by" : "at", quarter_name(quarter))));
    return all;
}

/// The rows in which a condition holds.
void cut_to(SensitivityRows& rows, const std::vector<bool>& keep)
{
    const auto cut = [&](std::vector<double>& values) {
        std::size_t to = 0;
        for (std::size_t i = 0; i < values.size(); ++i)
            if (keep[i]) values[to++] = values[i];
        values.resize(to);
    };
    for (InputColumn& input : rows.inputs) cut(input.value);
    for (SensitivityRows::Outcome& outcome : rows.outcomes) cut(outcome.value);
}

void finish(SensitivityStudy& study, SensitivityRows rows, const SensitivityRequest& request)
{
    rows.groups = groups_of(request.groups, rows.inputs);
    study.asked = request.asked;
    study.found = sensitivity_of(rows, request.asked);
}

/// What a design kind's own method needs of the points as they are laid.
void lay(SensitivityRows& rows, const Design& design, const DesignChoice& choice)
{
    if (choice.kind == &designs::saltelli) rows.layout = SensitivityRows::Layout::saltelli, rows.second_order = choice.second_order;
    if (choice.kind == &designs::morris) rows.layout = SensitivityRows::Layout::morris, rows.u = design.u, rows.moved = design.moved;
}

std::string points_text(std::size_t points, const DesignChoice& choice, std::size_t replicates)
{
    const std::string kind = choice.kind ? std::string(choice.kind->name) : "no";
    return fmt::format("{} points of a {} design{}", points, kind, replicates > 1 ? fmt::format(", {} replicates each", replicates) : "");
}

/// Nothing, or what is wrong with points that are said to be of this design.
std::vector<Problem> differences(const std::vector<InputColumn>& inputs, std::span<const Factor> factors, const Design& design, const std::string& path, const DesignChoice& choice)
{
    const std::size_t rows = inputs.empty() ? 0 : inputs[0].value.size();
    const std::string remedy = fmt::format("; `entente design` writes the points of the {} design, and `kind = \"table\"` takes any points, with methods for given data",
                                           choice.kind->name);
    if (rows != design.points)
        return {{{path, 1, 1}, fmt::format("{} rows of a {} design with {} points, got {}{}", design.points, choice.kind->name, choice.points, rows, remedy)}};
    std::vector<Problem> problems;
    for (std::size_t point = 0; point < rows && problems.size() < 5; ++point)
        for (std::size_t k = 0; k < factors.size(); ++k) {
            const double asked = design.value[point * factors.size() + k], got = inputs[k].value[point];
            if (std::abs(asked - got) <= 1e-6 * std::max(1.0, std::abs(asked))) continue;
            problems.push_back(
                {{path, static_cast<std::uint32_t>(point + 2), static_cast<std::uint32_t>(k + 1)},
                 fmt::format("{}: {} as the design has it, got {}{}", factors[k].name, value_text(factors[k], asked), value_text(factors[k], got), problems.empty() ? remedy : "")});
        }
    return problems;
}

} // namespace

std::vector<Quantity> usual_outcomes(int horizon)
{
    const std::string at = quarter_name(report_quarter(horizon));
    std::vector<Quantity> all;
    for (const int c : class_order) all.push_back(parse_quantity(fmt::format("share_{} at {}", class_names[c], at)));
    all.push_back(parse_quantity(fmt::format("mean alignment_index at {}", at)));
    return all;
}

std::optional<SensitivityStudy> sensitivity_of_run(const std::string& file, const ReplaySource& source, const std::vector<std::string>& outcomes, const std::vector<Given>& given,
                                                   const SensitivityRequest& request, const EnsembleOptions& options, const Listener& listener, const std::atomic<bool>* stop)
{
    const Scenario& scenario = source.scenario;
    SensitivityStudy study{.title = scenario.title, .rows = "", .drawn_together = !scenario.joint.parameters.empty(), .asked = {}, .found = {}};
    SensitivityRows rows{.inputs = drawn_columns(file, source), .outcomes = {}};
    if (rows.inputs.empty())
        throw std::invalid_argument("no parameter is drawn and no structure is mixed: all runs have the same inputs, so that all that differs between them is luck");
    std::vector<Quantity> quantities;
    if (outcomes.empty()) {
        const std::vector<Quantity> usual = usual_outcomes(scenario.horizon);
        for (const Quantity& q : usual)
            if (q.terms.empty() || are_kept(source, {q})) quantities.push_back(q);
    }
    for (const std::string& text : outcomes) {
        const std::vector<Quantity> some = dated(text, scenario);
        if (some.size() > 1) {
            OutcomeSeries series{text, {}, {}};
            for (std::size_t i = 0; i < some.size(); ++i) series.outcomes.push_back(quantities.size() + i), series.quarters.push_back(some[i].to);
            rows.series.push_back(std::move(series));
        }
        quantities.insert(quantities.end(), some.begin(), some.end());
    }
    for (const Quantity& q : quantities)
        if (q.level) throw std::invalid_argument(fmt::format("'{}': a quantile over runs is no number of a run; take a mean, a share or an event", q.text));
    std::vector<Quantity> all = quantities;
    for (const Given& g : given) all.push_back(g.quantity);
    study.simulated = !are_kept(source, all);
    auto values = values_of(file, source, all, options, listener, stop);
    if (!values) return std::nullopt;
    for (std::size_t q = 0; q < quantities.size(); ++q) {
        const bool in_series = std::ranges::any_of(rows.series, [&](const OutcomeSeries& s) { return std::ranges::find(s.outcomes, q) != s.outcomes.end(); });
        rows.outcomes.push_back({quantities[q].text, is_share(quantities[q]), std::move((*values)[q]), in_series});
    }
    const std::size_t runs = rows.inputs[0].value.size();
    study.rows = fmt::format("{} runs", runs);
    if (!given.empty()) {
        std::vector<bool> keep(runs, true);
        for (std::size_t g = 0; g < given.size(); ++g) {
            for (std::size_t run = 0; run < runs; ++run) keep[run] = keep[run] && holds(given[g], (*values)[quantities.size() + g][run]);
            study.given += (g == 0 ? "" : ", and ") + given[g].text;
        }
        cut_to(rows, keep);
        study.given_from = runs;
        if (rows.inputs[0].value.empty()) throw std::invalid_argument(fmt::format("no run meets '{}'", study.given));
    }
    finish(study, std::move(rows), request);
    return study;
}

SensitivityStudy sensitivity_of_sweep(const std::string& file, const StoredSweep& sweep, const std::vector<std::string>& outcomes, std::size_t policy, const SensitivityRequest& request)
{
    std::vector<std::size_t> numbers;
    for (const std::string& text : outcomes) {
        const auto at = std::ranges::find(sweep.head.outcomes, text);
        if (at == sweep.head.outcomes.end())
            throw std::invalid_argument(fmt::format("outcome: one of '{}', got '{}'{}", fmt::join(sweep.head.outcomes, "', '"), text, did_you_mean(text, sweep.head.outcomes)));
        numbers.push_back(static_cast<std::size_t>(at - sweep.head.outcomes.begin()));
    }
    for (std::size_t o = 0; outcomes.empty() && o < sweep.head.outcomes.size(); ++o)
        if (!parse_quantity(sweep.head.outcomes[o]).level) numbers.push_back(o);
    if (numbers.empty()) throw std::invalid_argument("the sweep's outcomes are quantiles over runs; indices need means, shares or events");
    SensitivityRows rows{.inputs = {}, .outcomes = {}};
    std::vector<std::string> names;
    std::string points;
    for (const std::size_t o : numbers) {
        SweptPoints swept = swept_points(file, sweep, o, policy);
        const Quantity quantity = parse_quantity(swept.outcome);
        if (quantity.level) throw std::invalid_argument(fmt::format("'{}': a quantile over runs is no number of a run", swept.outcome));
        if (rows.inputs.empty()) {
            const bool laid = swept.design.kind == &designs::saltelli || swept.design.kind == &designs::morris;
            rows.is_net = swept.design.kind == &designs::sobol;
            rows.inputs = std::move(swept.inputs), rows.replicates = swept.replicates;
            if (laid) lay(rows, make_design(swept.factors, swept.design), swept.design);
            points = points_text(sweep.head.points, swept.design, swept.replicates);
        }
        names.push_back(swept.outcome);
        rows.outcomes.push_back({swept.outcome, is_share(quantity), std::move(swept.value), false});
    }
    if (rows.inputs.empty()) throw std::invalid_argument("the sweep has no factors");
    rows.series = series_in(names);
    SensitivityStudy study{.title = sweep.head.provenance.scenario_title, .rows = points, .asked = {}, .found = {}};
    if (sweep.head.policies.size() > 1) study.rows += fmt::format(", policy {}", sweep.head.policies[policy]);
    finish(study, std::move(rows), request);
    return study;
}

SensitivityStudy sensitivity_of_table(const Sweep& sweep, const std::string& inputs_path, const std::string& output_path, const SensitivityRequest& request)
{
    const std::string text = read_file(inputs_path);
    const TableDesign table = read_table(text, inputs_path, sweep.factors);
    const OutsideRuns outside = outside_runs(text, inputs_path, read_file(output_path), output_path);
    SensitivityRows rows{.inputs = {}, .outcomes = {}};
    for (std::size_t k = 0; k < sweep.factors.size(); ++k) {
        const Factor& factor = sweep.factors[k];
        InputColumn column{.name = factor.name, .kind = factor.kind, .choices = factor.choices, .value = {}, .sets = sets_text(k < sweep.placements.size() ? sweep.placements[k] : Placements{})};
        for (std::size_t point = 0; point < table.design.points; ++point) column.value.push_back(table.design.value[point * sweep.factors.size() + k]);
        rows.inputs.push_back(std::move(column));
    }
    if (outside.value.size() != table.design.points) throw std::invalid_argument(fmt::format("{}: {} rows, got {}", output_path, table.design.points, outside.value.size()));
    if (sweep.design.kind && sweep.design.kind != &designs::table) {
        const Design design = make_design(sweep.factors, sweep.design);
        if (const std::vector<Problem> problems = differences(rows.inputs, sweep.factors, design, inputs_path, sweep.design); !problems.empty()) throw ScenarioErrors(problems);
        lay(rows, design, sweep.design);
    }
    rows.is_net = sweep.design.kind == &designs::sobol;
    const bool is_share = std::ranges::all_of(outside.value, [](double v) { return std::isnan(v) || v == 0 || v == 1; });
    rows.outcomes.push_back({outside.outcome, is_share, outside.value, false});
    SensitivityStudy study{.title = sweep.title.empty() ? sweep.name : sweep.title, .rows = points_text(table.design.points, sweep.design, 1), .asked = {}, .found = {}};
    finish(study, std::move(rows), request);
    return study;
}

} // namespace entente
