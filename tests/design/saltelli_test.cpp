#include "samples.hpp"
#include "design/sobol.hpp"
#include <gtest/gtest.h>

namespace entente {
namespace {

enum class Pairs : std::uint8_t { without, with };
Design saltelli(std::size_t d, std::uint32_t points, std::uint64_t seed, Pairs pairs)
{
    return make_design(unit_factors(d), {.kind = &designs::saltelli, .points = points, .second_order = pairs == Pairs::with, .seed = seed, .table = {}, .origin = {}});
}

/// What is wrong with the rows of a design with as many base points in d factors.
std::string fault(const Design& design, std::size_t d, std::uint64_t seed)
{
    const std::size_t rows = design.points / (static_cast<std::size_t>(design.base.back()) + 1);
    const std::vector<double> both = scrambled_sobol(design.points / rows, 2 * d, seed);
    for (std::size_t point = 0; point < design.points; ++point) {
        const std::size_t base = point / rows, row = point % rows;
        const int moved = row == 0 ? -1 : row == rows - 1 ? -2 : static_cast<int>(row) - 1;
        if (design.base[point] != static_cast<int>(base) || design.moved[point] != moved) return fmt::format("base or moved of {}", point);
        for (std::size_t k = 0; k < d; ++k) {
            const double a = both[base * 2 * d + k], b = both[base * 2 * d + d + k];
            const int it = static_cast<int>(k), factors = static_cast<int>(d);
            const double expected = moved == -1 ? a : moved == -2 ? b : moved < factors ? (moved == it ? b : a) : (moved - factors == it ? a : b);
            if (design.u[point * d + k] != expected) return fmt::format("point {}, factor {}", point, k);
        }
    }
    return "";
}

TEST(Saltelli, HasTheRowsOfItsBasePoints)
{
    Design design = saltelli(3, 8, 5, Pairs::without);
    EXPECT_EQ(design.points, 8u * 5);
    EXPECT_EQ(std::vector<std::int32_t>(design.moved.begin(), design.moved.begin() + 6), (std::vector<std::int32_t>{-1, 0, 1, 2, -2, -1}));
    EXPECT_EQ(fault(design, 3, 5), "");
    EXPECT_NE(fault(design, 3, 6), "");
    std::swap(design.u[3 * 5 + 0], design.u[3 * 5 + 3]);
    EXPECT_EQ(fault(design, 3, 5), "point 5, factor 0");

    const Design pairs = saltelli(3, 8, 5, Pairs::with);
    EXPECT_EQ(pairs.points, 8u * 8);
    EXPECT_EQ(std::vector<std::int32_t>(pairs.moved.begin(), pairs.moved.begin() + 8), (std::vector<std::int32_t>{-1, 0, 1, 2, 3, 4, 5, -2}));
    EXPECT_EQ(fault(pairs, 3, 5), "");
}

TEST(Saltelli, OfMoreBasePointsBeginsWithFewer)
{
    EXPECT_TRUE(begins_with(saltelli(4, 33, 2, Pairs::without), saltelli(4, 16, 2, Pairs::without)));
    EXPECT_TRUE(begins_with(saltelli(4, 33, 2, Pairs::with), saltelli(4, 16, 2, Pairs::with)));
    EXPECT_FALSE(begins_with(saltelli(4, 33, 3, Pairs::with), saltelli(4, 16, 2, Pairs::with)));
}

TEST(Saltelli, ServesTheIndicesOfASum) // of x0 + 2 x1 + 3 x2: 1, 4 and 9 of 14 of the variance (total indices by Jansen 1999)
{
    constexpr std::size_t n = 1024, rows = 5;
    const Design design = saltelli(3, n, 1, Pairs::without);
    const auto f = [&](std::size_t point) { return design.u[point * 3] + 2 * design.u[point * 3 + 1] + 3 * design.u[point * 3 + 2]; };
    for (std::size_t k = 0; k < 3; ++k) {
        double sum = 0;
        for (std::size_t base = 0; base < n; ++base) sum += std::pow(f(base * rows) - f(base * rows + 1 + k), 2) / (2 * n);
        EXPECT_NEAR(sum / (14.0 / 12), std::pow(k + 1.0, 2) / 14, 0.005);
    }
}

} // namespace
} // namespace entente
