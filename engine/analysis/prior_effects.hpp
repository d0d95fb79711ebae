// What calibration changed: shares with parameters from the posterior less those with parameters from the priors, over pairs of futures that share all else. Pure
// functions.
#pragma once
#include "driver_effects.hpp"
#include "share.hpp"

namespace entente {

struct PriorEffect {
    Share posterior, priors;
    Effect difference; ///< posterior less priors
};
/// Shares by the posterior less those by the priors.
struct PriorEffects {
    std::uint32_t futures = 0, pairs = 0;                 ///< of each; whole in both
    std::vector<int> dates{};                             ///< quarters
    std::vector<std::vector<PriorEffect>> classes{};      ///< [date][class]
    std::vector<std::vector<PriorEffect>> orientations{}; ///< [date][orientation]
};
/// Futures that failed on one side are left out on both.
PriorEffects prior_effects(const PriorRuns& runs);

} // namespace entente
