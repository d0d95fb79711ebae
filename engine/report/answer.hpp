// The answer that a person came for.
#pragma once
#include "../analysis/answer.hpp"
#include "looks.hpp"
#include <nlohmann/json_fwd.hpp>

namespace entente::report {

/// What happens and how sure it is, a picture of the classes over time, their shares with half the 95 % interval and with their range over readings, what the drivers do, the events that more
/// than one future in a hundred sees, and the indicators; of `all` every report date, event and interval. Shares in %. No line is wider than `looks` has it; what that leaves out is said.
std::string text_of(const Answer& answer, const Looks& looks);
/// The same with full precision; shares in [0, 1], dates as quarters, "2045Q1".
nlohmann::ordered_json json_of(const Answer& answer);

} // namespace entente::report
