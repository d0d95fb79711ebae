// show: the answer of a result again, or of what is finished so far; or a result as CSV.
#include "../core/text.hpp"
#include "../report/csv.hpp"
#include "../report/words.hpp"
#include "../store/analyses.hpp"
#include "command.hpp"
#include "inputs.hpp"
#include "results.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::cli {

namespace po = boost::program_options;

static void print_text(const std::string& text) { tell("{}", text); }

/// The tables of a result of `run`, and of one of `sweep`.
static const std::vector<std::string> of_run = {"outcomes", "events", "shares", "summary"}, of_sweep = {"outcomes", "points"};

static void print_table(const std::string& file, const std::string& table)
{
    const bool sweep = stored_kind(file) == Stored::sweep;
    const std::vector<std::string>& tables = sweep ? of_sweep : of_run;
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

int show_command(const std::vector<std::string>& arguments)
{
    po::options_description options("FILE: a result (.h5), or the folder of parts of one that is not finished.\n\nOptions");
    options.add_options()("all", all_meaning)("json", "the answer as JSON on standard output")(
        "csv", po::value<std::string>(),
        "a table on standard output, a row for each observation. Of a run: outcomes (class and orientation of every run and quarter), events "
        "(their dates), shares (of classes and orientations, with intervals) or summary (of every variable); of a sweep: outcomes (of every "
        "run, with the factors' values) or points (estimates)")("against", po::value<std::string>(), "of a sweep: the policy to which the others' differences are; the first if not given");
    options.add_options()("analysis", po::value<std::string>(), "print what a command found and kept in FILE (--save), as JSON; `list`: what there is");
    const auto given = parse("show", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    if (given.count("json") + given.count("csv") > 1) throw UsageError("entente show: --json or --csv: one of them");
    if (given.count("csv") + given.count("against") > 1) throw UsageError("entente show: --against is for the answer, not for --csv");
    throw_if_for_another_command("show", file);
    const As as = as_given(given);
    reading("show", [&] {
        const Input input = input_of(file);
        if (given.count("analysis") != 0) {
            if (input == Input::parts) throw UsageError("entente show: --analysis is for a result, and this is a folder of parts");
            print_analysis(file, given["analysis"].as<std::string>());
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
