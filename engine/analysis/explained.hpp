// How likely the entries of a story were, and which of their influences were decisive: by the model itself, from the world in which the run stood, with
// no rule written twice.
//
// Odds: other runs are held to this run's world at the end of every second quarter, by pins on all owned variables, and take the quarter after it on
// their own, with other random numbers. What happens in how many of them is the chance that the model gives it. Agents' private columns are not
// held: rules that read only shared variables, and all that are asked here do, are not touched by that.
// Decisive influences: the same with the run's own random numbers and the influence held where it stood a year before. If the entry is then not there,
// it would not have happened, by the same luck, without that year's change.
#pragma once
#include "narrative.hpp"

namespace entente {

/// The story with its `odds` and `decisive` filled in, for entries that have a rule; imposed ones have none. `samples` other runs give the odds, each
/// with a standard error of sqrt(p (1 - p) / samples); for decisions `samples` times how often they are to be taken.
/// 0 threads: all cores; the story does not depend on their number.
std::vector<Entry> explained(std::vector<Entry> story, const Told& told, const Kernel& kernel, std::uint32_t samples, unsigned threads = 0);

} // namespace entente
