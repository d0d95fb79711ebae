// A simulator whose summaries are what a ruler makes of another's: as few as there are parameters, if it reduces them. Pure functions.
#pragma once
#include "ruler.hpp"
#include "simulator.hpp"

namespace entente {

/// The ruler's coordinates, in which what was observed is 0 in each. A summary that failed leaves no coordinate finite. Throws std::invalid_argument if shapes do not fit.
Simulator reduced(const Simulator& simulator, const Ruler& ruler, std::span<const double> observed);

} // namespace entente
