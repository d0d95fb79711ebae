// What calibration changed, as a table.
#pragma once
#include "../analysis/prior_effects.hpp"
#include "looks.hpp"
#include <string>

namespace entente::report {

/// Class by class at `quarter`, one of the dates, and in words which shares move beyond chance.
std::string prior_table(const PriorEffects& effects, int quarter, const Looks& looks);

} // namespace entente::report
