// Estimates over runs, and policies compared on common random numbers: by hand.
#include "analysis/estimate.hpp"
#include "analysis/answer.hpp"
#include "analysis/hashed.hpp"
#include <cmath>
#include <gtest/gtest.h>

namespace entente {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
const Quantity mean = parse_quantity("mean trust at 2030"), share = parse_quantity("rupture by 2030"), median = parse_quantity("median trust at 2030");

Running running(std::initializer_list<double> values)
{
    Running r;
    for (const double v : values) r.add(v);
    return r;
}

TEST(Estimates, AreThoseOfAllValuesAtOnce)
{
    const Running five = running({0.2, 0.5, 0.4, 0.9, 0.1});
    EXPECT_NEAR(interval_of(five, mean).estimate, 0.42, 1e-15);
    // sd sqrt(0.388 / 4) = 0.31145, t_4 = 2.776445
    EXPECT_NEAR(interval_of(five, mean).high, 0.42 + 2.776445 * 0.311448 / std::sqrt(5.0), 1e-6);
    EXPECT_EQ(interval_of(running({1, 0, 0, 1}), share).low, share_of(2, 4).low);
    EXPECT_TRUE(std::isnan(interval_of(Running(), mean).estimate));
    EXPECT_TRUE(std::isinf(interval_of(running({0.3}), mean).high));
}

/// Of values in memory, handed over `some` replicates at a time.
SweepValues sweep_values(const std::vector<double>& values, std::size_t policies, std::size_t replicates, std::size_t points, std::size_t some = 1'000'000)
{
    return {policies, points, [=](const auto& take) {
                const std::size_t rows = replicates * points;
                for (std::size_t first = 0; first < rows; first += some * points) {
                    std::vector<double> part;
                    for (std::size_t k = 0; k < policies; ++k)
                        for (std::size_t row = first; row < std::min(rows, first + some * points); ++row) part.push_back(values[k * rows + row]);
                    take(part);
                }
            }};
}

TEST(Policies, ArePairedByReplicate)
{
    // two policies, three replicates, two points; means over points: 1, 2, 6 and 2, 4, 9; differences 1, 2, 3
    const std::vector<double> values = {0, 2, 1, 3, 5, 7, 1, 3, 4, 4, 8, 10};
    PolicyComparison c(mean, 2, 2);
    c.add(values);
    const auto all = c.estimates();
    EXPECT_NEAR(all[0].value.estimate, 3, 1e-15);
    EXPECT_NEAR(all[1].difference.estimate, 2, 1e-15);
    EXPECT_NEAR(all[1].difference.high, 2 + 4.302653 / std::sqrt(3.0), 1e-6); // t_2 = 4.302653, sd 1
    // standard errors: sqrt(7 / 3), sqrt(13 / 3) and sqrt(1 / 3)
    EXPECT_NEAR(all[1].error_ratio, std::sqrt(1.0 / 3) / std::sqrt(7.0 / 3 + 13.0 / 3), 1e-12);
    // sums of squares of the second: 52 between replicates, 8 / 3 between points, 56 in all; all points of the first move together
    EXPECT_NEAR(all[0].shared_luck, 1, 1e-12);
    EXPECT_NEAR(all[1].shared_luck, 1 - (56 - 52 - 8.0 / 3) / 52, 1e-12);
    PolicyComparison to_second(mean, 2, 2, 1);
    to_second.add(values);
    EXPECT_EQ(to_second.estimates()[0].difference.estimate, -all[1].difference.estimate);
    EXPECT_EQ(to_second.estimates()[0].difference.low, -all[1].difference.high);
    EXPECT_TRUE(std::isnan(to_second.estimates()[1].difference.estimate));
    PolicyComparison in_two(mean, 2, 2); // the first two replicates, then the third
    in_two.add(std::vector<double>{0, 2, 1, 3, 1, 3, 4, 4});
    in_two.add(std::vector<double>{5, 7, 8, 10});
    EXPECT_EQ(in_two.estimates()[1].difference.high, all[1].difference.high);
}

// Replicates 0 1 5 and 2 4 6 at three points: squares of 28 in all, 21 between points and 6 between replicates, so that 1 is left for two degrees of freedom.
TEST(Policies, LuckThatPointsShareIsTheVarianceOfReplicatesBeyondWhatIsLeft)
{
    const auto all = policy_estimates(mean, sweep_values({0, 1, 5, 2, 4, 6}, 1, 2, 3));
    EXPECT_NEAR(all[0].shared_luck, 1 - 1.0 / 2 / 6, 1e-12);
}

TEST(Points, AreHeldAgainstTheFirstByReplicate)
{
    const std::vector<double> values = {0, 2, 1, 4, 5, none, 1, 1, 4, 4, 8, 8};
    const auto apart = point_differences(mean, sweep_values(values, 2, 3, 2, 2));
    ASSERT_EQ(apart.size(), 4u);
    EXPECT_EQ(apart[0].estimate, 0);
    EXPECT_EQ(apart[1].estimate, 2.5) << "2 and 3, and a run that failed";
    EXPECT_EQ(apart[1].used, 2u);
    EXPECT_NEAR(apart[1].high, 2.5 + 12.7062 * 0.5, 1e-4) << "t_1 = 12.7062, standard error 1 / 2";
    EXPECT_EQ(apart[3].estimate, 0);
    EXPECT_TRUE(std::isinf(apart[3].high)) << "always the same";
    EXPECT_TRUE(std::isnan(point_differences(median, sweep_values(values, 2, 3, 2))[1].estimate));
}

// That all are equal so far does not say that none differs.
TEST(Policies, WithoutSpreadNoErrorIsKnown)
{
    const Interval same = running({0.3, 0.3, 0.3}).interval();
    EXPECT_EQ(same.estimate, 0.3);
    EXPECT_TRUE(std::isinf(same.low) && std::isinf(same.high));
    PolicyComparison c(share, 2, 1);
    c.add(std::vector<double>{0, 1, 0, 1});
    const Interval difference = c.estimates()[1].difference;
    EXPECT_EQ(difference.estimate, 0);
    EXPECT_TRUE(std::isinf(difference.high));
}

TEST(Policies, ARunThatFailsUnderOneIsLeftOutUnderAll)
{
    const std::vector<double> values = {1, 2, 3, 4, none, 3, 5, 6};
    PolicyComparison c(mean, 2, 1);
    c.add(values);
    const auto all = c.estimates();
    EXPECT_NEAR(all[0].value.estimate, 3, 1e-15); // 2, 3, 4
    EXPECT_EQ(all[0].value.used, 3u);
    EXPECT_NEAR(all[1].difference.estimate, 5.0 / 3, 1e-15);
}

TEST(Policies, WhatIsNeverSeenHasAnIntervalAllTheSame)
{
    const std::vector<double> values(20, 0.0);
    PolicyComparison c(share, 1, 2);
    c.add(values);
    EXPECT_EQ(c.estimates()[0].value.high, share_of(0, 10).high);
    PolicyComparison single(share, 1, 1);
    single.add(values);
    EXPECT_EQ(single.estimates()[0].value.high, share_of(0, 20).high);
}

TEST(Policies, OfAShareIndependentRunsAreCountedAndPointsThatShareLuckAreNot)
{
    const std::vector<double> always(20, 1.0), half = {1, 0, 1, 0, 1, 1, 0, 0, 1, 0};
    PolicyComparison all(share, 1, 2), some(share, 1, 1), paired(share, 1, 2);
    all.add(always), some.add(half), paired.add(half);
    EXPECT_EQ(all.estimates()[0].value.low, share_of(10, 10).low) << "always: no spread to go by";
    EXPECT_EQ(some.estimates()[0].value.low, share_of(5, 10).low);
    // five replicates of two points: .5 .5 1 0 .5, sd sqrt(.125), t_4 = 2.776445
    EXPECT_NEAR(paired.estimates()[0].value.low, 0.5 - 2.776445 * std::sqrt(0.125 / 5), 1e-6);
}

// 20 replicates at 8 points that share their luck, 2,000 times over: alpha 1e-4 for each bound, sd of the coverage .0049.
TEST(Policies, AQuantilesIntervalKnowsThatPointsShareTheirLuck)
{
    int covered = 0, pooled = 0;
    constexpr int repeats = 2000, replicates = 20, points = 8;
    for (int repeat = 0; repeat < repeats; ++repeat) {
        std::vector<double> values;
        for (int r = 0; r < replicates; ++r) {
            const double luck = hashed_bell(1, static_cast<std::uint64_t>(repeat * replicates + r));
            for (int p = 0; p < points; ++p) values.push_back(luck + 0.3 * hashed_bell(2, static_cast<std::uint64_t>((repeat * replicates + r) * points + p)));
        }
        const Interval i = policy_estimates(median, sweep_values(values, 1, replicates, points))[0].value, naive = interval({Statistic::Kind::quantile, 0.5}, in_memory(values));
        if (repeat == 0) { EXPECT_EQ(policy_estimates(median, sweep_values(values, 1, replicates, points, 3))[0].value.low, i.low) << "in seven parts"; }
        covered += i.low <= 0 && 0 <= i.high;
        pooled += naive.low <= 0 && 0 <= naive.high;
        if (repeat == 0) { EXPECT_EQ(i.estimate, naive.estimate); }
    }
    EXPECT_GT(covered, repeats * (0.95 - 3.9 * 0.0049));
    EXPECT_LT(covered, repeats * 0.985) << "wider than need be";
    EXPECT_LT(pooled, repeats * 0.7) << "the twin: as if all runs were independent";
}

// Far out few runs lie below a quantile, and often in one replicate. Each end misses the truth as seldom as it should; sd of the share .0035, alpha 1e-4.
TEST(Policies, AQuantileFarOutIsCoveredOnEitherSide)
{
    const Quantity far = parse_quantity("1% of trust at 2030");
    constexpr int repeats = 2000, replicates = 20, points = 25;
    constexpr double truth = -2.314; // of the sum of bells below, by Cornish and Fisher's expansion: z + (z^3 - 3 z) kurtosis / 24
    int below = 0, above = 0, pooled = 0;
    for (int repeat = 0; repeat < repeats; ++repeat) {
        std::vector<double> values;
        for (int r = 0; r < replicates; ++r) {
            const double luck = hashed_bell(3, static_cast<std::uint64_t>(repeat * replicates + r));
            for (int p = 0; p < points; ++p)
                values.push_back(std::sqrt(0.6) * luck + std::sqrt(0.4) * hashed_bell(4, static_cast<std::uint64_t>((repeat * replicates + r) * points + p)));
        }
        const Interval i = policy_estimates(far, sweep_values(values, 1, replicates, points))[0].value, naive = interval({Statistic::Kind::quantile, 0.01}, in_memory(values));
        below += truth<i.low, above += truth> i.high, pooled += truth > naive.high;
    }
    EXPECT_LT(below, repeats * (0.025 + 3.7 * 0.0035));
    EXPECT_LT(above, repeats * (0.025 + 3.7 * 0.0035));
    EXPECT_GT(pooled, repeats * 0.1) << "the twin: as if all runs were independent";
}

// 40 replicates whose points are all alike: 1 in 24 of them, 2 in 16. In 24 all runs lie at or below the median of 1, so that its share has a standard error of
// sqrt(.6 .4 / 39) = .0784, and with t_39 = 2.0227 the interval reaches up to the share .5 + .1586: beyond .6, where the 2 begin. Of 1,000 independent runs it would not.
TEST(Policies, ARunThatEqualsAQuantileLiesNotAboveIt)
{
    constexpr std::size_t replicates = 40, points = 25;
    std::vector<double> values(24 * points, 1.0);
    values.resize(replicates * points, 2.0);
    const Interval i = policy_estimates(median, sweep_values(values, 1, replicates, points))[0].value, naive = interval({Statistic::Kind::quantile, 0.5}, in_memory(values));
    EXPECT_EQ(i.estimate, 1);
    EXPECT_EQ(i.low, 1);
    EXPECT_EQ(i.high, 2);
    EXPECT_EQ(naive.high, 1);
}

TEST(Policies, OfAQuantileARunThatFailsUnderOneIsLeftOutUnderAll)
{
    const SweepValues values = sweep_values({1, 2, 3, 4, none, 3, 5, 6}, 2, 4, 1);
    const auto all = policy_estimates(median, values);
    EXPECT_EQ(all[0].value.estimate, 3); // 2, 3, 4
    EXPECT_EQ(all[0].value.used, 3u);
    EXPECT_EQ(all[1].value.estimate, 5); // 3, 5, 6
    EXPECT_TRUE(std::isnan(all[1].difference.estimate));
    EXPECT_TRUE(std::isnan(policy_estimates(median, sweep_values({none, 1}, 2, 1, 1))[0].value.low)) << "no whole pair";
}

// What one policy makes of a quantile is no other's business: its interval is that of its values alone.
TEST(Policies, OfAQuantileEachHasItsOwnInterval)
{
    constexpr std::size_t replicates = 30, points = 4, n = replicates * points;
    std::vector<double> both, second;
    for (std::size_t i = 0; i < n; ++i) both.push_back(hashed_uniform(5, i));
    for (std::size_t i = 0; i < n; ++i) second.push_back(10 + hashed_bell(6, i / points) + 0.2 * hashed_bell(7, i));
    both.insert(both.end(), second.begin(), second.end());
    const Interval found = policy_estimates(median, sweep_values(both, 2, replicates, points))[1].value,
                   alone = policy_estimates(median, sweep_values(second, 1, replicates, points))[0].value;
    EXPECT_EQ(found.estimate, alone.estimate);
    EXPECT_EQ(found.low, alone.low);
    EXPECT_EQ(found.high, alone.high);
    EXPECT_TRUE(std::isfinite(alone.high - alone.low));
}

// Turned upside down, values have the interval upside down.
// The numbers 1 to 300 in three replicates, of which 49, 50 and 51 in a hundred lie below the median. Their standard error .01 / sqrt 3 would take 7,500 independent
// runs, so that all 300 are known; times (t_299 / t_2)^2 = (1.9679 / 4.3027)^2 they are as good as 62.76. Clopper and Pearson: from .37104 to .62896 of 301 ranks.
TEST(Policies, OfFewReplicatesAQuantileIsKnownAsOfFewerRuns)
{
    std::vector<double> values;
    double below = 1, above = 151;
    for (int replicate = 0; replicate < 3; ++replicate)
        for (int i = 0; i < 100; ++i) values.push_back(i < 49 + replicate ? below++ : above++);
    const Interval i = policy_estimates(median, sweep_values(values, 1, 3, 100))[0].value;
    EXPECT_EQ(i.estimate, 150.5);
    EXPECT_EQ(i.low, 111);
    EXPECT_EQ(i.high, 190);
}

TEST(Policies, AQuantilesIntervalIsTheSameFromBelowAndFromAbove)
{
    constexpr std::size_t replicates = 30, points = 4, n = replicates * points;
    const Quantity tenth = parse_quantity("10% of trust at 2030"), ninth = parse_quantity("90% of trust at 2030");
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        std::vector<double> values, turned;
        for (std::size_t i = 0; i < n; ++i) values.push_back(hashed_bell(seed, i / points) + 0.5 * hashed_bell(seed + 100, i)), turned.push_back(-values.back());
        for (const auto& [up, down] : {std::pair{&median, &median}, {&tenth, &ninth}, {&ninth, &tenth}}) {
            const Interval a = policy_estimates(*up, sweep_values(values, 1, replicates, points))[0].value,
                           b = policy_estimates(*down, sweep_values(turned, 1, replicates, points))[0].value;
            EXPECT_EQ(a.low, -b.high) << up->text << ", seed " << seed;
            EXPECT_EQ(a.high, -b.low) << up->text << ", seed " << seed;
        }
    }
}

TEST(Estimates, KnowWhatIsAShareOfRuns)
{
    const auto kinds = [](const char* text) { return std::pair(is_share(parse_quantity(text)), is_part(parse_quantity(text))); };
    EXPECT_EQ(kinds("rupture by 2030Q1"), std::pair(true, true));
    EXPECT_EQ(kinds("share_vassal at 2030Q1"), std::pair(true, true));
    EXPECT_EQ(kinds("share_vassal from 2030Q1 to 2030Q2"), std::pair(false, true)) << "of a run it may be a half";
    EXPECT_EQ(kinds("change share_vassal from 2030Q1 to 2031Q1"), std::pair(false, false));
    EXPECT_EQ(kinds("first rupture by 2030Q1"), std::pair(false, false));
    EXPECT_EQ(kinds("median trust at 2030Q1"), std::pair(false, false));
}

// All points share its luck.
TEST(Policies, OfOneReplicateNoErrorIsKnown)
{
    const auto of_mean = policy_estimates(mean, sweep_values({1, 2, 3, 2, 3, 4}, 2, 1, 3)), of_median = policy_estimates(median, sweep_values({1, 2, 3, 2, 3, 4}, 2, 1, 3));
    for (const auto& all : {of_mean, of_median}) {
        EXPECT_EQ(all[1].value.estimate, 3);
        EXPECT_EQ(all[1].replicates, 1u);
        EXPECT_TRUE(std::isinf(all[1].value.low) && std::isinf(all[1].value.high));
    }
    EXPECT_EQ(of_mean[1].difference.estimate, 1);
    EXPECT_TRUE(std::isinf(of_mean[1].difference.low));
}

// The third of three replicates has only its first point: it would draw the mean to that point.
TEST(Policies, AReplicateThatIsNotFinishedIsLeftOut)
{
    constexpr double later = std::numeric_limits<double>::infinity();
    for (const Quantity& q : {mean, median}) {
        const auto all = policy_estimates(q, sweep_values({0, 2, 0, 2, 0, later}, 1, 3, 2));
        EXPECT_EQ(all[0].value.estimate, 1) << q.text;
        EXPECT_EQ(all[0].replicates, 2u);
    }
    EXPECT_TRUE(std::isnan(policy_estimates(mean, sweep_values({1, later}, 1, 1, 2))[0].value.estimate));
}

// Two replicates that agree by chance know no more than independent runs would.
TEST(Policies, AQuantileIsNotKnownBetterThanByIndependentRuns)
{
    std::vector<double> values;
    for (int i = 0; i < 200; ++i) values.push_back(i % 100);
    const Interval i = policy_estimates(median, sweep_values(values, 1, 2, 100))[0].value, independent = interval({Statistic::Kind::quantile, 0.5}, in_memory(values));
    EXPECT_LE(i.low, independent.low);
    EXPECT_GE(i.high, independent.high);
}

} // namespace
} // namespace entente
