#include "results.hpp"
#include "../experiment/again.hpp"
#include "../experiment/consolidate.hpp"
#include "../experiment/estimates.hpp"
#include "../report/documents.hpp"
#include "../report/picture.hpp"
#include "../report/result.hpp"
#include "../report/sweep.hpp"
#include "../report/words.hpp"
#include "../report/work.hpp"
#include "../store/analyses.hpp"
#include "../version.hpp"
#include "command.hpp"
#include "terminal.hpp"
#include <fmt/format.h>

namespace entente::cli {

using report::with_commas;

As as_given(const boost::program_options::variables_map& given) { return given.count("json") != 0 ? As::json : given.count("all") != 0 ? As::all : As::text; }

/// Colours come last: nothing in the text that a terminal would obey is left by then.
static void tell_painted(const std::string& text)
{
    const std::string said = report::painted(printable(text));
    static_cast<void>(std::fwrite(said.data(), 1, said.size(), stdout));
}

void print(const StoredResult& result, const std::string& path, As as)
{
    if (as == As::json) return tell("{}", report::printed(report::document("result", result.provenance), report::json_of(result, path)));
    const report::Looks looks = looks_of_output(as == As::all ? report::Detail::all : report::Detail::first);
    const std::string text = report::text_of(result, path, looks);
    if (output_takes_colours() && looks.signs == report::Signs::utf8) tell_painted(text);
    else tell("{}", text);
}

void print(const StoredSweep& result, const std::string& path, As as, const std::optional<std::string>& against)
{
    const SweepEstimate estimate = estimate_of(result, path, against);
    if (as == As::json) tell("{}", report::printed(report::document("sweep", result.head.provenance), report::json_of(estimate, result, path)));
    else tell("{}", report::text_of(estimate, result, path));
}

void print_result(const std::string& path, As as)
{
    if (stored_kind(path) == Stored::sweep) print(read_sweep_result(path), path, as);
    else print(read_result(path), path, as);
}

void say_what_is_damaged(const Parts& parts)
{
    for (const std::string& path : parts.damaged()) talk("{}: is damaged and left out; the command that made it simulates what is lost with --resume.\n", path);
    if (parts.has_damaged_state()) talk("{}/state: is damaged and left out; the command that made it sums its pieces up again with --resume.\n", parts.folder());
}

void print_parts(const std::string& folder, As as)
{
    Parts parts(folder);
    const Experiment e = experiment_of(parts);
    say_what_is_damaged(parts);
    const std::uint64_t all = runs_in(e.plan, parts.shard());
    if (!e.sweep) {
        Summaries summaries(e, parts);
        const Summary summary = summary_so_far(e, parts, summaries);
        if (summary.runs != summary.failed) { // else what is finished is in the pieces alone
            print(StoredResult{e.provenance, summary, false}, folder, as);
            talk("{} of {} runs are summed up so far; {}.\n", with_commas(summary.runs), with_commas(all), report::way_on(parts.shard(), summary.runs == all));
            return;
        }
    }
    SweepEstimate estimate = estimate_of(parts, e);
    if (const Shard& shard = parts.shard(); shard.of > 1) estimate.title += fmt::format(", shard {}/{}", shard.number, shard.of);
    if (as == As::json) tell("{}", report::printed(report::document("sweep", e.provenance), report::json_of(estimate, folder)));
    else tell("{}", report::text_of(estimate, folder, report::way_on(parts.shard(), estimate.finished == all)));
}

/// Of one that was just simulated, also what failed.
static void print_answer(const Done& finished, As as)
{
    if (finished.found) return finished.run ? print(*finished.run, finished.path, as) : print(*finished.sweep, finished.path, as);
    const bool all_failed = finished.run ? finished.run->summary.failed == finished.run->summary.runs : failed_runs(*finished.sweep) == finished.runs;
    if (finished.run && finished.run->summary.failed > 0)
        talk("{} of {} runs failed and are left out; the first: {}.\n", finished.run->summary.failed, finished.run->summary.runs, report::text_of(finished.run->summary.failures[0]));
    if (finished.sweep || !all_failed) {
        if (finished.run) print(*finished.run, finished.path, as);
        else print(*finished.sweep, finished.path, as);
    }
    if (all_failed) throw std::runtime_error(fmt::format("{}every run failed, so there is no answer", finished.path.empty() ? "" : finished.path + ": "));
}

int conclude(const Done& finished, As as)
{
    if (finished.runs == 0) talk("Interrupted before the first piece of {} runs was finished.\n", block_runs);
    else if (finished.shard && finished.complete) tell("{}: a shard of {} runs, all finished; entente merge puts shards together.\n", finished.path, with_commas(finished.runs));
    else if (!finished.shard) print_answer(finished, as);
    if (finished.complete) return done;
    if (finished.runs > 0)
        talk("Interrupted after {} of {} runs{}.{}\n", with_commas(finished.runs), with_commas(finished.all), finished.simulated ? ", before the result was put together" : "",
             finished.path.empty() ? "" : fmt::format(" What is finished is in {}; the same command with --resume goes on.", finished.path));
    return interrupted_exit;
}

void say(const std::vector<Problem>& notes)
{
    for (const Problem& note : notes) talk("{}:{}:{}: {}\n", note.where.file, note.where.line, note.where.column, note.message);
}

void say_if_another_engine(const Provenance& p)
{
    if (is_of_another_engine(p)) talk("The file was written by another engine: {} {}; this is {} {}.\n", p.engine_version, p.engine_commit, build().version, build().commit);
}

void keep_if_asked(const boost::program_options::variables_map& given, const std::string& file, const char* command, const std::string& document)
{
    if (given.count("save") == 0) return;
    reading(command, [&] { return read_analyses(file); }); // damaged ones are the file's fault, the rest the machine's
    watch_for_interruption();                              // the file is written whole
    save_analysis(file, {command, document});
    talk("Kept in {}: `entente show {} --analysis {}` prints it.\n", file, file, command);
}

} // namespace entente::cli
