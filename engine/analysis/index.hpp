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
    double p = no_number; ///< chance that what explains nothing seems to explain as much; NaN: see chance_of_share()
    bool has_interval() const { return low <= high; }
};
/// Zero within error: the interval reaches down to 0, or nothing moved at all.
bool is_zero(const Index& index);
/// The same of a share, which is not below 0 but by chance: what lies above 0 is not sure.
bool is_no_share(const Index& index);

/// The interval of which `together` hold at once in 95 % of the cases (Bonferroni): either side is stretched by the ratio of the normal quantiles.
Index held_among(const Index& index, std::size_t together);
/// Index::p, or if that is not known the chance by its normal interval; NaN: it has none.
double chance_of_share(const Index& index);

/// The 95 % percentile interval of resamples, NaN among them left out; no interval if fewer than half of them have a number.
Index percentile_interval(double value, std::span<const double> resamples);

/// Where an index may stand in a list, 1 the largest: all that its interval overlaps may stand before or behind it.
struct Rank {
    std::size_t best = 0, worst = 0; ///< 0: it has no number
    bool is_shared() const { return best != worst; }
};
/// By value; one without an interval has that of its value alone.
std::vector<Rank> ranks_of(std::span<const Index> indices);
/// By intervals that hold together, so that all places do in 95 % of the cases.
std::vector<Rank> ranks_among(std::span<const Index> indices);

} // namespace entente
