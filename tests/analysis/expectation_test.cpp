// What is expected, held to what came; and what a summary knows of a quantity, beside the runs themselves.
#include "analysis/expectation.hpp"
#include "analysis/estimate.hpp"
#include "scenarios.hpp"
#include <cmath>
#include <gtest/gtest.h>

namespace entente {
namespace {

constexpr Interval came(double low, double high) { return {.estimate = (low + high) / 2, .low = low, .high = high}; }

TEST(Expectation, IsHeldIfAllOfTheIntervalIs)
{
    const auto held = [](const Expectation& e, double low, double high) { return judge(e, came(low, high)).held; };
    const Expectation up{.quantity = "q", .sign = 1}, down{.quantity = "q", .sign = -1}, report{.quantity = "q"};
    EXPECT_EQ(held(up, 0.1, 0.2), Held::held);
    EXPECT_EQ(held(up, -0.2, -0.1), Held::not_held);
    EXPECT_EQ(held(up, -0.1, 0.2), Held::undecided);
    EXPECT_EQ(held(down, 0.1, 0.2), Held::not_held);
    EXPECT_EQ(held(down, -0.2, -0.1), Held::held);
    EXPECT_EQ(held(report, -0.2, -0.1), Held::reported);
    EXPECT_EQ(held(up, -INFINITY, INFINITY), Held::undecided) << "of too few runs";
    const Expectation within{.quantity = "q", .least = 0.2, .most = 0.4}, least{.quantity = "q", .least = 0.2};
    EXPECT_EQ(held(within, 0.2, 0.4), Held::held);
    EXPECT_EQ(held(within, 0.3, 0.41), Held::undecided);
    EXPECT_EQ(held(within, 0.41, 0.5), Held::not_held);
    EXPECT_EQ(held(within, 0.4, 0.5), Held::undecided) << "it may lie on the bound";
    EXPECT_EQ(held(within, 0.1, 0.2), Held::undecided);
    EXPECT_EQ(held(within, 0.1, 0.19), Held::not_held);
    EXPECT_EQ(held(least, 0.3, 7), Held::held);
}

TEST(Expectation, ASummaryKnowsWhatTheRunsComeTo)
{
    Scenario s = scenario("baseline", "runs = 300\nhorizon = \"2028Q4\"\nagents = { firms = 4, banks = 2, elites = 8 }");
    const Summary summary = run_ensemble(s, {.threads = 1});
    for (const char* text : {"mean trust at 2028Q4", "mean trust from 2027Q1 to 2028Q4", "mean supply_tier1 - 0.5 * supply_tier2 at 2028", "change trust from 2026 to 2028",
                             "share_transactional at 2028Q4", "share_autonomous at 2028Q4", "share_transactional from 2027 to 2028", "ceasefire by 2028Q4", "first ceasefire by 2028Q4"}) {
        const Quantity q = parse_quantity(text);
        const std::vector<double> values = sample(s, {q}, {.threads = 1})[0];
        const Interval exact = interval({is_share(q) ? Statistic::Kind::probability : Statistic::Kind::mean}, in_memory(values)), told = known(q, summary).value();
        EXPECT_NEAR(told.estimate, exact.estimate, 1e-5) << text;
        EXPECT_LE(told.low, exact.low + 1e-5) << text << ": never narrower";
        EXPECT_GE(told.high, exact.high - 1e-5) << text;
        const bool adds_up = q.terms.size() > 1 || (q.from < q.to && q.kind != Quantity::Kind::seen && q.kind != Quantity::Kind::first);
        if (!adds_up) { EXPECT_NEAR(told.high - told.low, exact.high - exact.low, 1e-4) << text; }
    }
    EXPECT_FALSE(known(parse_quantity("median trust at 2028Q4"), summary)) << "it takes every run";
    // Of what is added up the summary knows no covariance: spreads add, whatever their factors' signs.
    const auto width = [&](const char* text) {
        const Interval i = known(parse_quantity(text), summary).value();
        return i.high - i.low;
    };
    EXPECT_NEAR(width("mean supply_tier1 - 0.5 * supply_tier2 at 2028"), width("mean supply_tier1 at 2028") + 0.5 * width("mean supply_tier2 at 2028"), 1e-9);
    const auto width_of_share = [&](const char* text) { // of one quarter, by its spread: the sd of zeros and ones
        const double p = known(parse_quantity(text), summary).value().estimate;
        return 2 * 1.967930 * std::sqrt(p * (1 - p) / 299); // t_299
    };
    EXPECT_NEAR(width("share_transactional from 2028Q3 to 2028Q4"), 0.5 * (width_of_share("share_transactional at 2028Q3") + width_of_share("share_transactional at 2028Q4")), 1e-6);
    EXPECT_NEAR(width("change trust from 2026 to 2028"), width("mean trust at 2026") + width("mean trust at 2028"), 1e-9);
}

} // namespace
} // namespace entente
