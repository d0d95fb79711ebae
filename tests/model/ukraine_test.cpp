#include "world.hpp"

using namespace entente;

TEST(Ukraine, AcceptsAsTheAddressedUniformSays)
{
    Hand h;
    h.now.war_quarters = 80, h.now.western_aid = 0.6, h.now.russian_strength = 0.55, h.now.ukraine_resolve = 0.2, h.now.ukraine_willingness = 0.4;
    const double chance = lg(-0.9 + 0.03 * 60 - 1.5 * (0.6 - 0.75) + 2.5 * (0.55 - 0.50) - 2 * 0.2);
    int accepted = 0;
    for (h.now.quarter = 44; h.now.quarter < 144; ++h.now.quarter) {
        const bool accepts = value(h.draws<Ukraine>(h.now.quarter)().a) < chance;
        EXPECT_NEAR(value(h.step<Ukraine>(false).ukraine_willingness), 0.4 + 0.25 * (accepts - 0.4), 1e-12);
        accepted += accepts;
    }
    EXPECT_GT(accepted, 40);
    EXPECT_LT(accepted, 100);
}

TEST(Ukraine, MutedIsHalfWilling)
{
    Hand h;
    Ukraine::Shared<Lanes> next = h.now;
    Ukraine::muted(h.now, next);
    EXPECT_EQ(value(next.ukraine_willingness), 0.35);
}
