// replay: one run of a result file, simulated again from the file alone, and its story.
#include "../analysis/explained.hpp"
#include "../analysis/pick.hpp"
#include "../core/quarter.hpp"
#include "../version.hpp"
#include "command.hpp"
#include "story.hpp"
#include <fmt/format.h>
#include <fstream>

namespace entente::cli {
namespace {

/// Anything that cannot be read as a result is a bad input file.
StoredResult result_in(const std::string& file)
{
    if (file.ends_with(".toml")) throw UsageError(fmt::format("entente replay: {} is a scenario, not a result; `entente run {}` makes one", file, file));
    try {
        return read_result(file);
    } catch (const std::runtime_error& e) {
        throw UsageError(fmt::format("entente replay: {}", e.what()));
    }
}

constexpr std::int64_t most_samples = 1'000'000;

/// An option's number, which must lie from 0 to `most`.
std::int64_t number(const boost::program_options::variables_map& given, const char* option, std::int64_t most)
{
    const auto n = given[option].as<std::int64_t>();
    if (n < 0 || n > most) throw UsageError(fmt::format("entente replay: --{}: a number from 0 to {}, got {}", option, most, n));
    return n;
}

struct Chosen {
    std::uint32_t run = 0;
    std::string how; ///< why this run, as words for the story's head
};

/// Nothing if it was interrupted.
std::optional<Chosen> picked(const std::string& text, const Scenario& scenario, EnsembleOptions options)
{
    options.keep = Keep::none;
    Pick pick;
    try {
        pick = parse_pick(text);
        watch_for_interruption();
        std::vector<std::vector<double>> values;
        {
            ProgressLine progress(scenario.name);
            values = sample(
                scenario, {pick.quantity}, options, [&](Progress p) { progress(p); }, &interruption());
        }
        if (interruption().load()) return std::nullopt;
        const Picked p = nearest_run(values[0], pick.level);
        const std::string which = pick.level == 0.5 ? "median" : fmt::format("{:g} % quantile", 100 * pick.level);
        return Chosen{static_cast<std::uint32_t>(p.run),
                      fmt::format("nearest to the {} of '{}' over {} runs: {:.4g}, this run has {:.4g}", which, pick.quantity.text, with_commas(scenario.runs), p.quantile, p.value)};
    } catch (const std::invalid_argument& e) {
        throw UsageError(fmt::format("entente replay: --pick: {}", e.what()));
    }
}

std::optional<Chosen> chosen(const boost::program_options::variables_map& given, const Scenario& scenario, const EnsembleOptions& options)
{
    if (given.count("run") + given.count("pick") != 1) throw UsageError("entente replay: --run N or --pick \"median of QUANTITY\" says which run, one of the two");
    if (given.count("pick") != 0) return picked(given["pick"].as<std::string>(), scenario, options);
    return Chosen{static_cast<std::uint32_t>(number(given, "run", scenario.runs - 1)), ""};
}

void write_file(const std::string& path, const std::string& text)
{
    std::ofstream file(path, std::ios::binary);
    file << text;
    if (!file.flush()) throw std::runtime_error(fmt::format("{}: cannot write it", path));
}

} // namespace

int replay_command(const std::vector<std::string>& arguments)
{
    namespace po = boost::program_options;
    po::options_description options("Simulates one run of a result again, compares it with the file to the bit, and tells its story. Options");
    options.add_options()("run", po::value<std::int64_t>(), "number of the run, from 0")(
        "pick", po::value<std::string>(), "instead: 'median of QUANTITY' or '5% of QUANTITY', the run nearest to it, as in 'median of mean alignment_index at 2045Q1'")(
        "all", "every entry, not only those that a short story needs")("json", "the story as JSON on standard output")(
        "trajectory", po::value<std::string>(), "CSV file for every variable of every quarter")("agents", po::value<std::string>(), "CSV file for every agent's columns of every quarter")(
        "isa", po::value<std::string>()->default_value(""), "instruction set (scalar, v2, v3, v4); the widest of this machine if not given")(
        "samples", po::value<std::int64_t>()->default_value(2000), "other draws of luck behind each chance; 0: no chances")("threads", po::value<unsigned>()->default_value(0),
                                                                                                                            "threads; 0: all cores");
    const po::variables_map given = parse("replay", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    const StoredResult stored = result_in(file);
    Scenario scenario = parse_scenario(stored.provenance.scenario_resolved, file);
    scenario.name = stored.provenance.scenario_name, scenario.title = stored.provenance.scenario_title;
    scenario.runs = stored.summary.runs;
    EnsembleOptions ensemble{.precision = stored.provenance.precision, .isa = given["isa"].as<std::string>(), .threads = given["threads"].as<unsigned>(), .keep = Keep::agents};
    const Kernel kernel = [&] {
        try {
            return choose_kernel(ensemble.precision, ensemble.isa);
        } catch (const std::invalid_argument& e) {
            throw UsageError(fmt::format("--{}", e.what()));
        }
    }();
    const auto samples = static_cast<std::uint32_t>(number(given, "samples", most_samples));
    say_if_another_engine(stored.provenance);
    const std::optional<Chosen> which = chosen(given, scenario, ensemble);
    if (!which) return interrupted_exit;

    const Point point = scenario.point();
    const Job job = block_job(scenario, point, which->run, 1, ensemble);
    const BlockResult result = kernel.run(job);
    const bool compared = stored.provenance.keep != "none";
    if (compared) {
        const std::string difference = first_difference({which->run, job, result}, read_runs(file, which->run, 1));
        if (!difference.empty()) {
            fmt::print(stderr, "{}: run {} simulated again; the bits differ. First difference: {}.\n", file, which->run, difference);
            return failed;
        }
    }
    const Told told{job, result, 0};
    if (given.count("trajectory") != 0) write_file(given["trajectory"].as<std::string>(), trajectory_csv(told));
    if (given.count("agents") != 0) write_file(given["agents"].as<std::string>(), agents_csv(told));
    const std::vector<Entry> everything = narrative(told);
    const std::vector<Entry> story = explained(given.count("all") != 0 ? everything : shortened(everything, short_story), told, kernel, samples, ensemble.threads);
    const Replayed replayed{file, scenario, which->run, which->how, compared, everything.size() - story.size(), samples};
    if (given.count("json") != 0) fmt::print("{}\n", story_json(replayed, told, story).dump(2));
    else fmt::print("{}", story_text(replayed, told, story));
    return done;
}

} // namespace entente::cli
