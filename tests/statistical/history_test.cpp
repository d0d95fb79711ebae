// History: with default parameters the ensemble mean of each year stays within the stated distance of the data, in every year. Distances are what the fit leaves and a
// little more: a series that stood still would be out of them.
#include "core/csv.hpp"
#include "core/text.hpp"
#include "ensemble/ensemble.hpp"
#include "scenarios.hpp"
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>

namespace entente {
namespace {

struct Bound {
    const char* pattern;
    double to_2021, from_2022; ///< distances that are allowed: before trade turned, and since
};
constexpr Bound bounds[] = {{"china_share_target", 0.012, 0.02}, {"russia_share_of_chinese_trade", 0.003, 0.003}, {"west_share", 0.025, 0.025}, {"india_share", 0.003, 0.02}};

/// The largest distance to the data over its bound, by pattern: in the years to 2021, and since.
std::map<std::string, std::array<double, 2>> worst(const std::string& overlay)
{
    Scenario given = scenario("history", overlay);
    given.runs = 2000;
    const Summary s = run_ensemble(given, {});
    const Table table = parse_csv(read_file(SOURCE_DIR "/calibration/patterns.csv"));
    std::map<std::string, std::array<double, 2>> largest;
    int compared = 0;
    for (const auto& row : table.rows)
        for (const Bound& b : bounds) {
            if (row[table.column("pattern")] != b.pattern) continue;
            const std::size_t v = Description::find(describe().variables, row[table.column("variable")]), year = std::stoul(row[table.column("year")]);
            double mean = 0;
            for (std::size_t q = 4 * (year - 2014); q < 4 * (year - 2013); ++q) mean += s.mean[v * s.quarters + q] / 4;
            const double data = std::stod(row[table.column("value")]);
            if (overlay.empty()) fmt::print("{} {}: data {:.4f}, model {:.4f}\n", b.pattern, year, data, mean);
            double& most = largest[b.pattern][year < 2022 ? 0 : 1];
            most = std::max(most, std::abs(mean - data) / (year < 2022 ? b.to_2021 : b.from_2022));
            ++compared;
        }
    EXPECT_EQ(compared, 44);
    return largest;
}

TEST(History, StaysNearTheData)
{
    for (const auto& [pattern, most] : worst("")) {
        EXPECT_LE(most[0], 1) << pattern << " to 2021";
        EXPECT_LE(most[1], 1) << pattern << " from 2022 on";
    }
}

// The twins: each bound of each series by a wrong parameter of its own.
TEST(History, WouldNotWithAWrongParameter)
{
    struct Wrong {
        const char *parameter, *pattern;
        std::size_t period;
    };
    for (const Wrong& w : {Wrong{"sanctions_curvature = 1", "china_share_target", 0},
                           {"psi_C = 0.4", "china_share_target", 1},
                           {"sanctions_curvature = 1", "russia_share_of_chinese_trade", 0},
                           {"psi_C = 0.4", "russia_share_of_chinese_trade", 1},
                           {"trend_from_west = 0.6", "west_share", 0},
                           {"eta_S = 1.5", "west_share", 1},
                           {"trend_to_india = 1.2", "india_share", 0},
                           {"psi_I = 1.5", "india_share", 1}}) {
        const double most = worst(std::string("parameters.") + w.parameter).at(w.pattern)[w.period];
        fmt::print("{}: {} {:.2f} of what is allowed\n", w.parameter, w.pattern, most);
        EXPECT_GT(most, 1) << w.parameter;
    }
}

} // namespace
} // namespace entente
