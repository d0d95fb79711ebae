#include "ablation.hpp"
#include "../analysis/answer.hpp"
#include "../analysis/estimate.hpp"
#include "../core/quarter.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

namespace entente {

bool Ablation::is_beyond_chance(const PairedDifference& d) const
{
    return differs_from_0(d.difference, d.standard_error, d.pairs, 0.05 / static_cast<double>(quantities.size() * ablations));
}

std::vector<Quantity> ablation_quantities(int horizon)
{
    const std::string date = quarter_name(report_quarter(horizon));
    std::vector<Quantity> all;
    for (const int c : class_order) all.push_back(parse_quantity(fmt::format("share_{} at {}", class_names[c], date)));
    for (const int o : orientation_order) all.push_back(parse_quantity(fmt::format("share_{} at {}", orientation_names[o], date)));
    for (const char* v : {"alignment_index", "dependence_index", "trust", "military_depth", "friction", "concessions", "trade_share_china", "dual_use_flow"})
        all.push_back(parse_quantity(fmt::format("mean {} at {}", v, date)));
    for (const Row& e : describe().events) all.push_back(parse_quantity(fmt::format("{} by {}", e.name, quarter_name(horizon))));
    return all;
}

std::optional<Ablation> ablate(const Scenario& scenario, const std::vector<Quantity>& quantities, const EnsembleOptions& options, const Listener& listener, const std::atomic<bool>* stop)
{
    const Description& d = describe();
    for (const Quantity& q : quantities)
        if (q.level) throw std::invalid_argument(fmt::format("'{}': a quantile over runs has no difference run by run", q.text));
    std::vector<Scenario> arms(1 + ablations, scenario);
    for (std::size_t p = 0; p < std::size(populations); ++p) {
        const std::size_t s = Description::find(d.switches, populations[p].switch_of);
        for (const auto& [muted, name] :
             {std::pair{scenario.muted_switches[s], populations[p].switch_of}, {scenario.muted_mechanisms[d.mechanism(populations[p].mechanism)], populations[p].mechanism}})
            if (muted) throw std::invalid_argument(fmt::format("the scenario mutes '{}': there are no {} to take away", name, populations[p].single));
        arms[1 + p].muted_switches[s] = arms.back().muted_switches[s] = true;
    }
    std::uint64_t done = 0;
    const auto count = [&](std::uint64_t runs) {
        done += runs;
        if (listener.progress) listener.progress({done, std::uint64_t{scenario.runs} * (1 + ablations)});
    };
    const Values values = values_of_variants(std::move(arms), all_blocks(scenario.runs), quantities, options, count, stop);
    if (values.empty()) return std::nullopt;
    Ablation found{.scenario = scenario.files.empty() ? scenario.name : scenario.files[0], .title = scenario.title, .futures = scenario.runs, .counts = scenario.counts, .quantities = {}};
    for (std::size_t q = 0; q < quantities.size(); ++q) {
        found.quantities.push_back({quantities[q], {}});
        for (std::size_t arm = 1; arm <= ablations; ++arm) found.quantities.back().without.push_back(paired_difference(values[0][q], values[arm][q]));
    }
    return found;
}

} // namespace entente
