// Rates beside base rates: runs made by hand, whose quarters and cases at risk can be counted on a sheet of paper. The made run's quarters 0 to 39 are free.
#include "analysis/base_rates.hpp"
#include "analysis/made_run.hpp"
#include "analysis/rate_definitions.hpp"
#include "core/quarter.hpp"
#include <cmath>
#include <gtest/gtest.h>
#include <set>

namespace entente {
namespace {

constexpr int start = 44;
constexpr std::size_t quarters = 144;

struct MadeFuture : Made {
    MadeFuture() : Made(quarters, start)
    {
        result.first_event.assign(describe().events.size(), -1);
        set("leader_age", 0, 60), set("china_leader_age", 0, 60);
    }
    void first(std::string_view event, int quarter) { result.first_event[Description::find(describe().events, event)] = static_cast<std::int16_t>(quarter); }
    void exit(int quarter, double how, bool ousted = false) { set("leadership_change", quarter, how, quarter), set("leader_ousted", quarter, ousted ? 1 : 0, quarter); }
    Tally tally(const std::string& id) const
    {
        for (const RateDefinition& d : rate_definitions())
            if (d.id == id) return d.count({result, 0, 1, start});
        ADD_FAILURE() << id;
        return {};
    }
    std::string counted(const std::string& id) const
    {
        const Tally t = tally(id);
        return fmt::format("{} of {}", t.happened, t.at_risk);
    }
};

TEST(BaseRates, AllButOneAreCounted)
{
    std::set<std::string> counted, all;
    for (const RateDefinition& d : rate_definitions()) EXPECT_TRUE(counted.insert(d.id).second) << d.id;
    for (const BaseRate& b : base_rates()) {
        EXPECT_TRUE(all.insert(b.id).second) << b.id;
        EXPECT_EQ(counted.contains(b.id), b.id != "rivalry_ends") << b.id;
        EXPECT_TRUE(b.status == "computed" || b.status == "seen" || b.status == "unverified") << b.id;
        EXPECT_TRUE(b.base || (b.low && b.high)) << b.id;
        EXPECT_FALSE(b.source.empty()) << b.id;
        for (const auto& x : {b.base, b.low, b.high}) EXPECT_TRUE(!x || (*x >= 0 && *x <= 1)) << b.id;
    }
}

// Russia's leader goes in quarter 64, aged 68 after 30 years, and the heir, aged 50, in 84; China's stays, 60 and beyond the tenth year.
TEST(BaseRates, LeadersAreAtRiskByTenureAndAge)
{
    MadeFuture run;
    run.set("leader_age", 0, 68, 63), run.set("leader_age", 64, 50);
    run.exit(64, 1), run.exit(84, 3, true);
    EXPECT_EQ(run.counted("exit_65_70"), "1 of 21") << "44 to 64, as old as at the end of the quarter before";
    EXPECT_EQ(run.counted("exit_under_65"), "0 of 120") << "100 of China's leader, and of the second heir from 84 + 40 on 20";
    EXPECT_EQ(run.counted("exit_over_85"), "0 of 0");
    EXPECT_EQ(run.counted("heir_exit_0_3"), "0 of 11") << "tenure in (0, 3): 65 to 75; the second heir followed one of five years";
    EXPECT_EQ(run.counted("heir_exit_3_6"), "1 of 9") << "76 to 84";
    EXPECT_EQ(run.counted("heir_ouster_3_6"), "1 of 9");
    EXPECT_EQ(run.counted("heir_ouster_0_3"), "0 of 11");
}

TEST(BaseRates, RegimesAreIntactUntilTheyBreak)
{
    MadeFuture run;
    run.exit(50, 1), run.exit(60, 1), run.exit(63, 2), run.exit(100, 4, true);
    EXPECT_EQ(run.counted("survives_death_1y"), "1 of 3") << "that of 60 breaks in 63, that of 63 at once";
    EXPECT_EQ(run.counted("survives_death_5y"), "0 of 3");
    EXPECT_EQ(run.counted("breaks_at_ouster"), "1 of 1");
    EXPECT_EQ(run.counted("reformist_share"), "1 of 2");
    MadeFuture late;
    late.exit(142, 1);
    EXPECT_EQ(late.counted("survives_death_1y"), "0 of 0") << "not seen for a year";
}

TEST(BaseRates, WarsCeaseAndCeasefiresFail)
{
    MadeFuture run;
    run.set("war_state", 0, 2), run.set("war_quarters", 0, 20);
    run.set("war_state", 50, 1), run.set("war_state", 60, 2), run.set("war_state", 65, 1), run.set("war_state", 130, 2), run.set("war_state", 135, 1);
    EXPECT_EQ(run.counted("ceasefire_in_long_war"), "3 of 17") << "44 to 50, 61 to 65, 131 to 135, the last not followed long enough below";
    EXPECT_EQ(run.counted("ceasefire_fails_5y"), "1 of 2");
    MadeFuture late, later;
    late.set("war_state", 0, 2), late.set("war_state", 123, 1);
    later.set("war_state", 0, 2), later.set("war_state", 124, 1);
    EXPECT_EQ(late.counted("ceasefire_fails_5y"), "0 of 1") << "its five years end with the last quarter, 143";
    EXPECT_EQ(later.counted("ceasefire_fails_5y"), "0 of 0");
    run.set("war_quarters", 0, 4);
    EXPECT_EQ(run.counted("ceasefire_in_long_war"), "0 of 0");
}

TEST(BaseRates, PactsRivalsStatesAndTaiwan)
{
    MadeFuture run;
    for (std::size_t q = 50; q < 80; ++q) run.result.outcome[q] = 4 + 8; // alliance of a vassal
    run.result.outcome[90] = 4;
    EXPECT_EQ(run.counted("pact_ends"), "2 of 31");
    EXPECT_EQ(run.counted("pact_ends_0_5"), "1 of 21") << "the first 20 quarters of the first, and the second";
    EXPECT_EQ(run.counted("partner_turns_rival"), "0 of 100");
    EXPECT_EQ(run.counted("partner_turns_rival_25y"), "0 of 1");
    run.first("rupture", 53), run.first("taiwan_war", parse_quarter("2031Q1").value());
    EXPECT_EQ(run.counted("partner_turns_rival"), "1 of 10");
    EXPECT_EQ(run.counted("partner_turns_rival_25y"), "1 of 1");
    EXPECT_EQ(run.counted("taiwan_war_2030"), "0 of 1");
    EXPECT_EQ(run.counted("taiwan_war_2035"), "1 of 1");
    run.set("fragmented", 60, 1, 79);
    EXPECT_EQ(run.counted("nuclear_state_breaks_up"), "1 of 80");
    run.set("central_asia_flips", 100, 2), run.set("central_asia_flips", 120, 1);
    EXPECT_EQ(run.counted("csto_member_leaves"), "2 of 237") << "three to 100, one to 120, then two";
}

/// Rates of runs of which these many years pass until a rupture, -1 for none in 25.
ModelRate ruptures(const std::vector<int>& years)
{
    RateCount count(Scenario{.start = start});
    for (const int y : years) {
        MadeFuture run;
        if (y >= 0) run.first("rupture", start + 4 * y - 1);
        count.add(run.result, 1);
    }
    for (std::size_t i = 0; i < base_rates().size(); ++i)
        if (base_rates()[i].id == "partner_turns_rival") return count.rates()[i].value();
    return {};
}

TEST(BaseRates, ARateIsARatioOverRuns)
{
    const ModelRate some = ruptures({10, 20, -1, 5}); // n 1 1 0 1, e 40 80 100 20 quarters
    EXPECT_EQ(some.happened, 3u);
    EXPECT_EQ(some.at_risk, 240u);
    EXPECT_NEAR(some.rate.estimate, 0.05, 1e-12); // 3 in 60 years
    // residuals n - r e, r = 1/80: .5, 0, -1.25, .75; their squares sum to 2.375
    EXPECT_NEAR(some.rate.high - some.rate.estimate, 4 * 1.959964 * std::sqrt(2.375 * 4 / 3) / 240, 1e-9);
    EXPECT_EQ(some.rate.low, 0) << "never below 0";
    const ModelRate none = ruptures({-1, -1});
    EXPECT_EQ(none.rate.estimate, 0);
    EXPECT_NEAR(none.rate.high, -std::log(0.025) / 50, 1e-6) << "in 50 years";
    EXPECT_TRUE(std::isinf(ruptures({10}).rate.high)) << "of one run nothing is known";
}

TEST(BaseRates, FailedRunsAreLeftOut)
{
    RateCount count(Scenario{.start = start});
    MadeFuture run;
    run.result.failed_quarter = {60};
    count.add(run.result, 1);
    for (const auto& rate : count.rates()) EXPECT_TRUE(!rate || rate->at_risk == 0);
}

} // namespace
} // namespace entente
