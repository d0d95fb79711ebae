#include "world.hpp"
#include <cmath>

using namespace entente;

namespace {

Hand buyer()
{
    Hand h;
    h.now.india_purchase = 0.7, h.now.india_arms_demand = 0.6, h.now.secondary_enforcement = 0.5, h.now.us_sanctions = h.now.eu_sanctions = 0.8;
    h.now.trade_share_china = 0.35, h.now.trust = 0.5, h.now.military_depth = 0.45;
    return h;
}

TEST(India, ChoosesByDiscountAndPressure)
{
    const double pressure = 0.5 * (0.3 + 0.3) + 0.2; // enforcement by a hawkish administration and the lever
    const double cut = std::exp(3 * (0.8 * pressure + 0.5 * 0.7 - 0.3 * 0.8 - 0.35)), hold = std::exp(3 * 0.30);
    const double expand = std::exp(3 * (1.0 * 0.8 + 0.6 * (0.35 - 0.15) - 0.8 * 0.7 - 0.8 * pressure + 0.4 * 0.5 + 0.10));
    int cuts = 0, expansions = 0;
    for (std::uint32_t r = 0; r < 100; ++r) {
        Hand h = buyer();
        h.replicate = r;
        h.now.india_pressure = 0.2, h.now.india_pull = 0.5;
        const double u = value(h.draws<India>(60)().a) * (cut + hold + expand);
        const double after = u < cut ? 0.7 - 0.10 * 0.7 : u < cut + hold ? 0.7 : 0.7 + 0.10 * 0.3;
        cuts += u < cut, expansions += u >= cut + hold;
        EXPECT_NEAR(value(h.step<India>().india_purchase), after, 1e-12);
    }
    EXPECT_GT(cuts, 0);
    EXPECT_GT(expansions, 0);
}

TEST(India, BuysFewerRussianArmsAsRussiaMovesToChina)
{
    Hand h = buyer();
    const double deal_pressure = 0.5 * 0.3;
    h.now.us_administration_deal = administration::dealing;
    EXPECT_NEAR(value(h.step<India>().india_arms_demand), 0.6 + 0.03 * (0.25 + 0.5 * 0.7 - 0.9 * (0.45 - 0.25) - 0.4 * deal_pressure - 0.6), 1e-12);
    h.now.trust = 0.29, h.now.military_depth = 0.2;
    EXPECT_NEAR(value(h.step<India>().india_arms_demand), 0.6 + 0.03 * (0.25 + 0.5 * 0.7 + 0.3 - 0.4 * deal_pressure - 0.6), 1e-12);
}

} // namespace
