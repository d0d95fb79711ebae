// The history beside the data, for a run that ends with it.
#pragma once
#include "../analysis/patterns.hpp"
#include <nlohmann/json_fwd.hpp>

namespace entente::report {

/// A table for each pattern: date, data, model and their difference in the variable's unit, then where the data come from.
std::string text_of(const std::vector<Pattern>& patterns, std::size_t width);
/// The same with full precision.
nlohmann::ordered_json json_of(const std::vector<Pattern>& patterns);

} // namespace entente::report
