#include "estimate.hpp"
#include "answer.hpp"
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace entente {

Interval t_interval(double mean, double standard_error, std::uint64_t n)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (n < 2 || standard_error == 0) return {mean, -infinity, infinity, n, 0};
    const double half = standard_error * quantile(boost::math::students_t(static_cast<double>(n - 1)), 0.975);
    return {mean, mean - half, mean + half, n, 0};
}

bool differs_from_0(double mean, double standard_error, std::uint64_t n, double alpha)
{
    if (n < 2 || mean == 0 || !(standard_error > 0)) return false;
    return std::abs(mean) / standard_error > quantile(complement(boost::math::students_t(static_cast<double>(n - 1)), alpha / 2));
}

void Running::add(double x)
{
    ++n;
    const double before = x - mean;
    mean += before / static_cast<double>(n);
    squares += before * (x - mean);
}

double Running::standard_error() const { return n < 2 ? std::numeric_limits<double>::quiet_NaN() : std::sqrt(squares / static_cast<double>(n - 1) / static_cast<double>(n)); }

Interval Running::interval() const
{
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    return n == 0 ? Interval{none, none, none, 0, 0} : t_interval(mean, standard_error(), n);
}

/// Of 0s and 1s whose mean is known.
static Interval share_interval(const Running& r)
{
    const Share share = share_of(static_cast<std::uint32_t>(std::llround(r.mean * static_cast<double>(r.n))), static_cast<std::uint32_t>(r.n));
    return {share.share, share.low, share.high, r.n, 0};
}

Interval interval_of(const Running& runs, const Quantity& quantity) { return is_share(quantity) && runs.n > 0 ? share_interval(runs) : runs.interval(); }

/// Calls `use` with the places of each finished replicate's runs that failed under no policy, unless there are none.
template <class Use> static void each_replicate(std::span<const double> values, std::size_t policies, std::size_t points, Use use)
{
    const std::size_t n = values.size() / policies; // runs of a policy
    std::vector<std::size_t> whole;
    for (std::size_t first = 0; first < n; first += points) {
        whole.clear();
        bool finished = true;
        for (std::size_t i = first; i < first + points; ++i) {
            bool failed = false;
            for (std::size_t k = 0; k < policies; ++k) failed = failed || std::isnan(values[k * n + i]), finished = finished && !std::isinf(values[k * n + i]);
            if (!failed) whole.push_back(i);
        }
        if (finished && !whole.empty()) use(whole);
    }
}

PolicyComparison::PolicyComparison(Quantity quantity, std::size_t policies, std::size_t points, std::size_t against)
    : quantity_(std::move(quantity)), policies_(policies), points_(points), against_(against), value_(policies), difference_(policies)
{
    if (points > 1) all_.resize(policies), whole_.resize(policies), at_point_.resize(policies * points);
}

void PolicyComparison::add(std::span<const double> values)
{
    const std::size_t n = values.size() / policies_;
    each_replicate(values, policies_, points_, [&](const std::vector<std::size_t>& whole) {
        std::vector<double> mean(policies_);
        for (std::size_t k = 0; k < policies_; ++k) {
            for (const std::size_t i : whole) mean[k] += values[k * n + i];
            mean[k] /= static_cast<double>(whole.size());
        }
        for (std::size_t k = 0; k < policies_; ++k) {
            value_[k].add(mean[k]), difference_[k].add(mean[k] - mean[against_]);
            if (points_ == 1 || whole.size() < points_) continue;
            whole_[k].add(mean[k]);
            for (const std::size_t i : whole) all_[k].add(values[k * n + i]), at_point_[k * points_ + i % points_].add(values[k * n + i]);
        }
    });
}

double PolicyComparison::shared_luck(std::size_t policy) const
{
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    if (points_ == 1 || whole_[policy].n < 2) return none;
    const auto replicates = static_cast<double>(whole_[policy].n), points = static_cast<double>(points_);
    double between_points = 0;
    for (std::size_t p = 0; p < points_; ++p) {
        const double apart = at_point_[policy * points_ + p].mean - all_[policy].mean;
        between_points += replicates * apart * apart;
    }
    const double between_replicates = points * whole_[policy].squares, rest = all_[policy].squares - between_points - between_replicates;
    if (!(between_replicates > 0)) return none;
    return std::clamp(1 - rest / (points - 1) / between_replicates, 0.0, 1.0);
}

std::vector<PolicyEstimate> PolicyComparison::estimates() const
{
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    std::vector<PolicyEstimate> all(policies_);
    for (std::size_t k = 0; k < policies_; ++k) {
        PolicyEstimate& p = all[k];
        p = {.value = value_[k].interval(), .difference = {none, none, none, 0, 0}, .error_ratio = none, .replicates = value_[k].n, .shared_luck = shared_luck(k)};
        const bool never_or_always = value_[k].mean == 0 || value_[k].mean == 1; // no spread to go by
        if (is_share(quantity_) && value_[k].n > 0 && (points_ == 1 || never_or_always)) p.value = share_interval(value_[k]);
        if (is_part(quantity_)) p.value.low = std::max(p.value.low, 0.0), p.value.high = std::min(p.value.high, 1.0);
        if (k == against_) continue;
        p.difference = difference_[k].interval();
        const PairedDifference d = difference(k);
        if (d.unpaired_error > 0) p.error_ratio = d.standard_error / d.unpaired_error;
    }
    return all;
}

PairedDifference PolicyComparison::difference(std::size_t policy) const
{
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    const Running &a = value_[against_], &b = value_[policy], &both = difference_[policy];
    if (a.n == 0) return {0, none, none, none, none, none};
    const double of_a = a.standard_error(), of_b = b.standard_error(); // not by hypot, whose last digit depends on the machine
    return {a.n, a.mean, b.mean, both.mean, both.standard_error(), std::sqrt(of_a * of_a + of_b * of_b)};
}

/// One policy's values of the runs that failed under none.
static Numbers whole_runs(const SweepValues& values, std::size_t policy)
{
    return [&values, policy](const auto& take) {
        std::vector<double> kept;
        values.numbers([&](std::span<const double> some) {
            kept.clear();
            const std::size_t first = policy * (some.size() / values.policies);
            each_replicate(some, values.policies, values.points, [&](const std::vector<std::size_t>& whole) {
                for (const std::size_t run : whole) kept.push_back(some[first + run]);
            });
            take(kept);
        });
    };
}

/// Between what shares of n runs may lie below a quantile, by the interval of Clopper and Pearson for as many independent runs as would know the share as well,
/// fewer the fewer replicates there are (Korn and Graubard 1998). Unlike Student's interval it holds where the share is small.
static std::pair<double, double> share_of_replicates(double level, double n, const Running& below)
{
    using Plain = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
    using Beta = boost::math::beta_distribution<double, Plain>;
    const auto t = [](double freedom) { return quantile(boost::math::students_t_distribution<double, Plain>(freedom), 0.975); };
    const double error = below.standard_error(), known = error > 0 ? std::min(n, level * (1 - level) / (error * error)) : n, shrunk = t(n - 1) / t(static_cast<double>(below.n - 1));
    const double runs = known * shrunk * shrunk, some = level * runs, others = runs - some;
    return {quantile(Beta(some, others + 1), 0.025), quantile(Beta(some + 1, others), 0.975)};
}

static PolicyEstimate quantile_estimate(double level, const SweepValues& values, std::size_t policy)
{
    constexpr double none = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
    const Numbers whole = whole_runs(values, policy);
    const Interval independent = interval({Statistic::Kind::quantile, level}, whole);
    PolicyEstimate p{.value = independent, .difference = {none, none, none, 0, 0}, .error_ratio = none, .replicates = independent.used};
    if (independent.used == 0) p.value = Running().interval();
    if (independent.used == 0 || values.points == 1) return p;
    Running below;
    values.numbers([&](std::span<const double> some) {
        const double* const of_policy = &some[policy * (some.size() / values.policies)];
        each_replicate(some, values.policies, values.points, [&](const std::vector<std::size_t>& runs) {
            const auto n = std::ranges::count_if(runs, [&](std::size_t run) { return of_policy[run] <= independent.estimate; });
            below.add(static_cast<double>(n) / static_cast<double>(runs.size()));
        });
    });
    p.replicates = below.n;
    const double n = static_cast<double>(independent.used), half = below.interval().half_width();
    const auto [low_share, high_share] = below.n < 2 ? std::pair(0.0, 1.0) : share_of_replicates(level, n, below);
    const double low = std::floor(std::min(level - half, low_share) * (n + 1)), high = std::ceil(std::max(level + half, high_share) * (n + 1)); // ranks
    const auto rank = [n](double x) { return static_cast<std::uint64_t>(std::clamp(x, 1.0, n)); };
    const std::vector<double> at = order_statistics(whole, independent.used, std::array{rank(low), rank(high)});
    p.value.low = std::min(independent.low, low >= 1 ? at[0] : -infinity);
    p.value.high = std::max(independent.high, high <= n ? at[1] : infinity);
    return p;
}

std::vector<PolicyEstimate> policy_estimates(const Quantity& quantity, const SweepValues& values, std::size_t against)
{
    std::vector<PolicyEstimate> all;
    if (quantity.level) {
        for (std::size_t k = 0; k < values.policies; ++k) all.push_back(quantile_estimate(*quantity.level, values, k));
        return all;
    }
    PolicyComparison comparison(quantity, values.policies, values.points, against);
    values.numbers([&](std::span<const double> some) { comparison.add(some); });
    return comparison.estimates();
}

std::vector<Interval> point_differences(const Quantity& quantity, const SweepValues& values)
{
    std::vector<Running> apart(values.policies * values.points);
    if (!quantity.level)
        values.numbers([&](std::span<const double> some) {
            for (std::size_t i = 0; i < some.size(); ++i) {
                const double first = some[i - i % values.points];
                const std::size_t policy = i / (some.size() / values.policies);
                if (std::isfinite(first) && std::isfinite(some[i])) apart[policy * values.points + i % values.points].add(some[i] - first);
            }
        });
    std::vector<Interval> all;
    for (const Running& running : apart) all.push_back(running.interval());
    return all;
}

PairedDifference policy_difference(const Quantity& quantity, const SweepValues& values)
{
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    PolicyComparison comparison(quantity, 2, values.points);
    values.numbers([&](std::span<const double> some) { comparison.add(some); });
    PairedDifference d = comparison.difference(1);
    if (!quantity.level || d.pairs == 0) return d;
    const auto estimate = [&](std::size_t k) { return interval({Statistic::Kind::quantile, *quantity.level}, whole_runs(values, k)).estimate; };
    return {d.pairs, estimate(0), estimate(1), none, none, none};
}

} // namespace entente
