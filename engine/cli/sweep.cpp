// sweep: policies under the same uncertainties, over the points of a design.
#include "../experiment/carry_out.hpp"
#include "inputs.hpp"
#include "options.hpp"
#include "ranks_here.hpp"
#include "results.hpp"
#include "terminal.hpp"
#include <fmt/format.h>

namespace entente::cli {

namespace po = boost::program_options;

int sweep_command(const std::vector<std::string>& arguments)
{
    po::options_description options("Options");
    options.add(overlay_options()).add(ensemble_options(false)).add(experiment_options());
    options.add_options()("keep", po::value<std::string>()->default_value("outcomes"),
                          "what the file keeps of every run besides what was asked: none, or outcomes (classes and events); `entente replay` gives the whole of any run")(
        "replicates", po::value<std::uint32_t>(), "runs per point and policy, instead of the file's; with [stop] at most so many")("json",
                                                                                                                                   "the estimates as JSON on standard output");
    const auto given = parse("sweep", arguments, options, {"FILE"});
    if (given.count("runs") != 0) throw UsageError("entente sweep: --runs belongs to a plain run; --replicates says how many runs each point and policy has");
    const auto replicates = given.count("replicates") != 0 ? std::optional(given["replicates"].as<std::uint32_t>()) : std::nullopt;
    if (replicates == 0u) throw UsageError("--replicates: at least 1, got 0");
    const EnsembleOptions ensemble = ensemble_from(given);
    if (ensemble.keep > Keep::outcomes) throw UsageError("entente sweep: --keep: none or outcomes; `entente replay` gives the whole of any single run");
    throw_if_for_another_command("sweep", given["FILE"].as<std::string>());
    const Experiment experiment = sweep_experiment(read_sweep(given["FILE"].as<std::string>(), overlay_from(given)), ensemble, replicates, command_line("sweep", arguments));
    say(experiment.notes);
    const Place place = place_from(given, experiment.sweep->name);
    watch_for_interruption();
    const Done finished = carry_out(experiment, place, listener_on(std::make_shared<ProgressLine>(experiment.sweep->name)), &interruption(), ranks());
    return conclude(finished, given.count("json") != 0 ? As::json : As::text);
}

} // namespace entente::cli
