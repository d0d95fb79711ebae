// compare: two results of sweeps, paired by replicate and point.
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "compare.hpp"
#include "pairs.hpp"
#include "values.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::cli {

namespace po = boost::program_options;

namespace {

/// What both sweeps have, with its places in them.
struct Common {
    std::string name;
    std::size_t in_a, in_b;
};
/// In the order of the first; what one alone has goes to stderr. Throws UsageError if there is none. `what`: "policy" or "outcome".
std::vector<Common> common(const char* what, const std::vector<std::string>& in_a, const std::vector<std::string>& in_b, const std::string& a, const std::string& b)
{
    std::vector<Common> both;
    for (std::size_t i = 0; i < in_a.size(); ++i)
        if (const auto other = std::ranges::find(in_b, in_a[i]); other != in_b.end()) both.push_back({in_a[i], i, static_cast<std::size_t>(other - in_b.begin())});
    if (both.empty())
        throw UsageError(fmt::format("entente compare: no {} of one name in both, and only those are compared; {} has '{}', {} has '{}'", what, a, fmt::join(in_a, "', '"), b,
                                     fmt::join(in_b, "', '")));
    const auto tell_rest = [&](const std::string& file, const std::vector<std::string>& names) {
        for (const std::string& name : names)
            if (std::ranges::find(both, name, &Common::name) == both.end()) fmt::print(stderr, "Only {} has the {} '{}'.\n", file, what, name);
    };
    tell_rest(a, in_a), tell_rest(b, in_b);
    return both;
}

std::string factor_value(const SweepHead& h, std::size_t factor, double value)
{
    if (h.factor_kinds[factor] == "choice") return split(h.factor_choices[factor], '|').at(static_cast<std::size_t>(std::lround(value)));
    return h.factor_kinds[factor] == "date" ? quarter_name(static_cast<int>(std::lround(value))) : fmt::format("{}", value);
}

std::string factors_text(const SweepHead& h)
{
    std::string text = h.factors.empty() ? "none" : "";
    for (std::size_t f = 0; f < h.factors.size(); ++f)
        text += fmt::format("{}{} ({})", f == 0 ? "" : ", ", h.factors[f], h.factor_choices[f].empty() ? h.factor_kinds[f] : h.factor_choices[f]);
    return text;
}

void throw_if_no_pairs(const SweepHead& in_a, const SweepHead& in_b, const std::string& a, const std::string& b)
{
    const auto same_text = [&](const char* what, const std::string& of_a, const std::string& of_b, const char* remedy) {
        if (of_a != of_b) throw UsageError(fmt::format("entente compare: pairs need the same {}; {} has {}, {} has {}: {}", what, a, of_a, b, of_b, remedy));
    };
    constexpr const char* design = "sweep both with the same [[factor]] and [design] tables";
    same_text("seed", fmt::format("{}", in_a.provenance.seed), fmt::format("{}", in_b.provenance.seed), "`entente sweep --seed` sets it");
    same_text("factors", factors_text(in_a), factors_text(in_b), design);
    same_text("points", fmt::format("{}", in_a.points), fmt::format("{}", in_b.points), design);
    const auto at = static_cast<std::size_t>(std::ranges::mismatch(in_a.values, in_b.values).in1 - in_a.values.begin());
    if (at == in_a.values.size()) return;
    const std::size_t factor = at % in_a.factors.size();
    const auto value = [&](const SweepHead& h) { return fmt::format("{} = {} at point {}", h.factors[factor], factor_value(h, factor, h.values[at]), at / h.factors.size()); };
    same_text("points", value(in_a), value(in_b), design);
}

/// Two sweeps, as far as they are pairs.
struct SweepPairs {
    std::string a, b;
    bool whole_a, whole_b; ///< not of interrupted sweeps
    std::vector<Common> policies, outcomes;
    std::uint64_t seed;
    std::uint32_t replicates, quarters; ///< quarters: 0 if a file keeps no single runs
    std::size_t points;
    std::vector<Shift> differences{};                          ///< [outcome][policy]
    std::uint64_t left_out = 0;                                ///< pairs of which a run failed or is not made
    std::vector<std::vector<PairedDifference>> class_shares{}; ///< [policy][quarter x class]; empty if no file keeps single runs
};

void compare_outcomes(SweepPairs& s)
{
    for (const Common& outcome : s.outcomes) {
        const Quantity quantity = parse_quantity(outcome.name);
        s.left_out = 0; // the same for every outcome
        for (const Common& policy : s.policies) {
            const SweepValues values = values_in({s.a, s.whole_a, outcome.in_a, policy.in_a}, {s.b, s.whole_b, outcome.in_b, policy.in_b}, s.replicates, s.points);
            s.differences.push_back({outcome.name, policy_difference(quantity, values)});
            values.numbers([&](std::span<const double> both) {
                const std::size_t rows = both.size() / 2;
                for (std::size_t row = 0; row < rows; ++row) s.left_out += !std::isfinite(both[row]) || !std::isfinite(both[rows + row]) ? 1 : 0;
            });
        }
    }
}

void compare_class_shares(SweepPairs& s)
{
    const std::uint64_t rows = std::uint64_t{s.replicates} * s.points, some = std::max<std::uint64_t>(1, rows_at_once / s.points) * s.points;
    for (const Common& policy : s.policies) {
        ReplicatePairs pairs(s.quarters, s.points);
        for (std::uint64_t first = 0; first < rows; first += some) {
            const auto n = static_cast<std::uint32_t>(std::min(some, rows - first));
            const StoredRuns of_a = read_histories(s.a, policy.in_a, first, n), of_b = read_histories(s.b, policy.in_b, first, n);
            pairs.add(histories_of(of_a), histories_of(of_b));
        }
        s.class_shares.push_back(pairs.class_shares());
    }
}

nlohmann::ordered_json to_json(const SweepPairs& s)
{
    using Json = nlohmann::ordered_json;
    Json out = {{"a", s.a}, {"b", s.b}, {"replicates", s.replicates}, {"points", s.points}, {"left_out", s.left_out}, {"seed", s.seed}};
    out["differences"] = Json::array(), out["outcomes_part"] = Json::array();
    for (std::size_t i = 0; i < s.differences.size(); ++i) {
        out["differences"].push_back(json_of(s.differences[i].quantity, s.differences[i].difference));
        out["differences"].back()["policy"] = s.policies[i % s.policies.size()].name;
    }
    for (std::size_t k = 0; k < s.class_shares.size(); ++k) {
        out["outcomes_part"].push_back(parting_json(s.class_shares[k]));
        out["outcomes_part"].back()["policy"] = s.policies[k].name;
    }
    return out;
}

void print_text(const SweepPairs& s)
{
    const std::uint64_t used = s.differences[0].difference.pairs;
    const std::string whole = s.left_out > 0 ? fmt::format(" of {}", with_commas(s.replicates)) : "";
    fmt::print("{} against {}, pairs with common random numbers: {}{} {} at {} {}\n\n", s.b, s.a, with_commas(used), whole, s.replicates == 1 ? "replicate" : "replicates",
               with_commas(s.points), s.points == 1 ? "point" : "points");
    print_head("over all points");
    for (std::size_t i = 0; i < s.differences.size(); ++i) {
        if (i % s.policies.size() == 0) fmt::print("{}\n", heading_of(parse_quantity(s.differences[i].quantity)));
        print_row("  " + s.policies[i % s.policies.size()].name, s.differences[i].difference);
    }
    fmt::print("\ns.e.: standard error of the paired difference, by its spread between replicates{};\nunpaired: that of two independent sweeps; ratio: of the two. z: B - A over "
               "s.e., Student's t\nof as many degrees of freedom as replicates less one.\n",
               s.replicates == 1 ? ", of which there is one"
               : s.points > 1    ? ", since points share their random numbers"
                                 : "");
    if (s.left_out > 0) fmt::print("Pairs left out because a run failed or is not made: {}; what is printed rests on {} replicates.\n", with_commas(s.left_out), with_commas(used));
    if (s.class_shares.empty()) fmt::print("\nWhere outcomes part is not known: a file keeps no single runs (--keep outcomes).\n");
    else fmt::print("\nWhere outcomes part, beyond the noise between replicates at .001 over all quarters and classes:\n");
    for (std::size_t k = 0; k < s.class_shares.size(); ++k) fmt::print("  {:<42}{}\n", s.policies[k].name, parting_text(s.class_shares[k]));
}

/// Of these outcomes those that are asked for.
std::vector<Common> chosen(const std::vector<Common>& outcomes, const std::vector<std::string>& texts)
{
    std::vector<std::string> names;
    for (const Common& outcome : outcomes) names.push_back(outcome.name);
    std::vector<Common> all;
    for (const std::string& text : texts) {
        const auto at = std::ranges::find(names, text);
        if (at == names.end())
            throw UsageError(fmt::format("entente compare: --quantity: of two sweeps an outcome of both, '{}', got '{}'{}", fmt::join(names, "', '"), text, did_you_mean(text, names)));
        all.push_back(outcomes[static_cast<std::size_t>(at - names.begin())]);
    }
    return all;
}

} // namespace

int compare_sweeps(const std::string& a, const std::string& b, const po::variables_map& given)
{
    const SweepHead in_a = read_sweep_result(a).head, in_b = read_sweep_result(b).head;
    throw_if_no_pairs(in_a, in_b, a, b);
    SweepPairs s{.a = a,
                 .b = b,
                 .whole_a = in_a.complete,
                 .whole_b = in_b.complete,
                 .policies = common("policy", in_a.policies, in_b.policies, a, b),
                 .outcomes = common("outcome", in_a.outcomes, in_b.outcomes, a, b),
                 .seed = in_a.provenance.seed,
                 .replicates = std::min(in_a.replicates, in_b.replicates),
                 .quarters = std::min(in_a.quarters, in_b.quarters),
                 .points = in_a.points};
    if (given.count("quantity") != 0) s.outcomes = chosen(s.outcomes, given["quantity"].as<std::vector<std::string>>());
    say_if_other_programs(in_a.provenance, in_b.provenance);
    if (in_a.replicates != in_b.replicates)
        fmt::print(stderr, "Replicates: {} in {}, {} in {}; compared are the first {}.\n", in_a.replicates, a, in_b.replicates, b, s.replicates);
    compare_outcomes(s);
    if (s.quarters > 0) compare_class_shares(s);
    if (given.count("json") != 0) fmt::print("{}\n", to_json(s).dump(2));
    else print_text(s);
    return done;
}

} // namespace entente::cli
