// Do intervals of robustness hold what they should, as often as they say? Each data set has new points and new luck.
#include "analysis/robustness.hpp"
#include "analysis/hashed.hpp"
#include "statistical/z_test.hpp"

using namespace entente;

namespace {

/// Policies whose expected performances are independent uniforms (times `spread`), with bell-shaped luck.
Performance data_set(std::uint64_t seed, std::size_t policies, std::size_t points, std::size_t replicates, double spread, double luck)
{
    Performance p{policies, points, replicates, {}};
    for (std::size_t i = 0; i < policies * points; ++i)
        for (std::size_t r = 0; r < replicates; ++r) p.value.push_back(spread * hashed_uniform(2 * seed, i) + luck * hashed_bell(2 * seed + 1, i * replicates + r));
    return p;
}

constexpr std::uint64_t seed = 1000; ///< of the first data set; the next take the next
constexpr std::size_t data_sets = 800;

/// In how many data sets without any difference between points the interval of the first policy's mean holds the true one, 0.
std::size_t mean_held(Resampling resampling, double confidence)
{
    std::size_t held = 0;
    for (std::uint64_t d = 0; d < data_sets; ++d) {
        const Robustness r = robustness(data_set(seed + d, 1, 50, 4, 0, 1), {.resampling = resampling, .resamples = 200, .seed = d, .confidence = confidence});
        const Measure& m = *r.find("laplace");
        held += m.low[0] <= 0 && 0 <= m.high[0] ? 1 : 0;
    }
    return held;
}

TEST(RobustnessCoverage, OfAMeanFromResampledPoints)
{
    // The bootstrap's variance of a mean of n = 50 is (n - 1) / n of the usual one: P(|t| < 1.96 sqrt(0.98)) with 49 degrees of freedom is 0.942.
    EXPECT_Z_WITHIN(share_estimate(mean_held(Resampling::points, 0.95), data_sets, 0.942, seed), 0.942, 1e-6);
    EXPECT_Z_OUTSIDE(share_estimate(mean_held(Resampling::points, 0.8), data_sets, 0.942, seed), 0.942, 1e-6);
}

TEST(RobustnessCoverage, OfAMeanFromResampledPointsAndReplicates)
{
    // Four replicates whose luck is all there is: the variance is 0.98 + 3/4 times too large, P(|normal| < 1.96 sqrt(1.73)) = 0.990.
    const std::size_t held = mean_held(Resampling::points_and_replicates, 0.95);
    EXPECT_Z_WITHIN(share_estimate(held, data_sets, 0.990, seed), 0.990, 1e-6);
    EXPECT_Z_OUTSIDE(share_estimate(held, data_sets, 0.942, seed), 0.942, 1e-6);
}

TEST(RobustnessCoverage, OfRegretThatLuckInflates)
{
    // The better of two uniforms is 2/3 in the mean, either 1/2. The interval is approximate; 0.95 is its aim. Its twin is not moved by the bias.
    const double regret = 2.0 / 3 - 1.0 / 2;
    std::size_t held = 0, unmoved = 0;
    for (std::uint64_t d = 0; d < data_sets; ++d) {
        const Robustness r = robustness(data_set(seed + d, 2, 80, 5, 1, 0.5), {.resamples = 150, .seed = d});
        const Measure& m = *r.find("mean_regret");
        held += m.low[0] <= regret && regret <= m.high[0] ? 1 : 0;
        unmoved += m.low[0] + 2 * m.bias[0] <= regret && regret <= m.high[0] + 2 * m.bias[0] ? 1 : 0;
    }
    EXPECT_Z_WITHIN(share_estimate(held, data_sets, 0.95, seed), 0.95, 1e-6);
    EXPECT_Z_OUTSIDE(share_estimate(unmoved, data_sets, 0.95, seed), 0.95, 1e-6);
}

TEST(RobustnessSwap, OfEquallyGoodPoliciesIsAnythingBelowOneHalf)
{
    // The share of resamples beyond 0 is the one-sided p-value of the difference: uniform on (0, 1/2), mean 1/4.
    std::vector<double> swap;
    for (std::uint64_t d = 0; d < data_sets; ++d) swap.push_back(robustness(data_set(seed + d, 2, 40, 1, 1, 0), {.resamples = 150, .seed = d}).find("laplace")->swap[0][1]);
    const Estimate e = estimate(swap, seed);
    EXPECT_Z_WITHIN(e, 0.25, 1e-6);
    EXPECT_Z_OUTSIDE(e, 0.28, 1e-6);
}

} // namespace
