// What counts as alliance, alignment, transaction, estrangement, rupture, as Russia's orientation, and as an event: the only place with
// thresholds. Weights and thresholds are conventions, no article's: they are rows, so that a scenario can say otherwise. C08, C98, C112, C122, C139.
// Equations: ODD.md, 4.31.
#pragma once
#include "mechanism.hpp"
#include "states.hpp"
#include <span>

namespace entente {
inline namespace ENTENTE_KERNEL {

struct Outcome : Page<Outcome> {
    static constexpr std::string_view name = "outcome", title = "weights of the alignment index and thresholds of the outcome classes", claims = "C08 C98 C112 C122 C139";

    template <class Value> struct Parameters {
        Value weight_political = fixed("weight_political", "share", 0.35, "weight of political alignment in the alignment index");
        Value weight_economic = fixed("weight_economic", "share", 0.25, "weight of trade in the alignment index");
        Value weight_military = fixed("weight_military", "share", 0.20, "weight of military depth in the alignment index");
        Value weight_trust = fixed("weight_trust", "share", 0.20, "weight of trust in the alignment index");
        Value economic_half = fixed("economic_half", "share", 0.20, "trade share at which the economic part is one half");
        Value alliance_index = fixed("alliance_index", "index", 0.65, "least alignment index of an alliance");
        Value alliance_depth = fixed("alliance_depth", "index", 0.60, "least military depth of an alliance");
        Value alignment_least = fixed("alignment_least", "index", 0.60, "least alignment index of alignment");
        Value transactional_least = fixed("transactional_least", "index", 0.40, "least alignment index of a transactional tie");
        Value rupture_index = fixed("rupture_index", "index", 0.28, "alignment index below which a tie may have ruptured");
        Value rupture_trust = fixed("rupture_trust", "index", 0.22, "trust below which it has");
        Value western_hostility = fixed("western_hostility", "index", 0.40, "Russian hostility to the West below which a western turn is possible");
        Value western_effort = fixed("western_effort", "index", 0.20, "least effort towards the West in a western turn");
        Value vassal_dependence = fixed("vassal_dependence", "index", 0.60, "least dependence of a vassal");
        Value vassal_concessions = fixed("vassal_concessions", "index", 0.45, "least concessions of a vassal");
        Value vassal_obedience = fixed("vassal_obedience", "share", 0.5, "least part of demands granted by a vassal");
        Value vassal_west = fixed("vassal_west", "index", 0.10, "most effort towards the West of a vassal");
        Value collapse_settles = fixed("collapse_settles", "0/1", 0, "1: a collapse of the army counts as a settlement of the war too");
        Value running_quarters = fixed("running_quarters", "quarters", 4, "quarters in a row that make rupture, alliance, vassalage or western turn an event");
        Value overt_support_least = fixed("overt_support_least", "index", 0.75, "Chinese support above which overt support counts as an event");
        Value flipped_states = fixed("flipped_states", "states", 2, "Central Asian states that make the flip an event");
    };
};

/// First quarter of each event from the start of the free world on; -1: not seen.
template <class Value> struct Events {
    Value rupture = variable("rupture", "quarter", -1, -1, 1e4, "class rupture, four quarters running", "");
    Value alliance = variable("alliance", "quarter", -1, -1, 1e4, "class alliance, four quarters running", "");
    Value vassalage = variable("vassalage", "quarter", -1, -1, 1e4, "orientation vassal, four quarters running", "");
    Value western_turn = variable("western_turn", "quarter", -1, -1, 1e4, "orientation western turn, four quarters running", "");
    Value succession = variable("succession", "quarter", -1, -1, 1e4, "the Russian leader goes", "");
    Value ouster = variable("ouster", "quarter", -1, -1, 1e4, "the Russian leader is ousted", "");
    Value regime_change = variable("regime_change", "quarter", -1, -1, 1e4, "an exit without continuity", "");
    Value pro_west_leader = variable("pro_west_leader", "quarter", -1, -1, 1e4, "an exit brings a pro-Western leader", "");
    Value fragmentation = variable("fragmentation", "quarter", -1, -1, 1e4, "the Russian state fragments", "");
    Value taiwan_crisis = variable("taiwan_crisis", "quarter", -1, -1, 1e4, "crisis or war over Taiwan", "");
    Value taiwan_war = variable("taiwan_war", "quarter", -1, -1, 1e4, "war over Taiwan", "");
    Value ceasefire = variable("ceasefire", "quarter", -1, -1, 1e4, "full war in Ukraine ends", "");
    Value settlement = variable("settlement", "quarter", -1, -1, 1e4, "the war in Ukraine is settled, not lost", "");
    Value military_collapse = variable("military_collapse", "quarter", -1, -1, 1e4, "the Russian army collapses", "");
    Value war_relapse = variable("war_relapse", "quarter", -1, -1, 1e4, "a frozen or settled war becomes full war again", "");
    Value overt_support = variable("overt_support", "quarter", -1, -1, 1e4, "overt Chinese military support", "");
    Value pipeline = variable("pipeline", "quarter", -1, -1, 1e4, "the second pipeline is signed", "");
    Value central_asian_flip = variable("central_asian_flip", "quarter", -1, -1, 1e4, "two Central Asian states turn from Russia", "");
    Value west_incident = variable("west_incident", "quarter", -1, -1, 1e4, "incident between Russia and the West", "");
    Value mutiny = variable("mutiny", "quarter", -1, -1, 1e4, "a mutiny fails", "");
    Value nuclear_signal = variable("nuclear_signal", "quarter", -1, -1, 1e4, "a nuclear signal", "");
    Value chinese_succession = variable("chinese_succession", "quarter", -1, -1, 1e4, "the Chinese leader goes", "");
};

inline constexpr double orientation_step = 8; ///< an outcome code is class + 8 x orientation

/// The outcome code of each lane.
inline Lanes classify(const auto& world, const auto& p)
{
    const Lanes A = world.alignment_index;
    const Mask ruptured = (A < p.rupture_index) & (world.trust < p.rupture_trust);
    const Mask allied = (A >= p.alliance_index) & (world.military_depth >= p.alliance_depth);
    const Lanes below = select(ruptured, outcome::rupture, outcome::estrangement), aligned = select(allied, outcome::alliance, outcome::alignment);
    const Lanes tie = select(A < p.transactional_least, below, select(A >= p.alignment_least, aligned, select(allied, outcome::alliance, outcome::transactional)));
    const Mask west = (world.russia_west_hostility < p.western_hostility) & (world.trade_share_west > world.trade_share_china) & (world.effort_west >= p.western_effort);
    const Mask vassal = (world.dependence_index >= p.vassal_dependence) & (world.concessions >= p.vassal_concessions) & (world.obedience >= p.vassal_obedience)
                        & (world.effort_west <= p.vassal_west);
    return tie + orientation_step * select(west, orientation::western_turn, select(vassal, orientation::vassal, orientation::autonomous));
}

/// Watches one lane group quarter by quarter.
struct Observer {
    Events<Lanes> first;
    Lanes in_rupture{0}, in_alliance{0}, in_vassalage{0}, in_western_turn{0};

    /// `before` and `after` are the worlds at the start and the end of the quarter; `code` is classify(after).
    void see(const auto& before, const auto& after, const auto& p, Lanes code, int quarter)
    {
        const auto note = [quarter](Lanes& first_quarter, Mask happened) { first_quarter = select(happened & (first_quarter < 0), double(quarter), first_quarter); };
        const auto note_run = [&](Lanes& first_quarter, Lanes& running, Mask now) {
            running = select(now, running + 1, 0);
            note(first_quarter, running >= p.running_quarters);
        };
        const Mask west = code >= orientation_step * orientation::western_turn, vassal = !west & (code >= orientation_step * orientation::vassal);
        const Lanes tie = code - orientation_step * select(west, orientation::western_turn, select(vassal, orientation::vassal, orientation::autonomous));
        note_run(first.rupture, in_rupture, tie == outcome::rupture);
        note_run(first.alliance, in_alliance, tie == outcome::alliance);
        note_run(first.vassalage, in_vassalage, vassal);
        note_run(first.western_turn, in_western_turn, west);
        const Mask exit = after.leadership_change > leadership::stays;
        note(first.succession, exit);
        note(first.ouster, holds(after.leader_ousted));
        note(first.regime_change, after.leadership_change > leadership::continuity);
        note(first.pro_west_leader, exit & holds(after.pro_west_regime));
        note(first.fragmentation, after.leadership_change == leadership::fragmentation);
        note(first.taiwan_crisis, after.taiwan_state >= taiwan::crisis);
        note(first.taiwan_war, after.taiwan_state == taiwan::war);
        note(first.ceasefire, (before.war_state == war::full) & (after.war_state < war::full));
        note(first.settlement, (before.war_state > war::settled) & (after.war_state == war::settled) & (holds(p.collapse_settles) | !holds(after.military_collapse)));
        note(first.military_collapse, holds(after.military_collapse));
        note(first.war_relapse, (before.war_state < war::full) & (after.war_state == war::full));
        note(first.overt_support, holds(after.overt_support) & (after.china_support > p.overt_support_least));
        note(first.pipeline, holds(after.pipeline_signed));
        note(first.central_asian_flip, after.central_asia_flips >= p.flipped_states);
        note(first.west_incident, holds(after.west_incident));
        note(first.mutiny, after.mutiny > 0);
        note(first.nuclear_signal, after.nuclear_event > 0);
        note(first.chinese_succession, holds(after.china_leader_change));
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
