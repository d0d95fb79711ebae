// What the file is that a command is given, and what to do with it instead where it is not what the command takes.
#pragma once
#include "../experiment/again.hpp"
#include "command.hpp"
#include <cstdint>
#include <string>

namespace entente::cli {

enum class Input : std::uint8_t { scenario, sweep, calibration, run_result, sweep_result, posterior, parts, folder, unknown };
/// By what it holds; a text that is no sweep is a scenario if its name says so.
Input input_of(const std::string& path);
/// Throws UsageError with what to do instead, if the command takes no such file. What is unknown is left to the command.
void throw_if_for_another_command(const char* command, const std::string& path);

/// --policy, --point.
boost::program_options::options_description source_options();
/// A result whose runs are to be simulated again; of a sweep the policy and point that are given. Throws UsageError if it cannot be read.
ReplaySource source_of(const char* command, const std::string& file, const boost::program_options::variables_map& given);

} // namespace entente::cli
