// diff: are two results the same, the same design with other numbers, or another design; and then in what, from where on and how far.
#include "../analysis/estimate.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "experiment.hpp"
#include "pairs.hpp"
#include "provenance.hpp"
#include <algorithm>
#include <bit>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::cli {
namespace {

namespace po = boost::program_options;

constexpr int same = 0, other_numbers = 1, other_design = 2;
constexpr const char* verdicts[] = {"same", "same design, other numbers", "other design"};
constexpr std::size_t variables_shown = 12, block_rows = 8192;

/// Where outcomes of single runs first differ.
struct FirstRun {
    std::string policy; ///< of a sweep
    std::uint64_t run = 0;
    std::optional<int> quarter; ///< none: only its outcomes' values are known
    std::string what;           ///< "class or orientation", the name of an event, or that of an outcome
};
struct PolicyShift {
    std::string quantity, policy; ///< policy: of a sweep
    Interval shift;               ///< B - A
    double a, b;
};
struct Difference {
    int verdict = same;
    std::vector<Disagreement> design, programs;
    DataComparison data;
    std::vector<std::string> policies; ///< of a sweep
    std::optional<BitsDifference> bits;
    std::string about_bits; ///< why there is nothing to say of bits
    std::optional<FirstRun> first;
    std::vector<PolicyShift> shifts;
    std::string about_shifts; ///< why there are none
};

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
        factors += fmt::format("{}: {} {}\n", h.factors[f], h.factor_kinds[f], h.factor_choices[f]);
        if (point < h.points) points += fmt::format("{}{} = {}", f == 0 ? fmt::format("\npoint {}: ", point) : ", ", h.factors[f], h.values[point * h.factors.size() + f]);
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

FirstRun first_run(std::string policy, std::uint64_t first, const HistoryDifference& h)
{
    return {std::move(policy), first + h.run, h.quarter, h.event ? std::string(describe().events[*h.event].name) : "class or orientation"};
}

Difference diff_runs(const std::string& a, const std::string& b)
{
    const StoredResult in_a = read_result(a), in_b = read_result(b);
    Difference d;
    d.design = disagreements(design_of(in_a), design_of(in_b));
    d.programs = disagreements(program_of(in_a.provenance), program_of(in_b.provenance));
    if (!d.design.empty()) d.verdict = other_design;
    if (d.verdict == other_design) return d;
    d.data = compare_data(a, b);
    if (d.data.other.empty()) return d;
    d.verdict = other_numbers;
    find_bits(d, a, b, in_a.provenance, in_b.provenance);
    if (in_a.provenance.keep == "none" || in_b.provenance.keep == "none") {
        d.about_shifts = "shifts of outcomes need single runs in both files (--keep outcomes)";
        return d;
    }
    OutcomePairs pairs(in_a.summary.quarters);
    each_block(a, b, in_a.summary.runs, [&](std::uint32_t first, const Histories& of_a, const Histories& of_b) {
        pairs.add(of_a, of_b);
        if (d.first) return;
        if (const auto found = first_difference(of_a, of_b)) d.first = first_run("", first, *found);
    });
    for (const auto& [quantity, shift] : shifts(pairs, report_dates(static_cast<int>(pairs.quarters()) - 1)))
        d.shifts.push_back({quantity, "", interval_of(shift), shift.mean_a, shift.mean_b});
    return d;
}

/// Of the first policy in which anything differs.
std::optional<FirstRun> first_history(const std::string& a, const std::string& b, const SweepHead& h)
{
    const std::uint64_t rows = std::uint64_t{h.replicates} * h.points;
    for (std::size_t k = 0; k < h.policies.size(); ++k)
        for (std::uint64_t first = 0; first < rows; first += block_rows) {
            const auto n = static_cast<std::uint32_t>(std::min<std::uint64_t>(block_rows, rows - first));
            const StoredRuns of_a = read_histories(a, k, first, n), of_b = read_histories(b, k, first, n);
            if (const auto found = first_difference(histories_of(of_a), histories_of(of_b))) return first_run(h.policies[k], first, *found);
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
    if (!d.design.empty()) d.verdict = other_design;
    if (d.verdict == other_design) return d;
    d.data = compare_data(a, b);
    if (d.data.other.empty()) return d;
    d.verdict = other_numbers;
    find_bits(d, a, b, h.provenance, in_b.head.provenance);
    if (h.provenance.keep != "none" && in_b.head.provenance.keep != "none") d.first = first_history(a, b, h);
    const std::size_t rows = std::size_t{h.replicates} * h.points;
    for (std::size_t o = 0; o < h.outcomes.size(); ++o) { // one outcome at a time: what `show` needs too
        const Quantity quantity = parse_quantity(h.outcomes[o]);
        const std::vector<double> of_a = read_outcome(a, o), of_b = read_outcome(b, o);
        for (std::size_t k = 0; k < h.policies.size(); ++k) {
            std::vector<double> both(of_a.begin() + static_cast<std::ptrdiff_t>(k * rows), of_a.begin() + static_cast<std::ptrdiff_t>((k + 1) * rows));
            both.insert(both.end(), of_b.begin() + static_cast<std::ptrdiff_t>(k * rows), of_b.begin() + static_cast<std::ptrdiff_t>((k + 1) * rows));
            const std::vector<PolicyEstimate> estimates = compare_policies(quantity, both, 2, h.replicates, h.points);
            d.shifts.push_back({h.outcomes[o], h.policies[k], estimates[1].difference, estimates[0].value.estimate, estimates[1].value.estimate});
            for (std::size_t row = 0; row < rows && !d.first; ++row)
                if (std::bit_cast<std::uint64_t>(both[row]) != std::bit_cast<std::uint64_t>(both[rows + row])) d.first = FirstRun{h.policies[k], row, {}, h.outcomes[o]};
        }
    }
    return d;
}

std::vector<std::pair<std::string, std::string>> named_variables(const BitsDifference& bits)
{
    std::vector<std::pair<std::string, std::string>> all;
    for (const std::size_t v : bits.variables)
        if (v < describe().variables.size()) all.emplace_back(describe().variables[v].name, describe().mechanisms[describe().owner_of_variable(v)].name);
    return all;
}

std::string policy_text(const std::string& policy) { return policy.empty() ? "" : fmt::format(", policy {}", policy); }

void print_text(const Difference& d)
{
    fmt::print("{}\n", d.verdict == same ? fmt::format("same: all data that both files keep are identical to the bit ({} variables)", d.data.same.size()) : verdicts[d.verdict]);
    const auto sides = [](const std::vector<Disagreement>& all) {
        for (const auto& [what, a, b] : all) fmt::print("  {}\n    A  {}\n    B  {}\n", what, a.empty() ? "(nothing)" : a, b.empty() ? "(nothing)" : b);
    };
    sides(d.design);
    if (!d.data.only_a.empty()) fmt::print("only A keeps: {}\n", fmt::join(d.data.only_a, ", "));
    if (!d.data.only_b.empty()) fmt::print("only B keeps: {}\n", fmt::join(d.data.only_b, ", "));
    if (d.verdict == other_design) return;
    if (!d.programs.empty()) fmt::print("\nThe programs differ in\n");
    else if (d.verdict == other_numbers) fmt::print("\nBoth files name the same program.\n");
    sides(d.programs);
    if (d.verdict == same) return;
    fmt::print("\nData that differ: {}\n", fmt::join(d.data.other, ", "));
    if (d.bits) {
        const BitsDifference& bits = *d.bits;
        const std::string policy = d.policies.empty() ? "" : policy_text(d.policies[bits.policy]);
        fmt::print("First other bits{}: {}{}\n", policy, bits.quarter ? quarter_name(*bits.quarter) : "no sum of a quarter",
                   bits.run ? fmt::format("; the lowest run that differs is {}", *bits.run) : "");
        const auto variables = named_variables(bits);
        for (std::size_t v = 0; v < std::min(variables.size(), variables_shown); ++v) fmt::print("  {} (mechanism {})\n", variables[v].first, variables[v].second);
        if (variables.size() > variables_shown) fmt::print("  and {} more variables\n", variables.size() - variables_shown);
    } else fmt::print("Bits: {}\n", d.about_bits);
    if (d.first)
        fmt::print("First other outcome{}: run {}{}, {}\n", policy_text(d.first->policy), d.first->run, d.first->quarter ? ", " + quarter_name(*d.first->quarter) : "", d.first->what);
    else if (d.about_shifts.empty()) fmt::print("No run has another outcome.\n");
    if (!d.about_shifts.empty()) fmt::print("{}\n", d.about_shifts);
    std::size_t unmoved = 0;
    if (!d.shifts.empty()) fmt::print("\n{:<60}{:>10}{:>10}{:>12}  {}\n", "shifts, paired by run", "A", "B", "B - A", "95 % interval");
    for (const PolicyShift& s : d.shifts) {
        if (s.a == s.b && s.shift.low == 0 && s.shift.high == 0) ++unmoved;
        else
            fmt::print("{:<60}{:>10.4f}{:>10.4f}{:>+12.6f}  {}\n", s.quantity + policy_text(s.policy), s.a, s.b, std::isnan(s.shift.estimate) ? s.b - s.a : s.shift.estimate,
                       std::isnan(s.shift.low) ? "a quantile: none" : fmt::format("({:+.6f} to {:+.6f})", s.shift.low, s.shift.high));
    }
    if (unmoved > 0) fmt::print("{} others are the same in every run\n", unmoved);
}

nlohmann::ordered_json to_json(const Difference& d, const std::string& a, const std::string& b)
{
    using Json = nlohmann::ordered_json;
    const auto sides = [](const std::vector<Disagreement>& all) {
        Json out = Json::array();
        for (const auto& [what, in_a, in_b] : all) out.push_back({{"what", what}, {"a", in_a}, {"b", in_b}});
        return out;
    };
    const auto number = [](double x) { return std::isfinite(x) ? Json(x) : Json(); };
    Json out = {{"verdict", verdicts[d.verdict]}, {"a", a}, {"b", b}, {"design", sides(d.design)}, {"programs", sides(d.programs)}};
    out["data"] = {{"same", d.data.same}, {"other", d.data.other}, {"only_a", d.data.only_a}, {"only_b", d.data.only_b}};
    if (d.bits) {
        Json variables = Json::array();
        for (const auto& [name, owner] : named_variables(*d.bits)) variables.push_back({{"variable", name}, {"mechanism", owner}});
        out["first_bits"] = {{"quarter", d.bits->quarter ? Json(quarter_name(*d.bits->quarter)) : Json()}, {"variables", variables}, {"run", d.bits->run ? Json(*d.bits->run) : Json()}};
        if (!d.policies.empty()) out["first_bits"]["policy"] = d.policies[d.bits->policy];
    } else if (!d.about_bits.empty()) out["about_bits"] = d.about_bits;
    if (d.first) {
        out["first_outcome"] = {{"run", d.first->run}, {"quarter", d.first->quarter ? Json(quarter_name(*d.first->quarter)) : Json()}, {"what", d.first->what}};
        if (!d.first->policy.empty()) out["first_outcome"]["policy"] = d.first->policy;
    }
    if (!d.about_shifts.empty()) out["about_shifts"] = d.about_shifts;
    out["shifts"] = Json::array();
    for (const PolicyShift& s : d.shifts) {
        out["shifts"].push_back(
            {{"quantity", s.quantity}, {"a", number(s.a)}, {"b", number(s.b)}, {"difference", number(s.shift.estimate)}, {"low", number(s.shift.low)}, {"high", number(s.shift.high)}});
        if (!s.policy.empty()) out["shifts"].back()["policy"] = s.policy;
    }
    return out;
}

Difference diff(const std::string& a, const std::string& b)
{
    const Stored kind = stored_kind(a), other = stored_kind(b);
    if (kind != Stored::neither && other != Stored::neither && kind != other) {
        const auto text = [](Stored s) { return s == Stored::run ? "of a run" : "of a sweep"; };
        Difference d{.verdict = other_design};
        d.design = disagreements({{"result", text(kind)}}, {{"result", text(other)}});
        return d;
    }
    return kind == Stored::sweep ? diff_sweeps(a, b) : diff_runs(a, b); // the latter says what is no result
}

} // namespace

int diff_command(const std::vector<std::string>& arguments)
{
    po::options_description options("Says whether two results of `run`, or two of `sweep`, hold the same data to the bit, the same design with other numbers, or\nanother design.\n"
                                    "Exit codes: 0 same; 1 same design, other numbers; 2 other design, or a file that cannot be read, or usage.\n\nOptions");
    options.add_options()("json", "as JSON on standard output");
    const auto given = parse("diff", arguments, options, {"A", "B"});
    const auto a = given["A"].as<std::string>(), b = given["B"].as<std::string>();
    Difference d;
    try {
        d = diff(a, b);
    } catch (const std::runtime_error& e) {
        throw UsageError(fmt::format("entente diff: {}", e.what())); // 1 would say that the numbers differ
    }
    if (given.count("json") != 0) fmt::print("{}\n", to_json(d, a, b).dump(2));
    else print_text(d);
    return d.verdict;
}

} // namespace entente::cli
