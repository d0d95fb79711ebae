#include "world.hpp"
#include <cmath>

using namespace entente;

namespace {

Hand partners()
{
    Hand h;
    h.now.russian_view_wariness = 0.5, h.now.dependence_index = 0.7, h.now.central_asia_contest = 0.4, h.now.concessions = 0.2, h.now.arctic_contest = 0.25, h.now.grievance = 0.2,
    h.now.espionage = 0.3;
    h.now.china_support = 0.7, h.now.political_alignment = 0.8, h.now.trade_share_china = 0.3, h.now.narrative_gap = 0.5, h.now.effort_diversify = 0.35, h.now.russian_output = 1.1,
    h.now.friction = 0.4;
    return h;
}
/// What the core's factors leave of harmony.
double harmony(double kappa)
{
    return (1 - 0.10) * (1 - kappa * 0.36 * 0.5 * 0.7) * (1 - 0.65 * 0.4 * (1 - 0.6 * 0.2) * (0.4 + 0.5)) * (1 - 0.35 * 0.5 * 0.25) * (1 - 0.9 * 0.2) * (1 - 0.22 * 0.3);
}
const double collision = 0.4 * 0.7 + 0.3 * 0.8 + 0.3 * 0.3 / 0.5 - 0.50;

} // namespace

TEST(Friction, IsTheUnionOfItsCauses)
{
    Hand h = partners();
    const auto after = [](double left) { return 0.4 + 0.3 * (1 - left - 0.4); };
    EXPECT_NEAR(value(h.step<Friction>(false).friction), after(harmony(1) * (1 - 0.30 * collision) * (1 - 0.03 * 0.5) * (1 - 0.08 * 0.2 * 1.1)), 1e-12);
    h.now.closeness = closeness::trust;
    EXPECT_NEAR(value(h.step<Friction>(false).friction), after(harmony(0.35) * (1 - 0.35 * 0.30 * collision) * (1 - 0.03 * 0.5) * (1 - 0.08 * 0.2 * 1.1)), 1e-12);
    h.now.closeness = closeness::friction, h.now.use_closeness_collision = 0, h.now.use_narratives = 0;
    EXPECT_NEAR(value(h.step<Friction>(false).friction), after(harmony(1) * (1 - 0.08 * 0.2 * 1.1)), 1e-12);
    h.now.use_bloc_irritation = 0;
    EXPECT_NEAR(value(h.step<Friction>(false).friction), after(harmony(1)), 1e-12);
}

TEST(Friction, BothGrowUsedToAContest)
{
    Hand h = partners();
    h.now.contest_habit = 0.3;
    const double left = harmony(1) / (1 - 0.65 * 0.4 * 0.88 * 0.9) * (1 - 0.65 * 0.1 * 0.88 * 0.9) * (1 - 0.30 * collision) * (1 - 0.03 * 0.5) * (1 - 0.08 * 0.2 * 1.1);
    EXPECT_NEAR(value(h.step<Friction>(false).friction), 0.4 + 0.3 * (1 - left - 0.4), 1e-12);
    EXPECT_NEAR(value(h.step<Friction>(false).contest_habit), 0.3 + 0.03 * 0.1, 1e-12);
    h.now.contest_habit = 0.5;
    const double calm = value(h.step<Friction>(false).friction);
    h.now.contest_habit = 0.4;
    EXPECT_EQ(value(h.step<Friction>(false).friction), calm) << "what has gone beyond habit alone is felt";
}

TEST(Friction, StoriesPartInFullWar)
{
    Hand h = partners();
    EXPECT_NEAR(value(h.step<Friction>(false).narrative_gap), 0.5 - 0.01 * 0.5, 1e-12);
    h.now.war_state = war::full;
    EXPECT_NEAR(value(h.step<Friction>(false).narrative_gap), 0.5 + 0.10 * 0.5, 1e-12);
}

TEST(Friction, IncidentsAsTheAddressedUniformsSay)
{
    Hand h = partners();
    h.p.h_inc = 0.2, h.now.mutual_hostility = 0.05;
    int incidents = 0;
    for (h.now.quarter = 0; h.now.quarter < 144; ++h.now.quarter) {
        h.p.incidents_in_history = h.now.quarter % 2;
        const Four u = h.draws<Friction>(h.now.quarter)();
        const bool happened = (h.now.quarter >= 44 || h.now.quarter % 2 == 1) && value(u.a) < 0.2 * 0.4 / 0.3 * (1 + 8 * 0.05);
        EXPECT_NEAR(value(h.step<Friction>(false).bilateral_incident), happened ? 1 - std::sqrt(value(u.b)) : 0, by_exp);
        incidents += happened;
        h.now.use_incidents = 0;
        EXPECT_EQ(value(h.step<Friction>(false).bilateral_incident), 0);
        h.now.use_incidents = 1;
    }
    EXPECT_GT(incidents, 20);
}
