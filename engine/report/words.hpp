// Words that several reports use.
#pragma once
#include "../analysis/happenings.hpp"
#include <cstdint>
#include <string>
#include <string_view>

namespace entente::report {

/// Of tables that do not go by the terminal.
inline constexpr std::size_t table_width = 110;
/// 1234567 as "1,234,567".
std::string with_commas(std::uint64_t n);
/// A name in words: "western turn" for "western_turn".
std::string words_of(std::string_view name);
/// Signs of a text in UTF-8.
std::size_t columns(std::string_view text);
/// The text in lines of up to `width` signs, broken at blanks, each but the first after so many blanks; the last ends with a newline too. `begun`: signs that stand before the text in the first line.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent = 0, std::size_t begun = 0);
/// "1 policy", "1,200 policies".
std::string counted(std::uint64_t n, const char* one, const char* several);
/// What stands where an interval or standard error would, of numbers without any spread; null in JSON.
inline constexpr const char* always_the_same = "always the same";
/// Why a run failed: `variable` is a number in the description's list and `value` what it was, or NaN; -1: the run was given up.
std::string cause_text(std::int16_t variable, float value);
/// The outcome class and Russia's orientation at the end of a quarter, as files name them.
std::string class_at(const Told& told, int quarter);
/// As class_at().
std::string orientation_at(const Told& told, int quarter);

} // namespace entente::report
