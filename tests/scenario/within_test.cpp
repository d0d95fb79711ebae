// Draws cut to a part of what they were drawn from.
#include "scenario/within.hpp"
#include <algorithm>
#include <gtest/gtest.h>
#include <limits>

using namespace entente;

namespace {

constexpr Row row{.low = 0, .high = 2};
constexpr double open = std::numeric_limits<double>::infinity();

std::vector<double> draws_of(const Distribution& d, int n)
{
    std::vector<double> draws;
    for (int i = 0; i < n; ++i) draws.push_back(quantile(d, (i + 0.5) / n));
    return draws;
}
/// Share of those from low to high that are x or less.
double share_below(const std::vector<double>& draws, double x, double low, double high)
{
    const auto inside = [&](double v) { return v >= low && v <= high; };
    const auto all = std::ranges::count_if(draws, inside), below = std::ranges::count_if(draws, [&](double v) { return inside(v) && v <= x; });
    return static_cast<double>(below) / static_cast<double>(all);
}

TEST(Within, IsTheDistributionGivenThatItIsThere)
{
    const Distribution all[] = {{.shape = Shape::uniform, .a = 0.2, .b = 1.4},
                                {.shape = Shape::log_uniform, .a = 0.1, .b = 1.9},
                                {.shape = Shape::log_normal, .a = 0.8, .b = 0.25},
                                {.shape = Shape::normal, .a = 0.8, .b = 0.3, .cut = Cut::truncate, .low = 0.1, .high = 1.5},
                                {.shape = Shape::normal, .a = 0.8, .b = 0.4, .cut = Cut::limit, .low = 0.05, .high = 0.95},
                                {.shape = Shape::beta, .a = 2, .b = 3, .low = 0, .high = 2},
                                {.shape = Shape::table, .values = {0.3, 0.7, 0.9, 1.2}, .weights = {0.1, 0.2, 0.3, 0.4}}};
    for (const Distribution& d : all) {
        const std::vector<double> draws = draws_of(d, 2000);
        for (const auto& [low, high] : {std::pair{0.6, 0.9}, std::pair{-open, 0.9}, std::pair{0.6, open}}) {
            const std::vector<double> cut = draws_of(within(d, low, high, row), 1000);
            const double least = std::max(low, row.low), most = std::min(high, row.high);
            for (const double x : {0.65, 0.75, 0.85, 0.94})
                EXPECT_NEAR(share_below(cut, x, -open, open), share_below(draws, x, least, most), 0.01) << to_text(d) << ' ' << low << ' ' << high << ' ' << x;
            EXPECT_GE(cut.front(), least - 1e-6) << to_text(d);
            EXPECT_LE(cut.back(), most + 1e-6) << to_text(d);
        }
    }
    constexpr Row narrow{.low = 0.3, .high = 0.85}; // than the limits of a prior may be
    for (const Distribution& d : {Distribution{.shape = Shape::normal, .a = 0.6, .b = 0.12, .cut = Cut::limit, .low = 0.05, .high = 0.95},
                                  Distribution{.shape = Shape::beta, .a = 2, .b = 3, .low = 0, .high = 1}}) {
        const std::vector<double> cut = draws_of(within(d, -open, 0.5, narrow), 1000), draws = draws_of(d, 2000);
        EXPECT_GE(cut.front(), 0.3) << to_text(d);
        EXPECT_NEAR(share_below(cut, 0.42, -open, open), share_below(draws, 0.42, 0.3, 0.5), 0.01) << to_text(d);
    }
    EXPECT_EQ(within({.shape = Shape::uniform, .a = 0, .b = 1}, 0.5, 0.5, row).shape, Shape::value);
    EXPECT_EQ(within({.shape = Shape::value, .a = 0.3}, 0, 1, row).a, 0.3);
}

TEST(Within, KeepsTheDrawsThatLieInside)
{
    const JointDraws draws{.names = {"a", "b"}, .values = {1, 10, 2, 20, 3, 30, 4, 40}};
    EXPECT_EQ(within(draws, {{{2, open}}, {{-open, 30}}}).values, (std::vector<double>{2, 20, 3, 30}));
    EXPECT_EQ(within(draws, {{{5, open}}, {{-open, open}}}).draws(), 0u);
}

} // namespace
