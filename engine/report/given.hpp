// The answer among the futures that meet a condition, in words and as JSON.
#pragma once
#include "../analysis/given_answer.hpp"
#include "looks.hpp"
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace entente::report {

/// "A and B".
std::string all_conditions(const GivenAnswer& answer);
std::string text_of(const GivenAnswer& answer, const std::string& scenario, const Looks& looks);
nlohmann::ordered_json json_of(const GivenAnswer& answer);

} // namespace entente::report
