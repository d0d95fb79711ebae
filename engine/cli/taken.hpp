// What an option or a place of a command takes, from the tables that the command itself goes by: for the shells' completions.
#pragma once
#include "../report/manual/commands_told.hpp"
#include <string_view>

namespace entente::cli {

report::ValueTaken value_taken(std::string_view command, std::string_view option);
/// `usage`: as the overview has it, "show FILE.h5|PARTS".
std::vector<report::ValueTaken> places_taken(std::string_view command, std::string_view usage);

} // namespace entente::cli
