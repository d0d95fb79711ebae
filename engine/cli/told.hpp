// The commands and their options as values: what --help explains, and what may follow each.
#pragma once
#include "../report/manual/commands_told.hpp"
#include <boost/program_options.hpp>
#include <string>
#include <vector>

namespace entente::cli {

/// `explained`: the options as the help prints them, whose order and sections are kept.
report::CommandTold command_told(const std::string& command, const boost::program_options::options_description& options, const std::string& explained);
/// Every command, by its own --help.
std::vector<report::CommandTold> all_told();

} // namespace entente::cli
