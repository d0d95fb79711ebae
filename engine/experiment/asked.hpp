// What is asked of runs, as words: of a sweep at its places in the file.
#pragma once
#include "experiment.hpp"

namespace entente {

/// Throws ScenarioErrors with everything that is wrong with any of them, a date beyond the horizon, or of an event before start, too.
std::vector<Quantity> quantities_of(const std::vector<Asked>& asked, int start, int horizon);
/// "EXPR within HALF_WIDTH", and back; nothing if there is no half-width above 0. Throws as parse_quantity() does.
std::optional<PrecisionAsked> precision_in(const std::string& text);
std::string text_of(const PrecisionAsked& asked);
/// What an experiment was asked to stop by: "rupture by 2045Q1 within 0.005, at most 100000 runs".
std::string rule_text(const StopReport& stop);
/// The stops of a sweep whose outcomes are these. Throws ScenarioErrors.
std::vector<Stop> stops_of(const std::vector<StopRule>& rules, const std::vector<Quantity>& outcomes, std::size_t points);
/// What a piece's runs come to, [outcome][run]; NaN: the run failed.
std::vector<double> outcomes_of(const std::vector<Quantity>& quantities, const FinishedPiece& finished);

} // namespace entente
