#include "world.hpp"
#include <algorithm>

using namespace entente;

TEST(RussianRequests, AsksByWeightOfNeed)
{
    Hand h;
    h.now.stagnation = 0.1, h.now.sanctions_total = 0.8, h.now.russian_strength = 0.46, h.now.budget = -0.2, h.p.budget_on_loans = 0.4;
    int count[4] = {};
    for (const int war : {1, 2})
        for (const int done : {0, 1})
            for (h.now.quarter = 0; h.now.quarter < 144; ++h.now.quarter) {
                h.now.war_state = war, h.now.pipeline_signed = done;
                const double arms = war == 2 ? lg((0.47 - 0.46) / 0.04) : 0, loan = 2 * 0.1 + 0.05 + 0.4 * 0.2, pipeline = done ? 0 : 0.25 * 0.8, sum = arms + loan + pipeline;
                const Four u = h.draws<RussianRequests>(h.now.quarter)();
                const double point = value(u.b) * sum;
                const int kind = value(u.a) >= 0.5 * std::min(sum, 1.0) ? 0 : point < arms ? 1 : point < arms + loan ? 2 : 3;
                EXPECT_EQ(value(h.step<RussianRequests>(false).request_made), kind);
                ++count[kind];
            }
    for (const int n : count) EXPECT_GT(n, 10);
}

TEST(RussianRequests, AnArmsRequestIsGrantedByOvertSupport)
{
    Hand h;
    h.now.request_made = request::arms;
    EXPECT_EQ(value(h.step<RussianRequests>(false).request_refused), 1);
    h.now.overt_support = 1;
    EXPECT_EQ(value(h.step<RussianRequests>(false).request_granted), 1);
    EXPECT_EQ(value(h.step<RussianRequests>(false).request_refused), 0);
}

TEST(RussianRequests, ThePipelineIsGrantedBySignature)
{
    Hand h;
    h.now.request_made = request::pipeline, h.now.overt_support = 1;
    EXPECT_EQ(value(h.step<RussianRequests>(false).request_refused), 1);
    h.now.pipeline_signed = 1;
    EXPECT_EQ(value(h.step<RussianRequests>(false).request_granted), 1);
    EXPECT_EQ(value(h.step<RussianRequests>(false).loan_granted), 0);
}

TEST(RussianRequests, LoansAsTheAddressedUniformSays)
{
    Hand h;
    h.now.request_made = request::loan, h.now.china_support = 0.6, h.now.failure_belief = 0.4;
    int granted = 0;
    for (h.now.quarter = 0; h.now.quarter < 144; ++h.now.quarter) {
        const bool lends = value(h.draws<RussianRequests>(h.now.quarter)().c) < lg(12 * (0.6 * (0.5 + 0.4) - 0.60));
        const auto next = h.step<RussianRequests>(false);
        EXPECT_EQ(value(next.loan_granted), lends);
        EXPECT_EQ(value(next.request_granted), lends);
        EXPECT_EQ(value(next.request_refused), !lends);
        granted += lends;
    }
    EXPECT_GT(granted, 20);
    h.now.request_made = 0;
    EXPECT_EQ(value(h.step<RussianRequests>(false).request_refused), 0);
}
