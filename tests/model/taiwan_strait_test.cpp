#include "world.hpp"
#include <algorithm>
#include <cmath>

namespace entente {

TEST(TaiwanStrait, Onset)
{
    Hand h;
    h.now.quarter = 80; // 2034
    h.p.h_TW = 0.1;
    h.now.war_state = war::full, h.now.china_western_exposure = 0.7, h.now.western_resolve_memory = 0.4, h.now.military_depth = 0.5;
    h.now.us_china_rivalry = 0.85, h.now.taiwan_assertive = posture::assertive, h.now.taiwan_deterrence = 0.5;
    const double r = lg(6 / 2.5), factor = std::exp(0.6 - 2 * -0.1 + 1.2 * 0.15 + 0.1 + 0.1 + 0.6 * 0.5 - 1.5 * -0.1);
    for (const bool patient : {false, true}) {
        h.now.window = patient ? window::patient : window::closing;
        const double hazard = 0.1 * factor * (patient ? 0.45 * r : r * (1 - 0.85 * lg(-4 / 2.)));
        for (h.replicate = 0; h.replicate < 300; ++h.replicate) {
            const auto next = h.step<TaiwanStrait>();
            const bool onset = value(h.draws<TaiwanStrait>(80)().a) < std::min(hazard, 0.5);
            ASSERT_EQ(value(next.taiwan_state), onset ? taiwan::crisis : taiwan::calm);
            ASSERT_NEAR(value(next.taiwan_hazard), std::min(hazard, 0.5), by_exp);
            ASSERT_EQ(value(next.taiwan_onset), onset ? taiwan::crisis : taiwan::calm);
        }
    }
    h.p.h_TW = 100; // certain up to the limit, but not in the pause after a crisis
    h.now.taiwan_cooldown = 3;
    for (h.replicate = 0; h.replicate < 50; ++h.replicate) ASSERT_EQ(value(h.step<TaiwanStrait>().taiwan_state), taiwan::calm);
    EXPECT_EQ(value(h.step<TaiwanStrait>().taiwan_cooldown), 2);
}

TEST(TaiwanStrait, EscalationAndEnd)
{
    Hand h;
    for (h.replicate = 0; h.replicate < 400; ++h.replicate) {
        const double u = value(h.draws<TaiwanStrait>(60)().a);
        h.now.taiwan_state = taiwan::crisis;
        auto next = h.step<TaiwanStrait>();
        ASSERT_EQ(value(next.taiwan_state), u < 0.06 ? taiwan::war : u < 0.26 ? taiwan::calm : taiwan::crisis);
        ASSERT_EQ(value(next.taiwan_cooldown), u >= 0.06 && u < 0.26 ? 16 : 0);
        ASSERT_EQ(value(next.taiwan_onset), 0);
        h.now.taiwan_state = taiwan::war;
        ASSERT_EQ(value(h.step<TaiwanStrait>().taiwan_state), u < 0.12 ? taiwan::calm : taiwan::war);
    }
}

TEST(TaiwanStrait, ForcedEvents)
{
    Hand h;
    h.now.force_taiwan = 1;
    auto next = h.step<TaiwanStrait>();
    EXPECT_EQ(value(next.taiwan_state), taiwan::crisis);
    EXPECT_EQ(value(next.taiwan_onset), 1);
    h.now.taiwan_state = taiwan::war;
    next = h.step<TaiwanStrait>();
    EXPECT_EQ(value(next.taiwan_state), taiwan::war);
    EXPECT_EQ(value(next.taiwan_onset), 0);
    h.now.taiwan_state = taiwan::crisis, h.now.force_taiwan = 0, h.now.force_taiwan_war = 1;
    next = h.step<TaiwanStrait>();
    EXPECT_EQ(value(next.taiwan_state), taiwan::war);
    EXPECT_EQ(value(next.taiwan_onset), 0) << "the crisis had begun, and Russia had answered";
    h.now.taiwan_state = taiwan::calm;
    next = h.step<TaiwanStrait>();
    EXPECT_EQ(value(next.taiwan_state), taiwan::war);
    EXPECT_EQ(value(next.taiwan_onset), 1);
}

TEST(TaiwanStrait, AWarLeavesAScar)
{
    Hand h;
    h.now.taiwan_scar = 0.6, h.now.taiwan_state = taiwan::crisis;
    EXPECT_NEAR(value(h.step<TaiwanStrait>().taiwan_scar), 0.98 * 0.6, 1e-12);
    h.now.taiwan_state = taiwan::war;
    EXPECT_EQ(value(h.step<TaiwanStrait>().taiwan_scar), 1);
}

TEST(TaiwanStrait, ResolveIsRemembered)
{
    Hand h;
    h.now.us_sanctions = 0.6, h.now.eu_sanctions = 0.8, h.now.western_resolve_memory = 0.5;
    EXPECT_NEAR(value(h.step<TaiwanStrait>().western_resolve_memory), 0.5 + 0.05 * (0.3 - 0.5), 1e-12);
    h.now.war_state = war::frozen;
    EXPECT_NEAR(value(h.step<TaiwanStrait>().western_resolve_memory), 0.5 + 0.05 * (0.7 - 0.5), 1e-12);
}

} // namespace entente
