// The answer that a person came for.
#pragma once
#include "../analysis/answer.hpp"
#include <nlohmann/json_fwd.hpp>

namespace entente::report {

enum class Charts : std::uint8_t { none, drawn };

/// For a terminal of 180 columns: the sentence, a table of outcome classes and orientations at the report dates (% of futures, 95 % Jeffreys interval), the events' shares
/// and median dates, and the indicators' medians with their 5 and 95 % quantiles, in their own units. `charts`: beside each indicator its median's course, in UTF-8.
std::string text_of(const Answer& answer, Charts charts);
/// The same with full precision; shares in [0, 1], dates as quarters, "2045Q1".
nlohmann::ordered_json json_of(const Answer& answer);

} // namespace entente::report
