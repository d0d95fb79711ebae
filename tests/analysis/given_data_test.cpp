// Sensitivity from runs as they are: known answers, ties, choices, inputs that do nothing.
#include "analysis/borgonovo_delta.hpp"
#include "analysis/joint_regression.hpp"
#include "analysis/pawn.hpp"
#include "analysis/rank_index.hpp"
#include "analysis/regional_sensitivity.hpp"
#include "hashed.hpp"
#include "known_functions.hpp"
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <limits>

namespace entente {
namespace {

InputColumn column(std::vector<double> value, Factor::Kind kind = Factor::Kind::number)
{
    return {.name = "x", .kind = kind, .choices = {}, .value = std::move(value), .sets = ""};
}
InputColumn uniform(std::size_t rows, std::uint64_t seed)
{
    std::vector<double> x;
    for (std::size_t i = 0; i < rows; ++i) x.push_back(hashed_uniform(seed, i));
    return column(std::move(x));
}
InputColumn bell(std::size_t rows, std::uint64_t seed)
{
    std::vector<double> x;
    for (std::size_t i = 0; i < rows; ++i) x.push_back(hashed_bell(seed, i));
    return column(std::move(x));
}
InputColumn of_levels(std::size_t rows, std::size_t levels, std::uint64_t seed, Factor::Kind kind)
{
    std::vector<double> x;
    for (std::size_t i = 0; i < rows; ++i) x.push_back(static_cast<double>(hashed(seed, i) % levels));
    return column(std::move(x), kind);
}
std::vector<double> sum(const std::vector<double>& a, const std::vector<double>& b, double of_b = 1)
{
    std::vector<double> y;
    for (std::size_t i = 0; i < a.size(); ++i) y.push_back(a[i] + of_b * b[i]);
    return y;
}
Index first(const InputColumn& input, const std::vector<double>& y) { return first_order(ordered(input, 1), {&y, 1}); }

/// By ranks of rows that are as if drawn; by slices of a Sobol' sequence, where ranks would be wrong: that is seen too.
TEST(FirstOrder, IsTheKnownOneOfIshigami)
{
    const double known[] = {0.31390519114781146, 0.4424111447900409, 0};
    for (const DesignKind* kind : {&designs::latin_hypercube, &designs::sobol}) {
        const Design design = known::design(*kind, 3, 1u << 14);
        const std::vector<double> y = known::values(design, known::ishigami(7, 0.1));
        for (std::size_t k = 0; k < 3; ++k) {
            std::vector<double> x;
            for (std::size_t i = 0; i < design.points; ++i) x.push_back(design.u[i * 3 + k]);
            const OrderedInput input = ordered(column(x), 1);
            EXPECT_NEAR(first_order(kind == &designs::sobol ? in_slices(input) : input, {&y, 1}).value, known[k], 0.02) << k;
            if (kind == &designs::sobol && k == 2) { EXPECT_LT(first_order(input, {&y, 1}).value, -0.1); }
        }
    }
}

/// y = x + noise of the same variance: S = 1/2. With x of four levels too, as numbers and as choices.
TEST(FirstOrder, IsAHalfWhereHalfIsNoise)
{
    constexpr std::size_t rows = 8000;
    const InputColumn x = bell(rows, 1), noise = bell(rows, 2);
    EXPECT_NEAR(first(x, sum(x.value, noise.value)).value, 0.5, 0.05);
    EXPECT_TRUE(is_no_share(first(bell(rows, 3), sum(x.value, noise.value))));
    for (const auto kind : {Factor::Kind::whole, Factor::Kind::choice}) {
        const InputColumn levels = of_levels(rows, 4, 4, kind); // variance 1.25
        const Index i = first(levels, sum(levels.value, noise.value, std::sqrt(1.25)));
        EXPECT_NEAR(i.value, 0.5, 0.04);
        EXPECT_LT(i.low, 0.5);
        EXPECT_GT(i.high, 0.5);
    }
}

/// Runs that take one draw of a posterior share all inputs: each input alone is not to be credited with what they explain together. x explains a quarter, of which half by itself would be wrong.
TEST(FirstOrder, DoesNotCreditAnInputWithWhatIsDrawnWithIt)
{
    constexpr std::size_t draws = 1000, rows = 8000;
    std::vector<double> x, z, y;
    for (std::size_t i = 0; i < rows; ++i) {
        x.push_back(hashed_bell(1, i % draws)), z.push_back(hashed_bell(2, i % draws));
        y.push_back(x[i] + std::sqrt(2.0) * z[i] + hashed_bell(3, i));
    }
    EXPECT_NEAR(first(column(x), y).value, 0.25, 0.1);
    EXPECT_NEAR(first(column(z), y).value, 0.5, 0.1);
    std::vector<double> other;
    for (std::size_t i = 0; i < rows; ++i) other.push_back(hashed_bell(4, i % draws));
    const Index nothing = first(column(other), y);
    EXPECT_TRUE(is_no_share(nothing)) << nothing.low;
    EXPECT_GT(design_effect(ordered(column(other), 1), y), 4); // eight rows a draw, three quarters in common
    EXPECT_GT(regional_sensitivity(ordered(column(other), 1),
                                   [&] {
                                       std::vector<std::uint8_t> holds;
                                       for (const double v : y) holds.push_back(v > 0 ? 1 : 0);
                                       return holds;
                                   }())
                  .p,
              0.001);
}

/// Intervals of 400 samples with S = 1/2 and with S = 0: with alpha = 1e-6 a binomial count at .95 lies within 4.9 standard errors, 21 of 400; the interval itself is asymptotic, 6 more are allowed.
TEST(FirstOrder, IntervalsCover)
{
    const auto held = [](double weight, double share, bool levels) {
        std::size_t n = 0;
        for (std::uint64_t repeat = 0; repeat < 400; ++repeat) {
            const InputColumn noise = bell(300, 3 * repeat), x = levels ? of_levels(300, 3, 3 * repeat + 1, Factor::Kind::choice) : bell(300, 3 * repeat + 1);
            const Index i = first(x, sum(noise.value, x.value, weight));
            n += i.low <= share && share <= i.high ? 1 : 0;
        }
        return n;
    };
    for (const std::size_t n : {held(1, 0.5, false), held(0, 0, false), held(std::sqrt(1.5), 0.5, true), held(0, 0, true)}) {
        EXPECT_GE(n, 353u);
        EXPECT_LE(n, 400u);
    }
    EXPECT_LT(held(1, 0.3, false), 353u);
}

TEST(FirstOrder, OfNothingIsNoNumber)
{
    const InputColumn x = bell(50, 1);
    EXPECT_TRUE(std::isnan(first(x, std::vector<double>(50, 0.1)).value));
    EXPECT_TRUE(std::isnan(first(column(std::vector<double>(50, 2)), x.value).value));
    EXPECT_THROW(first(bell(7, 1), std::vector<double>(7, 1)), std::invalid_argument);
    EXPECT_THROW(ordered(column({1, std::numeric_limits<double>::quiet_NaN()}), 1), std::invalid_argument);
    EXPECT_THROW(first(x, std::vector<double>(50, std::numeric_limits<double>::infinity())), std::invalid_argument);
}

TEST(Pawn, OfTheInputItselfIsTheKnownOne)
{
    constexpr std::size_t rows = 20000;
    std::vector<double> x;
    for (std::size_t i = 0; i < rows; ++i) x.push_back((static_cast<double>(hashed(1, i) % 1000003) + 0.5) / 1000003);
    const OrderedInput input = ordered(column(x), 1), dummy = ordered(uniform(rows, 2), 2);
    const OrderedOutcome outcome = ordered(x);
    for (const auto& [slices, least, mean, median, most] : {std::tuple{10u, 0.5, 0.7, 0.7, 0.9}, std::tuple{5u, 0.4, 0.64, 0.6, 0.8}}) {
        const Pawn p = pawn(sliced(input, slices), outcome);
        EXPECT_NEAR(p.least, least, 0.002);
        EXPECT_NEAR(p.mean, mean, 0.002);
        EXPECT_NEAR(p.median, median, 0.002);
        EXPECT_NEAR(p.most, most, 0.002);
    }
    const Slices of_dummy = sliced(dummy, 10);
    const double noise = pawn_noise(of_dummy, dummy, outcome, 1), half = pawn(of_dummy, outcome).median;
    EXPECT_LT(half, noise * 1.2);
    EXPECT_LT(noise, std::sqrt(-0.5 * std::log(0.025)) * std::sqrt(10.0 / rows + 1.0 / rows)); // the level of a single slice
    EXPECT_GT(noise, 0.005);
}

TEST(Pawn, OfASumOfTwoIsTheKnownOne)
{
    constexpr std::size_t rows = 40000;
    const InputColumn a = uniform(rows, 1), b = uniform(rows, 2);
    const std::vector<double> d = slice_distances(sliced(ordered(a, 1), 10), ordered(sum(a.value, b.value)));
    const double known[] = {0.45, 0.35556, 0.27222, 0.2, 0.13889, 0.13889, 0.2, 0.27222, 0.35556, 0.45};
    ASSERT_EQ(d.size(), 10u);
    for (std::size_t s = 0; s < 10; ++s) EXPECT_NEAR(d[s], known[s], 0.025) << s;
}

/// y is 1 in 3 of 4 rows of choice 0 and in 1 of 4 of choice 1: distances to the half of all are a quarter.
TEST(Pawn, TakesChoicesAndTies)
{
    const InputColumn choice = column({0, 0, 0, 0, 1, 1, 1, 1}, Factor::Kind::choice);
    const std::vector<double> y = {1, 1, 1, 0, 0, 0, 0, 1};
    const Slices slices = sliced(ordered(choice, 1), 10);
    EXPECT_EQ(slices.sizes, (std::vector<std::uint32_t>{4, 4}));
    for (const double d : slice_distances(slices, ordered(y))) EXPECT_NEAR(d, 0.25, 1e-12);
}

TEST(Slices, KeepRowsOfOneValueTogether)
{
    std::vector<double> x(100);
    for (std::size_t i = 0; i < 100; ++i) x[i] = i < 60 ? 0 : static_cast<double>(i);
    const Slices s = sliced(ordered(column(x), 1), 10);
    for (std::size_t i = 1; i < 60; ++i) EXPECT_EQ(s.of[i], s.of[0]);
    EXPECT_EQ(s.sizes.size(), 5u);
}

TEST(Delta, OfLinearGaussiansIsTheKnownOne)
{
    constexpr std::size_t rows = 1u << 14;
    const InputColumn a = bell(rows, 1), b = bell(rows, 2), c = bell(rows, 3);
    const OrderedInput input = ordered(a, 1);
    const Slices slices = sliced(input, delta_slices(rows));
    const std::vector<double> two = sum(a.value, b.value), three = sum(two, c.value);
    EXPECT_NEAR(borgonovo_delta(slices, for_delta(two), {.resamples = 10, .seed = 1}).index.value, 0.30599382207778036, 0.03);
    EXPECT_NEAR(borgonovo_delta(slices, for_delta(three), {.resamples = 10, .seed = 1}).index.value, 0.22405978570377935, 0.03);
    const OrderedInput dummy = ordered(bell(rows, 4), 2);
    const Slices of_dummy = sliced(dummy, delta_slices(rows));
    Delta nothing = borgonovo_delta(of_dummy, for_delta(two), {.resamples = 10, .seed = 1});
    nothing.noise = delta_noise(of_dummy, dummy, for_delta(two), 1);
    EXPECT_LT(nothing.index.value, 0.03);
    EXPECT_LT(nothing.raw, nothing.noise * 1.1);
    EXPECT_EQ(borgonovo_delta(slices, for_delta(std::vector<double>(rows, 1)), {}).raw, 0);
}

/// Of the shares in Pawn.TakesChoicesAndTies: half the mean of |3/4 - 1/2| + |1/4 - 1/2| is a quarter.
TEST(Delta, OfSharesIsCountedByHand)
{
    const Slices slices = sliced(ordered(column({0, 0, 0, 0, 1, 1, 1, 1}, Factor::Kind::choice), 1), 10);
    EXPECT_NEAR(raw_delta(slices, for_delta(std::vector<double>{1, 1, 1, 0, 0, 0, 0, 1}), std::vector<std::uint16_t>(8, 1)), 0.25, 1e-12);
}

/// Two samples of 4 and 4, worked by hand: 1 2 3 7 against 4 5 6 8; at 3 the distributions are 3/4 and 0.
TEST(Regional, IsTheDistanceOfTwoSamples)
{
    const Regional r = regional_sensitivity(ordered(column({1, 2, 3, 7, 4, 5, 6, 8}), 1), std::vector<std::uint8_t>{1, 1, 1, 1, 0, 0, 0, 0});
    EXPECT_NEAR(r.distance, 0.75, 1e-12);
    EXPECT_EQ(r.direction, -1);
    EXPECT_NEAR(kolmogorov_tail(1.3580986), 0.05, 1e-6);
    EXPECT_NEAR(kolmogorov_tail(1.6276236), 0.01, 1e-6);
    EXPECT_EQ(kolmogorov_tail(0), 1);
}
/// Shares 3/4, 1/4 against 1/4, 3/4: half of 1/2 + 1/2; chi-squared of the table 2, of one degree.
TEST(Regional, OfAChoiceIsTheDistanceOfShares)
{
    const Regional r = regional_sensitivity(ordered(column({0, 0, 0, 1, 0, 1, 1, 1}, Factor::Kind::choice), 1), std::vector<std::uint8_t>{1, 1, 1, 1, 0, 0, 0, 0});
    EXPECT_NEAR(r.distance, 0.5, 1e-12);
    EXPECT_NEAR(r.p, 0.157299, 1e-5);
    EXPECT_EQ(r.direction, 0);
    EXPECT_EQ(regional_sensitivity(ordered(column({1, 2, 3}), 1), std::vector<std::uint8_t>{1, 1, 1}).p, 1);
}

TEST(JointRegression, SplitsTheVarianceOfASum)
{
    constexpr std::size_t rows = 4000;
    const std::vector<InputColumn> inputs = {bell(rows, 1), bell(rows, 2), of_levels(rows, 3, 3, Factor::Kind::choice), bell(rows, 4)};
    std::vector<double> y = sum(inputs[0].value, inputs[1].value);
    for (std::size_t i = 0; i < rows; ++i)
        y[i] += inputs[1].value[i] * inputs[1].value[i] / std::sqrt(2.0) + (inputs[2].value[i] == 1 ? 2.1213203 : 0) + hashed_bell(5, i); // parts of 1, 1 + 1, 1 and 1
    const JointTerms terms(inputs);
    ASSERT_TRUE(terms.has_enough_rows() && terms.has_squares());
    const std::vector<Index> e = terms.explained(y, {{0, 1, 2, 3}, {0}, {1}, {2}, {3}, {}});
    const double known[] = {0.8, 0.2, 0.4, 0.2, 0, 0};
    for (std::size_t g = 0; g < 6; ++g) EXPECT_NEAR(e[g].value, known[g], 0.04) << g;
    EXPECT_TRUE(is_no_share(e[4]));
    EXPECT_TRUE(std::isnan(terms.explained(std::vector<double>(rows, 3), {{0}})[0].value));
    EXPECT_FALSE(JointTerms({bell(20, 1), bell(20, 2)}).has_enough_rows());
}

} // namespace
} // namespace entente
