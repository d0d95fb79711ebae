// A result's answer with what was observed since, beside the answer without.
#pragma once
#include "../experiment/assimilate.hpp"
#include "looks.hpp"
#include <nlohmann/json_fwd.hpp>

namespace entente::report {

/// What was observed and what it leaves of the runs, then shares, events and indicators before and after. `scenario`: its name.
std::string text_of(const Assimilated& assimilated, const Observed& observed, const std::string& scenario, const Looks& looks);
nlohmann::ordered_json json_of(const Assimilated& assimilated, const Observed& observed);

} // namespace entente::report
