// Shares and ranks of two groups, against numbers worked by hand and by R's qbeta and wilcox.test.
#include "analysis/two_groups.hpp"
#include <cmath>
#include <gtest/gtest.h>
#include <vector>

namespace entente {
namespace {

void expect_interval(const Interval& i, double estimate, double low, double high)
{
    EXPECT_NEAR(i.estimate, estimate, 1e-8);
    EXPECT_NEAR(i.low, low, 1e-8);
    EXPECT_NEAR(i.high, high, 1e-8);
}

TEST(TwoGroups, JeffreysIsTheBetaQuantile)
{
    expect_interval(jeffreys({3, 10}, 0.95), 0.3, 0.09269459, 0.60581832);
    EXPECT_EQ(jeffreys({0, 10}, 0.95).low, 0);
    EXPECT_EQ(jeffreys({10, 10}, 0.95).high, 1);
    EXPECT_TRUE(std::isnan(jeffreys({0, 0}, 0.95).estimate));
}

TEST(TwoGroups, SharesDifferByTheirJoinedIntervals)
{
    expect_interval(share_difference({56, 70}, {48, 80}, 0.95), 0.2, 0.05366153, 0.33576549);
    expect_interval(share_difference({0, 10}, {0, 20}, 0.95), 0, -0.11663898, 0.21719627);
    expect_interval(share_difference({10, 10}, {0, 20}, 0.95), 1, 0.75346629, 1);
    expect_interval(share_difference({30, 100}, {100, 900}, 0.999), 0.18888889, 0.05130889, 0.35325954);
    EXPECT_TRUE(std::isnan(share_difference({0, 0}, {3, 20}, 0.95).estimate));
    const Interval there = share_difference({56, 70}, {48, 80}, 0.95), back = share_difference({48, 80}, {56, 70}, 0.95);
    EXPECT_NEAR(there.low, -back.high, 1e-12);
}

/// The definition, pair by pair.
double by_pairs(const std::vector<double>& value, const std::vector<std::uint8_t>& first)
{
    double sum = 0, pairs = 0;
    for (std::size_t i = 0; i < value.size(); ++i)
        for (std::size_t j = 0; j < value.size(); ++j)
            if (first[i] != 0 && first[j] == 0) sum += value[i] > value[j] ? 1 : value[i] == value[j] ? 0.5 : 0, pairs += 1;
    return sum / pairs;
}

// {3, 4, 5} over {1, 2, 3}: 8.5 of 9 pairs. DeLong's parts are 5/6, 1, 1 and 1, 1, 5/6, each of variance 1/108, so that the error is .0785674; U - 4.5 = 4 over the root of 9/12 (7 - 6/30) = 5.1.
TEST(TwoGroups, RanksAreTheShareOfPairs)
{
    const std::vector<double> value = {3, 1, 4, 2, 5, 3, std::nan("")};
    const std::vector<std::uint8_t> first = {1, 0, 1, 0, 1, 0, 1};
    const Ranked r = ranked(value, first);
    EXPECT_NEAR(r.auc.estimate, 8.5 / 9, 1e-12);
    EXPECT_NEAR(r.z, 1.77122977, 1e-8);
    EXPECT_NEAR(r.auc.low, 0.47461140, 1e-6);
    EXPECT_NEAR(r.auc.high, 0.99688395, 1e-6);
    EXPECT_EQ(r.with, 3u);
    EXPECT_EQ(r.without, 3u);
    EXPECT_EQ(r.auc.failed, 1u);
}

TEST(TwoGroups, RanksOfManyAreTheDefinition)
{
    std::vector<double> value;
    std::vector<std::uint8_t> first;
    std::uint64_t x = 12345;
    for (int i = 0; i < 200; ++i) {
        x = x * 6364136223846793005u + 1442695040888963407u;
        value.push_back(static_cast<double>(x >> 33 & 15)), first.push_back(x >> 40 & 1); // many ties
    }
    EXPECT_NEAR(ranked(value, first).auc.estimate, by_pairs(value, first), 1e-12);
    for (std::uint8_t& f : first) f ^= 1;
    EXPECT_NEAR(ranked(value, first).auc.estimate, by_pairs(value, first), 1e-12);
}

TEST(TwoGroups, RanksOfAllEqualOrAllApart)
{
    const std::vector<std::uint8_t> first = {1, 1, 0, 0};
    EXPECT_EQ(ranked(std::vector<double>{2, 2, 2, 2}, first).auc.estimate, 0.5);
    EXPECT_EQ(ranked(std::vector<double>{2, 2, 2, 2}, first).z, 0);
    const Ranked apart = ranked(std::vector<double>{3, 4, 1, 2}, first);
    EXPECT_EQ(apart.auc.estimate, 1);
    EXPECT_EQ(apart.auc.high, 1);
    EXPECT_LT(apart.auc.low, 0.9);
    EXPECT_GT(apart.auc.low, 0.1);
    EXPECT_TRUE(std::isnan(ranked(std::vector<double>{3, 4, 1, 2}, std::vector<std::uint8_t>{1, 1, 1, 1}).auc.estimate));
}

TEST(TwoGroups, ComparisonsShareTheirChance)
{
    EXPECT_NEAR(beyond_chance(0.05), 1.959964, 1e-6);
    EXPECT_NEAR(beyond_chance(0.05, 50), beyond_chance(0.001), 1e-12);
}

} // namespace
} // namespace entente
