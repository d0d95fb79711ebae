// The distributions of draws, by their moments and distribution functions.
#define ENTENTE_KERNEL test_draws
#define ENTENTE_REAL double
#define ENTENTE_WIDTH 2
#include "core/draws.hpp"
#include "statistical/z_test.hpp"
#include <functional>
#include <limits>

using namespace entente;

namespace {

constexpr std::uint64_t seed = 20230513;
constexpr std::size_t addresses = 1 << 19;
constexpr double alpha = 1e-6;

/// One number per address, from replicates in order.
std::vector<double> sampled(const std::function<Lanes(const Four&)>& f)
{
    std::vector<double> xs;
    for (std::uint32_t r = 0; r < addresses; r += 2) {
        const std::uint32_t replicates[2] = {r, r + 1};
        const Lanes x = f(Draws(seed, replicates, 44, stream_of("test"))());
        xs.push_back(x[0]), xs.push_back(x[1]);
    }
    return xs;
}
Estimate moment(const std::vector<double>& xs, int k)
{
    std::vector<double> powers;
    for (const double x : xs) powers.push_back(std::pow(x, k));
    return estimate(powers, seed);
}
Estimate share_below(const std::vector<double>& xs, double x, double expected)
{
    std::size_t count = 0;
    for (const double y : xs) count += y < x;
    return share_estimate(count, xs.size(), expected, seed);
}

TEST(Draws, StreamsAreFnv1aOfTheirNames)
{
    EXPECT_EQ(stream_of(""), 0x811c9dc5u);
    EXPECT_EQ(stream_of("a"), 0xe40c292cu);
    EXPECT_EQ(stream_of("foobar"), 0xbf9cf968u);
}

TEST(Draws, UniformsAreEven)
{
    for (const auto pick : {&Four::a, &Four::b, &Four::c, &Four::d}) {
        const auto xs = sampled([pick](const Four& u) { return u.*pick; });
        EXPECT_Z_WITHIN(moment(xs, 1), 1 / 2., alpha);
        EXPECT_Z_WITHIN(moment(xs, 2), 1 / 3., alpha);
        EXPECT_Z_WITHIN(moment(xs, 9), 1 / 10., alpha);
        EXPECT_Z_OUTSIDE(moment(xs, 1), 0.505, alpha);
    }
}

// The product of two centred uniforms has mean 0 and variance 1/144 if they know nothing of each other.
TEST(Draws, NeighbouringAddressesKnowNothingOfEachOther)
{
    struct Neighbour {
        std::uint32_t replicate, quarter, stream, agent;
    };
    for (const Neighbour n : {Neighbour{2, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}) {
        std::vector<double> products;
        for (std::uint32_t r = 0; r < addresses; r += 4) {
            const std::uint32_t replicates[2] = {r, r + 1}, others[2] = {r + n.replicate, r + 1 + n.replicate};
            const Lanes x = Draws(seed, replicates, 44, 7)(5).a - 0.5, y = Draws(seed, others, 44 + n.quarter, 7 + n.stream)(5 + n.agent).a - 0.5;
            products.push_back(x[0] * y[0]), products.push_back(x[1] * y[1]);
        }
        EXPECT_Z_WITHIN(estimate(products, seed), 0, alpha);
        EXPECT_Z_OUTSIDE(estimate(products, seed), 0.001, alpha);
    }
}

// The promise: absolute error below 4e-6 inside |z| < 5. The error in z is the error in probability over the density.
TEST(Draws, NormalInvertsItsDistributionFunction)
{
    double most = 0;
    for (int i = 1; i < 400000; ++i) {
        const double u = i < 200000 ? i / 200000. : 2.9e-7 * std::pow(0.5 / 2.9e-7, (i - 200000) / 200000.); // evenly, then into the lower tail
        const double z = normal(Lanes(u))[0];
        const double p = std::erfc(-z / std::sqrt(2.)) / 2, density = std::exp(-z * z / 2) / std::sqrt(2 * M_PI);
        most = std::max(most, std::abs(p - u) / density);
    }
    EXPECT_LT(most, 4e-6);
    EXPECT_EQ(normal(Lanes(0.5))[0], 0);
    EXPECT_NEAR(normal(Lanes(0.975))[0], 1.959964, 4e-6);
    EXPECT_EQ(normal(Lanes(0.025))[0], -normal(Lanes(0.975))[0]);
}

TEST(Draws, NormalIsFiniteAtTheEdges)
{
    EXPECT_NEAR(normal(Lanes(0x1p-33))[0], -6.337, 0.02);
    EXPECT_NEAR(normal(Lanes(1 - 0x1p-33))[0], 6.337, 0.02);
}

TEST(Draws, NormalHasItsMoments)
{
    const auto xs = sampled([](const Four& u) { return normal(u.b); });
    EXPECT_Z_WITHIN(moment(xs, 1), 0, alpha);
    EXPECT_Z_WITHIN(moment(xs, 2), 1, alpha);
    EXPECT_Z_WITHIN(moment(xs, 3), 0, alpha);
    EXPECT_Z_WITHIN(moment(xs, 4), 3, alpha);
    EXPECT_Z_OUTSIDE(moment(xs, 2), 1.02, alpha);
}

// The promise: mean 0, variance 1, kurtosis 2.86, within +-2.64.
TEST(Draws, BellHasItsMoments)
{
    const auto xs = sampled([](const Four& u) { return bell(u.a); });
    EXPECT_Z_WITHIN(moment(xs, 1), 0, alpha);
    EXPECT_Z_WITHIN(moment(xs, 2), 1, alpha);
    EXPECT_NEAR(moment(xs, 4).mean, 2.86, 0.02);
    EXPECT_Z_OUTSIDE(moment(xs, 4), 3, alpha); // the normal's
    EXPECT_EQ(bell(Lanes(0.25))[0], -bell(Lanes(0.75))[0]);
    for (double u = 0; u <= 1; u += 1 / 1024.) ASSERT_LT(std::abs(bell(Lanes(u))[0]), 2.64) << u;
}

// F(x) = 1 - (1 - x)^b, mean 1 / (1 + b), second moment 2 / ((1 + b) (2 + b)).
TEST(Draws, Beta1HasItsDistribution)
{
    for (const double b : {1.6, 2.4, 3.5}) {
        const auto xs = sampled([b](const Four& u) { return beta_1(u.c, b); });
        EXPECT_Z_WITHIN(moment(xs, 1), 1 / (1 + b), alpha);
        EXPECT_Z_WITHIN(moment(xs, 2), 2 / ((1 + b) * (2 + b)), alpha);
        EXPECT_Z_WITHIN(share_below(xs, 0.1, 1 - std::pow(0.9, b)), 1 - std::pow(0.9, b), alpha);
        EXPECT_Z_OUTSIDE(moment(xs, 1), 1 / (1.05 + b), alpha);
    }
}

// F(x) = x^a (1 + a (1 - x)), mean a / (a + 2), second moment a (a + 1) / ((a + 2) (a + 3)).
TEST(Draws, Beta2HasItsDistribution)
{
    for (const double a : {1.0, 1.6, 4.0}) {
        const auto xs = sampled([a](const Four& u) { return beta_2(u.d, u.a, a); });
        EXPECT_Z_WITHIN(moment(xs, 1), a / (a + 2), alpha);
        EXPECT_Z_WITHIN(moment(xs, 2), a * (a + 1) / ((a + 2) * (a + 3)), alpha);
        for (const double x : {0.1, 0.5, 0.9}) EXPECT_Z_WITHIN(share_below(xs, x, std::pow(x, a) * (1 + a * (1 - x))), std::pow(x, a) * (1 + a * (1 - x)), alpha);
        EXPECT_Z_OUTSIDE(moment(xs, 1), a / (a + 1.9), alpha);
    }
}

// Two agents share an address: the first has a and b of its four, the second c and d.
TEST(Draws, AgentsDrawTwoByTwo)
{
    const std::uint32_t replicates[2] = {7, 8};
    const Draws draws(5, replicates, 60, 9, 3);
    std::vector<Pair> drawn(4);
    draws.fill(drawn, 1);
    for (const std::uint32_t k : {0u, 1u}) {
        const Four u = draws(1 + 2 * k);
        EXPECT_EQ(drawn[2 * k].a[0], u.a[0]);
        EXPECT_EQ(drawn[2 * k].b[0], u.b[0]);
        EXPECT_EQ(drawn[2 * k + 1].a[0], u.c[0]);
        EXPECT_EQ(drawn[2 * k + 1].b[0], u.d[0]);
    }
}

// Its table: P(t < .72669) = .75, 2.01505: .95, 2.57058: .975, 4.03214: .995. Variance 5/3 (fourth moment 25).
TEST(Draws, Student5HasItsDistribution)
{
    const auto xs = sampled([](const Four& u) { return student_5(u); });
    EXPECT_Z_WITHIN(share_below(xs, 0, 0.5), 0.5, alpha);
    EXPECT_Z_WITHIN(share_below(xs, 0.72669, 0.75), 0.75, alpha);
    EXPECT_Z_WITHIN(share_below(xs, 2.01505, 0.95), 0.95, alpha);
    EXPECT_Z_WITHIN(share_below(xs, -2.57058, 0.025), 0.025, alpha);
    EXPECT_Z_WITHIN(share_below(xs, 4.03214, 0.995), 0.995, alpha);
    EXPECT_Z_OUTSIDE(share_below(xs, 1.959964, 0.975), 0.975, alpha); // the normal's
    Estimate variance = moment(xs, 2);
    variance.standard_error = std::sqrt((25 - 25 / 9.) / static_cast<double>(xs.size()));
    EXPECT_Z_WITHIN(variance, 5 / 3., alpha);
}

} // namespace
