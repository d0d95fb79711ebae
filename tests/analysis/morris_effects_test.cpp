// Morris's effects against exact moments.
#include "analysis/morris_effects.hpp"
#include "known_functions.hpp"
#include <gtest/gtest.h>
#include <limits>

namespace entente {
namespace {

MorrisRuns runs_of(const Design& design, const known::Function& f)
{
    return {.factors = design.factors, .u = design.u, .moved = design.moved, .without_order = std::vector<bool>(design.factors), .value = known::values(design, f)};
}

/// Exact moments over the grid, within 4 standard errors; trajectories are spread out, which makes them surer.
TEST(Morris, EffectsOfHisOwnFunction)
{
    constexpr double mu[] = {12.698291965414253, 12.698291965414253, 23.28430330756927, 12.698291965414253, 23.284303307569274, 15.91973244147157, 33.31103678929767, 40, 40, 40};
    constexpr double size[] = {63.85641518698835, 63.85641518698835, 50.81852048052223, 63.85641518698835, 50.5393715010179, 43.26988398829432, 33.31103678929767, 40, 40, 40};
    constexpr double sigma[] = {75.2104482867031, 75.2104482867031, 69.78818766502025, 75.2104482867031, 69.64832888279942, 51.97011263664186, 24.080267558528433, 0, 0, 0};
    const MorrisEffects m = morris_effects(runs_of(known::design(designs::morris, 20, 150), known::morris), {.resamples = 200, .seed = 1, .threads = 1});
    EXPECT_EQ(m.trajectories, 150u);
    for (std::size_t k = 0; k < 20; ++k) {
        const double error = (k < 10 ? 4 * sigma[k] : 0) / std::sqrt(150.0) + 1e-9;
        EXPECT_NEAR(m.factors[k].mu.value, k < 10 ? mu[k] : 0, error) << k;
        EXPECT_NEAR(m.factors[k].mu_star.value, k < 10 ? size[k] : 0, error) << k;
        EXPECT_NEAR(m.factors[k].sigma.value, k < 10 ? sigma[k] : 0, k < 10 ? 8 + error / 2 : 1e-9) << k;
        EXPECT_LE(m.factors[k].mu_star.low, m.factors[k].mu_star.value + 1e-9);
        EXPECT_GE(m.factors[k].mu_star.high, m.factors[k].mu_star.value - 1e-9);
    }
    EXPECT_TRUE(is_zero(m.factors[15].mu_star));
}

TEST(Morris, EffectsOfALineAreItsSlopes)
{
    const MorrisEffects m = morris_effects(runs_of(known::design(designs::morris, 4, 8), known::linear), {.resamples = 100, .seed = 1, .threads = 1});
    const double slopes[] = {4, -2, 1, 0.5};
    for (std::size_t k = 0; k < 4; ++k) {
        EXPECT_NEAR(m.factors[k].mu.value, slopes[k], 1e-9);
        EXPECT_NEAR(m.factors[k].mu_star.value, std::abs(slopes[k]), 1e-9);
        EXPECT_NEAR(m.factors[k].sigma.value, 0, 1e-6);
    }
}

TEST(Morris, LeavesOutEffectsBesideFailedRuns)
{
    MorrisRuns runs = runs_of(known::design(designs::morris, 4, 40), known::linear);
    runs.value[7] = runs.value[101] = std::numeric_limits<double>::quiet_NaN();
    const MorrisEffects m = morris_effects(runs, {.resamples = 100, .seed = 1, .threads = 1});
    EXPECT_EQ(m.left_out, 4u);
    EXPECT_NEAR(m.factors[1].mu.value, -2, 1e-9);
    for (std::size_t i = 0; i < 200; i += 20) runs.value[i] = std::numeric_limits<double>::quiet_NaN();
    EXPECT_THROW(morris_effects(runs, {}), std::invalid_argument);
    runs.value.pop_back();
    EXPECT_THROW(morris_effects(runs, {}), std::invalid_argument);
    EXPECT_THROW(morris_effects(runs_of(known::design(designs::morris, 4, 3), known::linear), {}), std::invalid_argument);
}

TEST(Morris, GivesChoicesNoDirection)
{
    MorrisRuns runs = runs_of(known::design(designs::morris, 2, 10), [](const double* u) { return u[0] > 0.5 ? 3.0 : 1.0; });
    runs.without_order[0] = true;
    const MorrisEffects m = morris_effects(runs, {.resamples = 100, .seed = 1, .threads = 1});
    EXPECT_TRUE(std::isnan(m.factors[0].mu.value));
    EXPECT_GT(m.factors[0].mu_star.value, 1); // a step counts as one
}

} // namespace
} // namespace entente
