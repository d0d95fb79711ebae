// Which dates find room in a table.
#include "report/by_date.hpp"
#include "report/words.hpp"
#include <gtest/gtest.h>

namespace entente::report {
namespace {

const std::vector<int> dates = {64, 84, 117, 124, 143}; // 2030Q1, 2035Q1, 2043Q2, 2045Q1, 2049Q4
const std::vector<Line> lines = {{.label = "ten signs.", .cells = {"1", "2", "3", "4", "5"}, .after = "behind"}, {.label = "a heading", .cells = {}, .after = ""}};

ByDate table(std::size_t width, Detail detail = Detail::first) { return by_date("what", lines, dates, 124, "", {.width = width, .detail = detail}); }

TEST(ByDate, HasAsManyColumnsAsFit)
{
    // the label takes 10, a date 2 and 6
    EXPECT_EQ(table(50).text, "what        2030Q1  2035Q1  2043Q2  2045Q1  2049Q4\nten signs.       1       2       3       4       5\na heading\n");
    EXPECT_EQ(table(49).text, "what        2030Q1  2035Q1  2045Q1  2049Q4\nten signs.       1       2       4       5\na heading\n");
    EXPECT_EQ(table(50).left_out, std::vector<int>{});
    EXPECT_EQ(table(49).left_out, std::vector<int>{117});
    EXPECT_EQ(table(41).left_out, (std::vector<int>{84, 117})) << "then the second";
    EXPECT_EQ(table(33).left_out, (std::vector<int>{64, 84, 117})) << "then the first";
    EXPECT_EQ(table(19).text, "what        2045Q1\nten signs.       4\na heading\n") << "the foremost stays";
    EXPECT_EQ(table(1).text, table(19).text) << "one date at least";
    EXPECT_EQ(table(58).text, "what        2030Q1  2035Q1  2043Q2  2045Q1  2049Q4\nten signs.       1       2       3       4       5  behind\na heading\n");
}

TEST(ByDate, OfAllSetsTheDatesBelowEachOther)
{
    EXPECT_EQ(table(35, Detail::all).text, "what        2030Q1  2035Q1  2043Q2\nten signs.       1       2       3\na heading\n\n"
                                           "what        2045Q1  2049Q4\nten signs.       4       5\na heading\n");
    EXPECT_TRUE(table(35, Detail::all).left_out.empty());
}

TEST(ByDate, CellsAreAsWideAsTheWidest)
{
    const std::vector<Line> wide = {{.label = "", .cells = {"±±±±±±±±", "1"}, .after = ""}};
    EXPECT_EQ(by_date("x", wide, {64, 84}, 84, "", {}).text, "x    2030Q1    2035Q1\n   ±±±±±±±±         1\n");
    EXPECT_EQ(by_date("x", {{.label = "", .cells = {"1", "2"}, .after = ""}}, {64, 84}, 84, " range", {}).text, "x  2030Q1 range  2035Q1 range\n              1             2\n");
}

} // namespace
} // namespace entente::report
