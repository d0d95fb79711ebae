#include "world.hpp"
#include <cmath>

using namespace entente;

namespace {

/// A world at peace with an offer from the West and friction with China.
Hand offered()
{
    Hand h;
    h.now.sanctions_total = 0.6, h.now.dependence_index = 0.6, h.now.russian_view_orientation = 0.1, h.now.russian_view_wariness = 0.5, h.now.russia_west_hostility = 0.5;
    h.now.insulated_rails = 0.3, h.now.india_purchase = 0.7, h.now.india_pull = 0.2, h.now.diversification_push = 0.1, h.now.carrot = 0.8, h.now.delivered_carrot = 0.6,
    h.now.expected_reciprocity = 0.9;
    h.now.expected_support = 0.5, h.now.perception_russia_on_china = 0.1, h.now.friction = 0.42, h.now.delivered_support = 0.4;
    return h;
}

} // namespace

TEST(RussiaStance, ChoosesBySoftmaxWithOneUniform)
{
    Hand h = offered();
    int count[4] = {};
    h.now.us_china_rivalry = 0.8;
    for (const double on : {0.0, 1.0}) // the middle narrows as the door opens
        for (const int war : {1, 2})
            for (h.now.quarter = 44; h.now.quarter < 144; ++h.now.quarter) {
                const double danger = h.now.quarter % 3 ? 0.50 : 0; // of a Western turn, to a regime that is not pro-Western
                h.now.pro_west_regime = danger == 0;
                h.now.use_friction_opening = on, h.now.war_state = war, h.now.middle = on, h.now.dep = h.now.quarter % 2 ? dep::pawn : dep::limits;
                const double peace = war < 2, door = on * (0.42 - 0.32), narrow = on * 1.5 * (0.8 - 0.5), repelled = 2.2 * (h.now.quarter % 2 ? 0.3 : 1);
                const double utility[4] = {1.2 * (0.5 * 0.6 + 0.5 * 0.5) * 0.6 + 0.6 * 0.1 + 0.25 * 0.3 * 0.6 - repelled * 0.5 * (0.6 - 0.35) - 0.5 * door, 0.30 - narrow,
                                           repelled * 0.5 * 0.6 + 0.30 * 0.4 - 0.20 + 0.25 * 0.2 + 0.20 * 0.1 + 0.1 - narrow,
                                           1.2 * (1.1 * 0.6 * 0.9 * (1 - 0.8 * 0.1) * peace - 0.1 - danger * (1 + 0.8)) - 0.35 * 0.6 + (0.25 + 3.0 * 0.6 * door) * peace};
                double sum = 0, below = 0;
                for (const double x : utility) sum += std::exp(3 * x);
                const double point = value(h.draws<RussiaStance>(h.now.quarter)().a) * sum;
                int choice = 0;
                for (; choice < 3 && point >= (below += std::exp(3 * utility[choice])); ++choice) {}
                const auto next = h.step<RussiaStance>(false);
                EXPECT_NEAR(value(next.effort_china), 0.4 + 0.12 * ((choice == 0) - 0.4), 1e-12);
                EXPECT_NEAR(value(next.effort_diversify), 0.25 + 0.12 * ((choice == 2) - 0.25), 1e-12);
                EXPECT_NEAR(value(next.effort_west), 0.05 + 0.12 * ((choice == 3) - 0.05), 1e-12);
                ++count[choice];
            }
    for (const int n : count) EXPECT_GT(n, 5);
}

TEST(RussiaStance, LearnsFromDeliveriesRequestsAndRelief)
{
    Hand h = offered();
    EXPECT_NEAR(value(h.step<RussiaStance>(false).expected_support), 0.5 + 0.2 * (0.4 - 0.5), 1e-12);
    h.now.request_granted = 1;
    EXPECT_NEAR(value(h.step<RussiaStance>(false).expected_support), 0.48 + 0.04, 1e-12);
    h.now.request_granted = 0, h.now.request_refused = 1;
    const auto next = h.step<RussiaStance>(false);
    EXPECT_NEAR(value(next.expected_support), 0.48 - 0.02, 1e-12);
    EXPECT_NEAR(value(next.expected_reciprocity), 0.9 + 0.05 * (0.6 + 0.5 * 0.4 - 0.9), 1e-12);
}

TEST(RussiaStance, BacksChinaOverTaiwanOrRefuses)
{
    Hand h = offered();
    h.now.trust = 0.6;
    EXPECT_EQ(value(h.step<RussiaStance>(false).taiwan_backing), backing::none);
    h.now.taiwan_onset = 1;
    const double chance = lg(-1.2 + 3 * (0.6 - 0.45) + 2.5 * (0.4 - 0.5) + (0.6 - 0.5) - 2 * 0.05);
    int backed = 0, never = 0;
    for (h.now.quarter = 0; h.now.quarter < 400; ++h.now.quarter) {
        const double u = value(h.draws<RussiaStance>(h.now.quarter)().b);
        h.now.taiwan_back = taiwan_back::possible;
        EXPECT_EQ(value(h.step<RussiaStance>(false).taiwan_backing), u < chance ? backing::given : backing::refused);
        h.now.taiwan_back = taiwan_back::never;
        EXPECT_EQ(value(h.step<RussiaStance>(false).taiwan_backing), u < 0.03 ? backing::given : backing::refused);
        backed += u < chance, never += u < 0.03;
    }
    EXPECT_GT(backed, 50);
    EXPECT_GT(never, 0);
}
