// How good a forecast was, and what simple ones would have said: for annual series that are cut at a year and predicted from there. Pure functions.
#pragma once
#include "sbc.hpp"
#include <cstdint>
#include <span>
#include <vector>

namespace entente {

/// Mean distance of draws from the observed, less half their mean distance from each other (continuous ranked probability score, Gneiting and Raftery 2007), in the unit of
/// what is observed: 0 is best, and of a single draw it is the absolute error. Throw std::invalid_argument without draws, or if a number is not finite.
double crps(std::span<const double> draws, double observed);
/// As if the forecast's own distribution were scored, of which the draws are a sample: without the favour that the plain form does to large ensembles (Ferro 2014). Throws std::invalid_argument of fewer than two draws.
double crps_fair(std::span<const double> draws, double observed);

/// A central interval of this probability, in (0, 1): its width, and 2 / (1 - level) times what the observed lies outside (Gneiting and Raftery 2007, equation 43). Throws
/// std::invalid_argument if level is not.
double interval_score(double low, double high, double level, double observed);
/// Of forecasts [i], how often central intervals held the observed. Throws std::invalid_argument if they are not equally many.
struct IntervalOf {
    double low = 0, high = 0;
};
/// How many intervals of this nominal level hold what was observed. Throws std::invalid_argument if there are not as many.
Coverage interval_coverage(std::span<const IntervalOf> intervals, std::span<const double> observed, double level);

/// A forecast in closed form: Student's t, moved and stretched. Without spread, a point.
struct StudentForecast {
    double location = 0, scale = 0; ///< in the unit of the series; scale >= 0
    double freedom = 1;             ///< degrees, above 1 for a score
    /// Throws std::invalid_argument if level is not in (0, 1).
    double quantile(double level) const;
    IntervalOf interval(double level) const; ///< central
    /// In closed form (Jordan, Krueger and Lerch 2019, appendix A).
    double crps(double observed) const;
};

/// One value a year at most, years ascending; years may be missing.
struct AnnualSeries {
    std::span<const int> years;
    std::span<const double> values;
};
/// What is known up to the last year of the series of a later one, the noise being as large as in the series. They throw std::invalid_argument if years do not ascend,
/// the year is not after the last, a number is not finite, or years are fewer than are needed for two degrees of freedom (four, four and three).
///
/// Changes from year to year are independent with an unknown mean, which is the line from the first value to the last: over h years, of m changes that span T years, with variance
/// s^2 h (1 + h / T) and m - 1 degrees.
StudentForecast random_walk_with_drift(AnnualSeries series, int year);
/// Least squares, with the usual interval of a new observation.
StudentForecast linear_trend(AnnualSeries series, int year);
/// Changes have mean 0: variance s^2 h with m degrees.
StudentForecast last_value(AnnualSeries series, int year);

} // namespace entente
