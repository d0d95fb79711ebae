// Numbers with commas, and causes of failures.
#include "report/words.hpp"
#include <algorithm>
#include <gtest/gtest.h>
#include <limits>

namespace entente::report {
namespace {

TEST(Words, CommasStandBetweenThousands)
{
    EXPECT_EQ(with_commas(0), "0");
    EXPECT_EQ(with_commas(999), "999");
    EXPECT_EQ(with_commas(1000), "1,000");
    EXPECT_EQ(with_commas(123456), "123,456");
    EXPECT_EQ(with_commas(1234567), "1,234,567");
    EXPECT_EQ(with_commas(18446744073709551615u), "18,446,744,073,709,551,615");
}

TEST(Words, LinesBreakBetweenWordsAndCountSignsNotBytes)
{
    EXPECT_EQ(columns("a±█"), 3u);
    EXPECT_EQ(wrapped("one two three", 7), "one two\nthree\n");
    EXPECT_EQ(wrapped("±±± ±±± three", 7), "±±± ±±±\nthree\n");
    EXPECT_EQ(wrapped("a-word-too-long for a line", 7, 2), "a-word-too-long\n  for a\n  line\n");
    EXPECT_EQ(wrapped("two three", 9, 0, 4), "two\nthree\n") << "after four signs that are there already";
    EXPECT_EQ(wrapped("  begins with blanks", 9), "  begins\nwith\nblanks\n");
    EXPECT_EQ(wrapped("about 12 % of all", 8), "about\n12 % of\nall\n");
    EXPECT_EQ(wrapped("about 12 %", 9), "about\n12 %\n");
    EXPECT_EQ(words_of("western_turn"), "western turn");
}

TEST(Words, TheCauseOfAFailureNamesTheVariableAndItsRange)
{
    const std::vector<Row>& variables = describe().variables;
    const auto share = std::ranges::find_if(variables, [](const Row& row) { return row.low == 0 && row.high == 1; });
    ASSERT_NE(share, variables.end());
    const auto number = static_cast<std::int16_t>(share - variables.begin());
    const std::string name(share->name);
    EXPECT_EQ(cause_text(number, 7.5f), name + " outside its range, 0 to 1");
    EXPECT_EQ(cause_text(number, std::numeric_limits<float>::quiet_NaN()), name + " is no number");
    EXPECT_EQ(cause_text(-1, 3.0f), "given up, it took longer than --run-limit") << "no variable: its time was over";
}

} // namespace
} // namespace entente::report
