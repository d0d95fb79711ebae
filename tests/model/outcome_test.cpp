#include "model/kernel.hpp"
#include "world.hpp"

namespace entente {
namespace {

double code(Hand& h) { return value(classify(h.now, h.p)); }

TEST(Outcome, CodesAreNamedAsTheRestOfTheEngineNamesThem)
{
    const std::pair<double, const char*> classes[] = {
        {outcome::rupture, "rupture"}, {outcome::estrangement, "estrangement"}, {outcome::transactional, "transactional"}, {outcome::alignment, "alignment"}, {outcome::alliance, "alliance"}};
    const std::pair<double, const char*> ways[] = {{orientation::autonomous, "autonomous"}, {orientation::vassal, "vassal"}, {orientation::western_turn, "western_turn"}};
    for (const auto& [number, name] : classes)
        for (const auto& [way, called] : ways) {
            const auto code = static_cast<std::uint8_t>(number + orientation_step * way);
            EXPECT_EQ(class_names[class_of(code)], name);
            EXPECT_EQ(orientation_names[orientation_of(code)], called);
        }
}

TEST(Outcome, ClassesAreReadTopDown)
{
    Hand h;
    h.now.trade_share_west = 0, h.now.dependence_index = 0;
    const struct {
        double index, depth, trust;
        double expected;
    } cases[] = {{0.70, 0.60, 0.5, outcome::alliance},     {0.70, 0.59, 0.5, outcome::alignment},  {0.64, 0.90, 0.5, outcome::alignment},   {0.60, 0, 0.5, outcome::alignment},
                 {0.5999, 0, 0.5, outcome::transactional}, {0.40, 0, 0.1, outcome::transactional}, {0.3999, 0, 0.1, outcome::estrangement}, {0.28, 0, 0.1, outcome::estrangement},
                 {0.27, 0, 0.22, outcome::estrangement},   {0.27, 0, 0.21, outcome::rupture}};
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
    EXPECT_EQ(code(h), outcome::transactional + orientation_step * orientation::vassal);
    h.now.concessions = 0.44;
    EXPECT_EQ(code(h), outcome::transactional);
    h.now.concessions = 0.5, h.now.russia_west_hostility = 0.39, h.now.effort_west = 0.20, h.now.trade_share_west = 0.3, h.now.trade_share_china = 0.2;
    EXPECT_EQ(code(h), outcome::transactional + orientation_step * orientation::western_turn);
    h.now.trade_share_china = 0.3, h.now.effort_west = 0.10;
    EXPECT_EQ(code(h), outcome::transactional + orientation_step * orientation::vassal);
    h.now.effort_west = 0.11;
    EXPECT_EQ(code(h), outcome::transactional) << "a vassal makes no move to the West";
    h.now.effort_west = 0, h.now.obedience = 0.49;
    EXPECT_EQ(code(h), outcome::transactional) << "... and grants what is demanded";
}

TEST(Outcome, AnEventIsNotedOnceAndRuptureAfterFourQuarters)
{
    Hand h;
    World after = h.now;
    Observer seen;
    after.taiwan_state = taiwan::crisis;
    for (int q = 60; q < 63; ++q) seen.see(h.now, after, h.p, outcome::rupture, q);
    EXPECT_EQ(value(seen.first.taiwan_crisis), 60);
    EXPECT_EQ(value(seen.first.rupture), -1);
    seen.see(h.now, after, h.p, outcome::rupture, 63);
    EXPECT_EQ(value(seen.first.rupture), 63);
    EXPECT_EQ(value(seen.first.taiwan_war), -1);
    Observer vassal, west;
    for (int q = 60; q < 64; ++q) {
        vassal.see(h.now, after, h.p, outcome::rupture + orientation_step * orientation::vassal, q);
        west.see(h.now, after, h.p, outcome::rupture + orientation_step * orientation::western_turn, q);
    }
    for (const Observer& o : {vassal, west}) EXPECT_EQ(value(o.first.rupture), 63) << "whatever Russia's orientation";
    EXPECT_EQ(value(vassal.first.vassalage), 63);
    EXPECT_EQ(value(west.first.western_turn), 63);
}

TEST(Outcome, CentralAsiaTurnsWhenTwoOfItsStatesDo)
{
    Hand h;
    World after = h.now;
    Observer seen;
    for (const int flips : {1, 2}) {
        after.central_asia_flips = flips;
        seen.see(h.now, after, h.p, outcome::transactional, 50 + flips);
    }
    EXPECT_EQ(value(seen.first.central_asian_flip), 52);
}

TEST(Outcome, ACollapseIsNoSettlementAndASettledWarMayRelapse)
{
    Hand h;
    World after = h.now;
    Observer seen;
    h.now.war_state = war::full, after.war_state = war::settled, after.military_collapse = 1;
    seen.see(h.now, after, h.p, outcome::transactional, 50);
    EXPECT_EQ(value(seen.first.settlement), -1);
    EXPECT_EQ(value(seen.first.military_collapse), 50);
    after.military_collapse = 0;
    seen.see(h.now, after, h.p, outcome::transactional, 51);
    EXPECT_EQ(value(seen.first.settlement), 51);
    h.now.war_state = war::settled, after.war_state = war::full;
    seen.see(h.now, after, h.p, outcome::transactional, 60);
    EXPECT_EQ(value(seen.first.war_relapse), 60);
}

TEST(Outcome, ACeasefireIsTheEndOfFullWarAndASettlementTheEndOfAny)
{
    Hand h;
    World after = h.now;
    Observer seen;
    h.now.war_state = war::full, after.war_state = war::frozen;
    seen.see(h.now, after, h.p, outcome::transactional, 50);
    EXPECT_EQ(value(seen.first.ceasefire), 50);
    EXPECT_EQ(value(seen.first.settlement), -1);
    h.now.war_state = war::frozen, after.war_state = war::settled;
    seen.see(h.now, after, h.p, outcome::transactional, 55);
    EXPECT_EQ(value(seen.first.settlement), 55);
    h.now.war_state = war::frozen, after.war_state = war::full;
    seen.see(h.now, after, h.p, outcome::transactional, 56);
    EXPECT_EQ(value(seen.first.war_relapse), 56);
}

} // namespace
} // namespace entente
