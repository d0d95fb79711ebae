// compare: two scenarios run on the same random numbers, or two results of runs or of sweeps, and what is paired in them.
#include "../core/quarter.hpp"
#include "../experiment/paired_runs.hpp"
#include "../experiment/paired_sweeps.hpp"
#include "../experiment/refusal.hpp"
#include "../experiment/why.hpp"
#include "../report/comparison.hpp"
#include "../report/documents.hpp"
#include "../report/why.hpp"
#include "inputs.hpp"
#include "options.hpp"
#include "terminal.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::cli {

namespace po = boost::program_options;

namespace {

/// Throws UsageError with everything that is wrong with any of them.
std::vector<Quantity> quantities_from(const po::variables_map& given, int start, int horizon)
{
    std::vector<Quantity> all;
    std::vector<std::string> faults;
    for (const std::string& text : given["quantity"].as<std::vector<std::string>>()) {
        try {
            all.push_back(parse_quantity(text));
            if (all.back().level)
                faults.push_back(fmt::format("entente compare: --quantity '{}': a quantile over runs has no difference run by run; compare takes means, shares and events", text));
            else if (const std::string fault = fault_of_date(all.back(), start, horizon); !fault.empty()) faults.push_back("entente compare: --quantity: " + fault);
        } catch (const std::invalid_argument& e) {
            faults.push_back(fmt::format("entente compare: --quantity: {}", e.what()));
        }
    }
    if (!faults.empty()) throw UsageError(fmt::format("{}", fmt::join(faults, "\n")));
    return all;
}

template <class... Compared> int print(const po::variables_map& given, const report::Document& document, const Compared&... compared)
{
    if (given.count("json") != 0) tell("{}", report::printed(document, report::json_of(compared...)));
    else tell("{}", report::text_of(compared...));
    return done;
}

int compare_scenarios(const std::string& file_a, const std::string& file_b, const po::variables_map& given)
{
    const Overlay overlay = overlay_from(given);
    const Scenario a = read_scenario(file_a, overlay), b = read_scenario(file_b, overlay);
    throw_if_no_pairs(a, b);
    const int horizon = std::min(a.horizon, b.horizon);
    if (a.horizon != b.horizon)
        talk("Horizons: {} in {}, {} in {}; compared is what comes until {}.\n", quarter_name(a.horizon), file_a, quarter_name(b.horizon), file_b, quarter_name(horizon));
    const std::vector<Quantity> quantities = given.count("quantity") != 0 ? quantities_from(given, std::max(a.start, b.start), horizon) : usual_quantities(horizon);
    const EnsembleOptions ensemble = ensemble_from(given);
    watch_for_interruption();
    try {
        const auto compared = entente::compare_scenarios(
            a, b, quantities, ensemble, [](const Scenario& s) { return listener_on(std::make_shared<ProgressLine>(s.name)); }, &interruption());
        return compared ? print(given, report::document("comparison", a), *compared) : ended_early();
    } catch (const std::invalid_argument& e) {
        throw UsageError(fmt::format("entente compare: {}", e.what()));
    }
}

/// What --why asks of two scenarios.
int explain(const std::string& file_a, const std::string& file_b, const po::variables_map& given)
{
    const Overlay overlay = overlay_from(given);
    const Scenario a = read_scenario(file_a, overlay), b = read_scenario(file_b, overlay);
    throw_if_no_pairs(a, b);
    const int horizon = std::min(a.horizon, b.horizon);
    WhyAsked asked{.quantities = given.count("quantity") != 0 ? quantities_from(given, std::max(a.start, b.start), horizon) : why_quantities(horizon),
                   .mechanisms = given.count("settings-only") == 0};
    const EnsembleOptions ensemble = ensemble_from(given);
    watch_for_interruption();
    try {
        const auto found = why(a, b, asked, ensemble, listener_on(std::make_shared<ProgressLine>("why")), &interruption());
        if (!found) return ended_early();
        tell("{}", given.count("json") != 0 ? report::printed(report::document("why", a), report::json_of(*found)) : report::text_of(*found, looks_of_output(report::Detail::all)));
        return done;
    } catch (const std::invalid_argument& e) {
        throw UsageError(fmt::format("entente compare --why: {}", e.what()));
    }
}

void say_if_other_programs(const Provenance& a, const Provenance& b)
{
    if (!are_of_one_program(a, b)) talk("The results are by other programs or precisions: `entente diff` says in what they differ.\n");
}

int compare_runs(const std::string& a, const std::string& b, const po::variables_map& given)
{
    const ResultPair pair = pair_results(a, b);
    say_if_other_programs(pair.in_a.provenance, pair.in_b.provenance);
    const auto asked = given.count("quantity") != 0 ? quantities_from(given, static_cast<int>(pair.start()), static_cast<int>(pair.quarters()) - 1) : std::vector<Quantity>();
    return print(given, report::document("comparison", pair.in_a.provenance), compare_results(pair, asked));
}

int compare_sweeps(const std::string& a, const std::string& b, const po::variables_map& given)
{
    SweepPairs pairs = pair_sweeps(a, b);
    for (const OnlyIn& only : pairs.left_out) talk("Only {} has the {} '{}'.\n", only.file, only.what, only.name);
    if (given.count("quantity") != 0) pairs.outcomes = chosen(pairs.outcomes, given["quantity"].as<std::vector<std::string>>());
    say_if_other_programs(pairs.in_a.provenance, pairs.in_b.provenance);
    if (pairs.in_a.replicates != pairs.in_b.replicates)
        talk("Replicates: {} in {}, {} in {}; compared are the first {}.\n", pairs.in_a.replicates, a, pairs.in_b.replicates, b, pairs.replicates());
    return print(given, report::document("sweep_comparison", pairs.in_a.provenance), pairs, entente::compare_sweeps(pairs));
}

int compare_results(const std::string& a, const std::string& b, const po::variables_map& given)
{
    for (const auto& [name, value] : given)
        if (name != "json" && name != "quantity" && name != "A" && name != "B" && !value.defaulted())
            throw UsageError(fmt::format("entente compare: --{} is for scenarios, which are run; the runs of a result are made", name));
    const Stored kind = stored_kind(a), other = stored_kind(b);
    if (kind != other && kind != Stored::neither && other != Stored::neither) throw Refused(kind == Stored::run ? refusal::KindsDiffer{a, b} : refusal::KindsDiffer{b, a});
    return kind == Stored::sweep ? compare_sweeps(a, b, given) : compare_runs(a, b, given); // the latter says what is no result
}

} // namespace

int compare_command(const std::vector<std::string>& arguments)
{
    po::options_description of_scenarios("For scenarios alone, since the runs of a result are made");
    of_scenarios.add(overlay_options()).add(ensemble_options(false));
    po::options_description options("Paired differences of two scenarios, which are run, or of two results (.h5) of `run` or of `sweep`, which are read.\nTwo policies of one "
                                    "sweep: `entente show FILE.h5 --against POLICY`.\n\nOptions");
    options.add_options()("quantity", po::value<std::vector<std::string>>(),
                          "compare this alone; may be given several times. Scenarios: 'mean trust at 2045Q1'; results of `run`: shares and events, such as "
                          "'share_vassal at 2045Q1'; of `sweep`: an outcome of both")("json", "as JSON")(
        "why", "of two scenarios: how much of the difference each setting makes that differs between them, and through which mechanisms it passes; many ensembles are run, so that "
               "--runs 2000 is a "
               "good beginning")("settings-only", "with --why: leave out the mechanisms");
    options.add(of_scenarios);
    const auto given = parse("compare", arguments, options, {"A", "B"});
    const auto a = given["A"].as<std::string>(), b = given["B"].as<std::string>();
    for (const std::string& file : {a, b}) throw_if_for_another_command("compare", file);
    const auto is_result = [](const std::string& file) {
        const Input input = input_of(file);
        return input == Input::run_result || input == Input::sweep_result || file.ends_with(".h5");
    };
    if (is_result(a) != is_result(b))
        throw UsageError(fmt::format("entente compare: {} and {}: two scenarios or two results, not one of each; `entente run` makes a result of a scenario", a, b));
    if (given.count("settings-only") != 0 && given.count("why") == 0) throw UsageError("entente compare: --settings-only goes with --why");
    if (given.count("why") != 0 && is_result(a))
        throw UsageError("entente compare: --why mixes and mutes what scenarios set, and the runs of a result are made: give the two scenarios");
    if (given.count("why") != 0) return explain(a, b, given);
    return is_result(a) ? reading("compare", [&] { return compare_results(a, b, given); }) : compare_scenarios(a, b, given);
}

} // namespace entente::cli
