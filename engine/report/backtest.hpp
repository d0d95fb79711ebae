// What a calibration predicts beside forecasts that know nothing but each series' own past, as text, Markdown and JSON.
#pragma once
#include "../calibrate/backtest.hpp"
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace entente::report {

std::string text_of(const Backtest& backtest);
/// For README.
std::string markdown_of(const std::vector<Backtest>& backtests);
nlohmann::ordered_json json_of(const Backtest& backtest);

} // namespace entente::report
