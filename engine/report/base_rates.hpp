// Base rates as tables, with a model's rates beside them.
#pragma once
#include "../analysis/base_rates.hpp"
#include <nlohmann/json_fwd.hpp>

namespace entente::report {

/// Of the world alone.
std::string text_of_base_rates();
/// Keys: results/JSON.md.
nlohmann::ordered_json json_of_base_rates();
/// `heading`: whose runs they are.
std::string text_of(const std::vector<std::optional<ModelRate>>& rates, const std::string& heading);
nlohmann::ordered_json json_of(const std::vector<std::optional<ModelRate>>& rates);

} // namespace entente::report
