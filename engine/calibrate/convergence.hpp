// How far draws of a posterior can be trusted as a sample: R-hat, effective sample size and Monte Carlo standard error of one quantity, by ranks. After Vehtari,
// Gelman, Simpson, Carpenter and Buerkner (2021), to the same numbers as version 1.4 of the R package `posterior`, whose conventions are kept. Pure functions.
#pragma once
#include <cstddef>
#include <span>

namespace entente {

/// Draws of one quantity, in its unit: [chain][draw], chains equally long. Independent runs of a sampler count as chains.
struct Chains {
    std::span<const double> values;
    std::size_t chains = 1;
    std::size_t draws() const { return chains == 0 ? 0 : values.size() / chains; } ///< of a chain
};

/// All functions below give NaN where nothing can be said: a draw that is not finite, all draws equal, no draws. Effective sizes also ask for three draws in half a
/// chain. What goes by ranks bears infinite draws. Chains that differ and never move have an infinite R-hat, or one above 1e15 by rounding. They throw std::invalid_argument if chains are not equally long, or a level is not in [0, 1].

/// The larger of two ratios of spread over all chains to spread within: of normal scores of ranks, and of those of distances from the median, which sees chains
/// that differ in spread alone. Near 1 where chains agree; above 1.01 they do not.
double rhat(Chains chains);
/// The ratio of the values themselves, of halved chains: blind to heavy tails, here for comparison.
double rhat_basic(Chains chains);

/// How many independent draws say as much: of normal scores of ranks, for the centre; by sums of autocorrelations as long as they make sense (Geyer 1992).
double ess_bulk(Chains chains);
/// The smaller one of the 5 % and the 95 % quantile.
double ess_tail(Chains chains);
/// Of the mean.
double ess_mean(Chains chains);
double ess_sd(Chains chains);                     ///< by distances from the mean
double ess_quantile(Chains chains, double level); ///< by the share of draws below it

/// Standard error of an estimate from the draws, in the unit of the quantity.
double mcse_mean(Chains chains);
double mcse_sd(Chains chains); ///< by the delta method (Kenney and Keeping 1951)
/// Half the width of an interval that holds a normal estimate within one standard deviation, by order statistics.
double mcse_quantile(Chains chains, double level);

} // namespace entente
