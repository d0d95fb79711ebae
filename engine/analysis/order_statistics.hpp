// Numbers that are gone through again and again instead of being kept, and their order statistics.
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace entente {

/// Hands all of them to `take`, some at a time, and the same each time it is called. NaN: a failed run.
using Numbers = std::function<void(const std::function<void(std::span<const double>)>& take)>;
/// Of numbers that are kept by the caller, for as long as they are used.
Numbers in_memory(std::span<const double> numbers);

/// The numbers at these ranks among those that are not NaN, by rank: 1 is the least of `count`. Exact, in memory that does not grow with their number: few are
/// sorted; of many the leading bits are counted, more of them each time, which takes five times through. Ranks in [1, count], in any order.
std::vector<double> order_statistics(const Numbers& numbers, std::uint64_t count, std::span<const std::uint64_t> ranks);

/// Between order statistics: type 7 of Hyndman and Fan (1996). Reorders the values, of which there is at least one and none is NaN.
double interpolated_quantile(std::vector<double>& values, double level);

/// The value that one more of the same kind is above in no more than `alpha` of the cases: the ceil((n + 1) (1 - alpha))-th smallest of n, or the largest.
double passed_by(std::vector<double> seen, double alpha);

} // namespace entente
