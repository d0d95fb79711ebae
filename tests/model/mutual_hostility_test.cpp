#include "world.hpp"

using namespace entente;

namespace {

/// What it comes to, and whether the two have settled, in the quarter with this hostility, friction and incident.
double after(Hand& h, double hostility, double friction, double incident)
{
    h.now.mutual_hostility = hostility, h.now.friction = friction, h.now.bilateral_incident = incident;
    return value(h.step<MutualHostility>(false).mutual_hostility);
}

TEST(MutualHostility, FollowsIncidentsFrictionAndItself)
{
    Hand h;
    h.p.mutual_end = 0;
    EXPECT_EQ(after(h, 0, 0.6, 0), 0); // friction of neighbours
    EXPECT_NEAR(after(h, 0, 0.7, 0.5), 0.25 * (1.2 * 0.5 + 1 * 0.1), 1e-12);
    EXPECT_NEAR(after(h, 0.4, 0.5, 0), 0.4 + 0.25 * (2.0 * 0.16 - 0.4), 1e-12);
    EXPECT_NEAR(after(h, 0.5, 0.5, 0), 0.5, 1e-12); // the threshold between calm and hostility
    EXPECT_GT(after(h, 0.55, 0.5, 0), 0.55);
    EXPECT_LT(after(h, 0.45, 0.5, 0), 0.45);
    EXPECT_EQ(after(h, 1, 0.9, 1), 1);
}

TEST(MutualHostility, EndsByASettlementNowAndThen)
{
    Hand h;
    h.p.mutual_end = 0.1;
    int settled = 0;
    for (h.now.quarter = 44; h.now.quarter < 144; ++h.now.quarter) {
        const bool ends = value(h.draws<MutualHostility>(h.now.quarter)().a) < 0.1;
        EXPECT_NEAR(after(h, 0.8, 0.5, 0), (0.8 + 0.25 * (2.0 * 0.64 - 0.8)) * (ends ? 0.3 : 1), 1e-12);
        settled += ends;
    }
    EXPECT_GT(settled, 3);
}

} // namespace
