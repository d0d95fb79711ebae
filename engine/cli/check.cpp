// check: what a scenario or sweep comes to, without running it.
#include "../experiment/expectations.hpp"
#include "../report/documents.hpp"
#include "../report/scenario.hpp"
#include "inputs.hpp"
#include "options.hpp"
#include "results.hpp"
#include <fmt/format.h>

namespace entente::cli {

namespace po = boost::program_options;

int check_command(const std::vector<std::string>& arguments)
{
    po::options_description options("Options");
    options.add(overlay_options());
    options.add_options()("all", "the defaults that are taken, too")("json", "all of it as JSON");
    const auto given = parse("check", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    throw_if_for_another_command("check", file);
    const bool json = given.count("json") != 0;
    const auto defaults = given.count("all") != 0 ? report::Defaults::shown : report::Defaults::counted;
    if (is_sweep(file)) {
        const Experiment e = sweep_experiment(read_sweep(file, overlay_from(given)), {});
        say(e.notes);
        tell("{}", json ? report::printed(report::document("sweep_file", e.provenance), report::json_of(e)) : report::text_of(e, defaults));
        return done;
    }
    const Scenario scenario = read_scenario(file, overlay_from(given));
    expected_quantities(scenario, scenario.start, scenario.horizon);
    say(oddities(scenario));
    tell("{}", json ? report::printed(report::document("scenario", scenario), report::json_of(scenario)) : report::text_of(scenario, defaults));
    return done;
}

} // namespace entente::cli
