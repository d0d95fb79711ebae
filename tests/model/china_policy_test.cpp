#include "world.hpp"
#include <algorithm>
#include <cmath>

namespace entente {

/// Full war, all additions to support off.
static Hand core()
{
    Hand h;
    h.now.war_state = war::full, h.now.russian_strength = 0.50, h.now.perception_china_on_russia = 0;
    h.now.us_china_rivalry = 0.76, h.now.eu_china_hostility = 0.56, h.now.secondary_enforcement = 0.65, h.now.designated_share = 0.2;
    h.now.china_western_exposure = 0.98, h.now.insulated_rails = 0.1, h.now.trust = 0.52, h.now.china_support = 0.45;
    h.now.use_dosing = h.now.use_prevention = h.now.use_instability = h.now.use_bloc_irritation = 0;
    h.now.quarter = 50;
    return h;
}
/// Support after a quarter, from a benefit and a cost worked out by hand.
static double support(const Hand& h, double b, double q, double middle_cost = 0.45, double high_cost = 1.9)
{
    const double c = lg((0.30 - value(h.now.russian_strength) - 0.25 * value(h.now.perception_china_on_russia)) / 0.04) * (value(h.now.war_state) == war::full);
    const double l[4] = {0, 0.33, 0.67, 1}, k[4] = {0, 0.15, middle_cost, high_cost};
    double e[4], all = 0;
    for (int j = 0; j < 4; ++j) all += e[j] = std::exp(6 * (b * l[j] + 2.5 * c * l[j] * l[j] - q * k[j]));
    double u = value(h.draws<ChinaPolicy>(static_cast<std::uint32_t>(h.now.quarter))().a) * all;
    int j = 0;
    while (j < 3 && u >= e[j]) u -= e[j++];
    return 0.45 + 0.35 * (l[j] - 0.45);
}
/// The equation holds in many replicates, whatever level they choose.
static void expect_support(Hand& h, double b, double q, double middle_cost = 0.45, double high_cost = 1.9)
{
    for (h.replicate = 0; h.replicate < 300; ++h.replicate)
        ASSERT_NEAR(value(h.step<ChinaPolicy>().china_support), support(h, b, q, middle_cost, high_cost), 1e-9) << "replicate " << h.replicate;
}
static const double hostility = 0.65 * 0.76 + 0.35 * 0.56, collapse = lg(-0.20 / 0.04);
static const double benefit = 1.1 * hostility + 0.20 + 0.35 * 0.12 + 0.25 * collapse;
static const double shelter = 0.98 * (1 - 0.5 * 0.1), lobby = 1 + 0.6 * 0.2, cost = shelter * (0.4 + 0.65 + 0.1) * lobby;

TEST(ChinaPolicy, CoreChoice)
{
    Hand h = core();
    expect_support(h, benefit, cost);
    h.now.covert = covert::restrained;
    expect_support(h, benefit, cost, 0.65, 2.2);
    h.now.covert = covert::restrained_until_2023;
    expect_support(h, benefit, cost);
    h.now.quarter = 37;
    expect_support(h, benefit, cost, 0.65, 2.2);
    h.now.quarter = 38; // 2023Q3: it no longer restrains itself
    expect_support(h, benefit, cost);
}

TEST(ChinaPolicy, AnswersAndOvertSupport)
{
    Hand h = core();
    h.now.demand_accepted = 0.3;
    const double plain = support(h, benefit, cost);
    EXPECT_NEAR(value(h.step<ChinaPolicy>().china_support), plain + 0.02, 1e-9);
    h.now.demand_accepted = 0, h.now.demand_refused = 0.3;
    EXPECT_NEAR(value(h.step<ChinaPolicy>().china_support), plain - 0.03, 1e-9);
    h.now.russian_strength = 0.15, h.now.china_western_exposure = 0.3; // collapse near and little to lose: the highest level, openly
    const auto next = h.step<ChinaPolicy>();
    EXPECT_EQ(value(next.overt_support), 1);
    EXPECT_NEAR(value(next.political_cover), 0.8 + 0.2 * 0.2, 1e-12);
    h.now.war_state = war::frozen;
    EXPECT_EQ(value(h.step<ChinaPolicy>().overt_support), 0);
}

// Who takes the Russian army for stronger than it is sees no collapse coming.
TEST(ChinaPolicy, AMisjudgedArmyHidesItsCollapse)
{
    Hand h = core();
    h.now.russian_strength = 0.33;
    const double rest = benefit - 0.25 * collapse;
    for (const double judged : {-0.3, 0.0, 0.3}) {
        h.now.perception_china_on_russia = judged;
        expect_support(h, rest + 0.25 * lg((0.30 - 0.33 - 0.25 * judged) / 0.04), cost);
    }
}

TEST(ChinaPolicy, AdditionsToTheBenefit)
{
    Hand h = core();
    h.now.russian_strength = 0.60, h.now.failure_belief = 0.5, h.now.nuclear_signal = 0.5, h.now.effort_diversify = 0.4, h.now.russian_output = 1.05;
    const double b = benefit - 0.25 * collapse + 0.25 * lg(-0.30 / 0.04), x = 0.4 + 0.6 * 0.5;
    h.now.use_dosing = 1;
    expect_support(h, b + 0.8 * (0.52 - 0.60), cost);
    h.now.use_dosing = 0, h.now.use_prevention = 1;
    expect_support(h, b + 0.35 * 0.5, cost);
    h.now.motive = motive::prevent;
    expect_support(h, b - 0.6 * 1.1 * hostility + 2.5 * 0.35 * 0.5, cost);
    h.now.motive = motive::balanced, h.now.use_prevention = 0, h.now.use_instability = 1;
    expect_support(h, b + 0.4 * x - x * x, cost);
    h.now.war_state = war::frozen, h.now.fragmented = 1, h.now.russian_strength = 0.9; // no collapse, no war to be worth anything, and less danger
    const double y = 0.2 + 0.6 * 0.5 + 0.4;
    expect_support(h, benefit - 0.25 * collapse - 0.20 + 0.4 * y - y * y, shelter * (0.4 + 0.65) * lobby);
    h.now.war_state = war::full, h.now.fragmented = 0, h.now.russian_strength = 0.60;
    h.now.use_instability = 0, h.now.use_bloc_irritation = 1;
    expect_support(h, b - 0.15 * 0.2 * 1.05, cost);
}

TEST(ChinaPolicy, AChinaCutOffFromTheWestNeedsRussia)
{
    Hand h = core();
    h.now.taiwan_state = taiwan::war, h.now.china_western_exposure = 0.3;
    expect_support(h, benefit + 0.5 * 0.7, 0.3 * (1 - 0.5 * 0.1) * (0.4 + 0.65 + 0.1) * lobby);
}

TEST(ChinaPolicy, WhatChinaWantsOfTheWar)
{
    Hand h = core();
    h.now.use_dosing = 1;
    h.now.warpref = warpref::stability;
    expect_support(h, benefit - 0.40, cost);
    h.now.warpref = warpref::fear_defeat;
    expect_support(h, benefit - 0.20, cost);
}

TEST(ChinaPolicy, HostilityThatRestrains)
{
    Hand h = core();
    h.now.support_hostility = 0.4;
    expect_support(h, benefit, cost);
    h.now.west_push = west_push::restrain;
    expect_support(h, benefit - 1.1 * 0.35 * 0.4, shelter * (0.4 + 0.65 + 0.1 + 0.8 * 0.4) * lobby);
}

TEST(ChinaPolicy, BeliefOfFailure)
{
    Hand h = core();
    h.now.legitimacy = 0.65, h.now.russian_output = 1.0, h.now.russian_strength = 0.38, h.now.failure_belief = 0.2, h.now.defeat_memory = 0.1;
    const double signs = 0.8 * 0.10 + 0.13 + 0.4 * 0.1;
    EXPECT_NEAR(value(h.step<ChinaPolicy>().failure_belief), 0.2 + 0.3 * (lg((signs + 0.25 - 0.25) / 0.06) - 0.2), 1e-9);
    h.now.warpref = warpref::fear_defeat;
    EXPECT_NEAR(value(h.step<ChinaPolicy>().failure_belief), 0.2 + 0.3 * (lg((signs + lg(-0.02 / 0.05) - 0.25) / 0.06) - 0.2), 1e-9);
    h.now.warpref = warpref::protract, h.now.motive = motive::prevent, h.now.war_state = war::frozen, h.now.fragmented = 1;
    EXPECT_NEAR(value(h.step<ChinaPolicy>().failure_belief), 0.2 + 0.3 * (lg((signs + 0.5 - 0.10) / 0.06) - 0.2), 1e-9);
}

TEST(ChinaPolicy, WesternExposure)
{
    Hand h = core();
    EXPECT_NEAR(value(h.step<ChinaPolicy>().china_western_exposure), 0.98 + 0.03 * (1 - 0.25 * (hostility - 0.6) / 0.4 - 0.30 * 0.2 - 0.98), 1e-12);
    h.now.taiwan_scar = 0.5;
    EXPECT_NEAR(value(h.step<ChinaPolicy>().china_western_exposure), 0.98 + 0.03 * (1 - 0.25 * (hostility - 0.6) / 0.4 - 0.30 * 0.2 - 0.2 * 0.5 - 0.98), 1e-12);
    h.now.taiwan_state = taiwan::crisis;
    EXPECT_NEAR(value(h.step<ChinaPolicy>().china_western_exposure), 0.98 + 0.5 * (0.60 - 0.98), 1e-12);
    h.now.taiwan_state = taiwan::war;
    EXPECT_NEAR(value(h.step<ChinaPolicy>().china_western_exposure), 0.98 + 0.5 * (0.20 - 0.98), 1e-12);
}

TEST(ChinaPolicy, LeaderExit)
{
    Hand h = core();
    h.now.quarter = 100, h.now.china_leader_age = 95, h.now.china_rivalry_offset = 0.1;
    const double p = 1 - std::exp(-0.25 * 0.017 * std::exp(0.09 * 25)) + 0.004;
    int exits = 0;
    for (h.replicate = 0; h.replicate < 2000; ++h.replicate) {
        const auto next = h.step<ChinaPolicy>();
        const Four u = h.draws<ChinaPolicy>(100)();
        const bool exit = value(u.b) < p;
        exits += exit;
        ASSERT_EQ(value(next.china_leader_change), exit ? 1 : 0);
        ASSERT_NEAR(value(next.china_leader_age), exit ? 58 : 95.25, 1e-12);
        ASSERT_NEAR(value(next.china_rivalry_offset), exit ? std::min(0.25, std::max(-0.35, 0.14 * value(normal(u.c)))) : 0.1, 1e-12);
    }
    EXPECT_NEAR(exits, 2000 * p, 30);
    h.now.quarter = 95, h.now.china_leader_age = 77; // 2037Q4, a party congress
    const double congress = 1 - std::exp(-0.25 * 0.017 * std::exp(0.09 * 7)) + 0.004 + 0.15 * std::exp(0.14 * 2);
    for (h.replicate = 0; h.replicate < 200; ++h.replicate) EXPECT_EQ(value(h.step<ChinaPolicy>().china_leader_change), value(h.draws<ChinaPolicy>(95)().b) < congress);
}

TEST(ChinaPolicy, ALeaderRetiresFrom2027Q2On)
{
    Hand h = core();
    h.p.china_mortality_70 = 0, h.p.china_retirement = 1;
    h.now.quarter = 52; // 2027Q1, the last quarter in which a leader may leave by death alone
    EXPECT_EQ(value(h.step<ChinaPolicy>().china_leader_change), 0);
    h.now.quarter = 53;
    EXPECT_EQ(value(h.step<ChinaPolicy>().china_leader_change), 1);
}

} // namespace entente
