// Targets that a model cannot meet: each summary's mean may be shifted, at a price (Frazier and Drovandi 2021, robust Bayesian synthetic likelihood). A shift that the data ask for shows the
// target, and keeps it from dragging the parameters along. Pure functions.
#pragma once
#include "synthetic_likelihood.hpp"
#include "uniforms.hpp"
#include <string>

namespace entente {

inline constexpr double shift_scale = 0.5; ///< of a shift's prior, a Laplace distribution about 0, in standard deviations of a run: half of it is within .35, 95 % within 1.5

/// The observed without its shifts: [summary], in units of `deviations`.
std::vector<double> without_shifts(std::span<const double> observed, std::span<const double> shifts, std::span<const double> deviations);
/// Draws each shift anew given the others, the runs and the observed, by slice sampling (Neal 2003).
std::vector<double> next_shifts(std::vector<double> shifts, const RunMoments& moments, std::span<const double> observed, std::span<const double> deviations, NormalDensity density,
                                UniformStream& uniforms);

/// A summary's shift, in standard deviations of a run.
struct TargetShift {
    std::string summary;
    double median = 0, low = 0, high = 0; ///< of the posterior: the middle 99 %
    double prior_high = 0;                ///< of the prior: 99 % is within +- this
    bool unmet = false; ///< by any parameters that the other targets allow: the interval does not hold 0, and the median is beyond one standard deviation of a run
};
/// From draws, [draw][summary].
std::vector<TargetShift> shifts_of(std::span<const double> draws, std::span<const std::string> summaries);
/// Which targets cannot be met and by how much the model misses them, in words; empty if all can.
std::string to_text(std::span<const TargetShift> shifts);

} // namespace entente
