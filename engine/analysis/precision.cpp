#include "precision.hpp"
#include "../ensemble/ensemble.hpp"
#include <algorithm>
#include <array>
#include <bit>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cassert>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <stdexcept>

namespace entente {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
using namespace boost::math::policies;
using Plain = policy<promote_double<false>>; ///< no long double, which is another number on another machine
constexpr double confidence_of_rule = 0.95;

/// What stopping by precision changes; the head of precision.hpp says why.
struct Correction {
    double skewness, prior, ranks;
};
constexpr Correction none{.skewness = 0, .prior = 0.5, .ranks = 0}, of_stopping{.skewness = 4, .prior = 1, .ranks = 0.5};
constexpr double least_information = 50; ///< n p (1 - p) of a quantile
constexpr double least_count = 4;        ///< n h of a probability

/// Calls `use` with every number that is none of a failed run, and returns how many there are of both.
template <class Use> std::uint64_t each(const Numbers& values, Use use)
{
    std::uint64_t all = 0;
    values([&](std::span<const double> some) {
        all += some.size();
        for (const double x : some)
            if (!std::isnan(x)) use(x);
    });
    return all;
}

Interval of_mean(const Numbers& values, double tail, double skewness_weight)
{
    Interval i{.estimate = nan, .low = -infinity, .high = infinity};
    double sum = 0, squares = 0, cubes = 0;
    const std::uint64_t all = each(values, [&](double x) { sum += x, ++i.used; });
    i.failed = all - i.used;
    const auto n = static_cast<double>(i.used);
    if (i.used > 0) i.estimate = sum / n;
    if (i.used < 2) return i;
    each(values, [&](double x) {
        const double d = x - i.estimate;
        squares += d * d;
        cubes += d * d * d;
    });
    const double t = boost::math::quantile(boost::math::complement(boost::math::students_t_distribution<double, Plain>(n - 1), tail));
    const double skewness_squared = squares > 0 ? cubes * cubes * n / (squares * squares * squares) : 0;
    const double half = t * std::sqrt(squares / (n - 1) / n) * (1 + skewness_weight * skewness_squared / n);
    i.low = i.estimate - half;
    i.high = i.estimate + half;
    return i;
}

Interval of_probability(const Numbers& values, double tail, double prior)
{
    Interval i{.estimate = nan, .low = 0, .high = 1};
    double ones = 0;
    const std::uint64_t all = each(values, [&](double x) {
        if (x != 0 && x != 1) throw std::invalid_argument(fmt::format("a probability is of zeros and ones, got {}", x));
        ones += x;
        ++i.used;
    });
    i.failed = all - i.used;
    const auto n = static_cast<double>(i.used);
    if (i.used == 0) return i;
    i.estimate = ones / n;
    const boost::math::beta_distribution<double, Plain> posterior(ones + prior, n - ones + prior);
    if (ones > 0) i.low = boost::math::quantile(posterior, tail);
    if (ones < n) i.high = boost::math::quantile(boost::math::complement(posterior, tail));
    return i;
}

Interval of_quantile(const Numbers& values, double level, double tail, double outward)
{
    Interval i{.estimate = nan, .low = -infinity, .high = infinity};
    const std::uint64_t all = each(values, [&](double) { ++i.used; });
    i.failed = all - i.used;
    if (i.used == 0) return i;
    const auto n = static_cast<double>(i.used);
    const boost::math::binomial_distribution<double, policy<promote_double<false>, discrete_quantile<boost::math::policies::real>>> below(n, level);
    // Boost gives 0 or n where not even the outermost order statistic reaches the confidence
    const double low = std::pow(1 - level, n) > tail ? 0 : 1 + boost::math::quantile(below, tail);
    const double high = std::pow(level, n) > tail ? n + 1 : 1 + boost::math::quantile(boost::math::complement(below, tail));
    const std::array<double, 3> between = {low - outward, std::clamp(level * (n + 1), 1.0, n), high + outward};
    std::vector<std::uint64_t> ranks; // below and above each
    for (const double rank : between)
        for (const double whole : {std::floor(rank), std::ceil(rank)}) ranks.push_back(static_cast<std::uint64_t>(std::clamp(whole, 1.0, n)));
    const std::vector<double> at = order_statistics(values, i.used, ranks);
    const auto value = [&](std::size_t which) {
        const double rank = between[which], a = at[2 * which], b = at[2 * which + 1];
        if (rank < 1) return -infinity;
        if (rank > n) return infinity;
        return a == b ? a : a + (rank - std::floor(rank)) * (b - a);
    };
    i.low = value(0), i.estimate = value(1), i.high = value(2);
    return i;
}

bool between_0_and_1(double x) { return x > 0 && x < 1; }

void throw_if_impossible(const StoppingRule& rule, std::span<const Numbers> values)
{
    if (rule.wanted.empty()) throw std::invalid_argument("a stopping rule that wants nothing");
    if (rule.least > rule.most || rule.most == 0) throw std::invalid_argument(fmt::format("at least {} and at most {} runs", rule.least, rule.most));
    for (const Precision& p : rule.wanted)
        if (!(p.half_width > 0)) throw std::invalid_argument(fmt::format("a half-width is above 0, got {}", p.half_width));
    if (values.size() != rule.wanted.size()) throw std::invalid_argument(fmt::format("values of {} numbers, {} are wanted", values.size(), rule.wanted.size()));
}

/// How many runs that did not fail the interval needs before its width means anything. Without any spread a mean is asked for as many as a probability of 0:
/// runs that differ may just not have come yet.
double least_for(const Precision& wanted, const Interval& i)
{
    const double p = wanted.statistic.level;
    switch (wanted.statistic.kind) {
    case Statistic::Kind::mean: return i.half_width() == 0 ? least_count / wanted.half_width : 0;
    case Statistic::Kind::probability: return least_count / wanted.half_width;
    case Statistic::Kind::quantile: return least_information / (p * (1 - p));
    }
    return 0;
}

} // namespace

Interval interval(const Statistic& statistic, const Numbers& values, double confidence, Runs runs)
{
    if (!between_0_and_1(confidence)) throw std::invalid_argument(fmt::format("a confidence is between 0 and 1, got {}", confidence));
    if (statistic.kind == Statistic::Kind::quantile && !between_0_and_1(statistic.level))
        throw std::invalid_argument(fmt::format("a quantile's level is between 0 and 1, got {}", statistic.level));
    const Correction& correction = runs == Runs::fixed ? none : of_stopping;
    const double tail = (1 - confidence) / 2;
    switch (statistic.kind) {
    case Statistic::Kind::mean: return of_mean(values, tail, correction.skewness);
    case Statistic::Kind::probability: return of_probability(values, tail, correction.prior);
    case Statistic::Kind::quantile: return of_quantile(values, statistic.level, tail, correction.ranks);
    }
    return {};
}

std::uint64_t next_check(const StoppingRule& rule, std::uint64_t runs)
{
    const std::uint64_t blocks = (std::max(runs + 1, rule.least) + block_runs - 1) / block_runs;
    const std::uint64_t step = std::max<std::uint64_t>(1, std::bit_floor(blocks) / 8);
    return std::min(rule.most, (blocks + step - 1) / step * step * block_runs);
}

Verdict check(const StoppingRule& rule, std::span<const Numbers> values)
{
    throw_if_impossible(rule, values);
    Verdict v{.enough = true};
    for (std::size_t w = 0; w < values.size(); ++w) v.intervals.push_back(interval(rule.wanted[w].statistic, values[w], confidence_of_rule, Runs::stopped));
    const std::uint64_t runs = v.intervals[0].used + v.intervals[0].failed;
    assert(runs > 0 && next_check(rule, runs - 1) == runs);
    v.at_most = runs >= rule.most;
    double needed = 0;
    for (std::size_t w = 0; w < values.size(); ++w) {
        const Interval& i = v.intervals[w];
        if (i.used + i.failed != runs) throw std::invalid_argument(fmt::format("values of {} runs and of {}", runs, i.used + i.failed));
        const double used = static_cast<double>(i.used), ratio = i.half_width() / rule.wanted[w].half_width, least = least_for(rule.wanted[w], i);
        v.least.push_back(least);
        if (!(ratio <= 1) || used < least) v.enough = false;
        needed = std::max(needed, static_cast<double>(runs) * std::max(ratio * ratio, least / used));
    }
    if (v.enough || v.at_most) return v;
    if (std::isinf(needed)) needed = 0; // too few runs to say: the next check
    const std::uint64_t until = needed < static_cast<double>(rule.most) ? std::max(runs + 1, static_cast<std::uint64_t>(std::ceil(needed))) : rule.most;
    v.predicted_runs = next_check(rule, until - 1) - runs;
    return v;
}

} // namespace entente
