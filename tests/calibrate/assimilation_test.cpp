// Runs weighed by what was observed: against closed forms, Kalman's filter and sums done by hand.
#include "calibrate/assimilation.hpp"
#include "calibrate/diagnostics.hpp"
#include "calibrate/seen.hpp"
#include "statistical/z_test.hpp"
#include <cmath>
#include <numbers>
#include <numeric>
#include <random>

namespace entente {
namespace {

constexpr double pi = std::numbers::pi;
double log_normal(double x, double mean, double variance) { return -0.5 * std::log(2 * pi * variance) - (x - mean) * (x - mean) / (2 * variance); }
/// Of two together.
double log_normal(double a, double b, double aa, double ab, double bb)
{
    const double det = aa * bb - ab * ab;
    return -std::log(2 * pi) - 0.5 * std::log(det) - (bb * a * a - 2 * ab * a * b + aa * b * b) / (2 * det);
}
double sum(const std::vector<double>& x) { return std::accumulate(x.begin(), x.end(), 0.); }

TEST(Likelihood, OfASeriesHasWhatItsErrorsShare)
{
    const Observed o = read_seen("china_share_of_russian_trade,2025,.34,share,.02,,,,fit,s,,\nchina_share_of_russian_trade,2026,.36,share,.03,,,,fit,s,,\n");
    const double left_out = .012 * .012, together = .97 * .02 * .03; // as measurement.csv has them
    const std::vector<double> l = Likelihood(o)(std::vector<double>{.33, .37});
    EXPECT_NEAR(l[0], log_normal(.34, .33, .02 * .02 + left_out), 1e-9);
    EXPECT_NEAR(sum(l), log_normal(.01, -.01, .02 * .02 + left_out, together, .03 * .03 + left_out), 1e-9);
}

TEST(Likelihood, OfAFreeScaleHasItsUncertainLevelAndSlope)
{
    const Observed o = read_seen("un_distance_russia_usa,2025,3,ideal point units,.15,,,,fit,s,,\nun_distance_russia_usa,2026,2.8,ideal point units,.1,,,,fit,s,,\n");
    const double c = .5249, l = 2.559, l2 = .05247 * .05247, s = 1.006, s2 = .4144 * .4144, m2 = .09456 * .09456;
    const double x = .8, y = .4, a = 3 - (l + s * (x - c)), b = 2.8 - (l + s * (y - c));
    const double aa = .15 * .15 + m2 + l2 + s2 * (x - c) * (x - c), bb = .1 * .1 + m2 + l2 + s2 * (y - c) * (y - c), ab = l2 + s2 * (x - c) * (y - c);
    EXPECT_NEAR(sum(Likelihood(o)(std::vector<double>{x, y})), log_normal(a, b, aa, ab, bb), 1e-9);
    EXPECT_NEAR(apart(o, o.rows[0], x), std::abs(a) / std::sqrt(aa), 1e-9);
}

TEST(Likelihood, OfClassesIsTheirProbabilityOverLevelAndSlope)
{
    const Observed o = read_seen("joint_exercises,2025,5,exercises a year,.5,,,,fit,s,,\njoint_exercises,2026,7,exercises a year,.5,,,,fit,s,,\n");
    const auto below = [](double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); };
    const double x = .3, y = .4, d = x - .03, e = y - .03, mean = 16 * d, sd = std::sqrt(1 + 4.8 * 4.8 * d * d); // level 0, slope 16 +- 4.8, cuts 2.5 4.5 6.5
    const std::vector<double> l = Likelihood(o)(std::vector<double>{x, y});
    EXPECT_NEAR(l[0], std::log(below((6.5 - mean) / sd) - below((4.5 - mean) / sd)), 1e-9);
    double both = 0; // the middles of narrow strips
    for (int i = 0; i < 20000; ++i) {
        const double z = -8 + 16 * (i + .5) / 20000, slope = 16 + 4.8 * z;
        both += 16. / 20000 * std::exp(-z * z / 2) / std::sqrt(2 * pi) * (below(6.5 - slope * d) - below(4.5 - slope * d)) * (1 - below(6.5 - slope * e));
    }
    EXPECT_NEAR(sum(l), std::log(both), 1e-8);
    EXPECT_EQ(apart(o, o.rows[0], .375), 0) << "the latent value lies in the class";
}

TEST(Likelihood, OfEventsIsThatTheReportIsRight)
{
    const Observed o = read_seen("rupture,2025,0,0/1,,,,.1,fit,s,,\nouster,2025,1,0/1,,,,0,fit,s,,\n");
    EXPECT_NEAR(sum(Likelihood(o)(std::vector<double>{0, 1})), std::log(.9), 1e-12);
    EXPECT_NEAR(sum(Likelihood(o)(std::vector<double>{1, 1})), std::log(.1), 1e-12);
    EXPECT_EQ(sum(Likelihood(o)(std::vector<double>{0, 0})), -std::numeric_limits<double>::infinity()) << "hard selection";
}

// A normal prior in 40,001 even quantiles and a normal error: mean and variance of the posterior are known.
TEST(Weighing, OfANormalPriorAndErrorIsTheConjugatePosterior)
{
    const Observed o = read_seen("friction,2025,1.2,index,.5,,,,fit,s,,\n");
    std::vector<double> x;
    for (int i = -20000; i <= 20000; ++i) x.push_back(i * 8. / 20000);
    std::vector<double> prior; // even steps stand for as many runs as the density says: several copies
    for (const double at : x)
        for (int copy = 0; copy < std::lround(20 * std::exp(-at * at / 2)); ++copy) prior.push_back(at);
    const Weighing w = weigh(o, {prior});
    const double variance = 1 / (1 + 1 / .25), mean = variance * 1.2 / .25;
    EXPECT_NEAR(sum(w.weight), 1, 1e-12);
    EXPECT_NEAR(weighted_mean({prior, w.weight}), mean, .01);
    EXPECT_NEAR(weighted_variance({prior, w.weight}), variance, .01);
    EXPECT_NEAR(w.rows[0].after.median, mean, .02);
    EXPECT_NEAR(w.rows[0].after.high, mean + 1.6449 * std::sqrt(variance), .02);
    EXPECT_NEAR(w.effective, effective_number(w.weight), 1e-6);
    EXPECT_EQ(w.rows[0].effective, w.effective);
}

/// Of an autoregression, one run a path: the likelihoods' mean is the density of what was observed, which Kalman's filter gives.
std::vector<double> likelihoods(double observed_variance, std::uint64_t seed)
{
    constexpr double y[] = {.5, 1.2, .3, -.4, .9, 2, 1.1, .2};
    std::string rows;
    for (int t = 0; t < 8; ++t) rows += fmt::format("friction,{}Q{},{},index,{},,,,fit,s,,\n", 2025 + t / 4, t % 4 + 1, y[t], std::sqrt(observed_variance));
    const Observed o = read_seen(rows);
    std::mt19937_64 generator(seed);
    std::normal_distribution<double> normal;
    std::vector<std::vector<double>> paths(8, std::vector<double>(100000));
    for (std::size_t run = 0; run < paths[0].size(); ++run) {
        double x = normal(generator) * std::sqrt(.5 / (1 - .64));
        for (std::size_t t = 0; t < 8; ++t) paths[t][run] = x, x = .8 * x + normal(generator) * std::sqrt(.5);
    }
    std::vector<double> all;
    for (const double l : weigh(o, paths).log_likelihood) all.push_back(std::exp(l));
    return all;
}
TEST(Weighing, OfManyDatesHasKalmansLikelihood)
{
    constexpr double alpha = 1e-6, kalman = -10.377375897982551; // computed apart, by a Kalman filter
    EXPECT_Z_WITHIN(estimate(likelihoods(.3, 5), 5), std::exp(kalman), alpha);
    EXPECT_Z_OUTSIDE(estimate(likelihoods(.6, 5), 5), std::exp(kalman), alpha);
}

TEST(Weighing, LeavesOutRunsThatFailedAndCountsRowByRow)
{
    const Observed o = read_seen("rupture,2025,0,0/1,,,,0,fit,s,,\ntrust,2026Q1,.5,index,.1,,,,fit,s,,\ntrust,2026Q2,.1,index,.1,,,,check,s,,\n");
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const Weighing w = weigh(o, {{0, 1, 0, nan}, {.5, .5, .6, nan}, {.4, .4, .4, nan}});
    EXPECT_EQ(w.weight[1], 0);
    EXPECT_EQ(w.weight[3], 0);
    EXPECT_TRUE(std::isnan(w.log_likelihood[3]));
    EXPECT_NEAR(w.weight[2] / w.weight[0], std::exp(-.5), 1e-12);
    EXPECT_NEAR(w.rows[0].effective, 2, 1e-12);
    EXPECT_LT(w.rows[1].effective, 2);
    EXPECT_EQ(w.rows[2].effective, w.rows[1].effective) << "it is only shown";
    EXPECT_NEAR(w.rows[0].before.median, 1. / 3, 1e-12);
    EXPECT_EQ(w.rows[0].after.median, 0);
    EXPECT_NO_THROW(throw_if_out_of_reach(o, w));
}

TEST(Weighing, NamesTheRowsThatNoRunComesNear)
{
    const Observed o = read_seen(
        "trust,2025Q1,.9,index,.1,,,,fit,s,,\ntrust,2025Q2,.5,index,.1,,,,fit,s,,\nrupture,2025Q2,1,0/1,,,,.1,fit,s,,\narms_to_india,2025,800,million TIV,100,,,,check,s,,\n");
    try {
        throw_if_out_of_reach(o, weigh(o, {{.2, .3}, {.5, .4}, {0, 0}, {50, 60}}));
        FAIL();
    } catch (const ScenarioErrors& e) {
        EXPECT_EQ(e.text, "o.csv:2:1: trust in 2025Q1: no run comes near 0.9: the nearest is 6.0 standard deviations of its error away, 4 at most\n"
                          "o.csv:4:1: rupture by 2025Q2: no run has it");
    }
    const Weighing impossible = weigh(read_seen("rupture,2025,1,0/1,,,,0,fit,s,,\n"), {{0, 0, 0}});
    EXPECT_EQ(impossible.effective, 0);
    EXPECT_EQ(sum(impossible.weight), 0);
}

} // namespace
} // namespace entente
