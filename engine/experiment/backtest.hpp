// A calibration held to what it did not see: fitted up to a year, scored on the years after it.
#pragma once
#include "../calibrate/backtest.hpp"
#include "calibrate.hpp"
#include <optional>

namespace entente {

/// Where the posterior of the years up to this one is kept: "results/baseline_to_2017.h5".
std::string posterior_up_to(const std::string& folder, const Calibration& calibration, int year);
/// Where posteriors of the years up to each go.
struct BacktestPlace {
    std::string folder;
    bool force = false; ///< make posteriors that are there again
};
/// Calibrates up to the year, unless its posterior is there, and scores. Nothing if it was interrupted; what is finished stays and is gone on with. `failure`: why there is no posterior.
std::optional<Backtest> backtest(const Calibration& calibration, int year, const BacktestPlace& in, const EnsembleOptions& options, std::string& failure,
                                 const CalibrationListener& listener = {}, const std::atomic<bool>* stop = nullptr);

} // namespace entente
