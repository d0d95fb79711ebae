// run: a scenario into a result file and an answer; or a result file again, to see whether the bits are the same.
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "../version.hpp"
#include "consolidate.hpp"
#include "../report/answer.hpp"
#include "../report/patterns.hpp"
#include "terminal.hpp"
#include "provenance.hpp"
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>

namespace entente::cli {

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
    const Answer a = answer(result.summary, result.provenance.scenario_name, result.provenance.scenario_title, result.complete ? result.summary.runs : result.provenance.runs);
    const bool history = a.horizon < a.start;
    if (json) {
        nlohmann::ordered_json out = report::json_of(a);
        if (history) out["patterns"] = report::json_of(patterns(result.summary));
        out["file"] = path;
        fmt::print("{}\n", out.dump(2));
        return;
    }
    fmt::print("{}{}\n{}\n", report::text_of(a, terminal_shows_charts() ? report::Charts::drawn : report::Charts::none), history ? report::text_of(patterns(result.summary)) : "", path);
}

/// Of a plain run whose program was killed: the answer, as far as it is summed up.
static void print_unfinished(Parts& parts, const Experiment& e, bool json)
{
    Summaries summaries(e, parts);
    const Summary summary = summary_so_far(e, parts, summaries);
    if (summary.runs == summary.failed) { // not even one: what is finished is in the pieces alone
        print_parts(parts, e, json);
        return;
    }
    print_result({e.provenance, summary, false}, parts.folder(), json);
    const std::uint64_t all = runs_in(e.plan, parts.shard());
    fmt::print(stderr, "{} of {} runs are summed up so far; {}.\n", with_commas(summary.runs), with_commas(all), way_on(parts.shard(), summary.runs == all));
}

static std::string failure_text(const Summary::Failure& failure)
{
    return fmt::format("run {}, {}, {}{}", failure.run, quarter_name(failure.quarter), cause_text(failure.variable, failure.value),
                       failure.variable < 0        ? fmt::format(" ({:.3g} s)", failure.value)
                       : std::isnan(failure.value) ? ""
                                                   : fmt::format(" ({})", failure.value));
}

static int simulate(const std::string& file, const boost::program_options::variables_map& given)
{
    std::vector<std::string> stops;
    if (given.count("stop") != 0) stops = given["stop"].as<std::vector<std::string>>();
    Experiment experiment = plain_experiment(file, overlay_from(given), ensemble_from(given), stops, given["command-line"].as<std::string>());
    const Ordered ordered = ordered_from(given, experiment.scenario().name);
    const bool json = given.count("json") != 0;
    if (ordered.shards == 1 && std::filesystem::exists(ordered.out) && !ordered.force && !(ordered.resume && holds_parts(parts_folder(ordered)))) {
        const StoredResult stored = reading("run", [&] { return read_result(ordered.out); });
        const std::string difference = difference_to(stored, experiment.provenance);
        if (!difference.empty()) throw UsageError(fmt::format("{}: holds the result of {}; --force replaces it, --out FILE writes elsewhere", ordered.out, difference));
        if (stored.complete) {
            nothing_to_simulate(ordered);
            print_result(stored, ordered.out, json);
            return done;
        }
        if (!ordered.resume) throw UsageError(fmt::format("{}: holds an interrupted run of this scenario; --resume goes on with it, --force begins anew", ordered.out));
    }
    const Done finished = carry_out(experiment, ordered);
    return tell(finished, [&] {
        const StoredResult& result = *finished.result;
        if (result.summary.failed > 0)
            fmt::print(stderr, "{} of {} runs failed and are left out; the first: {}.\n", result.summary.failed, result.summary.runs, failure_text(result.summary.failures[0]));
        if (result.summary.failed == result.summary.runs) throw std::runtime_error(fmt::format("{}: every run failed, so there is no answer", finished.path));
        print_result(result, finished.path, json);
    });
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

void forget_what_failed(StoredRuns& stored, const BlockResult& again)
{
    const std::size_t runs = stored.runs;
    for (std::size_t run = 0; run < stored.failed_quarter.size(); ++run) {
        const int last = stored.failed_quarter[run];
        if (last < 0) continue;
        for (std::size_t i = (static_cast<std::size_t>(last) + 1) * runs + run; i < stored.outcome.size(); i += runs) stored.outcome[i] = again.outcome[i];
        for (std::size_t i = run; i < stored.first_event.size(); i += runs)
            if (again.first_event[i] > last) stored.first_event[i] = again.first_event[i];
    }
}

static int repeat(const std::string& file, const boost::program_options::variables_map& given)
{
    const StoredResult stored = reading("run", [&] { return read_result(file); });
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
                if (!per_run || !difference.empty()) return;
                StoredRuns held = reading("run", [&] { return read_runs(file, block.first_run, static_cast<std::uint32_t>(block.job.runs())); });
                forget_what_failed(held, block.result);
                difference = first_difference(block, held);
            },
            [&](Progress p) { progress(p); }, &interruption());
    }
    if (again.runs < scenario.runs) {
        fmt::print(stderr, "Interrupted after {} of {} runs.\n", again.runs, scenario.runs);
        return interrupted_exit;
    }
    const bool given_up = std::ranges::any_of(stored.summary.failures, [](const Summary::Failure& f) { return f.variable < 0; });
    if (given_up) fmt::print(stderr, "{}: runs that were given up are compared until then; summaries, which leave them out, are not compared.\n", file);
    if (difference.empty() && !given_up
        && (again.code_count != stored.summary.code_count || again.mean != stored.summary.mean || again.sd != stored.summary.sd || again.least != stored.summary.least
            || again.most != stored.summary.most || again.quantile != stored.summary.quantile || again.event_count != stored.summary.event_count))
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
    options.add(overlay_options()).add(ensemble_options(true)).add(experiment_options());
    options.add_options()("stop", po::value<std::vector<std::string>>(),
                          "stop once this is known so well, such as 'rupture by 2045Q1 within 0.005' (half-width of the 95 % interval); "
                          "`runs` is then the most; may be given several times")("json", "the answer as JSON on standard output");
    po::variables_map given = parse("run", arguments, options, {"FILE"});
    given.insert({"command-line", po::variable_value(command_line("run", arguments), false)});
    const auto file = given["FILE"].as<std::string>();
    return file.ends_with(".h5") ? repeat(file, given) : simulate(file, given);
}

int show_command(const std::vector<std::string>& arguments)
{
    boost::program_options::options_description options("FILE: a result (.h5), or the folder of parts of one that is not finished.\n\nOptions");
    options.add_options()("json", "the answer as JSON on standard output");
    const auto given = parse("show", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    const bool json = given.count("json") != 0;
    reading("show", [&] {
        if (std::filesystem::is_directory(file)) {
            Parts parts(file);
            const Experiment e = experiment_of(parts);
            if (e.sweep) print_parts(parts, e, json);
            else print_unfinished(parts, e, json);
        } else if (stored_kind(file) == Stored::sweep) print_sweep(read_sweep_result(file), file, json);
        else print_result(read_result(file), file, json);
    });
    return done;
}

int merge_command(const std::vector<std::string>& arguments)
{
    namespace po = boost::program_options;
    po::options_description options("Options");
    options.add_options()("out,o", po::value<std::string>(), "result file")("force", "replace another result in that file")("json", "the answer as JSON on standard output");
    const auto given = parse("merge", arguments, options, {"PARTS..."});
    if (given.count("out") == 0) throw UsageError("entente merge: --out FILE.h5 is missing");
    const auto out = given["out"].as<std::string>();
    throw_if_no_result_to_replace(out);
    if (std::filesystem::exists(out) && given.count("force") == 0) throw UsageError(fmt::format("{}: is there already; --force replaces it", out));
    const Done merged = merge_parts(given["PARTS..."].as<std::vector<std::string>>(), out);
    return tell(merged, [&] {
        if (stored_kind(out) == Stored::sweep) print_sweep(read_sweep_result(out), out, given.count("json") != 0);
        else print_result(*merged.result, out, given.count("json") != 0);
    });
}

} // namespace entente::cli
