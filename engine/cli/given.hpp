// --given: conditions on futures, which several commands take.
#pragma once
#include "../analysis/given.hpp"
#include "command.hpp"

namespace entente::cli {

inline constexpr const char* given_meaning =
    "only futures in which this holds: 'EVENT by DATE', 'share_CLASS at DATE', either after 'not', or a quantity and a bound, 'mean trust at 2040Q1 < 0.4'; "
    "several: all of them hold";
/// What --given says, for runs with this start and horizon. Throws UsageError with everything that is wrong with any of them.
std::vector<Given> conditions_from(const char* command, const boost::program_options::variables_map& given, int start, int horizon);

} // namespace entente::cli
