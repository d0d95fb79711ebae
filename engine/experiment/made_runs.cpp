#include "made_runs.hpp"
#include "../analysis/sample.hpp"
#include "../core/text.hpp"
#include "../store/run_columns.hpp"
#include "provenance.hpp"
#include "refusal.hpp"
#include "values.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace entente {
namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

/// Where reported_values() has the mean of this variable alone; none: it is no such quantity.
struct ReportedAt {
    std::size_t date, variable;
};
std::optional<ReportedAt> reported_at(const Quantity& q, std::size_t term, int horizon)
{
    const std::vector<int> dates = report_dates(horizon);
    const std::vector<std::uint32_t>& variables = reported_variables();
    const auto date = std::ranges::find(dates, q.to);
    const auto variable = std::ranges::find(variables, q.terms[term].variable);
    if (q.kind != Quantity::Kind::mean || q.from != q.to || date == dates.end() || variable == variables.end()) return std::nullopt;
    return ReportedAt{static_cast<std::size_t>(date - dates.begin()), static_cast<std::size_t>(variable - variables.begin())};
}

bool is_kept(const Quantity& q, int horizon)
{
    for (std::size_t t = 0; t < q.terms.size(); ++t)
        if (!reported_at(q, t, horizon)) return false;
    return true;
}

/// What evaluate() needs of kept runs: their codes and events.
BlockResult block_of(StoredRuns runs, std::size_t quarters)
{
    BlockResult block;
    block.quarters = quarters;
    block.outcome = std::move(runs.outcome), block.first_event = std::move(runs.first_event), block.failed_quarter = std::move(runs.failed_quarter);
    return block;
}

std::vector<std::vector<double>> read_values(const std::string& file, const Scenario& scenario, const std::vector<Quantity>& quantities)
{
    std::vector<std::vector<double>> values(quantities.size(), std::vector<double>(scenario.runs, no_number));
    const std::size_t variables = reported_variables().size();
    const bool of_variables = std::ranges::any_of(quantities, [](const Quantity& q) { return !q.terms.empty(); });
    some_at_a_time(scenario.runs, 1, [&](std::uint32_t first, std::uint32_t n) {
        const BlockResult block = block_of(read_runs(file, first, n), static_cast<std::size_t>(scenario.horizon) + 1);
        const std::vector<float> reported = of_variables ? read_reported(file, first, n) : std::vector<float>();
        for (std::size_t q = 0; q < quantities.size(); ++q)
            for (std::uint32_t run = 0; run < n; ++run) {
                if (fate_of(block.failed_quarter[run]) != Fate::whole) continue;
                double& value = values[q][first + run];
                if (quantities[q].terms.empty()) {
                    value = evaluate(quantities[q], block, run, n);
                    continue;
                }
                value = 0;
                for (std::size_t t = 0; t < quantities[q].terms.size(); ++t) {
                    const ReportedAt at = *reported_at(quantities[q], t, scenario.horizon);
                    value += quantities[q].terms[t].factor * reported[(at.date * variables + at.variable) * n + run];
                }
            }
    });
    return values;
}

} // namespace

bool are_kept(const ReplaySource& source, const std::vector<Quantity>& quantities)
{
    return keeps_single_runs(source.provenance) && std::ranges::all_of(quantities, [&](const Quantity& q) { return is_kept(q, source.scenario.horizon); });
}

std::optional<std::vector<std::vector<double>>> values_of(const std::string& file, const ReplaySource& source, const std::vector<Quantity>& quantities, EnsembleOptions options,
                                                          const Listener& listener, const std::atomic<bool>* stop)
{
    for (const Quantity& q : quantities)
        if (const std::string fault = fault_of_date(q, source.scenario.start, source.scenario.horizon); !fault.empty()) throw std::invalid_argument(fault);
    if (are_kept(source, quantities)) return read_values(file, source.scenario, quantities);
    options.precision = source.provenance.precision;
    std::vector<std::vector<double>> values = sample(source.scenario, quantities, options, listener.progress, stop);
    if (stop && *stop) return std::nullopt;
    if (keeps_single_runs(source.provenance))
        for (const std::uint32_t run : source.failed())
            for (std::vector<double>& of_quantity : values) of_quantity[run] = no_number;
    return values;
}

std::vector<InputColumn> drawn_columns(const std::string& file, const ReplaySource& source)
{
    if (!keeps_single_runs(source.provenance)) throw Refused(refusal::NoSingleRuns{file});
    const Description& d = describe();
    const Scenario& s = source.scenario;
    const std::vector<std::size_t> drawn = store::drawn_parameters(s);
    std::vector<InputColumn> all;
    for (const std::size_t p : drawn) all.push_back({.name = std::string(d.parameters[p].name), .value = {}, .sets = fmt::format("parameters.{}", d.parameters[p].name)});
    std::vector<std::size_t> mixed;
    for (std::size_t i = 0; i < d.structures.size(); ++i)
        if (std::ranges::count_if(s.structures[i].weights, [](double w) { return w > 0; }) > 1) {
            mixed.push_back(i);
            all.push_back({.name = std::string(d.structures[i].name),
                           .kind = Factor::Kind::choice,
                           .choices = split(std::string(d.structures[i].choices), '|'),
                           .value = {},
                           .sets = fmt::format("structures.{}", d.structures[i].name)});
        }
    for (InputColumn& column : all) column.value.reserve(s.runs);
    some_at_a_time(s.runs, 1, [&](std::uint32_t first, std::uint32_t n) {
        const StoredRuns runs = read_runs(file, first, n);
        for (std::size_t i = 0; i < drawn.size(); ++i)
            for (std::uint32_t run = 0; run < n; ++run) all[i].value.push_back(runs.parameters[drawn[i] * n + run]);
        for (std::size_t i = 0; i < mixed.size(); ++i)
            for (std::uint32_t run = 0; run < n; ++run) all[drawn.size() + i].value.push_back(runs.structures[mixed[i] * n + run]);
    });
    return all;
}

SweptPoints swept_points(const std::string& file, const StoredSweep& sweep, std::size_t outcome, std::size_t policy)
{
    const SweepHead& h = sweep.head;
    const Experiment e = experiment_of(sweep, file);
    SweptPoints all{
        .inputs = {}, .factors = e.sweep->factors, .design = e.sweep->design, .base = h.base, .moved = h.moved, .replicates = h.replicates, .value = {}, .outcome = h.outcomes.at(outcome)};
    if (policy >= h.policies.size()) throw std::out_of_range("the sweep has no policy of that number");
    for (std::size_t f = 0; f < h.factors.size(); ++f) {
        const Factor& factor = e.sweep->factors[f];
        InputColumn column{.name = h.factors[f].name, .kind = factor.kind, .choices = factor.choices, .value = {}, .sets = h.factors[f].sets};
        for (std::size_t point = 0; point < h.points; ++point) column.value.push_back(h.values[point * h.factors.size() + f]);
        all.inputs.push_back(std::move(column));
    }
    const StoredOutcome stored(file, outcome);
    some_at_a_time(h.replicates, h.points, [&](std::uint32_t first, std::uint32_t n) {
        const std::vector<double> some = stored.read(policy, {first, n}, {0, h.points});
        all.value.insert(all.value.end(), some.begin(), some.end());
    });
    return all;
}

} // namespace entente
