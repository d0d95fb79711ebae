#include "world.hpp"
#include <cmath>

using namespace entente;

namespace {

Hand burdened()
{
    Hand h;
    h.now.war_state = war::full, h.now.war_quarters = 12, h.now.sanctions_total = 0.8, h.now.dual_use_flow = 0.6, h.now.trade_share_china = 0.3, h.now.oil_price_shock = 0.1;
    h.now.energy_discount = 0.2, h.now.pipeline_effective = 0.3, h.now.russian_output = 1.05, h.now.stagnation = 0.02, h.now.legitimacy = 0.6;
    h.now.budget = -0.2;
    h.p.h_mut = 0;
    return h;
}

} // namespace

TEST(RussianEconomy, OutputFollowsItsTarget)
{
    Hand h = burdened();
    const double core = 0.95 + 0.24 * 0.2 + 0.18 * 0.3 * 0.8 + 0.25 * 0.2 * 0.8 - 0.06 + 0.3 * 0.1;
    EXPECT_NEAR(value(h.step<RussianEconomy>(false).russian_output), 1.05 + 0.06 * (core - 0.15 * 0.2 + 0.06 * 0.3 * 0.8 - 1.05), 1e-12);
    EXPECT_NEAR(value(h.step<RussianEconomy>(false).stagnation), 0.02 + 0.12 * (0.05 - 0.02), 1e-12);
    h.now.use_energy_discount = 0, h.now.use_gas_contract = 0, h.now.fragmented = 1;
    EXPECT_NEAR(value(h.step<RussianEconomy>(false).russian_output), 1.05 + 0.06 * (core - 0.25 - 1.05), 1e-12);
    h.now.fragmented = 0, h.now.loan_granted = 1;
    EXPECT_NEAR(value(h.step<RussianEconomy>(false).russian_output), 1.05 + 0.06 * (core - 1.05) + 0.010, 1e-12);
}

TEST(RussianEconomy, TheBudgetLivesOnOil)
{
    Hand h = burdened();
    EXPECT_NEAR(value(h.step<RussianEconomy>(false).budget), -0.2 + 0.25 * (std::exp(0.1) * (1 - 0.2) - 0.82 + 0.2), by_exp);
    h.now.use_energy_discount = 0;
    EXPECT_NEAR(value(h.step<RussianEconomy>(false).budget), -0.2 + 0.25 * (std::exp(0.1) - 0.82 + 0.2), by_exp);
}

TEST(RussianEconomy, LegitimacyFollowsOutputWarAndLeaders)
{
    Hand h = burdened();
    h.now.defeat_memory = 0.3, h.now.victory = 0.5;
    const double drifted = 0.6 + 0.08 * (lg(0.95 + 0.6 * -0.2 + 2.5 * 0.05 - 0.035 * 12 - 1.6 * 0.3 + 0.6 * 0.5) - 0.6);
    EXPECT_NEAR(value(h.step<RussianEconomy>(false).legitimacy), drifted, 1e-12);
    h.now.victory_event = 1;
    EXPECT_NEAR(value(h.step<RussianEconomy>(false).legitimacy), drifted + 0.10, 1e-12);
    h.now.victory_event = 0, h.now.war_quarters = 3;
    EXPECT_NEAR(value(h.step<RussianEconomy>(false).legitimacy), 0.6 + 0.08 * (lg(0.95 + 0.6 * -0.2 + 2.5 * 0.05 - 0.035 * 3 - 1.6 * 0.3 + 0.25 + 0.6 * 0.5) - 0.6), 1e-12);
    h.now.leadership_change = leadership::continuity;
    EXPECT_EQ(value(h.step<RussianEconomy>(false).legitimacy), 0.62);
    h.now.leadership_change = leadership::nationalist;
    EXPECT_EQ(value(h.step<RussianEconomy>(false).legitimacy), 0.50);
}

TEST(RussianEconomy, AWarCostsLegitimacyForTenYearsAndOnlyWhileItIsFought)
{
    Hand h = burdened();
    const double rest = 0.95 + 0.6 * -0.2 + 2.5 * 0.05;
    const auto after = [&](double quarters) {
        h.now.war_quarters = quarters;
        return value(h.step<RussianEconomy>(false).legitimacy);
    };
    const auto drifted = [&](double mood) { return 0.6 + 0.08 * (lg(mood) - 0.6); };
    EXPECT_NEAR(after(39), drifted(rest - 0.035 * 39), 1e-12);
    EXPECT_NEAR(after(60), drifted(rest - 0.035 * 40), 1e-12);
    EXPECT_NEAR(after(5), drifted(rest - 0.035 * 5 + 0.25), 1e-12) << "the flag is rallied around for six quarters";
    EXPECT_NEAR(after(6), drifted(rest - 0.035 * 6), 1e-12);
    h.now.fragmented = 1;
    EXPECT_NEAR(after(6), drifted(rest - 0.035 * 6 - 0.8), 1e-12);
    h.now.fragmented = 0, h.now.war_state = war::frozen;
    EXPECT_NEAR(after(5), drifted(rest), 1e-12);
}

TEST(RussianEconomy, MutiniesCostLegitimacy)
{
    Hand h = burdened();
    const double calm = value(h.step<RussianEconomy>(false).legitimacy);
    h.p.h_mut = 0.2;
    int mutinies = 0;
    for (h.now.quarter = 44; h.now.quarter < 144; ++h.now.quarter) {
        const Four u = h.draws<RussianEconomy>(h.now.quarter)();
        const bool breaks = value(u.a) < 0.2 * std::exp(4.5 * (0.62 - 0.6));
        const double size = breaks ? 0.05 + 0.10 * value(u.b) : 0;
        const auto next = h.step<RussianEconomy>(false);
        EXPECT_NEAR(value(next.mutiny), size, 1e-12);
        EXPECT_NEAR(value(next.legitimacy), calm - size, 1e-12);
        mutinies += breaks;
        h.now.use_mutinies = 0;
        EXPECT_EQ(value(h.step<RussianEconomy>(false).mutiny), 0);
        h.now.use_mutinies = 1;
    }
    EXPECT_GT(mutinies, 10);
    h.p.h_mut = 0, h.now.force_mutiny = 0.12, h.now.quarter = 60;
    EXPECT_EQ(value(h.step<RussianEconomy>(false).mutiny), 0.12);
    h.p.h_mut = 1000, h.now.force_mutiny = 0;
    h.now.quarter = 37;
    EXPECT_EQ(value(h.step<RussianEconomy>(false).mutiny), 0);
    h.now.force_mutiny = 0.07;
    EXPECT_EQ(value(h.step<RussianEconomy>(false).mutiny), 0.07);
    h.now.use_mutinies = 0;
    EXPECT_EQ(value(h.step<RussianEconomy>(false).mutiny), 0);
}
