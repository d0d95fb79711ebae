// An experiment at work, in words: what is worth knowing, how well outcomes are known, which run was picked, what failed, and what is not as it was.
#pragma once
#include "../experiment/again.hpp"
#include "../experiment/again_sweep.hpp"
#include <nlohmann/json_fwd.hpp>

namespace entente::report {

/// A line.
std::string text_of(const Note& note);
/// "run 7, 2031Q2: outcome code 3 in the file, 2 now".
std::string text_of(const Departure& departure);
std::string text_of(const SweepDeparture& departure);
/// How well what was to be known is known: a line, then one for each outcome, with line breaks.
std::string text_of(const StopReport& stops, std::size_t width);
nlohmann::ordered_json json_of(const StopReport& stops);
/// Why this run: "nearest to the median of 'mean trust at 2045Q1' over 1,000 runs: 0.3512, this run has 0.3511".
std::string text_of(const PickedRun& picked);

/// How what lies in a folder of parts comes to a result. `finished`: nothing is missing of it.
std::string way_on(const Shard& shard, bool finished);
/// "run 7, 2031Q2, trust is no number".
std::string text_of(const Summary::Failure& failure);

} // namespace entente::report
