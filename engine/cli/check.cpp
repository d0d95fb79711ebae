// check: what a scenario or sweep comes to, without running it.
#include "../experiment/asked.hpp"
#include "../report/json.hpp"
#include "../report/scenario.hpp"
#include "options.hpp"
#include "results.hpp"
#include <fmt/format.h>

namespace entente::cli {

namespace po = boost::program_options;

int check_command(const std::vector<std::string>& arguments)
{
    po::options_description options("Options");
    options.add(overlay_options());
    options.add_options()("json", "the same as JSON");
    const auto given = parse("check", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    const bool json = given.count("json") != 0;
    if (is_sweep(file)) {
        const Experiment e = sweep_experiment(read_sweep(file, overlay_from(given)), {});
        say(e.notes);
        fmt::print("{}", json ? report::printed(report::json_of(e)) : report::text_of(e));
        return done;
    }
    const Scenario scenario = read_scenario(file, overlay_from(given));
    std::vector<Asked> expected;
    for (const Expectation& e : scenario.expectations) expected.push_back({e.quantity, e.origin});
    quantities_of(expected, scenario.start, scenario.horizon);
    fmt::print("{}", json ? report::printed(report::json_of(scenario)) : resolved_toml(scenario));
    return done;
}

} // namespace entente::cli
