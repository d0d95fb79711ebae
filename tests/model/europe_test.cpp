#include "world.hpp"

namespace entente {

/// The numbers of 2024Q4, about.
static Hand full_war()
{
    Hand h;
    h.now.war_state = war::full, h.now.war_quarters = 50;
    h.now.eu_sanctions = 0.9, h.now.us_sanctions = 0.9, h.now.sanctions_in_force = 0.8, h.now.eu_china_hostility = 0.5;
    h.now.china_support = 0.45, h.now.dual_use_flow = 0.70, h.now.us_china_rivalry = 0.76;
    h.now.military_depth = 0.41, h.now.visible_patrols = 0.4, h.now.political_cover = 0.825;
    h.now.russia_west_hostility = 0.8, h.now.west_russia_hostility = 0.7, h.now.effort_west = 0;
    return h;
}

TEST(Europe, CoreEquations)
{
    Hand h = full_war();
    h.now.use_political_cover = h.now.use_patrols = 0;
    h.now.europe_peel = 0.5, h.now.sanctions_push = 0.05;
    const auto next = h.step<Europe>();
    const double target = 0.92 - 0.5 * 0.012 * 40 + 0.05 - 0.2 * 0.5;
    EXPECT_NEAR(value(next.eu_sanctions), 0.9 + 0.10 * (target - 0.9), 1e-12);
    EXPECT_NEAR(value(next.sanctions_in_force), 0.8 + 0.5 * (0.9 - 0.8), 1e-12);
    EXPECT_NEAR(value(next.eu_china_hostility), 0.5 + 0.08 * (0.25 + 0.12 * 0.45 + 0.45 * 0.70 + 0.15 * 0.76 - 0.30 * 0.5 - 0.5), 1e-12);
    EXPECT_NEAR(value(next.west_russia_hostility), 0.7 + 0.12 * (0.12 + 0.38 + 0.35 * 0.8 - 0.7), 1e-12);
}

TEST(Europe, FrozenWarUnseenFlowAndIncidents)
{
    Hand h = full_war();
    h.now.use_political_cover = h.now.use_patrols = h.now.use_flow_reaction = 0;
    EXPECT_NEAR(value(h.step<Europe>().eu_china_hostility), 0.5 + 0.08 * (0.25 + 0.12 * 0.45 + 0.45 * 0.65 + 0.15 * 0.76 - 0.5), 1e-12);
    h.now.war_state = war::frozen, h.now.carrot = 0.2, h.now.pro_west_regime = 1, h.now.west_incident = 1, h.now.sanctions_in_force = 1;
    const auto next = h.step<Europe>();
    EXPECT_NEAR(value(next.eu_sanctions), 0.9 + 0.10 * (0.66 + 0.30 * 0.25 - 0.25 * 0.2 - 0.9), 1e-12);
    EXPECT_NEAR(value(next.sanctions_in_force), 1 + 0.25 * (0.9 - 1), 1e-12);
    const double moved = 0.7 + 0.08 * (0.12 + 0.15 + 0.35 * 0.8 - 0.7);
    EXPECT_NEAR(value(next.west_russia_hostility), moved + 0.15 * (1 - moved), 1e-12);
}

TEST(Europe, RelievesWhatItTakesForAnOpening)
{
    Hand h = full_war();
    h.now.use_political_cover = h.now.use_patrols = 0, h.now.effort_west = 0.1, h.now.perception_west_on_russia = 0.3;
    EXPECT_NEAR(value(h.step<Europe>().eu_sanctions), 0.9 + 0.10 * (0.92 - 0.5 * 0.012 * 40 - 0.35 * (0.1 + 0.15) - 0.9), 1e-12);
}

TEST(Europe, ATaiwanCrisisTurnsItFromChinaAndAnOpeningBringsItNearerToRussia)
{
    Hand h = full_war();
    h.now.use_political_cover = h.now.use_patrols = 0, h.now.taiwan_state = taiwan::crisis, h.now.support_hostility = 0.2, h.now.effort_west = 0.2, h.now.dual_use_flow = 0.3;
    const double by_support = 0.12 * 0.45 + 0.45 * 0.30;
    const auto next = h.step<Europe>();
    EXPECT_NEAR(value(next.eu_china_hostility), 0.5 + 0.08 * (0.25 + by_support + 0.15 * 0.76 + value(h.p.eu_china_taiwan) - 0.5), 1e-12);
    EXPECT_GT(value(h.p.eu_china_taiwan), 0);
    EXPECT_NEAR(value(next.support_hostility), 0.2 + 0.08 * (by_support - 0.2), 1e-12);
    EXPECT_NEAR(value(next.west_russia_hostility), 0.7 + 0.12 * (0.12 + 0.38 + 0.35 * 0.8 - value(h.p.west_hostility_opening) * 0.2 - 0.7), 1e-12);
    EXPECT_GT(value(h.p.west_hostility_opening), 0);
}

TEST(Europe, CoverBindsAndBlocks)
{
    Hand h = full_war();
    const double seen = 0.45 + 0.10 * 0.4, by_support = 0.10 * seen + 0.06 * 0.825 + 0.86 * 0.45 * 0.70, target = 0.25 + by_support + 0.15 * 0.76;
    EXPECT_NEAR(target, 0.733, 0.002) << "centred on the core's target of 2024Q4";
    auto next = h.step<Europe>();
    EXPECT_NEAR(value(next.eu_china_hostility), 0.5 + 0.08 * (target - 0.5), 1e-12);
    EXPECT_NEAR(value(next.support_hostility), 0.08 * by_support, 1e-12);
    h.now.us_china_rivalry = 0.96, h.now.europe_peel = 1;
    const double peel = 1 - 0.6 * 0.825;
    next = h.step<Europe>();
    EXPECT_NEAR(value(next.eu_china_hostility), 0.5 + 0.08 * (target + 0.2 * (0.15 + 0.20) - 0.30 * peel - 0.5), 1e-12);
    EXPECT_NEAR(value(next.eu_sanctions), 0.9 + 0.10 * (0.92 - 0.24 - 0.2 * peel - 0.9), 1e-12);
    h.now.support_hostility_push = 0.3;
    EXPECT_NEAR(value(h.step<Europe>().support_hostility), 0.08 * (by_support + 0.3), 1e-12);
}

TEST(Europe, PatrolsMakeSupportLookLarger)
{
    Hand h = full_war();
    int patrols = 0;
    for (h.replicate = 0; h.replicate < 400; ++h.replicate) {
        const auto next = h.step<Europe>();
        const double patrol = value(h.draws<Europe>(60)().a) < 0.20 + 0.5 * 0.41 ? 1 : 0;
        EXPECT_EQ(value(next.joint_patrol), patrol);
        EXPECT_NEAR(value(next.visible_patrols), 0.4 + 0.3 * (patrol - 0.4), 1e-12);
        patrols += patrol == 1;
    }
    EXPECT_NEAR(patrols, 400 * 0.405, 45);
    h.now.patrol_push = 1;
    EXPECT_EQ(value(h.step<Europe>().joint_patrol), 1);
    h.now.china_support = 0.57, h.now.visible_patrols = 0.5; // looks like .62
    EXPECT_NEAR(value(h.step<Europe>().eu_sanctions), 0.9 + 0.10 * (0.92 - 0.24 + 0.10 - 0.9), 1e-12);
    h.now.use_patrols = 0;
    EXPECT_NEAR(value(h.step<Europe>().eu_sanctions), 0.9 + 0.10 * (0.92 - 0.24 - 0.9), 1e-12);
}

} // namespace entente
