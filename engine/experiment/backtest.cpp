#include "backtest.hpp"
#include <filesystem>
#include <fmt/format.h>

namespace entente {

std::string posterior_up_to(const std::string& folder, const Calibration& calibration, int year)
{
    return (std::filesystem::path(folder) / fmt::format("{}_to_{}.h5", calibration.name, year)).string();
}

std::optional<Backtest> backtest(const Calibration& calibration, int year, const BacktestPlace& in, const EnsembleOptions& options, std::string& failure,
                                 const CalibrationListener& listener, const std::atomic<bool>* stop)
{
    const Calibration fitted = fitted_to(calibration, year);
    throw_if_no_score(calibration, year); // before the work
    const PosteriorPlace place{.out = posterior_up_to(in.folder, calibration, year), .resume = true, .force = in.force};
    Calibrated made = calibrate(fitted, options, place, listener, stop);
    failure = std::move(made.failure);
    if (!made.complete) return std::nullopt;
    return backtest_of(calibration, made.posterior, year);
}

} // namespace entente
