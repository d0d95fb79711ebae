// The files under calibration/, by name.
#pragma once
#include "core/csv.hpp"
#include "core/text.hpp"
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace entente {

struct DataRow {
    std::string date, reporter, partner, variable, unit;
    double value;
};
/// Of calibration/data/`name`.
inline const std::vector<DataRow>& data_rows(const std::string& name)
{
    static std::map<std::string, std::vector<DataRow>> files;
    const auto [at, is_new] = files.try_emplace(name);
    if (!is_new) return at->second;
    const Table table = parse_csv(read_file(SOURCE_DIR "/calibration/data/" + name));
    const std::size_t date = table.header[0] == "year" ? table.column("year") : table.column("date"), reporter = table.column("reporter"), partner = table.column("partner"),
                      variable = table.column("variable"), value = table.column("value"), unit = table.column("unit");
    for (const auto& row : table.rows) at->second.push_back({row[date], row[reporter], row[partner], row[variable], row[unit], std::stod(row[value])});
    return at->second;
}
/// Sum over the rows that a test picks.
inline double data_sum(const std::string& name, const std::function<bool(const DataRow&)>& picked)
{
    double sum = 0;
    for (const DataRow& row : data_rows(name))
        if (picked(row)) sum += row.value;
    return sum;
}
/// The one row of this date, partner and variable.
inline double datum(const std::string& name, const std::string& date, const std::string& partner, const std::string& variable)
{
    double value = 0;
    std::size_t found = 0;
    for (const DataRow& row : data_rows(name))
        if (row.date == date && row.partner == partner && row.variable == variable) value = row.value, ++found;
    if (found != 1) throw std::runtime_error(name + ": " + date + " " + partner + " " + variable + " is there " + std::to_string(found) + " times");
    return value;
}

inline const std::string partners_file = "open/rus_trade_by_partner_monthly_2006_2021.csv", totals_file = "open/rus_trade_totals_annual_2000_2023.csv",
                         chinese_customs_file = "compiled/china_russia_trade_gacc_as_reported.csv", european_file = "compiled/eu_russia_trade_points.csv",
                         indian_file = "compiled/russia_energy_price_india_points.csv", macro_file = "open/macro_annual.csv";

inline bool is_flow(const DataRow& r) { return r.variable == "exports" || r.variable == "imports"; }
/// Goods trade of Russia in bn USD by Russian customs.
inline double russian_trade(const std::string& year, const std::string& partner)
{
    static const std::map<std::string, double> sums = [] {
        std::map<std::string, double> all;
        for (const DataRow& r : data_rows(partners_file))
            if (is_flow(r)) all[r.date.substr(0, 4) + r.partner] += r.value / 1000;
        return all;
    }();
    return sums.at(year + partner);
}
inline double russian_total(const std::string& year, const std::string& partner = "WLD")
{
    return data_sum(totals_file, [&](const DataRow& r) { return r.date == year && r.partner == partner && is_flow(r); }) / 1000;
}
/// Of a year up to and with a month, by Chinese customs.
inline double chinese_trade(const std::string& year, const std::string& month = "12", const std::string& partner = "RUS", const std::string& what = "trade_total")
{
    std::string from = year;
    from.append("-01/").append(year).append("-").append(month);
    return datum(chinese_customs_file, from, partner, what + "_cumulative");
}
inline double macro(const std::string& year, const std::string& country, const std::string& variable)
{
    return data_sum(macro_file, [&](const DataRow& r) { return r.date == year && r.reporter == country && r.variable == variable; });
}
/// Chinese goods trade with all the world, bn USD.
inline double chinese_total(const std::string& year) { return macro(year, "CHN", "gdp_current_usd") * macro(year, "CHN", "merchandise_trade_pct_gdp") / 100; }
inline double stated_share(const std::string& date, const std::string& partner) { return datum(european_file, date, partner, "share_of_total_goods_trade") / 100; }

} // namespace entente
