// Predictions: each can be read and judged, and what a reading makes of one, by hand.
#include "analysis/predictions.hpp"
#include "core/text.hpp"
#include <cmath>
#include <gtest/gtest.h>
#include <set>

namespace entente {
namespace {

const double none = std::nan("");

TEST(Predictions, AreConditionsOnFutures)
{
    std::set<std::string> names;
    for (const Prediction& p : predictions()) {
        EXPECT_TRUE(names.insert(p.name).second) << p.name;
        EXPECT_NO_THROW(parse_given(p.counts)) << p.name;
        if (*p.among) { EXPECT_NO_THROW(parse_given(p.among)) << p.name; }
        EXPECT_GT(p.bound, 0);
        EXPECT_LT(p.bound, 1);
        for (const std::string& letter : split(p.articles, ' ')) EXPECT_TRUE(letter.size() == 1 && std::string("KFABE").find(letter) != std::string::npos) << p.name;
        for (const std::string& claim : split(p.claims, ' ')) EXPECT_TRUE(claim.size() >= 3 && claim[0] == 'C') << p.name;
        EXPECT_LT(static_cast<std::size_t>(p.arm), std::size(arm_meanings));
    }
    EXPECT_GE(names.size(), 8u);
}

// .5 of 1,000 is .469 to .531 by Jeffreys.
TEST(Predictions, HoldWhereTheIntervalIsOnOneSide)
{
    Prediction p = predictions()[0];
    p.bound = 0.46, p.at_least = true;
    EXPECT_EQ(held(p, share_of(500, 1000)), Standing::holds);
    p.bound = 0.48;
    EXPECT_EQ(held(p, share_of(500, 1000)), Standing::open);
    p.bound = 0.54;
    EXPECT_EQ(held(p, share_of(500, 1000)), Standing::fails);
    p.at_least = false;
    EXPECT_EQ(held(p, share_of(500, 1000)), Standing::holds);
    EXPECT_EQ(held(p, share_of(0, 0)), Standing::unknown);
}

TEST(Predictions, AreCountedByAnswer)
{
    const Answers answers = {{0, 0, 1, 1, 1, 0}, {0, 2, 2, 0, 2, 0}};
    const std::vector<std::size_t> choices = {2, 3};
    const ByAnswer s = by_answer(std::vector<double>{1, 0, 1, 1, none, none}, answers, choices);
    EXPECT_EQ(s.all.count, 3u);
    EXPECT_EQ(s.all.runs, 4u);
    EXPECT_EQ(s.of[0][0].count, 1u);
    EXPECT_EQ(s.of[0][0].runs, 2u);
    EXPECT_EQ(s.of[0][1].count, 2u);
    EXPECT_EQ(s.of[0][1].runs, 2u);
    EXPECT_EQ(s.of[1][0].count, 2u);
    EXPECT_EQ(s.of[1][1].runs, 0u);
    EXPECT_EQ(s.of[1][2].count, 1u);
    EXPECT_THROW(by_answer(std::vector<double>{1}, answers, choices), std::invalid_argument);
    EXPECT_THROW(by_answer(std::vector<double>{1, 0, 1, 1, 0, 0}, answers, std::vector<std::size_t>{2}), std::invalid_argument);
}

TEST(Predictions, AreDisputedWhereAnswersPartMost)
{
    ByAnswer s;
    s.of = {{share_of(500, 1000), share_of(520, 1000)}, {share_of(700, 1000), share_of(0, 0), share_of(300, 1000)}, {share_of(450, 1000), share_of(550, 1000)}};
    const std::vector<Dispute> d = disputes_of(s);
    ASSERT_EQ(d.size(), 2u) << "two points of 1,000 are chance";
    EXPECT_EQ(d[0].structure, 1u);
    EXPECT_EQ(d[0].low, 2u);
    EXPECT_EQ(d[0].high, 0u);
    EXPECT_NEAR(d[0].difference, 0.4, 1e-12);
    EXPECT_EQ(d[1].structure, 2u);
    EXPECT_EQ(d[1].low, 0u);
}

} // namespace
} // namespace entente
