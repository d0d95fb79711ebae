#include "world.hpp"
#include <cmath>

namespace entente {

TEST(Exogenous, FollowsItsTrends)
{
    Hand h;
    h.now.quarter = 64; // twenty quarters after 2024
    h.now.asia_trend = 0.4;
    h.now.oil_price_shock = -0.2;
    const auto next = h.step<Exogenous>();
    const double noise = value(normal(h.draws<Exogenous>(64)().a));
    EXPECT_NEAR(value(next.asia_trend), 0.4 + 0.0045 * (1 - 20 / 120.), 1e-12);
    EXPECT_NEAR(value(next.oil_price_shock), 0.9 * -0.2 + 0.06 * noise, 1e-12);
    EXPECT_NEAR(value(next.total_trade_russia), 784.4 * std::exp(0.003 + 0.003 * -0.2), 1e-9);
    EXPECT_NEAR(value(next.total_trade_china), 4223.44 * std::exp(0.007), 4223.44 * by_exp);
}

TEST(Exogenous, TrendNeverFadesWholly)
{
    Hand h;
    h.now.quarter = 44 + 110;
    EXPECT_NEAR(value(h.step<Exogenous>().asia_trend), 0.0045 * 0.3, 1e-12);
}

TEST(Exogenous, HistoryIsNeverMuted) { EXPECT_TRUE(Exogenous::history_never_muted); }

} // namespace entente
