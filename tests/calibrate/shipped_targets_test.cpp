// Every observation that ships follows from the file it names, computed anew here; what cannot be computed is cited.
#include "calibrate/data.hpp"
#include "calibrate/targets.hpp"
#include "write_file.hpp"
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <optional>
#include <set>

namespace entente {
namespace {

const Targets& shipped()
{
    static const Targets all = [] {
        const std::string measurement = read_file(SOURCE_DIR "/calibration/measurement.csv"), observations = read_file(SOURCE_DIR "/calibration/targets.csv");
        return read_targets({measurement, "measurement.csv"}, {observations, "targets.csv"}, 0, 43);
    }();
    return all;
}
const std::string& target_of(const Observation& o) { return shipped().measurements[o.measurement].target; }

double central_asian_share(const std::string& country, const std::string& partner, const std::string& year)
{
    const auto with = [&](const std::string& whom) {
        return data_sum("open/central_asia_trade_by_partner_annual.csv", [&](const DataRow& r) { return r.date == year && r.reporter == country && r.partner == whom && is_flow(r); });
    };
    return with(partner) / with("WLD");
}

double west(const std::string& year, bool whole)
{
    double eu = 0, others = 0;
    for (const char* member : {"NLD", "DEU", "ITA", "POL", "FRA", "FIN", "BEL", "ESP", "SWE", "AUT", "CZE", "SVK"}) eu += 1.15 * russian_trade(year, member);
    for (const char* other : {"USA", "JPN", "KOR", "GBR", "CHE"}) others += russian_trade(year, other);
    return whole ? (eu + others) / russian_total(year) : eu / (eu + others);
}
/// Europe that is not EU: in 2023 what Europe has beyond the stated share, in 2021 four countries.
std::pair<double, double> europe_beside_the_eu()
{
    double four = 0;
    for (const char* country : {"BLR", "GBR", "CHE", "UKR"}) four += russian_trade("2021", country);
    return {russian_total("2023", "EUROPE") / russian_total("2023") - stated_share("2023-10", "EU"), four / russian_total("2021")};
}
double indian(const std::string& date) { return datum(indian_file, date, "RUS", "trade_total"); }

double india(const std::string& year)
{
    if (year == "2022") return (indian("2022-04/2022-12") + indian("FY2021-22") - indian("2021-04/2021-12")) / russian_total(year);
    if (year == "2023") return indian("2023-01/2023-10") * 12 / 10 / russian_total(year);
    if (year == "2024") return indian("FY2024-25") / (chinese_trade(year) / stated_share(year, "CHN"));
    return russian_trade(year, "IND") / russian_total(year);
}
double china(const std::string& year)
{
    if (year == "2024") return stated_share(year, "CHN");
    return (year < "2022" ? russian_trade(year, "CHN") : chinese_trade(year)) / russian_total(year);
}
double europe(const std::string& year)
{
    if (year != "2022") return stated_share(year == "2023" ? "2023-10" : year, "EU");
    const auto [now, before] = europe_beside_the_eu();
    return russian_total(year, "EUROPE") / russian_total(year) - (now + before) / 2;
}
/// Mean of the shares that are reported for the month.
double yuan(const std::string& quarter)
{
    const std::map<std::string, std::string> months{{"2022Q1", "2022-01"}, {"2022Q3", "2022-09"}, {"2022Q4", "2022-12"},
                                                    {"2023Q1", "2023-03"}, {"2023Q2", "2023-06"}, {"2023Q4", "2023-12"}};
    double sum = 0, count = 0;
    for (const DataRow& r : data_rows("compiled/yuan_share_settlement_reserves.csv"))
        if (r.date == months.at(quarter) && r.variable.starts_with("yuan_share_") && r.variable.ends_with("_settlement")) sum += r.value / 100, ++count;
    return sum / count;
}
double agreement(const std::string& year)
{
    return data_sum("open/unga_agreement_annual_2000_2019.csv", [&](const DataRow& r) { return r.date == year && r.reporter == "RUS" && r.partner == "CHN"; });
}
double exercises(const std::string& date)
{
    const std::string file = "compiled/joint_exercises_points.csv";
    if (date == "2022") return datum(file, date, "CHN", "exercise_count_ndu");
    return datum(file, "2012-11/2023-08", "CHN", "exercise_stock_scmp") / (10 + 10 / 12.);
}

/// How a target follows from the data by its date; those without are cited.
const std::map<std::string, std::function<double(const std::string&)>>& computations()
{
    static const std::map<std::string, std::function<double(const std::string&)>> all = {
        {"china_share_of_russian_trade", china},
        {"russia_share_of_chinese_trade", [](const std::string& y) { return (y < "2022" ? russian_trade(y, "CHN") : chinese_trade(y)) / chinese_total(y); }},
        {"west_share_of_russian_trade", [](const std::string& y) { return west(y, true); }},
        {"eu_share_of_russian_trade", europe},
        {"india_share_of_russian_trade", india},
        {"yuan_share_of_settlement", yuan},
        {"gdp_ratio_russia_china", [](const std::string& y) { return macro(y, "RUS", "gdp_current_usd") / macro(y, "CHN", "gdp_current_usd"); }},
        {"russia_share_of_kazakh_trade", [](const std::string& y) { return central_asian_share("KAZ", "RUS", y); }},
        {"russia_share_of_kyrgyz_trade", [](const std::string& y) { return central_asian_share("KGZ", "RUS", y); }},
        {"russia_share_of_uzbek_trade", [](const std::string& y) { return central_asian_share("UZB", "RUS", y); }},
        {"china_share_of_kazakh_trade", [](const std::string& y) { return central_asian_share("KAZ", "CHN", y); }},
        {"china_share_of_kyrgyz_trade", [](const std::string& y) { return central_asian_share("KGZ", "CHN", y); }},
        {"china_share_of_uzbek_trade", [](const std::string& y) { return central_asian_share("UZB", "CHN", y); }},
        {"un_agreement_russia_china", agreement},
        {"joint_exercises", exercises}};
    return all;
}

/// Half of the last digit.
double rounding(const std::string& text)
{
    const std::size_t point = text.find('.');
    return 0.5 * std::pow(10., point == std::string::npos ? 0. : -static_cast<double>(text.size() - point - 1));
}

TEST(ShippedTargets, FollowFromTheFilesThatTheyName)
{
    const Table table = parse_csv(read_file(SOURCE_DIR "/calibration/targets.csv"));
    std::size_t computed = 0;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const Observation& o = shipped().observations[i];
        const auto how = computations().find(target_of(o));
        EXPECT_EQ(how == computations().end(), !o.source.starts_with("data/")) << target_of(o);
        if (how == computations().end()) continue;
        EXPECT_NEAR(o.value, how->second(o.date), rounding(table.rows[i][table.column("value")]) + 1e-9) << target_of(o) << " " << o.date;
        ++computed;
    }
    EXPECT_GT(computed, 100u);
}

TEST(ShippedTargets, NameFilesThatAreThere)
{
    for (const Observation& o : shipped().observations)
        for (const std::string& source : split(o.source, ';')) {
            const std::string name(trim(source));
            EXPECT_TRUE(!name.starts_with("data/") || std::filesystem::is_regular_file(SOURCE_DIR "/calibration/" + name)) << target_of(o) << ": " << name;
        }
}

/// Root mean square.
double spread(const std::vector<double>& differences)
{
    double sum = 0;
    for (const double d : differences) sum += d * d;
    return std::sqrt(sum / static_cast<double>(differences.size()));
}
const Observation& observation(const std::string& target, const std::string& date)
{
    for (const Observation& o : shipped().observations)
        if (target_of(o) == target && o.date == date) return o;
    throw std::runtime_error("no " + target + " at " + date);
}

// The disagreements from which the errors come.
TEST(ShippedTargets, HaveErrorsFromTheDisagreementOfSources)
{
    const double customs = spread({chinese_trade("2016") / russian_trade("2016", "CHN") - 1, chinese_trade("2021") / russian_trade("2021", "CHN") - 1});
    EXPECT_NEAR(customs, .0458, 5e-5);
    const Observation& china_2019 = observation("china_share_of_russian_trade", "2019");
    EXPECT_NEAR(china_2019.sd, customs * china_2019.value, 1e-4);

    std::vector<double> india_logs;
    for (const auto& [fiscal, year] : std::map<std::string, std::string>{{"FY2018-19", "2018"}, {"FY2019-20", "2019"}, {"FY2020-21", "2020"}, {"FY2021-22", "2021"}})
        india_logs.push_back(std::log(russian_trade(year, "IND") / indian(fiscal)));
    const Observation& india_2023 = observation("india_share_of_russian_trade", "2023");
    EXPECT_NEAR(india_2023.sd, spread(india_logs) * india_2023.value, 1e-4);

    for (const auto& [target, country] : std::map<std::string, std::string>{{"kazakh", "KAZ"}, {"kyrgyz", "KGZ"}, {"uzbek", "UZB"}}) {
        std::vector<double> differences;
        for (int y = country == "KAZ" ? 2018 : 2014; y <= 2021; ++y) {
            const std::string year = std::to_string(y);
            const double all = macro(year, country, "gdp_current_usd") * macro(year, country, "merchandise_trade_pct_gdp") / 100;
            differences.push_back(russian_total(year, country) / all - central_asian_share(country, "RUS", year));
        }
        EXPECT_NEAR(observation("russia_share_of_" + target + "_trade", "2020").sd, spread(differences), 5e-5) << target;
    }

    const auto [now, before] = europe_beside_the_eu();
    EXPECT_NEAR(observation("eu_share_of_russian_trade", "2022").value - .5 * (before - now) - .01, .302, 6e-4) << "low";

    const auto posterior_sd = [](const std::string& who) {
        const auto at = [&](const std::string& variable) {
            return data_sum("open/unga_ideal_points_2000_2019.csv", [&](const DataRow& r) { return r.date == "2018" && r.reporter == who && r.variable == variable; });
        };
        return (at("ideal_point_q95") - at("ideal_point_q5")) / 3.29;
    };
    EXPECT_NEAR(observation("un_distance_russia_china", "2018").sd, std::hypot(posterior_sd("RUS"), posterior_sd("CHN")), 5e-5);
}

/// Which part of squares is a level.
double common(const std::vector<double>& differences)
{
    double sum = 0;
    for (const double d : differences) sum += d;
    return std::pow(sum / static_cast<double>(differences.size()) / spread(differences), 2);
}
const Measurement& measurement(const std::string& target)
{
    for (const Measurement& m : shipped().measurements)
        if (m.target == target) return m;
    throw std::runtime_error("no " + target);
}

TEST(ShippedTargets, HaveErrorsThatGoTogetherAsFarAsSourcesDifferInOneDirection)
{
    const std::vector<double> china{chinese_trade("2016") / russian_trade("2016", "CHN") - 1, chinese_trade("2021") / russian_trade("2021", "CHN") - 1};
    const std::vector<double> india{std::log(russian_trade("2018", "IND") / indian("FY2018-19")), std::log(russian_trade("2019", "IND") / indian("FY2019-20")),
                                    std::log(russian_trade("2020", "IND") / indian("FY2020-21")), std::log(russian_trade("2021", "IND") / indian("FY2021-22"))};
    EXPECT_NEAR(measurement("china_share_of_russian_trade").error_correlation, common(china), .005);
    EXPECT_NEAR(measurement("west_share_of_russian_trade").error_correlation, common(china), .005);
    EXPECT_NEAR(measurement("india_share_of_russian_trade").error_correlation, common(india), .005);
}

// The EU as a part of the West, which stands in its measurement equation as the slope.
TEST(ShippedTargets, TakeTheEuAsThePartOfTheWestThatItWas)
{
    double sum = 0, squares = 0;
    for (int y = 2014; y <= 2021; ++y) {
        const double part = west(std::to_string(y), false);
        sum += part, squares += part * part;
    }
    const double mean = sum / 8;
    EXPECT_NEAR(measurement("eu_share_of_russian_trade").slope, mean, 5e-4);
    EXPECT_NEAR(measurement("eu_share_of_russian_trade").slope_sd, std::sqrt((squares - 8 * mean * mean) / 7), 5e-4);
}

TEST(ShippedTargets, HoldAllChannelsAndSayWhyWhatIsNotFittedIsNot)
{
    std::map<Measurement::Channel, std::size_t> fitted;
    for (const Measurement& m : shipped().measurements) {
        std::size_t rows = 0, of_them = 0;
        for (const Observation& o : shipped().observations)
            if (target_of(o) == m.target) ++rows, of_them += o.fitted;
        EXPECT_GT(rows, 0u) << m.target;
        EXPECT_EQ(of_them == 0, m.conflict.starts_with("not fitted: ")) << m.target;
        EXPECT_EQ(of_them == 0, m.identifies.empty()) << m.target << " informs parameters exactly if it is fitted";
        if (of_them > 0) ++fitted[m.channel];
    }
    EXPECT_GE(fitted[Measurement::Channel::economic], 8u);
    EXPECT_GE(fitted[Measurement::Channel::diplomatic], 2u);
    EXPECT_GE(fitted[Measurement::Channel::military], 2u);
}

TEST(ShippedTargets, SayWhereEachErrorComesFrom)
{
    for (const Observation& o : shipped().observations) {
        const bool says = o.note.find("Error: ") != std::string::npos || o.note.find("Interval: ") != std::string::npos;
        EXPECT_TRUE(says) << target_of(o) << " " << o.date;
    }
}

std::string scale_text(const Measurement& m)
{
    const char* const transforms[] = {"", "log, ", "logit, "};
    const char* const scales[] = {"direct", "free", "ordinal"};
    return std::string(transforms[static_cast<std::size_t>(m.transform)]) + scales[static_cast<std::size_t>(m.scale)];
}
/// A line of each target.
std::string targets_text()
{
    const char* const channels[] = {"economic", "diplomatic", "military"};
    std::string text = "| target | channel | in the model | scale | dates | fitted of | error / value | informs | not met |\n|---|---|---|---|---|---|---|---|---|\n";
    for (const Measurement& m : shipped().measurements) {
        std::string first, last, informs;
        std::size_t rows = 0, fitted = 0;
        double least = 1e9, most = 0;
        for (const Observation& o : shipped().observations) {
            if (target_of(o) != m.target) continue;
            first = rows++ == 0 ? o.date : first, last = o.date, fitted += o.fitted;
            least = std::min(least, o.sd / o.value), most = std::max(most, o.sd / o.value);
        }
        for (const std::size_t p : m.identifies) informs += fmt::format("{}`{}`", informs.empty() ? "" : " ", describe().parameters[p].name);
        const std::string error = fmt::format("{:.2g}", least) == fmt::format("{:.2g}", most) ? fmt::format("{:.2g}", least) : fmt::format("{:.2g} to {:.2g}", least, most);
        text += fmt::format("| `{}` | {} | `{}`{} | {} | {} | {} of {} | {} | {} | {} |\n", m.target, channels[static_cast<std::size_t>(m.channel)], m.expression,
                            m.relative_to.empty() ? "" : " over " + m.relative_to, scale_text(m), first == last ? first : first + " to " + last, fitted, rows, error, informs, m.conflict);
    }
    return text;
}

TEST(ShippedTargets, StandInTheReadme)
{
    const std::string path = SOURCE_DIR "/calibration/README.md", mark = "<!-- generated: targets -->\n";
    std::string text = read_file(path);
    const std::size_t at = text.find(mark), end = text.find("<!-- end -->", at);
    ASSERT_NE(at, std::string::npos);
    ASSERT_NE(end, std::string::npos);
    const std::size_t begin = at + mark.size();
    if (std::getenv("ENTENTE_UPDATE") != nullptr) write_file(path, text.replace(begin, end - begin, targets_text()));
    else EXPECT_EQ(text.substr(begin, end - begin), targets_text()) << "ENTENTE_UPDATE=1 writes it anew";
}

} // namespace
} // namespace entente
