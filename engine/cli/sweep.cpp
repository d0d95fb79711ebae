// sweep: policies under the same uncertainties; design: the points alone; and what both print.
#include "../analysis/failure_tree.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "experiment.hpp"
#include "provenance.hpp"
#include "values.hpp"
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <map>
#include <numeric>

namespace entente::cli {

namespace po = boost::program_options;
static constexpr std::size_t points_shown = 40; ///< more are in the file

namespace {

std::string number(double x)
{
    if (std::isnan(x)) return "-";
    if (std::isinf(x)) return x < 0 ? "-inf" : "inf";
    if (x != 0 && std::abs(x) < 0.00005) return fmt::format("{:.1e}", x);
    return fmt::format("{:.{}f}", x, std::abs(x) >= 100 ? 1 : std::abs(x) >= 10 ? 2 : 4);
}
std::string interval_text(const Interval& x, const Quantity& quantity, std::uint64_t replicates)
{
    const double width = x.high - x.low, estimate = std::isfinite(width) && std::abs(x.estimate) < 1e-12 * width ? 0 : x.estimate; // rounding may leave a trace of nothing
    const bool equal = !quantity.level && replicates > 1 && std::isinf(x.low) && std::isinf(x.high);                               // of a mean nothing else leaves both ends open
    return equal ? fmt::format("{} (always the same)", number(x.estimate)) : fmt::format("{} ({} to {})", number(estimate), number(x.low), number(x.high));
}

nlohmann::ordered_json json_of(const Interval& x)
{
    const auto finite = [](double v) { return std::isfinite(v) ? nlohmann::ordered_json(v) : nlohmann::ordered_json(); };
    return {{"estimate", finite(x.estimate)}, {"low", finite(x.low)}, {"high", finite(x.high)}, {"used", x.used}};
}

/// What is known of a sweep: whole, or so far.
struct View {
    std::string title;
    const std::vector<std::string>& policies;
    std::vector<Quantity> outcomes;
    std::vector<std::vector<PolicyEstimate>> estimates; ///< [outcome][policy]
    std::size_t points, replicates;
    std::uint64_t finished, asked, failed;
};

void print_view(const View& v, const std::string& rest)
{
    fmt::print("{}\n{} {}, {} {}, {} {}: {} of {} runs finished, {} failed\n", v.title, v.policies.size(), v.policies.size() == 1 ? "policy" : "policies", with_commas(v.points),
               v.points == 1 ? "point" : "points", with_commas(v.replicates), v.replicates == 1 ? "replicate" : "replicates", with_commas(v.finished), with_commas(v.asked), v.failed);
    std::size_t width = 8;
    for (const std::string& name : v.policies) width = std::max(width, name.size());
    const bool differences = v.policies.size() > 1;
    fmt::print("\n{:<{}}  {:>30}{}\n", "over all points", width + 2, "95 % interval", differences ? fmt::format("  {:>32}  {:>10}", "difference to the first, paired", "s.e. ratio") : "");
    for (std::size_t o = 0; o < v.outcomes.size(); ++o) {
        fmt::print("{}\n", heading_of(v.outcomes[o]));
        for (std::size_t k = 0; k < v.policies.size(); ++k) {
            const PolicyEstimate& p = v.estimates[o][k];
            const std::string ratio = std::isnan(p.error_ratio) ? "" : fmt::format("{:.2f}", p.error_ratio);
            fmt::print("  {:<{}}  {:>30}{}\n", v.policies[k], width, interval_text(p.value, v.outcomes[o], p.replicates),
                       k == 0 || !differences || std::isnan(p.difference.estimate) ? "" : fmt::format("  {:>32}  {:>10}", interval_text(p.difference, v.outcomes[o], p.replicates), ratio));
        }
    }
    const std::uint64_t used = v.estimates[0][0].replicates;
    if (used < v.replicates)
        fmt::print("\nOver all points: {} of {} replicates. Those that are not finished at all points are left out, and so is what failed under any policy.\n", with_commas(used),
                   with_commas(v.replicates));
    if (v.replicates == 1 && v.points > 1) fmt::print("\nAll points share the random numbers of the one replicate: how far others would change the numbers is not known.\n");
    fmt::print("\nIntervals hold the points fixed: Monte Carlo error alone.{}\n",
               differences ? " s.e. ratio: standard error of the paired difference over that of two independent sweeps." : "");
    fmt::print("{}", rest);
}

nlohmann::ordered_json json_of(const View& v)
{
    nlohmann::ordered_json out = {{"title", v.title},       {"policies", v.policies}, {"points", v.points}, {"replicates", v.replicates},
                                  {"finished", v.finished}, {"asked", v.asked},       {"failed", v.failed}, {"outcomes", nlohmann::ordered_json::array()}};
    for (std::size_t o = 0; o < v.outcomes.size(); ++o) {
        nlohmann::ordered_json one = {{"outcome", v.outcomes[o].text}, {"unit", unit_of(v.outcomes[o])}, {"policies", nlohmann::ordered_json::array()}};
        for (std::size_t k = 0; k < v.policies.size(); ++k) {
            const PolicyEstimate& p = v.estimates[o][k];
            one["policies"].push_back({{"policy", v.policies[k]}, {"value", json_of(p.value)}, {"replicates", p.replicates}});
            if (k > 0) one["policies"].back()["difference"] = json_of(p.difference);
            if (!std::isnan(p.error_ratio)) one["policies"].back()["standard_error_ratio"] = p.error_ratio;
        }
        out["outcomes"].push_back(one);
    }
    return out;
}

/// Each point with its factors and what every policy comes to there.
std::string points_text(const StoredSweep& s, const std::vector<Factor>& factors, const std::vector<Quantity>& quantities)
{
    const SweepHead& h = s.head;
    if (h.points < 2) return "";
    if (h.points > points_shown) return fmt::format("\n{} points: see the groups `design` and `estimates` of the file.\n", with_commas(h.points));
    std::string text;
    for (std::size_t o = 0; o < h.outcomes.size(); ++o) {
        text += fmt::format("\n{}\n", heading_of(quantities[o]));
        std::vector<std::size_t> widths;
        for (const std::string& name : h.factors) {
            std::size_t w = name.size();
            for (std::size_t p = 0; p < h.points; ++p) w = std::max(w, value_text(factors[widths.size()], h.values[p * h.factors.size() + widths.size()]).size());
            widths.push_back(w), text += fmt::format("  {:>{}}", name, w);
        }
        for (const std::string& policy : h.policies) text += fmt::format("  {:>28}", policy.size() > 28 ? policy.substr(0, 28) : policy);
        for (std::size_t p = 0; p < h.points; ++p) {
            text += "\n";
            for (std::size_t f = 0; f < h.factors.size(); ++f) text += fmt::format("  {:>{}}", value_text(factors[f], h.values[p * h.factors.size() + f]), widths[f]);
            for (std::size_t k = 0; k < h.policies.size(); ++k) {
                const std::size_t at = (o * h.policies.size() + k) * h.points + p;
                text += fmt::format("  {:>28}", interval_text({s.estimates.estimate[at], s.estimates.low[at], s.estimates.high[at], 0, 0}, quantities[o], h.replicates));
            }
        }
        text += "\n";
    }
    return text;
}

/// The same for programs: the factors' values, and what every outcome comes to under every policy, in the order of the points.
void add_points(nlohmann::ordered_json& out, const StoredSweep& s, const std::vector<Factor>& factors)
{
    using Json = nlohmann::ordered_json;
    const SweepHead& h = s.head;
    const std::size_t policies = h.policies.size();
    out["factors"] = Json::array();
    for (std::size_t f = 0; f < factors.size(); ++f) {
        Json values = Json::array();
        for (std::size_t p = 0; p < h.points; ++p) {
            const double x = h.values[p * factors.size() + f];
            const bool number = factors[f].kind == Factor::Kind::number || factors[f].kind == Factor::Kind::whole;
            values.push_back(number ? Json(x) : Json(value_text(factors[f], x)));
        }
        out["factors"].push_back({{"factor", factors[f].name}, {"values", values}});
    }
    for (std::size_t o = 0; o < h.outcomes.size(); ++o)
        for (std::size_t k = 0; k < policies; ++k) {
            Json at_points = Json::array();
            for (std::size_t p = 0; p < h.points; ++p) {
                const std::size_t at = (o * policies + k) * h.points + p;
                at_points.push_back(json_of({s.estimates.estimate[at], s.estimates.low[at], s.estimates.high[at], 0, 0}));
                at_points.back().erase("used");
            }
            out["outcomes"][o]["policies"][k]["at_points"] = at_points;
        }
}

/// Runs that failed, by cause and by point, and those that were not made.
struct Failures {
    std::map<std::string, std::uint64_t> causes;
    FailureTable by_point;
    std::uint64_t not_made = 0;
};
Failures failures_in(const std::string& path, const SweepHead& h)
{
    Failures found{.causes = {}, .by_point = {.factors = {}, .value = h.values, .failed = std::vector<std::uint32_t>(h.points), .runs = std::vector<std::uint32_t>(h.points)}};
    some_at_a_time(h.replicates, h.points, [&](std::uint32_t first, std::uint32_t replicates) {
        const StoredFailures failures = read_failures(path, first, replicates);
        for (std::size_t i = 0; i < failures.quarter.size(); ++i) {
            if (failures.quarter[i] == -2) {
                ++found.not_made;
                continue;
            }
            ++found.by_point.runs[i % h.points];
            if (failures.quarter[i] < 0) continue;
            ++found.by_point.failed[i % h.points];
            ++found.causes[cause_text(failures.variable[i], failures.value[i])];
        }
    });
    return found;
}

/// Why runs failed, and where between the factors.
std::string failures_text(const std::vector<Factor>& factors, const Failures& failures)
{
    FailureTable table = failures.by_point;
    std::string text;
    for (const auto& [cause, n] : failures.causes) text += fmt::format("  {} runs: {}\n", with_commas(n), cause);
    if (text.empty()) return "";
    for (const Factor& f : factors) table.factors.push_back({f.name, f.kind == Factor::Kind::choice ? TreeFactor::Kind::classes : TreeFactor::Kind::ordered, f.choices});
    text = "\nfailed runs, left out above\n" + text;
    if (!factors.empty())
        for (const FailureLeaf& leaf : failure_tree(table))
            text += fmt::format("  where {}: {} of {} ({:.1f} to {:.1f} %)\n", leaf.text, with_commas(leaf.share.count), with_commas(leaf.share.runs), 100 * leaf.share.low,
                                100 * leaf.share.high);
    return text;
}

} // namespace

static std::uint64_t failed_runs(const StoredSweep& s) { return std::accumulate(s.estimates.failed.begin(), s.estimates.failed.end(), std::uint64_t{0}); }

void print_sweep(const StoredSweep& s, const std::string& path, bool json)
{
    const SweepHead& h = s.head;
    const Experiment e = experiment_of(s, path);
    View v{h.provenance.scenario_title.empty() ? h.provenance.scenario_name : h.provenance.scenario_title,
           h.policies,
           e.outcomes,
           {},
           h.points,
           h.replicates,
           h.provenance.runs,
           h.provenance.runs,
           failed_runs(s)};
    for (std::size_t o = 0; o < h.outcomes.size(); ++o) v.estimates.push_back(policy_estimates(e.outcomes[o], values_in(path, h, o)));
    const Failures failures = !h.complete || v.failed > 0 ? failures_in(path, h) : Failures();
    v.finished -= failures.not_made;
    if (json) {
        nlohmann::ordered_json out = json_of(v);
        add_points(out, s, e.sweep->factors);
        out["file"] = path;
        fmt::print("{}\n", out.dump(2));
    } else print_view(v, fmt::format("{}{}\n{}\n", points_text(s, e.sweep->factors, e.outcomes), failures_text(e.sweep->factors, failures), path));
}

void print_parts(const Parts& parts, const Experiment& e, bool json)
{
    const std::string& folder = parts.folder();
    const Shard& shard = parts.shard();
    const std::uint64_t asked = runs_in(e.plan, shard);
    const std::size_t policies = e.plan.policies.size(), points = e.plan.points, replicates = e.plan.replicates;
    const std::string title = e.provenance.scenario_title.empty() ? e.provenance.scenario_name : e.provenance.scenario_title;
    View v{shard.of == 1 ? title : fmt::format("{}, shard {}/{}", title, shard.number, shard.of), e.policy_names, e.outcomes, {}, points, replicates, 0, asked, 0};
    for (const std::uint64_t number : parts.finished()) {
        const BlockResult result = parts.read(number).result;
        v.finished += result.failed_quarter.size();
        v.failed += static_cast<std::uint64_t>(std::ranges::count_if(result.failed_quarter, [](int quarter) { return quarter >= 0; }));
    }
    std::vector<std::size_t> all(policies);
    std::iota(all.begin(), all.end(), std::size_t{0});
    for (std::size_t o = 0; o < e.outcomes.size(); ++o) v.estimates.push_back(policy_estimates(e.outcomes[o], values_in(e.plan, parts, o, all, e.plan.replicates)));
    if (json) {
        nlohmann::ordered_json out = json_of(v);
        out["folder"] = folder;
        fmt::print("{}\n", out.dump(2));
    } else print_view(v, fmt::format("\n{}: what is finished so far; {}\n", folder, way_on(shard, v.finished == asked)));
}

int sweep_command(const std::vector<std::string>& arguments)
{
    po::options_description options("Options");
    options.add(overlay_options()).add(ensemble_options(false)).add(experiment_options());
    options.add_options()("keep", po::value<std::string>()->default_value("outcomes"),
                          "what the file keeps of every run besides what was asked: none, or outcomes (classes and events); `entente replay` gives the whole of any run")(
        "replicates", po::value<std::uint32_t>(), "runs per point and policy, instead of the file's; with [stop] at most so many")("json",
                                                                                                                                   "the estimates as JSON on standard output");
    const auto given = parse("sweep", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    if (given.count("runs") != 0) throw UsageError("entente sweep: --runs belongs to a plain run; --replicates says how many runs each point and policy has");
    const auto replicates = given.count("replicates") != 0 ? std::optional(given["replicates"].as<std::uint32_t>()) : std::nullopt;
    if (replicates == 0u) throw UsageError("--replicates: at least 1, got 0");
    EnsembleOptions ensemble = ensemble_from(given);
    if (ensemble.keep > Keep::outcomes) throw UsageError("entente sweep: --keep: none or outcomes; `entente replay` gives the whole of any single run");
    Experiment experiment = sweep_experiment(file, overlay_from(given), ensemble, replicates, command_line("sweep", arguments));
    const Ordered ordered = ordered_from(given, experiment.sweep->name);
    if (ordered.shards == 1 && std::filesystem::exists(ordered.out) && !ordered.force && !holds_parts(parts_folder(ordered))) {
        if (stored_kind(ordered.out) != Stored::sweep)
            throw UsageError(fmt::format("{}: holds the result of a run; --force replaces it, --out FILE writes elsewhere", ordered.out));
        const StoredSweep stored = reading("sweep", [&] { return read_sweep_result(ordered.out); });
        const Identity there = identity_of(experiment_of(stored, ordered.out));
        Identity here = identity_of(experiment);
        if (!experiment.stops.empty()) // how many replicates it took is part of the answer
            std::ranges::find(here, "replicates", &Identity::value_type::first)->second = std::ranges::find(there, "replicates", &Identity::value_type::first)->second;
        if (const std::string what = difference(there, here); !what.empty())
            throw UsageError(fmt::format("{}: holds the result of another sweep; --force replaces it, --out FILE writes elsewhere. {}", ordered.out, what));
        if (stored.head.complete) {
            nothing_to_simulate(ordered);
            print_sweep(stored, ordered.out, given.count("json") != 0);
            return done;
        }
        if (!ordered.resume) throw UsageError(fmt::format("{}: holds this sweep, interrupted; --resume goes on with it, --force begins anew", ordered.out));
    }
    const Done finished = carry_out(experiment, ordered);
    return tell(finished, [&] {
        const StoredSweep result = read_sweep_result(finished.path);
        print_sweep(result, finished.path, given.count("json") != 0);
        if (failed_runs(result) == finished.runs) throw std::runtime_error(fmt::format("{}: every run failed, so there is no answer", finished.path));
    });
}

int design_command(const std::vector<std::string>& arguments)
{
    po::options_description options("Options");
    options.add_options()("out,o", po::value<std::string>(), "CSV file; standard output if not given")("force", "replace that file");
    const auto given = parse("design", arguments, options, {"FILE"});
    const Sweep sweep = read_sweep(given["FILE"].as<std::string>());
    if (sweep.factors.empty()) throw UsageError(fmt::format("{}: has no [[factor]], so there are no points", given["FILE"].as<std::string>()));
    const std::string csv = design_csv(points_of(sweep), sweep.factors);
    if (given.count("out") == 0) {
        fmt::print("{}", csv);
        return done;
    }
    const auto out = given["out"].as<std::string>();
    throw_if_text_is_kept_from("--out", out, given.count("force") != 0);
    std::ofstream file(out, std::ios::binary);
    file << csv;
    file.close();
    if (!file) throw std::runtime_error(fmt::format("{}: cannot write", out));
    fmt::print(stderr, "{}: {} points of {} factors\n", out, std::ranges::count(csv, '\n') - 1, sweep.factors.size());
    return done;
}

} // namespace entente::cli
