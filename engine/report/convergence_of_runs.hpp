// How sure each number of a result is, in words and as JSON.
#pragma once
#include "../experiment/convergence_of_runs.hpp"
#include "looks.hpp"
#include <nlohmann/json_fwd.hpp>

namespace entente::report {

std::string text_of(const RunConvergence& c, const std::string& name, const Looks& looks);
nlohmann::ordered_json json_of(const RunConvergence& c);
std::string text_of(const SweepConvergence& c, const std::string& name, const Looks& looks);
nlohmann::ordered_json json_of(const SweepConvergence& c);

} // namespace entente::report
