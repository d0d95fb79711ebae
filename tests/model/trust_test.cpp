#include "world.hpp"

using namespace entente;

namespace {

Hand calm_world()
{
    Hand h;
    h.now.trust = 0.5, h.now.china_support = 0.5, h.now.supply_willingness = 0.8; // delivered: .5 (.60 + .50 .8) = .5
    h.now.political_alignment = 0.7, h.now.friction = 0.3, h.now.effort_west = 0.1;
    return h;
}
double noise(const Hand& h) { return 0.006 * value(normal(h.draws<Trust>(60)().a)); }
double built(const Hand& h) { return 0.5 + (0.05 * 0.5 * 0.7 + 0.010) * (1 - 0.5) - 0.084 * 0.3 * 0.5 - 0.005 * 0.1 * 0.5 + noise(h); }

TEST(Trust, IsBuiltByCooperationAndLostToFriction)
{
    Hand h = calm_world();
    EXPECT_NEAR(value(h.step<Trust>().trust), built(h), 1e-12);
    h.now.demand_refused = 0.5, h.now.bilateral_incident = 0.4, h.now.china_leader_change = 1;
    EXPECT_NEAR(value(h.step<Trust>().trust), built(h) * (1 - 0.04 * 0.5) * (1 - 0.55 * 0.4) * (1 - 0.08), 1e-12);
}

TEST(Trust, ReturnsToItsLevelWhereCooperationBuildsNone)
{
    Hand h = calm_world();
    h.now.trust_growth = trust_growth::none;
    EXPECT_NEAR(value(h.step<Trust>().trust), 0.5 + 0.03 * (0.46 - 0.25 * (0.3 - 0.14) - 0.5) - 0.005 * 0.1 * 0.5 + noise(h), 1e-12);
}

TEST(Trust, RemembersTaiwan)
{
    Hand h = calm_world();
    h.now.taiwan_backing = backing::given;
    EXPECT_NEAR(value(h.step<Trust>().trust), built(h) + 0.20 * (1 - built(h)), 1e-12);
    h.now.taiwan_backing = backing::refused;
    EXPECT_NEAR(value(h.step<Trust>().trust), 0.75 * built(h), 1e-12);
    h.now.taiwan_back = taiwan_back::never;
    EXPECT_NEAR(value(h.step<Trust>().trust), built(h), 1e-12) << "a refusal that was foreseen betrays nobody";
}

TEST(Trust, AnswersNuclearSignalsIfInstabilityIsOn)
{
    Hand h = calm_world();
    h.now.nuclear_event = 0.5;
    EXPECT_NEAR(value(h.step<Trust>().trust), built(h) * 0.98, 1e-12);
    h.now.use_instability = 0;
    EXPECT_NEAR(value(h.step<Trust>().trust), built(h), 1e-12);
}

TEST(Trust, EnemiesLoseItQuarterByQuarter)
{
    Hand h = calm_world();
    h.now.mutual_hostility = 0.6;
    EXPECT_NEAR(value(h.step<Trust>().trust), built(h) * (1 - 0.15 * 0.36), 1e-12);
}

TEST(Trust, StaysInsideItsRange)
{
    Hand h = calm_world();
    h.now.trust = 0.011, h.now.china_support = 0, h.now.friction = 1, h.now.bilateral_incident = 1;
    EXPECT_EQ(value(h.step<Trust>().trust), 0.01);
}

} // namespace
