// Intervals against closed forms, tables and numbers worked by hand; the schedule; verdicts.
#include "analysis/precision.hpp"
#include "analysis/answer.hpp"
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <numbers>
#include <numeric>

namespace entente {
namespace {

using Kind = Statistic::Kind;
constexpr double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
constexpr Statistic mean{Kind::mean}, probability{Kind::probability}, median{Kind::quantile, 0.5};
using Values = std::vector<double>;

/// n, n - 1 ... 1: an order statistic is its rank.
Values ranks(std::size_t n)
{
    Values v(n);
    std::iota(v.rbegin(), v.rend(), 1.0);
    return v;
}
Values zeros_and_ones(std::size_t zeros, std::size_t ones)
{
    Values v(zeros, 0.0);
    v.insert(v.end(), ones, 1.0);
    return v;
}
Interval interval(const Statistic& statistic, const Values& values, double confidence = 0.95, Runs runs = Runs::fixed)
{
    return entente::interval(statistic, in_memory(values), confidence, runs);
}
void expect_interval(const Interval& i, double low, double estimate, double high, double error)
{
    EXPECT_NEAR(i.low, low, error);
    EXPECT_NEAR(i.estimate, estimate, error);
    EXPECT_NEAR(i.high, high, error);
}

TEST(Interval, OfAMeanIsStudents)
{
    const double t4 = 2.7764451, t1 = 12.7062047, t4_at_99 = 4.6040949, standard_error = std::sqrt(0.5); // of 1 ... 5: variance 5/2
    expect_interval(interval(mean, ranks(5)), 3 - t4 * standard_error, 3, 3 + t4 * standard_error, 1e-6);
    expect_interval(interval(mean, ranks(5), 0.99), 3 - t4_at_99 * standard_error, 3, 3 + t4_at_99 * standard_error, 1e-6);
    expect_interval(interval(mean, Values{0, 2}), 1 - t1, 1, 1 + t1, 1e-6);
    EXPECT_NEAR(interval(mean, ranks(5)).half_width(), t4 * standard_error, 1e-6);
}

TEST(Interval, OfAMeanIsWiderForASkewedSampleThatStopped)
{
    const double t3 = 3.1824463; // 0, 0, 0, 4: standard error 1, skewness squared (24/4)^2 / (12/4)^3 = 4/3
    expect_interval(interval(mean, Values{0, 0, 0, 4}), 1 - t3, 1, 1 + t3, 1e-6);
    expect_interval(interval(mean, Values{0, 0, 0, 4}, 0.95, Runs::stopped), 1 - t3 * 7 / 3, 1, 1 + t3 * 7 / 3, 1e-6);
    EXPECT_EQ(interval(mean, ranks(5), 0.95, Runs::stopped).half_width(), interval(mean, ranks(5)).half_width()); // not skewed
    expect_interval(interval(mean, Values{2, 2, 2}, 0.95, Runs::stopped), 2, 2, 2, 0);
}

TEST(Interval, OfAProbabilityIsJeffreys)
{
    // Beta(1/2, 3/2) and Beta(3/2, 3/2) in closed form
    const auto below = [](double x) { return 2 / std::numbers::pi * (std::asin(std::sqrt(x)) + std::sqrt(x * (1 - x))); };
    const Interval none = interval(probability, zeros_and_ones(1, 0)), half = interval(probability, zeros_and_ones(1, 1));
    EXPECT_EQ(none.low, 0);
    EXPECT_NEAR(below(none.high), 0.975, 1e-9);
    const auto below_half = [](double x) { return 2 / std::numbers::pi * (std::asin(std::sqrt(x)) - (1 - 2 * x) * std::sqrt(x * (1 - x))); };
    EXPECT_NEAR(below_half(half.low), 0.025, 1e-9);
    EXPECT_NEAR(below_half(half.high), 0.975, 1e-9);
    for (const std::uint32_t ones : {0u, 3u, 20u, 57u, 60u}) {
        const Share share = share_of(ones, 60);
        expect_interval(interval(probability, zeros_and_ones(60 - ones, ones)), share.low, share.share, share.high, 1e-12);
    }
}

TEST(Interval, OfAProbabilityIsUniformInItsPriorForRunsThatStopped)
{
    const auto stopped = [](std::size_t zeros, std::size_t ones) { return interval(probability, zeros_and_ones(zeros, ones), 0.95, Runs::stopped); };
    expect_interval(stopped(19, 0), 0, 0, 1 - std::pow(0.025, 0.05), 1e-12); // Beta(1, 20)
    expect_interval(stopped(0, 19), std::pow(0.025, 0.05), 1, 1, 1e-12);
    const auto below = [](double x) { return x * x * (3 - 2 * x); }; // Beta(2, 2)
    EXPECT_NEAR(below(stopped(1, 1).low), 0.025, 1e-12);
    EXPECT_NEAR(below(stopped(1, 1).high), 0.975, 1e-12);
}

TEST(Interval, OfAQuantileIsBetweenOrderStatistics)
{
    // P(Bin(10, 1/2) <= 1) = 11/1024: the second and the ninth, exactly
    expect_interval(interval(median, ranks(10), 1 - 22.0 / 1024), 2, 5.5, 9, 1e-9);
    // Hutson (1999), floods of the Feather and the Blackstone River: ranks .3750191 and .6249809 of 60, .3441421 and .6558579 of 38, found to 1e-4
    expect_interval(interval(median, ranks(59)), 60 * 0.3750191, 30, 60 * 0.6249809, 6e-3);
    expect_interval(interval(median, ranks(37)), 38 * 0.3441421, 19, 38 * 0.6558579, 4e-3);
    // P(Bin(30, 0.9) <= 23) and P(Bin(30, 0.9) >= 29) from the definition
    const double three_less = 0.02582679, two_left = std::pow(0.9, 30) + 30 * std::pow(0.9, 29) * 0.1;
    EXPECT_NEAR(interval({Kind::quantile, 0.9}, ranks(30), 1 - 2 * three_less).low, 24, 1e-4);
    EXPECT_NEAR(interval({Kind::quantile, 0.9}, ranks(30), 1 - 2 * two_left).high, 29, 1e-9);
    EXPECT_NEAR(interval({Kind::quantile, 0.9}, ranks(30)).estimate, 27.9, 1e-9);
}

TEST(Interval, OfAQuantileReachesAsFarAsTheValuesSay)
{
    EXPECT_EQ(interval(median, ranks(5)).low, -infinity); // 2^-5 is above 0.025
    EXPECT_EQ(interval(median, ranks(5)).high, infinity);
    EXPECT_EQ(interval(median, ranks(5)).estimate, 3);
    EXPECT_GE(interval(median, ranks(6)).low, 1);
    EXPECT_LE(interval(median, ranks(6)).high, 6);
    EXPECT_EQ(interval({Kind::quantile, 0.99}, ranks(100)).high, infinity);
    EXPECT_GT(interval({Kind::quantile, 0.99}, ranks(100)).low, 90);
    EXPECT_EQ(interval({Kind::quantile, 0.999}, ranks(100)).estimate, 100);
}

TEST(Interval, OfAQuantileIsHalfARankWiderForRunsThatStopped)
{
    const Interval fixed = interval(median, ranks(59)), stopped = interval(median, ranks(59), 0.95, Runs::stopped);
    expect_interval(stopped, fixed.low - 0.5, 30, fixed.high + 0.5, 1e-9);
}

TEST(Interval, LeavesFailedRunsOut)
{
    for (const Statistic& s : {mean, probability, median}) {
        const Interval whole = interval(s, Values{0, 1, 1, 0, 1, 0, 1}), holed = interval(s, Values{0, nan, 1, 1, 0, nan, 1, 0, 1, nan});
        expect_interval(holed, whole.low, whole.estimate, whole.high, 0);
        EXPECT_EQ(holed.used, 7u);
        EXPECT_EQ(holed.failed, 3u);
        EXPECT_EQ(whole.failed, 0u);
        for (const Interval& none : {interval(s, Values{nan, nan}), interval(s, Values{})}) {
            EXPECT_TRUE(std::isnan(none.estimate));
            EXPECT_EQ(none.low, s.kind == Kind::probability ? 0 : -infinity);
            EXPECT_EQ(none.high, s.kind == Kind::probability ? 1 : infinity);
        }
    }
    EXPECT_EQ(interval(mean, Values{nan, 3}).estimate, 3);
    EXPECT_EQ(interval(mean, Values{nan, 3}).high, infinity);
}

TEST(Interval, RefusesWhatHasNoMeaning)
{
    EXPECT_THROW(interval(mean, ranks(5), 1), std::invalid_argument);
    EXPECT_THROW(interval(mean, ranks(5), 0), std::invalid_argument);
    EXPECT_THROW(interval({Kind::quantile, 1}, ranks(5)), std::invalid_argument);
    EXPECT_THROW(interval({Kind::quantile, nan}, ranks(5)), std::invalid_argument);
    EXPECT_THROW(interval(probability, Values{0, 0.5}), std::invalid_argument);
}

TEST(NextCheck, IsAFixedSchedule)
{
    const StoppingRule rule{.wanted = {}, .least = 1, .most = 100'000};
    std::vector<std::uint64_t> blocks;
    for (std::uint64_t n = 0; n < 16384; blocks.push_back(n / 256)) n = next_check(rule, n);
    EXPECT_EQ(blocks, (std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 26, 28, 30, 32, 36, 40, 44, 48, 52, 56, 60, 64}));
    for (std::uint64_t runs = 0; runs < 16384; runs += 37) EXPECT_EQ(next_check(rule, runs), 256 * *std::upper_bound(blocks.begin(), blocks.end(), runs / 256)) << runs;
}

TEST(NextCheck, KeepsToTheLeastAndTheMost)
{
    const StoppingRule rule{.wanted = {}, .least = 1000, .most = 5000};
    EXPECT_EQ(next_check(rule, 0), 1024u);
    EXPECT_EQ(next_check(rule, 1024), 1280u);
    EXPECT_EQ(next_check(rule, 4608), 5000u);
    EXPECT_EQ(next_check(rule, 5000), 5000u);
    EXPECT_EQ(next_check({.wanted = {}, .least = 10, .most = 100}, 0), 100u);
}

/// `runs` values of mean 0, without skewness; sample variance runs / (runs - 1).
Values plus_and_minus(std::size_t runs)
{
    Values v(runs);
    for (std::size_t i = 0; i < runs; ++i) v[i] = i % 2 == 0 ? 1 : -1;
    return v;
}
constexpr double half_of_256 = 1.9693106 / 15.968719; // t of 255 degrees of freedom over the root of 255
Verdict verdict(const Precision& wanted, const Values& values, std::uint64_t most = 1'000'000)
{
    return check({.wanted = {wanted}, .least = 256, .most = most}, std::vector{in_memory(values)});
}

TEST(Check, StopsWhenTheIntervalIsNarrow)
{
    const Verdict yes = verdict({mean, half_of_256 * 1.00001}, plus_and_minus(256)), no = verdict({mean, half_of_256 * 0.99999}, plus_and_minus(256));
    EXPECT_TRUE(yes.enough && !yes.at_most);
    EXPECT_EQ(yes.predicted_runs, 0u);
    EXPECT_FALSE(no.enough || no.at_most);
    EXPECT_EQ(no.predicted_runs, 256u);
    expect_interval(no.intervals.at(0), -half_of_256, 0, half_of_256, 1e-7);
}

TEST(Check, UsesTheCorrectedIntervals)
{
    const Values rare = zeros_and_ones(250, 6);
    for (const Statistic& s : {mean, probability, median}) {
        const Interval expected = interval(s, rare, 0.95, Runs::stopped), i = verdict({s, 1}, rare).intervals.at(0);
        expect_interval(i, expected.low, expected.estimate, expected.high, 0);
    }
}

// 256 equal values, or pairs that do not differ, leave up to 4 / 256 for those that do.
TEST(Check, WantsMoreRunsWhereNothingDiffersYet)
{
    EXPECT_FALSE(verdict({mean, 0.01}, Values(256, 0.0)).enough);
    EXPECT_EQ(verdict({mean, 0.01}, Values(256, 0.0)).predicted_runs, 256u);
    EXPECT_TRUE(verdict({mean, 0.01}, Values(512, 0.0)).enough);
    EXPECT_TRUE(verdict({mean, 0.02}, Values(256, 0.0)).enough);
}

TEST(Check, PredictsRunsByTheRootLaw)
{
    EXPECT_EQ(verdict({mean, half_of_256 / 1.999}, plus_and_minus(256)).predicted_runs, 1024u - 256);
    EXPECT_EQ(verdict({mean, half_of_256 / 2.0003}, plus_and_minus(256)).predicted_runs, 1280u - 256);
    EXPECT_EQ(verdict({mean, half_of_256 / 2.001}, plus_and_minus(256), 1100).predicted_runs, 1100u - 256);
    EXPECT_EQ(verdict({mean, half_of_256 / 1e15}, plus_and_minus(256), 5000).predicted_runs, 5000u - 256);
    EXPECT_EQ(verdict({mean, 1}, Values(256, nan)).predicted_runs, 256u); // nothing known
}

TEST(Check, StopsAtTheMost)
{
    const Verdict v = verdict({mean, half_of_256 / 2}, plus_and_minus(256), 256);
    EXPECT_TRUE(v.at_most && !v.enough);
    EXPECT_EQ(v.predicted_runs, 0u);
    EXPECT_TRUE(verdict({mean, half_of_256 * 2}, plus_and_minus(256), 256).enough);
}

TEST(Check, WantsEnoughRunsForAQuantile)
{
    const Precision upper{{Kind::quantile, 0.9}, 1}; // 50 / 0.09 = 556 runs
    EXPECT_TRUE(verdict({median, 1}, Values(256, 7.0)).enough);
    EXPECT_FALSE(verdict(upper, Values(512, 7.0)).enough);
    EXPECT_EQ(verdict(upper, Values(512, 7.0)).predicted_runs, 256u);
    EXPECT_TRUE(verdict(upper, Values(768, 7.0)).enough);
    Values half_failed(1024, 7.0);
    std::fill_n(half_failed.begin(), 512, nan);
    EXPECT_FALSE(verdict(upper, half_failed).enough);
    EXPECT_EQ(verdict(upper, half_failed).predicted_runs, 256u); // 1,112
}

TEST(Check, WantsEnoughRunsForARareEvent)
{
    const Precision rare{probability, 0.0151}; // none in 256 runs: at most 0.0143, but 4 / 0.0151 = 265 runs
    EXPECT_LT(verdict(rare, Values(256, 0.0)).intervals.at(0).half_width(), 0.0075);
    EXPECT_FALSE(verdict(rare, Values(256, 0.0)).enough);
    EXPECT_EQ(verdict(rare, Values(256, 0.0)).predicted_runs, 256u);
    EXPECT_TRUE(verdict(rare, Values(512, 0.0)).enough);
    EXPECT_TRUE(verdict({probability, 0.0157}, Values(256, 0.0)).enough);
}

TEST(Check, WantsAllThatIsWanted)
{
    const StoppingRule both{.wanted = {{mean, half_of_256 * 2}, {median, 2.5}}}, one_wide{.wanted = {{mean, half_of_256 * 2}, {mean, half_of_256 / 1.999}}};
    const Values v = plus_and_minus(256);
    const std::vector values{in_memory(v), in_memory(v)};
    EXPECT_TRUE(check(both, values).enough);
    EXPECT_EQ(check(both, values).intervals.size(), 2u);
    EXPECT_FALSE(check(one_wide, values).enough);
    EXPECT_EQ(check(one_wide, values).predicted_runs, 768u);
}

TEST(Check, RefusesARuleThatCannotBeMet)
{
    const Values few = plus_and_minus(256), more = plus_and_minus(512);
    const std::vector one{in_memory(few)}, both{in_memory(few), in_memory(more)};
    EXPECT_THROW(check({.wanted = {}}, {}), std::invalid_argument);
    EXPECT_THROW(check({.wanted = {{mean, 0}}}, one), std::invalid_argument);
    EXPECT_THROW(check({.wanted = {{mean, nan}}}, one), std::invalid_argument);
    EXPECT_THROW(check({.wanted = {{mean, 1}}, .least = 512, .most = 256}, one), std::invalid_argument);
    EXPECT_THROW(check({.wanted = {{mean, 1}, {mean, 1}}}, one), std::invalid_argument);
    EXPECT_THROW(check({.wanted = {{mean, 1}, {mean, 1}}}, both), std::invalid_argument);
}

} // namespace
} // namespace entente
