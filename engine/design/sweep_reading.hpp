// From a sweep's tables to its factors and its design.
#pragma once
#include "../scenario/reading.hpp"
#include "sweep.hpp"

namespace entente {

struct FactorSetting {
    Factor factor;
    Placements placements;
    std::vector<std::array<std::string, 2>> sets; ///< sections and names in a scenario; none without a scenario
};
/// `span` is that of the scenario; without one, the factor sets nothing.
FactorSetting read_factor(const GivenValue& given, std::optional<Span> span, Problems& problems);

/// [design]: how points are laid and how often each is run.
void read_design(Sweep& s, const GivenValue& given, Problems& problems);

} // namespace entente
