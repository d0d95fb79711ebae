#include "core/quarter.hpp"
#include <gtest/gtest.h>

using namespace entente;

TEST(Quarter, IsCountedFrom2014Q1)
{
    EXPECT_EQ(parse_quarter("2014Q1"), 0);
    EXPECT_EQ(parse_quarter("2025Q1"), 44);
    EXPECT_EQ(parse_quarter("2049q4"), 143);
    EXPECT_EQ(quarter_name(44), "2025Q1");
    EXPECT_EQ(quarter_name(143), "2049Q4");
}

TEST(Quarter, AYearIsItsFirstQuarter) { EXPECT_EQ(parse_quarter("2025"), 44); }

TEST(Quarter, IsReadAsItIsWritten)
{
    for (int q = 0; q <= 743; ++q) ASSERT_EQ(parse_quarter(quarter_name(q)), q);
}

TEST(Quarter, RefusesWhatIsNoDate)
{
    for (const char* text : {"", "Q1", "2025Q0", "2025Q5", "2025Q", "2025-1", "25Q1", "20251", "2025Q11", " 2025Q1", "+225Q1", "2013Q4", "2200Q1", "20x5"})
        EXPECT_EQ(parse_quarter(text), std::nullopt) << text;
}

TEST(Quarter, LiesInTheMiddleOfItself)
{
    EXPECT_EQ(decimal_year(44), 2025.125);
    EXPECT_EQ(decimal_year(47), 2025.875);
}
