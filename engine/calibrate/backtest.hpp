// How well a posterior of the years up to one predicts those after it, beside the same model under its prior and three forecasts that know nothing but each series' own past. Pure functions.
#pragma once
#include "../store/posterior.hpp"
#include "calibration.hpp"
#include "scores.hpp"
#include <array>
#include <string>
#include <vector>

namespace entente {

inline constexpr const char* forecast_names[] = {"model", "uncalibrated model", "random walk with drift", "linear trend", "last value"};
inline constexpr std::size_t of_model = 2; ///< forecasts: under the posterior and under the prior
inline constexpr std::size_t forecasts = std::size(forecast_names);

/// A series' forecasts, scored.
struct BacktestTarget {
    std::string target;
    std::uint32_t years = 0;                                    ///< that were predicted
    std::array<double, forecasts> crps{};                       ///< mean over years, on the scale on which the target's error is normal
    double change = 0;                                          ///< mean absolute change from year to year of what was known: the unit in which targets are put together
    std::array<std::array<std::uint32_t, 4>, forecasts> hits{}; ///< [forecast][level]: years inside the central interval, at coverage_levels
};
/// All of one year's forecasts, scored.
struct Backtest {
    int year = 0; ///< the last that is known
    std::vector<BacktestTarget> targets;
    std::vector<std::string> left_out;                         ///< targets that have years to predict, and before them too few, or no years but quarters, or no change
    std::array<double, forecasts> crps{};                      ///< mean over targets of CRPS / change
    std::array<std::array<Coverage, 4>, forecasts> coverage{}; ///< of all predicted values; they depend on each other, so that intervals are too narrow
};
/// Throws std::invalid_argument if no target can be scored.
void throw_if_no_score(const Calibration& calibration, int year);
/// `calibration`: the whole one, which says what is a target; `posterior`: of fitted_to(calibration, the last quarter of the year). Throws std::invalid_argument if they do not belong together
/// or no target can be scored.
Backtest backtest_of(const Calibration& calibration, const Posterior& posterior, int year);

} // namespace entente
