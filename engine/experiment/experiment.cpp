#include "experiment.hpp"
#include "../analysis/answer.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "../design/kinds.hpp"
#include "../store/layout.hpp"
#include "../store/rules.hpp"
#include "../version.hpp"
#include "asked.hpp"
#include "factors.hpp"
#include "identity.hpp"
#include "pieces.hpp"
#include "provenance.hpp"
#include "refusal.hpp"
#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <limits>
#include <stdexcept>
#include <tuple>

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
    e.least = std::max(1u, std::min(e.least, e.plan.replicates));
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

/// What the text of a stored sweep and its resolved policies must share, before they are put together.
void throw_if_no_sweep(const Sweep& sweep, const std::string& path)
{
    const auto same = [&](const Scenario& a, const Scenario& b) { return a.seed == b.seed && a.start == b.start && a.horizon == b.horizon; };
    const bool whole = !sweep.policies.empty() && sweep.policy_names.size() == sweep.policies.size() && !sweep.outcomes.empty()
                       && std::ranges::all_of(sweep.policies, [&](const Scenario& policy) { return same(policy, sweep.policies[0]); });
    store::throw_if_damaged(path, whole ? "" : "the text of its sweep and its scenarios contradict each other");
}

/// Values that a factor can take, and as many as there are points.
void throw_if_no_points(const Sweep& sweep, const Design& design, const std::string& path)
{
    const auto is_value = [](const Factor& f, double x) {
        if (f.kind == Factor::Kind::number) return std::isfinite(x);
        return x == std::floor(x) && (f.kind == Factor::Kind::choice ? x >= 0 && x < static_cast<double>(f.choices.size()) : x >= f.low && x <= f.high);
    };
    bool sound = design.points > 0 && design.factors == sweep.factors.size() && design.value.size() == design.points * design.factors && design.base.size() == design.points
                 && design.moved.size() == design.points;
    for (std::size_t i = 0; sound && i < design.value.size(); ++i) sound = is_value(sweep.factors[i % design.factors], design.value[i]);
    store::throw_if_damaged(path, sound ? "" : "its points are none of its factors");
}

/// From what a result or a folder of parts holds. `points`: of a sweep with factors; `stops`: of a plain run.
Experiment put_together(const Provenance& provenance, const std::string& path, std::uint32_t replicates, const std::function<Design(const Sweep&)>& points,
                        const std::vector<PrecisionAsked>& stops)
{
    store::throw_if_damaged(path, replicates == 0 ? "it has no replicates" : store::fault_of(provenance));
    EnsembleOptions options{.precision = provenance.precision};
    options.keep = keep_of(provenance.keep);
    if (provenance.sweep_text.empty()) {
        Scenario scenario = parse_resolved(provenance.scenario_resolved, path);
        store::throw_if_damaged(path, scenario.runs == provenance.runs && scenario.runs == replicates ? "" : "its runs are not those of its scenario");
        return plain(scenario, provenance, options, stops);
    }
    const std::vector<std::string> policies = policies_in(provenance.scenario_resolved);
    store::throw_if_damaged(path, policies.empty() ? "its sweep has no scenario" : ""); // else the text would name a file to read
    Sweep sweep = parse_sweep(provenance.sweep_text, path, {}, policies);
    throw_if_no_sweep(sweep, path);
    sweep.replicates = replicates;
    Design design = sweep.factors.empty() ? points_of(sweep).design : points(sweep);
    throw_if_no_points(sweep, design, path);
    return of_sweep(std::move(sweep), std::move(design), provenance, options);
}

Experiment stored(const Provenance& provenance, const std::string& path, std::uint32_t replicates, const std::function<Design(const Sweep&)>& points, const std::vector<PrecisionAsked>& stops)
{
    try {
        return put_together(provenance, path, replicates, points, stops);
    } catch (const std::logic_error& fault) { // of a quantity that is none
        throw DamagedFile(fmt::format("{}: is damaged: {}", path, fault.what()));
    }
}

/// What a sweep's result says of itself twice: as its own text has it, and as its data have it.
std::string contradiction(const Experiment& e, const SweepHead& h)
{
    const auto differs = [](const char* what) { return fmt::format("its {} are not those of its sweep's text", what); };
    std::vector<std::string> outcomes;
    for (const Quantity& q : e.outcomes) outcomes.push_back(q.text);
    if (h.policies != e.policy_names) return differs("policies");
    if (h.outcomes != outcomes) return differs("outcomes");
    const auto same = [](const FactorText& a, const FactorText& b) { return a.name == b.name && a.kind == b.kind && a.choices == b.choices && a.sets == b.sets; };
    if (!std::ranges::equal(h.factors, factor_texts(e.sweep->factors, e.sweep->placements), same)) return differs("factors");
    if (h.points != e.plan.points) return differs("points");
    if (h.quarters != 0 && h.quarters != static_cast<std::uint32_t>(e.scenario().horizon) + 1) return differs("quarters");
    if (h.provenance.seed != e.scenario().seed) return "its seed is not that of its scenario";
    return "";
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

Experiment plain_experiment(const Scenario& scenario, const EnsembleOptions& options, const std::vector<PrecisionAsked>& stops, const std::string& command_line, const BesideAsked& beside)
{
    if (beside.readings.value_or(0) > most_readings || beside.dial_futures.value_or(0) > most_dial_futures || beside.prior_futures.value_or(0) > most_prior_futures)
        throw std::invalid_argument(fmt::format("at most {} readings, {} futures of each dial and {} with priors", most_readings, most_dial_futures, most_prior_futures));
    Experiment e = plain(scenario, provenance_of(scenario, options, command_line), options, stops);
    e.notes = oddities(scenario);
    e.beside = beside;
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
    std::vector<std::string> policies;
    for (const Scenario& policy : sweep.policies) policies.push_back(resolved_toml(policy));
    for (std::size_t i = 1; i < policies.size(); ++i)
        if (const auto same = std::ranges::find(policies, policies[i]); same - policies.begin() < static_cast<std::ptrdiff_t>(i))
            points.notes.push_back({{sweep.path, 1, 1},
                                    fmt::format("policies '{}' and '{}' set the same, so all their runs are equal",
                                                sweep.policy_names[static_cast<std::size_t>(same - policies.begin())], sweep.policy_names[i])});
    const auto place = [](const Problem& p) { return std::tie(p.where.file, p.where.line, p.where.column); };
    for (const Scenario& policy : sweep.policies)
        for (const Problem& odd : oddities(policy))
            if (std::ranges::none_of(points.notes, [&](const Problem& said) { return place(said) == place(odd); })) points.notes.push_back(odd); // policies share a base
    Experiment e = of_sweep(std::move(sweep), std::move(points.design), std::move(provenance), options);
    e.notes = std::move(points.notes);
    e.provenance.threads = thread_count(options, piece_count(e.plan));
    return e;
}

Experiment experiment_of(const StoredSweep& result, const std::string& path)
{
    const SweepHead& h = result.head;
    Experiment e = stored(h.provenance, path, h.replicates_asked(),
                          [&](const Sweep&) { return Design{.factors = h.factors.size(), .points = h.points, .value = h.values, .u = {}, .base = h.base, .moved = h.moved}; }, {});
    store::throw_if_damaged(path, e.sweep ? contradiction(e, h) : "it has no sweep's text");
    return e;
}

/// A whole number that parts say of their experiment.
template <class T> static T number_in(const std::string& text, const std::string& folder)
{
    T number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    store::throw_if_damaged(folder, fault == std::errc() && end == text.data() + text.size() && !text.empty() ? "" : "a number that it says of itself is none");
    return number;
}

/// What parts go by must be what they say of their experiment; but of a limit to runs, an option, they say nothing.
static void throw_if_contradicted(const Experiment& e, const Parts& parts)
{
    const bool own = e.provenance.engine_sources == build().sources; // another program may write the same policies, points and quantities otherwise
    const auto compared = [&](Identity identity) {
        std::erase_if(identity, [&](const auto& text) {
            const std::string& name = text.first;
            return name == "run limit" || (!own && (name.starts_with("policy ") || name == "points" || name == "outcomes" || name == "stop"));
        });
        return identity;
    };
    Identity said = identity_of(e);
    for (auto& [name, text] : said)
        if (name == "scenario") text = without_origins(e.provenance.scenario_resolved); // as whatever program wrote it
    const std::string what = difference(compared(parts.identity()), compared(said));
    store::throw_if_damaged(parts.folder(), what.empty() ? "" : "what it says of its experiment contradicts itself: " + what);
}

Experiment experiment_told(const Identity& about, const std::string& folder)
{
    const auto told = [&](std::string_view name) {
        const auto at = std::ranges::find(about, name, &Identity::value_type::first);
        return at == about.end() ? std::string() : at->second;
    };
    Provenance p;
    for (const store::ProvenanceText& text : store::provenance_texts()) p.*text.member = told(text.name);
    p.seed = number_in<std::uint64_t>(told("seed"), folder), p.runs = number_in<std::uint32_t>(told("runs"), folder);
    const auto points = [&](const Sweep& sweep) {
        Design design = read_table(told("points"), folder + "/points", sweep.factors).design;
        const auto numbers = [&](const char* name) {
            std::vector<std::int32_t> all;
            for (const std::string& word : split(told(name), ' '))
                if (!word.empty()) all.push_back(number_in<std::int32_t>(word, folder));
            return all;
        };
        design.base = numbers("base"), design.moved = numbers("moved");
        return design;
    };
    std::vector<PrecisionAsked> stops;
    if (p.sweep_text.empty()) // a sweep's are in its text
        for (const std::string& line : split(told("stops"), '\n')) {
            if (line.empty()) continue;
            const auto stop = precision_in(line);
            if (!stop) throw std::runtime_error(fmt::format("{}: '{}' is no outcome with a half-width", folder, line));
            stops.push_back(*stop);
        }
    Experiment e = stored(p, folder, number_in<std::uint32_t>(told("replicates"), folder), points, stops);
    const auto asked = [&](const char* name, std::uint32_t most) -> std::optional<std::uint32_t> {
        const std::string text = told(name);
        if (text.empty()) return std::nullopt;
        const auto number = number_in<std::uint32_t>(text, folder);
        store::throw_if_damaged(folder, number <= most ? "" : "it asks for more drivers, readings or priors than there can be");
        return number;
    };
    e.beside = {asked("dial futures", most_dial_futures), asked("readings", most_readings), asked("prior futures", most_prior_futures)};
    return e;
}

Experiment experiment_of(const Parts& parts)
{
    Experiment e = experiment_told(parts.about(), parts.folder());
    throw_if_no_shard_of(e.plan, parts);
    throw_if_contradicted(e, parts);
    return e;
}

} // namespace entente
