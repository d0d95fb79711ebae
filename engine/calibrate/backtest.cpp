#include "backtest.hpp"
#include "diagnostics.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <stdexcept>

namespace entente {

namespace {

/// A series by calendar years, with the place of each value among the observations.
struct Years {
    std::vector<int> years;
    std::vector<double> values;
    std::vector<std::size_t> at;
};
Years years_of(const Calibration& c, const std::vector<double>& values, std::size_t measurement)
{
    Years all;
    for (std::size_t i = 0; i < c.targets.observations.size(); ++i) {
        const Observation& o = c.targets.observations[i];
        if (o.measurement == measurement && o.from % 4 == 0 && o.to == o.from + 3)
            all.years.push_back(first_year + o.from / 4), all.values.push_back(values[i]), all.at.push_back(i);
    }
    return all;
}

/// What runs would have been observed to be, ascending; runs that failed are left out.
std::vector<double> predicted(const DrawTable& predictive, std::size_t observation)
{
    std::vector<double> all = predictive.of(observation);
    std::erase_if(all, [](double x) { return !std::isfinite(x); });
    std::ranges::sort(all);
    return all;
}

/// Mean absolute change from one known value to the next.
double change_of(const Years& series, std::size_t known)
{
    double change = 0;
    for (std::size_t i = 1; i < known; ++i) change += std::abs(series.values[i] - series.values[i - 1]) / static_cast<double>(known - 1);
    return change;
}

/// A target's values after the year, each forecast by all.
BacktestTarget scored(const Posterior& posterior, const Years& series, std::size_t known)
{
    BacktestTarget t;
    const AnnualSeries past{std::span(series.years).first(known), std::span(series.values).first(known)};
    t.change = change_of(series, known);
    for (std::size_t i = known; i < series.years.size(); ++i) {
        ++t.years;
        const double observed = series.values[i];
        const std::vector<double> draws[of_model] = {predicted(posterior.posterior_predictive, series.at[i]), predicted(posterior.prior_predictive, series.at[i])};
        for (std::size_t f = 0; f < of_model; ++f) t.crps[f] += crps_fair(draws[f], observed);
        const StudentForecast simple[] = {random_walk_with_drift(past, series.years[i]), linear_trend(past, series.years[i]), last_value(past, series.years[i])};
        for (std::size_t f = of_model; f < forecasts; ++f) t.crps[f] += simple[f - of_model].crps(observed);
        for (std::size_t level = 0; level < std::size(coverage_levels); ++level)
            for (std::size_t f = 0; f < forecasts; ++f) {
                const double tail = (1 - coverage_levels[level]) / 2;
                const IntervalOf interval = f < of_model ? IntervalOf{weighted_quantile({draws[f]}, tail), weighted_quantile({draws[f]}, 1 - tail)}
                                                         : simple[f - of_model].interval(coverage_levels[level]);
                t.hits[f][level] += interval.low <= observed && observed <= interval.high ? 1 : 0;
            }
    }
    for (double& sum : t.crps) sum /= t.years;
    return t;
}

/// What there is to score, and what cannot be.
struct ToScore {
    struct Target {
        std::string target;
        Years series;
        std::size_t known = 0; ///< values of the years up to the last that is known
    };
    std::vector<Target> targets;
    std::vector<std::string> left_out;
};
ToScore to_score(const Calibration& c, int year)
{
    constexpr std::size_t least_known = 4; // for two degrees of freedom
    const std::vector<double> values = observed(c.targets);
    ToScore all;
    for (std::size_t m = 0; m < c.targets.measurements.size(); ++m) {
        const auto is_target = [&](const Observation& o) { return o.measurement == m && o.fitted && o.to > (year - first_year) * 4 + 3; };
        if (std::ranges::none_of(c.targets.observations, is_target)) continue;
        const std::string& target = c.targets.measurements[m].target;
        const Years series = years_of(c, values, m);
        const auto known = static_cast<std::size_t>(std::ranges::upper_bound(series.years, year) - series.years.begin());
        if (known < least_known || known == series.years.size() || change_of(series, known) == 0) all.left_out.push_back(target);
        else all.targets.push_back({target, series, known});
    }
    if (all.targets.empty()) throw std::invalid_argument(fmt::format("no fitted target has {} years up to {} in which it changes, and one after it", least_known, year));
    return all;
}

} // namespace

void throw_if_no_score(const Calibration& calibration, int year) { to_score(calibration, year); }

Backtest backtest_of(const Calibration& c, const Posterior& posterior, int year)
{
    if (posterior.targets.size() != c.targets.observations.size()) throw std::invalid_argument("the posterior has other targets than the calibration");
    ToScore all = to_score(c, year);
    Backtest b{.year = year, .left_out = std::move(all.left_out)};
    for (const auto& [target, series, known] : all.targets) {
        b.targets.push_back(scored(posterior, series, known));
        b.targets.back().target = target;
    }
    for (std::size_t f = 0; f < forecasts; ++f) {
        std::array<std::uint32_t, 4> hits{};
        std::uint32_t n = 0;
        for (const BacktestTarget& t : b.targets) {
            b.crps[f] += t.crps[f] / t.change / static_cast<double>(b.targets.size());
            for (std::size_t level = 0; level < hits.size(); ++level) hits[level] += t.hits[f][level];
            n += t.years;
        }
        for (std::size_t level = 0; level < hits.size(); ++level) b.coverage[f][level] = coverage_of(coverage_levels[level], hits[level], n);
    }
    return b;
}

} // namespace entente
