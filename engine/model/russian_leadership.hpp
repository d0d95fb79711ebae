// The Russian leader: death and ouster, succession out of the elite's coalition, regime change. C44-C46, C94, C96-C100, C104, C105, C113,
// C136, C142. Equations: ODD.md, 4.28.
#pragma once
#include "mechanism.hpp"
#include "states.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct RussianLeadership : Page<RussianLeadership> {
    static constexpr std::string_view name = "russian_leadership", title = "Russia's leader, succession and regime", group = "Russia's elite and leaders",
                                      claims = "C44 C45 C46 C94 C96 C97 C98 C99 C100 C104 C105 C113 C136 C142";
    static constexpr std::uint32_t blocks = 2;
    static constexpr bool history_never_muted = true;

    template <class Value> struct Parameters {
        Value ell = parameter("ell", "share", 0.62, 0.4, 0.85, Mark::weak, Spread::limited_normal, 0.12, "highest dominance of the leader over the elite", "C74 C142");
        Value a_coal = parameter("a_coal", "logit", 3.0, 0, 6, Mark::prior, "continuity from a broad and close coalition", "C96 C105");
        Value mu70 = parameter("mu70", "1/year", 0.024, 0.015, 0.04, Mark::weak, "death rate of a leader aged 70 (life table, elite discount)", "C94");
        Value h_oust = parameter("h_oust", "1/quarter", 0.004, 0.001, 0.01, Mark::prior, "chance of an ouster at legitimacy .62", "C105");
        Value h_retire = parameter("h_retire", "1/quarter", 0.01, 0, 0.03, Mark::prior, Spread::log_normal, 0.75, "chance that a leader aged 75 hands over", "C94");
        Value new_ouster = parameter("new_ouster", "1", 2, 0, 5, Mark::prior, "ousters that a leader without dominance has to fear more", "C105 C142");
        Value p_frag = parameter("p_frag", "probability", 0.15, 0.05, 0.3, Mark::prior, Spread::limited_normal, 0.12, "chance that the state fragments if continuity fails", "C44 C45");
        Value leader_death_slope = fixed("leader_death_slope", "1/year", 0.09, "growth of the death rate with age", "C94");
        Value retire_slope = fixed("retire_slope", "1/year", 0.14, "growth of that chance with age: it doubles in five years", "C94");
        Value ouster_slope = fixed("ouster_slope", "1", 4.5, "growth of the ouster hazard as legitimacy falls", "C105");
        Value continuity_after_death = fixed("continuity_after_death", "probability", 0.87, "continuity after a natural death, with an average coalition", "C98");
        Value continuity_after_ouster = fixed("continuity_after_ouster", "probability", 0.43, "continuity after an ouster, with an average coalition", "C98");
        Value continuity_distance = fixed("continuity_distance", "1", 2, "weight of the coalition's distance against its size", "C96");
        Value fragmentation_illegitimate = fixed("fragmentation_illegitimate", "1", 2, "factor on fragmentation where legitimacy is below .4", "C44");
        Value fragmentation_divided = fixed("fragmentation_divided", "1", 1.5, "factor on fragmentation where the coalition's distance is above .4", "C45");
        Value fragmentation_end = fixed("fragmentation_end", "1/quarter", 0.03, "chance that a fragmented state comes together again", "C45");
        Value reformist_base = fixed("reformist_base", "logit", -0.3, "appeal of a reformist after failed continuity", "C99");
        Value reformist_coalition = fixed("reformist_coalition", "logit", 2, "what a confrontational coalition takes from it", "C96");
        Value reformist_carrot = fixed("reformist_carrot", "logit", 1.5, "what the West's offer adds to it", "C100");
        Value successor_dominance = fixed("successor_dominance", "share", 0.32, "dominance of a new leader", "C142");
        Value dominance_growth = fixed("dominance_growth", "1/quarter", 0.012, "growth of a leader's dominance", "C142");
        Value successor_orientation_drift = fixed("successor_orientation_drift", "1/quarter", 0.008, "speed at which a successor's orientation follows the elite", "C97");
        Value successor_wariness_drift = fixed("successor_wariness_drift", "1/quarter", 0.015, "speed at which a successor's wariness follows the elite", "C97");
        Value reformist_orientation = fixed("reformist_orientation", "index", -0.45, "orientation of a reformist leader", "C99");
        Value reformist_wariness = fixed("reformist_wariness", "index", 0.60, "wariness of a reformist leader", "C99");
        Value nationalist_orientation = fixed("nationalist_orientation", "index", 0.75, "orientation of a nationalist leader", "C96");
        Value nationalist_wariness = fixed("nationalist_wariness", "index", 0.55, "wariness of a nationalist leader", "C96");
        Value fragmented_orientation = fixed("fragmented_orientation", "index", 0.10, "orientation of whoever leads a fragmented state", "C45");
        Value fragmented_wariness = fixed("fragmented_wariness", "index", 0.50, "wariness of whoever leads a fragmented state", "C45");
        Value pro_west_threshold = fixed("pro_west_threshold", "index", -0.15, "orientation below which a successor's regime is pro-Western", "C99");
    };

    template <class Value> struct Shared {
        Value leader_orientation = variable("leader_orientation", "index", 0.45, -1, 1, "confrontation with the West as the leader wants it (o_L)", "expert coding");
        Value leader_wariness = variable("leader_wariness", "index", 0.22, 0, 1, "the leader's wariness of China (w_L)", "expert coding");
        Value leader_age = variable("leader_age", "years", 61.25, 45, 130, "age of the leader", "date of birth");
        Value leader_dominance = variable("leader_dominance", "share", 0.62, 0, 1, "weight of the leader against the elite; starts at ell", "parameter ell");
        Value pro_west_regime = variable("pro_west_regime", "0/1", 0, 0, 1, "a pro-Western regime rules", "definition");
        Value fragmented = variable("fragmented", "0/1", 0, 0, 1, "the state is fragmented", "definition");
        Value leadership_change = event("leadership_change", "0/1/2/3/4", 0, 4, "the leader went: 1 continuity, 2 reformist, 3 nationalist, 4 fragmentation");
        Value leader_ousted = event("leader_ousted", "the leader was ousted");
        Value leader_retired = event("leader_retired", "the leader handed over");
        Value successions = variable("successions", "count", 0, 0, 50, "leaders gone so far", "definition");
    };

    static void begin(Shared<Lanes>& first, Agents<Column>&, const auto& p, const Draws&, const Counts&) { first.leader_dominance = p.ell; }

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws& draw)
    {
        const Four u = draw(0, 0), v = draw(0, 1);
        next.leader_age = now.leader_age + 0.25;
        const Lanes death_rate = 0.25 * p.mu70 * exp(p.leader_death_slope * (next.leader_age - 70));
        const Mask reform = holds(now.force_reform), breakup = holds(now.force_fragmentation) & !reform;
        const Mask dies = (u.a < 1 - exp(-death_rate)) | holds(now.force_death) | reform | breakup;
        const Mask hands_over = (v.c < p.h_retire * exp(p.retire_slope * (next.leader_age - 75))) & !dies, goes = dies | hands_over;
        const Lanes weakness = 1 - now.leader_dominance / p.ell;
        const Mask ousted = (u.b < p.h_oust * exp(p.ouster_slope * (0.62 - now.legitimacy)) * (1 + p.new_ouster * weakness)) & !goes, exits = goes | ousted;
        next.leader_ousted = when(ousted);
        next.leader_retired = when(hands_over);
        next.leadership_change = leadership::stays;
        next.fragmented = now.fragmented * when(v.b >= p.fragmentation_end);
        next.leader_dominance = min(now.leader_dominance + p.dominance_growth, p.ell);
        const Lanes follows = when(now.successions > 0);
        next.leader_orientation += follows * p.successor_orientation_drift * (now.elite_orientation - now.leader_orientation);
        next.leader_wariness += follows * p.successor_wariness_drift * (now.elite_wariness - now.leader_wariness);
        if (!any(exits)) return;

        const Lanes coalition = p.a_coal * ((now.coalition_weight - 0.62) - p.continuity_distance * (now.coalition_distance - 0.12));
        const Mask continuity = happens(u.c, logit(select(ousted, p.continuity_after_ouster, p.continuity_after_death)) + coalition) & !reform & !breakup;
        const Lanes falls_apart = p.p_frag * select(now.legitimacy < 0.4, p.fragmentation_illegitimate, 1) * select(now.coalition_distance > 0.4, p.fragmentation_divided, 1);
        const Mask fragments = ((u.d < falls_apart) | breakup) & !continuity & !reform;
        const Mask reformist = (happens(v.a, p.reformist_base - p.reformist_coalition * now.coalition_orientation + p.reformist_carrot * now.carrot) | reform) & !continuity & !fragments;
        const auto successor = [&](Lanes candidate, Lanes fragment, Lanes reformer, Lanes nationalist) {
            return select(continuity, candidate, select(fragments, fragment, select(reformist, reformer, nationalist)));
        };
        const Lanes orientation = successor(now.candidate_orientation, p.fragmented_orientation, p.reformist_orientation, p.nationalist_orientation);
        next.leadership_change = select(exits, successor(leadership::continuity, leadership::fragmentation, leadership::reformist, leadership::nationalist), leadership::stays);
        next.leader_orientation = select(exits, orientation, next.leader_orientation);
        next.leader_wariness = select(exits, successor(now.candidate_wariness, p.fragmented_wariness, p.reformist_wariness, p.nationalist_wariness), next.leader_wariness);
        next.leader_age = select(exits, successor(max(now.candidate_age, 45), 55, 55, 55), next.leader_age);
        next.leader_dominance = select(exits, p.successor_dominance, next.leader_dominance);
        next.pro_west_regime = select(exits, when(reformist | (orientation < p.pro_west_threshold)), next.pro_west_regime);
        next.fragmented = select(exits & fragments, 1, next.fragmented);
        next.successions += when(exits);
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
