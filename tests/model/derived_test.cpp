#include "world.hpp"

namespace entente {
namespace {

TEST(Derived, SanctionsHostilityAndAidAreWeightedMeans)
{
    Hand h;
    h.now.us_sanctions = 0.8, h.now.eu_sanctions = 0.6, h.now.us_china_rivalry = 0.7, h.now.eu_china_hostility = 0.4, h.now.taiwan_state = taiwan::war;
    Derived::derive(h.now, h.p);
    EXPECT_NEAR(value(h.now.sanctions_total), 0.35 * 0.8 + 0.65 * 0.6 + 0.06, 1e-12);
    EXPECT_NEAR(value(h.now.west_china_hostility), 0.65 * 0.7 + 0.35 * 0.4, 1e-12);
    EXPECT_NEAR(value(h.now.western_aid), 0.45 * 0.8 + 0.55 * 0.6, 1e-12);
}

TEST(Derived, SanctionsPressTwiceAsHardWhereThirdPartiesKeepThem)
{
    Hand h;
    h.now.us_sanctions = 0.8, h.now.eu_sanctions = 0.6, h.now.secondary_enforcement = 0;
    const double announced = 0.35 * 0.8 + 0.65 * 0.6;
    Derived::derive(h.now, h.p);
    EXPECT_NEAR(value(h.now.sanctions_pressure), 0.5 * announced, 1e-12);
    h.now.secondary_enforcement = 0.4;
    Derived::derive(h.now, h.p);
    EXPECT_NEAR(value(h.now.sanctions_pressure), 0.7 * announced, 1e-12);
    h.now.secondary_enforcement = 1;
    Derived::derive(h.now, h.p);
    EXPECT_NEAR(value(h.now.sanctions_pressure), announced, 1e-12);
    h.now.us_sanctions = 0, h.now.eu_sanctions = 0;
    Derived::derive(h.now, h.p);
    EXPECT_NEAR(value(h.now.sanctions_pressure), 0, 1e-12) << "where nothing is announced nothing is enforced";
}

TEST(Derived, DependenceIsTheCoresWithoutItsAdditions)
{
    Hand h;
    h.now.trade_share_china = 0.34, h.now.technology_dependence = 0.58, h.now.pipeline_stock = 0.5, h.now.yuan_settlement = 0.9;
    h.now.use_financial_dependence = 0;
    Derived::derive(h.now, h.p);
    EXPECT_NEAR(value(h.now.dependence_index), 0.7 * 0.34 / 0.45 + 0.3 * 0.58 + 0.06 * 0.5, 1e-12);
    h.now.use_financial_dependence = 1, h.now.gas_contract_stock = 0.2;
    Derived::derive(h.now, h.p);
    EXPECT_NEAR(value(h.now.dependence_index), (0.7 - 1.2 * 0.06) * 0.34 / 0.45 + 0.06 * 0.9 + 0.3 * 0.58 + 0.06 * (0.5 + 0.2 * 0.5), 1e-12);
}

TEST(Derived, AWarOverTaiwanMakesChinaTheOneWhoNeeds)
{
    Hand h;
    h.now.trade_share_china = 0.34, h.now.china_western_exposure = 0.3, h.now.budget = 0.1;
    Derived::derive(h.now, h.p);
    const double before = value(h.now.dependence_index);
    EXPECT_EQ(value(h.now.china_need), 0);
    h.now.taiwan_state = taiwan::war;
    Derived::derive(h.now, h.p);
    EXPECT_NEAR(value(h.now.china_need), 0.7, 1e-12);
    EXPECT_NEAR(value(h.now.dependence_index), before - 0.15 * 0.7, 1e-12);
    h.now.taiwan_state = taiwan::calm, h.now.budget = -0.3;
    Derived::derive(h.now, h.p);
    EXPECT_NEAR(value(h.now.dependence_index), before + 0.3 * 0.3, 1e-12) << "and a Russia whose oil income fails needs China";
}

TEST(Derived, TheWestErrsToBothSides)
{
    Hand h;
    h.now.effort_west = 0.05, h.now.perception_west_on_russia = -0.3;
    Derived::derive(h.now, h.p);
    EXPECT_NEAR(value(h.now.perceived_opening), 0.05 - 0.15, 1e-12);
    h.now.perception_west_on_russia = 0.3;
    Derived::derive(h.now, h.p);
    EXPECT_NEAR(value(h.now.perceived_opening), 0.05 + 0.15, 1e-12);
    h.now.perception_west_on_russia = 3;
    Derived::derive(h.now, h.p);
    EXPECT_EQ(value(h.now.perceived_opening), 1);
}

TEST(Derived, AnOfferIsDeliveredAsFarAsRussiaHasChanged)
{
    Hand h;
    h.now.carrot = 0.8, h.now.effort_west = 0.1;
    const auto delivered = [&] {
        Derived::derive(h.now, h.p);
        return value(h.now.delivered_carrot);
    };
    EXPECT_NEAR(delivered(), 0.8 * 2 * 0.1, 1e-12);
    h.now.effort_west = 0.7;
    EXPECT_NEAR(delivered(), 0.8, 1e-12);
    h.now.effort_west = 0, h.now.pro_west_regime = 1;
    EXPECT_NEAR(delivered(), 0.8, 1e-12);
    h.now.pro_west_regime = 0, h.p.offer_condition = 0.5;
    EXPECT_NEAR(delivered(), 0.4, 1e-12);
}

TEST(Derived, TheRussianViewMixesLeaderEliteAndCoalition)
{
    Hand h;
    h.now.leader_dominance = 0.6, h.now.leader_orientation = 0.8, h.now.elite_orientation = 0.4, h.now.coalition_orientation = 0.2;
    Derived::derive(h.now, h.p);
    EXPECT_NEAR(value(h.now.russian_view_orientation), 0.6 * 0.8 + 0.4 * 0.5 * (0.4 + 0.2), 1e-12);
    h.now.leader_wariness = 0.1, h.now.elite_wariness = 0.7, h.now.coalition_wariness = 0.5;
    Derived::derive(h.now, h.p);
    EXPECT_NEAR(value(h.now.russian_view_wariness), 0.6 * 0.1 + 0.4 * 0.5 * (0.7 + 0.5), 1e-12);
}

TEST(Derived, WhatIsReportedFollowsFromTheWorld)
{
    Hand h;
    h.now.trade_share_china = 0.3, h.now.yuan_settlement = 0.8, h.p.settlement_coverage = 0.9;
    h.now.supply_tier1 = 0.3, h.now.supply_tier2 = 0.6, h.now.bank_acceptance = 0.7;
    Derived::derive(h.now, h.p);
    EXPECT_NEAR(value(h.now.yuan_share_of_settlement), 0.9 * 0.3 * 0.8, 1e-12);
    EXPECT_NEAR(value(h.now.tier1_withdrawn), 0.7, 1e-12);
    EXPECT_NEAR(value(h.now.tier2_withdrawn), 0.4, 1e-12);
    EXPECT_NEAR(value(h.now.banks_refusing), 0.3, 1e-12);
}

TEST(Derived, TheAlignmentIndexIsItsFourParts)
{
    Hand h;
    h.now.political_alignment = 0.7, h.now.trade_share_china = 0.3, h.now.military_depth = 0.4, h.now.trust = 0.5;
    Derived::derive(h.now, h.p);
    EXPECT_NEAR(value(h.now.alignment_index), 0.35 * 0.7 + 0.25 * 0.3 / 0.5 + 0.20 * 0.4 + 0.20 * 0.5, 1e-12);
}

TEST(Derived, SupportIsDeliveredByFirms)
{
    Hand h;
    h.now.china_support = 0.6, h.now.supply_willingness = 0.4;
    Derived::derive(h.now, h.p);
    EXPECT_NEAR(value(h.now.delivered_support), 0.6 * (0.60 + 0.50 * 0.4), 1e-12);
}

TEST(Derived, TheSmallerEconomyNeedsTheTradeMore)
{
    Hand h;
    h.now.trade_share_china = 0.30, h.now.china_trade_share_russia = 0.02;
    Derived::derive(h.now, h.p);
    EXPECT_NEAR(value(h.now.trade_asymmetry), 0.28 / 0.32, 1e-12);
}

TEST(Derived, APowerfulLeaderSilencesWariness)
{
    Hand h;
    h.now.elite_wariness = 0.5, h.now.leader_dominance = 0.6;
    Derived::derive(h.now, h.p);
    EXPECT_NEAR(value(h.now.public_wariness), 0.5 * (1 - 0.45 * 0.6), 1e-12);
}

} // namespace
} // namespace entente
