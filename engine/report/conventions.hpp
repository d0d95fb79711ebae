// What classes come to under other weights and thresholds, in words and as JSON.
#pragma once
#include "../experiment/conventions.hpp"
#include "looks.hpp"
#include <nlohmann/json_fwd.hpp>

namespace entente::report {

/// `at`: the quarter that is told of.
std::string text_of(const std::vector<DatedConventions>& all, int at, const std::string& scenario, const Looks& looks);
nlohmann::ordered_json json_of(const std::vector<DatedConventions>& all);

} // namespace entente::report
