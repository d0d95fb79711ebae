#include "world.hpp"
#include <cmath>

using namespace entente;

namespace {

Hand fullWar()
{
    Hand h;
    h.now.war_state = war::full, h.now.war_quarters = 20, h.now.russian_strength = 0.45, h.now.western_aid = 0.7, h.now.dual_use_flow = 0.6, h.now.russian_output = 1.05,
    h.now.ukraine_willingness = 0.5;
    h.now.us_administration_deal = administration::dealing, h.now.effort_west = 0.1, h.now.leader_dominance = 0.6, h.now.leader_orientation = 0.8, h.now.felt_weakness = 0.2,
    h.now.defeat_memory = 0.5;
    return h;
}
Hand frozenWar()
{
    Hand h = fullWar();
    h.now.war_state = war::frozen, h.now.russian_view_orientation = 0.6, h.now.carrot = 0.5, h.now.west_incident = 1, h.now.victory = 0.4;
    return h;
}

} // namespace

TEST(War, StrengthOfTheArmy)
{
    Hand h = fullWar();
    h.now.overt_support = 1, h.now.budget = 0, h.p.collapse_chance = 0;
    const double luck = 0.036 * value(student_5(h.draws<War>(60)(0, 2)));
    EXPECT_NEAR(value(h.step<War>(false).russian_strength), 0.45 + 0.054 * (0.50 * 0.6 / 0.55 + (1.1 - 0.50) * 1.05) * 0.55 - 0.052 * (0.35 + 0.65 * 0.7) * 0.45 + 0.06 + luck, 1e-12);
    h.now.budget = -0.3;
    EXPECT_NEAR(value(h.step<War>(false).russian_strength), 0.45 + 0.054 * (0.50 * 0.6 / 0.55 + 0.60 * 1.05) * (1 - 0.4 * 0.3) * 0.55 - 0.052 * (0.35 + 0.65 * 0.7) * 0.45 + 0.06 + luck, 1e-12)
        << "arms cost money";
    h.now.war_state = war::settled;
    EXPECT_NEAR(value(h.step<War>(false).russian_strength), 0.45 + 0.03 * (0.62 - 0.45) + 0.01 * value(normal(h.draws<War>(60)(0, 1).a)), 1e-12);
}

TEST(War, EndsByCollapseOrCeasefire)
{
    Hand h = fullWar();
    h.p.h_peace = 0.2, h.now.russian_strength = 0.28;
    int collapses = 0, ceasefires = 0;
    for (const double on : {0.0, 1.0})
        for (h.now.quarter = 44; h.now.quarter < 144; ++h.now.quarter) {
            h.now.use_victory_stake = on;
            const Four u = h.draws<War>(h.now.quarter)(0, 0);
            const bool collapse = value(u.a) < 0.25 * lg((0.29 - 0.28) / 0.03);
            const double peace = 0.2 * (1 + 0.5 * 20 / 40) * 1.5 * (1 + 0.8 * 0.1) * (1 + 3 * (0.5 - 0.28)) * 0.5 / 0.35 * std::exp(-1.2 * on * (0.6 * 0.8 - 0.5));
            const auto next = h.step<War>(false);
            EXPECT_EQ(value(next.military_collapse), collapse);
            EXPECT_EQ(value(next.war_state), collapse ? war::settled : value(u.b) < peace ? war::frozen : war::full);
            EXPECT_NEAR(value(next.defeat_memory), collapse ? 1 : 0.96 * 0.5, 1e-12);
            EXPECT_EQ(value(next.war_quarters), 21);
            collapses += collapse, ceasefires += value(next.war_state) == war::frozen;
        }
    EXPECT_GT(collapses, 5);
    EXPECT_GT(ceasefires, 20);
}

TEST(War, ACeasefireBreaksEarlyOrNotAtAll)
{
    Hand h = frozenWar();
    h.p.h_rel = 0.02, h.p.settlement_chance = 0;
    const double old = 0.02 * (0.3 + 1.4 * 0.6) * (0.45 / 0.5) * (1 - 0.6 * 0.5) * 2 * (1 + 3.0 * 0.2) * (1 - 0.7 * 0.4);
    for (const double youth : {0.0, 0.5, 1.0})
        for (h.now.quarter = 44; h.now.quarter < 144; ++h.now.quarter) {
            h.now.ceasefire_youth = youth;
            const auto next = h.step<War>(false);
            EXPECT_EQ(value(next.war_state), value(h.draws<War>(h.now.quarter)(0, 0).c) < old * (1 + 4 * youth) ? war::full : war::frozen);
            EXPECT_NEAR(value(next.ceasefire_youth), 0.86 * youth, 1e-12);
        }
    h.now.war_state = war::full;
    EXPECT_EQ(value(h.step<War>(false).ceasefire_youth), 1);
}

TEST(War, ASettledWarMayComeBack)
{
    Hand h = frozenWar();
    h.now.war_state = war::settled, h.p.h_rel = 0.5;
    int wars = 0;
    for (h.now.quarter = 44; h.now.quarter < 144; ++h.now.quarter) {
        const bool war = value(h.draws<War>(h.now.quarter)(0, 0).c) < 0.2 * 0.5 * (0.3 + 1.4 * 0.6) * (0.45 / 0.5) * (1 - 0.6 * 0.5) * 2 * (1 + 3.0 * 0.2) * (1 - 0.7 * 0.4);
        EXPECT_EQ(value(h.step<War>(false).war_state), war ? war::full : war::settled);
        wars += war;
    }
    EXPECT_GT(wars, 3);
    h.p.settled_relapse = 0;
    EXPECT_EQ(value(h.step<War>(false).war_state), war::settled);
}

TEST(War, AFrozenWarRelapsesOrIsSettled)
{
    Hand h = frozenWar();
    h.p.h_rel = 0.2, h.p.settlement_chance = 0.1;
    int relapses = 0, settlements = 0;
    for (h.now.quarter = 44; h.now.quarter < 144; ++h.now.quarter) {
        const Four u = h.draws<War>(h.now.quarter)(0, 0);
        const double relapse = 0.2 * (0.3 + 1.4 * 0.6) * (0.45 / 0.5) * (1 - 0.6 * 0.5) * 2 * (1 + 3.0 * 0.2) * (1 - 0.7 * 0.4);
        const int state = value(u.c) < relapse ? 2 : value(u.d) < 0.1 * (1 + 6 * 0.1 + 2 * 0.5) ? 0 : 1;
        EXPECT_EQ(value(h.step<War>(false).war_state), state);
        relapses += state == 2, settlements += state == 0;
    }
    EXPECT_GT(relapses, 10);
    EXPECT_GT(settlements, 3);
    EXPECT_NEAR(value(h.step<War>(false).war_quarters), 0.9 * 20, 1e-12);
    EXPECT_NEAR(value(h.step<War>(false).victory), 0.98 * 0.4, 1e-12);
}

TEST(War, ForcedEventsInTheirOrder)
{
    Hand full = fullWar(), frozen = frozenWar();
    full.p.h_peace = 0, full.p.collapse_chance = 0, frozen.p.h_rel = 0, frozen.p.settlement_chance = 1;
    const auto with = [](Hand h, Lanes World::*a, Lanes World::*b) {
        h.now.*a = 1, h.now.*b = 1;
        return h.step<War>(false);
    };
    EXPECT_EQ(value(with(full, &World::force_peace, &World::force_peace).war_state), war::frozen);
    EXPECT_EQ(value(with(frozen, &World::force_peace, &World::force_peace).war_state), war::frozen); // instead of the settlement drawn
    EXPECT_EQ(value(with(full, &World::force_peace, &World::force_settle).war_state), war::settled);
    EXPECT_EQ(value(with(full, &World::force_weak, &World::force_weak).russian_strength), 0.27);
    const auto collapsed = with(full, &World::force_weak, &World::force_collapse), quiet = with(frozen, &World::force_collapse, &World::force_collapse);
    EXPECT_EQ(value(collapsed.russian_strength), 0.12);
    EXPECT_EQ(value(collapsed.war_state), war::settled);
    EXPECT_EQ(value(collapsed.military_collapse), 1);
    EXPECT_EQ(value(collapsed.defeat_memory), 1);
    EXPECT_EQ(value(quiet.military_collapse), 0);
    const auto won = with(full, &World::force_win, &World::force_win);
    EXPECT_EQ(value(won.war_state), war::frozen);
    EXPECT_EQ(value(won.victory), 1);
    EXPECT_EQ(value(won.victory_event), 1);
    EXPECT_EQ(value(with(frozen, &World::force_win, &World::force_win).victory_event), 0);
    EXPECT_EQ(value(with(frozen, &World::force_relapse, &World::force_relapse).war_state), war::full);
    full.now.leadership_change = leadership::reformist;
    EXPECT_EQ(value(full.step<War>(false).war_state), war::frozen);
    EXPECT_NEAR(value(full.step<War>(false).defeat_memory), 0.3 * 0.5, 1e-12);
}

TEST(War, NuclearSignalsOnlyInWarAndOnlyInTheFreeWorld)
{
    Hand h = fullWar();
    h.p.h_nuc = 0.2, h.now.nuclear_signal = 0.9;
    int signals = 0;
    for (h.now.quarter = 44; h.now.quarter < 144; ++h.now.quarter) {
        const bool given = value(h.draws<War>(h.now.quarter)(0, 1).b) < 0.2 * (1 + 4 * 0.2);
        EXPECT_EQ(value(h.step<War>(false).nuclear_event), 0.5 * given);
        EXPECT_NEAR(value(h.step<War>(false).nuclear_signal), 0.6 * 0.9, 1e-12);
        signals += given;
        h.now.use_instability = 0;
        EXPECT_EQ(value(h.step<War>(false).nuclear_event), 0);
        h.now.use_instability = 1;
    }
    EXPECT_GT(signals, 15);
    h.p.h_nuc = 1, h.now.war_state = war::settled, h.now.taiwan_state = taiwan::crisis;
    EXPECT_EQ(value(h.step<War>(false).nuclear_event), 0);
    h.now.taiwan_state = taiwan::war;
    EXPECT_EQ(value(h.step<War>(false).nuclear_event), 0.5);
    h.now.war_state = war::full, h.now.quarter = 43;
    EXPECT_EQ(value(h.step<War>(false).nuclear_event), 0);
    h.now.quarter = 60, h.now.force_nuclear_signal = 0.8;
    EXPECT_EQ(value(h.step<War>(false).nuclear_event), 0.8);
    EXPECT_EQ(value(h.step<War>(false).nuclear_signal), 0.8);
}
