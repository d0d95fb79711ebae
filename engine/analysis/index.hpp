// A sensitivity index with its interval, and what of a list of them can be told apart.
#pragma once
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace entente {

inline constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

/// A share of variance, a distance or an effect. NaN: it cannot be told; NaN ends: no interval is known.
struct Index {
    double value = no_number, low = no_number, high = no_number;
    bool has_interval() const { return low <= high; }
};
/// Zero within error: the interval reaches down to 0, or nothing moved at all.
bool is_zero(const Index& index);
/// The same of a share, which is not below 0 but by chance: what lies above 0 is not sure.
bool is_no_share(const Index& index);

/// The 95 % percentile interval of resamples, NaN among them left out; no interval if fewer than half of them have a number.
Index percentile_interval(double value, std::span<const double> resamples);

/// Where an index may stand in a list, 1 the largest: all that its interval overlaps may stand before or behind it.
struct Rank {
    std::size_t best = 0, worst = 0; ///< 0: it has no number
    bool is_shared() const { return best != worst; }
};
/// By value; one without an interval has that of its value alone.
std::vector<Rank> ranks_of(std::span<const Index> indices);

} // namespace entente
