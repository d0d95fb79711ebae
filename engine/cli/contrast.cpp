// contrast: an event seen beside the same event made to come.
#include "../core/quarter.hpp"
#include "../experiment/contrast_runs.hpp"
#include "../experiment/paired_runs.hpp"
#include "../report/contrast.hpp"
#include "../report/documents.hpp"
#include "inputs.hpp"
#include "options.hpp"
#include "results.hpp"
#include "terminal.hpp"
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::cli {

namespace po = boost::program_options;

namespace {

/// What is asked for; dates are checked against a scenario.
struct AskedContrast {
    Given of;
    std::optional<int> at;
    std::vector<Quantity> quantities;
};
/// Throws UsageError with everything that is wrong.
AskedContrast asked_from(const po::variables_map& given, const Scenario& scenario)
{
    AskedContrast asked;
    std::vector<std::string> faults;
    const auto fault = [&](const char* option, const std::string& what) { faults.push_back(fmt::format("entente contrast: {}{}", option, what)); };
    const auto read = [&](const char* option, const std::string& text, auto reads) {
        try {
            reads(text);
        } catch (const std::invalid_argument& e) {
            fault(option, fmt::format(": {}", e.what()));
        }
    };
    if (given.count("given") == 0) fault("--given", " is missing: the event, such as 'taiwan_war by 2030Q1'");
    else
        read("--given", given["given"].as<std::string>(), [&](const std::string& text) {
            asked.of = parse_given(text);
            if (const std::string what = fault_of_forcing(asked.of); !what.empty()) fault("--given", ": " + what);
            else if (const std::string date = fault_of_date(asked.of.quantity, scenario.start, scenario.horizon); !date.empty()) fault("--given", ": " + date);
        });
    if (given.count("force-at") != 0) {
        const auto text = given["force-at"].as<std::string>();
        asked.at = parse_quarter(text);
        if (!asked.at || *asked.at < scenario.start || *asked.at > scenario.horizon)
            fault("--force-at", fmt::format(": a date from {} to {}, got '{}'", quarter_name(scenario.start), quarter_name(scenario.horizon), text));
        else if (faults.empty() && *asked.at > asked.of.quantity.to) fault("--force-at", fmt::format(": {} lies behind '{}'", text, asked.of.text));
    }
    if (given.count("quantity") == 0) asked.quantities = usual_quantities(scenario.horizon);
    else
        for (const std::string& text : given["quantity"].as<std::vector<std::string>>())
            read("--quantity", text, [&](const std::string& t) {
                asked.quantities.push_back(parse_quantity(t));
                const Quantity& q = asked.quantities.back();
                if (q.level) fault("--quantity", fmt::format(": '{}': a quantile over runs has no difference run by run", t));
                else if (const std::string date = fault_of_date(q, scenario.start, scenario.horizon); !date.empty()) fault("--quantity", ": " + date);
            });
    if (!faults.empty()) throw UsageError(fmt::format("{}", fmt::join(faults, "\n")));
    return asked;
}

} // namespace

int contrast_command(const std::vector<std::string>& arguments)
{
    po::options_description options("FILE: a scenario. Futures in which an event is seen are others also in what brought it about. The scenario is run as it is, and once more "
                                    "with the event made to come in all futures, at the dates at which it is seen and on the same random numbers: what the event does is parted "
                                    "from what sets those futures apart in which it comes by itself.\n\nOptions");
    options.add_options()("given", po::value<std::string>(), "the event: 'taiwan_war by 2030Q1'")(
        "force-at", po::value<std::string>(), "make it come in this quarter wherever it is not seen, instead of at dates drawn from those at which it is seen")(
        "quantity", po::value<std::vector<std::string>>(),
        "contrast this alone, 'mean trust at 2045Q1'; may be given several times")("all", all_meaning)("json", "as JSON on standard output");
    options.add(overlay_options()).add(ensemble_options(false));
    const po::variables_map given = parse("contrast", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    throw_if_for_another_command("contrast", file);
    const Scenario scenario = read_scenario(file, overlay_from(given));
    const AskedContrast asked = asked_from(given, scenario);
    const EnsembleOptions ensemble = ensemble_from(given);
    watch_for_interruption();
    const auto found = contrast_event(scenario, asked.of, asked.at, asked.quantities, ensemble, listener_on(std::make_shared<ProgressLine>(scenario.name)), &interruption());
    if (!found) return ended_early();
    if (found->rows.empty())
        throw UsageError(fmt::format(
            "entente contrast: --given: '{}' is seen in none of {} futures, so that there is no date at which to make it come; --force-at names one, more runs may see it",
            asked.of.text, found->runs));
    constexpr std::uint32_t few = 30;
    if (found->seen < few)
        talk("entente contrast: '{}' is seen in {} of {} futures; what is said of seeing rests on few. More runs help: --runs.\n", asked.of.text, found->seen, found->runs);
    const As as = as_given(given);
    if (as == As::json) tell("{}", report::printed(report::document("contrast", scenario), report::json_of(*found)));
    else tell("{}", report::text_of(*found, scenario, given.count("quantity") != 0, looks_of_output(as == As::all ? report::Detail::all : report::Detail::first)));
    return done;
}

} // namespace entente::cli
