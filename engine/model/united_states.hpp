// The United States: which administration, rivalry with China, sanctions on Russia, secondary enforcement, the offer to Russia, and how fast
// Chinese firms are designated. It answers the dual-use flow that it sees. C01, C14, C15, C35, C101, C102, C134. Equations: ODD.md, 4.4.
#pragma once
#include "mechanism.hpp"
#include "states.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct UnitedStates : Page<UnitedStates> {
    static constexpr std::string_view name = "united_states", title = "US rivalry with China, sanctions, enforcement and offer", group = "the West", claims = "C01 C14 C15 C35 C101 C102 C134";
    static constexpr bool history_never_muted = true;

    template <class Value> struct Parameters {
        Value delta = parameter("delta", "1/quarter", 0.06, 0.02, 0.15, Mark::prior, "designations of direct suppliers at full enforcement", "C35");
        Value f_obs = parameter("f_obs", "index", 0.35, 0, 0.8, Mark::prior, "what the dual-use flow adds to rivalry with China", "C01 C35");
        Value q_flow = parameter("q_flow", "index", 0.40, 0, 1, Mark::prior, "what the dual-use flow adds to enforcement", "C35");
        Value h_det = parameter("h_det", "1/quarter", 0.008, 0.002, 0.02, Mark::prior, "chance that a detente with China begins", "C14 C15");
        Value p_deal = parameter("p_deal", "probability", 0.5, 0, 1, Mark::prior, Spread::limited_normal, 0.12, "chance that an administration after that of 2025 wants deals", "C102");
        Value deal_2025 = fixed("deal_2025", "0/1", 1, "the administration of 2025 wants deals (1) or not (0), as is known; -1: drawn like any other", "C102");
        Value flow_seen = fixed("flow_seen", "index", 0.55, "dual-use flow that the West takes as given", "C35");
        Value detente_end = fixed("detente_end", "1/quarter", 0.03, "chance that a detente with China ends", "C14");
        Value us_rivalry_detente = fixed("us_rivalry_detente", "index", 0.48, "centre of rivalry in a detente", "C15");
        Value us_rivalry_usual = fixed("us_rivalry_usual", "index", 0.76, "centre of rivalry otherwise: its level of 2024", "C14");
        Value us_rivalry_rate = fixed("us_rivalry_rate", "1/quarter", 0.06, "speed at which rivalry follows its centre", "C14");
        Value us_rivalry_deal = fixed("us_rivalry_deal", "index", 0.08, "what an administration that wants deals takes from rivalry", "C15");
        Value us_rivalry_noise = fixed("us_rivalry_noise", "index", 0.035, "sd of a quarter's change of rivalry", "");
        Value us_rivalry_taiwan = fixed("us_rivalry_taiwan", "1/quarter", 0.15, "what a Taiwan crisis adds to rivalry every quarter", "C50");
        Value scar_on_rivalry = fixed("scar_on_rivalry", "index", 0.12, "what a war over Taiwan adds to the centre of rivalry, while it is remembered", "C50");
        Value us_sanctions_settled = fixed("us_sanctions_settled", "index", 0.30, "sanctions target of a hawkish administration after a settlement", "C134");
        Value us_sanctions_frozen = fixed("us_sanctions_frozen", "index", 0.60, "the same beside a frozen war", "C134");
        Value us_sanctions_war = fixed("us_sanctions_war", "index", 0.92, "the same in full war", "C134");
        Value us_deal_sanctions_settled = fixed("us_deal_sanctions_settled", "index", 0.10, "sanctions target of an administration that wants deals, after a settlement", "C102");
        Value us_deal_sanctions_frozen = fixed("us_deal_sanctions_frozen", "index", 0.30, "the same beside a frozen war", "C102");
        Value us_deal_sanctions_war = fixed("us_deal_sanctions_war", "index", 0.60, "the same in full war", "C102");
        Value us_locked = parameter("us_locked", "share", 0.5, 0, 1, Mark::prior, Spread::limited_normal, 0.12, "part of a hawkish target that law locks in against any administration", "C134");
        Value us_opening_relief = fixed("us_opening_relief", "index", 0.35, "sanctions that a full Russian opening takes away", "C99");
        Value us_carrot_relief = fixed("us_carrot_relief", "index", 0.25, "sanctions that a full offer takes away", "C101");
        Value us_sanctions_rise = fixed("us_sanctions_rise", "1/quarter", 0.30, "speed at which sanctions rise", "C134");
        Value us_sanctions_fall = fixed("us_sanctions_fall", "1/quarter", 0.12, "speed at which sanctions fall", "C102");
        Value enforcement_settled = fixed("enforcement_settled", "index", 0.08, "target of secondary enforcement after a settlement", "C35");
        Value enforcement_frozen = fixed("enforcement_frozen", "index", 0.30, "the same beside a frozen war", "C35");
        Value enforcement_war = fixed("enforcement_war", "index", 0.65, "the same in full war", "C35");
        Value enforcement_deal = fixed("enforcement_deal", "share", 0.6, "part of it that an administration which wants deals keeps", "C35");
        Value enforcement_rate = fixed("enforcement_rate", "1/quarter", 0.25, "speed at which enforcement follows its target", "C35");
        Value carrot_of_hawks = fixed("carrot_of_hawks", "share", 0.7, "part of the offer that a hawkish administration makes", "C101");
        Value designation_flow_limit = fixed("designation_flow_limit", "1", 2, "the most by which the flow speeds designations up", "C35");
    };

    template <class Value> struct Shared {
        Value us_administration_deal = variable("us_administration_deal", "0/1", 0, 0, 1, "1: the administration wants deals with Russia, 0: hawkish", "definition");
        Value us_china_rivalry = variable("us_china_rivalry", "index", 0.32, 0, 1, "rivalry of the United States with China (h_US)", "expert coding");
        Value detente_regime = variable("detente_regime", "0/1", 0, 0, 1, "1: detente between the United States and China", "definition");
        Value us_sanctions = variable("us_sanctions", "index", 0, 0, 1, "US sanctions on Russia, announced", "definition");
        Value secondary_enforcement = variable("secondary_enforcement", "index", 0.03, 0, 1, "US pressure on third parties to heed the sanctions (Q)", "expert coding");
        Value carrot = variable("carrot", "index", 0, 0, 1, "offer of integration to Russia as it is made (K)", "definition");
        Value designation_rate = variable("designation_rate", "1/quarter", 0, 0, 1, "chance that a firm which supplies directly is designated, per unit of secondary enforcement", "definition");
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws& draw)
    {
        const Four u = draw();
        const Mask full_war = now.war_state == war::full, frozen_war = now.war_state == war::frozen, calm_strait = now.taiwan_state == taiwan::calm;
        const Lanes gap = (now.dual_use_flow - p.flow_seen) * when(full_war) * now.use_flow_reaction;

        if ((now.quarter - 44) % 16 == 0) next.us_administration_deal = when(u.a < (now.quarter == 44 ? select(p.deal_2025 < 0, p.p_deal, p.deal_2025) : p.p_deal)); // inauguration
        next.detente_regime = select(holds(now.detente_regime), when(u.b > p.detente_end), when(u.b < p.h_det)) * when(calm_strait);
        const Mask deal = holds(next.us_administration_deal);

        const Lanes usual_centre = select(holds(next.detente_regime), p.us_rivalry_detente, p.us_rivalry_usual) + now.china_rivalry_offset + p.scar_on_rivalry * now.taiwan_scar;
        const Lanes centre = select(now.us_rivalry_centre < 0, usual_centre, now.us_rivalry_centre);
        next.us_china_rivalry = clip(now.us_china_rivalry + p.us_rivalry_rate * (centre + p.f_obs * gap - p.us_rivalry_deal * when(deal) - now.us_china_rivalry)
                                     + p.us_rivalry_noise * normal(u.c) + p.us_rivalry_taiwan * when(!calm_strait));

        const Lanes hawkish = select(full_war, p.us_sanctions_war, select(frozen_war, p.us_sanctions_frozen, p.us_sanctions_settled));
        const Lanes dealing = select(full_war, p.us_deal_sanctions_war, select(frozen_war, p.us_deal_sanctions_frozen, p.us_deal_sanctions_settled));
        const Lanes wanted = clip(select(deal, dealing, hawkish) - p.us_opening_relief * now.perceived_opening - p.us_carrot_relief * now.delivered_carrot + now.sanctions_push),
                    target = max(wanted, p.us_locked * hawkish);
        next.us_sanctions = now.us_sanctions + select(target > now.us_sanctions, p.us_sanctions_rise, p.us_sanctions_fall) * (target - now.us_sanctions);

        const Lanes usual_enforcement = select(full_war, p.enforcement_war, select(frozen_war, p.enforcement_frozen, p.enforcement_settled)) * select(deal, p.enforcement_deal, 1);
        next.secondary_enforcement = now.secondary_enforcement + p.enforcement_rate * (clip(usual_enforcement + p.q_flow * gap + now.enforcement_push) - now.secondary_enforcement);
        next.carrot = clip(now.western_carrot * when(!full_war) * select(deal, 1, p.carrot_of_hawks));
        next.designation_rate = clip(p.delta * select(holds(now.use_flow_reaction), min(now.dual_use_flow / p.flow_seen, p.designation_flow_limit), 1));
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
