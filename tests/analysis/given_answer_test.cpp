// Shares of the runs that meet a condition beside those of all, by hand.
#include "analysis/given_answer.hpp"
#include <cmath>
#include <gtest/gtest.h>

namespace entente {
namespace {

const double none = std::nan("");

// 30 of 100 that meet it, 100 of the 900 others: .3 beside .13, and .17 = .9 (.3 - 1/9).
TEST(GivenAnswer, SharesAreOfThoseThatMeetIt)
{
    const GivenShare s = given_share(30, 100, 100, 900);
    EXPECT_EQ(s.among.count, 30u);
    EXPECT_DOUBLE_EQ(s.among.share, 0.3);
    EXPECT_DOUBLE_EQ(s.all.share, 0.13);
    EXPECT_NEAR(s.difference.estimate, s.among.share - s.all.share, 1e-12);
    EXPECT_NEAR(s.difference.low, 0.9 * 0.10292670, 1e-7);
    EXPECT_NEAR(s.difference.high, 0.9 * 0.28538097, 1e-7);
    EXPECT_NEAR(s.among.low, share_of(30, 100).low, 1e-12);
    EXPECT_TRUE(s.beyond);
    EXPECT_FALSE(given_share(5, 10, 20, 100).beyond) << "at 95 % it would be";
    EXPECT_TRUE(given_share(1, 100, 100, 900).beyond) << "less often counts too";
}

TEST(GivenAnswer, WhereAllMeetItNothingDiffers)
{
    const GivenShare s = given_share(30, 100, 0, 0);
    EXPECT_EQ(s.among.share, s.all.share);
    EXPECT_EQ(s.difference.estimate, 0);
    EXPECT_FALSE(s.beyond);
    EXPECT_EQ(given_share(0, 0, 3, 10).among.runs, 0u);
}

TEST(GivenAnswer, ConditionsHoldTogether)
{
    const std::vector<Given> both = {parse_given("taiwan_war by 2030Q1"), parse_given("mean trust at 2040Q1 < 0.4")};
    const Meeting m = meeting(both, {{1, 1, 0, 1, none}, {0.3, 0.4, 0.1, 0.39, 0.2}});
    EXPECT_EQ(m.meets, (std::vector<std::uint8_t>{1, 0, 0, 1, 0}));
    EXPECT_EQ(m.whole, (std::vector<std::uint8_t>{1, 1, 1, 1, 0}));
    EXPECT_EQ(m.each[0].count, 3u);
    EXPECT_EQ(m.each[1].count, 3u);
    EXPECT_EQ(m.all.count, 2u);
    EXPECT_EQ(m.all.runs, 4u);
    const GivenShare s = given_share(std::vector<double>{1, 1, 1, 0, none}, m);
    EXPECT_EQ(s.among.count, 1u);
    EXPECT_EQ(s.among.runs, 2u);
    EXPECT_EQ(s.all.count, 3u);
    EXPECT_EQ(s.all.runs, 4u);
    EXPECT_THROW(meeting(both, {{1, 1}}), std::invalid_argument);
    EXPECT_THROW(meeting({}, {}), std::invalid_argument);
}

TEST(GivenAnswer, SpreadsAreQuantilesOfEachGroup)
{
    std::vector<double> value;
    std::vector<std::uint8_t> meets;
    for (int i = 0; i <= 100; ++i) value.push_back(i), meets.push_back(i >= 60 ? 1 : 0);
    value.push_back(none), meets.push_back(0);
    const GivenSpread s = given_spread(value, meets);
    EXPECT_DOUBLE_EQ(s.all.low, 5);
    EXPECT_DOUBLE_EQ(s.all.median, 50);
    EXPECT_DOUBLE_EQ(s.all.high, 95);
    EXPECT_DOUBLE_EQ(s.among.low, 62);
    EXPECT_DOUBLE_EQ(s.among.median, 80);
    EXPECT_DOUBLE_EQ(s.among.high, 98);
    EXPECT_TRUE(s.beyond);
    for (std::size_t i = 0; i < meets.size(); ++i) meets[i] = i % 2 == 0 ? 1 : 0;
    EXPECT_FALSE(given_spread(value, meets).beyond);
    EXPECT_TRUE(std::isnan(given_spread(value, std::vector<std::uint8_t>(value.size(), 0)).among.median));
}

} // namespace
} // namespace entente
