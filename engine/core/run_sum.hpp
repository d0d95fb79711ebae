// Sums over runs, for streaming summaries: the same for every instruction set.
#pragma once
#include <cstddef>

namespace entente {

inline constexpr std::size_t tile_runs = 16; ///< runs that the kernel steps together, and whose values lie side by side
/// A value is cut to one of 2^22 steps over its variable's range: the sums of a block's steps and of their squares are then exact.
inline constexpr int step_bits = 22;

/// Sums over the runs of a block, for streaming summaries.
struct RunSum {
    double total = 0;              ///< of the values
    double steps = 0, squares = 0; ///< of the steps, and of their squares: whole numbers
    float least = 0, most = 0;
};

} // namespace entente
