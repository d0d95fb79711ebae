// What a scenario, or the data of history, imposes on a run, as the story sees it.
#pragma once
#include "narrative.hpp"

namespace entente {

/// Whether the variable in which it shows, or a forced event that brings it about, is set in this quarter.
bool is_imposed(const Happening& happening, const Told& told, int quarter);
/// The same of a variable, by its name.
bool is_pinned(std::string_view variable, const Told& told, int quarter);

/// Levers, pins and forced events from the free world's start up to quarter `end`, not included: each straight stretch is one entry, the first of them
/// of the first rank. Forced events that show in one of the happenings are told there.
std::vector<Entry> told_impositions(const Told& told, int end);

} // namespace entente
