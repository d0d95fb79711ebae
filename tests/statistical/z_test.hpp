// A Monte Carlo estimate against the number that it should be. alpha is the probability that a right program fails the comparison by chance:
// 1e-6 a test, with a fixed seed. Every such test has a twin that holds a wrong number and must fail.
#pragma once
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <vector>

namespace entente {

struct Estimate {
    double mean = 0, standard_error = 0;
    std::size_t n = 0;
    std::uint64_t seed = 0;
};

/// Mean of independent values and its standard error.
inline Estimate estimate(const std::vector<double>& values, std::uint64_t seed)
{
    const double n = static_cast<double>(values.size());
    double sum = 0, squares = 0;
    for (const double x : values) sum += x;
    for (const double x : values) squares += (x - sum / n) * (x - sum / n);
    return {sum / n, std::sqrt(squares / (n - 1) / n), values.size(), seed};
}
/// Share of `count` in n trials; its standard error as if the share were `expected`.
inline Estimate share_estimate(std::size_t count, std::size_t n, double expected, std::uint64_t seed)
{
    return {static_cast<double>(count) / static_cast<double>(n), std::sqrt(expected * (1 - expected) / static_cast<double>(n)), n, seed};
}

/// The |z| that a standard normal deviate exceeds with probability alpha.
inline double critical_z(double alpha)
{
    double low = 0, high = 40;
    for (int step = 0; step < 100; ++step) {
        const double z = (low + high) / 2;
        (std::erfc(z / std::sqrt(2.0)) > alpha ? low : high) = z;
    }
    return (low + high) / 2;
}

inline double z_of(const Estimate& e, double expected) { return e.mean == expected ? 0 : (e.mean - expected) / e.standard_error; }

inline testing::AssertionResult z_within(const Estimate& e, double expected, double alpha)
{
    const double z = z_of(e, expected), limit = critical_z(alpha);
    const std::string text = fmt::format("mean {:.6g}, expected {:.6g}, standard error {:.3g}: z = {:.2f}, n = {}, seed = {}, alpha = {:g} (|z| < {:.2f})", e.mean, expected,
                                         e.standard_error, z, e.n, e.seed, alpha, limit);
    fmt::print("    {}\n", text);
    return (std::abs(z) < limit ? testing::AssertionSuccess() : testing::AssertionFailure()) << text;
}

} // namespace entente

#define EXPECT_Z_WITHIN(estimate, expected, alpha) EXPECT_TRUE(entente::z_within(estimate, expected, alpha))
/// The twin: this wrong number is told from the right one.
#define EXPECT_Z_OUTSIDE(estimate, wrong, alpha) EXPECT_FALSE(entente::z_within(estimate, wrong, alpha))
