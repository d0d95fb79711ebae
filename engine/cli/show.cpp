// show: the answer of a result again, or of what is finished so far; or a result as CSV.
#include "../core/text.hpp"
#include "../experiment/given_runs.hpp"
#include "../report/csv.hpp"
#include "../report/documents.hpp"
#include "../report/given.hpp"
#include "../report/paper/paper.hpp"
#include "../report/paper/tables.hpp"
#include "../report/words.hpp"
#include "../store/analyses.hpp"
#include "command.hpp"
#include "given.hpp"
#include "inputs.hpp"
#include "options.hpp"
#include "results.hpp"
#include "terminal.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

namespace entente::cli {

namespace po = boost::program_options;

static void print_text(const std::string& text) { tell("{}", text); }

/// The tables of a result of `run`, and of one of `sweep`.
static const std::vector<std::string> of_run = {"outcomes", "events", "shares", "summary"}, of_sweep = {"outcomes", "points"};

/// What a table of a paper takes to be worked out.
static std::set<FindingsPart> parts_for(const std::string& table)
{
    for (const auto& [name, part] : {std::pair{"event_times", FindingsPart::survival}, std::pair{"sensitivity", FindingsPart::sensitivity}, std::pair{"indices", FindingsPart::sensitivity},
                                     std::pair{"boxes", FindingsPart::boxes}, std::pair{"conventions", FindingsPart::conventions}, std::pair{"convergence", FindingsPart::convergence}})
        if (table == name) return {part};
    return {FindingsPart::diagnosis};
}

/// A table of a paper. Throws UsageError if there is none of this name, or the result lacks what it takes.
static void print_paper_table(const std::string& file, const std::string& option, const std::string& table)
{
    const Input input = input_of(file);
    if (input == Input::parts) throw UsageError(fmt::format("entente show: --{} is for a result, and this is a folder of parts", option));
    const std::vector<std::string> names = report::table_names(stored_kind(file));
    if (std::ranges::find(names, table) == names.end())
        throw UsageError(fmt::format("entente show: --{}: of the result of a {} {}, got '{}'{}", option, input == Input::sweep_result ? "sweep" : "run", fmt::join(names, ", "),
                                     table, did_you_mean(table, names)));
    const std::optional<Findings> found = findings_in({file}, {.only = parts_for(table)});
    for (const auto& tables : {found->runs.empty() ? std::vector<report::PaperTable>() : report::tables_of(found->runs[0]),
                               found->sweeps.empty() ? std::vector<report::PaperTable>() : report::tables_of(found->sweeps[0])})
        for (const report::PaperTable& t : tables)
            if (t.name == table) return tell("{}", option == "latex" ? report::latex_of(t) : option == "markdown" ? report::markdown_of(t) : report::csv_of(t));
    for (const Lacking& lacking : found->lacking) throw UsageError(fmt::format("entente show: --{}: {}: {}", option, table, report::text_of(lacking)));
    throw UsageError(fmt::format("entente show: --{}: {} has no table '{}'; `entente report` says of each what it takes", option, file, table));
}

static void print_table(const std::string& file, const std::string& table)
{
    const bool sweep = stored_kind(file) == Stored::sweep;
    std::vector<std::string> tables = sweep ? of_sweep : of_run;
    const std::vector<std::string> of_paper = report::table_names(stored_kind(file));
    if (std::ranges::find(of_paper, table) != of_paper.end()) return print_paper_table(file, "csv", table);
    tables.insert(tables.end(), of_paper.begin(), of_paper.end());
    if (std::ranges::find(tables, table) == tables.end())
        throw UsageError(fmt::format("entente show: --csv: of the result of a {} {}, got '{}'{}", sweep ? "sweep" : "run", fmt::join(tables, ", "), table, did_you_mean(table, tables)));
    std::uint64_t left_out = 0;
    if (sweep) {
        const StoredSweep stored = read_sweep_result(file);
        if (table == "points") report::write_points(stored, print_text);
        else left_out = report::write_outcomes(stored, file, print_text);
    } else {
        const StoredResult stored = read_result(file);
        if (table == "shares") report::write_shares(stored, print_text);
        else if (table == "summary") report::write_summary(stored, print_text);
        else left_out = table == "events" ? report::write_events(stored, file, print_text) : report::write_outcomes(stored, file, print_text);
    }
    if (left_out > 0) talk("{}: {} runs that failed or were not made are left out.\n", file, report::with_commas(left_out));
}

static void print_analysis(const std::string& file, const std::string& name)
{
    const std::vector<Analysis> all = read_analyses(file);
    std::vector<std::string> names;
    for (const Analysis& a : all) names.push_back(a.name);
    if (name == "list") {
        for (const std::string& n : names) tell("{}\n", n);
        return;
    }
    const auto found = std::ranges::find(all, name, &Analysis::name);
    if (found == all.end())
        throw UsageError(fmt::format("entente show: --analysis: {}, got '{}'{}",
                                     names.empty() ? "none is kept in this file; sensitivity, discover and others keep one with --save" : fmt::format("{}", fmt::join(names, ", ")),
                                     name, did_you_mean(name, names)));
    tell("{}", found->document);
}

/// The answer among the futures that meet conditions.
static int print_given(const std::string& file, const po::variables_map& given, As as)
{
    if (input_of(file) != Input::run_result && input_of(file) != Input::unknown) throw UsageError("entente show: --given is for the result of a run");
    const ReplaySource source = reading("show", [&] { return replay_source(file); });
    const std::vector<Given> conditions = conditions_from("show", given, source.scenario.start, source.scenario.horizon);
    say_if_another_engine(source.provenance);
    const EnsembleOptions ensemble{.isa = given["isa"].as<std::string>(), .threads = threads_from(given)};
    watch_for_interruption();
    const auto answer = reading("show",
                                [&] { return given_answer(file, source, conditions, ensemble, listener_on(std::make_shared<ProgressLine>(source.scenario.name)), &interruption()); });
    if (!answer) return ended_early();
    if (answer->met.count == 0) {
        std::string each;
        if (conditions.size() > 1)
            for (const GivenPart& c : answer->conditions) each += fmt::format("\n  {} alone: {}", c.text, report::counted(c.met.count, "future", "futures"));
        throw UsageError(fmt::format("entente show: --given: none of {} meets it: {}{}", report::counted(answer->met.runs, "future", "futures"), report::all_conditions(*answer), each));
    }
    if (answer->met.count < few_given)
        talk("{}: {} left; with fewer than {} intervals are wide. More runs help: entente run --runs.\n", file,
             answer->met.count == 1 ? "1 future is" : fmt::format("{} futures are", answer->met.count), few_given);
    if (as == As::json) tell("{}", report::printed(report::document("given", source.provenance), report::json_of(*answer)));
    else tell("{}", report::text_of(*answer, source.scenario.name, looks_of_output(as == As::all ? report::Detail::all : report::Detail::first)));
    return done;
}

int show_command(const std::vector<std::string>& arguments)
{
    po::options_description options("FILE: a result (.h5), or the folder of parts of one that is not finished.\n\nOptions");
    options.add_options()("all", all_meaning)("json", "the answer as JSON on standard output")(
        "csv", po::value<std::string>(),
        "a table on standard output, a row for each observation. Of a run: outcomes (class and orientation of every run and quarter), events "
        "(their dates), shares (of classes and orientations, with intervals) or summary (of every variable); of a sweep: outcomes (of every "
        "run, with the factors' values) or points (estimates); and what --latex takes")(
        "latex", po::value<std::string>(),
        "a table for a paper, for LaTeX's booktabs. Of a run: classes, orientations, event_times, uncertainty, drivers, sensitivity, boxes, conventions, convergence, base_rates, "
        "structures, parameters or claims; of a sweep: policies, indices or sensitivity, boxes, factors, structures, parameters, claims")(
        "markdown", po::value<std::string>(), "the same as Markdown")("against", po::value<std::string>(), "of a sweep: the policy to which the others' differences are; the first if not given");
    options.add_options()("analysis", po::value<std::string>(), "print what a command found and kept in FILE (--save), as JSON; `list`: what there is");
    po::options_description of_given("With --given, where the file does not keep what is asked for, so that its runs are simulated again");
    of_given.add_options()("isa", po::value<std::string>()->default_value(""), isa_meaning)("threads", po::value<std::uint32_t>()->default_value(0), threads_meaning);
    options.add_options()("given", po::value<std::vector<std::string>>(), given_meaning);
    options.add(of_given);
    const auto given = parse("show", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    const std::size_t tables = given.count("csv") + given.count("latex") + given.count("markdown");
    if (given.count("json") + tables > 1) throw UsageError("entente show: --json, --csv, --latex or --markdown: one of them");
    if (tables + given.count("against") > 1) throw UsageError("entente show: --against is for the answer, not for a table");
    if (given.count("given") != 0 && tables + given.count("against") + given.count("analysis") > 0) throw UsageError("entente show: --given is for the answer alone");
    throw_if_for_another_command("show", file);
    const As as = as_given(given);
    if (given.count("given") != 0) return print_given(file, given, as);
    reading("show", [&] {
        const Input input = input_of(file);
        if (given.count("analysis") != 0) {
            if (input == Input::parts) throw UsageError("entente show: --analysis is for a result, and this is a folder of parts");
            print_analysis(file, given["analysis"].as<std::string>());
        } else if (given.count("latex") != 0 || given.count("markdown") != 0) {
            const std::string option = given.count("latex") != 0 ? "latex" : "markdown";
            print_paper_table(file, option, given[option].as<std::string>());
        } else if (given.count("csv") != 0) {
            if (input == Input::parts) throw UsageError("entente show: --csv is for a result, and this is a folder of parts");
            print_table(file, given["csv"].as<std::string>());
        } else if (given.count("against") != 0) {
            if (input != Input::sweep_result) throw UsageError("entente show: --against is for the result of a sweep");
            print(read_sweep_result(file), file, as, given["against"].as<std::string>());
        } else if (input == Input::parts) {
            print_parts(file, as);
        } else {
            print_result(file, as);
        }
    });
    return done;
}

} // namespace entente::cli
