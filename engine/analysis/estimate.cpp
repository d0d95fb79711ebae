#include "estimate.hpp"
#include "answer.hpp"
#include <boost/math/distributions/students_t.hpp>
#include <algorithm>
#include <cmath>
#include <limits>

namespace entente {

bool is_share(const Quantity& quantity)
{
    return !quantity.level && (quantity.kind == Quantity::Kind::seen || (quantity.kind == Quantity::Kind::share && quantity.from == quantity.to));
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
    constexpr double none = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
    if (n == 0) return {none, none, none, 0, 0};
    if (n == 1) return {mean, -infinity, infinity, 1, 0};
    const double half = standard_error() * quantile(boost::math::students_t(static_cast<double>(n - 1)), 0.975);
    return {mean, mean - half, mean + half, n, 0};
}

/// Of 0s and 1s whose mean is known.
static Interval share_interval(const Running& r)
{
    const Share share = share_of(static_cast<std::uint32_t>(std::llround(r.mean * static_cast<double>(r.n))), static_cast<std::uint32_t>(r.n));
    return {share.share, share.low, share.high, r.n, 0};
}

void Estimate::add(const Quantity& quantity, double value)
{
    running_.add(value);
    if (quantity.level) values_.push_back(value);
}

Interval Estimate::interval(const Quantity& quantity) const
{
    if (quantity.level && !values_.empty()) return entente::interval({Statistic::Kind::quantile, *quantity.level}, values_);
    return is_share(quantity) && running_.n > 0 ? share_interval(running_) : running_.interval();
}

PolicyComparison::PolicyComparison(Quantity quantity, std::size_t policies, std::size_t replicates, std::size_t points)
    : quantity_(std::move(quantity)), policies_(policies), replicates_(replicates), points_(points), value_(policies), difference_(policies), values_(policies)
{
}

void PolicyComparison::add(std::span<const double> values)
{
    const std::size_t n = values.size() / policies_, unit = replicates_ > 1 ? points_ : 1; // runs of a policy; runs that are one number
    for (std::size_t first = 0; first < n; first += unit) {
        double of_first = 0;
        for (std::size_t k = 0; k < policies_; ++k) {
            double sum = 0, count = 0;
            for (std::size_t i = first; i < first + unit; ++i) {
                bool finished = true;
                for (std::size_t other = 0; other < policies_; ++other) finished = finished && !std::isnan(values[other * n + i]);
                if (!finished) continue;
                sum += values[k * n + i], ++count;
                if (quantity_.level) values_[k].push_back(values[k * n + i]);
            }
            if (count == 0) break; // under all policies alike
            if (quantity_.level && k == 0) ends_.push_back(values_[0].size());
            if (k == 0) of_first = sum / count;
            value_[k].add(sum / count), difference_[k].add(sum / count - of_first);
        }
    }
}

Interval PolicyComparison::quantile_interval(std::size_t policy) const
{
    const std::vector<double>& values = values_[policy];
    const double level = *quantity_.level, n = static_cast<double>(values.size());
    Interval i = interval({Statistic::Kind::quantile, level}, values);
    if (ends_.size() == values.size()) return i; // nothing shares its random numbers
    Running below;
    for (std::size_t r = 0, first = 0; r < ends_.size(); first = ends_[r++])
        below.add(static_cast<double>(std::count_if(&values[first], &values[first] + (ends_[r] - first), [&](double x) { return x <= i.estimate; })) / static_cast<double>(ends_[r] - first));
    const double half = below.interval().half_width();
    std::vector<double> sorted = values;
    std::ranges::sort(sorted);
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const double low = std::floor((level - half) * (n + 1)), high = std::ceil((level + half) * (n + 1)); // ranks, from 1
    i.low = low >= 1 ? sorted[static_cast<std::size_t>(low) - 1] : -infinity;
    i.high = high <= n ? sorted[static_cast<std::size_t>(high) - 1] : infinity;
    return i;
}

std::vector<PolicyEstimate> PolicyComparison::estimates() const
{
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    std::vector<PolicyEstimate> all(policies_);
    for (std::size_t k = 0; k < policies_; ++k) {
        PolicyEstimate& p = all[k];
        p = {value_[k].interval(), {none, none, none, 0, 0}, none};
        const bool never_or_always = value_[k].mean == 0 || value_[k].mean == 1; // no spread to go by
        if (quantity_.level) {
            if (!values_[k].empty()) p.value = quantile_interval(k);
            continue;
        }
        if (is_share(quantity_) && value_[k].n > 0 && (points_ == 1 || never_or_always)) p.value = share_interval(value_[k]);
        if (quantity_.kind == Quantity::Kind::seen || quantity_.kind == Quantity::Kind::share) p.value.low = std::max(p.value.low, 0.0), p.value.high = std::min(p.value.high, 1.0);
        if (k == 0) continue;
        p.difference = difference_[k].interval();
        const PairedDifference d = difference(k);
        if (d.unpaired_error > 0) p.error_ratio = d.standard_error / d.unpaired_error;
    }
    return all;
}

PairedDifference PolicyComparison::difference(std::size_t policy) const
{
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    const Running &a = value_[0], &b = value_[policy], &both = difference_[policy];
    if (a.n == 0) return {0, none, none, none, none, none};
    if (quantity_.level) {
        const auto quantile = [&](std::size_t k) { return interval({Statistic::Kind::quantile, *quantity_.level}, values_[k]).estimate; };
        return {a.n, quantile(0), quantile(policy), none, none, none};
    }
    return {a.n, a.mean, b.mean, both.mean, both.standard_error(), std::hypot(a.standard_error(), b.standard_error())};
}

} // namespace entente
