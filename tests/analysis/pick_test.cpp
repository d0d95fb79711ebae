#include "analysis/pick.hpp"
#include <gtest/gtest.h>
#include <limits>
#include <stdexcept>

namespace entente {
namespace {

TEST(Pick, ReadsALevelAndAQuantity)
{
    EXPECT_EQ(parse_pick("median of mean trust at 2030Q1").level, 0.5);
    EXPECT_EQ(parse_pick("5% of mean trust at 2030Q1").level, 0.05);
    EXPECT_EQ(parse_pick("97.5 % of first ceasefire by 2049Q4").level, 0.975);
    EXPECT_EQ(parse_pick("0% of share_vassal at 2045Q1").quantity.kind, Quantity::Kind::share);
    EXPECT_EQ(parse_pick("100% of mean trust at 2030Q1").level, 1);
    for (const char* wrong : {"", "median", "mean trust at 2030Q1", "five% of mean trust at 2030Q1", "101% of mean trust at 2030Q1", "-1% of mean trust at 2030Q1",
                              "nan% of mean trust at 2030Q1", "50 of mean trust at 2030Q1", "median of mean trst at 2030Q1", "median of"})
        EXPECT_THROW(parse_pick(wrong), std::invalid_argument) << wrong;
}

TEST(Pick, FindsTheNearestRun)
{
    const std::vector<double> values = {5, 1, 4, 2, 3};
    EXPECT_EQ(nearest_run(values, 0.5).run, 4u);
    EXPECT_EQ(nearest_run(values, 0).run, 1u);
    EXPECT_EQ(nearest_run(values, 1).run, 0u);
    EXPECT_EQ(nearest_run(values, 0.25).run, 3u);
    EXPECT_EQ(nearest_run(values, 0.3).run, 3u) << "2.2 is nearer to 2 than to 3";
    EXPECT_NEAR(nearest_run(values, 0.3).quantile, 2.2, 1e-12);
    EXPECT_EQ(nearest_run(values, 0.3).value, 2);
}

TEST(Pick, TakesTheLowestNumberOfEqualsAndNoFailedRun)
{
    const double none = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(nearest_run({none, 3, 1, 3, 3}, 1).run, 1u);
    EXPECT_EQ(nearest_run({4, 2, none}, 0.5).run, 0u) << "3 lies as near to 4 as to 2";
    EXPECT_EQ(nearest_run({2, 4}, 0.5).run, 0u);
    EXPECT_EQ(nearest_run({none, 7}, 0.1).run, 1u);
    EXPECT_THROW(nearest_run({none}, 0.5), std::invalid_argument);
    EXPECT_THROW(nearest_run({}, 0.5), std::invalid_argument);
}

} // namespace
} // namespace entente
