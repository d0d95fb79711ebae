// The lanes of one width and precision against long double. A file that includes this names them first:
//   #define ENTENTE_KERNEL t_double_2, ENTENTE_REAL double, ENTENTE_WIDTH 2, SUITE LanesDouble2
#pragma once
#include "core/lanes.hpp"
#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <limits>
#include <vector>

namespace {

using namespace entente;

constexpr Real nan = std::numeric_limits<Real>::quiet_NaN();
constexpr double exp_low = single ? -87 : -708, exp_high = single ? 88 : 709;          // beyond, exp stands still
constexpr double exp_error = single ? 2e-7 : 6e-11, log_error = single ? 2e-7 : 6e-16; // as lanes.hpp promises
constexpr double rounding = std::numeric_limits<Real>::epsilon() / 2;

/// f over all x, `width` at a time.
std::vector<Real> over(const std::vector<Real>& xs, const std::function<Lanes(Lanes)>& f)
{
    std::vector<Real> ys;
    for (std::size_t i = 0; i < xs.size(); i += static_cast<std::size_t>(width)) {
        Lanes x = 0;
        for (std::size_t lane = 0; lane < static_cast<std::size_t>(width); ++lane) x.v[lane] = xs[std::min(i + lane, xs.size() - 1)];
        const Lanes y = f(x);
        for (std::size_t lane = 0; lane < static_cast<std::size_t>(width) && ys.size() < xs.size(); ++lane) ys.push_back(y[static_cast<int>(lane)]);
    }
    return ys;
}
/// Largest relative error of f, in units of what `allowed` says for each x.
double worst(const std::vector<Real>& xs, const std::function<Lanes(Lanes)>& f, const std::function<long double(long double)>& exact, const std::function<double(long double)>& allowed)
{
    const std::vector<Real> ys = over(xs, f);
    double most = 0;
    for (std::size_t i = 0; i < xs.size(); ++i) {
        const long double e = exact(xs[i]);
        const double error = static_cast<double>(std::abs((ys[i] - e) / e)) / allowed(xs[i]);
        if (!(error <= most)) most = error;
        if (!(error <= 1)) ADD_FAILURE() << "at " << xs[i] << ": " << ys[i] << ", exactly " << e << ": " << error << " times the error allowed";
        if (!(error <= 1)) break;
    }
    return most;
}
std::vector<Real> evenly(double low, double high, int n)
{
    std::vector<Real> xs;
    for (int i = 0; i <= n; ++i) xs.push_back(static_cast<Real>(low + (high - low) * i / n));
    return xs;
}
/// Every binary order of magnitude of the normal numbers, with 64 mantissas each.
std::vector<Real> every_magnitude()
{
    std::vector<Real> xs;
    for (int e = std::numeric_limits<Real>::min_exponent - 1; e < std::numeric_limits<Real>::max_exponent; ++e)
        for (int m = 0; m < 64; ++m) xs.push_back(static_cast<Real>(std::ldexp(1 + m / 64.0 + 1 / 300.0, e)));
    return xs;
}

TEST(SUITE, ExpIsAsExactAsPromised)
{
    const auto exact = [](long double x) { return std::exp(x); };
    EXPECT_LT(worst(
                  evenly(exp_low, exp_high, 200000), [](Lanes x) { return exp(x); }, exact, [](long double) { return exp_error; }),
              1);
    EXPECT_LT(worst(
                  evenly(-1, 1, 200000), [](Lanes x) { return exp(x); }, exact, [](long double) { return exp_error; }),
              1);
    EXPECT_EQ(exp(Lanes(0))[0], 1);
}

TEST(SUITE, ExpStandsStillBeyondItsRange)
{
    EXPECT_EQ(exp(Lanes(2000))[0], exp(Lanes(exp_high))[0]);
    EXPECT_EQ(exp(Lanes(-2000))[0], exp(Lanes(exp_low))[0]);
    EXPECT_EQ(exp(Lanes(std::numeric_limits<Real>::infinity()))[0], exp(Lanes(exp_high))[0]);
    EXPECT_GE(exp(Lanes(-2000))[0], std::numeric_limits<Real>::min());
}

TEST(SUITE, LogIsAsExactAsPromised)
{
    const auto exact = [](long double x) { return std::log(x); };
    EXPECT_LT(worst(
                  every_magnitude(), [](Lanes x) { return log(x); }, exact, [](long double) { return log_error; }),
              1);
    std::vector<Real> near_one = evenly(0.5, 2, 200000);
    std::erase(near_one, Real{1});
    for (int k = 1; k < 1000; ++k)
        near_one.push_back(1 + static_cast<Real>(k) * std::numeric_limits<Real>::epsilon()), near_one.push_back(1 - static_cast<Real>(k) * std::numeric_limits<Real>::epsilon());
    EXPECT_LT(worst(
                  near_one, [](Lanes x) { return log(x); }, exact, [](long double) { return log_error; }),
              1);
    EXPECT_EQ(log(Lanes(1))[0], 0);
}

TEST(SUITE, RootIsRoundedCorrectly)
{
    std::vector<Real> xs = every_magnitude();
    xs.push_back(0);
    const std::vector<Real> ys = over(xs, [](Lanes x) { return sqrt(x); });
    for (std::size_t i = 0; i < xs.size(); ++i) ASSERT_EQ(ys[i], std::sqrt(xs[i])) << xs[i];
}

// exp(a log x): the logarithm's error is multiplied by a ln x. Allowed: 1.5 roundings of a ln x besides what exp and log promise.
TEST(SUITE, PowerIsAsExactAsItsLogarithm)
{
    for (const double a : {-2.5, -1.0, 0.5, 1.6, 3.0}) {
        const auto f = [a](Lanes x) { return power(x, a); };
        const auto allowed = [a](long double x) { return exp_error + (log_error + 1.5 * rounding) * std::abs(static_cast<double>(a * std::log(x))); };
        EXPECT_LT(worst(
                      evenly(1e-6, 10, 20000), f, [a](long double x) { return std::pow(x, static_cast<long double>(a)); }, allowed),
                  1)
            << a;
    }
    EXPECT_EQ(power(Lanes(0), Lanes(1.6))[0], 0);
    EXPECT_NEAR(power(Lanes(0.25), Lanes(0.5))[0], 0.5, 0.5 * exp_error * 3);
}

// 1 / (exp(-x) + 1): exp's error and two roundings.
TEST(SUITE, LogisticIsExactOnBothTails)
{
    EXPECT_LT(worst(
                  evenly(exp_low + 3, -exp_low - 3, 200000), [](Lanes x) { return logistic(x); }, [](long double x) { return 1 / (1 + std::exp(-x)); },
                  [](long double) { return exp_error + 2.5 * rounding; }),
              1);
    EXPECT_EQ(logistic(Lanes(0))[0], Real(0.5));
    EXPECT_NEAR(logit(Lanes(0.75))[0], std::log(3.0), 4 * rounding);
}

TEST(SUITE, HappensWithTheProbabilityOfTheLogit)
{
    for (double x = -12; x <= 12; x += 0.37) {
        const double p = 1 / (1 + std::exp(-x));
        EXPECT_TRUE(any(happens(Lanes(p * (1 - 1e-5)), Lanes(x)))) << x;
        EXPECT_FALSE(any(happens(Lanes(p + (1 - p) * 1e-5 + p * 1e-5), Lanes(x)))) << x;
    }
}

TEST(SUITE, NoNumberPassesThrough)
{
    EXPECT_NE(min(Lanes(nan), 1)[0], min(Lanes(nan), 1)[0]);
    EXPECT_NE(max(Lanes(nan), 1)[0], max(Lanes(nan), 1)[0]);
    EXPECT_NE(clip(Lanes(nan))[0], clip(Lanes(nan))[0]);
    EXPECT_NE(clip(Lanes(nan), -2, 2)[0], clip(Lanes(nan), -2, 2)[0]);
    EXPECT_NE(positive_part(Lanes(nan))[0], positive_part(Lanes(nan))[0]);
    EXPECT_NE(exp(Lanes(nan))[0], exp(Lanes(nan))[0]);
    EXPECT_NE(sqrt(Lanes(nan))[0], sqrt(Lanes(nan))[0]);
}

TEST(SUITE, ClipsAndSelects)
{
    EXPECT_EQ(clip(Lanes(1.5))[0], 1);
    EXPECT_EQ(clip(Lanes(-0.5))[0], 0);
    EXPECT_EQ(clip(Lanes(0.25))[0], Real(0.25));
    EXPECT_EQ(clip(Lanes(-3), -2, 2)[0], -2);
    EXPECT_EQ(select(Lanes(1) < Lanes(2), 10, 20)[0], 10);
    EXPECT_EQ(select(Lanes(2) < Lanes(2), 10, 20)[0], 20);
    EXPECT_EQ(when(Lanes(2) >= Lanes(2))[0], 1);
    EXPECT_EQ(when(!(Lanes(2) >= Lanes(2)))[0], 0);
    EXPECT_TRUE(any(holds(Lanes(1))));
    EXPECT_FALSE(any(holds(Lanes(0))));
}

TEST(SUITE, CountsExactly)
{
    for (int k = -1100; k <= 1100; ++k) ASSERT_EQ(from_integers(IntVector{} + Int{k})[0], k);
}

// Each function of lanes gives a lane the same bits whatever stands beside it, and any() sees every lane.
TEST(SUITE, ALaneDoesNotSeeItsNeighbours)
{
    const std::function<Lanes(Lanes)> functions[] = {[](Lanes x) { return exp(x); },
                                                     [](Lanes x) { return log(x); },
                                                     [](Lanes x) { return sqrt(x); },
                                                     [](Lanes x) { return power(x, 1.6); },
                                                     [](Lanes x) { return logistic(x); },
                                                     [](Lanes x) { return logit(clip(x, 0.1, 0.9)); },
                                                     [](Lanes x) { return clip(x, -0.5, 0.5); },
                                                     [](Lanes x) { return when(happens(0.4, x)); },
                                                     [](Lanes x) { return select(x < 0.5, x * x, x / 3); }};
    for (const auto& f : functions)
        for (int lane = 0; lane < width; ++lane)
            for (const Real neighbour : {nan, Real(-1e30), Real(0.2)}) {
                Lanes alone = 0.7, crowd = RealVector{} + neighbour;
                crowd.v[lane] = Real(0.7);
                ASSERT_EQ(f(crowd)[lane], f(alone)[lane]) << lane << " beside " << neighbour;
            }
    for (int lane = 0; lane < width; ++lane) {
        Lanes x = 0;
        x.v[lane] = 1;
        EXPECT_TRUE(any(holds(x))) << lane;
    }
}

} // namespace
