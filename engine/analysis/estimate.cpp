#include "estimate.hpp"
#include "answer.hpp"
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

namespace entente {

bool is_share(const Quantity& quantity)
{
    return !quantity.level && (quantity.kind == Quantity::Kind::seen || (quantity.kind == Quantity::Kind::share && quantity.from == quantity.to));
}

void Estimate::add(const Quantity& quantity, double value)
{
    ++n_;
    const double before = value - mean_;
    mean_ += before / static_cast<double>(n_);
    squares_ += before * (value - mean_);
    if (quantity.level) values_.push_back(value);
}

Interval Estimate::interval(const Quantity& quantity) const
{
    constexpr double none = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
    if (n_ == 0) return {none, none, none, 0, 0};
    if (quantity.level) return entente::interval({Statistic::Kind::quantile, *quantity.level}, values_);
    const double n = static_cast<double>(n_);
    if (is_share(quantity)) {
        const Share share = share_of(static_cast<std::uint32_t>(std::llround(mean_ * n)), static_cast<std::uint32_t>(n_));
        return {share.share, share.low, share.high, n_, 0};
    }
    if (n_ == 1) return {mean_, -infinity, infinity, 1, 0};
    const double half = std::sqrt(squares_ / (n - 1) / n) * quantile(boost::math::students_t(n - 1), 0.975);
    return {mean_, mean_ - half, mean_ + half, n_, 0};
}

/// Means over points by replicate, or over replicates by point if there is one replicate; NaN if none is left.
static std::vector<double> means_of(std::span<const double> values, const std::vector<bool>& use, std::size_t replicates, std::size_t points)
{
    const std::size_t units = replicates > 1 ? replicates : points;
    std::vector<double> sums(units), counts(units);
    for (std::size_t i = 0; i < values.size(); ++i)
        if (use[i]) sums[replicates > 1 ? i / points : i] += values[i], ++counts[replicates > 1 ? i / points : i];
    for (std::size_t u = 0; u < units; ++u) sums[u] /= counts[u]; // 0 / 0: NaN
    return sums;
}

std::vector<PolicyEstimate> compare_policies(const Quantity& quantity, std::span<const double> values, std::size_t policies, std::size_t replicates, std::size_t points)
{
    const std::size_t n = replicates * points;
    std::vector<bool> use(n, true);
    for (std::size_t i = 0; i < values.size(); ++i)
        if (std::isnan(values[i])) use[i % n] = false;
    std::vector<PolicyEstimate> all(policies);
    std::vector<double> first;
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    for (std::size_t k = 0; k < policies; ++k) {
        PolicyEstimate& p = all[k];
        p.difference = {none, none, none, 0, 0}, p.error_ratio = none;
        const std::span<const double> own = values.subspan(k * n, n);
        if (quantity.level || (is_share(quantity) && points == 1)) {
            std::vector<double> some;
            for (std::size_t i = 0; i < n; ++i)
                if (use[i]) some.push_back(own[i]);
            p.value = interval({quantity.level ? Statistic::Kind::quantile : Statistic::Kind::probability, quantity.level.value_or(0.5)}, some);
            if (quantity.level) continue;
        }
        const std::vector<double> means = means_of(own, use, replicates, points);
        if (!(is_share(quantity) && points == 1)) p.value = interval({Statistic::Kind::mean}, means);
        if (is_share(quantity) && points > 1 && (p.value.estimate == 0 || p.value.estimate == 1)) { // never or always seen: no spread to go by
            const Share share = share_of(p.value.estimate == 0 ? 0 : static_cast<std::uint32_t>(p.value.used), static_cast<std::uint32_t>(p.value.used));
            p.value.low = share.low, p.value.high = share.high;
        }
        if (k == 0) {
            first = means;
            continue;
        }
        p.difference = interval({Statistic::Kind::mean}, differences(first, means));
        const PairedDifference paired = paired_difference(first, means);
        if (paired.unpaired_error > 0) p.error_ratio = paired.standard_error / paired.unpaired_error;
    }
    return all;
}

} // namespace entente
