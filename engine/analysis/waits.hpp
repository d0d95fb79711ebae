// When what waits acted in one run: after an event that it saw, while a variable was beyond a line, or once it was.
#pragma once
#include "happenings.hpp"

namespace entente {

/// The quarter in which what it waits for came: the event's, or that at whose end the variable was first beyond the line; -1: not in this run. Of `while`, the same.
int came(const Wait& wait, const Told& told);
/// By quarter, whether it acts.
std::vector<bool> acting(const Wait& wait, const Told& told);
/// What a course came to in this run: a path that waits for nothing.
Course as_it_was(const Course& course, const Told& told);
/// Why it acts from this quarter on: "2 quarters after the succession of 2032Q1", "while sanctions_total (0.63) is above 0.6".
std::string reason(const Wait& wait, const Told& told, int quarter);

} // namespace entente
