#include "design/sobol.hpp"
#include "samples.hpp"
#include "statistical/z_test.hpp"
#include "design/address.hpp"

namespace entente {
namespace {

constexpr double alpha = 1e-6;

/// The first 16 points in 50 dimensions, in sixteenths, one hexadecimal digit each: scipy 1.10.1, qmc.Sobol(scramble=False), which has the direction
/// numbers new-joe-kuo-6.21201.
constexpr std::string_view published[] = {
    "00000000000000000000000000000000000000000000000000", "88888888888888888888888888888888888888888888888888", "C444CC4CCCCC44C4C4C44C444C4C4C444CCC44444C44C444CC",
    "4CCC44C44444CC4C4C4CC4CCC4C4C4CCC444CCCCC4CC4CCC44", "66AE626EEAE66A6E6EE2226EEE6A2262EEAAAE6EEA2EE2A226", "EE26EAE6626EE2E6E66AAAE666E2AAEA662226E662A66A2AAE",
    "A2EAAE22262A2EAAAA266E2AA2266E26A266EA2AA66A26E6EA", "2A6226AAAEA2A62222AEE6A22AAEE6AE2AEE62A22EE2AE6E62", "35F7957FF5B1FFDFDDF53B3F7193BF7D1F973D5991D3355571",
    "BD7F1DF77D397757557DB3B7F91B37F5971FB5D1195BBDDDF9", "F1B35933397DBB1B1931777B3DDFF339535B791DDD97F111BD", "793BD1BBB1F5339391B9FFF3B5577BB1DBD3F195551F799935",
    "5359F7111F5795B1B31719519FF99D1FF13D93377BFDD7F757", "DBD17F9997DF1D393B9F91D91771159779B51BBFF3755F7FDF", "971D3B5DD39BD17577D35515D3B5D15BBDF1D77337B913B39B",
    "1F95B3D55B1359FDFF5BDD9D5B3D59D335795FFBBF319B3B13"};

TEST(Sobol, GivesThePublishedPoints)
{
    constexpr std::size_t d = 50;
    const std::vector<std::uint32_t> x = sobol_points(16, d);
    for (std::size_t i = 0; i < 16; ++i) {
        std::string row;
        for (std::size_t k = 0; k < d; ++k) {
            EXPECT_EQ(x[i * d + k] & 0x0FFFFFFFu, 0u) << "more than four digits";
            row += fmt::format("{:X}", x[i * d + k] >> 28);
        }
        EXPECT_EQ(row, published[i]) << "point " << i;
    }
}

TEST(Sobol, GivesThePublishedMeans) // of the product of x + 1/2 in ten dimensions, by scipy 1.10.1; the integral is 1
{
    constexpr std::pair<std::size_t, double> means[] = {{16, 0.8188818644125604}, {256, 0.9721148823355913}, {4096, 1.0000108800202046}};
    for (const auto& [n, mean] : means) {
        const std::vector<std::uint32_t> x = sobol_points(n, 10);
        double sum = 0;
        for (std::size_t i = 0; i < n; ++i) {
            double product = 1;
            for (std::size_t k = 0; k < 10; ++k) product *= x[i * 10 + k] * 0x1p-32 + 0.5;
            sum += product;
        }
        EXPECT_NEAR(sum / static_cast<double>(n), mean, 1e-12);
    }
}

TEST(Sobol, HasOnePointInEachShareOfAThousandDimensions)
{
    constexpr std::size_t n = 512, d = 1000;
    const Design design = make_design(unit_factors(d), {.kind = &designs::sobol, .points = n, .seed = 3, .table = {}, .origin = {}});
    for (std::size_t k = 0; k < d; ++k)
        for (std::size_t m = 1; m <= n; m *= 2) {
            std::vector<double> u = column(design, k);
            u.resize(m);
            ASSERT_TRUE(one_in_each_share(u)) << "dimension " << k << ", the first " << m;
        }
}

/// The least t for which the first 2^m points of two columns are a (t, m, 2)-net in base 2: every box of 2^-a by 2^-(m - t - a) holds 2^t of them.
int quality(const std::vector<double>& u, const std::vector<double>& v, int m)
{
    for (int t = 0; t < m; ++t) {
        bool even = true;
        for (int a = 0; a <= m - t && even; ++a) {
            const int b = m - t - a;
            std::vector<int> count(std::size_t{1} << (m - t));
            for (std::size_t i = 0; i < std::size_t{1} << m; ++i) ++count[static_cast<std::size_t>(std::ldexp(u[i], a)) << b | static_cast<std::size_t>(std::ldexp(v[i], b))];
            for (const int c : count) even = even && c == 1 << t;
        }
        if (even) return t;
    }
    return m;
}

TEST(Sobol, StaysANetWhenItIsScrambled)
{
    constexpr std::size_t n = 256, d = 8;
    constexpr int degree[] = {0, 1, 2, 3, 3, 4, 4, 5}; // of the primitive polynomials (Joe & Kuo 2008); t is at most the sum of degree - 1, and 0 for the first
    const std::vector<std::uint32_t> plain = sobol_points(n, d);
    Design design{.factors = d, .points = n, .value = {}, .u = scrambled_sobol(n, d, 7), .base = {}, .moved = {}}, before = design;
    for (std::size_t i = 0; i < plain.size(); ++i) before.u[i] = plain[i] * 0x1p-32;
    int flat = 0;
    for (std::size_t k = 0; k < d; ++k)
        for (std::size_t l = k + 1; l < d; ++l)
            for (int m = 1; m <= 8; ++m) {
                const int t = quality(column(design, k), column(design, l), m);
                EXPECT_EQ(t, quality(column(before, k), column(before, l), m)) << k << ", " << l << ", 2^" << m;
                EXPECT_LE(t, std::max(degree[k] - 1, 0) + std::max(degree[l] - 1, 0));
                flat += t == 0;
            }
    EXPECT_GE(flat, 8 + 28); // the first two dimensions for every m, all pairs for m = 1
    std::vector<double> u = column(design, 0), v = column(design, 1);
    EXPECT_EQ(quality(u, v, 8), 0);
    std::swap(u[0], u[1]);
    EXPECT_GT(quality(u, v, 8), 0) << "two points that are not where they belong go unseen";
}

TEST(Scrambling, KeepsHowFarPointsAgreeAndNoMore)
{
    const auto top = [](double u, int digits) { return static_cast<std::uint64_t>(std::ldexp(u, digits)); };
    for (int digits = 0; digits < 32; ++digits)
        for (std::uint64_t key = 1; key < 50; ++key) {
            const auto x = static_cast<std::uint32_t>(number_at(key, 0)), y = x ^ 0x80000000u >> digits ^ (static_cast<std::uint32_t>(number_at(key, 1)) & (0x7FFFFFFFu >> digits));
            ASSERT_EQ(top(scrambled(x, key), digits), top(scrambled(y, key), digits)); // they agree in so many digits
            ASSERT_NE(top(scrambled(x, key), digits + 1), top(scrambled(y, key), digits + 1));
        }
}

TEST(Scrambling, GivesNeitherZeroNorOne)
{
    for (std::uint64_t key = 0; key < 1000; ++key) {
        const double odd = std::ldexp(scrambled(0, key), 53); // the middle of a cell of 2^-52
        ASSERT_EQ(odd, std::floor(odd));
        ASSERT_EQ(std::fmod(odd, 2), 1);
    }
}

/// A number for each of many keys.
template <class F> std::vector<double> over_keys(F f)
{
    std::vector<double> list;
    for (std::uint64_t seed = 0; seed < 20000; ++seed) list.push_back(f(number_at(seed, 0)));
    return list;
}

TEST(Scrambling, MakesEachPointUniform)
{
    for (const std::uint32_t x : {0u, 0x80000000u, 0xDEADBEEFu}) {
        const std::vector<double> u = over_keys([x](std::uint64_t key) { return scrambled(x, key); });
        for (const int power : {1, 2, 5}) {
            std::vector<double> powers;
            for (const double v : u) powers.push_back(std::pow(v, power));
            EXPECT_Z_WITHIN(estimate(powers, 0), 1.0 / (power + 1), alpha);
            EXPECT_Z_OUTSIDE(estimate(powers, 0), 1.0 / (power + 1) + 0.015, alpha);
        }
        for (int digit = 1; digit <= 52; ++digit) {
            std::size_t ones = 0;
            for (const double v : u) ones += static_cast<std::uint64_t>(std::ldexp(v, digit)) % 2;
            const Estimate share = share_estimate(ones, u.size(), 0.5, 0);
            EXPECT_LT(std::abs(z_of(share, 0.5)), critical_z(alpha)) << "digit " << digit;
            EXPECT_GT(std::abs(z_of(share, 0.55)), critical_z(alpha)) << "digit " << digit;
        }
    }
}

TEST(Scrambling, TakesEachHalfForItself) // the other digits of two points in different halves know nothing of each other; a digital shift would flip the same
{
    const std::vector<double> products = over_keys([](std::uint64_t key) { return (scrambled(0, key) - 0.5) * (scrambled(0x80000000u, key) - 0.5); });
    EXPECT_Z_WITHIN(estimate(products, 0), -1.0 / 16, alpha);
    EXPECT_Z_OUTSIDE(estimate(products, 0), -1.0 / 16 + 1.0 / 48, alpha);  // of a digital shift
    const std::vector<double> quarters = over_keys([](std::uint64_t key) { // and deep in the tree: two points that part at digit 20
        const auto below = [key](std::uint32_t x) { return std::fmod(std::ldexp(scrambled(x, key), 20), 1) - 0.5; };
        return below(0xABCDE000u) * below(0xABCDF000u);
    });
    EXPECT_Z_WITHIN(estimate(quarters, 0), 0, alpha);
    EXPECT_Z_OUTSIDE(estimate(quarters, 0), 1.0 / 12, alpha);
}

TEST(Scrambling, KeepsDimensionsApart)
{
    std::vector<double> products;
    for (std::uint64_t seed = 0; seed < 20000; ++seed) {
        const std::vector<double> u = scrambled_sobol(1, 2, seed);
        products.push_back(12 * (u[0] - 0.5) * (u[1] - 0.5));
    }
    EXPECT_Z_WITHIN(estimate(products, 0), 0, alpha);
    EXPECT_Z_OUTSIDE(estimate(products, 0), 1, alpha); // the same key for both
}

TEST(Scrambling, LeavesIntegralsUnbiasedAndNear) // of the product of x + 1/2 in five dimensions, whose mean is 1 and variance (13/12)^5 - 1
{
    std::vector<double> means;
    constexpr std::size_t n = 256, d = 5;
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        const std::vector<double> u = scrambled_sobol(n, d, seed);
        double sum = 0;
        for (std::size_t i = 0; i < n; ++i) {
            double product = 1;
            for (std::size_t k = 0; k < d; ++k) product *= u[i * d + k] + 0.5;
            sum += product;
        }
        means.push_back(sum / n);
    }
    const Estimate e = estimate(means, 0);
    EXPECT_Z_WITHIN(e, 1, alpha);
    EXPECT_Z_OUTSIDE(e, 1.001, alpha);
    const double plain = std::sqrt((std::pow(13.0 / 12, d) - 1) / n), scrambled_error = e.standard_error * std::sqrt(400.0);
    EXPECT_LT(scrambled_error, plain / 20);
}

TEST(Sobol, GrowsInPointsAndDimensions)
{
    const auto choice = [](std::uint32_t points, std::uint64_t seed) { return DesignChoice{.kind = &designs::sobol, .points = points, .seed = seed, .table = {}, .origin = {}}; };
    const Design few = make_design(unit_factors(4), choice(100, 1)), many = make_design(unit_factors(4), choice(321, 1)), wide = make_design(unit_factors(9), choice(100, 1));
    EXPECT_TRUE(begins_with(many, few));
    for (std::size_t k = 0; k < 4; ++k) EXPECT_EQ(column(wide, k), column(few, k));
    EXPECT_FALSE(begins_with(make_design(unit_factors(4), choice(321, 2)), few));
    EXPECT_EQ(few.base[99], 99);
    EXPECT_EQ(few.moved[99], -1);
}

TEST(Scrambling, HasTheSameBitsEverywhere) // as another program of the same definition has them, written in another language
{
    EXPECT_EQ(scrambled(0, 0), 0x1.0622b7e2162cp-7);
    EXPECT_EQ(scrambled(0xC0000000u, 12345), 0x1.a830d93748625p-1);
    EXPECT_EQ(scrambled(0xDEADBEEFu, 20140101), 0x1.0fc48aab39a4ap-2);
}

} // namespace
} // namespace entente
