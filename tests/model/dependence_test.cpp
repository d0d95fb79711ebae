#include "world.hpp"
#include <cmath>

using namespace entente;

TEST(Dependence, TechnologyFollowsSupplyTradeAndWarProduction)
{
    Hand h;
    h.now.war_state = war::full, h.now.sanctions_in_force = 0.9, h.now.supply_willingness = 0.8, h.now.trade_share_china = 0.34, h.now.technology_dependence = 0.5;
    const double target = 0.08 + 0.75 * 0.9 * 0.8 + 0.3 * 0.34;
    EXPECT_NEAR(value(h.step<Dependence>().technology_dependence), 0.5 + 0.12 * (target + 0.05 - 0.5), 1e-12);
    h.now.use_crowding_out = 0;
    EXPECT_NEAR(value(h.step<Dependence>().technology_dependence), 0.5 + 0.12 * (target - 0.5), 1e-12);
}

TEST(Dependence, AnImportPolicyMovesTechnologyEitherWay)
{
    Hand h;
    h.now.sanctions_in_force = 0.5, h.now.supply_willingness = 0.8, h.now.trade_share_china = 0.3, h.now.technology_dependence = 0.4;
    for (const double push : {-1.0, 0.5}) {
        h.now.reliance_push = push;
        EXPECT_NEAR(value(h.step<Dependence>().technology_dependence), 0.4 + 0.12 * (0.08 + 0.75 * 0.5 * 0.8 + 0.3 * 0.3 + 0.2 * push - 0.4), 1e-12);
    }
}

TEST(Dependence, PipelineIsSignedByItsHazardOnceAndForAll)
{
    Hand h;
    h.now.west_china_hostility = 0.9, h.now.political_alignment = 0.8, h.now.taiwan_state = taiwan::crisis, h.now.energy_discount = 0.3, h.p.pipeline_hazard = 0.1;
    int signatures = 0;
    for (h.now.quarter = 44; h.now.quarter < 144; ++h.now.quarter) {
        const double u = value(h.draws<Dependence>(h.now.quarter)().a);
        for (const double discounted : {0.0, 1.0}) {
            h.now.use_energy_discount = discounted;
            const double hazard = 0.1 * std::exp(2 * (0.9 - 0.75) + 1.5 * (0.8 - 0.7) + 1.5 + discounted * 1.5 * (0.3 - 0.2));
            EXPECT_EQ(value(h.step<Dependence>(false).pipeline_signed), u < hazard);
            signatures += u < hazard;
        }
        h.now.pipeline_by_decision = 1;
        EXPECT_EQ(value(h.step<Dependence>(false).pipeline_signed), 0);
        h.now.force_pipeline = 1;
        EXPECT_EQ(value(h.step<Dependence>(false).pipeline_signed), 1);
        h.now.pipeline_by_decision = 0, h.now.force_pipeline = 0;
    }
    EXPECT_GT(signatures, 50);
    h.now.pipeline_signed = 1, h.now.pipeline_stock = 0.4, h.now.quarter = 60, h.p.pipeline_hazard = 0;
    const auto next = h.step<Dependence>();
    EXPECT_EQ(value(next.pipeline_signed), 1);
    EXPECT_NEAR(value(next.pipeline_stock), 0.4 + 0.05 * 0.6, 1e-12);
}

TEST(Dependence, GasContractGrowsFrom2022)
{
    Hand h;
    h.now.quarter = 31;
    EXPECT_EQ(value(h.step<Dependence>().gas_contract_stock), 0);
    h.now.quarter = 32, h.now.gas_contract_stock = 0.1;
    EXPECT_NEAR(value(h.step<Dependence>().gas_contract_stock), 0.1 + 0.05 * (0.20 - 0.1), 1e-12);
    h.now.use_gas_contract = 0;
    EXPECT_EQ(value(h.step<Dependence>().gas_contract_stock), 0.1);
}
