#include "calibrate/synthetic_likelihood.hpp"
#include "calibrate/uniforms.hpp"
#include "statistical/z_test.hpp"
#include <limits>

using namespace entente;

namespace {

using Values = std::vector<double>;
constexpr std::uint64_t seed = 1;
constexpr double alpha = 1e-6;

// clang-format off
const Values runs{1.0414709848078965, 1.0, -0.755917355710318, -0.5120392640134562, 0.4569944334398616, -0.6815851706835045, -0.5466764603339817, 0.9742822874563527, 0.6201356985561792, -0.1313880330026268, -0.28347796541267417, -0.867013078896345, -0.050052281530317655, 0.7479615312661783, -0.015046315636647168, 0.1367372182078336, 0.0675229066412519, -1.0535519077896984, 0.2788699643864968, 0.6323751584241876, -0.6038418079859946, 0.4221940626193787, 0.519349964279993, -0.9858488255886504, -0.44382011886900125, 0.3962374575171044, 0.7566136655491736, 0.5510268948623265, -1.0313909615922983, -0.9626058663135666, 0.8885209603816845, 0.058359022421270196, -0.7542538686940414, 0.8062818106866176, 1.001660822042124, -0.8344582739786185, -1.199120892352506, -0.11385168882141795, 0.9760747531600233, 0.9271320942274023, -0.7669007358340486, -0.7628304891185758, 0.9385872819759661, -0.39998531498835127, -1.054572720231168, 0.9039508811813773, 0.7535675431457297, -0.4601194947046709, -0.4778991037770249, -0.626032338663213, 0.588191077682116, 0.9790780292981001, -0.6427900525388976, -0.19093233061559806, 0.289386769453362, -0.9252022603294641, 0.022390728785051356, 0.8532201077225842, 0.060997019953956316, 0.02328770798250543};
// clang-format on

TEST(SyntheticLikelihood, IsAsInTheReference)
{
    const Values observed{0.2, -0.1};
    EXPECT_NEAR(synthetic_log_likelihood(runs, observed, NormalDensity::plug_in), -1.1929071676550376, 1e-10);
    EXPECT_NEAR(synthetic_log_likelihood(runs, observed, NormalDensity::unbiased), -1.2258388088154675, 1e-10);
}

/// Of eight runs of two summaries, correlated, each time anew.
Estimate mean_density(NormalDensity density, const Values& observed)
{
    Values all;
    for (std::uint32_t r = 0; r < 40000; ++r) {
        Values some;
        for (std::uint32_t i = 0; i < 8; ++i) {
            const auto z = normals_at(seed, "run", r, i);
            some.insert(some.end(), {z[0], z[0] + z[1]});
        }
        all.push_back(std::exp(synthetic_log_likelihood(some, observed, density)));
    }
    return estimate(all, seed);
}

TEST(SyntheticLikelihood, HasTheDensityAsItsMean)
{
    const double pi = std::acos(-1.0), density = std::exp(-(0.5 * 0.5 + 0.3 * 0.3) / 2) / (2 * pi); // at 0.5 and 0.5 + 0.3
    EXPECT_Z_WITHIN(mean_density(NormalDensity::unbiased, {0.5, 0.8}), density, alpha);
    EXPECT_Z_OUTSIDE(mean_density(NormalDensity::plug_in, {0.5, 0.8}), density, alpha);
}

TEST(SyntheticLikelihood, IsNothingFarFromAllRuns)
{
    EXPECT_TRUE(std::isinf(synthetic_log_likelihood(runs, Values{50, 50})));
    EXPECT_LT(synthetic_log_likelihood(runs, Values{50, 50}, NormalDensity::plug_in), -1000);
    EXPECT_TRUE(std::isinf(synthetic_log_likelihood(Values(12, 1.0), Values{1, 1}))); // runs that never vary
    EXPECT_THROW(synthetic_log_likelihood(std::span(runs).first(10), Values{0, 0}), std::invalid_argument);
    EXPECT_THROW(synthetic_log_likelihood(std::span(runs).first(31), Values{0, 0}), std::invalid_argument);
    EXPECT_THROW(synthetic_log_likelihood(runs, Values{0, std::numeric_limits<double>::quiet_NaN()}), std::invalid_argument);
}

TEST(Implausibility, IsAsInTheReference)
{
    const TargetFit targets[] = {{1, 2, 0.04 + 0.1 + 0.02}, {0, 0.5, 0.01 + 0.02}, {5, 4, 0.2 + 0.3 + 0.1}};
    const Values found = implausibilities(targets);
    ASSERT_EQ(found.size(), 3u);
    EXPECT_NEAR(found[0], 2.8867513459481287, 1e-12);
    EXPECT_NEAR(found[1], 2.5, 1e-12);
    EXPECT_NEAR(found[2], 1.2909944487358056, 1e-12);
    const TargetFit none{1, 2, 0};
    EXPECT_THROW(implausibilities({&none, 1}), std::invalid_argument);
}

} // namespace
