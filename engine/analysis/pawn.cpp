#include "pawn.hpp"
#include "../core/in_blocks.hpp"
#include "order_statistics.hpp"
#include "resampling.hpp"
#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace entente {

OrderedOutcome ordered(std::span<const double> outcome)
{
    OrderedOutcome o{std::vector<std::uint32_t>(outcome.size()), std::vector<bool>(outcome.size())};
    for (const double y : outcome)
        if (!std::isfinite(y)) throw std::invalid_argument("a value that is no number");
    std::iota(o.order.begin(), o.order.end(), 0u);
    std::ranges::stable_sort(o.order, {}, [&](std::uint32_t row) { return outcome[row]; });
    for (std::size_t i = 0; i < o.order.size(); ++i) o.ends[i] = i + 1 == o.order.size() || outcome[o.order[i]] != outcome[o.order[i + 1]];
    return o;
}

/// A slice's distribution steps only at its own rows, and the other only rises between: the largest distance is just before or at one of them.
std::vector<double> slice_distances(const Slices& slices, const OrderedOutcome& outcome)
{
    const std::size_t rows = outcome.order.size();
    if (slices.of.size() != rows) throw std::invalid_argument("slices of other rows than the outcome's");
    std::vector<double> distance(slices.sizes.size()), below(slices.sizes.size()), share;
    for (const std::uint32_t size : slices.sizes) share.push_back(1 / static_cast<double>(size));
    std::size_t first = 0; // of those that are equal
    for (std::size_t i = 0; i < rows; ++i) {
        if (!outcome.ends[i]) continue;
        const double before = static_cast<double>(first) / static_cast<double>(rows), after = static_cast<double>(i + 1) / static_cast<double>(rows);
        const auto compare = [&](double whole) {
            for (std::size_t j = first; j <= i; ++j) {
                const std::uint32_t slice = slices.of[outcome.order[j]];
                distance[slice] = std::max(distance[slice], std::abs(below[slice] - whole));
            }
        };
        compare(before);
        for (std::size_t j = first; j <= i; ++j) below[slices.of[outcome.order[j]]] += share[slices.of[outcome.order[j]]];
        compare(after);
        first = i + 1;
    }
    return distance;
}

Pawn pawn(const Slices& slices, const OrderedOutcome& outcome)
{
    std::vector<double> d = slice_distances(slices, outcome);
    const double sum = std::accumulate(d.begin(), d.end(), 0.0);
    return {.least = std::ranges::min(d), .mean = sum / static_cast<double>(d.size()), .median = interpolated_quantile(d, 0.5), .most = std::ranges::max(d), .noise = 0};
}

double pawn_noise(const Slices& slices, const OrderedInput& input, const OrderedOutcome& outcome, std::uint64_t seed, std::size_t inputs, unsigned threads)
{
    std::vector<double> medians(std::max<std::size_t>(200, 20 * inputs));
    in_blocks(medians.size(), threads, nullptr, [&](std::size_t i) { medians[i] = pawn(shuffled_slices(slices, input, seed, i), outcome).median; });
    return passed_by(std::move(medians), 0.05 / static_cast<double>(inputs));
}

} // namespace entente
