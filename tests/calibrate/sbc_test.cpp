// theta ~ N(0, 1), y ~ N(theta, 1), so that the posterior is N(y / 2, 1 / 2): right, and wrong on purpose.
#include "calibrate/sbc.hpp"
#include "calibrate/uniforms.hpp"
#include "statistical/z_test.hpp"
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

using namespace entente;

namespace {

constexpr std::uint64_t seed = 1;
constexpr double alpha = 1e-6;

struct Wrong {
    double width = 1; ///< of the posterior, in that of the right one
    double shift = 0; ///< in right posterior deviations
};
/// Ranks of the truth among so many draws of such a posterior.
std::vector<std::uint32_t> ranks_of(Wrong wrong, std::uint32_t simulations, std::uint32_t draws)
{
    std::vector<std::uint32_t> ranks;
    const double deviation = std::sqrt(0.5);
    for (std::uint32_t i = 0; i < simulations; ++i) {
        const auto truth = normals_at(seed, "truth", i);
        const double y = truth[0] + truth[1];
        std::vector<double> posterior(draws);
        for (std::uint32_t k = 0; k < draws; ++k) posterior[k] = y / 2 + deviation * (wrong.shift + wrong.width * normals_at(seed, "posterior", i, k / 4)[k % 4]);
        ranks.push_back(rank_among(truth[0], posterior, tie_breaker(seed, i, 0).rank));
    }
    return ranks;
}

/// Probability of each rank among nine draws, as integrated over the data.
struct RankCase {
    Wrong wrong;
    std::vector<double> probability;
};
const RankCase rank_cases[] = {
    {{1, 0}, std::vector<double>(10, 0.1)},
    {{1.5, 0}, {0.045010942985, 0.081785239895, 0.109247645988, 0.127446849781, 0.136509321350, 0.136509321350, 0.127446849781, 0.109247645988, 0.081785239895, 0.045010942985}},
    {{0.5, 0}, {0.238606384235, 0.086587616781, 0.064776009573, 0.056587545957, 0.053442443455, 0.053442443455, 0.056587545957, 0.064776009573, 0.086587616781, 0.238606384235}},
    {{1, 0.5}, {0.199222514169, 0.149622887108, 0.125243978037, 0.108622681656, 0.095622833059, 0.084579753362, 0.074585719786, 0.064964229384, 0.054920298314, 0.042615105126}},
};

TEST(Sbc, RanksAreDistributedAsIntegrated)
{
    constexpr std::uint32_t simulations = 20000;
    for (const RankCase& c : rank_cases) {
        const RankHistogram h = rank_histogram(ranks_of(c.wrong, simulations, 9), 9, 10);
        for (std::size_t rank = 0; rank < 10; ++rank) EXPECT_Z_WITHIN(share_estimate(h.counts[rank], simulations, c.probability[rank], seed), c.probability[rank], alpha / 40);
    }
    const RankHistogram narrow = rank_histogram(ranks_of({0.5, 0}, simulations, 9), 9, 10);
    EXPECT_Z_OUTSIDE(share_estimate(narrow.counts[0], simulations, 0.1, seed), 0.1, alpha);
}

TEST(Sbc, TellsARightPosteriorFromWrongOnes)
{
    constexpr std::uint32_t simulations = 1000, draws = 99, bins = 20;
    const EcdfBand band = ecdf_band(simulations, bins, 1 - alpha);
    const auto judged = [&](Wrong wrong) {
        const RankHistogram h = rank_histogram(ranks_of(wrong, simulations, draws), draws, bins);
        return std::pair(h.p, points_outside(band, h.counts));
    };
    const auto [p, outside] = judged({});
    fmt::print("    right: chi-square p {:.3g}, points outside {}, n = {}, seed = {}, alpha = {:g}\n", p, outside, simulations, seed, alpha);
    EXPECT_GT(p, alpha);
    EXPECT_EQ(outside, 0u);
    for (const Wrong wrong : {Wrong{1.5, 0}, Wrong{0.5, 0}, Wrong{1, 0.5}}) {
        const auto [wrong_p, wrong_outside] = judged(wrong);
        EXPECT_LT(wrong_p, alpha);
        EXPECT_GT(wrong_outside, 0u);
    }
}

TEST(Sbc, SeesAPosteriorThatIsAFifthTooNarrow)
{
    constexpr std::uint32_t simulations = 4000, draws = 99, bins = 20;
    const EcdfBand band = ecdf_band(simulations, bins, 1 - alpha);
    EXPECT_EQ(points_outside(band, rank_histogram(ranks_of({}, simulations, draws), draws, bins).counts), 0u);
    const RankHistogram narrow = rank_histogram(ranks_of({0.8, 0}, simulations, draws), draws, bins);
    EXPECT_GT(points_outside(band, narrow.counts), 2u);
    EXPECT_LT(narrow.p, alpha);
}

TEST(Sbc, BreaksTiesByChance)
{
    const double draws[] = {1, 2, 2, 2, 3};
    EXPECT_EQ(rank_among(2.5, draws, 0.99), 4u);
    for (const auto& [uniform, rank] : {std::pair(0.1, 1u), {0.3, 2u}, {0.6, 3u}, {0.9, 4u}}) EXPECT_EQ(rank_among(2, draws, uniform), rank);
    EXPECT_EQ(rank_among(0, draws, 0.5), 0u);
    EXPECT_THROW(rank_among(std::numeric_limits<double>::quiet_NaN(), draws, 0.5), std::invalid_argument);
    EXPECT_DOUBLE_EQ(position_of(4, 9, 0.5), 0.45);
    // a parameter with two values, drawn from its prior: without a tie broken by chance only the outer ranks would be seen
    std::vector<std::uint32_t> ranks;
    for (std::uint32_t i = 0; i < 4000; ++i) {
        std::vector<double> coins(10);
        for (std::uint32_t k = 0; k < 10; ++k) coins[k] = uniforms_at(seed, "coin", i, k)[0] < 0.5;
        ranks.push_back(rank_among(coins[9], std::span(coins).first(9), tie_breaker(seed, i, 1).rank));
    }
    EXPECT_GT(rank_histogram(ranks, 9, 10).p, alpha);
    EXPECT_NE(tie_breaker(seed, 1, 0).rank, tie_breaker(seed, 1, 1).rank);
}

TEST(Sbc, HistogramIsCheckedByHand)
{
    const std::vector<std::uint32_t> ranks{0, 1, 2, 3, 3, 3, 3, 3};
    const RankHistogram h = rank_histogram(ranks, 3, 4);
    EXPECT_EQ(h.counts, (std::vector<std::uint32_t>{1, 1, 1, 5}));
    EXPECT_DOUBLE_EQ(h.chi_square, 6); // (1 + 1 + 1 + 9) / 2
    EXPECT_NEAR(h.p, 0.111610225094714, 1e-12);
    EXPECT_THROW(rank_histogram(ranks, 4, 4), std::invalid_argument);
    EXPECT_THROW(rank_histogram(ranks, 1, 2), std::invalid_argument);
    EXPECT_THROW(rank_histogram({}, 3, 4), std::invalid_argument);
}

struct BandCase {
    std::uint32_t n, bins;
    double gamma;
    std::uint32_t low_at_half, high_at_half;
};
const BandCase band_cases[] = {{50, 50, 0.00640879200630598, 15, 35}, {100, 20, 0.008551198362032887, 37, 63}, {200, 20, 0.006245688733409685, 81, 119}};

TEST(Sbc, BandIsAsInTheReference)
{
    for (const BandCase& c : band_cases) {
        const EcdfBand band = ecdf_band(c.n, c.bins);
        fmt::print("    n {} bins {}: gamma {:.8g} coverage {:.6f}\n", c.n, c.bins, band.gamma, band.coverage);
        EXPECT_NEAR(band.gamma, c.gamma, 0.05 * c.gamma);
        EXPECT_GE(band.coverage, 0.95);
        EXPECT_LT(band.coverage, 0.953);
        EXPECT_EQ(band.low[c.bins / 2], c.low_at_half);
        EXPECT_EQ(band.high[c.bins / 2], c.high_at_half);
    }
}

TEST(Sbc, BandHoldsWhatItSays)
{
    // four numbers at one point, by hand: 1 to 3 of them below 1/2 in 14 of 16 cases
    const EcdfBand four = ecdf_band(4, 2, 0.6);
    EXPECT_EQ(four.low, (std::vector<std::uint32_t>{0, 1, 4}));
    EXPECT_EQ(four.high, (std::vector<std::uint32_t>{0, 3, 4}));
    EXPECT_NEAR(four.coverage, 14.0 / 16, 1e-12);

    constexpr std::uint32_t n = 60, bins = 12, repeats = 4000;
    const EcdfBand band = ecdf_band(n, bins, 0.8);
    const auto held = [&](const std::function<double(double)>& turned) {
        std::uint32_t inside = 0;
        for (std::uint32_t r = 0; r < repeats; ++r) {
            std::vector<std::uint32_t> counts(bins);
            for (std::uint32_t i = 0; i < n; ++i) ++counts[static_cast<std::size_t>(turned(uniforms_at(seed, "number", r, i / 4)[i % 4]) * bins)];
            inside += points_outside(band, counts) == 0;
        }
        return share_estimate(inside, repeats, band.coverage, seed);
    };
    EXPECT_Z_WITHIN(held([](double u) { return u; }), band.coverage, alpha);
    EXPECT_Z_OUTSIDE(held([](double u) { return std::pow(u, 1.2); }), band.coverage, alpha);
    EXPECT_THROW(points_outside(band, std::vector<std::uint32_t>(11, 5)), std::invalid_argument);
    EXPECT_THROW(points_outside(band, std::vector<std::uint32_t>(12, 4)), std::invalid_argument);
    EXPECT_THROW(ecdf_band(60, 12, 1), std::invalid_argument);
}

struct CoverageCase {
    double width, nominal, actual;
};
const CoverageCase coverage_cases[] = {
    {0.5, 0.5, 0.26406768879000775}, {0.5, 0.8, 0.47833163078675156}, {0.5, 0.95, 0.6729049923088593}, {1, 0.5, 0.5}, {1, 0.8, 0.8}, {1, 0.95, 0.95},
    {1.5, 0.5, 0.6883350447537588},  {1.5, 0.8, 0.9454354191248611},  {1.5, 0.95, 0.9967173052354581}};

TEST(Sbc, CoverageIsAsInTheReference)
{
    constexpr std::uint32_t simulations = 10000;
    for (const CoverageCase& c : coverage_cases) {
        std::vector<double> positions; // exact: of the truth in the posterior's distribution function
        for (std::uint32_t i = 0; i < simulations; ++i) {
            const auto truth = normals_at(seed, "truth", i);
            const double apart = (truth[0] - truth[1]) / 2 / std::sqrt(0.5) / c.width; // truth less the posterior's mean
            positions.push_back(std::erfc(-apart / std::sqrt(2.0)) / 2);
        }
        const double levels[] = {c.nominal};
        const Coverage found = coverage_table(positions, levels)[0];
        EXPECT_Z_WITHIN(share_estimate(found.hits, found.n, c.actual, seed), c.actual, alpha / 9);
        if (c.width == 1) continue;
        EXPECT_Z_OUTSIDE(share_estimate(found.hits, found.n, c.nominal, seed), c.nominal, alpha);
    }
}

TEST(Sbc, CoverageHasExactIntervals)
{
    const Coverage some = coverage_of(0.9, 8, 10), none = coverage_of(0.5, 0, 10), all = coverage_of(0.5, 10, 10), nothing = coverage_of(0.5, 0, 0);
    EXPECT_NEAR(some.low, 0.443904537692953, 1e-9); // R: binom.test(8, 10)
    EXPECT_NEAR(some.high, 0.974789273632444, 1e-9);
    EXPECT_EQ(none.low, 0);
    EXPECT_NEAR(none.high, 1 - std::pow(0.025, 0.1), 1e-12);
    EXPECT_NEAR(all.low, std::pow(0.025, 0.1), 1e-12);
    EXPECT_EQ(all.high, 1);
    EXPECT_EQ(nothing.high - nothing.low, 1);
    EXPECT_EQ(coverage_table(std::vector<double>{0.5, 0.26, 0.03}).size(), 4u);
    EXPECT_EQ(coverage_table(std::vector<double>{0.5, 0.26, 0.03})[0].hits, 2u);
    EXPECT_EQ(coverage_table(std::vector<double>{0.5, 0.26, 0.03})[3].hits, 3u);
}

/// Two parameters, as above but with this correlation in the prior, which `believed` replaces in the posterior: the margins are right if both are.
std::vector<std::uint32_t> tarp_ranks(double correlation, double believed, std::uint32_t simulations, std::uint32_t draws, std::vector<std::uint32_t>& of_first)
{
    const PriorRanges box{{-3, -3}, {3, 3}};
    std::vector<std::uint32_t> ranks;
    for (std::uint32_t i = 0; i < simulations; ++i) {
        const auto z = normals_at(seed, "truth", i);
        const double truth[] = {z[0], correlation * z[0] + std::sqrt(1 - correlation * correlation) * z[1]};
        std::vector<double> posterior, first;
        for (std::uint32_t k = 0; k < draws; ++k) {
            const auto d = normals_at(seed, "posterior", i, k);
            posterior.insert(posterior.end(), {d[0], believed * d[0] + std::sqrt(1 - believed * believed) * d[1]});
            first.push_back(d[0]);
        }
        ranks.push_back(tarp_rank(truth, posterior, box, seed, i));
        of_first.push_back(rank_among(truth[0], first, tie_breaker(seed, i, 0).rank));
    }
    return ranks;
}

TEST(Sbc, TarpSeesAJointPosteriorThatIsWrong)
{
    constexpr std::uint32_t simulations = 4000, draws = 99, bins = 20;
    const EcdfBand band = ecdf_band(simulations, bins, 1 - alpha);
    std::vector<std::uint32_t> first;
    EXPECT_EQ(points_outside(band, rank_histogram(tarp_ranks(0.9, 0.9, simulations, draws, first), draws, bins).counts), 0u);
    first.clear();
    EXPECT_GT(points_outside(band, rank_histogram(tarp_ranks(0.9, 0, simulations, draws, first), draws, bins).counts), 0u);
    EXPECT_EQ(points_outside(band, rank_histogram(first, draws, bins).counts), 0u); // the margin is right
}

TEST(Sbc, TarpIsInUnitsOfTheBox)
{
    const double truth[] = {0.3, 40}, draws[] = {0.1, 90, 0.35, 40, 0.9, 10}, stretched[] = {30, 40}, wider[] = {10, 90, 35, 40, 90, 10};
    for (std::uint32_t i = 0; i < 50; ++i) EXPECT_EQ(tarp_rank(truth, draws, {{0, 0}, {1, 100}}, seed, i), tarp_rank(stretched, wider, {{0, 0}, {100, 100}}, seed, i));
    // the point is on the diagonal of the box only by chance: of two that mirror each other, always the same one is nearer
    const double here[] = {0.1, 0.9}, there[] = {0.9, 0.1};
    for (std::uint32_t i = 0; i < 50; ++i) EXPECT_EQ(tarp_rank(here, there, {{0, 0}, {1, 1}}, seed, i) + tarp_rank(there, here, {{0, 0}, {1, 1}}, seed, i), 1u);
    EXPECT_THROW(tarp_rank(truth, std::span(draws).first(5), {{0, 0}, {1, 1}}, seed, 0), std::invalid_argument);
    EXPECT_THROW(tarp_rank(truth, draws, {{0}, {1}}, seed, 0), std::invalid_argument);
}

TEST(Uniforms, AreAddressed)
{
    EXPECT_EQ(uniforms_at(1, "a", 2, 3), uniforms_at(1, "a", 2, 3));
    for (const auto& other : {uniforms_at(2, "a", 2, 3), uniforms_at(1, "b", 2, 3), uniforms_at(1, "a", 3, 3), uniforms_at(1, "a", 2, 4)})
        EXPECT_NE(other, uniforms_at(1, "a", 2, 3));
    std::vector<double> z;
    for (std::uint32_t i = 0; i < 5000; ++i)
        for (const double x : normals_at(seed, "normal", i)) z.push_back(x * x);
    EXPECT_Z_WITHIN(estimate(z, seed), 1, alpha);
    EXPECT_Z_OUTSIDE(estimate(z, seed), 1.1, alpha);
}

} // namespace
