// replay: one run of a result file, simulated again from the file alone, and its story.
#include "../analysis/explained.hpp"
#include "../core/quarter.hpp"
#include "../experiment/again.hpp"
#include "../report/documents.hpp"
#include "../report/work.hpp"
#include "../report/run_tables.hpp"
#include "../report/story.hpp"
#include "inputs.hpp"
#include "options.hpp"
#include "results.hpp"
#include "terminal.hpp"
#include <fmt/format.h>

namespace entente::cli {

namespace po = boost::program_options;

namespace {

constexpr std::int64_t most_samples = 1'000'000;

/// An option's number, which must lie from 0 to `most`.
std::int64_t number(const po::variables_map& given, const char* option, std::int64_t most)
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
std::optional<Chosen> chosen(const po::variables_map& given, const ReplaySource& source, const EnsembleOptions& options)
{
    if (given.count("run") + given.count("pick") != 1) throw UsageError("entente replay: --run N or --pick \"median of QUANTITY\" says which run, one of the two");
    if (given.count("run") != 0) return Chosen{static_cast<std::uint32_t>(number(given, "run", source.scenario.runs - 1)), ""};
    try {
        const Pick pick = parse_pick(given["pick"].as<std::string>());
        watch_for_interruption();
        const auto picked = pick_run(pick, source, options, listener_on(std::make_shared<ProgressLine>(source.scenario.name)), &interruption());
        if (!picked) return std::nullopt;
        return Chosen{static_cast<std::uint32_t>(picked->found.run), report::text_of(*picked)};
    } catch (const std::invalid_argument& e) {
        throw UsageError(fmt::format("entente replay: --pick: {}", e.what()));
    }
}

Kernel kernel_from(const EnsembleOptions& options)
{
    try {
        return choose_kernel(options.precision, options.isa);
    } catch (const std::invalid_argument& e) {
        throw UsageError(fmt::format("--{}", e.what()));
    }
}

} // namespace

int replay_command(const std::vector<std::string>& arguments)
{
    po::options_description options("Simulates one run of a result again, compares it with the file to the bit, and tells its story. Options");
    options.add_options()("run", po::value<std::int64_t>(), "number of the run, from 0; of a sweep, of the replicate")(
        "pick", po::value<std::string>(), "instead: 'median of QUANTITY' or '5% of QUANTITY', the run nearest to it, as in 'median of mean alignment_index at 2045Q1'")(
        "all", "every entry, not only those that a short story needs")("json", "the story as JSON on standard output")(
        "trajectory", po::value<std::string>(), "CSV file for every variable of every quarter")("agents", po::value<std::string>(), "CSV file for every agent's columns of every quarter")(
        "force", "replace such a file")("isa", po::value<std::string>()->default_value(""),
                                        isa_meaning)("samples", po::value<std::int64_t>()->default_value(2000),
                                                     "other draws of luck behind each chance; 0: no chances")("threads", po::value<std::uint32_t>()->default_value(0), threads_meaning);
    options.add(source_options());
    const po::variables_map given = parse("replay", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    for (const char* const table : {"trajectory", "agents"})
        if (given.count(table) != 0) throw_if_text_is_kept_from(fmt::format("--{}", table), given[table].as<std::string>(), given.count("force") != 0);
    const ReplaySource source = source_of("replay", file, given);
    const EnsembleOptions ensemble{.precision = source.provenance.precision, .isa = given["isa"].as<std::string>(), .threads = threads_from(given), .keep = Keep::agents};
    const Kernel kernel = kernel_from(ensemble);
    const auto samples = static_cast<std::uint32_t>(number(given, "samples", most_samples));
    say_if_another_engine(source.provenance);
    const std::optional<Chosen> which = chosen(given, source, ensemble);
    if (!which) return ended_early();

    const auto run = replay_run(source, which->run, kernel, ensemble, file);
    if (fate_of(run->failed_quarter) == Fate::failed)
        talk("{}: run {} counts as failed from {} on; it is compared until then.\n", file, which->run, quarter_name(run->failed_quarter));
    if (run->departure) {
        talk("{}: run {} simulated again; the bits differ. First difference: {}.\n", file, which->run, report::text_of(*run->departure));
        return failed;
    }
    const Told told{run->job, run->result, 0};
    if (given.count("trajectory") != 0) write_file(given["trajectory"].as<std::string>(), report::trajectory_csv(told));
    if (given.count("agents") != 0) write_file(given["agents"].as<std::string>(), report::agents_csv(told));
    const std::vector<Entry> everything = narrative(told);
    const std::vector<Entry> story = explained(given.count("all") != 0 ? everything : shortened(everything, report::short_story), told, kernel, samples, ensemble.threads);
    const report::Replayed replayed{file, source.scenario, which->run, which->how, run->compared, everything.size() - story.size(), samples};
    if (given.count("json") != 0) tell("{}", report::printed(report::document("story", source.provenance), report::json_of(replayed, told, story)));
    else tell("{}", report::text_of(replayed, told, story));
    return done;
}

} // namespace entente::cli
