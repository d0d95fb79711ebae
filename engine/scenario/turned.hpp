// What a reader of a page sets, laid over a scenario.
#pragma once
#include "scenario.hpp"

namespace entente {

/// A lever stands at a value from `start` to the horizon, whatever the scenario has of it.
void hold_lever(Scenario& scenario, std::size_t lever, double value);
/// Every run has this alternative of a structure.
void hold_structure(Scenario& scenario, std::size_t structure, std::size_t alternative);

} // namespace entente
