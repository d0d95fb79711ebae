// backtest: a calibration held to the years that it did not see.
#include "../experiment/backtest.hpp"
#include "../report/backtest.hpp"
#include "../report/documents.hpp"
#include "command.hpp"
#include "generation_line.hpp"
#include "options.hpp"
#include "terminal.hpp"
#include <fmt/format.h>

namespace entente::cli {

namespace po = boost::program_options;

int backtest_command(const std::vector<std::string>& arguments)
{
    po::options_description options(
        "FILE: a calibration. It is fitted to what was observed up to a year and predicts the rest, and the predictions are scored (CRPS, and how many values lie in their "
        "intervals) beside the uncalibrated model and three forecasts that know each series' own past alone: random walk with drift, linear trend, last value.\n\nOptions");
    options.add_options()("fit-to", po::value<std::vector<int>>(), "the last year that is fitted; may be given several times; 2017 and 2021 if not given")(
        "out", po::value<std::string>()->default_value("results"), "folder for the posteriors, NAME_to_YEAR.h5; one that is there is not made again, one that was interrupted is gone on with")(
        "force", "make them again")("markdown", "the table as Markdown")("threads", po::value<std::uint32_t>()->default_value(0), threads_meaning)(
        "isa", po::value<std::string>()->default_value(""), isa_meaning)("json", "the scores as JSON on standard output");
    const po::variables_map given = parse("backtest", arguments, options, {"FILE"});
    const Calibration calibration = read_calibration(given["FILE"].as<std::string>());
    std::vector<int> years = {2017, 2021};
    if (given.count("fit-to") != 0) years = given["fit-to"].as<std::vector<int>>();
    const EnsembleOptions ensemble{.isa = given["isa"].as<std::string>(), .threads = threads_from(given)};
    const auto folder = given["out"].as<std::string>();
    watch_for_interruption();
    std::vector<Backtest> all;
    for (const int year : years) {
        const auto line = std::make_shared<GenerationLine>(fmt::format("{} to {}", calibration.name, year));
        std::string failure;
        try {
            const auto scored = backtest(calibration, year, {folder, given.count("force") != 0}, ensemble, failure, listener_on(line), &interruption());
            if (!failure.empty()) throw std::runtime_error(fmt::format("{}: no posterior up to {}: {}", calibration.path, year, failure));
            if (!scored) {
                talk("Interrupted. What is finished lies in {} and is gone on with.\n", folder);
                return interrupted_exit;
            }
            all.push_back(*scored);
        } catch (const std::invalid_argument& e) {
            throw UsageError(fmt::format("--fit-to {}: {}", year, e.what()));
        }
    }
    if (given.count("json") != 0) {
        nlohmann::ordered_json scores = nlohmann::ordered_json::array();
        for (const Backtest& b : all) scores.push_back(report::json_of(b));
        tell("{}", report::printed(report::document("backtest", calibration.scenario), {{"calibration", calibration.name}, {"backtests", scores}}));
    } else if (given.count("markdown") != 0) tell("{}", report::markdown_of(all));
    else
        for (const Backtest& b : all) tell("{}{}", &b == &all.front() ? "" : "\n", report::text_of(b));
    return done;
}

} // namespace entente::cli
