#include "backtest.hpp"
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

/// What a posterior's runs would have been observed to be; runs that failed are left out.
std::vector<double> predicted(const Posterior& p, std::size_t observation)
{
    std::vector<double> all = p.posterior_predictive.of(observation);
    std::erase_if(all, [](double x) { return !std::isfinite(x); });
    return all;
}

double quantile_of(const std::vector<double>& sorted, double level)
{
    const double at = std::clamp(level * static_cast<double>(sorted.size()) - 0.5, 0.0, static_cast<double>(sorted.size() - 1));
    const auto below = static_cast<std::size_t>(at);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

/// A target's values after the year, each forecast by all four.
BacktestTarget scored(const Posterior& posterior, const Years& series, std::size_t known)
{
    BacktestTarget t;
    const AnnualSeries past{std::span(series.years).first(known), std::span(series.values).first(known)};
    for (std::size_t i = 1; i < known; ++i) t.change += std::abs(series.values[i] - series.values[i - 1]) / static_cast<double>(known - 1);
    for (std::size_t i = known; i < series.years.size(); ++i) {
        ++t.years;
        const double observed = series.values[i];
        std::vector<double> draws = predicted(posterior, series.at[i]);
        std::ranges::sort(draws);
        t.crps[0] += crps_fair(draws, observed);
        const StudentForecast simple[] = {random_walk_with_drift(past, series.years[i]), linear_trend(past, series.years[i]), last_value(past, series.years[i])};
        for (std::size_t f = 1; f < forecasts; ++f) t.crps[f] += simple[f - 1].crps(observed);
        for (std::size_t level = 0; level < std::size(coverage_levels); ++level)
            for (std::size_t f = 0; f < forecasts; ++f) {
                const double tail = (1 - coverage_levels[level]) / 2;
                const IntervalOf interval = f == 0 ? IntervalOf{quantile_of(draws, tail), quantile_of(draws, 1 - tail)} : simple[f - 1].interval(coverage_levels[level]);
                t.hits[f][level] += interval.low <= observed && observed <= interval.high ? 1 : 0;
            }
    }
    for (double& sum : t.crps) sum /= t.years;
    return t;
}

} // namespace

Backtest backtest_of(const Calibration& c, const Posterior& posterior, int year)
{
    constexpr std::size_t least_known = 4; // for two degrees of freedom
    if (posterior.targets.size() != c.targets.observations.size()) throw std::invalid_argument("the posterior has other targets than the calibration");
    const std::vector<double> values = observed(c.targets);
    Backtest b{.year = year};
    for (std::size_t m = 0; m < c.targets.measurements.size(); ++m) {
        const auto is_target = [&](const Observation& o) { return o.measurement == m && o.fitted && o.to > (year - first_year) * 4 + 3; };
        if (std::ranges::none_of(c.targets.observations, is_target)) continue;
        const Years series = years_of(c, values, m);
        const auto known = static_cast<std::size_t>(std::ranges::upper_bound(series.years, year) - series.years.begin());
        if (known < least_known || known == series.years.size()) {
            b.left_out.push_back(c.targets.measurements[m].target);
            continue;
        }
        b.targets.push_back(scored(posterior, series, known));
        b.targets.back().target = c.targets.measurements[m].target;
    }
    if (b.targets.empty()) throw std::invalid_argument(fmt::format("no target has {} years up to {} and one after it", least_known, year));
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
