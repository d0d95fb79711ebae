// An event seen and done, side by side, in words and as JSON.
#pragma once
#include "../experiment/contrast_runs.hpp"
#include "looks.hpp"
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace entente::report {

/// `asked`: the quantities are the user's own; else of report dates, and the short answer shows one of them.
std::string text_of(const EventContrast& contrast, const Scenario& scenario, bool asked, const Looks& looks);
nlohmann::ordered_json json_of(const EventContrast& contrast);

} // namespace entente::report
