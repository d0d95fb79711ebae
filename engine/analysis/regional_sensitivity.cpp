#include "regional_sensitivity.hpp"
#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

namespace entente {

double kolmogorov_tail(double t)
{
    if (t < 0.2) return 1;
    double sum = 0;
    for (int k = 1; k <= 100; ++k) {
        const double term = std::exp(-2.0 * k * k * t * t);
        sum += k % 2 == 1 ? term : -term;
        if (term < 1e-17) break;
    }
    return std::clamp(2 * sum, 0.0, 1.0);
}

namespace {

/// Rows of each level, where the outcome holds and where not.
struct Counted {
    std::vector<double> with, without;
    double holds = 0, others = 0;
};
Counted counted(const OrderedInput& input, std::span<const std::uint8_t> holds)
{
    Counted c{std::vector<double>(input.levels), std::vector<double>(input.levels)};
    for (std::size_t row = 0; row < holds.size(); ++row) {
        (holds[row] != 0 ? c.with : c.without)[input.level[row]] += 1;
        (holds[row] != 0 ? c.holds : c.others) += 1;
    }
    return c;
}

Regional of_choice(const Counted& c, Regional r)
{
    double chi = 0;
    for (std::size_t l = 0; l < c.with.size(); ++l) {
        r.distance += std::abs(c.with[l] / c.holds - c.without[l] / c.others) / 2;
        const double all = c.with[l] + c.without[l], n = c.holds + c.others;
        for (const auto& [seen, side] : {std::pair{c.with[l], c.holds}, std::pair{c.without[l], c.others}})
            chi += (seen - all * side / n) * (seen - all * side / n) / (all * side / n);
    }
    r.p = c.with.size() < 2 ? 1 : boost::math::gamma_q(static_cast<double>(c.with.size() - 1) / 2, chi / 2);
    return r;
}

} // namespace

Regional regional_sensitivity(const OrderedInput& input, std::span<const std::uint8_t> holds)
{
    const Counted c = counted(input, holds);
    Regional r{.distance = 0, .p = 1, .direction = 0, .holds = static_cast<std::size_t>(c.holds), .others = static_cast<std::size_t>(c.others)};
    if (r.holds == 0 || r.others == 0) return r;
    if (input.is_choice) return of_choice(c, r);
    double with = 0, without = 0, higher = 0; // higher: chance that a row where it holds stands above one where it does not, less the reverse
    for (std::size_t l = 0; l < input.levels; ++l) {
        const double a = c.with[l] / c.holds, b = c.without[l] / c.others;
        higher += a * without - b * with;
        with += a, without += b;
        r.distance = std::max(r.distance, std::abs(with - without));
    }
    r.direction = higher > 0 ? 1 : higher < 0 ? -1 : 0;
    const std::vector<double> held(holds.begin(), holds.end());
    const double n = std::sqrt(c.holds * c.others / (c.holds + c.others) / design_effect(input, held));
    r.p = kolmogorov_tail((n + 0.12 + 0.11 / n) * r.distance);
    return r;
}

} // namespace entente
