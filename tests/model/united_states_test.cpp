#include "world.hpp"

namespace entente {

/// Full war under a hawkish administration in a quarter without inauguration.
static Hand hawks()
{
    Hand h;
    h.now.quarter = 61;
    h.now.war_state = war::full;
    h.now.us_china_rivalry = 0.7, h.now.us_sanctions = 0.9, h.now.secondary_enforcement = 0.5, h.now.dual_use_flow = 0.75;
    h.now.effort_west = 0.1, h.now.perception_west_on_russia = 0;
    h.now.western_carrot = 0.5;
    return h;
}

TEST(UnitedStates, HawksInFullWar)
{
    Hand h = hawks();
    const auto next = h.step<UnitedStates>();
    const double noise = value(normal(h.draws<UnitedStates>(61)().c)), gap = 0.75 - 0.55, target = 0.92 - 0.35 * 0.1;
    EXPECT_NEAR(value(next.us_china_rivalry), 0.7 + 0.06 * (0.76 + 0.35 * gap - 0.7) + 0.035 * noise, 1e-12);
    EXPECT_NEAR(value(next.us_sanctions), 0.9 + 0.12 * (target - 0.9), 1e-12);
    EXPECT_NEAR(value(next.secondary_enforcement), 0.5 + 0.25 * (0.65 + 0.40 * gap - 0.5), 1e-12);
    EXPECT_EQ(value(next.carrot), 0) << "no offer during full war";
    EXPECT_NEAR(value(next.designation_rate), 0.06 * 0.75 / 0.55, 1e-12);
}

TEST(UnitedStates, LeversAndChinasNewLeaderMoveTheirTargets)
{
    Hand h = hawks();
    h.now.use_flow_reaction = 0, h.now.china_rivalry_offset = 0.1, h.now.sanctions_push = -0.2, h.now.enforcement_push = 0.1, h.now.taiwan_state = taiwan::crisis;
    const auto next = h.step<UnitedStates>();
    const double noise = value(normal(h.draws<UnitedStates>(61)().c));
    EXPECT_NEAR(value(next.us_china_rivalry), std::min(1.0, 0.7 + 0.06 * (0.76 + 0.1 - 0.7) + 0.035 * noise + 0.15), 1e-12);
    EXPECT_LT(value(next.us_china_rivalry), 1);
    EXPECT_NEAR(value(next.us_sanctions), 0.9 + 0.12 * (0.92 - 0.35 * 0.1 - 0.2 - 0.9), 1e-12);
    EXPECT_NEAR(value(next.secondary_enforcement), 0.5 + 0.25 * (0.65 + 0.1 - 0.5), 1e-12);
}

TEST(UnitedStates, RelieveWhatTheyTakeForAnOpening)
{
    Hand h = hawks();
    h.now.perception_west_on_russia = 0.3;
    EXPECT_NEAR(value(h.step<UnitedStates>().us_sanctions), 0.9 + 0.12 * (0.92 - 0.35 * (0.1 + 0.15) - 0.9), 1e-12);
}

TEST(UnitedStates, DealAfterTheWar)
{
    Hand h = hawks();
    h.now.war_state = war::frozen;
    h.now.us_administration_deal = administration::dealing;
    h.now.carrot = 0.4, h.now.pro_west_regime = 1;
    const auto next = h.step<UnitedStates>();
    EXPECT_NEAR(value(next.us_sanctions), 0.9 + 0.12 * (0.5 * 0.60 - 0.9), 1e-12) << "law keeps half of what hawks would ask";
    h.p.us_locked = 0.2;
    EXPECT_NEAR(value(h.step<UnitedStates>().us_sanctions), 0.9 + 0.12 * ((0.30 - 0.035 - 0.25 * 0.4) - 0.9), 1e-12);
    EXPECT_NEAR(value(next.secondary_enforcement), 0.5 + 0.25 * (0.30 * 0.6 - 0.5), 1e-12) << "the flow counts in full war only";
    EXPECT_NEAR(value(next.carrot), 0.5, 1e-12);
    h.now.us_administration_deal = administration::hawkish;
    EXPECT_NEAR(value(h.step<UnitedStates>().carrot), 0.35, 1e-12);
}

TEST(UnitedStates, FlowReactionOffAndRivalryLever)
{
    Hand h = hawks();
    h.now.use_flow_reaction = 0;
    h.now.us_rivalry_centre = 0.3;
    const auto next = h.step<UnitedStates>();
    EXPECT_NEAR(value(next.secondary_enforcement), 0.5 + 0.25 * (0.65 - 0.5), 1e-12);
    EXPECT_NEAR(value(next.us_china_rivalry), 0.7 + 0.06 * (0.3 - 0.7) + 0.035 * value(normal(h.draws<UnitedStates>(61)().c)), 1e-12);
    EXPECT_NEAR(value(next.designation_rate), 0.06, 1e-12);
}

TEST(UnitedStates, ThoseWhoWantDealsCoolRivalry)
{
    Hand h = hawks();
    h.now.us_administration_deal = administration::dealing, h.now.use_flow_reaction = 0;
    EXPECT_NEAR(value(h.step<UnitedStates>().us_china_rivalry), 0.7 + 0.06 * (0.76 - 0.08 - 0.7) + 0.035 * value(normal(h.draws<UnitedStates>(61)().c)), 1e-12);
}

TEST(UnitedStates, AWarOverTaiwanIsRemembered)
{
    Hand h = hawks();
    h.now.taiwan_scar = 0.5, h.now.use_flow_reaction = 0;
    EXPECT_NEAR(value(h.step<UnitedStates>().us_china_rivalry), 0.7 + 0.06 * (0.76 + 0.12 * 0.5 - 0.7) + 0.035 * value(normal(h.draws<UnitedStates>(61)().c)), 1e-12);
}

TEST(UnitedStates, TheAdministrationOf2025IsKnown)
{
    Hand h = hawks();
    h.now.quarter = 44;
    int deals = 0;
    for (h.replicate = 0; h.replicate < 100; ++h.replicate) {
        h.p.deal_2025 = 1;
        EXPECT_EQ(value(h.step<UnitedStates>().us_administration_deal), administration::dealing);
        h.p.deal_2025 = 0;
        EXPECT_EQ(value(h.step<UnitedStates>().us_administration_deal), administration::hawkish);
        h.p.deal_2025 = -1;
        const bool deal = value(h.draws<UnitedStates>(44)().a) < 0.5;
        EXPECT_EQ(value(h.step<UnitedStates>().us_administration_deal), deal);
        deals += deal;
    }
    EXPECT_GT(deals, 30);
}

TEST(UnitedStates, AdministrationsChangeEveryFourthYear)
{
    Hand h = hawks();
    int deals = 0;
    for (h.replicate = 0; h.replicate < 400; ++h.replicate) {
        h.now.quarter = 60;
        const auto next = h.step<UnitedStates>();
        EXPECT_EQ(value(next.us_administration_deal) == 1, value(h.draws<UnitedStates>(60)().a) < 0.5);
        deals += value(next.us_administration_deal) == 1;
        h.now.quarter = 61;
        EXPECT_EQ(value(h.step<UnitedStates>().us_administration_deal), administration::hawkish);
    }
    EXPECT_NEAR(deals, 200, 50);
}

TEST(UnitedStates, NoDetenteBesideACrisis)
{
    Hand h = hawks();
    h.now.detente_regime = 1;
    h.now.taiwan_state = taiwan::crisis;
    EXPECT_EQ(value(h.step<UnitedStates>().detente_regime), 0);
    h.now.taiwan_state = taiwan::calm;
    EXPECT_EQ(value(h.step<UnitedStates>().detente_regime) == 1, value(h.draws<UnitedStates>(61)().b) > 0.03);
}

} // namespace entente
