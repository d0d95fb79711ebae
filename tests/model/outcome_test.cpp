#include "world.hpp"

namespace entente {
namespace {

double code(Hand& h) { return value(classify(h.now, h.p)); }

TEST(Outcome, ClassesAreReadTopDown)
{
    Hand h;
    h.now.trade_share_west = 0, h.now.dependence_index = 0;
    const struct {
        double index, depth, trust;
        int expected;
    } cases[] = {{0.70, 0.60, 0.5, 4}, {0.70, 0.59, 0.5, 3}, {0.64, 0.90, 0.5, 3}, {0.60, 0, 0.5, 3},  {0.5999, 0, 0.5, 2},
                 {0.40, 0, 0.1, 2},    {0.3999, 0, 0.1, 1},  {0.28, 0, 0.1, 1},    {0.27, 0, 0.22, 1}, {0.27, 0, 0.21, 0}};
    for (const auto& c : cases) {
        h.now.alignment_index = c.index, h.now.military_depth = c.depth, h.now.trust = c.trust;
        EXPECT_EQ(code(h), c.expected) << c.index << " " << c.depth << " " << c.trust;
    }
}

TEST(Outcome, OrientationLooksWestFirst)
{
    Hand h;
    h.now.alignment_index = 0.5, h.now.trust = 0.5;
    h.now.dependence_index = 0.60, h.now.concessions = 0.45;
    EXPECT_EQ(code(h), 2 + 8);
    h.now.concessions = 0.44;
    EXPECT_EQ(code(h), 2);
    h.now.concessions = 0.5, h.now.russia_west_hostility = 0.39, h.now.effort_west = 0.20, h.now.trade_share_west = 0.3, h.now.trade_share_china = 0.2;
    EXPECT_EQ(code(h), 2 + 16);
    h.now.trade_share_china = 0.3;
    EXPECT_EQ(code(h), 2 + 8);
}

TEST(Outcome, AnEventIsNotedOnceAndRuptureAfterFourQuarters)
{
    Hand h;
    World after = h.now;
    Observer seen;
    after.taiwan_state = 1;
    for (int q = 60; q < 63; ++q) seen.see(h.now, after, h.p, 0, q);
    EXPECT_EQ(value(seen.first.taiwan_crisis), 60);
    EXPECT_EQ(value(seen.first.rupture), -1);
    seen.see(h.now, after, h.p, 0, 63);
    EXPECT_EQ(value(seen.first.rupture), 63);
    EXPECT_EQ(value(seen.first.taiwan_war), -1);
}

TEST(Outcome, ACeasefireIsTheEndOfFullWarAndASettlementTheEndOfAny)
{
    Hand h;
    World after = h.now;
    Observer seen;
    h.now.war_state = 2, after.war_state = 1;
    seen.see(h.now, after, h.p, 2, 50);
    EXPECT_EQ(value(seen.first.ceasefire), 50);
    EXPECT_EQ(value(seen.first.settlement), -1);
    h.now.war_state = 1, after.war_state = 0;
    seen.see(h.now, after, h.p, 2, 55);
    EXPECT_EQ(value(seen.first.settlement), 55);
    h.now.war_state = 1, after.war_state = 2;
    seen.see(h.now, after, h.p, 2, 56);
    EXPECT_EQ(value(seen.first.war_relapse), 56);
}

} // namespace
} // namespace entente
