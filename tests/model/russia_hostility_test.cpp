#include "world.hpp"

using namespace entente;

namespace {

Hand atPeace()
{
    Hand h;
    h.now.war_state = war::frozen, h.now.russia_west_hostility = 0.7, h.now.sanctions_total = 0.5, h.now.russian_view_orientation = 0.2, h.now.west_russia_hostility = 0.4,
    h.now.effort_west = 0.1, h.now.delivered_carrot = 0.3;
    return h;
}
constexpr double target = 0.08 + 0.12 + 0.26 * 0.5 + 0.32 * 0.2 + 0.24 * 0.4 - 0.50 * 0.1 - 0.20 * 0.3;

} // namespace

TEST(RussiaHostility, FollowsItsTargetAndIncidents)
{
    Hand h = atPeace();
    const double drifted = 0.7 + 0.15 * (target - 0.7);
    EXPECT_NEAR(value(h.step<RussiaHostility>(false).russia_west_hostility), drifted, 1e-12);
    h.now.west_incident = 1;
    EXPECT_NEAR(value(h.step<RussiaHostility>(false).russia_west_hostility), drifted + 0.15 * (1 - drifted), 1e-12);
    h.now.war_state = war::full, h.now.west_incident = 0;
    EXPECT_NEAR(value(h.step<RussiaHostility>(false).russia_west_hostility), 0.7 + 0.15 * (target - 0.12 + 0.26 - 0.7), 1e-12);
}

TEST(RussiaHostility, ConvergeIsSlowOnlyOnTheWayDown)
{
    Hand h = atPeace();
    h.now.postpeace = postpeace::converge;
    EXPECT_NEAR(value(h.step<RussiaHostility>(false).russia_west_hostility), 0.7 + 0.03 * (target - 0.7), 1e-12);
    h.now.russia_west_hostility = 0.1;
    EXPECT_NEAR(value(h.step<RussiaHostility>(false).russia_west_hostility), 0.1 + 0.15 * (target - 0.1), 1e-12);
}

TEST(RussiaHostility, IncidentsRenewItOutsideFullWar)
{
    Hand h = atPeace();
    h.p.h_ren = 0.6;
    int incidents = 0;
    for (h.now.quarter = 44; h.now.quarter < 144; ++h.now.quarter) {
        const bool happens = value(h.draws<RussiaHostility>(h.now.quarter)().a) < 0.6 * (0.4 + 0.7) * (1 - 0.6 * 0.3) * (1 - 0.1);
        EXPECT_EQ(value(h.step<RussiaHostility>(false).west_incident), happens);
        incidents += happens;
        h.now.use_hostility_renewal = 0;
        EXPECT_EQ(value(h.step<RussiaHostility>(false).west_incident), 0);
        h.now.use_hostility_renewal = 1, h.now.war_state = war::full;
        EXPECT_EQ(value(h.step<RussiaHostility>(false).west_incident), 0);
        h.now.war_state = war::frozen;
    }
    EXPECT_GT(incidents, 20);
}
