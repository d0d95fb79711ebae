// Where Russia puts its effort: deepen with China, hold, diversify or turn west; and its answer to a Taiwan crisis. C03, C04, C24, C53, C72,
// C74, C82, C86, C99-C103, C120. Equations: ODD.md, 4.14.
#pragma once
#include "mechanism.hpp"
#include "states.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct RussiaStance : Page<RussiaStance> {
    static constexpr std::string_view name = "russia_stance", title = "Russia's effort towards China, others and the West", group = "Russia's course to the West",
                                      claims = "C03 C04 C24 C53 C72 C74 C82 C86 C99 C100 C101 C102 C103 C120";

    template <class Value> struct Parameters {
        Value b_thr = parameter("b_thr", "utility", 1.2, 0.6, 2, Mark::weak, "threat from the West binds to China", "C04");
        Value b_dep = parameter("b_dep", "utility", 2.2, 1, 3.5, Mark::weak, "wary dependence drives away from China", "C72");
        Value b_west = parameter("b_west", "utility", 1.2, 0.6, 2, Mark::prior, "weight of the Western option", "C99 C120");
        Value r_sec = parameter("r_sec", "utility", 0.50, 0, 1, Mark::prior, "danger of a Western turn for the regime", "C03 C99");
        Value offer_danger = parameter("offer_danger", "1", 1, 0, 2, Mark::prior, "what a full Western offer adds to that danger", "C99");
        Value k_open = parameter("k_open", "utility", 3.0, 0, 6, Mark::prior, "friction with China opens a door for a Western offer (N17)", "C82");
        Value stance_narrowing = parameter("stance_narrowing", "utility", 1.5, 0, 4, Mark::prior,
                                           "what rivalry between the United States and China takes from holding and from other partners where the middle narrows", "C98");
        Value stance_rivalry_centre = fixed("stance_rivalry_centre", "index", 0.5, "rivalry from which the middle narrows", "C98");
        Value pawn_exit = parameter("pawn_exit", "share", 0.3, 0.1, 1, Mark::prior, "what is left of b_dep where dependence ends in obedience: a pawn has nowhere to go", "C64 C65 C70");
        Value stance_rate = fixed("stance_rate", "1/quarter", 0.12, "speed at which effort follows choice", "");
        Value stance_threat_sanctions = fixed("stance_threat_sanctions", "share", 0.5, "weight of sanctions in the threat", "C04");
        Value stance_threat_hostility = fixed("stance_threat_hostility", "share", 0.5, "weight of hostility to the West in the threat", "C04");
        Value stance_deepen_view = fixed("stance_deepen_view", "utility", 0.6, "a confrontational view deepens", "C74");
        Value stance_deepen_rails = fixed("stance_deepen_rails", "utility", 0.25, "insulated channels deepen under sanctions", "C37");
        Value stance_friction_centre = fixed("stance_friction_centre", "index", 0.32, "friction above which Russia looks elsewhere (N17)", "C82");
        Value stance_deepen_friction = fixed("stance_deepen_friction", "utility", 0.5, "what friction takes from deepening (N17)", "C82");
        Value stance_hold = fixed("stance_hold", "utility", 0.30, "appeal of holding", "");
        Value stance_diversify_open = fixed("stance_diversify_open", "utility", 0.30, "appeal of other partners without sanctions", "C86");
        Value stance_diversify_cost = fixed("stance_diversify_cost", "utility", 0.20, "cost of diversifying", "C86");
        Value stance_diversify_pull = fixed("stance_diversify_pull", "utility", 0.25, "reach of the lever india_pull in stance", "C87");
        Value stance_diversify_india = fixed("stance_diversify_india", "utility", 0.20, "what Indian purchases add to diversifying", "C87");
        Value stance_west_carrot = fixed("stance_west_carrot", "1", 1.1, "weight of the Western offer", "C100 C101");
        Value stance_west_deaf = fixed("stance_west_deaf", "1", 0.8, "how deaf a confrontational view is to the offer", "C99");
        Value stance_west_sanctions = fixed("stance_west_sanctions", "utility", 0.35, "what sanctions take from a Western turn", "C102");
        Value stance_west_peace = fixed("stance_west_peace", "utility", 0.25, "what the end of full war gives to it", "C101");
        Value support_learning_rate = fixed("support_learning_rate", "1/quarter", 0.2, "speed at which expected support follows delivered support", "");
        Value support_request_granted = fixed("support_request_granted", "index", 0.04, "what a granted request adds to expected support (N14)", "C24");
        Value support_request_refused = fixed("support_request_refused", "index", 0.02, "what a refused request takes from expected support (N14)", "C24");
        Value reciprocity_rate = fixed("reciprocity_rate", "1/quarter", 0.05, "speed at which expected Western reciprocity follows", "C103");
        Value reciprocity_relief = fixed("reciprocity_relief", "index", 0.5, "what freedom from sanctions says about the West", "C103");
        Value backing_base = fixed("backing_base", "logit", -1.2, "readiness to back China over Taiwan", "C53");
        Value backing_trust = fixed("backing_trust", "logit", 3, "trust in that readiness", "C53");
        Value backing_effort = fixed("backing_effort", "logit", 2.5, "effort towards China in that readiness", "C53");
        Value backing_west = fixed("backing_west", "logit", 2, "effort towards the West against that readiness", "C53");
        Value backing_never = fixed("backing_never", "probability", 0.03, "chance of backing where Russia never backs (N18)", "C53");
    };

    template <class Value> struct Shared {
        Value effort_china = variable("effort_china", "share", 0.4, 0, 1, "effort to deepen with China (e_C)", "expert coding");
        Value effort_diversify = variable("effort_diversify", "share", 0.25, 0, 1, "effort towards other partners (e_D)", "expert coding");
        Value effort_west = variable("effort_west", "share", 0.05, 0, 1, "effort towards the West (e_W)", "expert coding");
        Value expected_support = variable("expected_support", "index", 0.4, 0, 1, "support that Russia expects from China", "expert coding");
        Value expected_reciprocity = variable("expected_reciprocity", "index", 0.3, 0, 1, "what Russia expects the West to give back (x_W)", "expert coding");
        Value taiwan_backing = event("taiwan_backing", "-1/0/1", -1, 1, "Russia backs China over Taiwan (1) or refuses (-1)");
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws& draw)
    {
        const Four u = draw();
        const Lanes s = clip(now.expected_support + now.perception_russia_on_china), o = now.russian_view_orientation, w = now.russian_view_wariness;
        const Lanes no_war = when(now.war_state < war::full), door = positive_part(now.friction - p.stance_friction_centre) * now.use_friction_opening;

        const Lanes narrow = p.stance_narrowing * positive_part(now.us_china_rivalry - p.stance_rivalry_centre) * when(now.middle == middle::narrowing);
        const Lanes repelled = p.b_dep * select(now.dep == dep::pawn, p.pawn_exit, 1);
        const Lanes deepen = p.b_thr * (p.stance_threat_sanctions * now.sanctions_total + p.stance_threat_hostility * now.russia_west_hostility) * s + p.stance_deepen_view * o
                             + p.stance_deepen_rails * now.insulated_rails * now.sanctions_total - repelled * w * positive_part(now.dependence_index - p.d_tol)
                             - p.stance_deepen_friction * door;
        const Lanes diversify = repelled * w * now.dependence_index + p.stance_diversify_open * (1 - now.sanctions_total) - p.stance_diversify_cost
                                + p.stance_diversify_pull * now.india_pull + p.stance_diversify_india * (now.india_purchase - 0.6) + now.diversification_push - narrow;
        const Lanes offer = p.stance_west_carrot * now.delivered_carrot * now.expected_reciprocity * (1 - p.stance_west_deaf * positive_part(o)) * no_war;
        const Lanes west = p.b_west * (offer - o - p.r_sec * (1 + p.offer_danger * now.carrot) * (1 - now.pro_west_regime)) - p.stance_west_sanctions * now.sanctions_total
                           + (p.stance_west_peace + p.k_open * now.delivered_carrot * door) * no_war;

        const Lanes e_deepen = exp(p.lam * deepen), e_hold = exp(p.lam * (p.stance_hold - narrow)), e_diversify = exp(p.lam * diversify), e_west = exp(p.lam * west);
        const Lanes point = u.a * (e_deepen + e_hold + e_diversify + e_west);
        const Mask not_china = point >= e_deepen, not_hold = point >= e_deepen + e_hold, to_west = point >= e_deepen + e_hold + e_diversify;
        next.effort_china += p.stance_rate * (when(!not_china) - now.effort_china);
        next.effort_diversify += p.stance_rate * (when(not_hold & !to_west) - now.effort_diversify);
        next.effort_west += p.stance_rate * (when(to_west) - now.effort_west);
        next.expected_support = clip(now.expected_support + p.support_learning_rate * (now.delivered_support - now.expected_support)
                                     + p.support_request_granted * now.request_granted - p.support_request_refused * now.request_refused);
        next.expected_reciprocity += p.reciprocity_rate * (clip(now.delivered_carrot + p.reciprocity_relief * (1 - now.sanctions_total)) - now.expected_reciprocity);

        const Lanes readiness = p.backing_base + p.backing_trust * (now.trust - 0.45) + p.backing_effort * (now.effort_china - 0.5) + (now.sanctions_total - 0.5) - p.backing_west * now.effort_west;
        const Lanes open = select(happens(u.b, readiness), backing::given, backing::refused),
                    answer = select(now.taiwan_back == taiwan_back::never, select(u.b < p.backing_never, backing::given, backing::refused), open);
        next.taiwan_backing = when(now.taiwan_onset > 0) * answer;
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
