#include "paired_sweeps.hpp"
#include "factors.hpp"
#include "pairs.hpp"
#include "refusal.hpp"
#include "values.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace entente {
namespace {

/// In the order of the first; what one alone has goes to `left_out`.
std::vector<Common> common(const char* what, const std::vector<std::string>& in_a, const std::vector<std::string>& in_b, const std::string& a, const std::string& b, std::vector<OnlyIn>& left_out)
{
    std::vector<Common> both;
    for (std::size_t i = 0; i < in_a.size(); ++i)
        if (const auto other = std::ranges::find(in_b, in_a[i]); other != in_b.end()) both.push_back({in_a[i], i, static_cast<std::size_t>(other - in_b.begin())});
    if (both.empty()) throw Refused(refusal::NothingInCommon{what, a, b, in_a, in_b});
    const auto leave_rest = [&](const std::string& file, const std::vector<std::string>& names) {
        for (const std::string& name : names)
            if (std::ranges::find(both, name, &Common::name) == both.end()) left_out.push_back({file, what, name});
    };
    leave_rest(a, in_a), leave_rest(b, in_b);
    return both;
}

std::string factors_text(const SweepHead& h)
{
    std::string text = h.factors.empty() ? "none" : "";
    for (std::size_t f = 0; f < h.factors.size(); ++f)
        text += fmt::format("{}{} ({})", f == 0 ? "" : ", ", h.factors[f].name, h.factors[f].choices.empty() ? h.factors[f].kind : h.factors[f].choices);
    return text;
}

/// A number with all its digits, since the last one may be what differs.
std::string exact_text(const Factor& factor, double value) { return factor.kind == Factor::Kind::number ? fmt::format("{}", value) : value_text(factor, value); }

void throw_if_no_pairs(const SweepHead& in_a, const SweepHead& in_b, const std::string& a, const std::string& b)
{
    using Remedy = refusal::NoPairs::Remedy;
    const auto same_text = [&](const char* what, const std::string& of_a, const std::string& of_b, Remedy remedy) {
        if (of_a != of_b) throw Refused(refusal::NoPairs{what, a, of_a, b, of_b, remedy});
    };
    same_text("seed", fmt::format("{}", in_a.provenance.seed), fmt::format("{}", in_b.provenance.seed), Remedy::seed);
    same_text("number of factors", fmt::format("{}", in_a.factors.size()), fmt::format("{}", in_b.factors.size()), Remedy::design);
    same_text("factors", factors_text(in_a), factors_text(in_b), Remedy::design);
    same_text("points", fmt::format("{}", in_a.points), fmt::format("{}", in_b.points), Remedy::design);
    const auto at = static_cast<std::size_t>(std::ranges::mismatch(in_a.values, in_b.values).in1 - in_a.values.begin());
    if (at == in_a.values.size()) return;
    const std::size_t factor = at % in_a.factors.size();
    const auto value = [&](const SweepHead& h) {
        return fmt::format("{} = {} at point {}", h.factors[factor].name, exact_text(factors_of(h)[factor], h.values[at]), at / h.factors.size());
    };
    same_text("points", value(in_a), value(in_b), Remedy::design);
}

void compare_outcomes(const SweepPairs& s, SweepComparison& c)
{
    for (const Common& outcome : s.outcomes) {
        const Quantity quantity = parse_quantity(outcome.name);
        c.left_out = 0; // the same for every outcome
        for (const Common& policy : s.policies) {
            const SweepValues values = values_in({s.a, s.in_a.complete, outcome.in_a, policy.in_a}, {s.b, s.in_b.complete, outcome.in_b, policy.in_b}, s.replicates(), s.in_a.points);
            c.shifts.push_back({outcome.name, policy_difference(quantity, values)});
            values.numbers([&](std::span<const double> both) {
                const std::size_t rows = both.size() / 2;
                for (std::size_t row = 0; row < rows; ++row) c.left_out += !std::isfinite(both[row]) || !std::isfinite(both[rows + row]) ? 1 : 0;
            });
        }
    }
}

std::vector<PairedDifference> class_shares(const SweepPairs& s, const Common& policy, std::uint32_t quarters)
{
    const std::size_t points = s.in_a.points;
    const std::uint64_t rows = std::uint64_t{s.replicates()} * points, some = std::max<std::uint64_t>(1, rows_at_once / points) * points;
    ReplicatePairs pairs(quarters, points);
    for (std::uint64_t first = 0; first < rows; first += some) {
        const auto n = static_cast<std::uint32_t>(std::min(some, rows - first));
        const StoredRuns of_a = read_histories(s.a, policy.in_a, first, n), of_b = read_histories(s.b, policy.in_b, first, n);
        pairs.add(histories_of(of_a), histories_of(of_b));
    }
    return pairs.class_shares();
}

} // namespace

SweepPairs pair_sweeps(const std::string& a, const std::string& b)
{
    SweepPairs s{.a = a, .b = b, .in_a = read_sweep_result(a).head, .in_b = read_sweep_result(b).head, .policies = {}, .outcomes = {}, .left_out = {}};
    throw_if_no_pairs(s.in_a, s.in_b, a, b);
    s.policies = common("policy", s.in_a.policies, s.in_b.policies, a, b, s.left_out);
    s.outcomes = common("outcome", s.in_a.outcomes, s.in_b.outcomes, a, b, s.left_out);
    return s;
}

std::vector<Common> chosen(const std::vector<Common>& outcomes, const std::vector<std::string>& texts)
{
    std::vector<std::string> names;
    for (const Common& outcome : outcomes) names.push_back(outcome.name);
    std::vector<Common> all;
    for (const std::string& text : texts) {
        const auto at = std::ranges::find(names, text);
        if (at == names.end()) throw Refused(refusal::NotInBoth{text, names});
        all.push_back(outcomes[static_cast<std::size_t>(at - names.begin())]);
    }
    return all;
}

SweepComparison compare_sweeps(const SweepPairs& s)
{
    SweepComparison c;
    compare_outcomes(s, c);
    const std::uint32_t quarters = std::min(s.in_a.quarters, s.in_b.quarters); // 0 if a file keeps no single runs
    if (quarters > 0)
        for (const Common& policy : s.policies) c.class_shares.push_back(class_shares(s, policy, quarters));
    return c;
}

} // namespace entente
