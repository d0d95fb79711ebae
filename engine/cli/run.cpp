// run: a scenario into a result file and an answer; or a result file again, to see whether the bits are the same.
#include "../analysis/attribution.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "../version.hpp"
#include "command.hpp"
#include <ctime>
#include <filesystem>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

namespace entente::cli {

static constexpr const char* keep_names[] = {"none", "outcomes", "trajectories", "agents"};

static Provenance provenance_of(const Scenario& scenario, const EnsembleOptions& options, const std::string& command_line)
{
    const Build& b = build();
    const Kernel kernel = choose_kernel(options.precision, options.isa);
    char host[256] = "unknown";
    gethostname(host, sizeof host - 1);
    Provenance p;
    p.scenario_name = scenario.name, p.scenario_title = scenario.title;
    for (std::size_t f = 0; f < scenario.files.size(); ++f) p.scenario_text += fmt::format("# file: {}\n{}\n", scenario.files[f], scenario.texts[f]);
    p.scenario_resolved = resolved_toml(scenario);
    p.engine_version = b.version, p.engine_commit = b.commit, p.engine_sources = b.sources;
    p.compiler = b.compiler, p.flags = b.flags, p.libraries = b.libraries;
    p.precision = kernel.precision, p.isa = kernel.isa, p.keep = keep_names[static_cast<int>(options.keep)];
    p.command_line = command_line, p.host = host;
    p.created_at = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
    p.seed = scenario.seed, p.runs = scenario.runs, p.threads = options.threads;
    return p;
}

/// Resolved scenarios are the same if they say the same, wherever the values come from.
static std::string without_origins(const std::string& resolved)
{
    std::string bare;
    for (const std::string& line : split(resolved, '\n')) {
        if (line.starts_with("title") || line.starts_with("assumes")) continue;
        const std::string_view said = trim(std::string_view(line).substr(0, line.find(" # ")));
        if (!said.empty() && !said.starts_with('#')) bare.append(said).append("\n");
    }
    return bare;
}

/// What makes the stored result another one than asked for; empty if nothing does.
static std::string difference_to(const StoredResult& stored, const Provenance& asked)
{
    const Provenance& p = stored.provenance;
    if (without_origins(p.scenario_resolved) != without_origins(asked.scenario_resolved)) return "another scenario, number of runs or seed";
    if (p.engine_sources != asked.engine_sources)
        return fmt::format("another engine ({} {}, this is {} {})", p.engine_version, p.engine_commit, asked.engine_version, asked.engine_commit);
    if (p.precision != asked.precision) return fmt::format("{} precision", p.precision);
    if (p.keep != asked.keep) return fmt::format("--keep {}", p.keep);
    return "";
}

static void print_result(const StoredResult& result, const std::string& path, bool json)
{
    const Answer a = answer(result.summary, result.provenance.scenario_name, result.provenance.scenario_title, result.complete);
    const bool history = a.horizon < a.start;
    if (json) {
        nlohmann::ordered_json out = to_json(a);
        if (history) out["patterns"] = patterns_json(result.summary);
        out["file"] = path;
        fmt::print("{}\n", out.dump(2));
        return;
    }
    fmt::print("{}{}\n{}\n", print(a, terminal_shows_charts()), history ? print_patterns(result.summary) : "", path);
}

static int simulate(const std::string& file, const boost::program_options::variables_map& given)
{
    const Scenario scenario = read_scenario(file, overlay_from(given));
    const EnsembleOptions options = ensemble_from(given);
    const std::string path = given.count("out") != 0 ? given["out"].as<std::string>() : fmt::format("results/{}.h5", scenario.name);
    const bool json = given.count("json") != 0;
    Provenance provenance = provenance_of(scenario, options, given["command-line"].as<std::string>());
    if (std::filesystem::exists(path) && given.count("force") == 0) {
        const StoredResult stored = read_result(path);
        const std::string difference = difference_to(stored, provenance);
        if (!difference.empty()) throw UsageError(fmt::format("{}: holds the result of {}; --force replaces it, --out FILE writes elsewhere", path, difference));
        if (stored.complete) {
            fmt::print(stderr, "{} holds this very result; nothing to simulate.\n", path);
            print_result(stored, path, json);
            return done;
        }
        fmt::print(stderr, "{} holds an interrupted run of this scenario; it is simulated again.\n", path);
    }
    watch_for_interruption();
    const auto begin = std::chrono::steady_clock::now();
    StoredResult result{provenance, {}, true};
    std::string written;
    {
        ResultWriter writer(path, scenario, provenance, options.keep);
        AttributionSample attribution(scenario, report_quarter(scenario.horizon));
        {
            ProgressLine progress(scenario.name);
            result.summary = run_ensemble(
                scenario, options,
                [&](const FinishedBlock& block) {
                    writer.block(block);
                    attribution.add(block);
                },
                [&](Progress p) { progress(p); }, &interruption());
        }
        result.complete = result.summary.runs == scenario.runs;
        if (result.summary.runs == 0) {
            fmt::print(stderr, "Interrupted before the first block of runs was finished; nothing was written.\n");
            return interrupted_exit;
        }
        attribution.attribute(result.summary);
        result.provenance.duration_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        written = writer.finish(result.summary, result.provenance.duration_s, result.complete);
    }
    if (result.summary.failed > 0)
        fmt::print(stderr, "{} of {} runs met a value that is no number and are left out; the first: run {}, {}, {}.\n", result.summary.failed, result.summary.runs,
                   result.summary.failures[0].run, quarter_name(result.summary.failures[0].quarter),
                   describe().variables[static_cast<std::size_t>(result.summary.failures[0].variable)].name);
    print_result(result, written, json);
    if (!result.complete) {
        fmt::print(stderr, "Interrupted after {} of {} runs. What is finished is in {}; the same command simulates all of them again.\n", with_commas(result.summary.runs),
                   with_commas(scenario.runs), written);
        return interrupted_exit;
    }
    return done;
}

std::string first_difference(const FinishedBlock& block, const StoredRuns& stored)
{
    const std::size_t runs = block.job.runs();
    if (stored.runs != runs) return fmt::format("the file holds {} of the {} runs from {} on", stored.runs, runs, block.first_run);
    for (std::size_t i = 0; i < stored.parameters.size(); ++i)
        if (stored.parameters[i] != block.job.parameters[i])
            return fmt::format("run {}, parameter {}: {} in the file, {} now", block.first_run + i % runs, describe().parameters[i / runs].name, stored.parameters[i],
                               block.job.parameters[i]);
    for (std::size_t i = 0; i < stored.outcome.size(); ++i)
        if (stored.outcome[i] != block.result.outcome[i])
            return fmt::format("run {}, {}: outcome code {} in the file, {} now", block.first_run + i % runs, quarter_name(static_cast<int>(i / runs)), stored.outcome[i],
                               block.result.outcome[i]);
    for (std::size_t i = 0; i < stored.first_event.size(); ++i)
        if (stored.first_event[i] != block.result.first_event[i]) return fmt::format("run {}: date of {}", block.first_run + i % runs, describe().events[i / runs].name);
    return "";
}

void say_if_another_engine(const Provenance& p)
{
    if (p.engine_sources != build().sources)
        fmt::print(stderr, "The file was written by another engine: {} {}; this is {} {}.\n", p.engine_version, p.engine_commit, build().version, build().commit);
}

static int repeat(const std::string& file, const boost::program_options::variables_map& given)
{
    const StoredResult stored = read_result(file);
    Scenario scenario = parse_scenario(stored.provenance.scenario_resolved, file);
    const std::uint32_t asked = scenario.runs;
    scenario.runs = stored.summary.runs;
    EnsembleOptions options = ensemble_from(given);
    options.precision = stored.provenance.precision;
    options.keep = Keep::outcomes;
    const bool per_run = stored.provenance.keep != "none";
    say_if_another_engine(stored.provenance);
    watch_for_interruption();
    std::string difference;
    Summary again;
    {
        ProgressLine progress(scenario.name);
        again = run_ensemble(
            scenario, options,
            [&](const FinishedBlock& block) {
                if (per_run && difference.empty()) difference = first_difference(block, read_runs(file, block.first_run, static_cast<std::uint32_t>(block.job.runs())));
            },
            [&](Progress p) { progress(p); }, &interruption());
    }
    if (again.runs < scenario.runs) {
        fmt::print(stderr, "Interrupted after {} of {} runs.\n", again.runs, scenario.runs);
        return interrupted_exit;
    }
    if (difference.empty()
        && (again.code_count != stored.summary.code_count || again.mean != stored.summary.mean || again.sd != stored.summary.sd || again.quantile != stored.summary.quantile
            || again.event_count != stored.summary.event_count))
        difference = "summaries";
    const bool same = difference.empty();
    if (given.count("json") != 0) {
        fmt::print("{}\n", nlohmann::ordered_json{{"file", file}, {"runs", again.runs}, {"identical", same}, {"first_difference", difference}}.dump(2));
    } else if (same) {
        fmt::print("{}: {} runs simulated again{}; the bits are identical.\n", file, with_commas(again.runs), again.runs < asked ? " (an interrupted file)" : "");
    } else {
        fmt::print("{}: {} runs simulated again; the bits differ. First difference: {}.\n", file, with_commas(again.runs), difference);
    }
    return same ? done : failed;
}

int run_command(const std::vector<std::string>& arguments)
{
    namespace po = boost::program_options;
    po::options_description options("Options");
    options.add(overlay_options()).add(ensemble_options(true));
    options.add_options()("out,o", po::value<std::string>(),
                          "result file; results/NAME.h5 if not given")("force", "replace another result in that file")("json", "the answer as JSON on standard output");
    po::variables_map given = parse("run", arguments, options, {"FILE"});
    std::string command_line = "entente run";
    for (const std::string& a : arguments) command_line += " " + a;
    given.insert({"command-line", po::variable_value(command_line, false)});
    const auto file = given["FILE"].as<std::string>();
    return file.ends_with(".h5") ? repeat(file, given) : simulate(file, given);
}

int show_command(const std::vector<std::string>& arguments)
{
    boost::program_options::options_description options("Options");
    options.add_options()("json", "the answer as JSON on standard output");
    const auto given = parse("show", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    print_result(read_result(file), file, given.count("json") != 0);
    return done;
}

} // namespace entente::cli
