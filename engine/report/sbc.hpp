// What simulation-based calibration found, as text and JSON.
#pragma once
#include "../calibrate/sbc_table.hpp"
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace entente::report {

/// `ascii`: bars of histograms in signs of seven bits.
std::string text_of(const SbcSummary& summary, const SbcTable& table, bool ascii);
nlohmann::ordered_json json_of(const SbcSummary& summary, const SbcTable& table);

} // namespace entente::report
