// How numbers settle: counts by hand, Jeffreys' formula inverted, and by simulation whether runs that the rule names are enough.
#include "analysis/convergence_of_runs.hpp"
#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace entente {
namespace {

TEST(Looks, AreEachTwiceTheOneBefore)
{
    EXPECT_EQ(looks_at(160), (std::vector<std::uint32_t>{10, 20, 40, 80, 160}));
    EXPECT_EQ(looks_at(5), (std::vector<std::uint32_t>{1, 2, 5}));
    EXPECT_EQ(looks_at(1), (std::vector<std::uint32_t>{1}));
    EXPECT_TRUE(looks_at(0).empty());
}

// Normal quantile 1.959964: over sqrt(1 - 1/2) it is 2.771808, of which 99.44 % lie within; over sqrt(1 - 1/16) 2.024242, 95.71 %.
TEST(ChanceToHold, IsMoreThanOfAnEnsembleOfItsOwn)
{
    EXPECT_NEAR(chance_to_hold(100, 200), 0.994426, 1e-5);
    EXPECT_NEAR(chance_to_hold(100, 1600), 0.957045, 1e-5);
    EXPECT_NEAR(chance_to_hold(1, 1e12), 0.95, 1e-6);
    EXPECT_EQ(chance_to_hold(100, 100), 1);
}

std::uint32_t binomial(std::mt19937_64& random, std::uint32_t n, double share)
{
    std::uint32_t k = 0;
    for (std::uint32_t i = 0; i < n; ++i) k += static_cast<double>(random() >> 11) * 0x1p-53 < share;
    return k;
}

// Later estimates of 4,000 ensembles of 800 lie in the interval of their first half as often as is said (p = .3; alpha 1e-6: z = 4.89, sd .00118); a twin with the chance of an independent one
// of the same size, 2 Phi(1.96 / sqrt(1 + 1/2)) - 1 = .8905, must fail.
TEST(ChanceToHold, IsHowOftenLaterEstimatesLieInEarlierIntervals)
{
    constexpr int repeats = 4000;
    std::mt19937_64 random(5);
    int held = 0;
    for (int i = 0; i < repeats; ++i) {
        const std::uint32_t first = binomial(random, 400, 0.3), both = first + binomial(random, 400, 0.3);
        const Share earlier = share_of(first, 400);
        held += earlier.low <= both / 800.0 && both / 800.0 <= earlier.high;
    }
    const double share = held / double(repeats), expected = chance_to_hold(400, 800);
    EXPECT_NEAR(share, expected, 4.89 * std::sqrt(expected * (1 - expected) / repeats) + 0.002) << "counts are coarse";
    EXPECT_GT(std::abs(share - 0.8905), 4.89 * std::sqrt(0.8905 * 0.1095 / repeats));
}

TEST(RunsForHalfWidth, InvertTheIntervalOfAShare)
{
    for (const double share : {0.0, 0.02, 0.3, 0.5, 0.9, 1.0})
        for (const double half_width : {0.1, 0.01, 0.002}) {
            const std::uint64_t n = runs_for_half_width(share, half_width);
            const auto half = [&](double runs) {
                const Share s = share_of_weighted(share, runs);
                return (s.high - s.low) / 2;
            };
            EXPECT_LE(half(static_cast<double>(n)), half_width) << share;
            EXPECT_TRUE(n == 1 || half(static_cast<double>(n - 1)) > half_width) << share;
        }
    EXPECT_NEAR(static_cast<double>(runs_for_half_width(0.5, 0.005)), 38415, 3) << "1.96^2 / 4 / .005^2, less what the prior is worth";
    EXPECT_NEAR(static_cast<double>(runs_for_half_width(0.5, 1e-6)) / 9.6036e11, 1, 1e-4) << "the normal limit";
    EXPECT_EQ(runs_for_half_width(share_of(3, 10), 0.05), runs_for_half_width(0.5, 0.05)) << "its interval holds 1/2";
    EXPECT_EQ(runs_for_half_width(share_of(30, 1000), 0.01), runs_for_half_width(share_of(30, 1000).high, 0.01));
    for (const auto& [share, half_width] : {std::pair{-0.1, 0.1}, {1.1, 0.1}, {0.5, 0.0}, {0.5, 0.5}, {0.5, NAN}, {double(NAN), 0.1}})
        EXPECT_THROW(runs_for_half_width(share, half_width), std::invalid_argument);
}

// From a pilot of 400 with p = .2 the rule for +- .02 names, at the least favourable share of the pilot's interval, runs that are enough in 97.5 % of pilots or more, whose interval holds p in about
// 95 %. 1,000 pilots; alpha 1e-6: z = 4.89, sd .0049 and .0069. The twin takes half of the runs and is never enough.
TEST(RunsForHalfWidth, AreEnoughAsOftenAsTheyShould)
{
    constexpr int repeats = 1000;
    std::mt19937_64 random(3);
    int enough = 0, covers = 0, twin = 0;
    for (int i = 0; i < repeats; ++i) {
        const Share pilot = share_of(binomial(random, 400, 0.2), 400);
        const auto n = static_cast<std::uint32_t>(runs_for_half_width(pilot, 0.02));
        const Share whole = share_of(pilot.count + binomial(random, n - 400, 0.2), n), half = share_of(pilot.count + binomial(random, n / 2 - 400, 0.2), n / 2);
        enough += (whole.high - whole.low) / 2 <= 0.02, twin += (half.high - half.low) / 2 <= 0.02;
        covers += whole.low <= 0.2 && 0.2 <= whole.high;
    }
    EXPECT_GE(enough / double(repeats), 0.975 - 4.89 * 0.0049);
    EXPECT_NEAR(covers / double(repeats), 0.95, 4.89 * 0.0069);
    EXPECT_LT(twin / double(repeats), 0.5);
}

// Half have not seen it by step 2: .55 before, .48 after. 1.96^2 .55 .45 / .05^2 = 380, 1.96^2 .48 .52 / .02^2 = 2397.
TEST(RunsToPlaceAMedian, PartTheCurveFromOneHalfOnBothSides)
{
    const auto needed = runs_to_place_median({{1, 2, 3}, {0.55, 0.48, 0.1}, {0, 0, 0}});
    ASSERT_TRUE(needed.has_value());
    EXPECT_NEAR(static_cast<double>(*needed), 2397, 5);
    const auto low = [](double runs) { return share_of_weighted(0.48, runs).high; };
    EXPECT_LT(low(static_cast<double>(*needed)), 0.5);
    EXPECT_GE(low(static_cast<double>(*needed - 1)), 0.5);
    EXPECT_FALSE(runs_to_place_median({{1, 2}, {0.9, 0.6}, {0, 0}}).has_value()) << "no median";
    EXPECT_FALSE(runs_to_place_median({{1, 2}, {0.9, 0.5}, {0, 0}}).has_value()) << "no number of runs parts 1/2 from itself";
    EXPECT_LT(*runs_to_place_median({{1}, {0.1}, {0}}), 20u) << "all see it at once";
}

/// Eight runs: run i has class i mod 5 in both quarters and sees event 0 in quarter 45 if it is even; the last failed.
struct EightRuns {
    std::vector<std::uint8_t> outcome = std::vector<std::uint8_t>(std::size_t{47} * 8);
    std::vector<std::int16_t> first_event = std::vector<std::int16_t>(describe().events.size() * 8, -1), failed = std::vector<std::int16_t>(8, -1);
    EightRuns()
    {
        for (std::size_t i = 0; i < outcome.size(); ++i) outcome[i] = static_cast<std::uint8_t>(i % 8 % 5 + 8 * (i % 2));
        for (std::size_t run = 0; run < 8; run += 2) first_event[run] = 45;
        failed[7] = 3;
    }
    Histories histories() const { return {8, outcome, first_event, failed}; }
};

TEST(GrowingCounts, AreThoseOfTheFirstRuns)
{
    const EightRuns eight;
    GrowingCounts counts(8, {44, 46}, 44, 46);
    counts.add(0, eight.histories());
    EXPECT_EQ(counts.looks(), (std::vector<std::uint32_t>{1, 2, 4, 8}));
    EXPECT_EQ(counts.whole(2), 4u);
    EXPECT_EQ(counts.whole(3), 7u) << "one failed";
    const auto of = [](const std::vector<Share>& shares) {
        std::vector<std::uint32_t> all;
        for (const Share& s : shares) all.push_back(s.count);
        return all;
    };
    EXPECT_EQ(of(counts.in_class(0, 0)), (std::vector<std::uint32_t>{1, 1, 1, 2}));
    EXPECT_EQ(of(counts.in_class(1, 1)), (std::vector<std::uint32_t>{0, 1, 1, 2}));
    EXPECT_EQ(of(counts.with_orientation(1, 1)), (std::vector<std::uint32_t>{0, 1, 2, 3}));
    EXPECT_EQ(of(counts.seen(0)), (std::vector<std::uint32_t>{1, 1, 2, 4}));
    EXPECT_EQ(counts.seen(0)[3].runs, 7u);
    EXPECT_EQ(counts.table(0, 3).events[0], (std::vector<std::uint64_t>{0, 4, 0}));
    EXPECT_EQ(counts.table(0, 1).n, 2u);
    GrowingCounts parts(8, {44, 46}, 44, 46), nothing(8, {46}, 44, 40);
    const Histories all = eight.histories();
    std::vector<std::uint8_t> outcome;
    for (std::size_t q = 0; q < 47; ++q) outcome.insert(outcome.end(), {eight.outcome[q * 8 + 6], eight.outcome[q * 8 + 7]});
    std::vector<std::int16_t> first_event;
    for (std::size_t e = 0; e < describe().events.size(); ++e) first_event.insert(first_event.end(), {eight.first_event[e * 8 + 6], eight.first_event[e * 8 + 7]});
    const std::vector<std::int16_t> failed = {-1, 3};
    parts.add(6, {2, outcome, first_event, failed});
    EXPECT_EQ(of(parts.seen(0)), (std::vector<std::uint32_t>{0, 0, 0, 1})) << "in any order";
    nothing.add(0, all);
    EXPECT_EQ(nothing.seen(0)[3].count, 0u) << "history alone has no events";
    EXPECT_THROW(GrowingCounts(8, {50}, 44, 50).add(0, all), std::invalid_argument);
}

TEST(HeldLooks, CountsPairsOfLooks)
{
    HeldLooks all;
    const std::vector<Share> settled = {share_of(10, 100), share_of(22, 200), share_of(40, 400)}, jumps = {share_of(10, 100), share_of(60, 200)};
    add(all, settled);
    EXPECT_EQ(all.pairs, 3u);
    EXPECT_EQ(all.held, 3u);
    EXPECT_NEAR(all.expected, 2 * chance_to_hold(1, 2) + chance_to_hold(1, 4), 1e-12);
    add(all, jumps);
    EXPECT_EQ(all.pairs, 4u);
    EXPECT_EQ(all.held, 3u);
    add(all, std::vector<Share>{share_of(0, 0), share_of(3, 10)});
    EXPECT_EQ(all.pairs, 4u) << "of no run there is no estimate";
}

} // namespace
} // namespace entente
