#include "two_results.hpp"
#include "../analysis/answer.hpp"
#include "../core/text.hpp"
#include "pairs.hpp"
#include "provenance.hpp"
#include "values.hpp"
#include <algorithm>
#include <bit>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente {
namespace {

/// Without the number of runs and the seed, which are told apart on their own.
std::string scenario_text(const std::string& resolved)
{
    std::string text;
    for (const std::string& line : split(without_origins(resolved), '\n'))
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

std::vector<Said> design_of(const StoredResult& r)
{
    const std::string finished = r.complete ? "" : fmt::format(" of {}, interrupted", r.provenance.runs);
    return {{"seed", fmt::format("{}", r.provenance.seed)}, {"runs", fmt::format("{}{}", r.summary.runs, finished)}, {"scenario", scenario_text(r.provenance.scenario_resolved)}};
}

/// `point`: whose factors to name.
std::vector<Said> design_of(const SweepHead& h, std::size_t point)
{
    std::vector<Said> said = {{"seed", fmt::format("{}", h.provenance.seed)},
                              {"runs", fmt::format("{}", h.provenance.runs)},
                              {"replicates", fmt::format("{}", h.replicates)},
                              {"policies", fmt::format("{}", fmt::join(h.policies, "\n"))},
                              {"outcomes", fmt::format("{}", fmt::join(h.outcomes, "\n"))}};
    std::string factors, points = fmt::format("{}", h.points);
    for (std::size_t f = 0; f < h.factors.size(); ++f) {
        factors += fmt::format("{}: {} {}\n", h.factors[f].name, h.factors[f].kind, h.factors[f].choices);
        if (point < h.points) points += fmt::format("{}{} = {}", f == 0 ? fmt::format("\npoint {}: ", point) : ", ", h.factors[f].name, h.values[point * h.factors.size() + f]);
    }
    said.push_back({"factors", factors});
    said.push_back({"points", points});
    const std::vector<std::string> scenarios = policies_in(h.provenance.scenario_resolved);
    for (std::size_t k = 0; k < std::min(scenarios.size(), h.policies.size()); ++k) said.push_back({"scenario of policy " + h.policies[k], scenario_text(scenarios[k])});
    return said;
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
    else if (in_a.by_variable.size() != in_b.by_variable.size() || in_a.runs != in_b.runs) d.about_bits = "the fingerprints are of other variables or runs";
    else if (d.bits = first_difference(bits_of(in_a), bits_of(in_b)); !d.bits) d.about_bits = fmt::format("no bit of the first {} runs differs", in_a.runs);
}

std::string what_differs(const HistoryDifference& h) { return h.event ? std::string(describe().events[*h.event].name) : "class or orientation"; }

/// A row of a sweep.
FirstRun first_run(const SweepHead& h, std::size_t policy, std::uint64_t row, std::optional<int> quarter, std::string what)
{
    return {h.policies[policy], row / h.points, h.points > 1 ? std::optional(row % h.points) : std::nullopt, quarter, std::move(what)};
}

Difference diff_runs(const std::string& a, const std::string& b)
{
    const StoredResult in_a = read_result(a), in_b = read_result(b);
    Difference d;
    d.design = disagreements(design_of(in_a), design_of(in_b));
    d.programs = disagreements(program_of(in_a.provenance), program_of(in_b.provenance));
    if (!d.design.empty()) d.verdict = Sameness::other_design;
    if (d.verdict == Sameness::other_design) return d;
    d.data = compare_data(a, b);
    if (d.data.other.empty()) return d;
    d.verdict = Sameness::other_numbers;
    find_bits(d, a, b, in_a.provenance, in_b.provenance);
    if (!keeps_single_runs(in_a.provenance) || !keeps_single_runs(in_b.provenance)) {
        d.single_runs = false;
        return d;
    }
    OutcomePairs pairs(in_a.summary.quarters);
    each_block(a, b, in_a.summary.runs, [&](std::uint32_t first, const Histories& of_a, const Histories& of_b) {
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

/// Of the first policy in which anything differs.
std::optional<FirstRun> first_history(const std::string& a, const std::string& b, const SweepHead& h)
{
    const std::uint64_t rows = std::uint64_t{h.replicates} * h.points;
    for (std::size_t k = 0; k < h.policies.size(); ++k)
        for (std::uint64_t first = 0; first < rows; first += rows_at_once) {
            const auto n = static_cast<std::uint32_t>(std::min<std::uint64_t>(rows_at_once, rows - first));
            const StoredRuns of_a = read_histories(a, k, first, n), of_b = read_histories(b, k, first, n);
            if (const auto found = first_difference(histories_of(of_a), histories_of(of_b))) return first_run(h, k, first + found->run, found->quarter, what_differs(*found));
        }
    return std::nullopt;
}

Difference diff_sweeps(const std::string& a, const std::string& b)
{
    const StoredSweep in_a = read_sweep_result(a), in_b = read_sweep_result(b);
    const SweepHead& h = in_a.head;
    Difference d{.policies = h.policies};
    const auto value = std::ranges::mismatch(h.values, in_b.head.values).in1 - h.values.begin();
    const std::size_t point = h.factors.empty() ? 0 : static_cast<std::size_t>(value) / h.factors.size();
    d.design = disagreements(design_of(h, point), design_of(in_b.head, point));
    d.programs = disagreements(program_of(h.provenance), program_of(in_b.head.provenance));
    if (!d.design.empty()) d.verdict = Sameness::other_design;
    if (d.verdict == Sameness::other_design) return d;
    d.data = compare_data(a, b);
    if (d.data.other.empty()) return d;
    d.verdict = Sameness::other_numbers;
    find_bits(d, a, b, h.provenance, in_b.head.provenance);
    if (keeps_single_runs(h.provenance) && keeps_single_runs(in_b.head.provenance)) d.first = first_history(a, b, h);
    for (std::size_t o = 0; o < h.outcomes.size(); ++o)
        for (std::size_t k = 0; k < h.policies.size(); ++k) {
            const SweepValues values = values_in({a, h.complete, o, k}, {b, in_b.head.complete, o, k}, h.replicates, h.points);
            const std::vector<PolicyEstimate> estimates = policy_estimates(parse_quantity(h.outcomes[o]), values);
            std::uint64_t first = 0;
            std::optional<std::uint64_t> other;
            values.numbers([&](std::span<const double> both) {
                const std::size_t rows = both.size() / 2;
                for (std::size_t row = 0; row < rows && !other; ++row)
                    if (std::bit_cast<std::uint64_t>(both[row]) != std::bit_cast<std::uint64_t>(both[rows + row])) other = first + row;
                first += rows;
            });
            if (other && !d.first) d.first = first_run(h, k, *other, {}, h.outcomes[o]);
            d.shifts.push_back({h.outcomes[o], h.policies[k], estimates[1].difference, estimates[0].value.estimate, estimates[1].value.estimate, !other});
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
