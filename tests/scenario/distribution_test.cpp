// Quantiles against closed forms and the platform's own functions; and their bits.
#include "scenario/scenario.hpp"
#include <cmath>
#include <gtest/gtest.h>

namespace entente {
namespace {

constexpr double us[] = {1e-9, 0.001, 0.1, 0.25, 0.5, 0.7, 0.9, 0.999};

TEST(Quantile, UniformAndTable)
{
    for (const double u : us) {
        EXPECT_FLOAT_EQ(quantile({.shape = Shape::uniform, .a = 2, .b = 5}, u), float(2 + 3 * u));
        EXPECT_NEAR(quantile({.shape = Shape::log_uniform, .a = 0.1, .b = 10}, u), 0.1 * std::pow(100, u), 1e-5);
    }
    Distribution table{.shape = Shape::table};
    table.values = {3, 1, 2}, table.weights = {0.2, 0.5, 0.3};
    table.values[0] = 0.4;
    EXPECT_EQ(quantile(table, 0.1), 0.4);
    EXPECT_EQ(quantile(table, 0.2), 1);
    EXPECT_EQ(quantile(table, 0.69), 1);
    EXPECT_EQ(quantile(table, 0.71), 2);
    EXPECT_EQ(quantile(table, 1 - 1e-16), 2);
    EXPECT_EQ(quantile({.shape = Shape::value, .a = 0.1}, 0.3), 0.1);
}

TEST(Quantile, BellsGiveBackTheirProbability)
{
    const auto below = [](double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); };
    for (const double u : us) {
        EXPECT_NEAR(below((quantile({.shape = Shape::normal, .a = 1, .b = 2}, u) - 1) / 2), u, 1e-6);
        EXPECT_NEAR(below(std::log(quantile({.shape = Shape::log_normal, .a = 0.3, .b = 0.25}, u) / 0.3) / 0.25), u, 1e-6);
        const double x = quantile({.shape = Shape::normal, .a = 0, .b = 1, .cut = Cut::truncate, .low = -0.5, .high = 2}, u);
        EXPECT_NEAR((below(x) - below(-0.5)) / (below(2) - below(-0.5)), u, 2e-6);
        const double y = quantile({.shape = Shape::log_normal, .a = 2, .b = 0.5, .cut = Cut::truncate, .low = 0, .high = 3}, u);
        EXPECT_NEAR(below(std::log(y / 2) / 0.5) / below(std::log(1.5) / 0.5), u, 2e-6);
        const double limited = quantile({.shape = Shape::normal, .a = 0, .b = 1, .cut = Cut::limit, .low = -0.5, .high = 2}, u);
        EXPECT_NEAR(limited, std::clamp(double(quantile({.shape = Shape::normal, .a = 0, .b = 1}, u)), -0.5, 2.0), 1e-7);
    }
}

TEST(Quantile, BetaAgainstClosedForms)
{
    const auto beta = [](double a, double b, double u) { return double(quantile({.shape = Shape::beta, .a = a, .b = b, .low = 0, .high = 1}, u)); };
    for (const double u : us) {
        EXPECT_NEAR(beta(1, 4, u), 1 - std::pow(1 - u, 0.25), 1e-7);
        EXPECT_NEAR(beta(0.5, 1, u), u * u, 1e-7);
        EXPECT_NEAR(beta(0.5, 0.5, u), std::pow(std::sin(u * std::acos(-1.0) / 2), 2), 1e-7);
        const double x = beta(2, 3, u);
        EXPECT_NEAR(x * x * (6 - 8 * x + 3 * x * x), u, 1e-6);
        EXPECT_NEAR(beta(70, 30, u) + beta(30, 70, 1 - u), 1, 1e-6);
    }
    EXPECT_FLOAT_EQ(quantile({.shape = Shape::beta, .a = 1, .b = 1, .low = 2, .high = 4}, 0.25), 2.5f);
}

TEST(Quantile, NeverFallsAndStaysFinite)
{
    const Distribution list[] = {{.shape = Shape::normal, .a = 0, .b = 1},
                                 {.shape = Shape::log_normal, .a = 0.3, .b = 0.25, .cut = Cut::truncate, .low = 0.2, .high = 0.5},
                                 {.shape = Shape::beta, .a = 0.1, .b = 0.1},
                                 {.shape = Shape::beta, .a = 5000, .b = 20}};
    for (const Distribution& d : list) {
        double before = quantile(d, 1e-12);
        for (int i = 0; i <= 500; ++i) {
            const double x = quantile(d, (i + 0.5) / 501);
            ASSERT_TRUE(std::isfinite(x)) << to_text(d);
            ASSERT_GE(x, before - 1e-6f) << to_text(d) << " at " << i;
            before = x;
        }
    }
}

TEST(Quantile, SameBitsEverywhere)
{
    // printed by the expressions on the left
    EXPECT_EQ(quantile({.shape = Shape::log_uniform, .a = 0.1, .b = 10}, 0.37), 0x1.195d6cp-1f);
    EXPECT_EQ(quantile({.shape = Shape::normal, .a = 1, .b = 2}, 0.0123), -0x1.bf647ap+1f);
    EXPECT_EQ(quantile({.shape = Shape::log_normal, .a = 0.3, .b = 0.25}, 0.77), 0x1.7185acp-2f);
    EXPECT_EQ(quantile({.shape = Shape::log_normal, .a = 0.3, .b = 0.25}, 0.99999), 0x1.be1d2cp-1f);
    EXPECT_EQ(quantile({.shape = Shape::normal, .a = 0, .b = 1, .cut = Cut::truncate, .low = -0.5, .high = 2}, 0.61), 0x1.2508fp-1f);
    EXPECT_EQ(quantile({.shape = Shape::beta, .a = 2.5, .b = 3.5, .low = 0, .high = 1}, 0.41), 0x1.70a9bep-2f);
    EXPECT_EQ(quantile({.shape = Shape::beta, .a = 0.3, .b = 40, .low = 0, .high = 1}, 0.9), 0x1.698dcap-6f);
}

TEST(Distribution, AsText)
{
    EXPECT_EQ(to_text({.shape = Shape::value, .a = 0.3}), "0.3");
    EXPECT_EQ(to_text({.shape = Shape::log_normal, .a = 0.3, .b = 0.25}), "log_normal(0.3, 0.25)");
    EXPECT_EQ(to_text({.shape = Shape::normal, .a = 0.62, .b = 0.12, .cut = Cut::limit, .low = 0.05, .high = 0.95}), "normal(0.62, 0.12) limited to [0.05, 0.95]");
    EXPECT_EQ(to_text({.shape = Shape::beta, .a = 2, .b = 3, .low = 0, .high = 1}), "beta(2, 3) on [0, 1]");
}

} // namespace
} // namespace entente
