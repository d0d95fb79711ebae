#include "two_results.hpp"
#include "../analysis/answer.hpp"
#include "../core/text.hpp"
#include "asked.hpp"
#include "factors.hpp"
#include "pairs.hpp"
#include "provenance.hpp"
#include "values.hpp"
#include <algorithm>
#include <bit>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente {
namespace {

/// Every setting but the number of runs and the seed, which are told apart on their own. Levers that are not set stand at their defaults.
std::string scenario_text(const std::string& resolved)
{
    constexpr std::string_view unset = " # default";
    std::string with_levers, text;
    bool levers = false;
    for (const std::string& line : split(resolved, '\n')) {
        if (line.starts_with('[')) levers = line == "[levers]";
        const bool lever = levers && line.starts_with("# ") && line.ends_with(unset);
        with_levers += (lever ? line.substr(2, line.size() - 2 - unset.size()) : line) + "\n";
    }
    for (const std::string& line : split(without_origins(with_levers), '\n'))
        if (!line.empty() && !line.starts_with("runs =") && !line.starts_with("seed =")) text += line + "\n";
    return text;
}

std::vector<Said> program_of(const Provenance& p)
{
    return {{"engine version", p.engine_version},
            {"engine commit", p.engine_commit},
            {"engine sources", p.engine_sources},
            {"compiler", p.compiler},
            {"flags", p.flags},
            {"libraries", p.libraries},
            {"precision", p.precision},
            {"instruction set", p.isa}};
}

std::vector<Said> design_of(const StoredResult& r, const Made& made)
{
    return {{"seed", fmt::format("{}", r.provenance.seed)}, {"runs", fmt::format("{}", made.asked)}, {"scenario", scenario_text(r.provenance.scenario_resolved)}};
}

/// What both were stopped by, if they were: else one of them is that of an experiment of set length.
void add_stops(std::vector<Disagreement>& all, const std::optional<StopReport>& a, const std::optional<StopReport>& b)
{
    if (a && b) std::ranges::copy(disagreements({{"stop", rule_text(*a)}}, {{"stop", rule_text(*b)}}), std::back_inserter(all));
}

/// But for the policies' scenarios.
std::vector<Said> design_of(const SweepHead& h)
{
    std::string factors;
    for (const FactorText& f : h.factors) factors += fmt::format("{} = {}, {}\n", f.name, f.sets, f.values);
    return {{"seed", fmt::format("{}", h.provenance.seed)},
            {"policies", fmt::format("{}", fmt::join(h.policies, "\n"))},
            {"outcomes", fmt::format("{}", fmt::join(h.outcomes, "\n"))},
            {"factors", factors},
            {"points", fmt::format("{}", h.points)}};
}

/// Of a point each factor's value.
std::string point_text(const SweepHead& h, std::size_t point)
{
    const std::vector<Factor> factors = factors_of(h);
    std::string text;
    for (std::size_t f = 0; f < factors.size(); ++f) {
        const double x = h.values[point * factors.size() + f];
        text += fmt::format("{} = {}\n", factors[f].name, factors[f].kind == Factor::Kind::number ? fmt::format("{}", x) : value_text(factors[f], x)); // its last digit may be what differs
    }
    return text;
}

/// Settings in which the scenarios of the policies that both sweeps have differ; what all of them differ in is told once.
std::vector<Disagreement> scenario_disagreements(const SweepHead& a, const SweepHead& b)
{
    const std::vector<std::string> in_a = policies_in(a.provenance.scenario_resolved), in_b = policies_in(b.provenance.scenario_resolved);
    std::vector<std::string> names;
    std::vector<std::vector<Disagreement>> of_policy;
    for (std::size_t k = 0; k < std::min(in_a.size(), a.policies.size()); ++k) {
        const auto other = static_cast<std::size_t>(std::ranges::find(b.policies, a.policies[k]) - b.policies.begin());
        if (other >= std::min(in_b.size(), b.policies.size())) continue;
        names.push_back(a.policies[k]);
        of_policy.push_back(disagreements({{"scenario", scenario_text(in_a[k])}}, {{"scenario", scenario_text(in_b[other])}}));
    }
    std::vector<Disagreement> all;
    const auto everywhere = [&](const Disagreement& d) {
        return of_policy.size() > 1 && std::ranges::all_of(of_policy, [&](const auto& of_one) { return std::ranges::find(of_one, d) != of_one.end(); });
    };
    for (std::size_t k = 0; k < of_policy.size(); ++k)
        for (Disagreement d : of_policy[k]) {
            const bool shared = everywhere(d);
            if (shared && k > 0) continue;
            if (of_policy.size() > 1 || names[k] != "scenario") d.what = shared ? "scenario of every policy" : "scenario of policy " + names[k];
            all.push_back(std::move(d));
        }
    return all;
}

std::vector<Disagreement> design_disagreements(const SweepHead& a, const SweepHead& b, const Made& made_a, const Made& made_b)
{
    std::vector<Said> in_a = design_of(a), in_b = design_of(b);
    const auto replicates = [](std::vector<Said>& said, const SweepHead& h, const Made& made) {
        said.push_back({"replicates", fmt::format("{}", made.asked / std::max<std::size_t>(1, h.points * h.policies.size()))});
    };
    replicates(in_a, a, made_a), replicates(in_b, b, made_b);
    std::vector<Disagreement> all = disagreements(in_a, in_b);
    if (std::ranges::equal(a.factors, b.factors, {}, &FactorText::name, &FactorText::name) && a.points == b.points && !a.factors.empty()) {
        const auto value = static_cast<std::size_t>(std::ranges::mismatch(a.values, b.values).in1 - a.values.begin());
        if (const std::size_t point = value / a.factors.size(); point < a.points) {
            const std::string what = fmt::format("point {}, the first that differs", point);
            std::ranges::copy(disagreements({{what, point_text(a, point)}}, {{what, point_text(b, point)}}), std::back_inserter(all));
        }
    }
    std::ranges::copy(scenario_disagreements(a, b), std::back_inserter(all));
    return all;
}

Bits bits_of(const Fingerprint& f) { return {f.policies.size(), f.quarters, f.runs, f.by_variable, f.by_run}; }

void find_bits(Difference& d, const std::string& a, const std::string& b, const Provenance& pa, const Provenance& pb)
{
    if (pa.precision != pb.precision) {
        d.about_bits = "single and double precision have no bits in common";
        return;
    }
    const Fingerprint in_a = read_fingerprint(a), in_b = read_fingerprint(b);
    if (in_a.runs == 0 || in_b.runs == 0) d.about_bits = "a file holds no fingerprint";
    else if (in_a.policies != in_b.policies || in_a.quarters != in_b.quarters || in_a.by_variable.size() != in_b.by_variable.size() || in_a.runs != in_b.runs)
        d.about_bits = "the fingerprints are of other variables or runs";
    else if (d.bits = first_difference(bits_of(in_a), bits_of(in_b)); !d.bits) d.about_bits = fmt::format("no bit of the first {} runs differs", in_a.runs);
}

std::string what_differs(const HistoryDifference& h) { return h.event ? std::string(describe().events[*h.event].name) : "class or orientation"; }

/// A row of a sweep.
FirstRun first_run(const SweepHead& h, std::size_t policy, std::uint64_t row, std::optional<int> quarter, std::string what)
{
    return {h.policies[policy], row / h.points, h.points > 1 ? std::optional(row % h.points) : std::nullopt, quarter, std::move(what)};
}

Made made_of(const StoredResult& r) { return {r.summary.runs, r.provenance.runs, r.complete}; }

Difference diff_runs(const std::string& a, const std::string& b)
{
    const StoredResult in_a = read_result(a), in_b = read_result(b);
    Difference d{.a = made_of(in_a), .b = made_of(in_b)};
    if (!d.b.complete && in_a.stop) d.a.asked = in_a.stop->most; // not where it ended
    if (!d.a.complete && in_b.stop) d.b.asked = in_b.stop->most;
    d.design = disagreements(design_of(in_a, d.a), design_of(in_b, d.b));
    add_stops(d.design, in_a.stop, in_b.stop);
    d.programs = disagreements(program_of(in_a.provenance), program_of(in_b.provenance));
    if (!d.design.empty()) d.verdict = Sameness::other_design;
    if (d.verdict == Sameness::other_design) return d;
    d.data = compare_data(a, b, d.partly() ? Compared::first_runs : Compared::whole);
    const bool single_runs = keeps_single_runs(in_a.provenance) && keeps_single_runs(in_b.provenance);
    if (d.partly() && single_runs)
        each_block(a, b, std::min(in_a.summary.runs, in_b.summary.runs), [&](std::uint32_t, const Histories& of_a, const Histories&) { d.both += of_a.runs; });
    if (d.data.other.empty()) {
        if (d.partly()) d.verdict = Sameness::fewer_runs;
        return d;
    }
    d.verdict = Sameness::other_numbers;
    find_bits(d, a, b, in_a.provenance, in_b.provenance);
    if (!single_runs) {
        d.single_runs = false;
        return d;
    }
    OutcomePairs pairs(in_a.summary.quarters);
    each_block(a, b, std::min(in_a.summary.runs, in_b.summary.runs), [&](std::uint32_t first, const Histories& of_a, const Histories& of_b) {
        pairs.add(of_a, of_b);
        if (d.first) return;
        if (const auto found = first_difference(of_a, of_b)) d.first = FirstRun{"", first + found->run, {}, found->quarter, what_differs(*found)};
    });
    for (const auto& [quantity, shift] : shifts(pairs, report_dates(static_cast<int>(pairs.quarters()) - 1))) {
        const bool same_in_every_run = shift.difference == 0 && shift.standard_error == 0;
        d.shifts.push_back({quantity, "", interval_of(shift), shift.mean_a, shift.mean_b, same_in_every_run});
    }
    return d;
}

bool same_bits(double x, double y) { return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y); }

/// Rows of both sweeps, policy by policy, some at a time; those that one of them has not made are left out.
struct BothRows {
    std::uint64_t both = 0;
    std::optional<FirstRun> first;
    std::vector<std::string> same, other; ///< data, by name

    void compare(const SweepHead& h, std::size_t policy, std::uint64_t first_row, StoredPiece a, StoredPiece b);
};

void BothRows::compare(const SweepHead& h, std::size_t policy, std::uint64_t first_row, StoredPiece a, StoredPiece b)
{
    const std::size_t rows = a.result.failed_quarter.size();
    const bool histories = !a.result.outcome.empty() && a.result.outcome.size() == b.result.outcome.size();
    for (std::size_t row = 0; row < rows; ++row) {
        if (fate_of(a.result.failed_quarter[row]) != Fate::not_made && fate_of(b.result.failed_quarter[row]) != Fate::not_made) {
            ++both;
            continue;
        }
        const auto take = [&](auto& of_b, const auto& of_a) {
            for (std::size_t i = row; i < of_b.size() && i < of_a.size(); i += rows) of_b[i] = of_a[i];
        };
        take(b.outcomes, a.outcomes), take(b.result.failed_quarter, a.result.failed_quarter), take(b.result.failed_variable, a.result.failed_variable);
        take(b.result.failed_value, a.result.failed_value);
        if (histories) take(b.result.outcome, a.result.outcome), take(b.result.first_event, a.result.first_event);
    }
    const auto note = [&](const char* name, bool equal) {
        std::vector<std::string>& list = equal ? same : other;
        if (std::ranges::find(list, name) == list.end()) list.emplace_back(name);
    };
    const bool values = std::ranges::equal(a.outcomes, b.outcomes, same_bits);
    note("outcomes/value", values);
    note("outcomes/failed_quarter", a.result.failed_quarter == b.result.failed_quarter);
    note("outcomes/failed_variable", a.result.failed_variable == b.result.failed_variable);
    note("outcomes/failed_value", std::ranges::equal(a.result.failed_value, b.result.failed_value, [](float x, float y) { return same_bits(x, y); }));
    if (histories) {
        note("histories/code", a.result.outcome == b.result.outcome), note("histories/event_date", a.result.first_event == b.result.first_event);
        const Histories of_a{rows, a.result.outcome, a.result.first_event, {}}, of_b{rows, b.result.outcome, b.result.first_event, {}};
        if (const auto found = first_difference(of_a, of_b); found && (!first || !first->quarter))
            first = first_run(h, policy, first_row + found->run, found->quarter, what_differs(*found));
    }
    if (values || first) return;
    const auto at = static_cast<std::size_t>(std::ranges::mismatch(a.outcomes, b.outcomes, same_bits).in1 - a.outcomes.begin());
    first = first_run(h, policy, first_row + at % rows, {}, h.outcomes[at / rows]);
}

/// As far as both go.
BothRows compare_rows(const std::string& a, const std::string& b, const SweepHead& in_a, const SweepHead& in_b)
{
    BothRows found;
    const StoredRows of_a(a), of_b(b);
    const std::uint64_t rows = std::uint64_t{std::min(in_a.replicates, in_b.replicates)} * in_a.points;
    for (std::uint32_t k = 0; k < in_a.policies.size(); ++k)
        for (std::uint64_t first = 0; first < rows; first += rows_at_once) {
            const Piece piece{k, first, static_cast<std::uint32_t>(std::min<std::uint64_t>(rows_at_once, rows - first))};
            found.compare(in_a, k, first, of_a.read(piece), of_b.read(piece));
        }
    std::erase_if(found.same, [&](const std::string& name) { return std::ranges::find(found.other, name) != found.other.end(); });
    return found;
}

Made made_of(const StoredSweep& s, const std::string& path)
{
    const SweepHead& h = s.head;
    if (h.complete) return {h.provenance.runs, h.provenance.runs, true};
    Made made{.asked = h.provenance.runs, .complete = false};
    some_at_a_time(h.replicates, h.points, [&](std::uint32_t first, std::uint32_t n) {
        made.runs += static_cast<std::uint64_t>(std::ranges::count_if(read_failures(path, first, n).quarter, [](int quarter) { return fate_of(quarter) != Fate::not_made; }));
    });
    return made;
}

Difference diff_sweeps(const std::string& a, const std::string& b)
{
    const StoredSweep in_a = read_sweep_result(a), in_b = read_sweep_result(b);
    const SweepHead& h = in_a.head;
    Difference d{.a = made_of(in_a, a), .b = made_of(in_b, b), .policies = h.policies};
    if (!d.b.complete && in_a.stop) d.b.asked = d.a.asked; // how many would have been enough is not known
    if (!d.a.complete && in_b.stop) d.a.asked = d.b.asked;
    d.design = design_disagreements(h, in_b.head, d.a, d.b);
    add_stops(d.design, in_a.stop, in_b.stop);
    d.programs = disagreements(program_of(h.provenance), program_of(in_b.head.provenance));
    if (!d.design.empty()) d.verdict = Sameness::other_design;
    if (d.verdict == Sameness::other_design) return d;
    if (!d.partly()) d.data = compare_data(a, b);
    if (!d.partly() && d.data.other.empty()) return d;
    BothRows rows = compare_rows(a, b, h, in_b.head);
    d.first = std::move(rows.first);
    if (d.partly()) {
        d.both = rows.both, d.data.same = std::move(rows.same), d.data.other = std::move(rows.other);
        d.verdict = Sameness::fewer_runs;
        if (d.data.other.empty()) return d;
    }
    d.verdict = Sameness::other_numbers;
    find_bits(d, a, b, h.provenance, in_b.head.provenance);
    for (std::size_t o = 0; o < h.outcomes.size(); ++o)
        for (std::size_t k = 0; k < h.policies.size(); ++k) {
            const SweepValues values = values_in({a, h.complete, o, k}, {b, in_b.head.complete, o, k}, std::min(h.replicates, in_b.head.replicates), h.points);
            const std::vector<PolicyEstimate> estimates = policy_estimates(parse_quantity(h.outcomes[o]), values);
            bool same = true;
            values.numbers([&](std::span<const double> both) {
                const std::size_t n = both.size() / 2;
                for (std::size_t row = 0; row < n; ++row) same = same && (std::isinf(both[row]) || std::isinf(both[n + row]) || same_bits(both[row], both[n + row]));
            });
            d.shifts.push_back({h.outcomes[o], h.policies[k], estimates[1].difference, estimates[0].value.estimate, estimates[1].value.estimate, same});
        }
    return d;
}

} // namespace

Difference difference_of(const std::string& a, const std::string& b)
{
    const Stored kind = stored_kind(a), other = stored_kind(b);
    if (kind != Stored::neither && other != Stored::neither && kind != other) {
        const auto text = [](Stored s) { return s == Stored::run ? "of a run" : "of a sweep"; };
        Difference d{.verdict = Sameness::other_design};
        d.design = disagreements({{"result", text(kind)}}, {{"result", text(other)}});
        return d;
    }
    return kind == Stored::sweep ? diff_sweeps(a, b) : diff_runs(a, b); // the latter says what is no result
}

} // namespace entente
