#include "world.hpp"

namespace entente {

static Hand sanctioned()
{
    Hand h;
    h.now.us_sanctions = h.now.eu_sanctions = 0.7;
    h.now.yuan_settlement = 0.6, h.now.insulated_rails = 0.2, h.now.secondary_enforcement = 0.3, h.now.political_alignment = 0.75;
    return h;
}

TEST(PaymentRails, YuanSettlement)
{
    Hand h = sanctioned();
    const double pressed = (0.7 - 0.25) / 0.65 * (0.7 - 0.25) / 0.65;
    EXPECT_NEAR(value(h.step<PaymentRails>().yuan_settlement), 0.6 + (0.45 * pressed + 0.0028) * 0.4 - 0.01 * 0.3 * 0.6, 1e-12);
    h.now.quarter = 44;
    EXPECT_NEAR(value(h.step<PaymentRails>().yuan_settlement), 0.6 + (0.45 * pressed + 0.0028) * 0.4, 1e-12) << "no return before the free world";
    h.now.antidollar_axis = 0.5;
    EXPECT_NEAR(value(h.step<PaymentRails>().yuan_settlement), 0.6 + (0.45 * (pressed + 0.05) + 0.0028) * 0.4, 1e-12);
    h.now.antidollar_axis = 0, h.now.quarter = 40, h.now.start = 32;
    EXPECT_NEAR(value(h.step<PaymentRails>().yuan_settlement), 0.6 + (0.45 * pressed + 0.0028) * 0.4 - 0.01 * 0.3 * 0.6, 1e-12)
        << "the return begins with the free world, not in 2025";
}

TEST(PaymentRails, InsulatedRails)
{
    Hand h = sanctioned();
    h.now.use_peacetime_rails = h.now.use_brics_split = 0;
    EXPECT_NEAR(value(h.step<PaymentRails>().insulated_rails), 0.2 + 0.03 * 0.3 * 0.3 * 0.8 - 0.01 * 0.2, 1e-12);
    h.now.use_peacetime_rails = h.now.use_brics_split = 1;
    EXPECT_NEAR(value(h.step<PaymentRails>().insulated_rails), 0.2 + 0.03 * (0.8 * 0.75) * 0.3 * 0.8 - 0.01 * 0.2, 1e-12) << "politics builds more than enforcement";
    h.now.secondary_enforcement = 0.7, h.now.india_china_hostility = 0.9;
    EXPECT_NEAR(value(h.step<PaymentRails>().insulated_rails), 0.2 + 0.03 * 0.7 * (1 - 0.6 * 0.4) * 0.3 * 0.8 - 0.01 * 0.2, 1e-12);
    h.now.use_brics_split = 0, h.now.antidollar_axis = 0.5, h.now.victory_event = 1;
    EXPECT_NEAR(value(h.step<PaymentRails>().insulated_rails), 0.2 + (0.03 * 0.7 * 0.3 + 0.025 + 0.05) * 0.8 - 0.01 * 0.2, 1e-12);
    h.now.yuan_settlement = 0.2, h.now.antidollar_axis = 0, h.now.victory_event = 0;
    EXPECT_NEAR(value(h.step<PaymentRails>().insulated_rails), 0.99 * 0.2, 1e-12);
}

} // namespace entente
