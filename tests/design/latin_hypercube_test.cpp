#include "discrepancy.hpp"
#include "samples.hpp"
#include "statistical/z_test.hpp"
#include "design/address.hpp"
#include "design/sobol.hpp"

namespace entente {
namespace {

constexpr double alpha = 1e-6;

Design latin(std::size_t d, std::uint32_t points, std::uint64_t seed)
{
    return make_design(unit_factors(d), {.kind = &designs::latin_hypercube, .points = points, .seed = seed, .table = {}, .origin = {}});
}
/// Points of plain Monte Carlo.
std::vector<double> random_points(std::size_t n, std::size_t d, std::uint64_t seed)
{
    std::vector<double> u;
    for (std::size_t i = 0; i < n * d; ++i) u.push_back((static_cast<double>(number_at(seed, i) >> 12) + 0.5) * 0x1p-52);
    return u;
}

TEST(LatinHypercube, HasOnePointInEachShare)
{
    std::vector<std::uint32_t> counts = {100, 101, 1000, 4096, 6561, 12288};
    for (std::uint32_t n = 1; n <= 70; ++n) counts.push_back(n);
    for (const std::uint32_t n : counts) {
        const Design design = latin(5, n, n);
        for (std::size_t k = 0; k < 5; ++k) ASSERT_TRUE(one_in_each_share(column(design, k))) << n << " points";
        std::vector<double> broken = column(design, 0);
        broken[n / 2] = broken[0];
        EXPECT_EQ(one_in_each_share(broken), n == 1);
    }
}

// So many points that the borders of shares lie inside cells in which points lie: a border taken at the wrong end of a cell puts two points into one share.
TEST(LatinHypercube, HasOnePointInEachOfManyShares)
{
    constexpr std::uint32_t n = 3u << 18;
    EXPECT_TRUE(one_in_each_share(column(latin(1, n, 1), 0)));
}

TEST(LatinHypercube, OfTwiceThePointsBeginsWithIt)
{
    for (const std::uint32_t n : {1u, 2u, 3u, 7u, 10u, 25u, 50u, 64u, 96u}) EXPECT_TRUE(begins_with(latin(4, 2 * n, 9), latin(4, n, 9))) << n;
    EXPECT_TRUE(begins_with(latin(4, 1600, 9), latin(4, 25, 9)));
    EXPECT_FALSE(begins_with(latin(4, 100, 9), latin(4, 75, 9))); // as the page says
    EXPECT_FALSE(begins_with(latin(4, 100, 8), latin(4, 50, 9)));
}

/// Mean over seeds of a measure of 100 points in 5 factors.
template <class Points, class Measure> Estimate mean_of(Points points, Measure measure, std::size_t seeds)
{
    std::vector<double> list;
    for (std::uint64_t seed = 0; seed < seeds; ++seed) list.push_back(measure(points(seed), 5));
    return estimate(list, 0);
}

TEST(Discrepancy, IsThatOfKnownDesigns) // scipy 1.10.1, qmc.discrepancy
{
    const std::vector<double> six = {1 / 12., 5 / 12., 3 / 12., 11 / 12., 5 / 12., 3 / 12., 7 / 12., 9 / 12., 9 / 12., 1 / 12., 11 / 12., 7 / 12.};
    EXPECT_NEAR(centred_discrepancy(six, 2), 0.008142039609053464, 1e-12);
    EXPECT_NEAR(star_discrepancy(six, 2), 0.06833606212558091, 1e-12);
    const std::vector<double> five = {0.1, 0.5, 0.9, 0.3, 0.1, 0.3, 0.5, 0.9, 0.7, 0.7, 0.3, 0.1, 0.9, 0.7, 0.5};
    EXPECT_NEAR(centred_discrepancy(five, 3), 0.030157637037036222, 1e-12);
    EXPECT_NEAR(star_discrepancy(five, 3), 0.08894878884525083, 1e-12);
}

TEST(Discrepancy, IsBelowPlainMonteCarlo)
{
    constexpr std::size_t seeds = 100;
    const auto plain = [](std::uint64_t seed) { return random_points(100, 5, seed); };
    const auto hypercube = [](std::uint64_t seed) { return latin(5, 100, seed).u; };
    const auto sobol = [](std::uint64_t seed) { return scrambled_sobol(100, 5, seed); };
    const Estimate random = mean_of(plain, centred_discrepancy, seeds), centred = mean_of(hypercube, centred_discrepancy, seeds), even = mean_of(sobol, centred_discrepancy, seeds);
    EXPECT_Z_WITHIN(random, 0.015432495120615026, alpha); // scipy 1.10.1, the same sizes
    EXPECT_Z_OUTSIDE(random, 0.004289963435894847, alpha);
    EXPECT_NEAR(centred.mean, 0.004289963435894847, 0.0003); // of scipy's, which are not grown by doublings; five standard errors
    EXPECT_LT(even.mean, centred.mean / 2);
    EXPECT_LT(mean_of(hypercube, star_discrepancy, seeds).mean, 0.9 * mean_of(plain, star_discrepancy, seeds).mean);
    EXPECT_LT(mean_of(sobol, star_discrepancy, seeds).mean, 0.65 * mean_of(plain, star_discrepancy, seeds).mean);
}

TEST(LatinHypercube, LeavesSumsTheVarianceInsideShares) // n^-3 d / 12 for the mean of a sum of d coordinates (McKay, Beckman & Conover 1979), where plain Monte Carlo has n^-1
{
    constexpr std::size_t d = 5;
    for (const std::uint32_t n : {99u, 100u, 64u}) {
        std::vector<double> squares;
        for (std::uint64_t seed = 0; seed < 1000; ++seed) {
            const Design design = latin(d, n, seed);
            double sum = 0;
            for (const double u : design.u) sum += u - 0.5;
            squares.push_back(std::pow(sum / n, 2) * std::pow(n, 3));
        }
        EXPECT_Z_WITHIN(estimate(squares, 0), d / 12.0, alpha);
        EXPECT_Z_OUTSIDE(estimate(squares, 0), d / 12.0 * 1.5, alpha);
    }
}

TEST(LatinHypercube, HasFactorsThatKnowNothingOfEachOther)
{
    constexpr std::uint32_t n = 24; // 3, doubled three times
    std::vector<double> correlations;
    for (std::uint64_t seed = 0; seed < 4000; ++seed) {
        const Design design = latin(2, n, seed);
        double sum = 0;
        for (std::size_t i = 0; i < n; ++i) sum += 12 * (design.u[2 * i] - 0.5) * (design.u[2 * i + 1] - 0.5) / n;
        correlations.push_back(sum);
    }
    EXPECT_Z_WITHIN(estimate(correlations, 0), 0, alpha);
    EXPECT_Z_OUTSIDE(estimate(correlations, 0), 0.03, alpha);
}

TEST(LatinHypercube, HasUniformPoints) // the first and the last of them, over seeds
{
    for (const std::size_t point : {0u, 23u}) {
        std::vector<double> u, squares;
        for (std::uint64_t seed = 0; seed < 10000; ++seed) u.push_back(latin(1, 24, seed).u[point]), squares.push_back(u.back() * u.back());
        EXPECT_Z_WITHIN(estimate(u, 0), 1 / 2., alpha);
        EXPECT_Z_OUTSIDE(estimate(u, 0), 1 / 2. + 0.03, alpha);
        EXPECT_Z_WITHIN(estimate(squares, 0), 1 / 3., alpha);
        EXPECT_Z_OUTSIDE(estimate(squares, 0), 1 / 3. + 0.03, alpha);
    }
}

} // namespace
} // namespace entente
