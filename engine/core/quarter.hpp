// Calendar quarters: "2025Q1" outside, a count from 2014Q1 inside.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace entente {

/// 44 -> "2025Q1".
std::string quarter_name(int quarter);
/// "2025Q1" -> 44; "2025" alone is its first quarter. Nothing if the text is no date from 2014Q1 to 2199Q4.
std::optional<int> parse_quarter(std::string_view text);
/// Decimal year at the middle of the quarter: 44 -> 2025.125.
constexpr double decimal_year(int quarter) { return 2014.0 + (quarter + 0.5) / 4.0; }

} // namespace entente
