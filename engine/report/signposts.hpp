// What to watch for an outcome, in sentences, as a table and as JSON.
#pragma once
#include "../experiment/signpost_runs.hpp"
#include "looks.hpp"
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace entente::report {

std::string text_of(const OutcomeSignposts& signposts, const std::string& scenario, const Looks& looks);
nlohmann::ordered_json json_of(const OutcomeSignposts& signposts);

} // namespace entente::report
