// History: with default parameters the ensemble mean of each year stays within the stated distance of the data, in every year.
#include "core/csv.hpp"
#include "core/text.hpp"
#include "ensemble/ensemble.hpp"
#include "scenarios.hpp"
#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace entente {
namespace {

struct Bound {
    const char* pattern;
    double distance;
};
constexpr Bound bounds[] = {{"china_share_target", 0.02}, {"russia_share_of_chinese_trade", 0.004}, {"west_share", 0.04}, {"india_share", 0.04}};

/// The largest distance to the data over its bound.
double worst(const std::string& overlay)
{
    Scenario given = scenario("history", overlay);
    given.runs = 2000;
    const Summary s = run_ensemble(given, {});
    const Table table = parse_csv(read_file(SOURCE_DIR "/calibration/patterns.csv"));
    double largest = 0;
    int compared = 0;
    for (const auto& row : table.rows)
        for (const Bound& b : bounds) {
            if (row[table.column("pattern")] != b.pattern) continue;
            const std::size_t v = Description::find(describe().variables, row[table.column("variable")]), year = std::stoul(row[table.column("year")]);
            double mean = 0;
            for (std::size_t q = 4 * (year - 2014); q < 4 * (year - 2013); ++q) mean += s.mean[v * s.quarters + q] / 4;
            const double data = std::stod(row[table.column("value")]);
            if (overlay.empty()) fmt::print("{} {}: data {:.4f}, model {:.4f}\n", b.pattern, year, data, mean);
            largest = std::max(largest, std::abs(mean - data) / b.distance);
            ++compared;
        }
    EXPECT_EQ(compared, 44);
    return largest;
}

TEST(History, StaysNearTheData) { EXPECT_LE(worst(""), 1); }
TEST(History, WouldNotWithAWrongParameter) { EXPECT_GT(worst("parameters.psi_C = 0.6"), 1); }
TEST(History, WouldNotWithWeakSanctions) { EXPECT_GT(worst("parameters.eta_S = 1.3"), 1); }

} // namespace
} // namespace entente
