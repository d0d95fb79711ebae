// Which article's prediction holds under which reading, as tables and as JSON.
#pragma once
#include "../experiment/claim_runs.hpp"
#include "looks.hpp"
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace entente::report {

std::string text_of(const Claims& claims, const std::string& scenario, const Looks& looks);
nlohmann::ordered_json json_of(const Claims& claims);

} // namespace entente::report
