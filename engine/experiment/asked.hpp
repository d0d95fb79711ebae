// What is asked of runs, as words: of a sweep at its places in the file.
#pragma once
#include "experiment.hpp"

namespace entente {

/// Throws ScenarioErrors with everything that is wrong with any of them, a date beyond the horizon, or of an event before start, too.
std::vector<Quantity> quantities_of(const std::vector<Asked>& asked, int start, int horizon);
/// "EXPR within HALF_WIDTH", and back; nothing if there is no half-width above 0. Throws as parse_quantity() does.
std::optional<PrecisionAsked> precision_in(const std::string& text);
std::string text_of(const PrecisionAsked& asked);
/// The stops of a sweep whose outcomes are these. Throws ScenarioErrors.
std::vector<Stop> stops_of(const std::vector<StopRule>& rules, const std::vector<Quantity>& outcomes, std::size_t points);

} // namespace entente
