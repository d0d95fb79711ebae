// Measures worked by hand, ties, failed runs, and what resampling must and must not move.
#include "analysis/robustness.hpp"
#include "analysis/hashed.hpp"
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <stdexcept>

using namespace entente;

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Three policies at four points, two replicates each. Means: A 1 4 6 9, B 4 4 4 4, C 10 2 0 8; the best at each point: 10 4 6 9.
const Performance by_hand{3, 4, 2, {0, 2, 3, 5, 6, 6, 8, 10, /* B */ 4, 4, 3, 5, 4, 4, 4, 4, /* C */ 10, 10, 2, 2, -1, 1, 8, 8}};
const RobustnessOptions hand_options{.threshold = Threshold{4, Side::at_least}, .percentile = 0.75, .optimism = 0.25, .spread_weight = 2, .resamples = 50};

Performance negated(Performance p)
{
    for (double& x : p.value) x = -x;
    return p;
}
Performance one_replicate(std::vector<std::vector<double>> policies)
{
    Performance p{policies.size(), policies[0].size(), 1, {}};
    for (const auto& row : policies) p.value.insert(p.value.end(), row.begin(), row.end());
    return p;
}
const Measure& measure(const Robustness& r, std::string_view name)
{
    if (r.find(name) == nullptr) throw std::runtime_error("no measure " + std::string(name));
    return *r.find(name);
}
void expect_values(const Robustness& r, std::string_view name, std::vector<double> value, std::vector<std::uint32_t> rank)
{
    const Measure& m = measure(r, name);
    ASSERT_EQ(m.value.size(), value.size());
    for (std::size_t x = 0; x < value.size(); ++x) EXPECT_NEAR(m.value[x], value[x], 1e-14) << name << " of policy " << x;
    EXPECT_EQ(m.rank, rank) << name;
}

TEST(Robustness, AgreesWithATableWorkedByHand)
{
    const Robustness r = robustness(by_hand, hand_options);
    EXPECT_EQ(r.points, 4u);
    EXPECT_EQ(r.left_out, 0u);
    EXPECT_EQ(r.resamples, 50u);
    EXPECT_EQ(r.measures.size(), 15u);
    // Regret: A 9 0 0 0, B 6 0 2 5, C 0 2 6 1; the 75th percentile of four is the third and a quarter of the way to the fourth.
    expect_values(r, "greatest_regret", {9, 6, 6}, {3, 1, 1});
    expect_values(r, "mean_regret", {2.25, 3.25, 2.25}, {1, 3, 1});
    expect_values(r, "percentile_regret", {2.25, 5.25, 3}, {1, 3, 2});
    // Loss against A: B -3 0 2 5, C -9 2 6 1.
    expect_values(r, "greatest_loss", {0, 5, 6}, {1, 2, 3});
    expect_values(r, "percentile_loss", {0, 2.75, 3}, {1, 2, 3});
    // Medians 5, 4, 5; no worse at 75 % of points: 3.25, 4, 1.5; short of the median over the worse two points: 4 and 1, none, 5 and 3.
    expect_values(r, "percentile_deviation", {1.75, 0, 3.5}, {2, 1, 3});
    expect_values(r, "undesirable_deviations", {2.5, 0, 4}, {2, 1, 3});
    expect_values(r, "satisficing", {0.75, 1, 0.5}, {2, 1, 3});
    expect_values(r, "maximin", {1, 4, 0}, {2, 1, 3});
    expect_values(r, "hurwicz", {3, 4, 2.5}, {2, 1, 3});
    expect_values(r, "laplace", {5, 4, 5}, {1, 3, 1});
    expect_values(r, "percentile", {3.25, 4, 1.5}, {2, 1, 3});
    // Squares about the mean: 16 + 1 + 1 + 16, none, 25 + 9 + 25 + 9.
    const double a = std::sqrt(34.0 / 3), c = std::sqrt(68.0 / 3);
    expect_values(r, "mean_less_spread", {5 - 2 * a, 4, 5 - 2 * c}, {2, 1, 3});
    expect_values(r, "mean_variance", {6 / (a + 1), 5, 6 / (c + 1)}, {2, 1, 3});
    expect_values(r, "skewness", {0, 0, 0}, {1, 1, 1}); // A and C are symmetric, B has no width
    // 0 8 9 10: median 8.5, percentiles 6 and 9.25.
    expect_values(robustness(one_replicate({{9, 0, 10, 8}}), hand_options), "skewness", {(17 - 15.25) / 3.25}, {1});
}

TEST(Robustness, TurnsRoundWhereLessIsBetter)
{
    RobustnessOptions options = hand_options;
    options.direction = Direction::less_is_better;
    options.threshold = Threshold{-4, Side::at_most};
    const Robustness more = robustness(by_hand, hand_options), less = robustness(negated(by_hand), options);
    ASSERT_EQ(more.measures.size(), less.measures.size());
    for (std::size_t i = 0; i < more.measures.size(); ++i) {
        const Measure &m = more.measures[i], &l = less.measures[i];
        if (m.name == "mean_variance") continue; // knows where zero is
        const bool level = m.name == "maximin" || m.name == "hurwicz" || m.name == "laplace" || m.name == "percentile" || m.name == "mean_less_spread";
        EXPECT_EQ(l.direction, level ? Direction::less_is_better : m.direction) << m.name;
        EXPECT_EQ(l.rank, m.rank) << m.name;
        EXPECT_EQ(l.swap, m.swap) << m.name;
        for (std::size_t x = 0; x < 3; ++x) {
            EXPECT_DOUBLE_EQ(l.value[x], level ? -m.value[x] : m.value[x]) << m.name;
            EXPECT_NEAR(l.low[x], level ? -m.high[x] : m.low[x], 1e-12) << m.name;
        }
    }
    const double a = std::sqrt(34.0 / 3), c = std::sqrt(68.0 / 3);
    expect_values(robustness(by_hand, options), "mean_variance", {6 * (a + 1), 5, 6 * (c + 1)}, {2, 1, 3});
    expect_values(robustness(by_hand, options), "maximin", {9, 4, 10}, {2, 1, 3});
    options.threshold = Threshold{4, Side::at_least}; // the side of a threshold has nothing to do with the direction
    expect_values(robustness(by_hand, options), "satisficing", {0.75, 1, 0.5}, {2, 1, 3});
    EXPECT_EQ(robustness(by_hand).find("satisficing"), nullptr);
}

TEST(Robustness, CountsEqualsAsEqual)
{
    // B has A's performances at other points, and in other replicates: sums in another order, so equal but for rounding.
    const Performance p{3, 2, 3, {0.1, 0.2, 0.3, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.3, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1}};
    const Robustness r = robustness(p, {.threshold = Threshold{0.5}});
    EXPECT_NE((0.1 + 0.2 + 0.3) / 3, (0.3 + 0.2 + 0.1) / 3);
    for (const char* name : {"laplace", "maximin", "percentile", "satisficing", "mean_regret", "hurwicz"}) {
        EXPECT_EQ(measure(r, name).rank, (std::vector<std::uint32_t>{1, 1, 3})) << name;
        EXPECT_EQ(measure(r, name).swap[0][1], 0.5) << name;
    }
}

TEST(Robustness, LeavesOutPointsWhereAPolicyHasNoFinishedRun)
{
    Performance p = by_hand, without{3, 3, 2, {}};
    p.value[1 * 8 + 2 * 2] = p.value[1 * 8 + 2 * 2 + 1] = nan; // B at the third point
    p.value[0] = nan;                                          // A's first replicate at the first point: 2 is left
    for (std::size_t i = 0; i < p.value.size(); ++i)
        if (i / 2 % 4 != 2) without.value.push_back(p.value[i]);
    const Robustness r = robustness(p, hand_options), expected = robustness(without, hand_options);
    EXPECT_EQ(r.points, 3u);
    EXPECT_EQ(r.left_out, 1u);
    EXPECT_EQ(measure(r, "maximin").value, (std::vector<double>{2, 4, 2}));
    EXPECT_EQ(measure(r, "laplace").value, (std::vector<double>{5, 4, 20.0 / 3}));
    for (std::size_t m = 0; m < r.measures.size(); ++m) {
        EXPECT_EQ(r.measures[m].value, expected.measures[m].value);
        EXPECT_EQ(r.measures[m].low, expected.measures[m].low);
        EXPECT_EQ(r.measures[m].swap, expected.measures[m].swap);
    }
    p.value.assign(24, nan);
    EXPECT_TRUE(robustness(p).measures.empty());
    EXPECT_EQ(robustness(p).left_out, 4u);
}

TEST(Robustness, LeavesOutAResampleWithoutAFinishedRun)
{
    // One point, two replicates, one failed: it is drawn twice in a quarter of the resamples.
    const Robustness r = robustness({1, 1, 2, {nan, 3}}, {.resamples = 1000});
    EXPECT_GT(r.resamples, 650u);
    EXPECT_LT(r.resamples, 850u);
    EXPECT_EQ(measure(r, "laplace").low[0], 3);
    EXPECT_EQ(measure(r, "laplace").high[0], 3);
    const Robustness none = robustness(by_hand, {.resamples = 0});
    EXPECT_TRUE(std::isnan(measure(none, "laplace").low[0]));
    EXPECT_EQ(measure(none, "laplace").rank, (std::vector<std::uint32_t>{1, 3, 1}));
}

TEST(Robustness, SwapsTwinsHalfTheTimeAndNeverWhatIsApart)
{
    Performance p{4, 60, 1, {}};
    for (std::size_t s = 0; s < 60; ++s) p.value.push_back(hashed_uniform(1, s));
    for (std::size_t s = 0; s < 60; ++s) p.value.push_back(hashed_uniform(1, 59 - s) + 1e-6); // other points, a hair better
    for (std::size_t s = 0; s < 60; ++s) p.value.push_back(p.value[s]);                       // the same
    for (std::size_t s = 0; s < 60; ++s) p.value.push_back(p.value[s] + 2);
    const Measure laplace = measure(robustness(p), "laplace");
    EXPECT_EQ(laplace.rank, (std::vector<std::uint32_t>{3, 2, 3, 1}));
    EXPECT_NEAR(laplace.swap[0][1], 0.5, 0.08);
    EXPECT_EQ(laplace.swap[0][1], laplace.swap[1][0]);
    EXPECT_EQ(laplace.swap[0][2], 0.5);
    for (std::size_t x = 0; x < 3; ++x) EXPECT_EQ(laplace.swap[x][3], 0);
    EXPECT_EQ(laplace.swap[2][2], 0);
}

TEST(Robustness, KeepsPoliciesPairedOnTheirRandomNumbers)
{
    // Luck of size 1 that both policies share, a difference of 0.01: only draws that pair them tell the two apart in every resample.
    Performance p{2, 10, 5, {}};
    for (const double better : {0.0, 0.01})
        for (std::size_t i = 0; i < 50; ++i) p.value.push_back(hashed_bell(2, i) + better);
    for (const Resampling resampling : {Resampling::points_and_replicates, Resampling::points, Resampling::replicates}) {
        const Robustness r = robustness(p, {.resampling = resampling});
        EXPECT_EQ(measure(r, "laplace").swap[0][1], 0);
        EXPECT_NEAR(measure(r, "greatest_loss").low[1], -0.01, 1e-12);
        EXPECT_NEAR(measure(r, "greatest_loss").high[1], -0.01, 1e-12);
        EXPECT_GT(measure(r, "laplace").high[1] - measure(r, "laplace").low[1], 0.3);
    }
}

TEST(Robustness, DrawsWhatItIsToldTo)
{
    const auto width = [](const Performance& p, Resampling resampling) {
        const Measure m = measure(robustness(p, {.resampling = resampling}), "laplace");
        return m.high[0] - m.low[0];
    };
    const Performance points_alone{1, 4, 2, {1, 1, 2, 2, 3, 3, 4, 4}}, luck_alone{1, 2, 4, {1, 2, 3, 4, 1, 2, 3, 4}};
    EXPECT_GT(width(points_alone, Resampling::points), 1);
    EXPECT_EQ(width(points_alone, Resampling::replicates), 0);
    EXPECT_EQ(width(luck_alone, Resampling::points), 0);
    EXPECT_GT(width(luck_alone, Resampling::replicates), 1);
    EXPECT_EQ(width(luck_alone, Resampling::replicates), width(luck_alone, Resampling::points_and_replicates)); // the two points are alike
}

// Ten points, 20 replicates whose luck all points share, 400 times over: bootstrap intervals of so few are a little narrow. sd of the coverage .013, alpha 1e-4.
TEST(Robustness, KnowsThatPointsShareTheirLuck)
{
    int covered = 0, alone = 0;
    for (std::size_t set = 0; set < 400; ++set) {
        Performance p{1, 10, 20, {}};
        for (std::size_t point = 0; point < 10; ++point)
            for (std::size_t r = 0; r < 20; ++r) p.value.push_back(static_cast<double>(point) - 4.5 + hashed_bell(5, set * 20 + r));
        const auto holds = [&](Resampling resampling) {
            const Measure m = measure(robustness(p, {.resampling = resampling, .resamples = 200}), "laplace");
            return m.low[0] <= 0 && 0 <= m.high[0];
        };
        covered += holds(Resampling::replicates);
        for (std::size_t i = 0; i < p.value.size(); ++i)
            p.value[i] = static_cast<double>(i / 20) - 4.5 + hashed_bell(5, set * 20 + (i * 7 + i / 20) % 20); // the twin: luck in another order at each point
        alone += holds(Resampling::replicates);
    }
    EXPECT_GT(covered, 400 * (0.92 - 3.7 * 0.013));
    EXPECT_LT(alone, 400 * 0.8) << "as if each point had a luck of its own";
}

TEST(Robustness, MovesTheIntervalByTwiceTheBias)
{
    // Policies that differ by luck alone: all regret is bias, and the interval lies below the value.
    Performance p{3, 400, 40, {}};
    for (std::size_t i = 0; i < 48000; ++i) p.value.push_back(hashed_bell(3, i));
    const Robustness r = robustness(p, {.resamples = 200});
    const Measure& regret = measure(r, "mean_regret");
    for (std::size_t x = 0; x < 3; ++x) {
        EXPECT_NEAR((regret.low[x] + regret.high[x]) / 2, regret.value[x] - regret.bias[x], 0.01);
        EXPECT_GT(regret.bias[x], 0.05);
        EXPECT_LT(regret.high[x], regret.value[x]);
        EXPECT_LT(std::abs(measure(r, "laplace").bias[x]), 0.01);
    }
    // A share stays a share: the threshold is met everywhere, at four points by a hair that luck can take.
    Performance share{1, 60, 2, {}};
    for (std::size_t i = 0; i < 120; ++i) share.value.push_back(i >= 8 ? 2 : i % 2 == 0 ? 0.4 : 0.5);
    const Measure met = measure(robustness(share, {.threshold = Threshold{0.45}}), "satisficing");
    EXPECT_EQ(met.value[0], 1);
    EXPECT_NEAR(met.bias[0], -1.0 / 60, 0.005); // at each of the four, a quarter of the resamples draw the worse replicate twice
    EXPECT_EQ(met.high[0], 1);
}

TEST(Robustness, GivesTheSameNumbersEverywhere)
{
    const Robustness a = robustness(by_hand, hand_options), b = robustness(by_hand, hand_options);
    for (std::size_t m = 0; m < a.measures.size(); ++m) {
        EXPECT_EQ(a.measures[m].low, b.measures[m].low);
        EXPECT_EQ(a.measures[m].high, b.measures[m].high);
        EXPECT_EQ(a.measures[m].swap, b.measures[m].swap);
    }
    RobustnessOptions other = hand_options;
    other.seed = 2;
    EXPECT_NE(measure(robustness(by_hand, other), "laplace").low, measure(a, "laplace").low);
    // Written down once; any compiler must find them again.
    EXPECT_EQ(measure(a, "laplace").low, (std::vector<double>{1.5750000000000006, 3.59, 1.3062500000000004}));
    EXPECT_EQ(measure(a, "laplace").high, (std::vector<double>{8.2374999999999989, 4.34, 9.5}));
    EXPECT_EQ(measure(a, "mean_regret").low, (std::vector<double>{0, 0.55250000000000088, 0.086250000000000493}));
    EXPECT_EQ(measure(a, "laplace").swap[0], (std::vector<double>{0, 0.32, 0.5}));
}

TEST(Robustness, RefusesWhatMakesNoSense)
{
    EXPECT_THROW(robustness({}), std::invalid_argument);
    EXPECT_THROW(robustness({1, 2, 3, {1, 2, 3, 4, 5}}), std::invalid_argument);
    EXPECT_THROW(robustness(by_hand, {.percentile = 0.4}), std::invalid_argument);
    EXPECT_THROW(robustness(by_hand, {.percentile = nan}), std::invalid_argument);
    EXPECT_THROW(robustness(by_hand, {.optimism = 1.1}), std::invalid_argument);
    EXPECT_THROW(robustness(by_hand, {.spread_weight = -1}), std::invalid_argument);
    EXPECT_THROW(robustness(by_hand, {.confidence = 1}), std::invalid_argument);
    EXPECT_THROW(robustness(by_hand, {.threshold = Threshold{nan}}), std::invalid_argument);
}

} // namespace
