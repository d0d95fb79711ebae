// Free scales of measurement.csv: level and slope are the least squares of the data on the ensemble's mean at the defaults, and their deviations its standard errors.
#include "calibrate/targets.hpp"
#include "ensemble/ensemble.hpp"
#include "scenarios.hpp"
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <map>

namespace entente {
namespace {

struct Line {
    double centre, level, level_sd, slope, slope_sd;
};
Line least_squares(const std::vector<double>& x, const std::vector<double>& y)
{
    const auto n = static_cast<double>(x.size());
    double mean_x = 0, mean_y = 0, xx = 0, xy = 0, residuals = 0;
    for (std::size_t i = 0; i < x.size(); ++i) mean_x += x[i] / n, mean_y += y[i] / n;
    for (std::size_t i = 0; i < x.size(); ++i) xx += (x[i] - mean_x) * (x[i] - mean_x), xy += (x[i] - mean_x) * (y[i] - mean_y);
    const double slope = xy / xx;
    for (std::size_t i = 0; i < x.size(); ++i) residuals += std::pow(y[i] - mean_y - slope * (x[i] - mean_x), 2);
    const double sd = std::sqrt(residuals / (n - 2));
    return {mean_x, mean_y, sd / std::sqrt(n), slope, sd / std::sqrt(xx)};
}

/// Of the ensemble's mean, over the quarters.
double mean_of(const Quantity& quantity, const Summary& summary)
{
    double sum = 0;
    for (const Quantity::Term& term : quantity.terms)
        for (int q = quantity.from; q <= quantity.to; ++q) sum += term.factor * summary.mean[term.variable * summary.quarters + static_cast<std::size_t>(q)];
    return sum / (quantity.to - quantity.from + 1);
}

/// How far the table's lines are from those of an ensemble, in their standard errors: the largest of level and slope, by target.
std::map<std::string, double> distances(const std::string& overlay)
{
    Scenario given = scenario("history", overlay);
    given.runs = 2000;
    const Summary summary = run_ensemble(given, {});
    const std::string measurement = read_file(SOURCE_DIR "/calibration/measurement.csv"), observations = read_file(SOURCE_DIR "/calibration/targets.csv");
    const Targets targets = read_targets({measurement, "measurement.csv"}, {observations, "targets.csv"}, 0, 43);
    std::map<std::string, double> all;
    for (std::size_t i = 0; i < targets.measurements.size(); ++i) {
        const Measurement& m = targets.measurements[i];
        if (m.scale != Measurement::Scale::free || m.target == "eu_share_of_russian_trade") continue; // that one is a part, and no line
        std::vector<double> x, y;
        for (const Observation& o : targets.observations)
            if (o.measurement == i) x.push_back(mean_of(o.quantity, summary)), y.push_back(transformed(m, o.value));
        const Line line = least_squares(x, y);
        const double level = m.level + m.slope * (line.centre - m.centre); // where this ensemble has its centre
        all[m.target] = std::max({std::abs(line.level - level) / m.level_sd, std::abs(line.slope - m.slope) / m.slope_sd, 4 * std::abs(line.level_sd / m.level_sd - 1),
                                  4 * std::abs(line.slope_sd / m.slope_sd - 1)});
    }
    return all;
}

TEST(Measurement, HasTheLinesThatTheDataAndTheEnsembleGive)
{
    const std::map<std::string, double> all = distances("");
    EXPECT_EQ(all.size(), 7u);
    for (const auto& [target, distance] : all) EXPECT_LT(distance, .25) << target;
}

// The twin: politics that follow joint hostility less.
TEST(Measurement, HasNotThoseOfAnotherModel) { EXPECT_GT(distances("parameters.p_host = 2").at("un_distance_russia_china"), .25); }

} // namespace
} // namespace entente
