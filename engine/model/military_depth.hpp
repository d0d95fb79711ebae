// Depth of military cooperation: it follows politics and trust, and becomes an alliance's only if both fight the same West. C110-C112, C116,
// C117. Equations: ODD.md, 4.24.
#pragma once
#include "mechanism.hpp"
#include "states.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct MilitaryDepth : Page<MilitaryDepth> {
    static constexpr std::string_view name = "military_depth", title = "depth of military cooperation", group = "the tie itself", claims = "C110 C111 C112 C116 C117";

    template <class Value> struct Parameters {
        Value m_joint = parameter("m_joint", "1", 0.6, 0.3, 0.9, Mark::weak, "military depth from fighting the same West at the same time", "C111");
        Value acts_share = parameter("acts_share", "share", 1, 0, 1, Mark::prior, Spread::none, 0, "how far military depth rests on joint acts and not on politics itself", "C110 C112");
        Value acts_rate = fixed("acts_rate", "1/quarter", 0.05, "memory of joint acts", "C110");
        Value acts_exercise = fixed("acts_exercise", "probability", 0.5, "chance of a large exercise or exchange of officers in a quarter, politics allowing", "C116");
        Value acts_granted = fixed("acts_granted", "index", 1, "weight of a granted request beside an exercise", "C24");
        Value acts_gate_from = fixed("acts_gate_from", "index", 0.05, "political alignment below which nothing is done together", "C112");
        Value acts_gate_width = fixed("acts_gate_width", "index", 0.20, "further political alignment that opens the gate", "C112");
        Value acts_on_military = fixed("acts_on_military", "1", 0.55, "military depth from joint acts", "C110");
        Value acts_trust = fixed("acts_trust", "1", 0.25, "military depth from trust, beside joint acts", "C110");
        Value military_rate = fixed("military_rate", "1/quarter", 0.06, "speed of military depth", "C116");
        Value military_base = fixed("military_base", "1", 0.33, "military depth from political alignment alone", "C112");
        Value trust_on_military = fixed("trust_on_military", "1", 0.50, "military depth from trust", "C110");
        Value joint_peace = fixed("joint_peace", "index", 0.1, "how much of a common war peace is, in either theatre", "C111");
        Value joint_frozen_war = fixed("joint_frozen_war", "index", 0.35, "how much of a common war a frozen war with Ukraine is", "C111");
        Value joint_taiwan_crisis = fixed("joint_taiwan_crisis", "index", 0.65, "how much of a common war a Taiwan crisis is", "C111");
        Value joint_hostility_threshold = fixed("joint_hostility_threshold", "index", 0.5, "Russian hostility to the West above which wars are common", "C111");
        Value backing_on_military = fixed("backing_on_military", "share", 0.10, "part of the missing depth that Russian backing over Taiwan adds", "C53");
    };

    template <class Value> struct Shared {
        Value joint_acts = variable("joint_acts", "index", 0.3, 0, 1, "memory of what the armies do together", "expert coding");
        Value military_depth = variable("military_depth", "index", 0.28, 0, 1, "depth of military cooperation (M)", "expert coding");
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws& draw)
    {
        const Lanes ukraine = select(now.war_state == war::full, 1, select(now.war_state == war::frozen, p.joint_frozen_war, p.joint_peace));
        const Lanes taiwan = select(now.taiwan_state == taiwan::war, 1, select(now.taiwan_state == taiwan::crisis, p.joint_taiwan_crisis, p.joint_peace));
        const Lanes joint = min(ukraine, taiwan) * when(now.russia_west_hostility > p.joint_hostility_threshold);
        const Lanes gate = clip((now.political_alignment - p.acts_gate_from) / p.acts_gate_width);
        const Lanes act = max(when(draw().a < p.acts_exercise * gate), p.acts_granted * now.request_granted);
        next.joint_acts = clip(now.joint_acts + p.acts_rate * (act - now.joint_acts));
        const Lanes of_politics = now.political_alignment * (p.military_base + p.trust_on_military * now.trust + p.m_joint * joint);
        const Lanes of_acts = gate * (p.acts_on_military * now.joint_acts + p.acts_trust * now.trust + p.m_joint * joint);
        const Lanes target = clip((1 - p.acts_share) * of_politics + p.acts_share * of_acts);
        const Lanes x = now.military_depth + p.military_rate * (target - now.military_depth);
        next.military_depth = clip(select(now.taiwan_backing > backing::none, x + p.backing_on_military * (1 - x), x));
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
