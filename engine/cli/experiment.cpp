#include "experiment.hpp"
#include "../analysis/answer.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "provenance.hpp"
#include "../store/layout.hpp"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>

namespace entente::cli {

namespace po = boost::program_options;
static constexpr const char* policy_mark = "# policy: ";

static Quantity quantity_at(const Asked& asked)
{
    try {
        return parse_quantity(asked.text);
    } catch (const std::invalid_argument& e) {
        throw ScenarioErrors({{asked.origin, e.what()}});
    }
}

std::string fault_of_date(const Quantity& q, int start, int horizon)
{
    const bool of_event = q.kind == Quantity::Kind::seen || q.kind == Quantity::Kind::first;
    if (q.to > horizon) return fmt::format("'{}' asks for {}, but the scenario ends in {}", q.text, quarter_name(q.to), quarter_name(horizon));
    if (of_event && q.to < start) return fmt::format("'{}' asks for {}, but events are counted from start on, {}", q.text, quarter_name(q.to), quarter_name(start));
    return "";
}

std::vector<Quantity> quantities_of(const std::vector<Asked>& asked, int start, int horizon)
{
    std::vector<Quantity> all;
    std::vector<Problem> problems;
    for (const Asked& a : asked) {
        try {
            all.push_back(quantity_at(a));
            if (const std::string fault = fault_of_date(all.back(), start, horizon); !fault.empty()) problems.push_back({a.origin, fault});
        } catch (const ScenarioErrors& e) {
            problems.insert(problems.end(), e.problems.begin(), e.problems.end());
        }
    }
    if (!problems.empty()) throw ScenarioErrors(problems);
    return all;
}

/// "EXPR within HALF_WIDTH".
static Experiment::Stop stop_of(const std::string& text, std::vector<Quantity>& outcomes)
{
    constexpr std::string_view between = " within ";
    const std::size_t at = text.find(between);
    char* end = nullptr;
    const std::string number = at == std::string::npos ? "" : text.substr(at + between.size());
    const double half_width = std::strtod(number.c_str(), &end);
    if (number.empty() || *end != '\0' || !(half_width > 0))
        throw UsageError(fmt::format("--stop: EXPR within HALF_WIDTH, such as 'rupture by 2045Q1 within 0.005', got '{}'", text));
    try {
        outcomes.push_back(parse_quantity(text.substr(0, at)));
    } catch (const std::invalid_argument& e) {
        throw UsageError(fmt::format("--stop: {}", e.what()));
    }
    return {outcomes.size() - 1, half_width, false};
}

Experiment plain_experiment(const std::string& file, const Overlay& overlay, const EnsembleOptions& options, const std::vector<std::string>& stops, const std::string& command_line)
{
    const Scenario scenario = read_scenario(file, overlay);
    Experiment e{.provenance = provenance_of(scenario, options, command_line), .options = options, .policy_names = {"scenario"}, .plan = plan_of(scenario)};
    e.outcomes = {parse_quantity(fmt::format("mean alignment_index at {}", quarter_name(report_quarter(scenario.horizon))))}; // for the attribution
    for (const std::string& stop : stops) {
        e.stops.push_back(stop_of(stop, e.outcomes));
        if (const std::string fault = fault_of_date(e.outcomes.back(), scenario.start, scenario.horizon); !fault.empty()) throw UsageError(fmt::format("--stop: {}", fault));
    }
    e.plan.fingerprint = true;
    return e;
}

Design points_of(const Sweep& sweep)
{
    if (sweep.factors.empty()) return {.factors = 0, .points = 1, .value = {}, .u = {}, .base = {0}, .moved = {-1}};
    if (sweep.design.kind != DesignChoice::Kind::table) return make_design(sweep.factors, sweep.design);
    std::string text;
    try {
        text = read_file(sweep.design.table);
    } catch (const std::exception& e) {
        throw ScenarioErrors({{sweep.design.origin, fmt::format("design: table: {}", e.what())}});
    }
    TableDesign table = read_table(text, sweep.design.table, sweep.factors);
    for (const Problem& note : table.notes) fmt::print(stderr, "{}:{}:{}: {}\n", note.where.file, note.where.line, note.where.column, note.message);
    return std::move(table.design);
}

static Experiment experiment_of(Sweep sweep, Design design, const Provenance& provenance, const EnsembleOptions& options)
{
    Experiment e{.provenance = provenance, .options = options, .policy_names = sweep.policy_names, .plan = make_plan(sweep.policies, sweep.placements, design.value, sweep.replicates)};
    e.sweep = std::move(sweep), e.design = std::move(design);
    const std::uint64_t runs = std::uint64_t{e.plan.points} * e.plan.replicates * e.plan.policies.size();
    if (runs > std::numeric_limits<std::uint32_t>::max())
        throw ScenarioErrors(
            {{e.sweep->design.origin, fmt::format("design: {} policies x {} points x {} replicates are more than 2^32 runs", e.plan.policies.size(), e.plan.points, e.plan.replicates)}});
    e.provenance.runs = static_cast<std::uint32_t>(runs);
    e.outcomes = quantities_of(e.sweep->outcomes, e.scenario().start, e.scenario().horizon);
    for (const StopRule& rule : e.sweep->stops) {
        const auto at = std::ranges::find(e.outcomes, rule.outcome, &Quantity::text);
        e.stops.push_back({static_cast<std::size_t>(at - e.outcomes.begin()), rule.half_width, rule.difference});
        if (at->level && (e.plan.points > 1 || rule.difference))
            throw ScenarioErrors({{rule.origin, fmt::format("stop: '{}': a quantile can be stopped on with one point and not as a difference", rule.outcome)}});
    }
    e.least = std::max(1u, std::min(e.sweep->least == 0 ? 256 : e.sweep->least, e.plan.replicates));
    e.plan.kept = variables_of(e.outcomes);
    e.plan.fingerprint = true;
    return e;
}

Experiment sweep_experiment(const std::string& file, const Overlay& overlay, const EnsembleOptions& options, std::optional<std::uint32_t> replicates, const std::string& command_line)
{
    Sweep sweep = read_sweep(file, overlay);
    sweep.replicates = replicates.value_or(sweep.replicates);
    if (!sweep.has_scenario) throw UsageError(fmt::format("{}: [scenario] is missing: what the sweep starts from (entente design writes the points of factors alone)", file));
    Provenance provenance = provenance_of(sweep.policies[0], options, command_line);
    provenance.scenario_name = sweep.name, provenance.scenario_title = sweep.title, provenance.sweep_text = sweep.text;
    provenance.scenario_resolved.clear();
    for (std::size_t k = 0; k < sweep.policies.size(); ++k)
        provenance.scenario_resolved += fmt::format("{}{}\n{}\n", policy_mark, sweep.policy_names[k], resolved_toml(sweep.policies[k]));
    Design design = points_of(sweep);
    return experiment_of(std::move(sweep), std::move(design), provenance, options);
}

std::vector<std::string> policies_in(const std::string& resolved)
{
    std::vector<std::string> all;
    for (const std::string& line : split(resolved, '\n')) {
        if (line.starts_with(policy_mark)) all.emplace_back();
        else if (!all.empty()) all.back() += line + "\n";
    }
    return all;
}

static EnsembleOptions options_of(const Provenance& provenance)
{
    EnsembleOptions options{.precision = provenance.precision};
    options.keep = keep_of(provenance.keep);
    return options;
}

static Experiment stored_experiment(const Provenance& provenance, const std::string& path, std::uint32_t replicates, const std::function<Design(const Sweep&)>& points)
{
    if (provenance.sweep_text.empty()) {
        const Scenario scenario = parse_scenario(provenance.scenario_resolved, path);
        Experiment e{.provenance = provenance, .options = options_of(provenance), .policy_names = {"scenario"}, .plan = plan_of(scenario)};
        e.outcomes = {parse_quantity(fmt::format("mean alignment_index at {}", quarter_name(report_quarter(scenario.horizon))))};
        e.plan.fingerprint = true;
        return e;
    }
    Sweep sweep = parse_sweep(provenance.sweep_text, path, {}, policies_in(provenance.scenario_resolved));
    sweep.replicates = replicates;
    Design design = points(sweep);
    return experiment_of(std::move(sweep), std::move(design), provenance, options_of(provenance));
}

Experiment experiment_of(const StoredSweep& stored, const std::string& path)
{
    const SweepHead& h = stored.head;
    return stored_experiment(h.provenance, path, h.replicates,
                             [&](const Sweep&) { return Design{.factors = h.factors.size(), .points = h.points, .value = h.values, .u = {}, .base = h.base, .moved = h.moved}; });
}

Experiment experiment_of(const Parts& parts)
{
    Provenance p;
    for (const store::ProvenanceText& text : store::provenance_texts()) p.*text.member = parts.about(text.name);
    p.seed = std::stoull(parts.about("seed")), p.runs = static_cast<std::uint32_t>(std::stoul(parts.about("runs")));
    Experiment e = stored_experiment(p, parts.folder(), static_cast<std::uint32_t>(std::stoul(parts.about("replicates"))), [&](const Sweep& sweep) {
        if (sweep.factors.empty()) return points_of(sweep);
        Design design = read_table(parts.about("points"), parts.folder() + "/points", sweep.factors).design;
        const auto numbers = [&](const char* name) {
            std::vector<std::int32_t> all;
            for (const std::string& word : split(parts.about(name), ' '))
                if (!word.empty()) all.push_back(std::stoi(word));
            return all;
        };
        design.base = numbers("base"), design.moved = numbers("moved");
        return design;
    });
    std::vector<std::string> stops = split(parts.about("stops"), '\n');
    if (!e.sweep)
        for (const std::string& stop : stops)
            if (!stop.empty()) e.stops.push_back(stop_of(stop, e.outcomes));
    return e;
}

Identity identity_of(const Experiment& e)
{
    Identity identity = {{"engine", e.provenance.engine_sources}, {"precision", e.provenance.precision}, {"keep", e.provenance.keep}, {"run limit", fmt::format("{} s", e.options.run_limit_s)}};
    for (std::size_t k = 0; k < e.plan.policies.size(); ++k)
        identity.emplace_back(e.sweep ? "policy " + e.policy_names[k] : "scenario", without_origins(resolved_toml(e.plan.policies[k])));
    std::string outcomes, stops;
    for (const Quantity& q : e.outcomes) outcomes += q.text + "\n";
    for (const Experiment::Stop& s : e.stops) stops += fmt::format("{} within {}{}\n", e.outcomes[s.outcome].text, s.half_width, s.difference ? ", difference" : "");
    identity.emplace_back("outcomes", outcomes);
    identity.emplace_back("stop", stops);
    identity.emplace_back("replicates", fmt::format("{}", e.plan.replicates));
    if (e.sweep) identity.emplace_back("points", design_csv(e.design, e.sweep->factors));
    return identity;
}

Identity about_of(const Experiment& e)
{
    Identity about;
    for (const store::ProvenanceText& text : store::provenance_texts()) about.emplace_back(text.name, e.provenance.*text.member);
    about.emplace_back("seed", fmt::format("{}", e.provenance.seed));
    about.emplace_back("runs", fmt::format("{}", e.provenance.runs));
    about.emplace_back("replicates", fmt::format("{}", e.plan.replicates));
    if (e.sweep) about.emplace_back("points", design_csv(e.design, e.sweep->factors));
    about.emplace_back("base", fmt::format("{}", fmt::join(e.design.base, " ")));
    about.emplace_back("moved", fmt::format("{}", fmt::join(e.design.moved, " ")));
    std::string stops;
    for (const Experiment::Stop& s : e.stops) stops += fmt::format("{} within {}\n", e.outcomes[s.outcome].text, s.half_width);
    about.emplace_back("stops", stops);
    return about;
}

std::uint64_t runs_in(const Plan& plan, const Shard& shard)
{
    std::uint64_t runs = 0;
    for (std::uint64_t piece = shard.first; piece < shard.end; ++piece) runs += piece_of(plan, piece).runs;
    return runs;
}

std::string way_on(const Shard& shard, bool finished) { return finished && shard.of > 1 ? "entente merge puts shards together" : "the command that made it goes on with --resume"; }

po::options_description experiment_options()
{
    po::options_description options;
    options.add_options()("out,o", po::value<std::string>(), "result file; results/NAME.h5 if not given")("resume", "go on with what an interrupted run has left")(
        "force", "replace another result, or parts, in that place")("shard", po::value<std::string>(), "i/n: do the i-th of n parts, for `entente merge`")(
        "run-limit", po::value<double>(), "seconds after which a run is given up and stored as failed; which runs that are depends on the machine");
    return options;
}

static bool is_result(const std::string& path)
{
    try {
        return stored_kind(path) != Stored::neither;
    } catch (const std::runtime_error&) { // not even HDF5
        return false;
    }
}

void throw_if_text_is_kept_from(const std::string& option, const std::string& path, bool force)
{
    if (path.empty()) throw UsageError(fmt::format("{}: a file, got ''", option));
    if (std::filesystem::is_directory(path)) throw UsageError(fmt::format("{}: {}: a file, got a folder", option, path));
    if (!std::filesystem::exists(path)) return;
    if (is_result(path)) throw UsageError(fmt::format("{}: {}: is a result, which no table replaces", option, path));
    if (!force) throw UsageError(fmt::format("{}: {}: is there already; --force replaces it", option, path));
}

void throw_if_no_result_to_replace(const std::string& path)
{
    if (path.empty()) throw UsageError("--out: a file, got ''");
    if (std::filesystem::is_directory(path)) throw UsageError(fmt::format("--out: {}: a file, got a folder", path));
    if (std::filesystem::exists(path) && !is_result(path)) throw UsageError(fmt::format("{}: is no result of this program and is not replaced; --out FILE writes elsewhere", path));
}

bool is_whole_result(const std::string& path)
{
    try {
        const Stored kind = std::filesystem::exists(path) ? stored_kind(path) : Stored::neither;
        return kind == Stored::sweep ? read_sweep_result(path).head.complete : kind == Stored::run && read_result(path).complete;
    } catch (const std::runtime_error&) { // a damaged one is none
        return false;
    }
}

Ordered ordered_from(const po::variables_map& given, const std::string& name)
{
    Ordered o{.out = given.count("out") != 0 ? given["out"].as<std::string>() : fmt::format("results/{}.h5", name)};
    o.resume = given.count("resume") != 0, o.force = given.count("force") != 0;
    if (o.resume && o.force) throw UsageError("--resume goes on with what is there, --force begins anew: one of them");
    if (given.count("shard") == 0) {
        throw_if_no_result_to_replace(o.out);
        return o;
    }
    const auto text = given["shard"].as<std::string>();
    unsigned i = 0, n = 0;
    char rest = 0;
    if (text.find_first_not_of("0123456789/") != std::string::npos || std::sscanf(text.c_str(), "%u/%u%c", &i, &n, &rest) != 2 || i < 1 || i > n || n > 100000)
        throw UsageError(fmt::format("--shard: i/n with i from 1 to n, got '{}'", text));
    o.shard = i, o.shards = n;
    return o;
}

} // namespace entente::cli
