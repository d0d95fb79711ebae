#include "world.hpp"

using namespace entente;

TEST(Status, GapBetweenClaimedAndGrantedRank)
{
    Hand h;
    h.now.russian_view_orientation = 0.7, h.now.dependence_index = 0.8, h.now.concessions = 0.5, h.now.china_support = 0.55, h.now.status_gap = 0.1, h.now.russian_output = 1.02,
    h.now.russian_strength = 0.5;
    const double claim = 0.45 + 0.40 * 0.7, treatment = 1 - 0.9 * 0.8 * (0.5 + 0.5 * 0.5) + 0.5 * (0.55 - 0.45);
    const auto next = h.step<Status>(false);
    EXPECT_NEAR(value(next.status_gap), 0.1 + 0.10 * (claim - treatment - 0.1), 1e-12);
    EXPECT_NEAR(value(next.felt_weakness), claim + (1.10 - 1.02) + (0.62 - 0.5) - 0.75, 1e-12);
}

TEST(Status, AModestRussiaFeelsNothing)
{
    Hand h;
    h.now.russian_view_orientation = -0.4, h.now.dependence_index = 0.2, h.now.status_gap = 0.2;
    const auto next = h.step<Status>(false);
    EXPECT_NEAR(value(next.status_gap), 0.9 * 0.2, 1e-12);
    EXPECT_EQ(value(next.felt_weakness), 0);
}

TEST(Status, MutedFromTheStartBothStayZero)
{
    const Hand h; // a muted page keeps what it owns
    EXPECT_EQ(value(h.now.status_gap), 0);
    EXPECT_EQ(value(h.now.felt_weakness), 0);
}
