// What of the model stands beside the data: a summary made by hand, in which a variable's mean is its number plus the quarter's number over 1,000.
#include "analysis/patterns.hpp"
#include "core/csv.hpp"
#include "core/text.hpp"
#include <algorithm>
#include <gtest/gtest.h>

namespace entente {
namespace {

Summary made(std::uint32_t quarters)
{
    Summary summary{.runs = 1, .quarters = quarters};
    for (std::size_t v = 0; v < describe().variables.size(); ++v)
        for (std::uint32_t q = 0; q < quarters; ++q) summary.mean.push_back(static_cast<double>(v) + q / 1000.0);
    return summary;
}
double number_of(const std::string& variable) { return static_cast<double>(Description::find(describe().variables, variable)); }

TEST(Patterns, AYearIsTheMeanOfItsQuartersAndARatioOneOfTwoYears)
{
    bool year = false, quarter = false, ratio = false;
    for (const Pattern& p : patterns(made(48))) { // 2014Q1 to 2025Q4
        const double v = number_of(p.variable);
        const auto of_year = [&](int y) { return v + (4 * (y - 2014) + 1.5) / 1000; };
        const int first = std::stoi(p.date);
        double expected = of_year(first);
        if (p.date.size() == 4) year = true;
        else if (p.date.size() == 6) expected = v + (4 * (first - 2014) + (p.date[5] - '1')) / 1000.0, quarter = true;
        else expected /= of_year(std::stoi(p.date.substr(5))), ratio = true;
        EXPECT_NEAR(p.model, expected, 1e-12) << p.name << " " << p.date;
    }
    EXPECT_TRUE(year && quarter && ratio) << "the table has dates of all three kinds";
}

TEST(Patterns, StandInTheTablesOrderAsFarAsTheSummaryGoes)
{
    const Table table = parse_csv(read_file(SOURCE_DIR "/calibration/patterns.csv"));
    const std::vector<Pattern> all = patterns(made(48)), some = patterns(made(8)); // the years 2014 and 2015
    ASSERT_EQ(all.size(), table.rows.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_EQ(all[i].date, table.rows[i][table.column("year")]);
        EXPECT_EQ(all[i].data, std::stod(table.rows[i][table.column("value")]));
    }
    EXPECT_FALSE(some.empty());
    for (const Pattern& p : some) EXPECT_LE(p.date.substr(0, 4), "2015") << p.name;
    const auto early = [](const Pattern& p) { return p.date.substr(0, 4) <= "2015"; };
    EXPECT_EQ(some.size(), static_cast<std::size_t>(std::ranges::count_if(all, early))) << "2015 is whole, its last quarter the summary's last";
    const std::vector<Pattern> fewer = patterns(made(7));
    EXPECT_FALSE(fewer.empty());
    for (const Pattern& p : fewer) EXPECT_EQ(p.date.substr(0, 4), "2014") << p.name << ": of 2015 a quarter is missing";
}

} // namespace
} // namespace entente
