// Regional sensitivity (Hornberger & Spear 1981): whether an input stands elsewhere in runs where an outcome holds than in the others.
#pragma once
#include "slices.hpp"
#include <span>

namespace entente {

struct Regional {
    double distance = 0; ///< Kolmogorov-Smirnov; of a choice half the summed differences of its shares, which is the largest for any set of alternatives. 0 to 1
    double p = 1; ///< of so large a distance where the input does nothing: Kolmogorov's limit with Stephens' correction, rows divided by their design_effect(); of a choice the chi-squared of its table
    int direction = 0; ///< +1: higher where the outcome holds, -1: lower; 0: of a choice
    std::size_t holds = 0, others = 0;
};
/// `holds`: [row]. Without rows on both sides the distance is 0 and p 1.
Regional regional_sensitivity(const OrderedInput& input, std::span<const std::uint8_t> holds);
/// Probability that Kolmogorov's statistic is above t (Kolmogorov 1933): 2 sum (-1)^(k-1) exp(-2 k^2 t^2).
double kolmogorov_tail(double t);

} // namespace entente
