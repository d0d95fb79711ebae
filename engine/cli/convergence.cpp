// convergence: how sure each number of a result is.
#include "../experiment/convergence_of_runs.hpp"
#include "../experiment/provenance.hpp"
#include "../report/convergence_of_runs.hpp"
#include "../report/documents.hpp"
#include "inputs.hpp"
#include "options.hpp"
#include "results.hpp"
#include "terminal.hpp"
#include <cmath>
#include <fmt/format.h>

namespace entente::cli {

namespace po = boost::program_options;

template <class Told> static void print(const po::variables_map& given, const std::string& file, const report::Document& document, const Told& told, const std::string& name)
{
    const As as = as_given(given);
    const std::string json = as == As::json || given.count("save") != 0 ? report::printed(document, report::json_of(told)) : "";
    keep_if_asked(given, file, "convergence", json);
    if (as == As::json) tell("{}", json);
    else tell("{}", report::text_of(told, name, looks_of_output(as == As::all ? report::Detail::all : report::Detail::first)));
}

int convergence_command(const std::vector<std::string>& arguments)
{
    po::options_description options("FILE: a result of `run` or of `sweep`. How each number changed as runs were added, how many runs it takes to know it as well as you want, and "
                                    "what it is uncertain by besides their number: parameters and structures. Nothing is simulated.\n\nOptions");
    options.add_options()("within", po::value<double>()->default_value(0.005, "0.005"), "the half-width that is wanted of 95 % intervals: of shares .005 is half a point")(
        "all", "every report date, event and interval")("json", "as JSON on standard output")("save", save_meaning);
    const po::variables_map given = parse("convergence", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    const auto within = given["within"].as<double>();
    throw_if_for_another_command("convergence", file);
    end_at_interruption();
    reading("convergence", [&] {
        const bool of_sweep = stored_kind(file) == Stored::sweep;
        if (!(within > 0 && (of_sweep ? std::isfinite(within) : within < 0.5)))
            throw UsageError(fmt::format("entente convergence: --within: a half-width above 0{}, got {}", of_sweep ? "" : " and below .5, such as .005, half a point", within));
        if (of_sweep) {
            const StoredSweep sweep = read_sweep_result(file);
            return print(given, file, report::document("sweep_convergence", sweep.head.provenance), convergence_in(file, sweep, within), file);
        }
        const StoredResult result = read_result(file);
        if (!keeps_single_runs(result.provenance))
            throw UsageError(fmt::format("entente convergence: {}: keeps no single runs, of which the first could be told apart; `entente run --keep outcomes` does", file));
        if (result.summary.runs == result.summary.failed) throw UsageError(fmt::format("entente convergence: {}: every run failed, so there is nothing to tell", file));
        print(given, file, report::document("convergence", result.provenance), convergence_in(file, result, replay_source(file), within), file);
    });
    return done;
}

} // namespace entente::cli
