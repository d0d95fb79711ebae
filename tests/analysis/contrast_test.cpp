// Seeing splits into doing and selection, by hand.
#include "analysis/contrast.hpp"
#include "hashed.hpp"
#include <cmath>
#include <gtest/gtest.h>

namespace entente {
namespace {

const double none = std::nan("");

// Seen in two of eight runs, which have .9 and .7; the others .1, .2, .3, .4, .5, .5; made to come, each of those rises by .2. Means .45 as they are, .6 forced, .8 seen: .35 = .15 + .2.
TEST(Contrasts, AreTheDifferencesOfMeans)
{
    const std::vector<double> as_is = {0.9, 0.7, 0.1, 0.2, 0.3, 0.4, 0.5, 0.5, none, 1}, forced = {0.9, 0.7, 0.3, 0.4, 0.5, 0.6, 0.7, 0.7, 1, none};
    const std::vector<std::uint8_t> seen = {1, 1, 0, 0, 0, 0, 0, 0, 1, 1};
    const Contrast c = contrast(as_is, forced, seen, false);
    EXPECT_EQ(c.runs, 8u);
    EXPECT_EQ(c.seen_runs, 2u);
    EXPECT_NEAR(c.as_is, 0.45, 1e-12);
    EXPECT_NEAR(c.forced, 0.6, 1e-12);
    EXPECT_NEAR(c.seen, 0.8, 1e-12);
    EXPECT_NEAR(c.cause.estimate, 0.15, 1e-12);
    EXPECT_NEAR(c.selection.estimate, 0.2, 1e-12);
    EXPECT_NEAR(c.seeing.estimate, 0.35, 1e-12);
    // differences 0, 0 and .2 six times: their variance is (2 x .15^2 + 6 x .05^2) / 7 = .06 / 7, over 8 runs an error of .0327327; t of 7 at 97.5 % is 2.364624
    EXPECT_NEAR(c.cause.high - c.cause.estimate, 2.364624 * std::sqrt(0.06 / 7 / 8), 1e-6);
    // parts of selection: +-.1 x 4 less (.3, .1) of the seen, less (-.3, -.2, -.1, 0, .1, .1) of the others
    const double squares = (0.4 - 0.3) * (0.4 - 0.3) + (-0.4 - 0.1) * (-0.4 - 0.1) + 0.09 + 0.04 + 0.01 + 0 + 0.01 + 0.01;
    EXPECT_NEAR(c.selection.high - c.selection.estimate, 1.959964 * std::sqrt(squares / 7 / 8), 1e-6);
}

TEST(Contrasts, AddUpExactly)
{
    std::vector<double> as_is, forced;
    std::vector<std::uint8_t> seen;
    for (std::uint64_t r = 0; r < 500; ++r) {
        as_is.push_back(hashed_uniform(1, r)), seen.push_back(hashed_uniform(2, r) < 0.2 ? 1 : 0);
        forced.push_back(seen[r] != 0 ? as_is[r] : hashed_uniform(3, r));
    }
    const Contrast c = contrast(as_is, forced, seen, false);
    EXPECT_NEAR(c.seeing.estimate, c.cause.estimate + c.selection.estimate, 1e-14);
    EXPECT_NEAR(c.seen - c.as_is, c.seeing.estimate, 1e-14);
    EXPECT_NEAR(c.seen - c.forced, c.selection.estimate, 1e-14);
}

// Errors against what comes of many ensembles: the seen are drawn anew in each, with an outcome that selection and cause both move. Half-widths over 1.96 are standard errors, which 2,000 ensembles know to 2 %; alpha 1e-6
// of the ratio of variances is 1 +- .16.
TEST(Contrasts, ErrorsAreThoseOfManyEnsembles)
{
    constexpr int ensembles = 2000, runs = 200;
    double sum = 0, squares = 0, claimed = 0;
    for (std::uint64_t e = 0; e < ensembles; ++e) {
        std::vector<double> as_is, forced;
        std::vector<std::uint8_t> seen;
        for (std::uint64_t r = 0; r < runs; ++r) {
            const double kind = hashed_uniform(10, e * runs + r);
            seen.push_back(hashed_uniform(11, e * runs + r) < 0.1 + 0.4 * kind ? 1 : 0);
            const double with = kind + 0.3 * hashed_uniform(12, e * runs + r) + 0.2;
            as_is.push_back(seen[r] != 0 ? with : with - 0.2), forced.push_back(with);
        }
        const Contrast c = contrast(as_is, forced, seen, false);
        sum += c.selection.estimate, squares += c.selection.estimate * c.selection.estimate;
        claimed += std::pow((c.selection.high - c.selection.low) / 2 / 1.959964, 2);
    }
    const double variance = (squares - sum * sum / ensembles) / (ensembles - 1);
    EXPECT_NEAR(claimed / ensembles / variance, 1, 0.16);
}

// None of three seen runs counts: no error of its own, but of three runs nothing is known well.
TEST(Contrasts, FewSeenRunsAreNotSure)
{
    std::vector<double> zeros(100, 0.0);
    std::vector<std::uint8_t> seen(100, 0);
    seen[0] = seen[1] = seen[2] = 1;
    for (std::size_t r = 50; r < 100; ++r) zeros[r] = 1;
    const Contrast c = contrast(zeros, zeros, seen, true);
    EXPECT_EQ(c.cause.estimate, 0);
    EXPECT_NEAR(c.seeing.estimate, -0.5, 1e-12);
    EXPECT_GT(c.seeing.high, -0.05);
    EXPECT_LE(c.seeing.low, -0.5);
    EXPECT_TRUE(std::isnan(contrast(zeros, zeros, std::vector<std::uint8_t>(100, 0), true).seeing.estimate));
    EXPECT_TRUE(std::isnan(contrast(std::vector<double>{none}, std::vector<double>{1}, std::vector<std::uint8_t>{1}, true).as_is));
    EXPECT_THROW(contrast(zeros, zeros, std::vector<std::uint8_t>(3), true), std::invalid_argument);
}

} // namespace
} // namespace entente
