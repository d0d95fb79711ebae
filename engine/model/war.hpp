// The war in Ukraine: its state, Russian strength, how it ends and comes back. C13, C26, C38, C44, C75, C101, C104, C118, C131.
// Equations: ODD.md, 4.17.
#pragma once
#include "mechanism.hpp"
#include "states.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct War : Page<War> {
    static constexpr std::string_view name = "war", title = "the war in Ukraine and nuclear signals", group = "war and Ukraine", claims = "C13 C26 C38 C44 C75 C101 C104 C118 C131";
    static constexpr std::uint32_t blocks = 3;
    static constexpr bool history_never_muted = true;

    template <class Value> struct Parameters {
        Value flow_force = parameter("flow_force", "share", 0.50, 0.2, 0.8, Mark::prior, "how much of Russian strength hangs on the dual-use flow; output has the rest", "C26 C27");
        Value budget_on_arms = parameter("budget_on_arms", "share", 0.4, 0, 1, Mark::prior, "arms production that oil income pays for", "C157");
        Value h_peace = parameter("h_peace", "1/quarter", 0.035, 0, 0.08, Mark::prior, "ceasefire at a stalemate", "C101 C118");
        Value h_rel = parameter("h_rel", "1/quarter", 0.006, 0.002, 0.03, Mark::prior, "relapse of a frozen war that has lasted", "C101 C118");
        Value relapse_young = parameter("relapse_young", "1", 4, 0, 8, Mark::prior, "what a ceasefire's first day adds to the relapse: it breaks early or not at all", "");
        Value settled_relapse = parameter("settled_relapse", "share", 0.2, 0, 1, Mark::prior, "part of the relapse of a frozen war that a settled one still has", "C21");
        Value s_rel = parameter("s_rel", "1", 3.0, 0, 6, Mark::prior, "felt weakness in the relapse (N15)", "C118");
        Value v_stake = parameter("v_stake", "log hazard", 1.2, 0, 2.5, Mark::prior, "what the leader's stake in victory takes from a ceasefire (N19)", "C104");
        Value h_nuc = parameter("h_nuc", "1/quarter", 0.010, 0.003, 0.04, Mark::prior, "nuclear signals in war (N3)", "C38 C118");
        Value strength_gain = fixed("strength_gain", "1/quarter", 0.054, "what arms production adds to Russian strength", "C26");
        Value strength_output = fixed("strength_output", "1", 1.1, "weight of output and flow together", "C75");
        Value strength_flow_centre = fixed("strength_flow_centre", "index", 0.55, "dual-use flow that counts as one", "C27");
        Value strength_loss = fixed("strength_loss", "1/quarter", 0.052, "wear at full Western aid", "C44");
        Value strength_loss_base = fixed("strength_loss_base", "share", 0.35, "wear that needs no Western aid", "C44");
        Value strength_loss_aid = fixed("strength_loss_aid", "share", 0.65, "wear in proportion to Western aid", "C44");
        Value strength_overt = fixed("strength_overt", "index", 0.06, "what overt Chinese support adds", "C26");
        Value strength_luck = fixed("strength_luck", "index", 0.036, "scale of the luck of battle (t with 5 degrees of freedom)", "C44");
        Value strength_rest_rate = fixed("strength_rest_rate", "1/quarter", 0.03, "recovery outside full war", "C75");
        Value strength_rest = fixed("strength_rest", "index", 0.62, "strength to which Russia recovers", "C75");
        Value strength_rest_noise = fixed("strength_rest_noise", "index", 0.01, "noise outside full war", "");
        Value collapse_chance = fixed("collapse_chance", "1/quarter", 0.25, "chance of collapse of a broken army", "C44");
        Value collapse_brink = fixed("collapse_brink", "index", 0.29, "strength at which half of that chance is reached", "C44");
        Value collapse_width = fixed("collapse_width", "index", 0.03, "width of the brink", "C44");
        Value peace_fatigue = fixed("peace_fatigue", "1", 0.5, "what forty quarters of full war add to the ceasefire", "");
        Value peace_deal = fixed("peace_deal", "1", 1.5, "factor under a deal-seeking US administration", "C101");
        Value peace_effort_west = fixed("peace_effort_west", "1", 0.8, "effort towards the West in the ceasefire", "C99");
        Value peace_stalemate = fixed("peace_stalemate", "1", 3, "weakness of the Russian army in the ceasefire", "C118");
        Value peace_willingness = fixed("peace_willingness", "index", 0.35, "Ukrainian willingness that counts as one", "T71");
        Value peace_stake_centre = fixed("peace_stake_centre", "index", 0.5, "stake of the leader of 2024 (N19)", "C104");
        Value relapse_base = fixed("relapse_base", "1", 0.3, "relapse under a neutral Russian view", "C21");
        Value relapse_view = fixed("relapse_view", "1", 1.4, "confrontational view in the relapse", "C21");
        Value relapse_carrot = fixed("relapse_carrot", "1", 0.6, "relapse that the Western offer prevents", "C101");
        Value relapse_won = fixed("relapse_won", "1", 0.7, "relapse that a victory prevents (N19)", "C13");
        Value ceasefire_ages = fixed("ceasefire_ages", "1/quarter", 0.86, "part of a ceasefire's youth that is left after a quarter", "");
        Value settlement_chance = fixed("settlement_chance", "1/quarter", 0.010, "settlement of a frozen war", "");
        Value settlement_effort_west = fixed("settlement_effort_west", "1", 6, "effort towards the West in the settlement", "C99");
        Value settlement_carrot = fixed("settlement_carrot", "1", 2, "the Western offer in the settlement", "C101");
        Value war_memory_keep = fixed("war_memory_keep", "1/quarter", 0.9, "how war weariness fades outside full war", "");
        Value defeat_keep = fixed("defeat_keep", "1/quarter", 0.96, "how the memory of defeat fades", "C44");
        Value defeat_keep_change = fixed("defeat_keep_change", "1", 0.3, "what a new leader keeps of it", "C44");
        Value forced_weak_strength = fixed("forced_weak_strength", "index", 0.27, "strength after the forced event `weak`", "");
        Value forced_collapse_strength = fixed("forced_collapse_strength", "index", 0.12, "strength after the forced event `collapse`", "");
        Value victory_keep = fixed("victory_keep", "1/quarter", 0.98, "how a victory fades (N19)", "C13");
        Value nuclear_weakness = fixed("nuclear_weakness", "1", 4, "felt weakness in nuclear signals (N3)", "C118");
        Value nuclear_size = fixed("nuclear_size", "index", 0.5, "size of a drawn nuclear signal (N3)", "C38");
        Value nuclear_keep = fixed("nuclear_keep", "1/quarter", 0.6, "how a nuclear signal fades (N3)", "C38");
    };

    template <class Value> struct Shared {
        Value war_state = variable("war_state", "0/1/2", 0, 0, 2, "0 settled, 1 frozen, 2 full war (W)", "definition");
        Value war_quarters = variable("war_quarters", "quarters", 0, 0, 400, "quarters of full war, fading afterwards", "definition");
        Value ceasefire_youth = variable("ceasefire_youth", "index", 0, 0, 1, "1 in full war, then fading: how young a ceasefire is", "definition");
        Value russian_strength = variable("russian_strength", "index", 0.6, 0, 1, "strength of the Russian army (m)", "expert coding");
        Value defeat_memory = variable("defeat_memory", "index", 0, 0, 1, "memory of a defeat", "definition");
        Value victory = variable("victory", "index", 0, 0, 1, "memory of a victory (N19)", "definition");
        Value nuclear_signal = variable("nuclear_signal", "index", 0, 0, 1, "nuclear signalling (n, N3)", "definition");
        Value military_collapse = event("military_collapse", "the Russian army collapses");
        Value victory_event = event("victory_event", "Russia wins (N19)");
        Value nuclear_event = event("nuclear_event", "index", 0, 1, "size of a nuclear signal given in this quarter (N3)");
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws& draw)
    {
        const Mask full = now.war_state == war::full, frozen = now.war_state == war::frozen, changed = now.leadership_change > leadership::stays;
        const Lanes free = now.quarter >= now.start ? 1.0 : 0.0; // the data of history hold neither a collapse nor a nuclear signal
        const Lanes m = now.russian_strength;
        const Four u = draw(0, 0), v = draw(0, 1);

        next.russian_strength = fight(now, p, draw, full, v.a);

        Mask collapsed = full & (u.a < free * p.collapse_chance * logistic((p.collapse_brink - m) / p.collapse_width));
        const Lanes stake = exp(-p.v_stake * (now.leader_dominance * positive_part(now.leader_orientation) - p.peace_stake_centre) * now.use_victory_stake);
        const Lanes peace = p.h_peace * (1 + p.peace_fatigue * min(now.war_quarters / 40, 2)) * select(now.us_administration_deal == administration::dealing, p.peace_deal, 1)
                            * (1 + p.peace_effort_west * now.effort_west) * clip(1 + p.peace_stalemate * (0.5 - m), 0.5, 2.5) * now.ukraine_willingness / p.peace_willingness * stake;
        const Mask ceased = full & !collapsed & ((u.b < peace) | (now.leadership_change == leadership::reformist));
        const Lanes relapse = p.h_rel * clip(p.relapse_base + p.relapse_view * now.russian_view_orientation, 0, 2) * (m / 0.5) * (1 - p.relapse_carrot * now.carrot)
                              * (1 + now.west_incident) * (1 + p.s_rel * now.felt_weakness) * (1 - p.relapse_won * now.victory) * (1 + p.relapse_young * now.ceasefire_youth);
        const Mask relapsed = (frozen & (u.c < relapse)) | ((now.war_state == war::settled) & (u.c < p.settled_relapse * relapse));
        const Mask settled = frozen & !relapsed & (u.d < p.settlement_chance * (1 + p.settlement_effort_west * now.effort_west + p.settlement_carrot * now.carrot));
        Lanes state = select(collapsed | settled, war::settled, select(ceased, war::frozen, select(relapsed, war::full, now.war_state)));

        state = select(holds(now.force_peace), select(full, war::frozen, now.war_state), state);
        state = select(holds(now.force_settle) | holds(now.force_collapse), war::settled, state);
        next.russian_strength = select(holds(now.force_collapse), p.forced_collapse_strength, select(holds(now.force_weak), p.forced_weak_strength, next.russian_strength));
        const Mask won = holds(now.force_win) & full;
        collapsed = (collapsed | (holds(now.force_collapse) & full)) & !won;
        state = select(won, war::frozen, state);
        next.war_state = select(holds(now.force_relapse) & frozen, war::full, state);
        next.military_collapse = when(collapsed);
        next.victory_event = when(won);
        next.victory = select(won, 1, p.victory_keep * now.victory);

        next.ceasefire_youth = select(full, 1, p.ceasefire_ages * now.ceasefire_youth);
        next.war_quarters = select(full, now.war_quarters + 1, p.war_memory_keep * now.war_quarters);
        next.defeat_memory = select(collapsed, 1, select(changed, p.defeat_keep_change, p.defeat_keep) * now.defeat_memory);
        const Lanes alarm = free * now.use_instability * p.h_nuc * (1 + p.nuclear_weakness * now.felt_weakness) * when(full | (now.taiwan_state == taiwan::war));
        next.nuclear_event = max(p.nuclear_size * when(v.b < alarm), now.force_nuclear_signal);
        next.nuclear_signal = max(p.nuclear_keep * now.nuclear_signal, next.nuclear_event);
    }

private:
    /// Russian strength a quarter later.
    static Lanes fight(const auto& now, const auto& p, const Draws& draw, Mask full, Lanes u)
    {
        const Lanes m = now.russian_strength;
        Lanes result = 0;
        if (any(!full)) result = m + p.strength_rest_rate * (p.strength_rest - m) + p.strength_rest_noise * normal(u);
        if (any(full)) {
            const Lanes arms = p.flow_force * now.dual_use_flow / p.strength_flow_centre + (p.strength_output - p.flow_force) * now.russian_output;
            const Lanes paid = arms * (1 + p.budget_on_arms * now.budget);
            const Lanes wear = p.strength_loss * (p.strength_loss_base + p.strength_loss_aid * now.western_aid) * m;
            result = select(full, m + p.strength_gain * paid * (1 - m) - wear + p.strength_overt * now.overt_support + p.strength_luck * student_5(draw(0, 2)), result);
        }
        return clip(result);
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
