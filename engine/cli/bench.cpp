// bench: how fast this program is on this machine; how much the one that hands out pieces can take; and what a large job would come to on a cluster.
#include "../core/number.hpp"
#include "../report/benchmark.hpp"
#include "../report/documents.hpp"
#include "../report/scale.hpp"
#include "../store/posterior.hpp"
#include "options.hpp"
#include "ranks_here.hpp"
#include "shipped.hpp"
#include "terminal.hpp"
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <unistd.h>

namespace entente::cli {

namespace po = boost::program_options;

/// A number within bounds.
static double number_from(const po::variables_map& given, const char* option, double least, double most)
{
    const auto x = given[option].as<double>();
    if (!(x >= least && x <= most)) throw UsageError(fmt::format("--{}: {} to {}, got {}", option, least, most, x));
    return x;
}

/// "10,100,1000"
static std::vector<Forecast::Row> workers_from(const std::string& text)
{
    constexpr unsigned most = 1'000'000;
    std::vector<Forecast::Row> rows;
    for (const std::string& word : split(text, ',')) {
        const auto workers = number_in<std::uint32_t>(trim(word));
        if (!workers || *workers == 0 || *workers > most) throw UsageError(fmt::format("--workers: numbers from 1 to {}, with commas between them, got '{}'", most, text));
        rows.push_back({.workers = *workers, .ranks = {}, .shards = {}});
    }
    return rows;
}

static Forecast forecast_from(const po::variables_map& given)
{
    Forecast f{.runs = given["job-runs"].as<std::uint64_t>(), .job = {}, .seed = given["seed"].as<std::uint64_t>(), .rows = workers_from(given["workers"].as<std::string>())};
    if (f.runs < 1 || f.runs > std::uint64_t{1} << 40) throw UsageError(fmt::format("--job-runs: 1 to {}, got {}", std::uint64_t{1} << 40, f.runs));
    const double rate = number_from(given, "rate", 1e-3, 1e9);
    f.job = {.pieces = (f.runs + block_runs - 1) / block_runs,
             .piece_s = block_runs / rate,
             .answer_s = number_from(given, "answer-us", 0, 1e9) / 1e6,
             .piece_answer_s = number_from(given, "piece-us", 0, 1e9) / 1e6,
             .piece_bytes = static_cast<std::uint64_t>(number_from(given, "piece-kb", 0, 1e9) * 1e3),
             .result_s = number_from(given, "result-us", 0, 1e9) * block_runs / 1e6,
             .restart_s = number_from(given, "restart-s", 0, 1e7)};
    f.between_failures_s = number_from(given, "days", 0, 1e6) * 86400;
    return forecast_of(std::move(f));
}

template <class Measured> static int print(const po::variables_map& given, const char* document, const Measured& measured)
{
    if (given.count("json") != 0) tell("{}", report::printed(report::document(document), report::json_of(measured)));
    else tell("{}", report::text_of(measured));
    return done;
}

int bench_command(const std::vector<std::string>& arguments)
{
    po::options_description options("Options"), scale("A large job (--schedule)");
    options.add_options()("runs", po::value<std::uint32_t>()->default_value(1024), "futures of each measurement, 16 to 1,000,000")(
        "rounds", po::value<std::uint32_t>()->default_value(5), "measurements of each thing, 1 to 100")("threads", po::value<std::uint32_t>()->default_value(0),
                                                                                                        "threads of the whole job, besides one; 0: all cores")(
        "scenario", po::value<std::string>()->default_value(shipped("scenarios/baseline.toml", "scenarios/baseline.toml")),
        "what is simulated")("hand-out", "instead: how many answers rank 0 can take, by handing out empty pieces and ready ones; under mpirun -n N, N from 2 on")(
        "schedule", "instead: what a job would come to on a cluster whose machines fail, by simulating its schedule; takes seconds")("json", "print JSON");
    scale.add_options()("job-runs", po::value<std::uint64_t>()->default_value(1'000'000'000),
                        "runs of the job")("workers", po::value<std::string>()->default_value("10,100,1000,10000"), "threads that work on it, one number a line of the table")(
        "rate", po::value<double>()->default_value(2700), "runs a second and thread (bench: the whole job, one thread)")(
        "answer-us", po::value<double>()->default_value(57), "microseconds that rank 0 takes for an answer (bench --hand-out)")(
        "piece-us", po::value<double>()->default_value(104), "and for each piece of 256 runs in it")("piece-kb", po::value<double>()->default_value(71), "kilobytes of a piece")(
        "result-us", po::value<double>()->default_value(2.5),
        "microseconds a run that putting the result together takes")("days", po::value<double>()->default_value(365), "days between failures of a worker, on average; 0: none fails")(
        "restart-s", po::value<double>()->default_value(60), "seconds until what has failed is at work again")("seed", po::value<std::uint64_t>()->default_value(1), "of the failures");
    options.add(scale);
    const po::variables_map given = parse("bench", arguments, options, {});
    const bool hands_out = given.count("hand-out") != 0, schedules = given.count("schedule") != 0;
    if (hands_out && schedules) throw UsageError("entente bench: --hand-out and --schedule: one of them");
    for (const auto& option : scale.options())
        if (!schedules && !given[option->long_name()].defaulted()) throw UsageError(fmt::format("--{}: belongs to --schedule", option->long_name()));
    for (const char* const option : {"runs", "threads", "rounds", "scenario"})
        if (!given[option].defaulted() && (schedules || (hands_out && std::string_view(option) != "rounds" && std::string_view(option) != "scenario")))
            throw UsageError(fmt::format("--{}: does not go with --{}", option, schedules ? "schedule" : "hand-out"));
    if (schedules) return print(given, "schedule", forecast_from(given));

    const BenchOptions how{.runs = given["runs"].as<std::uint32_t>(), .rounds = given["rounds"].as<std::uint32_t>(), .threads = threads_from(given)};
    if (how.runs < 16 || how.runs > 1000000) throw UsageError(fmt::format("--runs: 16 to 1,000,000, got {}", how.runs));
    if (how.rounds < 1 || how.rounds > 100) throw UsageError(fmt::format("--rounds: 1 to 100, got {}", how.rounds));
    const auto path = given["scenario"].as<std::string>();
    if (hands_out && ranks() == nullptr) throw UsageError("--hand-out: needs other ranks: mpirun -n 2 ./entente --mpi bench --hand-out");
    const Scenario scenario = read_scenario(path, {.joint = joint_draws});
    const bool shown = isatty(STDERR_FILENO) != 0;
    const auto progress = [&](double share) {
        if (shown) draw(fmt::format("\rmeasuring: {:3.0f} %{}", 100 * share, share < 1 ? "" : "\n"));
    };
    if (hands_out) return print(given, "handing_out", measure_handing_out(*ranks(), scenario, {.rounds = how.rounds}, progress));
    return print(given, "benchmark", measure(scenario, how, path, std::filesystem::read_symlink("/proc/self/exe").string(), progress));
}

} // namespace entente::cli
