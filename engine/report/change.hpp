// A change with its interval: of shares in points of 100, of all else in its own unit.
#pragma once
#include "../analysis/quantity.hpp"
#include "../core/interval.hpp"
#include "looks.hpp"
#include <nlohmann/json_fwd.hpp>

namespace entente::report {

/// "+12.3 ±0.4"; without ±, "+12.3", where no interval is known, and "0" for what never changes.
std::string change_text(const Interval& change, const Quantity& quantity, const Looks& looks);
/// "+12.3": the estimate alone.
std::string change_text(double change, const Quantity& quantity);
/// "3.2 %" or "0.412".
std::string level_text(double level, const Quantity& quantity);
/// Whether its interval leaves out 0.
bool is_beyond_chance(const Interval& change);
/// Estimate, low and high; ends null where they are not known.
nlohmann::ordered_json json_of(const Interval& change);

} // namespace entente::report
