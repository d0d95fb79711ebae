#include "world.hpp"
#include <algorithm>
#include <cmath>

namespace entente {

static Hand pressed(double single = 1)
{
    Hand h;
    h.now.use_single_firms = single;
    h.begin<ChineseFirms>();
    h.now.sanctions_in_force = 0.9, h.now.secondary_enforcement = 0.65, h.now.china_western_exposure = 0.95, h.now.insulated_rails = 0.1, h.now.china_support = 0.5;
    h.now.bank_acceptance = 0.6, h.now.small_bank_acceptance = 0.8, h.now.designation_rate = 0.5;
    for (std::size_t f = 0; f < 48; ++f) h.agents.firm_risk[f] = 0.6, h.agents.firm_designated[f] = f % 5 == 0 ? 1 : 0;
    return h;
}
/// The whole quarter again, firm by firm, in plain numbers.
static void expect_quarter(Hand& h, double refill, double least_exposure)
{
    const Model::Agents before = h.agents;
    const auto next = h.step<ChineseFirms>();
    double capacity[2] = {}, supply[2] = {}, suppliers = 0, with_via = 0, designated_capacity = 0;
    for (std::uint32_t f = 0; f < 48; ++f) {
        const int tier = f < 16 ? 0 : 1;
        const Pair u = pair_of(h.draws<ChineseFirms>(60), f);
        const bool designated = value(before.firm_designated[f]) == 1;
        const double heard = std::min(1., std::max(0., 0.65 + 0.20 * 0.9 + 0.12 * value(bell(u.a)))), risk = 0.6 + 0.35 * (heard - 0.6);
        const double own = value(before.firm_exposure[f]), at_stake = tier == 1 ? std::max(own, least_exposure) : own, x = designated ? std::max(0.02, 0.3 * at_stake) : at_stake;
        const double base = value(before.firm_margin[f]) * 1.9 - 0.25 + 0.6 * 0.05 + (tier == 1 ? refill : 0), pen = 1.6 * x * risk * 0.95 * (1 - 0.3 * 0.1);
        const double pay = 0.35 * (tier == 0 ? 0.4 : 0.2), direct = std::exp(6 * (base - pen - pay)), via = std::exp(6 * (base - 0.12 - pen * 0.4 - 0.5 * pay));
        const double mark = value(u.b) * (1 + direct + via), q = value(before.firm_quality[f]);
        const int choice = mark < 1 ? 0 : mark < 1 + direct ? 1 : 2;
        capacity[tier] += q;
        if (choice > 0) supply[tier] += q * (designated ? 0.85 : 1), ++suppliers;
        if (choice == 2) ++with_via;
        const double rate = designated ? 0.02 : 0.5 * 0.65 * (choice == 1 ? 1 : choice == 2 ? 0.4 : 0);
        const double from = choice == 0 ? 0 : choice == 1 ? 1 : 1 + direct, wide = choice == 0 ? 1 : choice == 1 ? direct : via; // where the mark may fall
        const bool after = ((mark - from) / wide < rate) != designated;
        designated_capacity += after ? q : 0;
        ASSERT_EQ(value(h.agents.firm_designated[f]), after ? 1 : 0) << "firm " << f;
        ASSERT_NEAR(value(h.agents.firm_risk[f]), risk, 1e-12);
    }
    const double all = capacity[0] + capacity[1], willing = (supply[0] + supply[1]) / all;
    EXPECT_NEAR(value(next.supply_willingness), willing, 1e-12);
    EXPECT_NEAR(value(next.supply_tier1), supply[0] / capacity[0], 1e-12);
    EXPECT_NEAR(value(next.supply_tier2), supply[1] / capacity[1], 1e-12);
    EXPECT_NEAR(value(next.intermediated_share), with_via / suppliers, 1e-12);
    EXPECT_NEAR(value(next.dual_use_flow), (0.35 + 0.65 * 0.9) * willing, 1e-12);
    EXPECT_NEAR(value(next.designated_share), designated_capacity / all, 1e-12);
}

TEST(ChineseFirms, Begin)
{
    Hand h;
    h.begin<ChineseFirms>();
    const Four first = h.draws<ChineseFirms>(initial_quarter)(15), second = h.draws<ChineseFirms>(initial_quarter)(16);
    EXPECT_NEAR(value(h.agents.firm_exposure[15]), 0.4 + 0.5 * value(first.a), 1e-12);
    EXPECT_NEAR(value(h.agents.firm_exposure[16]), 0.15 * value(second.a), 1e-12);
    EXPECT_NEAR(value(h.agents.firm_quality[15]), 0.7 + 0.3 * value(first.b), 1e-12);
    EXPECT_NEAR(value(h.agents.firm_quality[16]), 0.3 + 0.3 * value(second.b), 1e-12);
    EXPECT_NEAR(value(h.agents.firm_margin[15]), 0.2 + 0.4 * value(first.c), 1e-12);
}

TEST(ChineseFirms, CoreQuarter)
{
    Hand h = pressed();
    h.now.use_tier2_refill = 0, h.now.supply_gap = 0.2;
    expect_quarter(h, 0, 0);
}

TEST(ChineseFirms, SecondTierRefillsOrAbstains)
{
    Hand fills = pressed();
    fills.now.supply_gap = 0.1;
    expect_quarter(fills, 2.5 * 0.1, 0);
    Hand abstains = pressed();
    abstains.now.supply_gap = 0.1;
    abstains.now.reach = reach::all_abstain;
    expect_quarter(abstains, 0, 0.45);
}

TEST(ChineseFirms, GapOpensBelowTheNoise)
{
    Hand h = pressed();
    h.now.supply_gap = 0.1, h.now.supply_tier1 = 0.40;
    EXPECT_NEAR(value(h.step<ChineseFirms>().supply_gap), 0.1 + 0.20 * (0.15 - 0.1), 1e-12);
    h.now.supply_tier1 = 0.60;
    EXPECT_NEAR(value(h.step<ChineseFirms>().supply_gap), 0.08, 1e-12);
}

TEST(ChineseFirms, SupplyNothingWhenMuted)
{
    Hand h;
    ChineseFirms::Shared<Lanes> next = h.now;
    ChineseFirms::muted(h.now, next);
    EXPECT_EQ(value(next.supply_willingness) + value(next.supply_tier1) + value(next.supply_tier2) + value(next.intermediated_share) + value(next.dual_use_flow) + value(next.designated_share), 0);
}

TEST(ChineseFirms, AMeanFieldSuppliesByItsProbabilities)
{
    Hand h = pressed(0);
    h.now.use_tier2_refill = 0;
    for (std::size_t f = 0; f < 48; ++f) h.agents.firm_designated[f] = f < 16 ? 0.25 : 0;
    const auto next = h.step<ChineseFirms>();
    const double risk = 0.6 + 0.35 * (0.65 + 0.20 * 0.9 - 0.6);
    double capacity[2] = {}, supply[2] = {}, suppliers = 0, with_via = 0, designated_capacity = 0;
    for (const int tier : {0, 1}) {
        const double firms = tier == 0 ? 16 : 32, quality = tier == 0 ? 0.85 : 0.45, exposed = tier == 0 ? 0.65 : 0.075, part = tier == 0 ? 0.25 : 0, pay = 0.35 * (tier == 0 ? 0.4 : 0.2);
        double after = part * (1 - 0.02);
        capacity[tier] = firms * quality;
        for (const bool designated : {false, true}) {
            const double x = designated ? std::max(0.02, 0.3 * exposed) : exposed, of_all = designated ? part : 1 - part, base = 0.4 * 1.9 - 0.25 + 0.6 * 0.05,
                         pen = 1.6 * x * risk * 0.95 * 0.97;
            const double direct = std::exp(6 * (base - pen - pay)), via = std::exp(6 * (base - 0.12 - pen * 0.4 - 0.5 * pay)), each = 1 / (1 + direct + via);
            supply[tier] += firms * quality * of_all * (designated ? 0.85 : 1) * (direct + via) * each;
            suppliers += firms * of_all * (direct + via) * each, with_via += firms * of_all * via * each;
            if (!designated) after += of_all * (0.5 * 0.65) * (direct + 0.4 * via) * each;
        }
        designated_capacity += capacity[tier] * after;
        EXPECT_NEAR(value(h.agents.firm_designated[tier == 0 ? 3 : 40]), after, by_exp);
        EXPECT_NEAR(value(h.agents.firm_risk[tier == 0 ? 3 : 40]), risk, 1e-12);
    }
    const double all = capacity[0] + capacity[1], willing = (supply[0] + supply[1]) / all;
    EXPECT_NEAR(value(next.supply_willingness), willing, by_exp);
    EXPECT_NEAR(value(next.supply_tier1), supply[0] / capacity[0], by_exp);
    EXPECT_NEAR(value(next.supply_tier2), supply[1] / capacity[1], by_exp);
    EXPECT_NEAR(value(next.intermediated_share), with_via / suppliers, by_exp);
    EXPECT_NEAR(value(next.dual_use_flow), (0.35 + 0.65 * 0.9) * willing, by_exp);
    EXPECT_NEAR(value(next.designated_share), designated_capacity / all, by_exp);
}

TEST(ChineseFirms, AMeanFieldOfFewFirmsHasOneTier)
{
    Hand h;
    h.counts.firms = 2, h.now.use_single_firms = 0;
    h.begin<ChineseFirms>();
    const auto next = h.step<ChineseFirms>();
    EXPECT_EQ(value(next.supply_tier1), value(next.supply_willingness));
    EXPECT_GT(value(next.supply_willingness), 0);
}

} // namespace entente
