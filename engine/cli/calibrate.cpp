// calibrate: what was observed into a posterior of the assumptions.
#include "../experiment/calibrate.hpp"
#include "../calibrate/diagnosis.hpp"
#include "../report/diagnosis.hpp"
#include "../report/documents.hpp"
#include "../report/words.hpp"
#include "command.hpp"
#include "generation_line.hpp"
#include "options.hpp"
#include "ranks_here.hpp"
#include "terminal.hpp"
#include <filesystem>
#include <fmt/format.h>

namespace entente::cli {

namespace po = boost::program_options;

namespace {

PosteriorPlace posterior_place(const po::variables_map& given, const std::string& name)
{
    PosteriorPlace place{
        .out = given.count("out") != 0 ? file_from(given) : fmt::format("results/{}_posterior.h5", name), .resume = given.count("resume") != 0, .force = given.count("force") != 0};
    if (place.resume && place.force) throw UsageError("--resume goes on with what is there, --force begins anew: one of them");
    return place;
}

} // namespace

int calibrate_command(const std::vector<std::string>& arguments)
{
    po::options_description options("FILE: a calibration, a TOML file whose keys calibration/README.md explains. Draws the parameters and readings that it names so that the model "
                                    "gives what was observed, writes them as a posterior, and prints what `diagnose` says of it.\nEach generation is kept on disk: after Ctrl-C or "
                                    "a kill, --resume ends with the same bits. A posterior that is there already is shown and not made again.\nExit codes: 0 done; 1 no posterior "
                                    "came, and why; 2 a faulty file, a target that cannot be met, or usage; 130 interrupted.\n\nOptions");
    options.add_options()("out", po::value<std::string>(), "file (.h5) for the posterior; results/NAME_posterior.h5 if not given")(
        "resume", "go on with what an interrupted calibration has left")("force", "replace another posterior, or begin anew")(
        "seed", po::value<std::string>(), "seed, instead of the file's")("threads", po::value<std::uint32_t>()->default_value(0), threads_meaning)(
        "isa", po::value<std::string>()->default_value(""), isa_meaning)("json", "the diagnosis as JSON on standard output");
    options.add(calibration_options());
    const po::variables_map given = parse("calibrate", arguments, options, {"FILE"});
    const Calibration calibration = calibration_from(given["FILE"].as<std::string>(), given);
    const PosteriorPlace place = posterior_place(given, calibration.name);
    const EnsembleOptions ensemble{.isa = given["isa"].as<std::string>(), .threads = threads_from(given)};
    watch_for_interruption();
    const Calibrated made = calibrate(calibration, ensemble, place, listener_on(std::make_shared<GenerationLine>(calibration.name)), &interruption(), ranks());
    if (!made.failure.empty()) throw std::runtime_error(fmt::format("{}: no posterior after {} runs: {}", calibration.path, report::with_commas(made.runs), made.failure));
    if (!made.complete) {
        const std::string checkpoint = checkpoint_of(place);
        talk("Interrupted after {} runs. {}\n", report::with_commas(made.runs),
             std::filesystem::exists(checkpoint) ? checkpoint + " holds what is finished; --resume goes on with it." : "Nothing was finished yet, and nothing is kept.");
        return interrupted_exit;
    }
    if (made.found) talk("{}: is this calibration's posterior already.\n", place.out);
    const Diagnosis diagnosis = diagnose(made.posterior);
    tell("{}", given.count("json") != 0 ? report::printed(report::document("diagnosis", calibration.scenario), report::json_of(diagnosis, made.posterior))
                                        : report::text_of(diagnosis, made.posterior, place.out, looks_of_output(report::Detail::first)));
    return done;
}

} // namespace entente::cli
