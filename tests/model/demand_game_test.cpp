#include "world.hpp"
#include <algorithm>

using namespace entente;

namespace {

/// A dependent Russia under sanctions, in the quarter 60.
Hand dependent()
{
    Hand h;
    h.now.dependence_index = 0.7, h.now.sanctions_total = 0.8, h.now.leader_wariness = 0.3, h.now.elite_wariness = 0.5, h.now.stagnation = 0.1;
    h.now.concessions = 0.2, h.now.grievance = 0.3, h.now.status_gap = 0.4, h.now.concession_break = 0.5;
    return h;
}

} // namespace

TEST(DemandGame, AnswersEveryDemandAsTheAddressedUniformsSay)
{
    Hand h = dependent();
    int accepted = 0, refused = 0;
    for (const double structure : {dep::limits, dep::pawn})
        for (const double on : {0.0, 1.0})
            for (h.now.quarter = 44; h.now.quarter < 144; ++h.now.quarter) {
                h.now.dep = structure, h.now.use_stagnation = on, h.now.use_concession_break = on;
                const Four u = h.draws<DemandGame>(h.now.quarter)();
                const double k = std::clamp(0.35 + 0.22 * value(normal(u.b)), 0.0, 1.0), w = 0.4 * 0.3 + 0.6 * 0.5, need = 0.7 * (0.6 + 0.4 * 0.8);
                const bool pawn = structure == dep::pawn, demand = value(u.a) < 0.8 * 0.22 * (0.25 + 0.7);
                const double logit = 4 * (pawn ? need - k * (0.35 + 0.8 * w) : 0.75 * need - k * (0.35 + 1.2 * w)) + on * 3.0 * 0.1;
                const bool yes = demand && value(u.c) < lg(logit) && (pawn || k < 0.6), no = demand && !yes;
                const auto next = h.step<DemandGame>(false);
                EXPECT_NEAR(value(next.demand_accepted), yes * k, 1e-12);
                EXPECT_NEAR(value(next.demand_refused), no * k, 1e-12);
                EXPECT_NEAR(value(next.concessions), 0.2 + 0.26 * yes * k * 0.8 - (0.008 + on * 0.02 * 0.5 * (0.3 + 1.4 * 0.3)) * 0.2, 1e-12);
                EXPECT_NEAR(value(next.grievance), 0.88 * 0.3 + 0.20 * no * k * 0.7 + 0.012 * 0.4 * 0.7, 1e-12);
                EXPECT_NEAR(value(next.expected_tolerance), 0.35 + 0.035 * yes - 0.06 * no, 1e-12);
                accepted += yes, refused += no;
            }
    EXPECT_GT(accepted, 10);
    EXPECT_GT(refused, 10);
}

/// A demand for sure, of a known size, and an answer that only knows yes and no: what Russia needs against what the demand costs it.
static Hand decided()
{
    Hand h;
    h.p.demand_frequency = 100, h.p.demand_noise = 0, h.p.a_acc = 1e9, h.now.use_stagnation = 0;
    h.now.dependence_index = 1, h.now.dep = dep::pawn, h.now.leader_wariness = h.now.elite_wariness = 0;
    return h;
}

TEST(DemandGame, AChinaThatTakesRussiaForMoreThanItIsDemandsMore)
{
    for (const double judged : {-0.2, 0.1}) {
        Hand h = decided();
        h.now.perception_china_on_russia = judged;
        EXPECT_NEAR(value(h.step<DemandGame>(false).demand_accepted), 0.35 + judged, 1e-12);
    }
}

// A need of .6 + .4 x .15 = .66 against .9 (.35 + .8 w): w = .4 of a wary leader or .6 of a wary elite is .603 or .747.
TEST(DemandGame, TheEliteWeighsMoreThanTheLeader)
{
    Hand h = decided();
    h.now.expected_tolerance = 0.9, h.now.sanctions_total = 0.15;
    h.now.leader_wariness = 1;
    EXPECT_EQ(value(h.step<DemandGame>(false).demand_accepted), 0.9);
    h.now.leader_wariness = 0, h.now.elite_wariness = 1;
    EXPECT_EQ(value(h.step<DemandGame>(false).demand_refused), 0.9);
}

TEST(DemandGame, AChinaInNeedDemandsLess)
{
    Hand h = dependent();
    h.now.china_need = 0.75, h.p.p_dem = 0.5, h.p.demand_noise = 0; // .8 x .75: .4 of the demands are left
    int demands = 0;
    for (h.now.quarter = 44; h.now.quarter < 144; ++h.now.quarter) {
        const bool demand = value(h.draws<DemandGame>(h.now.quarter)().a) < 0.8 * 0.5 * (0.25 + 0.7) * 0.4;
        const auto next = h.step<DemandGame>(false);
        EXPECT_EQ(value(next.demand_accepted + next.demand_refused) > 0, demand);
        EXPECT_NEAR(value(next.obedience), 0.5 + 0.2 * (demand ? (value(next.demand_accepted) > 0) - 0.5 : 0), 1e-12);
        demands += demand;
    }
    EXPECT_GT(demands, 5);
}

TEST(DemandGame, LimitsRefuseWhatCostsTooMuch)
{
    Hand h = dependent();
    h.p.demand_frequency = 100, h.p.a_acc = 0, h.p.a_stag = 1000, h.now.stagnation = 0.5; // every demand is asked and wanted
    h.now.expected_tolerance = 0.95, h.p.demand_noise = 0;
    EXPECT_NEAR(value(h.step<DemandGame>(false).demand_refused), 0.95, 1e-12);
    h.now.dep = dep::pawn;
    EXPECT_NEAR(value(h.step<DemandGame>(false).demand_accepted), 0.95, 1e-12);
}

TEST(DemandGame, ConcessionsAnswerLoansAndTheLeadersExit)
{
    Hand h = dependent();
    h.p.demand_frequency = 0, h.p.k_brk = 0, h.now.loan_granted = 1;
    EXPECT_NEAR(value(h.step<DemandGame>(false).concessions), 0.2 + 0.03 * 0.8 - 0.008 * 0.2, 1e-12);
    EXPECT_NEAR(value(h.step<DemandGame>(false).concession_break), 0.95 * 0.5, 1e-12);
    h.now.leadership_change = leadership::continuity;
    EXPECT_EQ(value(h.step<DemandGame>(false).concession_break), 1);
}
