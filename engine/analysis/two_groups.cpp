#include "two_groups.hpp"
#include "share.hpp"
#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace entente {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

Interval jeffreys(const CountedRuns& c, double confidence)
{
    if (c.runs == 0) return {none, 0, 1, 0, 0};
    const auto [low, high] = jeffreys_ends(static_cast<double>(c.count), static_cast<double>(c.runs - c.count), (1 - confidence) / 2);
    return {static_cast<double>(c.count) / static_cast<double>(c.runs), low, high, c.runs, 0};
}

Interval share_difference(const CountedRuns& a, const CountedRuns& b, double confidence)
{
    const Interval p = jeffreys(a, confidence), q = jeffreys(b, confidence);
    const std::uint64_t used = a.runs + b.runs;
    if (a.runs == 0 || b.runs == 0) return {none, -1, 1, used, 0};
    const double difference = p.estimate - q.estimate;
    return {difference, difference - std::hypot(p.estimate - p.low, q.high - q.estimate), difference + std::hypot(p.high - p.estimate, q.estimate - q.low), used, 0};
}

double beyond_chance(double alpha, std::uint64_t comparisons)
{
    return quantile(complement(boost::math::normal_distribution<>(), alpha / 2 / static_cast<double>(std::max<std::uint64_t>(1, comparisons))));
}

namespace {

/// Where each value stands among all, from 1 on, equal ones at their mean; and what ties take from the variance of rank sums.
struct Ranks {
    std::vector<double> rank;
    double ties = 0; ///< sum of t^3 - t
};
Ranks ranks_of(const std::vector<double>& value)
{
    Ranks ranks{std::vector<double>(value.size()), 0};
    std::vector<std::uint32_t> order(value.size());
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::sort(order, {}, [&](std::uint32_t i) { return value[i]; });
    for (std::size_t first = 0, last = 0; first < order.size(); first = last) {
        while (last < order.size() && value[order[last]] == value[order[first]]) ++last;
        const auto equal = static_cast<double>(last - first);
        for (std::size_t i = first; i < last; ++i) ranks.rank[order[i]] = static_cast<double>(first) + (equal + 1) / 2;
        ranks.ties += equal * equal * equal - equal;
    }
    return ranks;
}
double variance(const std::vector<double>& x)
{
    const double n = static_cast<double>(x.size()), mean = std::accumulate(x.begin(), x.end(), 0.0) / n;
    double squares = 0;
    for (const double v : x) squares += (v - mean) * (v - mean);
    return n > 1 ? squares / (n - 1) : 0;
}

} // namespace

Ranked ranked(std::span<const double> value, std::span<const std::uint8_t> in_first, double confidence)
{
    std::vector<double> all, first, second;
    std::vector<std::uint8_t> is_first;
    for (std::size_t i = 0; i < value.size(); ++i)
        if (!std::isnan(value[i])) {
            all.push_back(value[i]), is_first.push_back(in_first[i] != 0);
            (in_first[i] != 0 ? first : second).push_back(value[i]);
        }
    Ranked r{{none, 0, 1, all.size(), value.size() - all.size()}, 0, first.size(), second.size()};
    if (first.empty() || second.empty()) return r;
    const auto n1 = static_cast<double>(first.size()), n2 = static_cast<double>(second.size()), n = n1 + n2;
    const Ranks among_all = ranks_of(all), among_first = ranks_of(first), among_second = ranks_of(second);
    // the part of the other group that each value is above (DeLong's components): its rank among all less that in its own group
    std::vector<double> of_first, of_second;
    double sum = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (is_first[i] != 0) sum += among_all.rank[i], of_first.push_back((among_all.rank[i] - among_first.rank[of_first.size()]) / n2);
        else of_second.push_back(1 - (among_all.rank[i] - among_second.rank[of_second.size()]) / n1);
    }
    const double u = sum - n1 * (n1 + 1) / 2, auc = u / (n1 * n2);
    const double spread = n1 * n2 / 12 * (n + 1 - among_all.ties / (n * (n - 1)));
    r.auc.estimate = auc;
    r.z = spread > 0 ? (u - n1 * n2 / 2) / std::sqrt(spread) : 0;

    const double inside = std::clamp(auc, 0.5 / (n1 * n2), 1 - 0.5 / (n1 * n2)); // where there is a logit
    double error = std::sqrt(variance(of_first) / n1 + variance(of_second) / n2);
    if (error == 0 && auc != 0.5) { // all above or all below
        const double a = std::max(inside, 1 - inside), q1 = a / (2 - a), q2 = 2 * a * a / (1 + a);
        error = std::sqrt((a * (1 - a) + (n1 - 1) * (q1 - a * a) + (n2 - 1) * (q2 - a * a)) / (n1 * n2));
    }
    const double width = beyond_chance(1 - confidence) * error / (inside * (1 - inside)), middle = std::log(inside / (1 - inside));
    r.auc.low = std::min(auc, 1 / (1 + std::exp(width - middle))), r.auc.high = std::max(auc, 1 / (1 + std::exp(-width - middle)));
    return r;
}

} // namespace entente
