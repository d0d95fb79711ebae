#include "scores.hpp"
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>

namespace entente {

namespace {

using Plain = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
using Student = boost::math::students_t_distribution<double, Plain>;

/// Mean distance from the observed, and sum of distances between all pairs, each pair once.
struct Distances {
    double from_observed = 0, of_pairs = 0;
};
Distances distances_of(std::span<const double> draws, double observed)
{
    std::vector<double> sorted(draws.begin(), draws.end());
    if (sorted.empty() || !std::isfinite(observed) || !std::all_of(sorted.begin(), sorted.end(), [](double x) { return std::isfinite(x); }))
        throw std::invalid_argument("a forecast without draws, or a number that is not finite, has no score");
    std::sort(sorted.begin(), sorted.end());
    const auto n = static_cast<double>(sorted.size());
    Distances d;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        d.from_observed += std::abs(sorted[i] - observed) / n;
        d.of_pairs += (2 * static_cast<double>(i) + 1 - n) * (sorted[i] - observed);
    }
    return d;
}

void require_series(AnnualSeries s, int year, std::size_t least)
{
    if (s.years.size() != s.values.size() || s.years.size() < least) throw std::invalid_argument("a series has too few years for a forecast with a spread");
    if (std::adjacent_find(s.years.begin(), s.years.end(), std::greater_equal<>()) != s.years.end()) throw std::invalid_argument("years do not ascend");
    if (year <= s.years.back()) throw std::invalid_argument("the year is not after the last of the series");
    if (!std::all_of(s.values.begin(), s.values.end(), [](double x) { return std::isfinite(x); })) throw std::invalid_argument("a value is not finite");
}

/// Sum of squares of what changes from value to value are off this drift, each over its years.
double squares_off(AnnualSeries s, double drift)
{
    double squares = 0;
    for (std::size_t i = 1; i < s.years.size(); ++i) {
        const double years = s.years[i] - s.years[i - 1], off = s.values[i] - s.values[i - 1] - drift * years;
        squares += off * off / years;
    }
    return squares;
}

} // namespace

double crps(std::span<const double> draws, double observed)
{
    const Distances d = distances_of(draws, observed);
    const auto n = static_cast<double>(draws.size());
    return d.from_observed - d.of_pairs / (n * n);
}

double crps_fair(std::span<const double> draws, double observed)
{
    if (draws.size() < 2) throw std::invalid_argument("the fair score is of two draws or more");
    const Distances d = distances_of(draws, observed);
    const auto n = static_cast<double>(draws.size());
    return d.from_observed - d.of_pairs / (n * (n - 1));
}

double interval_score(double low, double high, double level, double observed)
{
    if (!(level > 0 && level < 1)) throw std::invalid_argument("a level is not in (0, 1)");
    return high - low + 2 / (1 - level) * (std::max(0.0, low - observed) + std::max(0.0, observed - high));
}

Coverage interval_coverage(std::span<const IntervalOf> intervals, std::span<const double> observed, double level)
{
    if (intervals.size() != observed.size()) throw std::invalid_argument("intervals and observed values are not equally many");
    std::uint32_t hits = 0;
    for (std::size_t i = 0; i < observed.size(); ++i) hits += intervals[i].low <= observed[i] && observed[i] <= intervals[i].high;
    return coverage_of(level, hits, static_cast<std::uint32_t>(observed.size()));
}

double StudentForecast::quantile(double level) const
{
    if (!(level > 0 && level < 1)) throw std::invalid_argument("a level is not in (0, 1)");
    return location + scale * boost::math::quantile(Student(freedom), level);
}

IntervalOf StudentForecast::interval(double level) const { return {quantile((1 - level) / 2), quantile((1 + level) / 2)}; }

double StudentForecast::crps(double observed) const
{
    if (!(freedom > 1)) throw std::invalid_argument("a forecast with one degree of freedom has no score");
    if (scale == 0) return std::abs(observed - location);
    const double z = (observed - location) / scale;
    const Student standard(freedom);
    const double half = boost::math::beta(0.5, freedom / 2, Plain());
    const double apart = 2 * std::sqrt(freedom) / (freedom - 1) * boost::math::beta(0.5, freedom - 0.5, Plain()) / (half * half); // half the mean distance of two draws
    return scale * (z * (2 * cdf(standard, z) - 1) + 2 * pdf(standard, z) * (freedom + z * z) / (freedom - 1) - apart);
}

StudentForecast random_walk_with_drift(AnnualSeries s, int year)
{
    require_series(s, year, 4);
    const double span = s.years.back() - s.years.front(), ahead = year - s.years.back();
    const double drift = (s.values.back() - s.values.front()) / span, freedom = static_cast<double>(s.years.size()) - 2;
    return {s.values.back() + drift * ahead, std::sqrt(squares_off(s, drift) / freedom * ahead * (1 + ahead / span)), freedom};
}

StudentForecast linear_trend(AnnualSeries s, int year)
{
    require_series(s, year, 4);
    const auto n = static_cast<double>(s.years.size());
    double mean_year = 0, mean = 0, spread = 0, both = 0, squares = 0;
    for (std::size_t i = 0; i < s.years.size(); ++i) mean_year += s.years[i] / n, mean += s.values[i] / n;
    for (std::size_t i = 0; i < s.years.size(); ++i) spread += (s.years[i] - mean_year) * (s.years[i] - mean_year), both += (s.years[i] - mean_year) * (s.values[i] - mean);
    const double slope = both / spread, ahead = year - mean_year;
    for (std::size_t i = 0; i < s.years.size(); ++i) {
        const double off = s.values[i] - mean - slope * (s.years[i] - mean_year);
        squares += off * off;
    }
    return {mean + slope * ahead, std::sqrt(squares / (n - 2) * (1 + 1 / n + ahead * ahead / spread)), n - 2};
}

StudentForecast last_value(AnnualSeries s, int year)
{
    require_series(s, year, 3);
    const double freedom = static_cast<double>(s.years.size()) - 1;
    return {s.values.back(), std::sqrt(squares_off(s, 0) / freedom * (year - s.years.back())), freedom};
}

} // namespace entente
