#include "world.hpp"
#include <cmath>

namespace entente {

TEST(Taiwan, ElectsEveryFourthYear)
{
    Hand h;
    h.now.us_china_rivalry = 0.85, h.now.taiwan_state = taiwan::crisis;
    const double chance = 1 / (1 + std::exp(0.4 - 1.5 * 0.10 + 1));
    for (h.replicate = 0; h.replicate < 200; ++h.replicate) {
        h.now.quarter = 73;
        ASSERT_EQ(value(h.step<Taiwan>().taiwan_assertive) == 1, value(h.draws<Taiwan>(73)().a) < chance);
        h.now.quarter = 74;
        ASSERT_EQ(value(h.step<Taiwan>().taiwan_assertive), posture::status_quo);
    }
    h.now.quarter = 9;
    EXPECT_EQ(value(h.step<Taiwan>().taiwan_assertive), posture::assertive) << "2016 is history";
}

TEST(Taiwan, Deterrence)
{
    Hand h;
    h.now.quarter = 62;
    h.now.us_china_rivalry = 0.8, h.now.western_resolve_memory = 0.6, h.now.taiwan_deterrence = 0.5;
    EXPECT_NEAR(value(h.step<Taiwan>().taiwan_deterrence), 0.5 + 0.05 * (0.30 + 0.30 * 0.8 + 0.25 * 0.6 - 0.5), 1e-12);
    h.now.taiwan_posture = 1;
    const auto next = h.step<Taiwan>();
    EXPECT_EQ(value(next.taiwan_assertive), posture::assertive) << "the lever holds at once";
    EXPECT_NEAR(value(next.taiwan_deterrence), 0.5 + 0.05 * (0.30 + 0.30 * 0.8 + 0.25 * 0.6 - 0.10 - 0.5), 1e-12);
}

} // namespace entente
