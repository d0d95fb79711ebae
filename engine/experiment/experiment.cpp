#include "experiment.hpp"
#include "../analysis/answer.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "../design/kinds.hpp"
#include "../store/layout.hpp"
#include "asked.hpp"
#include "identity.hpp"
#include "provenance.hpp"
#include "refusal.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <limits>
#include <stdexcept>

namespace entente {
namespace {

Experiment plain(const Scenario& scenario, Provenance provenance, const EnsembleOptions& options, const std::vector<PrecisionAsked>& stops)
{
    Experiment e{.provenance = std::move(provenance), .options = options, .policy_names = {"scenario"}, .plan = plan_of(scenario)};
    e.plan.fingerprint = true;
    e.outcomes = {parse_quantity(fmt::format("mean alignment_index at {}", quarter_name(report_quarter(scenario.horizon))))};
    for (const PrecisionAsked& stop : stops) {
        if (!(stop.half_width > 0)) throw std::invalid_argument(fmt::format("'{}': a half-width is above 0, got {}", stop.outcome.text, stop.half_width));
        if (const std::string fault = fault_of_date(stop.outcome, scenario.start, scenario.horizon); !fault.empty()) throw Refused(refusal::NotToStopOn{fault});
        e.outcomes.push_back(stop.outcome);
        e.stops.push_back({e.outcomes.size() - 1, stop.half_width});
    }
    return e;
}

Experiment of_sweep(Sweep sweep, Design design, Provenance provenance, const EnsembleOptions& options)
{
    Experiment e{
        .provenance = std::move(provenance), .options = options, .policy_names = sweep.policy_names, .plan = make_plan(sweep.policies, sweep.placements, design.value, sweep.replicates)};
    e.sweep = std::move(sweep), e.design = std::move(design);
    const std::uint64_t runs = std::uint64_t{e.plan.points} * e.plan.replicates * e.plan.policies.size();
    if (runs > std::numeric_limits<std::uint32_t>::max())
        throw ScenarioErrors(
            {{e.sweep->design.origin, fmt::format("design: {} policies x {} points x {} replicates are more than 2^32 runs", e.plan.policies.size(), e.plan.points, e.plan.replicates)}});
    e.provenance.runs = static_cast<std::uint32_t>(runs);
    e.outcomes = quantities_of(e.sweep->outcomes, e.scenario().start, e.scenario().horizon);
    e.stops = stops_of(e.sweep->stops, e.outcomes, e.plan.points);
    e.least = std::max(1u, std::min(e.sweep->least == 0 ? 256 : e.sweep->least, e.plan.replicates));
    e.plan.kept = variables_of(e.outcomes);
    e.plan.fingerprint = true;
    return e;
}

/// From what a result or a folder of parts holds. `points`: of a sweep with factors; `stops`: of a plain run.
Experiment stored(const Provenance& provenance, const std::string& path, std::uint32_t replicates, const std::function<Design(const Sweep&)>& points, const std::vector<PrecisionAsked>& stops)
{
    EnsembleOptions options{.precision = provenance.precision};
    options.keep = keep_of(provenance.keep);
    if (provenance.sweep_text.empty()) return plain(parse_scenario(provenance.scenario_resolved, path), provenance, options, stops);
    Sweep sweep = parse_sweep(provenance.sweep_text, path, {}, policies_in(provenance.scenario_resolved));
    sweep.replicates = replicates;
    Design design = sweep.factors.empty() ? points_of(sweep).design : points(sweep);
    return of_sweep(std::move(sweep), std::move(design), provenance, options);
}

} // namespace

TableDesign points_of(const Sweep& sweep)
{
    if (sweep.factors.empty()) return {.design = {.factors = 0, .points = 1, .value = {}, .u = {}, .base = {0}, .moved = {-1}}, .notes = {}};
    if (sweep.design.kind != &designs::table) return {.design = make_design(sweep.factors, sweep.design), .notes = {}};
    std::string text;
    try {
        text = read_file(sweep.design.table);
    } catch (const std::exception& e) {
        throw ScenarioErrors({{sweep.design.origin, fmt::format("design: table: {}", e.what())}});
    }
    return read_table(text, sweep.design.table, sweep.factors);
}

Experiment plain_experiment(const Scenario& scenario, const EnsembleOptions& options, const std::vector<PrecisionAsked>& stops, const std::string& command_line)
{
    Experiment e = plain(scenario, provenance_of(scenario, options, command_line), options, stops);
    e.provenance.threads = thread_count(options, piece_count(e.plan));
    return e;
}

Experiment sweep_experiment(Sweep sweep, const EnsembleOptions& options, std::optional<std::uint32_t> replicates, const std::string& command_line)
{
    sweep.replicates = replicates.value_or(sweep.replicates);
    if (!sweep.has_scenario) throw Refused(refusal::NoScenario{sweep.path});
    Provenance provenance = provenance_of(sweep.policies[0], options, command_line);
    provenance.scenario_name = sweep.name, provenance.scenario_title = sweep.title, provenance.sweep_text = sweep.text;
    provenance.scenario_resolved = resolved_policies(sweep.policy_names, sweep.policies);
    TableDesign points = points_of(sweep);
    Experiment e = of_sweep(std::move(sweep), std::move(points.design), std::move(provenance), options);
    e.notes = std::move(points.notes);
    e.provenance.threads = thread_count(options, piece_count(e.plan));
    return e;
}

Experiment experiment_of(const StoredSweep& result, const std::string& path)
{
    const SweepHead& h = result.head;
    return stored(h.provenance, path, h.replicates,
                  [&](const Sweep&) { return Design{.factors = h.factors.size(), .points = h.points, .value = h.values, .u = {}, .base = h.base, .moved = h.moved}; }, {});
}

Experiment experiment_of(const Parts& parts)
{
    Provenance p;
    for (const store::ProvenanceText& text : store::provenance_texts()) p.*text.member = parts.about(text.name);
    p.seed = std::stoull(parts.about("seed")), p.runs = static_cast<std::uint32_t>(std::stoul(parts.about("runs")));
    const auto points = [&](const Sweep& sweep) {
        Design design = read_table(parts.about("points"), parts.folder() + "/points", sweep.factors).design;
        const auto numbers = [&](const char* name) {
            std::vector<std::int32_t> all;
            for (const std::string& word : split(parts.about(name), ' '))
                if (!word.empty()) all.push_back(std::stoi(word));
            return all;
        };
        design.base = numbers("base"), design.moved = numbers("moved");
        return design;
    };
    std::vector<PrecisionAsked> stops;
    if (p.sweep_text.empty()) // a sweep's are in its text
        for (const std::string& line : split(parts.about("stops"), '\n')) {
            if (line.empty()) continue;
            const auto stop = precision_in(line);
            if (!stop) throw std::runtime_error(fmt::format("{}: '{}' is no outcome with a half-width", parts.folder(), line));
            stops.push_back(*stop);
        }
    return stored(p, parts.folder(), static_cast<std::uint32_t>(std::stoul(parts.about("replicates"))), points, stops);
}

} // namespace entente
