// sensitivity: which inputs drive what came, of a result or of tables from elsewhere; or a screen over every row of the model.
#include "../experiment/refusal.hpp"
#include "../experiment/screen.hpp"
#include "../experiment/sensitivity.hpp"
#include "../experiment/values.hpp"
#include "../report/documents.hpp"
#include "../report/screen.hpp"
#include "../report/sensitivity.hpp"
#include "given.hpp"
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

std::vector<std::string> texts(const po::variables_map& given, const char* option)
{
    return given.count(option) != 0 ? given[option].as<std::vector<std::string>>() : std::vector<std::string>();
}

SensitivityRequest request_from(const po::variables_map& given)
{
    SensitivityRequest request{.asked = {}, .groups = texts(given, "groups")};
    for (const std::string& group : texts(given, "group")) {
        if (group.find('=') == std::string::npos) throw UsageError(fmt::format("entente sensitivity: --group: NAME=a,b,c, got '{}'", group));
        request.groups.push_back(group);
    }
    for (const std::string& group : texts(given, "groups"))
        if (group != "drivers" && group != "articles")
            throw UsageError(fmt::format("entente sensitivity: --groups: drivers or articles, got '{}'; --group NAME=a,b,c makes one", group));
    for (const std::string& text : texts(given, "method")) {
        if (text == "all") {
            request.asked.given = {GivenMethod::first_order, GivenMethod::pawn, GivenMethod::regional, GivenMethod::delta};
            continue;
        }
        const auto at = std::ranges::find(given_method_names, text);
        if (at == std::end(given_method_names)) throw UsageError(fmt::format("entente sensitivity: --method: one of {}, all, got '{}'", fmt::join(given_method_names, ", "), text));
        request.asked.given.insert(static_cast<GivenMethod>(at - given_method_names));
    }
    request.asked.resampling = {given["resamples"].as<std::uint32_t>(), given["resampling-seed"].as<std::uint64_t>(), threads_from(given)};
    request.asked.slices = given["slices"].as<std::uint32_t>();
    if (request.asked.resampling.resamples < 100 || request.asked.resampling.resamples > 100'000)
        throw UsageError(fmt::format("entente sensitivity: --resamples: 100 to 100000, got {}", request.asked.resampling.resamples));
    if (request.asked.slices < 2 || request.asked.slices > 1000) throw UsageError(fmt::format("entente sensitivity: --slices: 2 to 1000, got {}", request.asked.slices));
    return request;
}

/// Prints, and keeps the document in the result that it is of, if it is of one.
template <class Study> int print(const po::variables_map& given, const report::Document& document, const Study& study, const std::string& result = "")
{
    const std::string json = given.count("json") != 0 || given.count("save") != 0 ? report::printed(document, report::json_of(study)) : "";
    if (!result.empty()) keep_if_asked(given, result, "sensitivity", json);
    if (given.count("json") != 0) tell("{}", json);
    else tell("{}", report::text_of(study, given["top"].as<std::size_t>(), looks_of_output(report::Detail::first)));
    return done;
}

/// What is wrong with what was asked for is the user's mistake.
template <class Study> auto studied(Study study)
{
    try {
        return study();
    } catch (const std::invalid_argument& e) {
        throw UsageError(fmt::format("entente sensitivity: {}", e.what()));
    }
}

int of_table(const std::string& file, const po::variables_map& given)
{
    if (given.count("table") == 0 || given.count("output") == 0)
        throw UsageError("entente sensitivity: a sweep's file goes with both --table POINTS.csv and --output Y.csv; `entente sweep` makes a result of it, which needs neither");
    const Sweep sweep = read_sweep(file, overlay_from(given));
    const SensitivityStudy study = reading("sensitivity", [&] {
        return studied([&] { return sensitivity_of_table(sweep, given["table"].as<std::string>(), given["output"].as<std::string>(), request_from(given)); });
    });
    return print(given, report::document("sensitivity"), study);
}

int of_sweep(const std::string& file, const po::variables_map& given)
{
    const StoredSweep sweep = reading("sensitivity", [&] { return read_sweep_result(file); });
    if (!sweep.head.complete) talk("{}: an interrupted sweep; points that were not run count as failed.\n", file);
    const std::size_t policy = given.count("policy") != 0 ? policy_number(sweep.head, given["policy"].as<std::string>(), refusal::NoSuchPolicy::For::replay) : 0;
    if (sweep.head.policies.size() > 1 && given.count("policy") == 0)
        talk("Policy '{}', the first of {}; --policy NAME takes another.\n", sweep.head.policies[0], sweep.head.policies.size());
    const SensitivityStudy study = reading("sensitivity",
                                           [&] { return studied([&] { return sensitivity_of_sweep(file, sweep, texts(given, "outcome"), policy, request_from(given)); }); });
    return print(given, report::document("sensitivity", sweep.head.provenance), study, file);
}

int of_run(const std::string& file, const po::variables_map& given)
{
    const ReplaySource source = reading("sensitivity", [&] { return replay_source(file); });
    const SensitivityRequest request = request_from(given);
    const std::vector<Given> conditions = conditions_from("sensitivity", given, source.scenario.start, source.scenario.horizon);
    const EnsembleOptions ensemble = ensemble_from(given);
    const auto study = reading("sensitivity", [&] {
        return studied([&] {
            return sensitivity_of_run(file, source, texts(given, "outcome"), conditions, request, ensemble, listener_on(std::make_shared<ProgressLine>(source.scenario.name)), &interruption());
        });
    });
    if (!study) return ended_early();
    if (study->simulated) talk("{} keeps not all that is asked for: its runs were simulated again.\n", file);
    return print(given, report::document("sensitivity", source.provenance), *study, file);
}

int of_scenario(const std::string& file, const po::variables_map& given)
{
    if (given.count("screen") == 0)
        throw UsageError(fmt::format(
            "entente sensitivity: {} is a scenario: --screen moves every row of the model in turn; `entente run {}` makes a result whose drawn inputs are studied", file, file));
    for (const char* option : {"outcome", "given", "groups", "group", "method", "policy"})
        if (given.count(option) != 0)
            throw UsageError(fmt::format("entente sensitivity: --{} does not go with --screen, which looks at the alignment index and the class shares", option));
    const Overlay overlay = overlay_from(given);
    const Scenario scenario = read_scenario(file, overlay);
    const std::uint32_t futures = given.count("runs") != 0 ? scenario.runs : std::min(scenario.runs, 256u);
    const auto found = studied([&] { return screen(scenario, futures, ensemble_from(given), listener_on(std::make_shared<ProgressLine>(scenario.name)), &interruption()); });
    return found ? print(given, report::document("screen", scenario), *found) : ended_early();
}

} // namespace

int sensitivity_command(const std::vector<std::string>& arguments)
{
    po::options_description options(
        "Which inputs drive what came, how much, and what is luck. FILE: a result of `run` (its drawn parameters and mixed structures, as they are), a result of `sweep` (Sobol's "
        "indices of a saltelli design, Morris's effects of a morris design, else as of a run), or a sweep's file with --table and --output from another simulator. Of a scenario, "
        "with --screen: every row of the model, fixed ones too, is moved by itself.\n\nOptions");
    options.add_options()("outcome", po::value<std::vector<std::string>>(),
                          "what to explain; may be given several times. Of a run any quantity, 'mean trust at 2040Q1' or 'rupture by 2045Q1'; without a date at every quarter: "
                          "'mean alignment_index'. Of a "
                          "sweep one of its outcomes. If not given: class shares and the alignment index at 2045Q1, or all outcomes of the sweep")(
        "given", po::value<std::vector<std::string>>(), given_meaning)("groups", po::value<std::vector<std::string>>(),
                                                                       "drivers: what each of the four dials moves; articles: what each article's claims stand behind")(
        "group", po::value<std::vector<std::string>>(), "NAME=a,b,c: these inputs together; may be given several times")(
        "method", po::value<std::vector<std::string>>(),
        "first_order, pawn, regional, delta or all: what takes runs as they are. If not given: the first three, and of a saltelli or morris design its own alone")(
        "slices", po::value<std::uint32_t>()->default_value(10), "of an input, for PAWN")("resamples", po::value<std::uint32_t>()->default_value(1000), "of the bootstrap")(
        "resampling-seed", po::value<std::uint64_t>()->default_value(1), "of resamples and dummies")("policy", po::value<std::string>(), "of a sweep; the first if not given")(
        "table", po::value<std::string>(), "CSV of points, with a column for each factor of the sweep's file")("output", po::value<std::string>(),
                                                                                                               "CSV of one column: what came at each point; NA: failed")(
        "top", po::value<std::size_t>()->default_value(10), "inputs shown of each outcome; 0: all")("json", "as JSON, all inputs")("save", save_meaning);
    po::options_description of_screen("For --screen");
    of_screen.add_options()("screen", "of a scenario: move every row of the model by itself to either end, 256 futures each if --runs does not say how many");
    options.add(of_screen.add(overlay_options())).add(ensemble_options(false));
    const auto given = parse("sensitivity", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    throw_if_for_another_command("sensitivity", file);
    const Input input = input_of(file);
    if (given.count("save") != 0 && (input == Input::scenario || input == Input::sweep))
        throw UsageError(fmt::format("entente sensitivity: --save keeps it in a result, and this is {}; --json > FILE.json writes it to a file",
                                     input == Input::sweep ? "a sweep's file" : "a scenario"));
    end_at_interruption();
    if (input == Input::scenario) return of_scenario(file, given);
    if (given.count("screen") != 0) throw UsageError(fmt::format("entente sensitivity: --screen: a scenario, got {}", file));
    if (input != Input::run_result && given.count("given") != 0) throw UsageError("entente sensitivity: --given is for results of `run`");
    if (input == Input::sweep) return of_table(file, given);
    if (given.count("table") != 0 || given.count("output") != 0)
        throw UsageError("entente sensitivity: --table and --output go with a sweep's file, which names their factors and design");
    return input == Input::sweep_result ? of_sweep(file, given) : of_run(file, given);
}

} // namespace entente::cli
