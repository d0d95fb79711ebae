// What a dial moves, worked by hand, and that the tables of the drivers are whole.
#include "model/drivers.hpp"
#include "core/text.hpp"
#include "model/kernel.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <set>

namespace entente {
namespace {

constexpr DialRow of(std::string_view section, std::string_view name, DialRow::By by, double low, double high)
{
    return {.driver = "taiwan_window", .section = section, .name = name, .by = by, .low = low, .high = high, .reason = "", .claims = ""};
}

TEST(Drivers, ASumRunsInTwoStraightLinesThroughItsRest)
{
    const DialRow row = of("parameters", "window_closes", DialRow::By::sum, -4, 8);
    EXPECT_EQ(moved(row, 0, 2038), 2034);
    EXPECT_EQ(moved(row, 0.25, 2038), 2036);
    EXPECT_EQ(moved(row, 0.5, 2038), 2038);
    EXPECT_EQ(moved(row, 0.75, 2038), 2042);
    EXPECT_EQ(moved(row, 1, 2038), 2046);
    EXPECT_EQ(moved(row, 1, 2030), 2038) << "from where the scenario stands";
    EXPECT_EQ(added(row, 0), -4);
    EXPECT_EQ(added(row, 0.5), 0);
    EXPECT_EQ(added(row, 0.75), 4);
}

TEST(Drivers, AProductToo)
{
    const DialRow row = of("parameters", "h_TW", DialRow::By::product, 0.5, 2);
    EXPECT_EQ(moved(row, 0, 0.016), 0.008f);
    EXPECT_EQ(moved(row, 0.25, 0.016), 0.012f);
    EXPECT_EQ(moved(row, 0.75, 0.016), 0.024f);
    EXPECT_EQ(moved(row, 1, 0.016), 0.032f);
    EXPECT_EQ(moved(row, 0.5, 0.1), 0.1) << "in full precision, as the scenario gives it";
}

// A prior may reach beyond the range of its row: the dial does not bring it back, nor lead it on.
TEST(Drivers, TheRangeOfTheRowLimitsWhatTheDialDoes)
{
    const DialRow row = of("parameters", "h_TW", DialRow::By::product, 0.1, 4); // from .004 to .04
    EXPECT_EQ(moved(row, 1, 0.016), 0.04f);
    EXPECT_EQ(moved(row, 0, 0.016), 0.004f);
    EXPECT_EQ(moved(row, 1, 0.05), 0.05f);
    EXPECT_EQ(moved(row, 0, 0.05), 0.005f);
    EXPECT_EQ(moved(row, 0, 0.003), 0.003f);
}

TEST(Drivers, TheTablesAreWhole)
{
    std::set<std::string> seen;
    const Description& d = describe();
    for (const DialRow& row : dial_rows) {
        const std::string name = fmt::format("{}.{}", row.section, row.name);
        EXPECT_TRUE(row.section == "levers" || row.section == "parameters") << name;
        ASSERT_NO_THROW(row_of(row)) << name;
        EXPECT_TRUE(seen.insert(name).second) << name << ": moved by two dials";
        EXPECT_EQ(std::ranges::count(drivers, row.driver, &Driver::name), 1) << name;
        EXPECT_FALSE(row.reason.empty()) << name;
        EXPECT_FALSE(row.claims.empty()) << name;
        const Row& of = row_of(row);
        const bool sum = row.by == DialRow::By::sum;
        EXPECT_LT(row.low, sum ? 0 : 1) << name;
        EXPECT_GT(row.high, sum ? 0 : 1) << name;
        EXPECT_TRUE(sum || row.section == "parameters") << name << ": a lever may stand at 0";
        EXPECT_FALSE(is_whole(of)) << name << ": has nothing between its values";
        for (const double end : {row.low, row.high}) {
            const double there = sum ? of.standard + end : of.standard * end;
            EXPECT_TRUE(there >= of.low && there <= of.high) << name << " would lead its default to " << there;
        }
    }
    ASSERT_EQ(driver_rows().size(), drivers.size());
    for (const Driver& driver : drivers) {
        EXPECT_NE(Description::find(d.variables, driver.variable), Description::npos) << driver.variable;
        EXPECT_GT(std::ranges::count(dial_rows, driver.name, &DialRow::driver), 0) << driver.name;
        for (const std::string_view text : {driver.label, driver.low, driver.high, driver.claims}) EXPECT_FALSE(text.empty()) << driver.name;
    }
}

} // namespace
} // namespace entente
