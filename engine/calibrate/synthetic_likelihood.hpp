// How likely the observed summaries are under parameters from which only simulations are known: as if summaries were normal, with mean and covariance of some runs (Wood 2010).
// And how implausible they are where only moments are known. Pure functions.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace entente {

enum class NormalDensity : std::uint8_t {
    plug_in, ///< with the runs' mean and covariance as if they were known; two runs more than summaries
    unbiased ///< whose exponential has the density itself as its mean over sets of runs (Ghurye and Olkin 1969; Price, Drovandi, Lee and Nott 2018); four runs more
};
/// Logarithm of the density at the observed, [summary], from runs, [run][summary]. Minus infinity where the unbiased one is 0, or runs vary in fewer directions
/// than there are summaries. Throws std::invalid_argument if shapes do not fit, there are too few runs, or a number is not finite.
double synthetic_log_likelihood(std::span<const double> runs, std::span<const double> observed, NormalDensity density = NormalDensity::unbiased);

/// All that the density needs of the runs.
struct RunMoments {
    std::size_t runs = 0;
    std::vector<double> mean;       ///< [summary]
    std::vector<double> covariance; ///< [summary][summary], over runs - 1
    std::vector<double> precision; ///< [summary][summary]: inverse of the scatter, sum of squares and products about the mean. None if runs vary in fewer directions than there are summaries
    double log_determinant = 0; ///< of the scatter
};
/// Throws as synthetic_log_likelihood() does, but asks for two runs more than summaries.
RunMoments moments_of(std::span<const double> runs, std::size_t summaries);
/// Squared distance of the observed from the mean, in units of the scatter.
double squared_distance(const RunMoments& moments, std::span<const double> observed);
/// The same logarithm at such a distance, and the part of it that the distance has a say in.
double synthetic_log_likelihood(const RunMoments& moments, double squared_distance, NormalDensity density);
/// The part that hangs on the distance.
double log_likelihood_part(const RunMoments& moments, double squared_distance, NormalDensity density);

/// Probability that normal runs, [run][summary], are as skewed as these (Mardia 1970): small where a likelihood as if they were normal is in doubt. NaN if they vary in fewer directions than
/// there are summaries.
double skewness_p(std::span<const double> runs, std::size_t summaries);

/// A target and what is expected of it.
struct TargetFit {
    double observed = 0, expected = 0;
    double variance = 0; ///< sum of those of observation, of the simulator or its mean, and of what the model leaves out; above 0
};
/// Distances in standard deviations, the largest first: beyond 3 a target rules parameters out, whatever the distribution, if it has one mode (Pukelsheim 1994; Vernon, Goldstein
/// and Bower 2010). Throws std::invalid_argument if a variance is not above 0 or a number is not finite.
std::vector<double> implausibilities(std::span<const TargetFit> targets);

} // namespace entente
