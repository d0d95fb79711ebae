// Europe: sanctions on Russia with fatigue, how far announced sanctions are in force, hostility to China that Chinese support and the dual-use
// flow feed, hostility to Russia with a memory; what it sees of joint patrols. C22, C49, C116, C123, C125, C151. Equations: ODD.md, 4.5.
#pragma once
#include "mechanism.hpp"
#include "states.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct Europe : Page<Europe> {
    static constexpr std::string_view name = "europe", title = "European sanctions and hostilities", group = "the West", claims = "C22 C49 C116 C123 C125 C151";
    static constexpr bool history_never_muted = true;

    template <class Value> struct Parameters {
        Value f_obs_eu = parameter("f_obs_eu", "index", 0.45, 0, 0.9, Mark::prior, "what the dual-use flow adds to European hostility to China", "C49");
        Value h_spiral = parameter("h_spiral", "index", 0.35, 0, 0.6, Mark::weak, "what Russian hostility adds to Western hostility", "C103 C137");
        Value fatigue = parameter("fatigue", "1/quarter", 0.012, 0, 0.03, Mark::prior, "will to sanction that a long war wears away", "C123");
        Value b_bind = parameter("b_bind", "index", 0.20, 0, 0.5, Mark::prior, "how far war ties Europe to the US line on China (N5)", "C49");
        Value b_block = parameter("b_block", "share", 0.6, 0, 0.9, Mark::prior, "how far political cover in war blocks the peeling off of Europe (N5)", "C49");
        Value g_show = parameter("g_show", "index", 0.10, 0, 0.2, Mark::prior, "support that patrols seem to show (N6)", "C125");
        Value eu_sanctions_settled = fixed("eu_sanctions_settled", "index", 0.30, "sanctions target after a settlement", "C22");
        Value eu_sanctions_frozen = fixed("eu_sanctions_frozen", "index", 0.66, "the same beside a frozen war", "C22");
        Value eu_sanctions_war = fixed("eu_sanctions_war", "index", 0.92, "the same in full war", "C22");
        Value eu_hostility_in_sanctions = fixed("eu_hostility_in_sanctions", "1", 0.30, "what hostility to Russia adds to the target without full war", "C22");
        Value eu_opening_relief = fixed("eu_opening_relief", "index", 0.35, "sanctions that a full Russian opening takes away", "C99");
        Value eu_carrot_relief = fixed("eu_carrot_relief", "index", 0.25, "sanctions that a full offer takes away", "C101");
        Value eu_fatigue_weight = fixed("eu_fatigue_weight", "1", 0.5, "sanctions lost per unit of fatigue", "C123");
        Value eu_fatigue_limit = fixed("eu_fatigue_limit", "quarters", 40, "length of war after which fatigue grows no more", "C123");
        Value eu_support_alarm = fixed("eu_support_alarm", "index", 0.10, "sanctions added when Chinese support looks large", "C49");
        Value eu_support_alarm_at = fixed("eu_support_alarm_at", "index", 0.6, "support that looks large", "C49");
        Value eu_peel_sanctions = fixed("eu_peel_sanctions", "index", 0.2, "sanctions lost when Europe is peeled away", "C49");
        Value eu_sanctions_rise = fixed("eu_sanctions_rise", "1/quarter", 0.30, "speed at which sanctions rise", "C22");
        Value eu_sanctions_fall = fixed("eu_sanctions_fall", "1/quarter", 0.10, "speed at which sanctions fall", "C123");
        Value in_force_rise = fixed("in_force_rise", "1/quarter", 0.5, "speed at which announced sanctions come into force", "C22");
        Value in_force_fall = fixed("in_force_fall", "1/quarter", 0.25, "speed at which sanctions that are lifted go out of force", "C102");
        Value eu_china_base = fixed("eu_china_base", "index", 0.25, "European hostility to China without any of its causes", "C49");
        Value eu_china_support = fixed("eu_china_support", "index", 0.12, "what full Chinese support in war adds, without political cover (N5 off)", "C49");
        Value eu_cover_support = fixed("eu_cover_support", "index", 0.10, "what full Chinese support in war adds (N5)", "C49");
        Value eu_cover_words = fixed("eu_cover_words", "index", 0.06, "what full political cover in war adds (N5)", "C49");
        Value eu_cover_flow_keep = fixed("eu_cover_flow_keep", "share", 0.86,
                                         "part of f_obs_eu that is the flow's own and not the words' (N5): keeps the target of 2024Q4 where it was; 1 without", "C49");
        Value eu_bind_centre = fixed("eu_bind_centre", "index", 0.76, "US rivalry at which the tie of war neither adds nor takes (N5): its level of 2024", "C49");
        Value eu_china_rivalry = fixed("eu_china_rivalry", "index", 0.15, "what US rivalry with China adds", "C49");
        Value eu_china_taiwan = fixed("eu_china_taiwan", "index", 0.30, "what a Taiwan crisis adds", "C50");
        Value eu_china_peel = fixed("eu_china_peel", "index", 0.30, "hostility lost when Europe is peeled away", "C49");
        Value eu_china_rate = fixed("eu_china_rate", "1/quarter", 0.08, "speed at which hostility to China follows its causes", "C49");
        Value flow_unseen = fixed("flow_unseen", "index", 0.65, "flow that Europe takes for granted with flow_reaction off", "C49");
        Value patrol_base = fixed("patrol_base", "probability", 0.20, "chance of a joint patrol in a quarter without military depth (N6)", "C116");
        Value patrol_depth = fixed("patrol_depth", "probability", 0.5, "what military depth adds to it (N6)", "C116");
        Value patrol_memory = fixed("patrol_memory", "1/quarter", 0.3, "speed at which the impression of patrols follows them (N6)", "C116");
        Value west_hostility_base = fixed("west_hostility_base", "index", 0.12, "Western hostility to Russia without any of its causes", "C137");
        Value west_hostility_war = fixed("west_hostility_war", "index", 0.38, "what full war adds", "C137");
        Value west_hostility_frozen = fixed("west_hostility_frozen", "index", 0.15, "what a frozen war adds", "C137");
        Value west_hostility_opening = fixed("west_hostility_opening", "index", 0.35, "what a full Russian opening takes", "C99");
        Value west_hostility_rise = fixed("west_hostility_rise", "1/quarter", 0.12, "speed at which it rises", "C137");
        Value west_hostility_fall = fixed("west_hostility_fall", "1/quarter", 0.08, "speed at which it falls", "C137");
        Value west_hostility_incident = fixed("west_hostility_incident", "share", 0.15, "what an incident adds, as a share of what is left to one", "C103");
    };

    template <class Value> struct Shared {
        Value eu_sanctions = variable("eu_sanctions", "index", 0, 0, 1, "European sanctions on Russia, announced", "definition");
        Value eu_china_hostility = variable("eu_china_hostility", "index", 0.2, 0, 1, "European hostility to China (h_EU)", "expert coding");
        Value west_russia_hostility = variable("west_russia_hostility", "index", 0.3, 0, 1, "hostility of the West to Russia (h_WR)", "expert coding");
        Value sanctions_in_force = variable("sanctions_in_force", "index", 0, 0, 1, "Western sanctions on Russia that already apply (F)", "definition");
        Value support_hostility = variable("support_hostility", "index", 0, 0, 1, "part of European hostility to China that its support causes (h_s, N4)", "definition");
        Value visible_patrols = variable("visible_patrols", "index", 0.3, 0, 1, "impression that joint patrols make (vis, N6)", "expert coding");
        Value joint_patrol = event("joint_patrol", "Russia and China patrol together (N6)");
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws& draw)
    {
        const Mask full_war = now.war_state == war::full, frozen_war = now.war_state == war::frozen, cover = holds(now.use_political_cover);
        const Lanes in_war = when(full_war), in_cover = in_war * now.use_political_cover;

        next.joint_patrol = when(draw().a < clip(p.patrol_base + p.patrol_depth * now.military_depth + now.patrol_push));
        next.visible_patrols = now.visible_patrols + p.patrol_memory * (next.joint_patrol - now.visible_patrols);
        const Lanes support_seen = clip(now.china_support + p.g_show * now.visible_patrols * now.use_patrols);
        const Lanes peel = now.europe_peel * (1 - p.b_block * now.political_cover * in_cover);

        const Lanes target = clip(select(full_war, p.eu_sanctions_war, select(frozen_war, p.eu_sanctions_frozen, p.eu_sanctions_settled))
                                  + p.eu_hostility_in_sanctions * (now.west_russia_hostility - 0.45) * (1 - in_war) - p.eu_opening_relief * now.perceived_opening
                                  - p.eu_carrot_relief * now.delivered_carrot - p.eu_fatigue_weight * p.fatigue * min(now.war_quarters, p.eu_fatigue_limit) * in_war
                                  + p.eu_support_alarm * when(support_seen > p.eu_support_alarm_at) + now.sanctions_push - p.eu_peel_sanctions * peel);
        next.eu_sanctions = now.eu_sanctions + select(target > now.eu_sanctions, p.eu_sanctions_rise, p.eu_sanctions_fall) * (target - now.eu_sanctions);
        const Lanes announced = now.sanctions_total, in_force = now.sanctions_in_force;
        next.sanctions_in_force = in_force + select(announced > in_force, p.in_force_rise, p.in_force_fall) * (announced - in_force);

        const Lanes flow = p.f_obs_eu * select(holds(now.use_flow_reaction), now.dual_use_flow, p.flow_unseen);
        const Lanes words_and_deeds = select(cover, p.eu_cover_support * support_seen + p.eu_cover_words * now.political_cover + p.eu_cover_flow_keep * flow,
                                             p.eu_china_support * support_seen + flow);
        const Lanes by_support = clip(words_and_deeds * in_war + now.support_hostility_push);
        const Lanes to_china = clip(p.eu_china_base + by_support + p.eu_china_rivalry * now.us_china_rivalry + p.b_bind * (now.us_china_rivalry - p.eu_bind_centre) * in_cover
                                    + p.eu_china_taiwan * when(now.taiwan_state > taiwan::calm) - p.eu_china_peel * peel);
        next.eu_china_hostility = now.eu_china_hostility + p.eu_china_rate * (to_china - now.eu_china_hostility);
        next.support_hostility = now.support_hostility + p.eu_china_rate * (by_support - now.support_hostility);

        const Lanes to_russia = clip(p.west_hostility_base + p.west_hostility_war * in_war + p.west_hostility_frozen * when(frozen_war) + p.h_spiral * now.russia_west_hostility
                                     - p.west_hostility_opening * now.perceived_opening);
        const Lanes moved = now.west_russia_hostility + select(to_russia > now.west_russia_hostility, p.west_hostility_rise, p.west_hostility_fall) * (to_russia - now.west_russia_hostility);
        next.west_russia_hostility = clip(moved + p.west_hostility_incident * now.west_incident * (1 - moved));
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
