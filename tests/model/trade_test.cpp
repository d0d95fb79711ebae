#include "world.hpp"
#include <cmath>

namespace entente {
namespace {

TEST(Trade, WithoutSanctionsOrChangeSharesStayWhere2014LeftThem)
{
    Hand h;
    h.now.effort_diversify = 0.25, h.now.effort_west = 0.05, h.now.russia_west_hostility = 0.40, h.now.political_alignment = 0.52, h.now.bank_acceptance = 1;
    const auto next = h.step<Trade>();
    EXPECT_NEAR(value(next.trade_share_china), 0.1125, 1e-12);
    EXPECT_NEAR(value(next.trade_share_west), 0.585, 1e-12);
    EXPECT_NEAR(value(next.trade_share_india), 0.0121, 1e-12);
}

TEST(Trade, SanctionsMoveSharesAsTheEquationSays)
{
    Hand h;
    h.now.use_energy_discount = 0, h.now.use_crowding_out = 0;
    h.now.us_sanctions = h.now.eu_sanctions = h.now.sanctions_in_force = 0.9;
    h.now.supply_willingness = 0.8, h.now.political_alignment = 0.7, h.now.bank_acceptance = 0.6, h.now.effort_diversify = 0.35, h.now.india_purchase = 0.66, h.now.asia_trend = 0.3;
    h.now.russia_west_hostility = 0.8, h.now.effort_west = 0.02;
    const auto next = h.step<Trade>();
    const double g = std::pow(0.9, 1.6);
    const double china = 0.1125 / 0.2904 * std::exp(0.3 + 0.30 * g * 0.8 / 0.80 + 0.45 * 0.18 - 0.22 * 0.4 - 0.25 * 0.10);
    const double west = 0.585 / 0.2904 * std::exp(0.6 * -0.03 - 0.30 * 0.3 - 1.95 * g - 0.30 * 0.40);
    const double india = 0.0121 / 0.2904 * std::exp(0.8 * 0.3 + 1.75 * g * 0.66 / 0.60 + 0.9 * 0.10), other = std::exp(0.5 * 0.10);
    const double k = std::min(0.9, 0.30 + 0.45 * 1.0), sum = china + west + india + other;
    EXPECT_NEAR(value(next.trade_share_china), 0.1125 + k * (china / sum - 0.1125), 1e-9);
    EXPECT_NEAR(value(next.trade_share_west), 0.585 + k * (west / sum - 0.585), 1e-9);
    EXPECT_NEAR(value(next.trade_share_india), 0.0121 + k * (india / sum - 0.0121), 1e-9);
    EXPECT_NEAR(value(next.china_trade_share_russia), value(next.trade_share_china) * 784.4 / 4223.44, 1e-9);
}

TEST(Trade, WhatSanctionsDroveOutComesBackSlowly)
{
    Hand h;
    h.now.sanctions_in_force = 0.4, h.now.trade_scar = 0.8, h.now.effort_diversify = 0.25, h.now.effort_west = 0.05, h.now.political_alignment = 0.52, h.now.bank_acceptance = 1;
    const double scar = (0.994 - 0.05 * 0.05) * 0.8, lost = 0.1 * std::pow(0.4, 1.6) + 0.9 * scar, west = 0.585 / 0.2904 * std::exp(-1.95 * lost);
    const auto next = h.step<Trade>();
    EXPECT_NEAR(value(next.trade_scar), scar, 1e-12);
    EXPECT_NEAR(value(next.trade_share_west), 0.585 + 0.30 * (west / (west + (0.1125 + 0.0121 + 0.2904) / 0.2904) - 0.585), 1e-9);
    h.now.carrot = 0.6, h.now.pro_west_regime = 1; // what is delivered
    EXPECT_NEAR(value(h.step<Trade>().trade_scar), (0.994 - 0.05 * 0.65) * 0.8, 1e-12) << "an offer brings firms back";
    h.now.sanctions_in_force = 0.9;
    EXPECT_NEAR(value(h.step<Trade>().trade_scar), std::pow(0.9, 1.6), 1e-9) << "harder sanctions scar anew";
}

TEST(Trade, TheDiscountGivesPartOfThePullAndMovesSlowly)
{
    Hand h;
    h.now.us_sanctions = h.now.eu_sanctions = 0.9, h.now.trade_share_west = 0.15;
    EXPECT_NEAR(value(h.step<Trade>().energy_discount), 0.3 * 0.35 * 0.9 * 0.75, 1e-12);
    const double without = value(h.step<Trade>().trade_share_india);
    h.now.energy_discount = 0.3;
    EXPECT_GT(value(h.step<Trade>().trade_share_india), without);
    EXPECT_NEAR(value(h.step<Trade>().energy_discount), 0.3 + 0.3 * (0.35 * 0.9 * 0.75 - 0.3), 1e-12);
}

TEST(Trade, EachPullActsOnItsPartner)
{
    const auto odds = [](const Hand& from, Lanes Trade::Shared<Lanes>::*share) { // against others, at once
        Hand h = from;
        h.p.kappa = 0.9;
        h.now.trade_share_china = h.now.trade_share_west = h.now.trade_share_india = 0, h.now.trade_share_other = 1;
        const auto next = h.step<Trade>(false);
        return std::log(value(next.*share / (next.trade_share_other - 0.1)));
    };
    const auto china = &Trade::Shared<Lanes>::trade_share_china, india = &Trade::Shared<Lanes>::trade_share_india;
    Hand h;
    h.now.supply_willingness = 0.8, h.now.india_purchase = 0.6, h.now.use_crowding_out = 1, h.now.use_energy_discount = 1;
    const double before_china = odds(h, china), before_india = odds(h, india);
    Hand gas = h, discount = h, war_economy = h, pulled = h;
    gas.now.pipeline_effective = 0.5;
    EXPECT_NEAR(odds(gas, china) - before_china, 0.5 * value(h.p.iota), 1e-9);
    discount.now.energy_discount = 0.2;
    EXPECT_NEAR(odds(discount, china) - before_china, 0.2 * value(h.p.discount_to_china), 1e-9);
    war_economy.now.war_state = war::full;
    EXPECT_NEAR(odds(war_economy, china) - before_china, value(h.p.k_crowd), 1e-9);
    war_economy.now.use_crowding_out = 0;
    EXPECT_NEAR(odds(war_economy, china) - before_china, 0, 1e-9);
    Hand preferred = h;
    preferred.now.reliance_push = -0.5;
    EXPECT_NEAR(odds(preferred, china) - before_china, -0.5 * 0.4, 1e-9);
    pulled.now.india_pull = 0.5;
    EXPECT_NEAR(odds(pulled, india) - before_india, 0.5 * value(h.p.pull_to_india), 1e-9);
}

TEST(Trade, IsForcedToMoveByTheSanctionsThatAreInForce)
{
    Hand h;
    h.now.use_energy_discount = 0, h.now.supply_willingness = 0, h.now.india_purchase = 0, h.now.political_alignment = 0.9;
    const auto china = [&](double announced, double in_force) {
        h.now.us_sanctions = h.now.eu_sanctions = announced, h.now.sanctions_in_force = in_force;
        return value(h.step<Trade>().trade_share_china);
    };
    EXPECT_EQ(china(0.9, 0.4), china(0, 0.4)) << "nobody has to leave for what is only announced";
    h.p.eta_S = 0;
    EXPECT_NEAR((china(0, 0.9) - 0.1125) / (china(0, 0.4) - 0.1125), (0.30 + 0.45) / 0.30, 1e-9);
}

TEST(Trade, AWarOverTaiwanMakesRussiaALargerPartOfLess)
{
    Hand h;
    const double calm = value(h.step<Trade>().china_trade_share_russia);
    h.now.taiwan_state = taiwan::war;
    h.p.taiwan_in_sanctions = 0;
    EXPECT_NEAR(value(h.step<Trade>().china_trade_share_russia), calm / 0.75, 1e-12);
    h.now.taiwan_state = taiwan::crisis, h.p.taiwan_crisis_trade = 0.9;
    EXPECT_NEAR(value(h.step<Trade>().china_trade_share_russia), calm / 0.9, 1e-12);
}

} // namespace
} // namespace entente
