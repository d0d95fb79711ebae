// Which share of single runs' variance is luck: what replicates at the same point differ by, blamed on no factor.
#pragma once
#include "index.hpp"

namespace entente {

struct SeedShare {
    std::size_t points = 0, replicates = 0; ///< points of which all replicates are whole
    Index share;                            ///< of the variance of single runs: luck, alone and with the factors. What no factor explains however well it is known
    double common = 0;                      ///< of that variance: luck that shifts all points alike
    double variance = 0;                    ///< of single runs, in the outcome's unit squared
};
/// `values`: [replicate][point], all points under the same random numbers in a replicate. NaN: failed; its point is left out. Components of the two-way table of points and replicates (Scheffe 1959, 7.2;
/// negative ones count as 0); interval: mean squares taken as chi-squared (Satterthwaite 1946), on the scale of log odds. No number with fewer than 2 replicates or points, or without any variance.
/// Throws std::invalid_argument if shapes do not agree.
SeedShare seed_share(std::span<const double> values, std::size_t replicates);

} // namespace entente
