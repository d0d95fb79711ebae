// Words that several reports use.
#pragma once
#include "../analysis/happenings.hpp"
#include <cstdint>
#include <string>

namespace entente::report {

/// 1234567 as "1,234,567".
std::string with_commas(std::uint64_t n);
/// Why a run failed: `variable` is a number in the description's list and `value` what it was, or NaN; -1: the run was given up.
std::string cause_text(std::int16_t variable, float value);
/// The outcome class and Russia's orientation at the end of a quarter, as files name them.
std::string class_at(const Told& told, int quarter);
std::string orientation_at(const Told& told, int quarter);

} // namespace entente::report
