// Words that several reports use.
#pragma once
#include <cstdint>
#include <string>

namespace entente::report {

/// 1234567 as "1,234,567".
std::string with_commas(std::uint64_t n);
/// Why a run failed: `variable` is a number in the description's list and `value` what it was, or NaN; -1: the run was given up.
std::string cause_text(std::int16_t variable, float value);

} // namespace entente::report
