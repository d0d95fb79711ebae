// run: a scenario into a result file and an answer; or a result file again, to see whether the bits are the same.
#include "../core/text.hpp"
#include "../experiment/again.hpp"
#include "../experiment/again_sweep.hpp"
#include "../experiment/asked.hpp"
#include "../experiment/expectations.hpp"
#include "../report/documents.hpp"
#include "../report/result.hpp"
#include "inputs.hpp"
#include "options.hpp"
#include "ranks_here.hpp"
#include "results.hpp"
#include "terminal.hpp"
#include <fmt/format.h>

namespace entente::cli {

namespace po = boost::program_options;

/// "EXPR within HALF_WIDTH".
static PrecisionAsked stop_from(const std::string& text)
{
    try {
        if (const auto stop = precision_in(text)) {
            const std::string fault = fault_of_share(stop->outcome, stop->half_width);
            if (fault.empty()) return *stop;
            throw UsageError(fmt::format("--stop: '{}' within {}", stop->outcome.text, fault));
        }
    } catch (const std::invalid_argument& e) {
        throw UsageError(fmt::format("--stop: {}", e.what()));
    }
    throw UsageError(fmt::format("--stop: EXPR within HALF_WIDTH, such as 'rupture by 2045Q1 within 0.005', got '{}'", text));
}

/// Whether nothing is to be kept. Throws UsageError if something else that is asked for needs what is kept.
static bool without_file(const po::variables_map& given)
{
    const bool out = given.count("out") != 0, dash = out && given["out"].as<std::string>() == "-";
    if (given.count("no-file") == 0) {
        if (!dash) return false;
    } else if (out && !dash) throw UsageError("--no-file and --out FILE: one of them");
    for (const char* const option : {"resume", "force", "shard", "stop", "keep"})
        if (given.count(option) != 0 && !given[option].defaulted()) throw UsageError(fmt::format("--{}: needs what a file keeps of the runs, and --no-file keeps nothing", option));
    return true;
}

static int simulate(const std::string& file, const po::variables_map& given, const std::string& line)
{
    const Scenario scenario = read_scenario(file, overlay_from(given));
    const BesideAsked beside = beside_from(given, scenario, file);
    expected_quantities(scenario); // before hours are spent on what cannot be evaluated
    const EnsembleOptions options = ensemble_from(given);
    std::vector<PrecisionAsked> stops;
    if (given.count("stop") != 0)
        for (const std::string& text : given["stop"].as<std::vector<std::string>>()) stops.push_back(stop_from(text));
    const Experiment experiment = plain_experiment(scenario, options, stops, line, beside);
    say(experiment.notes);
    const bool unkept = without_file(given);
    const Place place = unkept ? Place() : place_from(given, scenario.name);
    watch_for_interruption();
    const auto listener = [&] { return listener_on(std::make_shared<ProgressLine>(scenario.name)); }; // whose line is gone before the answer is printed
    const Done finished = unkept ? carry_out_unkept(experiment, listener(), &interruption()) : carry_out(experiment, place, listener(), &interruption(), ranks());
    return conclude(finished, as_given(given));
}

static int repeat(const std::string& file, const po::variables_map& given)
{
    const StoredResult stored = reading("run", [&] { return read_result(file); });
    const EnsembleOptions options = ensemble_from(given);
    say_if_another_engine(stored.provenance);
    watch_for_interruption();
    const Repeated again = reading(
        "run", [&] { return entente::repeat(stored, file, options, listener_on(std::make_shared<ProgressLine>(stored.provenance.scenario_name)), &interruption()); });
    if (again.made < again.runs) {
        talk("Interrupted after {} of {} runs.\n", again.made, again.runs);
        return interrupted_exit;
    }
    if (again.given_up) talk("{}: runs that were given up are compared until then; summaries, which leave them out, are not compared.\n", file);
    tell("{}", given.count("json") != 0 ? report::printed(report::document("repetition", stored.provenance), report::json_of(again, file)) : report::text_of(again, file));
    return again.departure ? failed : done;
}

static int repeat_sweep(const std::string& file, const po::variables_map& given)
{
    const StoredSweep stored = reading("run", [&] { return read_sweep_result(file); });
    const EnsembleOptions options = ensemble_from(given);
    say_if_another_engine(stored.head.provenance);
    watch_for_interruption();
    const RepeatedSweep again = reading(
        "run", [&] { return entente::repeat_sweep(stored, file, options, listener_on(std::make_shared<ProgressLine>(stored.head.provenance.scenario_name)), &interruption()); });
    if (again.made < again.runs && !again.departure) {
        talk("Interrupted after {} of {} runs.\n", again.made, again.runs);
        return interrupted_exit;
    }
    if (again.given_up > 0) talk("{}: {} runs were given up and are compared until then, without their outcomes.\n", file, again.given_up);
    tell("{}", given.count("json") != 0 ? report::printed(report::document("sweep_repetition", stored.head.provenance), report::json_of(again, file)) : report::text_of(again, file));
    return again.departure ? failed : done;
}

int run_command(const std::vector<std::string>& arguments)
{
    po::options_description options("Options");
    options.add(overlay_options()).add(ensemble_options(true)).add(experiment_options()).add(beside_options());
    options.add_options()("stop", po::value<std::vector<std::string>>(),
                          "stop once this is known so well, such as 'rupture by 2045Q1 within 0.005' (half-width of the 95 % interval); "
                          "`runs` is then the most; may be given several times")("no-file", "write nothing, print the answer alone; --out - means the same")("all", all_meaning)(
        "json", "the answer as JSON on standard output");
    const po::variables_map given = parse("run", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    throw_if_for_another_command("run", file);
    const Input input = input_of(file);
    if (input == Input::sweep_result) return repeat_sweep(file, given);
    return input == Input::run_result || file.ends_with(".h5") ? repeat(file, given) : simulate(file, given, command_line("run", arguments));
}

} // namespace entente::cli
