// man: the manual page, for man(1).
#include "../report/manual/manual.hpp"
#include "../version.hpp"
#include "command.hpp"
#include "told.hpp"

namespace entente::cli {

int man_command(const std::vector<std::string>& arguments)
{
    parse("man", arguments, boost::program_options::options_description("Prints the manual page: all commands with all options. To read it: entente man | man -l -\n\nOptions"), {});
    tell("{}", report::manual_page(
                   all_told(),
                   {.version = build().version,
                    .date = build().released,
                    .overview = "`entente` simulates the tie between Russia and China quarter by quarter, thousands of times, under stated assumptions, and says in how many of "
                                "these futures they ally, align, trade, drift apart or break, when, and by which mechanism.\n\nShares of futures hold under the "
                                "assumptions of a scenario. They are no forecast."}));
    return done;
}

} // namespace entente::cli
