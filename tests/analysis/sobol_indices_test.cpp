// Sobol's indices against closed forms, and intervals that cover as often as they say.
#include "analysis/sobol_indices.hpp"
#include "design/address.hpp"
#include "known_functions.hpp"
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <limits>

namespace entente {
namespace {

SobolIndices indices(const known::Function& f, std::size_t d, std::uint32_t points, bool second_order, const std::vector<std::vector<std::size_t>>& groups = {})
{
    const Design design = known::design(designs::saltelli, d, points, second_order);
    return sobol_indices({.factors = d, .second_order = second_order, .outcomes = {known::values(design, f)}}, {.resamples = 16, .seed = 1, .threads = 1}, groups);
}
void expect_near(const std::vector<Index>& found, const std::vector<double>& known, double tolerance, const char* what)
{
    ASSERT_EQ(found.size(), known.size());
    for (std::size_t k = 0; k < known.size(); ++k) EXPECT_NEAR(found[k].value, known[k], tolerance) << what << " " << k;
}

struct Known {
    const char* name;
    known::Function f;
    double variance;
    std::vector<double> first, total;
    double tolerance = 0.005;
};
const std::vector<Known>& known_answers()
{
    static const std::vector<Known> all = {
        {"Ishigami 7 .1", known::ishigami(7, 0.1), 13.844587940719254, {0.31390519114781146, 0.4424111447900409, 0}, {0.5575888552099592, 0.4424111447900409, 0.2436836640621477}},
        {"Ishigami 7 .05", known::ishigami(7, 0.05), 8.916942440349825, {0.21851856442701334, 0.686894643648693, 0}, {0.3131053563513071, 0.686894643648693, 0.09458679192429376}},
        {"Ishigami 2 1", known::ishigami(2, 1), 547.622430210721, {0.383023826192621, 0.0009130378385114791, 0}, {0.9990869621614885, 0.0009130378385114791, 0.6160631359688676}, 0.01},
        {"g-function",
         known::g_function({0, 1, 4.5, 9, 99, 99, 99, 99}),
         0.4654244319022067,
         {0.7161921688790331, 0.17904804221975829, 0.02367577417781928, 0.007161921688790333, 7.16e-5, 7.16e-5, 7.16e-5, 7.16e-5},
         {0.7871441266592749, 0.24219819281823843, 0.03431691015408283, 0.010460387065239532, 1.05e-4, 1.05e-4, 1.05e-4, 1.05e-4}},
        {"Bratley 1988", known::g_function(std::vector<double>(10, 0)), 16.757726633812588, std::vector<double>(10, 0.019891321813351237), std::vector<double>(10, 0.26491849136001344), 0.04},
        {"Bratley 1992, 2", known::bratley(2), 0.04861111111111111, {0.42857142857142855, 0.42857142857142855}, {0.5714285714285714, 0.5714285714285714}},
        {"Bratley 1992, 6",
         known::bratley(6),
         0.054971158586248285,
         {0.6528636615633929, 0.17913039240174725, 0.03701041165325356, 0.013323748195171283, 0.0014804164661301425, 0.0014804164661301425},
         {0.7396477461725447, 0.26591447101, 0.07642116934624078, 0.03431154542076117, 0.006238462803774757, 0.006238462803774757}},
        {"linear", known::linear, 1.7708333333333333, {0.7529411764705882, 0.18823529411764706, 0.047058823529411764, 0.011764705882352941}, {0.7529411764705882, 0.18823529411764706, 0.047058823529411764, 0.011764705882352941}},
        {"Borehole",
         known::borehole,
         2078.928461201358,
         {0.8289214188052021, 1.1e-6, 5.3e-12, 0.041385037245081226, 5.3e-6, 0.041385037245081226, 0.0393419927460342, 0.009521600468380395},
         {0.866834010897094, 2.3e-6, 1.1e-11, 0.054109614246373616, 1.07e-5, 0.054109614246373616, 0.05207730913933417, 0.012730783660989564}},
    };
    return all;
}

TEST(SobolIndices, AreTheKnownOnes)
{
    for (const Known& k : known_answers())
        for (const bool second_order : {false, true}) {
            if (second_order && k.first.size() > 4) continue; // many rows
            SCOPED_TRACE(fmt::format("{}{}", k.name, second_order ? ", second order" : ""));
            const SobolIndices s = indices(k.f, k.first.size(), 1u << 13, second_order);
            expect_near(s.first, k.first, k.tolerance * 3, "first");
            expect_near(s.total, k.total, k.tolerance * 3, "total");
            EXPECT_NEAR(s.variance.value / k.variance, 1, k.tolerance * 6);
        }
}

TEST(SobolIndices, OfPairsAreWhatBothAddTogether)
{
    const SobolIndices s = indices(known::ishigami(7, 0.1), 3, 1u << 13, true, {{0, 2}, {1}});
    ASSERT_EQ(s.pairs.size(), 3u);
    EXPECT_NEAR(s.pairs[0].second.value, 0, 0.02); // 1,2
    EXPECT_NEAR(s.pairs[1].second.value, 0.2436836640621477, 0.02);
    EXPECT_NEAR(s.pairs[2].second.value, 0, 0.02);
    EXPECT_NEAR(s.groups[0].alone.value, 0.5575888552099592, 0.02); // all that is not the second factor's
    EXPECT_NEAR(s.groups[1].total.value, 0.4424111447900409, 0.02);
    EXPECT_NEAR(s.additive.value, 0.7563, 0.02);
}

TEST(SobolIndices, OfAFactorThatDoesNothingAreExactlyZero)
{
    for (const bool second_order : {false, true}) {
        const SobolIndices s = indices([](const double* u) { return 3 * u[0]; }, 2, 64, second_order);
        EXPECT_EQ(s.first[1].value, 0);
        EXPECT_EQ(s.total[1].value, 0);
        EXPECT_TRUE(is_zero(s.total[1])) << s.total[1].low << " " << s.total[1].high;
        EXPECT_FALSE(is_zero(s.total[0]));
    }
}

TEST(SobolIndices, AreUnmovedByTheScaleOfTheOutcome)
{
    const SobolIndices a = indices(known::linear, 4, 128, false), b = indices([](const double*u) { return 1e6 + 1e-3 * known::linear(u); }, 4, 128, false);
    for (std::size_t k = 0; k < 4; ++k) EXPECT_NEAR(a.first[k].value, b.first[k].value, 1e-6);
}

TEST(SobolIndices, OfAnOutcomeThatIsAlwaysTheSameAreNone)
{
    const SobolIndices s = indices([](const double*) { return 0.1; }, 3, 64, true);
    EXPECT_EQ(s.variance.value, 0);
    EXPECT_TRUE(std::isnan(s.first[0].value) && std::isnan(s.total[2].value) && std::isnan(s.pairs[0].second.value));
}

TEST(SobolIndices, LeaveOutRowsWithFailedRuns)
{
    const Design design = known::design(designs::saltelli, 4, 1u << 12);
    std::vector<double> y = known::values(design, known::linear);
    const double none = std::numeric_limits<double>::quiet_NaN();
    for (std::size_t row = 0; row < 200; ++row) y[row * 20 * 6 + row % 6] = none; // 200 of 4,096
    const SobolIndices s = sobol_indices({.factors = 4, .second_order = false, .outcomes = {y}}, {.resamples = 100, .seed = 3, .threads = 1});
    EXPECT_EQ(s.rows, 4096u - 200u);
    EXPECT_EQ(s.left_out, 200u);
    EXPECT_LT(s.first[0].low, 0.7529);
    EXPECT_GT(s.first[0].high, 0.7529);
    for (std::size_t row = 0; row < 20; ++row) y[row * 6] = none;
    EXPECT_THROW(sobol_indices({.factors = 4, .second_order = false, .outcomes = {y}}, {}), std::invalid_argument);                                    // above 5 %
    EXPECT_THROW(sobol_indices({.factors = 5, .second_order = false, .outcomes = {known::values(design, known::linear)}}, {}), std::invalid_argument); // 24,576 points are no rows of 7
}

TEST(SobolIndices, AreTheSameOnAnyNumberOfThreads)
{
    const Design design = known::design(designs::saltelli, 3, 1u << 11, true);
    const PickFreeze runs{.factors = 3, .second_order = true, .outcomes = {known::values(design, known::ishigami(7, 0.1))}};
    const SobolIndices one = sobol_indices(runs, {.resamples = 50, .seed = 5, .threads = 1}), four = sobol_indices(runs, {.resamples = 50, .seed = 5, .threads = 4});
    for (std::size_t k = 0; k < 3; ++k) {
        EXPECT_EQ(one.first[k].low, four.first[k].low);
        EXPECT_EQ(one.total[k].high, four.total[k].high);
    }
    EXPECT_NE(one.first[0].low, sobol_indices(runs, {.resamples = 50, .seed = 6, .threads = 1}).first[0].low);
}

/// Of two outcomes the aggregated index is theirs weighted with their variances: worked by hand from single ones.
TEST(SobolIndices, OfSeveralOutcomesAreWeightedWithTheirVariances)
{
    const Design design = known::design(designs::saltelli, 2, 1u << 10);
    const std::vector<double> a = known::values(design, [](const double*u) { return 3 * u[0] + u[1]; }), b = known::values(design, [](const double*u) { return u[0] - 2 * u[1]; });
    const auto of = [](std::vector<std::vector<double>> y) {
        return sobol_indices({.factors = 2, .second_order = false, .outcomes = std::move(y)}, {.resamples = 8, .seed = 1, .threads = 1});
    };
    const SobolIndices both = of({a, b}), one = of({a}), two = of({b});
    EXPECT_NEAR(both.variance.value, one.variance.value + two.variance.value, 1e-12);
    EXPECT_NEAR(both.first[0].value, (one.first[0].value * one.variance.value + two.first[0].value * two.variance.value) / both.variance.value, 1e-12);
    EXPECT_NEAR(both.total[1].value, (one.total[1].value * one.variance.value + two.total[1].value * two.variance.value) / both.variance.value, 1e-12);
}

/// How many of `repeats` 95 % intervals of three indices of a linear function hold them. `factor`: what the function's first coefficient really is.
std::size_t covered(std::size_t repeats, double first)
{
    constexpr std::size_t rows = 128;
    std::size_t held = 0;
    for (std::size_t repeat = 0; repeat < repeats; ++repeat) {
        std::vector<double> y;
        for (std::size_t row = 0; row < rows; ++row) {
            double x[4];
            for (std::size_t k = 0; k < 4; ++k) x[k] = static_cast<double>(number_at(77, repeat, row, k) >> 11) * 0x1p-53;
            const auto f = [](double a, double b) { return 2 * a + b; };
            y.insert(y.end(), {f(x[0], x[1]), f(x[2], x[1]), f(x[0], x[3]), f(x[2], x[3])});
        }
        const SobolIndices s = sobol_indices({.factors = 2, .second_order = false, .outcomes = {y}}, {.resamples = 100, .seed = repeat, .threads = 1});
        held += s.total[0].low <= first && first <= s.total[0].high ? 1 : 0;
    }
    return held;
}
/// 2,000 intervals at a level of 95 %, with 100 resamples and 128 rows, between 92 and 97 %: with alpha = 1e-6 a binomial count of 2,000 lies within 4.9 standard errors, 2.4 points, of its expectation,
/// and the percentile interval itself is up to 1.5 points short.
TEST(SobolIndices, IntervalsCover)
{
    const std::size_t held = covered(2000, 0.8);
    EXPECT_GT(held, 1822u) << held;     // 95 - 1.5 - 2.4 %
    EXPECT_LT(held, 1948u) << held;     // 95 + 2.4 %
    EXPECT_LT(covered(200, 0.7), 180u); // what is not the index is not covered
}

} // namespace
} // namespace entente
