// survival: when events come and which comes first, in a result or in two; or in scenarios, which are run.
#include "../experiment/survival.hpp"
#include "../core/quarter.hpp"
#include "../report/documents.hpp"
#include "../report/survival.hpp"
#include "inputs.hpp"
#include "options.hpp"
#include "results.hpp"
#include "terminal.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::cli {

namespace po = boost::program_options;

namespace {

constexpr std::size_t most_competing = 8;

std::vector<std::string> event_names()
{
    std::vector<std::string> names;
    for (const Row& e : describe().events) names.emplace_back(e.name);
    return names;
}

/// Adds what is wrong with a name to `faults`.
std::size_t event_of(const char* option, const std::string& text, std::vector<std::string>& faults)
{
    const std::string name(trim(text));
    const std::size_t e = Description::find(describe().events, name);
    if (e == Description::npos)
        faults.push_back(fmt::format("entente survival: --{}: an event, got '{}'{}; `entente describe model` lists them", option, name, did_you_mean(name, event_names())));
    return e;
}

/// Throws UsageError with everything that is wrong with any of the options.
report::SurvivalShown shown_from(const po::variables_map& given)
{
    report::SurvivalShown shown;
    std::vector<std::string> faults;
    shown.chosen = given.count("event") != 0;
    if (shown.chosen)
        for (const std::string& name : given["event"].as<std::vector<std::string>>()) {
            const std::size_t e = event_of("event", name, faults);
            if (std::ranges::find(shown.events, e) == shown.events.end()) shown.events.push_back(e);
        }
    else
        for (std::size_t e = 0; e < describe().events.size(); ++e) shown.events.push_back(e);
    if (given.count("first") != 0)
        for (const std::string& text : given["first"].as<std::vector<std::string>>()) {
            report::NamedCompeting group{.name = text, .question = "Which comes first"};
            for (const std::string& name : split(text, ',')) {
                group.events.push_back(event_of("first", name, faults)), group.labels.emplace_back(trim(name));
                if (std::ranges::count(group.labels, group.labels.back()) > 1)
                    faults.push_back(fmt::format("entente survival: --first: different events, got '{}' twice", group.labels.back()));
            }
            group.name = fmt::format("{}", fmt::join(group.labels, "|"));
            if (group.events.size() < 2 || group.events.size() > most_competing)
                faults.push_back(fmt::format("entente survival: --first: from 2 to {} events with commas between, got '{}'", most_competing, text));
            shown.groups.push_back(std::move(group));
        }
    else if (!shown.chosen)
        for (const CompetingRow& row : competing_rows)
            shown.groups.push_back({row.name,
                                    row.question,
                                    {Description::find(describe().events, row.events[0]), Description::find(describe().events, row.events[1])},
                                    {std::string(row.labels[0]), std::string(row.labels[1])}});
    const std::vector<std::string> bands(std::begin(curve_band_names), std::end(curve_band_names));
    const auto band = given["band"].as<std::string>();
    const auto at = std::ranges::find(bands, band);
    if (at == bands.end()) faults.push_back(fmt::format("entente survival: --band: {}, got '{}'{}", fmt::join(bands, ", "), band, did_you_mean(band, bands)));
    else shown.band = static_cast<CurveBand>(at - bands.begin());
    if (!faults.empty()) throw UsageError(fmt::format("{}", fmt::join(faults, "\n")));
    return shown;
}

std::vector<Competing> groups_in(const report::SurvivalShown& shown)
{
    std::vector<Competing> groups;
    for (const report::NamedCompeting& group : shown.groups) groups.push_back(group.events);
    return groups;
}

void throw_if_no_future(const std::string& file, int start, int horizon)
{
    if (horizon < start) throw UsageError(fmt::format("entente survival: {}: ends in {}, before the free future begins, and has no events", file, quarter_name(horizon)));
}

template <class Told> int print(const po::variables_map& given, const report::Document& document, const Told& told, const report::SurvivalShown& shown,
                                const std::vector<const SurvivalSide*>& sides, const std::string& kept_in)
{
    if (std::ranges::any_of(sides, [](const SurvivalSide* side) { return side->times.runs() == 0; })) throw std::runtime_error("every run failed, so there is nothing to tell");
    if (given.count("csv") != 0) {
        report::write_survival(sides, shown, [](const std::string& text) { tell("{}", text); });
        return done;
    }
    const As as = as_given(given);
    const std::string json = as == As::json || given.count("save") != 0 ? report::printed(document, report::json_of(told, shown)) : "";
    keep_if_asked(given, kept_in, "survival", json);
    if (as == As::json) tell("{}", json);
    else tell("{}", report::text_of(told, shown, looks_of_output(as == As::all ? report::Detail::all : report::Detail::first)));
    return done;
}

int of_results(const std::vector<std::string>& files, const po::variables_map& given, const report::SurvivalShown& shown)
{
    std::vector<StoredResult> results;
    for (const std::string& file : files) {
        results.push_back(read_result(file));
        throw_if_no_future(file, static_cast<int>(results.back().summary.start), static_cast<int>(results.back().summary.quarters) - 1);
    }
    const report::Document document = report::document("survival", results[0].provenance);
    if (files.size() == 1) {
        const SurvivalSide side = survival_in(files[0], results[0], groups_in(shown));
        return print(given, document, side, shown, {&side}, files[0]);
    }
    const SurvivalPair pair = survival_in(files[0], results[0], files[1], results[1], groups_in(shown));
    return print(given, document, pair, shown, {&pair.a, &pair.b}, files[0]);
}

int of_scenarios(const std::vector<std::string>& files, const po::variables_map& given, const report::SurvivalShown& shown)
{
    if (given.count("save") != 0) throw UsageError("entente survival: --save is for a result; scenarios are run and not kept");
    const Overlay overlay = overlay_from(given);
    std::vector<Scenario> scenarios;
    for (const std::string& file : files) {
        scenarios.push_back(read_scenario(file, overlay));
        throw_if_no_future(file, scenarios.back().start, scenarios.back().horizon);
    }
    const EnsembleOptions ensemble = ensemble_from(given);
    watch_for_interruption();
    const report::Document document = report::document("survival", scenarios[0]);
    const auto listener = [](const Scenario& s) { return listener_on(std::make_shared<ProgressLine>(s.name)); };
    if (files.size() == 1) {
        const auto side = survival_of(scenarios[0], groups_in(shown), ensemble, listener(scenarios[0]), &interruption());
        return side ? print(given, document, *side, shown, {&*side}, "") : ended_early();
    }
    if (scenarios[0].horizon != scenarios[1].horizon) talk("The horizons differ; compared is what comes until the earlier one.\n");
    const auto pair = survival_of(scenarios[0], scenarios[1], groups_in(shown), ensemble, listener, &interruption());
    return pair ? print(given, document, *pair, shown, {&pair->a, &pair->b}, "") : ended_early();
}

} // namespace

int survival_command(const std::vector<std::string>& arguments)
{
    po::options_description of_runs("For scenarios alone, since the runs of a result are made");
    of_runs.add(overlay_options()).add(ensemble_options(false));
    po::options_description options("When events come, and which comes first. FILES: a result (.h5) of `run`, or two; or scenarios (.toml), which are run. Of two that share seed "
                                    "and number of runs, futures are paired.\n\nOptions");
    options.add_options()("event", po::value<std::vector<std::string>>(), "this event alone, with its curve; may be given several times")(
        "first", po::value<std::vector<std::string>>(), "'EVENT,EVENT': which of them comes first; two in one quarter count as the one named first; may be given several times")(
        "band", po::value<std::string>()->default_value("jeffreys"),
        "how intervals of shares are made: jeffreys or clopper-pearson, which are exact, log-log or greenwood")("all", "every event, report date and interval; by year")(
        "json", "as JSON, every quarter")("csv", "the curves as a table on standard output: a row for each event and quarter")("save", save_meaning);
    options.add(of_runs);
    const auto given = parse("survival", arguments, options, {"FILES..."});
    const auto files = given["FILES..."].as<std::vector<std::string>>();
    if (files.size() > 2) throw UsageError(fmt::format("entente survival: one or two files, got {}", files.size()));
    if (given.count("csv") + given.count("json") + given.count("save") > 1 && given.count("csv") != 0) throw UsageError("entente survival: --csv alone, or --json, or --save");
    for (const std::string& file : files) throw_if_for_another_command("survival", file);
    const report::SurvivalShown shown = shown_from(given);
    const auto is_result = [](const std::string& file) { return input_of(file) == Input::run_result || file.ends_with(".h5"); };
    const auto results = static_cast<std::size_t>(std::ranges::count_if(files, is_result));
    if (results == 1 && files.size() == 2) throw UsageError(fmt::format("entente survival: {} and {}: two results or two scenarios, not one of each", files[0], files[1]));
    if (results == 0) return of_scenarios(files, given, shown);
    for (const auto& [name, value] : given)
        if (of_runs.find_nothrow(name, false) != nullptr && !value.defaulted())
            throw UsageError(fmt::format("entente survival: --{} is for scenarios, which are run; the runs of a result are made", name));
    return reading("survival", [&] { return of_results(files, given, shown); });
}

} // namespace entente::cli
