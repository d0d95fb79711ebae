// ablation: does it matter that there are agents, for which outcome, by how much?
#include "../experiment/ablation.hpp"
#include "../report/ablation.hpp"
#include "../report/documents.hpp"
#include "inputs.hpp"
#include "options.hpp"
#include "terminal.hpp"
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::cli {

namespace po = boost::program_options;

static std::vector<Quantity> quantities_from(const po::variables_map& given, const Scenario& scenario)
{
    if (given.count("quantity") == 0) return ablation_quantities(scenario.horizon);
    std::vector<Quantity> all;
    std::vector<std::string> faults;
    for (const std::string& text : given["quantity"].as<std::vector<std::string>>()) {
        try {
            all.push_back(parse_quantity(text));
            if (const std::string fault = fault_of_date(all.back(), scenario.start, scenario.horizon); !fault.empty()) faults.push_back("entente ablation: --quantity: " + fault);
        } catch (const std::invalid_argument& e) {
            faults.push_back(fmt::format("entente ablation: --quantity: {}", e.what()));
        }
    }
    if (!faults.empty()) throw UsageError(fmt::format("{}", fmt::join(faults, "\n")));
    return all;
}

int ablation_command(const std::vector<std::string>& arguments)
{
    po::options_description options(
        "A scenario with its firms, its banks, its elite and all three replaced by their mean field, against the scenario as it is: what moves, and by how much.\n\nOptions");
    options.add_options()("quantity", po::value<std::vector<std::string>>(), "compare this alone, such as 'share_vassal at 2035Q1'; may be given several times")("json", "as JSON");
    options.add(overlay_options()).add(ensemble_options(false));
    const auto given = parse("ablation", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    throw_if_for_another_command("ablation", file);
    const Scenario scenario = read_scenario(file, overlay_from(given));
    const std::vector<Quantity> quantities = quantities_from(given, scenario);
    const EnsembleOptions ensemble = ensemble_from(given);
    watch_for_interruption();
    try {
        const auto found = ablate(scenario, quantities, ensemble, listener_on(std::make_shared<ProgressLine>("ablation")), &interruption());
        if (!found) return ended_early();
        tell("{}", given.count("json") != 0 ? report::printed(report::document("ablation", scenario), report::json_of(*found)) : report::text_of(*found, looks_of_output(report::Detail::all)));
        return done;
    } catch (const std::invalid_argument& e) {
        throw UsageError(fmt::format("entente ablation: {}", e.what()));
    }
}

} // namespace entente::cli
