// claims: which article's prediction holds under which reading.
#include "../experiment/claim_runs.hpp"
#include "../experiment/again.hpp"
#include "../report/claims.hpp"
#include "../report/documents.hpp"
#include "inputs.hpp"
#include "options.hpp"
#include "results.hpp"
#include "terminal.hpp"
#include <fmt/format.h>

namespace entente::cli {

namespace po = boost::program_options;

int claims_command(const std::vector<std::string>& arguments)
{
    po::options_description of_scenarios("Of a scenario; a result has its own");
    of_scenarios.add(setting_options()).add(ensemble_options(false));
    po::options_description options("FILE: a scenario (.toml) or a result of `run` (.h5). The articles dispute fifteen questions, and a scenario answers each. Here the answers "
                                    "are drawn, where the scenario does not set them, and each prediction of the articles is looked at in all futures and in those with each "
                                    "answer: by how many futures it is met, and whether it holds. Futures are simulated.\n\nOptions");
    options.add_options()("futures", po::value<std::uint32_t>()->default_value(4000), "so many of each kind: as the scenario has it, with peace, with an offer, with another leader, with all")(
        "all", "each prediction's condition, claims, and share under every answer")("json", "as JSON on standard output")("save", save_meaning);
    options.add(of_scenarios);
    const po::variables_map given = parse("claims", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    const auto futures = given["futures"].as<std::uint32_t>();
    if (futures < least_claim_futures || futures > most_claim_futures)
        throw UsageError(fmt::format("entente claims: --futures: a number from {} to {}, got {}", least_claim_futures, most_claim_futures, futures));
    throw_if_for_another_command("claims", file);
    const bool result = input_of(file) == Input::run_result || file.ends_with(".h5");
    std::optional<ReplaySource> source;
    if (result) {
        for (const char* const option : {"seed", "parameters", "set"})
            if (given.count(option) != 0) throw UsageError(fmt::format("entente claims: --{} is for a scenario; a result has its own", option));
        source = reading("claims", [&] { return replay_source(file); });
        say_if_another_engine(source->provenance);
    } else if (given.count("save") != 0) throw UsageError("entente claims: --save keeps it in a result, and this is a scenario");
    const Scenario scenario = result ? source->scenario : read_scenario(file, overlay_from(given));
    if (scenario.horizon < scenario.start) throw UsageError(fmt::format("entente claims: {}: is history alone, and has no future of which something is predicted", file));
    EnsembleOptions ensemble = ensemble_from(given);
    if (result) ensemble.precision = source->provenance.precision;
    watch_for_interruption();
    const auto found = judge_claims(scenario, futures, ensemble, listener_on(std::make_shared<ProgressLine>(scenario.name)), &interruption());
    if (!found) return ended_early();
    const As as = as_given(given);
    const std::string printed = report::printed(result ? report::document("judged_claims", source->provenance) : report::document("judged_claims", scenario), report::json_of(*found));
    if (result) keep_if_asked(given, file, "claims", printed);
    if (as == As::json) tell("{}", printed);
    else tell("{}", report::text_of(*found, scenario.name, looks_of_output(as == As::all ? report::Detail::all : report::Detail::first)));
    return done;
}

} // namespace entente::cli
