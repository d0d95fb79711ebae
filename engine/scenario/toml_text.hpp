// Values as a scenario's file has them.
#pragma once
#include "scenario.hpp"

namespace entente {

std::string number_text(double x);            ///< the shortest text that TOML reads back as the same number
std::string toml_text(std::string_view text); ///< as a TOML string on one line
/// "{ log_normal = [0.3, 0.25] }".
std::string toml_of(const Distribution& distribution);
/// Of a structure's weights: its one answer, or those that have any.
std::string toml_of_mixture(const std::vector<double>& weights, std::size_t structure);

} // namespace entente
