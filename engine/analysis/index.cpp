#include "index.hpp"
#include "../core/interval.hpp"
#include "order_statistics.hpp"
#include "two_groups.hpp"
#include <cmath>

namespace entente {

bool is_zero(const Index& index) { return index.has_interval() ? index.low <= 0 && index.high >= 0 : index.value == 0; }

bool is_no_share(const Index& index) { return index.has_interval() ? index.low <= 0 : index.value <= 0; }

Index held_among(const Index& index, std::size_t together)
{
    if (!index.has_interval() || together < 2) return index;
    const double wider = beyond_chance(0.05, together) / z95;
    return {index.value, index.value - wider * (index.value - index.low), index.value + wider * (index.high - index.value), index.p};
}

double chance_of_share(const Index& index)
{
    if (!std::isnan(index.p) || !index.has_interval()) return index.p;
    const double half = index.value - index.low;
    return half > 0 ? std::erfc(z95 * index.value / half / std::sqrt(2.0)) / 2 : index.value > 0 ? 0 : 1;
}

Index percentile_interval(double value, std::span<const double> resamples)
{
    std::vector<double> seen;
    for (const double x : resamples)
        if (std::isfinite(x)) seen.push_back(x);
    if (seen.empty() || seen.size() * 2 < resamples.size() || !std::isfinite(value)) return {.value = value};
    return {value, interpolated_quantile(seen, 0.025), interpolated_quantile(seen, 0.975)};
}

std::vector<Rank> ranks_of(std::span<const Index> indices)
{
    const auto low = [](const Index& i) { return i.has_interval() ? i.low : i.value; };
    const auto high = [](const Index& i) { return i.has_interval() ? i.high : i.value; };
    std::vector<Rank> ranks(indices.size());
    for (std::size_t i = 0; i < indices.size(); ++i) {
        if (std::isnan(indices[i].value)) continue;
        ranks[i] = {1, 1};
        for (const Index& other : indices) {
            if (&other == &indices[i] || std::isnan(other.value)) continue;
            ranks[i].best += low(other) > high(indices[i]) ? 1 : 0;
            ranks[i].worst += high(other) >= low(indices[i]) ? 1 : 0;
        }
    }
    return ranks;
}

std::vector<Rank> ranks_among(std::span<const Index> indices)
{
    std::vector<Index> held;
    for (const Index& i : indices) held.push_back(held_among(i, indices.size()));
    return ranks_of(held);
}

} // namespace entente
