// replay: one run of a result file, simulated again from the file alone, and its story.
#include "../analysis/explained.hpp"
#include "../analysis/pick.hpp"
#include "../version.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "experiment.hpp"
#include "story.hpp"
#include "values.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>
#include <limits>

namespace entente::cli {
namespace {

/// What a replay needs of a result: its scenario (of a sweep: a policy at a point), and what the file holds of a run.
struct Source {
    Provenance provenance;
    Scenario scenario;
    std::function<StoredRuns(std::uint32_t)> stored;
    /// Numbers of the runs that the file has not whole; asked for only if it keeps single runs.
    std::function<std::vector<std::uint32_t>()> failed;
};

std::vector<std::uint32_t> failed_runs(const std::string& file, std::uint32_t runs)
{
    std::vector<std::uint32_t> failed;
    some_at_a_time(runs, 1, [&](std::uint32_t first, std::uint32_t n) {
        const std::vector<std::int16_t> quarter = read_runs(file, first, n).failed_quarter;
        for (std::uint32_t i = 0; i < quarter.size(); ++i)
            if (quarter[i] != -1) failed.push_back(first + i);
    });
    return failed;
}
std::vector<std::uint32_t> failed_replicates(const std::string& file, const SweepHead& h, std::size_t policy, std::size_t point)
{
    std::vector<std::uint32_t> failed;
    some_at_a_time(h.replicates, h.points, [&](std::uint32_t first, std::uint32_t n) {
        const std::vector<std::int16_t> quarter = read_failures(file, first, n).quarter;
        for (std::uint32_t i = 0; i < n; ++i)
            if (quarter[(policy * n + i) * h.points + point] != -1) failed.push_back(first + i);
    });
    return failed;
}

Source of_run(const std::string& file)
{
    StoredResult result = read_result(file);
    Scenario scenario = parse_scenario(result.provenance.scenario_resolved, file);
    scenario.name = result.provenance.scenario_name, scenario.title = result.provenance.scenario_title;
    scenario.runs = result.summary.runs;
    return {std::move(result.provenance), std::move(scenario), [file](std::uint32_t run) { return read_runs(file, run, 1); },
            [file, runs = result.summary.runs] { return failed_runs(file, runs); }};
}

Source of_sweep(const std::string& file, const boost::program_options::variables_map& given)
{
    const StoredSweep sweep = read_sweep_result(file);
    const SweepHead& h = sweep.head;
    const Experiment e = experiment_of(sweep, file);
    const std::string name = given.count("policy") != 0 ? given["policy"].as<std::string>() : h.policies[0];
    const auto at = std::ranges::find(h.policies, name);
    if (at == h.policies.end()) throw UsageError(fmt::format("entente replay: --policy: one of {}, got '{}'{}", fmt::join(h.policies, ", "), name, did_you_mean(name, h.policies)));
    const auto policy = static_cast<std::size_t>(at - h.policies.begin());
    const auto point = given.count("point") != 0 ? given["point"].as<std::int64_t>() : 0;
    if (point < 0 || point >= static_cast<std::int64_t>(h.points)) throw UsageError(fmt::format("entente replay: --point: a number from 0 to {}, got {}", h.points - 1, point));
    const auto p = static_cast<std::size_t>(point);
    Scenario scenario = scenario_at(e.plan, policy, p);
    scenario.name = h.provenance.scenario_name, scenario.title = fmt::format("{}, policy {}, point {}", h.provenance.scenario_title, name, point);
    for (std::size_t f = 0; f < h.factors.size(); ++f)
        scenario.title += fmt::format(", {} = {}", h.factors[f], value_text(e.sweep->factors[f], h.values[p * h.factors.size() + f]));
    scenario.runs = h.replicates;
    return {h.provenance, std::move(scenario), [file, policy, p, points = h.points](std::uint32_t run) { return read_histories(file, policy, std::uint64_t{run} * points + p, 1); },
            [file, h, policy, p] { return failed_replicates(file, h, policy, p); }};
}

/// Anything that cannot be read as a result is a bad input file.
Source source_of(const std::string& file, const boost::program_options::variables_map& given)
{
    if (file.ends_with(".toml")) throw UsageError(fmt::format("entente replay: {} is a scenario, not a result; `entente run {}` makes one", file, file));
    return reading("replay", [&] {
        if (stored_kind(file) == Stored::sweep) return of_sweep(file, given);
        if (given.count("policy") + given.count("point") != 0) throw UsageError("entente replay: --policy and --point belong to the result of a sweep");
        return of_run(file);
    });
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
std::optional<Chosen> picked(const std::string& text, const Source& source, EnsembleOptions options)
{
    const Scenario& scenario = source.scenario;
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
        if (source.provenance.keep != "none")
            for (const std::uint32_t run : source.failed()) values[0][run] = std::numeric_limits<double>::quiet_NaN();
        const Picked p = nearest_run(values[0], pick.level);
        const auto whole = static_cast<std::uint64_t>(std::ranges::count_if(values[0], [](double x) { return !std::isnan(x); }));
        const std::string which = pick.level == 0.5 ? "median" : fmt::format("{:g} % quantile", 100 * pick.level);
        return Chosen{static_cast<std::uint32_t>(p.run),
                      fmt::format("nearest to the {} of '{}' over {} runs{}: {:.4g}, this run has {:.4g}", which, pick.quantity.text, with_commas(whole),
                                  whole < scenario.runs ? fmt::format(" (of {}, the others failed or were not made)", with_commas(scenario.runs)) : "", p.quantile, p.value)};
    } catch (const std::invalid_argument& e) {
        throw UsageError(fmt::format("entente replay: --pick: {}", e.what()));
    }
}

std::optional<Chosen> chosen(const boost::program_options::variables_map& given, const Source& source, const EnsembleOptions& options)
{
    if (given.count("run") + given.count("pick") != 1) throw UsageError("entente replay: --run N or --pick \"median of QUANTITY\" says which run, one of the two");
    if (given.count("pick") != 0) return picked(given["pick"].as<std::string>(), source, options);
    return Chosen{static_cast<std::uint32_t>(number(given, "run", source.scenario.runs - 1)), ""};
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
    options.add_options()("run", po::value<std::int64_t>(), "number of the run, from 0; of a sweep, of the replicate")(
        "policy", po::value<std::string>(), "of a sweep: the policy; the first if not given")("point", po::value<std::int64_t>(), "of a sweep: number of the point; 0 if not given")(
        "pick", po::value<std::string>(), "instead: 'median of QUANTITY' or '5% of QUANTITY', the run nearest to it, as in 'median of mean alignment_index at 2045Q1'")(
        "all", "every entry, not only those that a short story needs")("json", "the story as JSON on standard output")(
        "trajectory", po::value<std::string>(), "CSV file for every variable of every quarter")("agents", po::value<std::string>(), "CSV file for every agent's columns of every quarter")(
        "force", "replace such a file")("isa", po::value<std::string>()->default_value(""),
                                        isa_meaning)("samples", po::value<std::int64_t>()->default_value(2000),
                                                     "other draws of luck behind each chance; 0: no chances")("threads", po::value<unsigned>()->default_value(0), "threads; 0: all cores");
    const po::variables_map given = parse("replay", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    for (const char* const table : {"trajectory", "agents"})
        if (given.count(table) != 0) throw_if_text_is_kept_from(fmt::format("--{}", table), given[table].as<std::string>(), given.count("force") != 0);
    const Source stored = source_of(file, given);
    const Scenario& scenario = stored.scenario;
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
    const std::optional<Chosen> which = chosen(given, stored, ensemble);
    if (!which) return interrupted_exit;

    const Point point = scenario.point();
    const Job job = block_job(scenario, point, which->run, 1, ensemble);
    const BlockResult result = kernel.run(job);
    const bool compared = stored.provenance.keep != "none";
    if (compared) {
        StoredRuns held = stored.stored(which->run);
        if (!held.failed_quarter.empty() && held.failed_quarter[0] == -2)
            throw UsageError(fmt::format("entente replay: {}: run {} was not made, the sweep was interrupted", file, which->run));
        if (!held.failed_quarter.empty() && held.failed_quarter[0] >= 0)
            fmt::print(stderr, "{}: run {} counts as failed from {} on; it is compared until then.\n", file, which->run, quarter_name(held.failed_quarter[0]));
        forget_what_failed(held, result);
        const std::string difference = first_difference({which->run, job, result}, held);
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
