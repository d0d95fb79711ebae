// The table of worlds: as text and back, what is wrong with a stranger's, and what is said of a right and of a wrong method.
#include "calibrate/sbc_table.hpp"
#include "calibrate/uniforms.hpp"
#include "report/sbc.hpp"
#include <gtest/gtest.h>

namespace entente {
namespace {

/// Ranks of `worlds` worlds as a method would have them whose positions are power of uniform ones: 1 is right.
SbcTable table_of(std::uint32_t worlds, double power)
{
    SbcTable table{.calibration = "made", .identity = "0123456789abcdef", .draws = 99, .names = {"a", "b", "c", joint_name}, .worlds = {}};
    for (std::uint32_t w = 0; w < worlds; ++w) {
        SbcWorld world{.world = w, .ranks = {}};
        for (const double u : uniforms_at(5, "rank", w)) world.ranks.push_back(static_cast<std::uint32_t>(100 * std::pow(u, power)));
        table.worlds.push_back(world);
    }
    return table;
}

TEST(SbcTable, IsReadAsItIsWritten)
{
    SbcTable table = table_of(30, 1);
    table.worlds[7].ranks.clear();
    const SbcTable again = sbc_table_of(to_csv(table));
    EXPECT_EQ(to_csv(again), to_csv(table));
    EXPECT_EQ(summary_of(again).failed, 1u);
    EXPECT_EQ(summary_of(again).worlds, 29u);
}

TEST(SbcTable, SaysWhatIsWrongInALine)
{
    const auto fault = [](const std::string& text) -> std::string {
        try {
            sbc_table_of(text);
        } catch (const std::runtime_error& e) {
            return e.what();
        }
        return "";
    };
    const std::string head = "calibration,identity,draws,world,a,joint\n";
    EXPECT_EQ(fault(head + "c,i,99,0,4,100\n"), "line 2: joint: a whole number from 0 to 99, got '100'");
    EXPECT_EQ(fault(head + "c,i,99,0,4,5\nc,j,99,1,4,5\n"), "line 3: of another calibration than line 2");
    EXPECT_EQ(fault(head + "c,i,99,1,4,5\n"), "line 2: world 0, got 1");
    EXPECT_EQ(fault(head), "no world");
    EXPECT_NE(fault("a,b\n1,2\n"), "");
    EXPECT_NE(fault(head + "c,i,99,0,4,\n"), "") << "some ranks";
    EXPECT_THROW(summary_of(table_of(19, 1)), std::runtime_error);
}

// 200 worlds: of a right method four rows stay inside; one whose positions are squared leaves the band in each (its distribution function is off by .25, the band's width is .1).
TEST(SbcTable, TellsARightMethodFromAWrongOne)
{
    const SbcSummary right = summary_of(table_of(200, 1)), wrong = summary_of(table_of(200, 2));
    EXPECT_TRUE(right.calibrated);
    EXPECT_EQ(right.by_chance, 2u) << "of four rows more than two leave a band of 95 % once in two thousand times, more than one once in seventy";
    EXPECT_FALSE(wrong.calibrated);
    EXPECT_EQ(wrong.outside, 4u);
    EXPECT_LT(wrong.pooled[0].actual, right.pooled[0].actual);
    EXPECT_NE(report::text_of(wrong, table_of(200, 2), true).find("THE METHOD IS WRONG"), std::string::npos);
}

/// Of 60 worlds with 28 names, as a method would have them whose posteriors are normal, with a deviation that is this part of the right one.
SbcTable table_of_width(double width)
{
    SbcTable table{.calibration = "made", .identity = "0123456789abcdef", .draws = 99, .names = {}, .worlds = {}};
    for (std::uint32_t name = 0; name + 1 < 28; ++name) table.names.push_back("n" + std::to_string(name));
    table.names.emplace_back(joint_name);
    for (std::uint32_t w = 0; w < 60; ++w) {
        SbcWorld world{.world = w, .ranks = {}};
        for (std::uint32_t index = 0; index < 7; ++index)
            for (const double z : normals_at(6, "rank", w, index)) world.ranks.push_back(static_cast<std::uint32_t>(99.99 * std::erfc(-z / width / std::sqrt(2)) / 2));
        table.worlds.push_back(world);
    }
    return table;
}

// Intervals a tenth too narrow hold 76 and not 80 %: in 60 worlds a name by itself does not show it, with a standard error of 5 points; all of them together do, with one of 1.
TEST(SbcTable, SeesInAllNamesTogetherWhatNoneShowsAlone)
{
    const SbcSummary right = summary_of(table_of_width(1)), narrow = summary_of(table_of_width(0.88));
    EXPECT_TRUE(right.calibrated);
    EXPECT_LE(narrow.outside, narrow.by_chance);
    EXPECT_FALSE(narrow.calibrated);
    EXPECT_NEAR(narrow.pooled[1].actual, 0.74, 0.03);
    EXPECT_TRUE(narrow.pooled[1].off);
    EXPECT_FALSE(right.pooled[1].off);
}

} // namespace
} // namespace entente
