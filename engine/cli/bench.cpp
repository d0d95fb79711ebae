// bench: how fast this program is on this machine.
#include "../report/benchmark.hpp"
#include "../report/documents.hpp"
#include "../store/posterior.hpp"
#include "options.hpp"
#include "terminal.hpp"
#include <filesystem>
#include <fmt/format.h>
#include <unistd.h>

namespace entente::cli {

int bench_command(const std::vector<std::string>& arguments)
{
    namespace po = boost::program_options;
    po::options_description options;
    options.add_options()("runs", po::value<std::uint32_t>()->default_value(1024), "futures of each measurement, 16 to 1,000,000")(
        "rounds", po::value<std::uint32_t>()->default_value(5), "measurements of each thing, 1 to 100")("threads", po::value<std::uint32_t>()->default_value(0),
                                                                                                        "threads of the whole job, besides one; 0: all cores")(
        "scenario", po::value<std::string>()->default_value("scenarios/baseline.toml"), "what is simulated")("json", "print JSON");
    const po::variables_map given = parse("bench", arguments, options, {});
    const BenchOptions how{.runs = given["runs"].as<std::uint32_t>(), .rounds = given["rounds"].as<std::uint32_t>(), .threads = threads_from(given)};
    if (how.runs < 16 || how.runs > 1000000) throw UsageError(fmt::format("--runs: 16 to 1,000,000, got {}", how.runs));
    if (how.rounds < 1 || how.rounds > 100) throw UsageError(fmt::format("--rounds: 1 to 100, got {}", how.rounds));
    const auto path = given["scenario"].as<std::string>();
    const bool shown = isatty(STDERR_FILENO) != 0;
    const Benchmark b = measure(read_scenario(path, {.joint = joint_draws}), how, path, std::filesystem::read_symlink("/proc/self/exe").string(), [&](double share) {
        if (shown) draw(fmt::format("\rmeasuring: {:3.0f} %{}", 100 * share, share < 1 ? "" : "\n"));
    });
    if (given.count("json") != 0) tell("{}", report::printed(report::document("benchmark"), report::json_of(b)));
    else tell("{}", report::text_of(b));
    return done;
}

} // namespace entente::cli
