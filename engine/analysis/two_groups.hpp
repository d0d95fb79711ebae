// Two groups of runs side by side: how far their shares differ, and how often a value of the one is above a value of the other.
#pragma once
#include "../core/interval.hpp"
#include <cstdint>
#include <span>

namespace entente {

/// Runs in which something holds, of so many.
struct CountedRuns {
    std::uint64_t count = 0, runs = 0;
};
/// Jeffreys interval at this confidence, in (0, 1), with 0 at none and 1 at all; from 0 to 1 without runs. See share_of().
Interval jeffreys(const CountedRuns& counted, double confidence);
/// The share of a less that of b, two groups without a common run: the intervals of both, joined as by Newcombe (1998, method 10) and in general by Zou and Donner (2008), here of Jeffreys'
/// intervals. NaN, from -1 to 1, if either group is empty.
Interval share_difference(const CountedRuns& a, const CountedRuns& b, double confidence);

/// Of a value of the first group and one of the second: the probability that the first is the larger, ties half.
struct Ranked {
    Interval auc;                        ///< used: runs of both groups
    double z = 0;                        ///< of the rank sum if there is no difference, with ties (Mann and Whitney 1947; Lehmann 1975); 0 if all values are equal
    std::uint64_t with = 0, without = 0; ///< runs of the first group, of the second
};
/// The area under the curve of hit rate over false-alarm rate, which is Mann and Whitney's U over the number of pairs (Hanley and McNeil 1982), with the interval of DeLong, DeLong and Clarke-Pearson
/// (1988) on the logit scale; of two groups that do not overlap that interval has no width, and the one of Hanley and McNeil with half a pair the other way is given. `in_first[i]`: value[i] belongs to the first group.
/// Values that are NaN are left out. NaN, from 0 to 1, if either group is empty. O(n log n).
Ranked ranked(std::span<const double> value, std::span<const std::uint8_t> in_first, double confidence = 0.95);

/// The number of standard errors that `alpha`, two-sided, of so many comparisons leaves (Bonferroni).
double beyond_chance(double alpha, std::uint64_t comparisons = 1);

} // namespace entente
