// Which inputs drive an outcome, as tables for readers and for programs.
#pragma once
#include "../experiment/sensitivity.hpp"
#include "looks.hpp"
#include <nlohmann/json_fwd.hpp>

namespace entente::report {

/// `shown`: inputs of each outcome at most, the largest first; 0: all.
std::string text_of(const SensitivityStudy& study, std::size_t shown, const Looks& looks);
nlohmann::ordered_json json_of(const SensitivityStudy& study);

} // namespace entente::report
