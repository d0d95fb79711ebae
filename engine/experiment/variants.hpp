// Variants of a scenario, run side by side on the same random numbers for one number per run and quantity.
#pragma once
#include "../analysis/quantity.hpp"
#include "carry_out.hpp"

namespace entente {

/// [variant][quantity][run - first]
using Values = std::vector<std::vector<std::vector<double>>>;

/// Some blocks of runs: of block_runs runs each, but for the last of a scenario.
struct Blocks {
    std::uint64_t first = 0, count = 0;
};
/// Every run of a scenario.
constexpr Blocks all_blocks(std::uint32_t runs) { return {0, (std::uint64_t{runs} + block_runs - 1) / block_runs}; }

/// Values of these runs of every variant; NaN of those that failed. The horizon is cut to what the quantities need. `done`: is called with runs that are finished. Empty if it was stopped. Variants
/// have the same seed, start and number of runs. Throws std::invalid_argument if a quantity is beyond a horizon.
Values values_of_variants(std::vector<Scenario> variants, Blocks blocks, const std::vector<Quantity>& quantities, const EnsembleOptions& options,
                          const std::function<void(std::uint64_t)>& done = {}, const std::atomic<bool>* stop = nullptr);

/// So many variants are held in memory at once.
inline constexpr std::size_t variants_at_once = 32;

} // namespace entente
