// Two posteriors side by side, and the shifts of a robust one, as text and JSON.
#pragma once
#include "../calibrate/agreement.hpp"
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace entente::report {

/// `a` and `b`: how the two are called.
std::string text_of(const Agreement& agreement, const std::string& a, const std::string& b);
nlohmann::ordered_json json_of(const Agreement& agreement);
std::string text_of(const std::vector<TargetShift>& shifts);
nlohmann::ordered_json json_of(const std::vector<TargetShift>& shifts);

} // namespace entente::report
