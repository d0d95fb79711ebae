// Derived quantities: pure functions of the world at the start of the quarter, owned by nobody, computed once for all mechanisms. C08, C60,
// C71, C79, C159. Equations: ODD.md, 4.1.
#pragma once
#include "mechanism.hpp"
#include "states.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

template <class Value> struct Quantities {
    Value sanctions_total = variable("sanctions_total", "index", 0, 0, 1, "Western sanctions on Russia, announced (S)", "derived");
    Value west_china_hostility = variable("west_china_hostility", "index", 0, 0, 1, "hostility between the West and China (h_CW)", "derived");
    Value pipeline_effective = variable("pipeline_effective", "index", 0, 0, 1, "pipeline stock with the contract of 2022 (I_e)", "derived");
    Value dependence_index = variable("dependence_index", "index", 0, 0, 1, "Russia's dependence on China (D)", "derived");
    Value china_need = variable("china_need", "index", 0, 0, 1, "how far a war over Taiwan makes China need Russia (N_C)", "derived");
    Value russian_view_orientation = variable("russian_view_orientation", "index", 0, -1, 1, "confrontational orientation of leader and elite (o_m)", "derived");
    Value russian_view_wariness = variable("russian_view_wariness", "index", 0, 0, 1, "wariness of China of leader and elite (w_m)", "derived");
    Value delivered_support = variable("delivered_support", "index", 0, 0, 1, "Chinese support as far as firms deliver it (s_d)", "derived");
    Value perceived_opening = variable("perceived_opening", "index", 0, -1, 1, "Russian opening to the West as the West sees it; below 0: it sees Russia closing", "derived");
    Value delivered_carrot = variable("delivered_carrot", "index", 0, 0, 1, "the part of the West's offer that Russia has earned (K_d)", "derived");
    Value western_aid = variable("western_aid", "index", 0, 0, 1, "Western backing of Ukraine, by its sanctions (G)", "derived");
    Value alignment_index = variable("alignment_index", "index", 0, 0, 1, "alignment of Russia and China (A)", "derived");
    Value trade_asymmetry = variable("trade_asymmetry", "index", 0, -1, 1, "whose need is the larger: (D_R - D_C)/(D_R + D_C)", "derived");
    Value yuan_share_of_settlement = variable("yuan_share_of_settlement", "share", 0, 0, 1.05, "yuan share of all Russian settlement: measurement equation", "derived");
    Value tier1_withdrawn = variable("tier1_withdrawn", "share", 0, 0, 1, "bite of secondary sanctions: quality-weighted tier-1 supply withheld", "derived");
    Value tier2_withdrawn = variable("tier2_withdrawn", "share", 0, 0, 1, "bite of secondary sanctions: quality-weighted tier-2 supply withheld", "derived");
    Value banks_refusing = variable("banks_refusing", "share", 0, 0, 1, "bite of secondary sanctions: volume of payments refused", "derived");
    Value public_wariness = variable("public_wariness", "index", 0, 0, 1, "wariness of China that is voiced in public (N25)", "derived");
    Value sanctions_pressure = variable("sanctions_pressure", "index", 0, 0, 1, "pressure of Western sanctions on Russia: announced, and kept by third parties too", "derived");
};

/// The alignment index of each lane.
inline Lanes alignment(const auto& now, const auto& p)
{
    const Lanes c = now.trade_share_china;
    return p.weight_political * now.political_alignment + p.weight_economic * c / (c + p.economic_half) + p.weight_military * now.military_depth + p.weight_trust * now.trust;
}

struct Derived : Page<Derived> {
    static constexpr std::string_view name = "derived", title = "quantities that follow from the world, owned by nobody", claims = "C08 C60 C71 C79 C159";

    template <class Value> struct Parameters {
        Value us_in_sanctions = fixed("us_in_sanctions", "share", 0.35, "weight of US in total sanctions; the EU has the rest", "C102");
        Value third_parties_in_pressure = fixed("third_parties_in_pressure", "share", 0.5, "part of the pressure of sanctions that third parties decide, made to keep them or not", "C30 C35");
        Value taiwan_in_sanctions = fixed("taiwan_in_sanctions", "index", 0.06, "what a Taiwan war adds to total sanctions", "");
        Value us_in_hostility = fixed("us_in_hostility", "share", 0.65, "weight of US-China rivalry in Western hostility to China; Europe has the rest", "C02");
        Value us_in_aid = fixed("us_in_aid", "share", 0.45, "weight of US sanctions in aid to Ukraine; the EU has the rest", "");
        Value trade_in_dependence = fixed("trade_in_dependence", "index", 0.7, "dependence when China has .45 of Russian trade", "C66 C71");
        Value technology_in_dependence = fixed("technology_in_dependence", "index", 0.3, "weight of technology in dependence", "C64");
        Value pipeline_in_dependence = fixed("pipeline_in_dependence", "index", 0.06, "weight of pipelines in dependence", "C79");
        Value need_on_dependence = parameter("need_on_dependence", "index", 0.15, 0, 0.3, Mark::prior, "dependence that China's own need takes away", "C53");
        Value budget_on_dependence = parameter("budget_on_dependence", "index", 0.3, 0, 0.5, Mark::prior, "dependence of a Russia whose oil income fails", "C43 C157");
        Value w_fin = parameter("w_fin", "index", 0.06, 0, 0.12, Mark::prior, "weight of yuan settlement in dependence (N11)", "C60");
        Value finance_offset = fixed("finance_offset", "1", 1.2, "what the finance part takes from trade's weight: neutral in 2024 (N11)", "C60");
        Value settlement_coverage = fixed("settlement_coverage", "1", 1.05, "all settlement against trade with China, in the measurement of the yuan share", "C60");
        Value opening_least = fixed("opening_least", "index", -1, "the most closed that the West can see Russia; 0: it errs only towards an opening", "C125");
        Value offer_condition = parameter("offer_condition", "share", 1, 0, 1, Mark::prior, Spread::none, 0, "part of the West's offer that waits for a change in Russia", "C99 C100");
        Value offer_effort = fixed("offer_effort", "1", 2, "how much of that change Russian effort towards the West is", "C99");
        Value words_alone = fixed("words_alone", "share", 0.60, "support that counts though no firm delivers", "C126");
        Value words_delivered = fixed("words_delivered", "share", 0.50, "support that counts in proportion to supply", "C29");
    };

    static void derive(auto& now, const auto& p)
    {
        now.sanctions_total = clip(p.us_in_sanctions * now.us_sanctions + (1 - p.us_in_sanctions) * now.eu_sanctions + p.taiwan_in_sanctions * when(now.taiwan_state == taiwan::war));
        now.west_china_hostility = clip(p.us_in_hostility * now.us_china_rivalry + (1 - p.us_in_hostility) * now.eu_china_hostility);
        now.pipeline_effective = now.pipeline_stock + now.gas_contract_stock * (1 - now.pipeline_stock);
        const Lanes finance = p.w_fin * now.use_financial_dependence;
        now.china_need = when(now.taiwan_state == taiwan::war) * (1 - now.china_western_exposure);
        now.dependence_index = clip((p.trade_in_dependence - p.finance_offset * finance) * now.trade_share_china / 0.45 + finance * now.yuan_settlement + p.technology_in_dependence * now.technology_dependence
                                    + p.pipeline_in_dependence * now.pipeline_effective - p.need_on_dependence * now.china_need + p.budget_on_dependence * positive_part(-now.budget));
        const Lanes d = now.leader_dominance;
        now.russian_view_orientation = d * now.leader_orientation + (1 - d) * 0.5 * (now.elite_orientation + now.coalition_orientation);
        now.russian_view_wariness = d * now.leader_wariness + (1 - d) * 0.5 * (now.elite_wariness + now.coalition_wariness);
        now.delivered_support = clip(now.china_support * (p.words_alone + p.words_delivered * now.supply_willingness));
        now.perceived_opening = clip(now.effort_west + 0.5 * now.perception_west_on_russia, p.opening_least, 1);
        now.delivered_carrot = now.carrot * (1 - p.offer_condition * (1 - max(now.pro_west_regime, min(p.offer_effort * now.effort_west, 1))));
        now.western_aid = p.us_in_aid * now.us_sanctions + (1 - p.us_in_aid) * now.eu_sanctions;
        const Lanes c = now.trade_share_china;
        now.alignment_index = alignment(now, p);
        now.trade_asymmetry = (c - now.china_trade_share_russia) / (c + now.china_trade_share_russia);
        now.yuan_share_of_settlement = p.settlement_coverage * c * now.yuan_settlement;
        now.tier1_withdrawn = 1 - now.supply_tier1;
        now.tier2_withdrawn = 1 - now.supply_tier2;
        now.banks_refusing = 1 - now.bank_acceptance;
        now.public_wariness = now.elite_wariness * (1 - p.conf * d);
        now.sanctions_pressure = now.sanctions_total * (1 - p.third_parties_in_pressure * (1 - now.secondary_enforcement));
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
