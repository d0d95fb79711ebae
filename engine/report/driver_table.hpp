// What each driver does, as a table.
#pragma once
#include "../analysis/driver_effects.hpp"
#include "looks.hpp"
#include <string>

namespace entente::report {

/// For each driver where its dial stands and what its variable comes to there; then, with the dial at either end, the variable and what changes: the alignment index, the shares of the classes
/// that any driver moves most, as many as there is room for, and of the vassal and the western turn.
std::string driver_table(const DriverEffects& effects, const Looks& looks);

} // namespace entente::report
