// Words that several reports use.
#pragma once
#include "../analysis/happenings.hpp"
#include <cstdint>
#include <string>

namespace entente::report {

/// 1234567 as "1,234,567".
std::string with_commas(std::uint64_t n);
/// The text in lines of up to `width` signs, broken at blanks; the last ends with a newline too.
std::string wrapped(const std::string& text, std::size_t width);
/// "1 policy", "1,200 policies".
std::string counted(std::uint64_t n, const char* one, const char* several);
/// What stands where an interval or standard error would, of numbers without any spread; null in JSON.
inline constexpr const char* always_the_same = "always the same";
/// Why a run failed: `variable` is a number in the description's list and `value` what it was, or NaN; -1: the run was given up.
std::string cause_text(std::int16_t variable, float value);
/// The outcome class and Russia's orientation at the end of a quarter, as files name them.
std::string class_at(const Told& told, int quarter);
std::string orientation_at(const Told& told, int quarter);

} // namespace entente::report
