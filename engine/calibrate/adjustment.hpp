// Draws that were accepted because their summaries came near the observed ones, moved to where they would be had they met them: by regression of the parameters on the
// summaries, local and linear (Beaumont, Zhang and Balding 2002), with a spread that depends on the summaries too (Blum and Francois 2010). Pure functions.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace entente {

/// Median of absolute deviations from the median, without a factor: the scale of a summary. NaN without values.
double median_absolute_deviation(std::span<const double> values);
/// 1 - (distance / bandwidth)^2, 0 from the bandwidth on: [draw]. Throws std::invalid_argument unless bandwidth is above 0.
std::vector<double> epanechnikov_weights(std::span<const double> distances, double bandwidth);

enum class ResidualSpread : std::uint8_t { same, varies };
enum class Penalty : std::uint8_t {
    none,           ///< least squares; of slopes that the draws do not tell apart, the shortest
    cross_validated ///< ridge, in units of the summaries' spread; generalized cross-validation (Golub, Heath and Wahba 1979) picks it for each parameter
};

/// Accepted draws, whose parameters are to be on a scale without ends (logit of what is bounded, logarithm of what is positive).
struct Accepted {
    std::span<const double> parameters; ///< [draw][parameter]
    std::span<const double> summaries;  ///< [draw][summary]
    std::span<const double> observed;   ///< [summary]
    std::span<const double> weights;    ///< [draw], not negative: the draw's own times epanechnikov_weights(); none: all the same
};
/// Draws after the regression, and what it came to.
struct Adjusted {
    std::vector<double> parameters;  ///< [draw][parameter], with the weights that came in
    std::vector<double> at_observed; ///< [parameter]: the regression there. Under ResidualSpread::same the weighted mean of the adjusted draws is the same.
    std::vector<double> slopes;      ///< [summary][parameter]
    std::vector<double> penalty;     ///< [parameter]: of the ridge, 0 none
    std::vector<double> degrees;     ///< [parameter]: of freedom that the slopes take: residuals are too small by the root of what is left of the draws over all
};
/// With a spread that varies, residuals are scaled by the ratio of what a second regression, of the logarithm of their squares, gives at the observed and at the draw's own summaries.
/// Summaries that never vary have no say. Throws std::invalid_argument if shapes do not fit, a number is not finite, or fewer than two draws have weight.
Adjusted adjusted(const Accepted& accepted, ResidualSpread spread = ResidualSpread::varies, Penalty penalty = Penalty::cross_validated);

} // namespace entente
