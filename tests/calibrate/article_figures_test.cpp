// The figures that the articles state, set against the data: low and high are what the data say over the readings that the note names, computed anew here.
#include "calibrate/data.hpp"
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

namespace entente {
namespace {

using Readings = std::vector<double>;

/// Of Russian customs in bn USD, a quarter's first three months or a year's exports.
double to_china(const std::string& year, const std::string& last_month, const std::string& flow)
{
    return data_sum(partners_file,
                    [&](const DataRow& r) {
                        return r.partner == "CHN" && r.date.substr(0, 4) == year && r.date.substr(5) <= last_month && is_flow(r) && (flow.empty() || r.variable == flow);
                    })
           / 1000;
}
Readings growth_2022q1()
{
    const double before = to_china("2021", "03", ""), gap = chinese_trade("2021") / russian_trade("2021", "CHN"), now = chinese_trade("2022", "03");
    return {now / before - 1, now / (before * gap) - 1};
}
Readings doubling()
{
    const double now = chinese_trade("2023", "12", "RUS", "imports");
    Readings all{now / chinese_trade("2021", "12", "RUS", "imports")};
    for (const char* year : {"2019", "2020", "2021"}) all.push_back(now / to_china(year, "12", "exports"));
    return all;
}
Readings quarter_of_trade()
{
    const double exports = chinese_trade("2023", "12", "RUS", "imports"), all = russian_total("2023");
    return {exports / all, exports * 1000 / datum(totals_file, "2023", "WLD", "exports"), chinese_trade("2023") / all};
}
Readings gdp_ratios()
{
    Readings all;
    for (const char* year : {"2021", "2022", "2023"}) all.push_back(macro(year, "RUS", "gdp_current_usd") / macro(year, "CHN", "gdp_current_usd"));
    return all;
}
Readings central_asia()
{
    Readings all;
    for (const char* country : {"KAZ", "KGZ", "UZB"}) {
        const auto with = [&](const std::string& whom) {
            return data_sum("open/central_asia_trade_by_partner_annual.csv",
                            [&](const DataRow& r) { return r.date == "2019" && r.reporter == country && r.partner == whom && is_flow(r); });
        };
        all.push_back((with("CHN") - with("RUS")) / with("WLD"));
    }
    return all;
}
double patrols()
{
    return data_sum("compiled/joint_exercises_points.csv", [](const DataRow& r) { return r.date == "2022-05" && r.variable == "exercise_event"; });
}

const std::map<std::string, std::function<Readings()>>& readings()
{
    static const std::map<std::string, std::function<Readings()>> all = {
        {"trade_growth_2022q1", growth_2022q1},
        {"trade_growth_2023h1", [] { return Readings{chinese_trade("2023", "06") / chinese_trade("2022", "06") - 1}; }},
        {"half_of_2023_over_2020", [] { return Readings{chinese_trade("2023", "06") / russian_trade("2020", "CHN")}; }},
        {"gdp_ratio", gdp_ratios},
        {"west_over_russia", [] { return Readings{chinese_trade("2022", "12", "USA") / chinese_trade("2022")}; }},
        {"exports_to_china_doubled", doubling},
        {"exports_to_china_share", quarter_of_trade},
        {"reorientation",
         [] {
             return Readings{chinese_trade("2022") / russian_total("2022"), chinese_trade("2023") / russian_total("2023")};
         }},
        {"first_partner", [] { return Readings{chinese_trade("2023") / russian_total("2023") - stated_share("2023-10", "EU")}; }},
        {"central_asia_2019", central_asia},
        {"bomber_patrol", [] { return Readings{patrols()}; }}};
    return all;
}

/// What is to be said of a figure that the data hold between low and high.
std::string verdict(double stated, double precision, double low, double high, bool at_least)
{
    if (at_least) return low >= stated ? "agrees" : "one part"; // a sum of which a part is known
    if (stated + precision >= low && stated - precision <= high) return "agrees";
    const double miss = stated < low ? low - stated : stated - high;
    return miss < 0.1 * std::abs(stated) ? "near" : stated > high ? "above" : "below";
}

TEST(ArticleFigures, StandAgainstTheDataAsTheTableSays)
{
    const Table table = parse_csv(read_file(SOURCE_DIR "/calibration/article_figures.csv"));
    const Table claims = parse_csv(read_file(SOURCE_DIR "/engine/model/claims.csv"));
    std::size_t checked = 0;
    for (const auto& row : table.rows) {
        const auto text = [&](const char* column) { return row[table.column(column)]; };
        const auto number = [&](const char* column) { return std::stod(text(column)); };
        const std::string id = text("id");
        EXPECT_TRUE(std::ranges::any_of(claims.rows, [&](const auto& c) { return c[claims.column("id")] == text("claim"); })) << id;
        EXPECT_FALSE(text("note").empty()) << id;
        const auto how = readings().find(id);
        EXPECT_EQ(how == readings().end(), text("verdict") == "unchecked") << id;
        if (how == readings().end()) continue;
        const Readings data = how->second();
        const auto [low, high] = std::ranges::minmax(data);
        EXPECT_NEAR(number("low"), low, 5.1e-5) << id;
        EXPECT_NEAR(number("high"), high, 5.1e-5) << id;
        EXPECT_EQ(text("verdict"), verdict(number("stated"), number("precision"), low, high, text("unit").ends_with(" at least"))) << id;
        ++checked;
    }
    EXPECT_EQ(checked, readings().size());
}

TEST(ArticleFigures, AreJudgedByTheDistanceFromTheData)
{
    EXPECT_EQ(verdict(.30, .05, .34, .40, false), "agrees") << "as far as it was stated";
    EXPECT_EQ(verdict(.30, .01, .32, .40, false), "near");
    EXPECT_EQ(verdict(.30, .01, .36, .40, false), "below");
    EXPECT_EQ(verdict(1, .1, .2, .3, false), "above");
    EXPECT_EQ(verdict(9, .5, 4, 4, true), "one part");
    EXPECT_EQ(verdict(1, 0, 1.1, 1.1, true), "agrees");
}

} // namespace
} // namespace entente
