#include "world.hpp"
#include <cmath>

using namespace entente;

namespace {

Hand war_world()
{
    Hand h;
    h.now.russia_west_hostility = 0.8, h.now.us_china_rivalry = 0.8, h.now.eu_china_hostility = 0.6; // h_CW = .65 .8 + .35 .6 = .73
    h.now.effort_china = 0.6, h.now.effort_west = 0.1, h.now.friction = 0.3, h.now.trust = 0.5, h.now.political_alignment = 0.7;
    return h;
}
const double other_terms = 1.1 * (0.6 - 0.1 - 0.32) - 2.0 * (0.3 - 0.18) + 1.5 * (0.5 - 0.42);

TEST(PoliticalAlignment, FollowsTheCommonThreat)
{
    Hand h = war_world();
    const double j = std::sqrt(0.8 * 0.73) - 0.40;
    EXPECT_NEAR(value(h.step<PoliticalAlignment>().political_alignment), 0.7 + 0.12 * (lg(0.18 + 3.4 * j + other_terms) - 0.7), 1e-12);
    h.now.bond = bond::concert;
    EXPECT_NEAR(value(h.step<PoliticalAlignment>().political_alignment), 0.7 + 0.12 * (lg(0.89 + 0.45 * 3.4 * j + other_terms) - 0.7), 1e-12);
}

TEST(PoliticalAlignment, IncidentsAndAProWesternRegimeLowerIt)
{
    Hand h = war_world();
    h.now.bilateral_incident = 0.5, h.now.pro_west_regime = 1;
    const double j = std::sqrt(0.8 * 0.73) - 0.40;
    EXPECT_NEAR(value(h.step<PoliticalAlignment>().political_alignment), (0.7 + 0.12 * (lg(0.18 + 3.4 * j + other_terms - 0.3) - 0.7)) * (1 - 0.25 * 0.5), 1e-12);
}

TEST(PoliticalAlignment, APawnObeysAndEnemiesPart)
{
    const double j = std::sqrt(0.8 * 0.73) - 0.40;
    Hand h = war_world();
    h.now.concessions = 0.5;
    EXPECT_NEAR(value(h.step<PoliticalAlignment>().political_alignment), 0.7 + 0.12 * (lg(0.18 + 3.4 * j + other_terms) - 0.7), 1e-12);
    h.now.dep = dep::pawn;
    EXPECT_NEAR(value(h.step<PoliticalAlignment>().political_alignment), 0.7 + 0.12 * (lg(0.18 + 3.4 * j + other_terms + 1.5 * (0.5 - 0.24)) - 0.7), 1e-12);
    h.now.dep = dep::limits, h.now.mutual_hostility = 0.6;
    EXPECT_NEAR(value(h.step<PoliticalAlignment>().political_alignment), 0.7 + 0.12 * (lg(0.18 + 3.4 * j + other_terms - 6 * 0.36) - 0.7), 1e-12);
}

TEST(PoliticalAlignment, HostilityCausedBySupportIsNoCommonThreatUnderRestrain)
{
    Hand h = war_world();
    const double bound_together = value(h.step<PoliticalAlignment>().political_alignment);
    h.now.support_hostility = 0.4;
    EXPECT_EQ(value(h.step<PoliticalAlignment>().political_alignment), bound_together);
    h.now.west_push = west_push::restrain;
    const double j = std::sqrt(0.8 * (0.73 - 0.35 * 0.4)) - 0.40;
    EXPECT_NEAR(value(h.step<PoliticalAlignment>().political_alignment), 0.7 + 0.12 * (lg(0.18 + 3.4 * j + other_terms) - 0.7), 1e-12);
    h.now.us_china_rivalry = 0.05, h.now.eu_china_hostility = 0, h.now.support_hostility = 1; // never below no threat at all
    EXPECT_NEAR(value(h.step<PoliticalAlignment>().political_alignment), 0.7 + 0.12 * (lg(0.18 - 3.4 * 0.40 + other_terms) - 0.7), 1e-12);
}

TEST(PoliticalAlignment, ARefusalOverTaiwanCostsPolitics)
{
    Hand h = war_world();
    const double before = value(h.step<PoliticalAlignment>().political_alignment);
    h.now.taiwan_backing = backing::refused;
    EXPECT_NEAR(value(h.step<PoliticalAlignment>().political_alignment), 0.75 * before, 1e-12);
    h.now.taiwan_back = taiwan_back::never;
    EXPECT_NEAR(value(h.step<PoliticalAlignment>().political_alignment), 0.75 * before, 1e-12) << "foreseen or not";
    h.p.refusal_foreseen = 0;
    EXPECT_EQ(value(h.step<PoliticalAlignment>().political_alignment), before);
    h.now.taiwan_backing = backing::given;
    EXPECT_EQ(value(h.step<PoliticalAlignment>().political_alignment), before);
}

TEST(PoliticalAlignment, AVictoryTakesATwentiethOfWhatIsMissing)
{
    Hand h = war_world();
    const double before = value(h.step<PoliticalAlignment>().political_alignment);
    h.now.victory_event = 1;
    EXPECT_NEAR(value(h.step<PoliticalAlignment>().political_alignment), before + 0.05 * (1 - before), 1e-12);
}

} // namespace
