// Two posteriors side by side, and the shifts that a robust one keeps.
#include "calibrate/agreement.hpp"
#include "calibrate/uniforms.hpp"
#include <gtest/gtest.h>
#include <stdexcept>

namespace entente {
namespace {

/// Two chains of 200 draws of normal parameters with these means and deviation 1.
Posterior normal_posterior(const std::vector<std::string>& names, const std::vector<double>& means, std::uint64_t seed)
{
    Posterior p;
    p.posterior = {.chains = 2, .draws = 200, .names = names, .values = {}};
    for (std::uint32_t draw = 0; draw < 400; ++draw)
        for (std::size_t i = 0; i < names.size(); ++i) p.posterior.values.push_back(means[i] + normals_at(seed, names[i], draw)[0]);
    return p;
}

// Means are known to .05 each, so that their difference is .5 within .2 (four errors), and of equal ones 0.
TEST(Agreement, SaysHowFarMeansAreApart)
{
    const Posterior a = normal_posterior({"x", "y", "a"}, {0, 1, 0}, 1), b = normal_posterior({"y", "x", "b"}, {0.5, 0, 0}, 2);
    const Agreement found = agreement_of(a, b);
    ASSERT_EQ(found.parameters.size(), 2u);
    EXPECT_EQ(found.parameters[0].name, "x");
    EXPECT_NEAR(found.parameters[0].apart, 0, 0.3);
    EXPECT_NEAR(found.parameters[1].apart, 0.5, 0.3);
    EXPECT_NEAR(found.parameters[1].apart_error, 0.07, 0.02);
    EXPECT_NEAR(found.parameters[1].sd_a, 1, 0.15);
    EXPECT_EQ(found.largest, std::abs(found.parameters[1].apart));
    EXPECT_EQ(found.only_a, std::vector<std::string>{"a"});
    EXPECT_EQ(found.only_b, std::vector<std::string>{"b"});
    EXPECT_THROW(agreement_of(normal_posterior({"x"}, {0}, 1), normal_posterior({"y"}, {0}, 1)), std::invalid_argument);
}

TEST(Agreement, SeesThatEachIsSureOfAnotherAnswer)
{
    Posterior a = normal_posterior({"dep"}, {0}, 1), b = a;
    a.prior = {.chains = 2, .draws = 200, .names = {"dep"}, .values = {}};
    for (std::size_t i = 0; i < 400; ++i) a.posterior.values[i] = 0, b.posterior.values[i] = 1, a.prior.values.push_back(static_cast<double>(i % 2));
    EXPECT_NEAR(agreement_of(a, b).largest, 2, 0.01) << "in deviations of the prior, .5";
    EXPECT_EQ(agreement_of(a, a).largest, 0);
}

TEST(Agreement, ReadsShiftsFromTheStatistics)
{
    Posterior p = normal_posterior({"x"}, {0}, 1);
    EXPECT_TRUE(shifts_of(p).empty());
    p.sample_stats = {.chains = 2, .draws = 200, .names = {"log_likelihood", "shift_met", "shift_missed"}, .values = {}};
    for (std::uint32_t draw = 0; draw < 400; ++draw) {
        const auto z = normals_at(3, "shift", draw);
        for (const double x : {0.0, 0.3 * z[0], 4 + 0.5 * z[1]}) p.sample_stats.values.push_back(x);
    }
    const std::vector<TargetShift> shifts = shifts_of(p);
    ASSERT_EQ(shifts.size(), 2u);
    EXPECT_EQ(shifts[1].summary, "missed");
    EXPECT_TRUE(shifts[1].unmet && !shifts[0].unmet);
}

} // namespace
} // namespace entente
