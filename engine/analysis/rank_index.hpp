// First-order index of an input from runs as they are: the share of an outcome's variance that it explains alone. Numbers: the rank estimator of Gamboa, Gremaud, Klein & Lagnoux (2022). Levels: variance
// between them (Kelley's epsilon squared, 1935).
#pragma once
#include "index.hpp"
#include "slices.hpp"
#include <span>

namespace entente {

/// Rank estimator, eq. 9 of Gamboa et al. (2022): rows by rising x, S = (mean of y_i y_(i+1) - mean^2) / variance, the last row before the first. Rows of one value are not each other's neighbours:
/// they may share all other inputs too, as runs do that take one draw of a posterior. Interval: normal, the variance from that of y_i y_(i+1) - S y_i^2 (centred), summed by value, with what neighbours
/// share beyond what those two apart share; not below that of products of what the input does not explain. Of levels: 1 - within-level over total mean square, interval by the delta method and what chance alone
/// gives so many levels. Rows of a Sobol' sequence are to be put in slices before, see in_slices(). Several outcomes: of their summed variance. Values may be a little below 0. No number if the outcome is always the same. Throws std::invalid_argument with fewer than 8 rows,
/// a value that is no number, or shapes that do not agree.
Index first_order(const OrderedInput& input, std::span<const std::vector<double>> outcomes);

} // namespace entente
