// How far points are from even, by two measures of the share of points in boxes against the boxes' volume.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace entente {

/// Of a sum over points and one over pairs of points of products over d factors; u is [point][factor].
template <class One, class Two> double discrepancy(const std::vector<double>& u, std::size_t d, double constant, double weight, One one, Two two)
{
    const std::size_t n = u.size() / d;
    double singles = 0, pairs = 0;
    for (std::size_t i = 0; i < n; ++i) {
        double product = 1;
        for (std::size_t k = 0; k < d; ++k) product *= one(u[i * d + k]);
        singles += product;
        for (std::size_t j = 0; j < n; ++j) {
            double both = 1;
            for (std::size_t k = 0; k < d; ++k) both *= two(u[i * d + k], u[j * d + k]);
            pairs += both;
        }
    }
    const double count = static_cast<double>(n);
    return constant - weight * singles / count + pairs / count / count;
}

/// Squared centred L2 discrepancy (Hickernell 1998).
inline double centred_discrepancy(const std::vector<double>& u, std::size_t d)
{
    const auto off = [](double x) { return std::abs(x - 0.5); };
    return discrepancy(
        u, d, std::pow(13.0 / 12, d), 2, [&](double x) { return 1 + 0.5 * off(x) - 0.5 * off(x) * off(x); },
        [&](double x, double y) { return 1 + 0.5 * off(x) + 0.5 * off(y) - 0.5 * std::abs(x - y); });
}
/// L2 star discrepancy (Warnock 1972).
inline double star_discrepancy(const std::vector<double>& u, std::size_t d)
{
    return std::sqrt(discrepancy(
        u, d, std::pow(3, -static_cast<double>(d)), std::pow(2, 1 - static_cast<double>(d)), [](double x) { return 1 - x * x; },
        [](double x, double y) { return 1 - std::max(x, y); }));
}

} // namespace entente
