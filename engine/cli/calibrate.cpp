// calibrate: what was observed into a posterior of the assumptions.
#include "../experiment/calibrate.hpp"
#include "../core/number.hpp"
#include "command.hpp"
#include "options.hpp"
#include "terminal.hpp"
#include <chrono>
#include <fmt/format.h>
#include <unistd.h>

namespace entente::cli {

namespace po = boost::program_options;

namespace {

std::string duration_text(double seconds) { return seconds < 100 ? fmt::format("{:.0f} s", seconds) : fmt::format("{:.0f} min", seconds / 60); }

/// A line on stderr after each generation, if that is a terminal; it is wiped away at the end.
class GenerationLine {
public:
    explicit GenerationLine(std::string what) : what_(std::move(what)), shown_(isatty(STDERR_FILENO) == 1), begin_(std::chrono::steady_clock::now())
    {
        if (shown_) draw(fmt::format("{}: runs of the prior", what_));
    }
    ~GenerationLine()
    {
        if (shown_) draw("\r\033[K");
    }
    GenerationLine(const GenerationLine&) = delete;
    GenerationLine& operator=(const GenerationLine&) = delete;
    void operator()(const CalibrationProgress& p)
    {
        if (!shown_) return;
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
        draw(fmt::format("\r\033[K{}: chain {}/{}, generation {}, tolerance {:.3g}, acceptance {:.1f} %, {} of {} differ, ~{} left", what_, p.chain, p.chains, p.generation,
                         p.last.tolerance, 100 * p.last.acceptance, p.last.unique, p.particles, duration_text(p.left * seconds)));
    }

private:
    std::string what_;
    bool shown_;
    std::chrono::steady_clock::time_point begin_;
};

PosteriorPlace posterior_place(const po::variables_map& given, const std::string& name)
{
    const PosteriorPlace place{.out = given.count("out") != 0 ? file_from(given) : fmt::format("results/{}_posterior.h5", name),
                               .resume = given.count("resume") != 0,
                               .force = given.count("force") != 0};
    if (place.resume && place.force) throw UsageError("--resume goes on with what is there, --force begins anew: one of them");
    return place;
}

} // namespace

int calibrate_command(const std::vector<std::string>& arguments)
{
    po::options_description options("Options");
    options.add_options()("out", po::value<std::string>(), "the posterior; results/NAME_posterior.h5 if not given")("resume",
                                                                                                                    "go on with what an interrupted calibration has left")(
        "force", "replace another posterior, or begin anew")("fit-to", po::value<std::uint32_t>(), "fit what was observed up to the end of this year, predict the rest")(
        "seed", po::value<std::string>(), "seed, instead of the file's")("threads", po::value<std::uint32_t>()->default_value(0), threads_meaning)(
        "isa", po::value<std::string>()->default_value(""), isa_meaning)("json", "the diagnosis as JSON on standard output");
    const po::variables_map given = parse("calibrate", arguments, options, {"FILE"});
    Calibration calibration = read_calibration(given["FILE"].as<std::string>());
    if (given.count("seed") != 0) {
        const auto seed = number_in<std::uint64_t>(given["seed"].as<std::string>());
        if (!seed) throw UsageError(fmt::format("--seed: a whole number, got '{}'", given["seed"].as<std::string>()));
        calibration.scenario.seed = *seed;
    }
    if (given.count("fit-to") != 0) try {
            calibration = fitted_to(std::move(calibration), static_cast<int>(given["fit-to"].as<std::uint32_t>() - first_year) * 4 + 3);
        } catch (const std::invalid_argument& e) {
            throw UsageError(fmt::format("--fit-to: {}", e.what()));
        }
    const PosteriorPlace place = posterior_place(given, calibration.name);
    const EnsembleOptions ensemble{.isa = given["isa"].as<std::string>(), .threads = threads_from(given)};
    watch_for_interruption();
    Calibrated made;
    {
        GenerationLine line(calibration.name);
        made = calibrate(
            calibration, ensemble, place,
            {.progress = [&](const CalibrationProgress& p) { line(p); }, .resumed = [&](std::size_t generations) { talk("Going on after {} generations.\n", generations); }},
            &interruption());
    }
    if (!made.failure.empty()) throw std::runtime_error(fmt::format("{}: no posterior after {} runs: {}", calibration.path, made.runs, made.failure));
    if (!made.complete) {
        talk("Interrupted after {} runs. {} holds what is finished; --resume goes on with it.\n", made.runs, checkpoint_of(place));
        return interrupted_exit;
    }
    if (made.found) talk("{}: is this calibration's posterior already.\n", place.out);
    tell("{}\n", place.out);
    return done;
}

} // namespace entente::cli
