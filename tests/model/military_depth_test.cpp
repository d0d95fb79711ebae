#include "world.hpp"

using namespace entente;

namespace {

Hand two_theatres(double war, double taiwan)
{
    Hand h;
    h.now.war_state = war, h.now.taiwan_state = taiwan, h.now.russia_west_hostility = 0.8;
    h.now.political_alignment = 0.7, h.now.trust = 0.5, h.now.military_depth = 0.4;
    return h;
}
/// The gate is open at a political alignment of .7; joint acts stand at .3.
double expected(double joint) { return 0.4 + 0.06 * (0.55 * 0.3 + 0.25 * 0.5 + 0.6 * joint - 0.4); }

TEST(MilitaryDepth, CountsOnlyWhatBothTheatresShare)
{
    const double joint[3][3] = {{0.1, 0.1, 0.1}, {0.1, 0.35, 0.35}, {0.1, 0.65, 1}};
    for (int war = 0; war < 3; ++war)
        for (int taiwan = 0; taiwan < 3; ++taiwan)
            EXPECT_NEAR(value(two_theatres(war, taiwan).step<MilitaryDepth>().military_depth), expected(joint[war][taiwan]), 1e-12) << war << taiwan;
}

TEST(MilitaryDepth, HasNoCommonWarWithoutRussianHostility)
{
    Hand h = two_theatres(2, 2);
    h.now.russia_west_hostility = 0.5;
    EXPECT_NEAR(value(h.step<MilitaryDepth>().military_depth), expected(0), 1e-12);
}

TEST(MilitaryDepth, RemembersJointActsThatPoliticsAllows)
{
    Hand h = two_theatres(1, 0);
    h.now.political_alignment = 0.13; // the gate is .4 open
    int acts = 0;
    for (h.now.quarter = 44; h.now.quarter < 144; ++h.now.quarter) {
        const bool act = value(h.draws<MilitaryDepth>(h.now.quarter)().a) < 0.5 * 0.4;
        EXPECT_NEAR(value(h.step<MilitaryDepth>().joint_acts), 0.3 + 0.05 * (act - 0.3), 1e-12);
        acts += act;
    }
    EXPECT_GT(acts, 5);
    const double of_acts = 0.4 * (0.55 * 0.3 + 0.25 * 0.5 + 0.06), of_politics = 0.13 * (0.33 + 0.50 * 0.5 + 0.06);
    EXPECT_NEAR(value(h.step<MilitaryDepth>().military_depth), 0.4 + 0.06 * (of_acts - 0.4), 1e-12);
    h.p.acts_share = 0.75;
    EXPECT_NEAR(value(h.step<MilitaryDepth>().military_depth), 0.4 + 0.06 * (0.25 * of_politics + 0.75 * of_acts - 0.4), 1e-12);
    h.now.request_granted = 1, h.now.political_alignment = 0.05, h.p.acts_share = 1;
    EXPECT_NEAR(value(h.step<MilitaryDepth>().joint_acts), 0.3 + 0.05 * 0.7, 1e-12) << "a granted request is an act";
    EXPECT_NEAR(value(h.step<MilitaryDepth>().military_depth), 0.94 * 0.4, 1e-12) << "the gate is shut";
}

TEST(MilitaryDepth, GrowsWhenRussiaBacksChinaOverTaiwan)
{
    Hand h = two_theatres(1, 1);
    h.now.taiwan_backing = backing::given;
    EXPECT_NEAR(value(h.step<MilitaryDepth>().military_depth), expected(0.35) + 0.10 * (1 - expected(0.35)), 1e-12);
    h.now.taiwan_backing = backing::refused;
    EXPECT_NEAR(value(h.step<MilitaryDepth>().military_depth), expected(0.35), 1e-12);
}

} // namespace
