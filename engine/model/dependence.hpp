// What Russia comes to depend on: the second pipeline, the gas contract of 2022 and Chinese technology. C24, C64, C73, C79, C80, C154, C157.
// Equations: ODD.md, 4.12.
#pragma once
#include "mechanism.hpp"
#include "states.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct Dependence : Page<Dependence> {
    static constexpr std::string_view name = "dependence", title = "pipelines and technology", group = "trade, money and dependence", claims = "C24 C64 C73 C79 C80 C154 C157";

    template <class Value> struct Parameters {
        Value k_crowd = parameter("k_crowd", "share, log attraction", 0.05, 0, 0.15, Mark::prior, "civil goods that war production crowds out and the East supplies (N10)", "C154");
        Value pipeline_hazard = fixed("pipeline_hazard", "1/quarter", 0.012, "chance that the second pipeline is signed", "C80");
        Value pipeline_rivalry = fixed("pipeline_rivalry", "log hazard", 2, "West-China hostility in that chance", "C80");
        Value pipeline_politics = fixed("pipeline_politics", "log hazard", 1.5, "political alignment in that chance", "C80");
        Value pipeline_taiwan = fixed("pipeline_taiwan", "log hazard", 1.5, "a Taiwan crisis in that chance", "C80");
        Value pipeline_discount = fixed("pipeline_discount", "log hazard", 1.5, "cheap energy in that chance (N9)", "C157");
        Value pipeline_build_rate = fixed("pipeline_build_rate", "1/quarter", 0.05, "speed of building once signed", "C80");
        Value technology_rate = fixed("technology_rate", "1/quarter", 0.12, "speed at which technology dependence follows", "C64");
        Value technology_base = fixed("technology_base", "index", 0.08, "technology dependence without sanctions or trade", "C64");
        Value technology_sanctions = fixed("technology_sanctions", "index", 0.75, "technology that only China supplies under sanctions in force", "C64");
        Value technology_trade = fixed("technology_trade", "index", 0.3, "technology that comes with trade", "C64");
        Value technology_reliance = fixed("technology_reliance", "index", 0.2, "reach of the lever reliance_push in technology", "C64");
        Value gas_contract_rate = fixed("gas_contract_rate", "1/quarter", 0.05, "speed of deliveries under the contract of 2022 (N12)", "C79");
        Value gas_contract_size = fixed("gas_contract_size", "index", 0.20, "contract of 2022 in units of the second pipeline (N12)", "C79");
    };

    template <class Value> struct Shared {
        Value pipeline_signed = variable("pipeline_signed", "0/1", 0, 0, 1, "the second pipeline is signed, for good", "definition");
        Value pipeline_stock = variable("pipeline_stock", "index", 0, 0, 1, "how far the second pipeline delivers (I)", "definition");
        Value gas_contract_stock = variable("gas_contract_stock", "index", 0, 0, 1, "deliveries under the gas contract of 2022 (I_1)", "definition");
        Value technology_dependence = variable("technology_dependence", "index", 0.15, 0, 1, "dependence on Chinese technology (T)", "expert coding");
    };

    static constexpr int contract_quarter = 32; ///< 2022Q1

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws& draw)
    {
        const Lanes cheap = p.pipeline_discount * (now.energy_discount - 0.2) * now.use_energy_discount;
        const Lanes hazard = p.pipeline_hazard
                             * exp(p.pipeline_rivalry * (now.west_china_hostility - 0.75) + p.pipeline_politics * (now.political_alignment - 0.7)
                                   + p.pipeline_taiwan * when(now.taiwan_state > taiwan::calm) + cheap);
        const Mask drawn = (draw().a < hazard) & !holds(now.pipeline_by_decision);
        next.pipeline_signed = max(now.pipeline_signed, when(drawn | holds(now.force_pipeline)));
        next.pipeline_stock += p.pipeline_build_rate * now.pipeline_signed * (1 - now.pipeline_stock);
        const Lanes crowded = p.k_crowd * now.use_crowding_out * when(now.war_state == war::full);
        next.technology_dependence += p.technology_rate
                                      * (clip(p.technology_base + p.technology_sanctions * now.sanctions_in_force * now.supply_willingness
                                              + p.technology_trade * now.trade_share_china + crowded + p.technology_reliance * now.reliance_push)
                                         - now.technology_dependence);
        if (now.quarter >= contract_quarter) next.gas_contract_stock += p.gas_contract_rate * now.use_gas_contract * (p.gas_contract_size - now.gas_contract_stock);
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
