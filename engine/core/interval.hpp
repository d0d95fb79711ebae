// An estimate with its interval: what analysis computes, results keep and reports print.
#pragma once
#include <cstdint>

namespace entente {

inline constexpr double z95 = 1.959963984540054; ///< standard errors to either end of a 95 % interval of a normal number

/// 95 % unless it says otherwise.
struct Interval {
    double estimate = 0;                ///< NaN without values
    double low = 0, high = 0;           ///< infinite where the values are too few to say
    std::uint64_t used = 0, failed = 0; ///< runs
    double half_width() const { return (high - low) / 2; }
};

} // namespace entente
