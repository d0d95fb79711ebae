// signposts: what can be seen at a date that foretells an outcome.
#include "../core/quarter.hpp"
#include "../experiment/signpost_runs.hpp"
#include "../report/documents.hpp"
#include "../report/signposts.hpp"
#include "inputs.hpp"
#include "options.hpp"
#include "results.hpp"
#include "terminal.hpp"
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::cli {

namespace po = boost::program_options;

namespace {

/// What is asked for, without a scenario.
struct AskedSignposts {
    Given of;
    int at = 0;
};
/// Throws UsageError with everything that is wrong.
AskedSignposts asked_from(const po::variables_map& given)
{
    AskedSignposts asked;
    std::vector<std::string> faults;
    if (given.count("of") == 0) faults.emplace_back("entente signposts: --of is missing: the outcome, such as 'rupture by 2040Q1'");
    else {
        try {
            asked.of = parse_given(given["of"].as<std::string>());
        } catch (const std::invalid_argument& e) {
            faults.push_back(fmt::format("entente signposts: --of: {}", e.what()));
        }
    }
    if (given.count("at") == 0) faults.emplace_back("entente signposts: --at is missing: the date at which signs are seen, such as 2028Q1");
    else {
        const auto text = given["at"].as<std::string>();
        const bool year = text.size() == 4 && text.find_first_not_of("0123456789") == std::string::npos;
        if (const auto quarter = parse_quarter(year ? text + "Q1" : text)) asked.at = *quarter;
        else faults.push_back(fmt::format("entente signposts: --at: a date from 2014Q1 on, such as 2028Q1, got '{}'", text));
    }
    if (!faults.empty()) throw UsageError(fmt::format("{}", fmt::join(faults, "\n")));
    return asked;
}

void throw_if_not_dated(const AskedSignposts& asked, const Scenario& s)
{
    std::vector<std::string> faults;
    if (const std::string fault = fault_of_date(asked.of.quantity, s.start, s.horizon); !fault.empty()) faults.push_back("entente signposts: --of: " + fault);
    if (const std::string fault = fault_of_signposts(asked.of, asked.at, s.start); !fault.empty()) faults.push_back("entente signposts: --at: " + fault);
    if (!faults.empty()) throw UsageError(fmt::format("{}", fmt::join(faults, "\n")));
}

} // namespace

int signposts_command(const std::vector<std::string>& arguments)
{
    po::options_description of_scenarios("Of a scenario, which is run; the runs of a result are simulated again as they were");
    of_scenarios.add(overlay_options()).add(ensemble_options(false));
    po::options_description options(
        "FILE: a scenario (.toml) or a result of `run` (.h5). Of everything that can be seen from outside at a date (statistics, lists, the news), which foretells an outcome: "
        "with the line to watch, hit and false-alarm rates and lead time, judged on the half of the futures that did not choose the line.\n\nOptions");
    options.add_options()("of", po::value<std::string>(), "the outcome: 'rupture by 2040', 'share_vassal at 2045Q1', 'mean trust at 2040Q1 < 0.3'")(
        "at", po::value<std::string>(), "the date at which signs are seen: 2028Q1")("all", "every sign")("json", "as JSON on standard output")("save", save_meaning);
    options.add(of_scenarios);
    const po::variables_map given = parse("signposts", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    throw_if_for_another_command("signposts", file);
    const AskedSignposts asked = asked_from(given);
    const bool result = input_of(file) == Input::run_result || file.ends_with(".h5");
    std::optional<OutcomeSignposts> found;
    std::optional<report::Document> document;
    std::string name;
    watch_for_interruption();
    if (result) {
        for (const char* const option : {"runs", "seed", "parameters", "set"})
            if (given.count(option) != 0) throw UsageError(fmt::format("entente signposts: --{} is for a scenario, which is run; the runs of a result are made", option));
        const ReplaySource source = reading("signposts", [&] { return replay_source(file); });
        throw_if_not_dated(asked, source.scenario);
        say_if_another_engine(source.provenance);
        name = source.scenario.name, document = report::document("signposts", source.provenance);
        const EnsembleOptions ensemble{.isa = given["isa"].as<std::string>(), .threads = threads_from(given)};
        found = reading("signposts", [&] { return signposts_of(file, source, asked.of, asked.at, ensemble, listener_on(std::make_shared<ProgressLine>(name)), &interruption()); });
    } else {
        if (given.count("save") != 0) throw UsageError("entente signposts: --save keeps it in a result, and this is a scenario");
        const Scenario scenario = read_scenario(file, overlay_from(given));
        throw_if_not_dated(asked, scenario);
        name = scenario.name, document = report::document("signposts", scenario);
        found = signposts_of(scenario, asked.of, asked.at, ensemble_from(given), listener_on(std::make_shared<ProgressLine>(name)), &interruption());
    }
    if (!found) return ended_early();
    const As as = as_given(given);
    const std::string printed = report::printed(*document, report::json_of(*found));
    if (result) keep_if_asked(given, file, "signposts", printed);
    if (as == As::json) tell("{}", printed);
    else tell("{}", report::text_of(*found, name, looks_of_output(as == As::all ? report::Detail::all : report::Detail::first)));
    return done;
}

} // namespace entente::cli
