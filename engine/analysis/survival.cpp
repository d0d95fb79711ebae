#include "survival.hpp"
#include "../core/interval.hpp"
#include "share.hpp"
#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <Eigen/Dense>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace entente {
namespace {

constexpr double tail = 0.025;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

void throw_if_not_as_many(std::size_t times, std::size_t causes)
{
    if (times != causes) throw std::invalid_argument(fmt::format("{} times and {} causes", times, causes));
}

/// The same as S and 1 - S: what happened up to each time, of all.
std::vector<std::uint64_t> seen_by(const LifeTable& table, std::span<const std::uint64_t> events)
{
    if (!is_followed_to_the_end(table)) throw std::invalid_argument("an exact band is of a share of all, but somebody is censored before the last event");
    std::vector<std::uint64_t> seen(events.size());
    std::partial_sum(events.begin(), events.end(), seen.begin());
    return seen;
}

/// Interval of a share k of n.
std::pair<double, double> exact(std::uint64_t k, std::uint64_t n, CurveBand method)
{
    if (n == 0) return {0, 1};
    if (method == CurveBand::jeffreys) {
        const Share s = share_of(static_cast<std::uint32_t>(k), static_cast<std::uint32_t>(n));
        return {s.low, s.high};
    }
    const auto with = static_cast<double>(k), without = static_cast<double>(n - k);
    return {k == 0 ? 0 : quantile(boost::math::beta_distribution<>(with, without + 1), tail), k == n ? 1 : quantile(complement(boost::math::beta_distribution<>(with + 1, without), tail))};
}

/// Of a share that is not exact: by its standard error.
std::pair<double, double> about(double share, double error, CurveBand method)
{
    if (method == CurveBand::greenwood) return {std::max(0.0, share - z95 * error), std::min(1.0, share + z95 * error)};
    if (share >= 1) return {1, 1};
    if (share <= 0) return {0, 0};
    const double width = z95 * error / std::abs(share * std::log(share)); // of ln(-ln share)
    return {std::pow(share, std::exp(width)), std::pow(share, std::exp(-width))};
}

/// Of those at risk; none where nobody is.
double part(std::uint64_t happened, std::uint64_t at_risk) { return at_risk == 0 ? 0 : static_cast<double>(happened) / static_cast<double>(at_risk); }

bool is_exact(CurveBand method) { return method == CurveBand::jeffreys || method == CurveBand::clopper_pearson; }

} // namespace

std::uint64_t LifeTable::all_events(std::size_t at) const
{
    std::uint64_t all = 0;
    for (const std::vector<std::uint64_t>& of_cause : events) all += of_cause[at];
    return all;
}

LifeTable life_table(std::span<const double> time, std::span<const std::uint8_t> cause, std::size_t causes)
{
    throw_if_not_as_many(time.size(), cause.size());
    LifeTable table;
    table.events.resize(causes);
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < time.size(); ++i) {
        if (std::isnan(time[i])) {
            ++table.failed;
            continue;
        }
        if (!(time[i] >= 0) || std::isinf(time[i])) throw std::invalid_argument(fmt::format("a time is 0 or more, got {}", time[i]));
        if (cause[i] > causes) throw std::invalid_argument(fmt::format("a cause is from 0 to {}, got {}", causes, cause[i]));
        order.push_back(i);
    }
    std::ranges::sort(order, {}, [&](std::size_t i) { return time[i]; });
    table.n = order.size();
    for (std::size_t done = 0; done < order.size(); ++done) {
        const std::size_t i = order[done];
        if (table.time.empty() || table.time.back() != time[i]) {
            table.time.push_back(time[i]), table.at_risk.push_back(table.n - done), table.censored.push_back(0);
            for (std::vector<std::uint64_t>& of_cause : table.events) of_cause.push_back(0);
        }
        ++(cause[i] == 0 ? table.censored : table.events[cause[i] - 1u]).back();
    }
    return table;
}

LifeTable life_table(const std::vector<std::vector<std::uint64_t>>& events, std::uint64_t n)
{
    LifeTable table{.events = events, .n = n};
    std::uint64_t left = n;
    for (std::size_t step = 0; !events.empty() && step < events[0].size(); ++step) {
        for (const std::vector<std::uint64_t>& of_cause : events)
            if (of_cause.size() != events[0].size()) throw std::invalid_argument(fmt::format("{} steps of one cause, {} of another", events[0].size(), of_cause.size()));
        table.time.push_back(static_cast<double>(step + 1)), table.at_risk.push_back(left), table.censored.push_back(0);
        const std::uint64_t now = table.all_events(step);
        if (now > left) throw std::invalid_argument(fmt::format("{} see it in step {}, but {} are left", now, step + 1, left));
        left -= now;
    }
    if (!table.censored.empty()) table.censored.back() = left;
    return table;
}

double Survival::at(double t) const
{
    const auto after = static_cast<std::size_t>(std::ranges::upper_bound(time, t) - time.begin());
    return after == 0 ? 1 : share[after - 1];
}

Survival kaplan_meier(const LifeTable& table)
{
    Survival curve;
    double share = 1, variance = 0;
    for (std::size_t i = 0; i < table.time.size(); ++i) {
        const double h = part(table.all_events(i), table.at_risk[i]), n = std::max(1.0, static_cast<double>(table.at_risk[i]));
        variance = (1 - h) * (1 - h) * variance + share * share * h * (1 - h) / n;
        share *= 1 - h;
        curve.time.push_back(table.time[i]), curve.share.push_back(share), curve.standard_error.push_back(std::sqrt(variance));
    }
    return curve;
}

Incidence aalen_johansen(const LifeTable& table)
{
    Incidence all;
    all.time = table.time;
    for (std::size_t cause = 0; cause < table.events.size(); ++cause) {
        all.share.emplace_back(), all.standard_error.emplace_back();
        double none = 1, seen = 0;                    // S and F
        double of_none = 0, of_seen = 0, of_both = 0; // their variances and covariance
        for (std::size_t i = 0; i < table.time.size(); ++i) {
            const double any = part(table.all_events(i), table.at_risk[i]), this_one = part(table.events[cause][i], table.at_risk[i]),
                         n = std::max(1.0, static_cast<double>(table.at_risk[i]));
            of_seen += 2 * this_one * of_both + this_one * this_one * of_none + none * none * this_one * (1 - this_one) / n;
            of_both = (1 - any) * (of_both + this_one * of_none) - none * none * this_one * (1 - any) / n;
            of_none = (1 - any) * (1 - any) * of_none + none * none * any * (1 - any) / n;
            seen += none * this_one, none *= 1 - any;
            all.share.back().push_back(seen), all.standard_error.back().push_back(std::sqrt(std::max(0.0, of_seen)));
        }
    }
    return all;
}

bool is_followed_to_the_end(const LifeTable& table)
{
    bool censored = false;
    for (std::size_t i = 0; i < table.time.size(); ++i) {
        if (censored && table.all_events(i) > 0) return false;
        censored = censored || table.censored[i] > 0;
    }
    return true;
}

Band95 band_of(const LifeTable& table, const Survival& curve, CurveBand method)
{
    Band95 band;
    std::vector<std::uint64_t> events(table.time.size());
    for (std::size_t i = 0; i < events.size(); ++i) events[i] = table.all_events(i);
    const std::vector<std::uint64_t> seen = is_exact(method) ? seen_by(table, events) : std::vector<std::uint64_t>();
    for (std::size_t i = 0; i < table.time.size(); ++i) {
        auto [low, high] = is_exact(method) ? exact(table.n - seen[i], table.n, method) : about(curve.share[i], curve.standard_error[i], method);
        if (!is_exact(method) && curve.share[i] <= 0) high = i == 0 ? 1 : band.high.back();
        band.low.push_back(low), band.high.push_back(high);
    }
    return band;
}

Band95 band_of(const LifeTable& table, const Incidence& curves, std::size_t cause, CurveBand method)
{
    Band95 band;
    const std::vector<std::uint64_t> seen = is_exact(method) ? seen_by(table, table.events.at(cause)) : std::vector<std::uint64_t>();
    for (std::size_t i = 0; i < table.time.size(); ++i) {
        const auto [low, high] = is_exact(method) ? exact(seen[i], table.n, method) : about(curves.share.at(cause)[i], curves.standard_error[cause][i], method);
        band.low.push_back(low), band.high.push_back(high);
    }
    return band;
}

std::optional<double> time_at(std::span<const double> time, std::span<const double> falling, double level)
{
    constexpr double tolerance = 0x1p-26; // R's: products of shares are not exact
    const auto first = static_cast<std::size_t>(std::ranges::find_if(falling, [&](double share) { return share < level + tolerance; }) - falling.begin());
    if (first == falling.size()) return std::nullopt;
    if (std::abs(falling[first] - level) >= tolerance) return time[first];
    const auto below = static_cast<std::size_t>(std::ranges::find_if(falling, [&](double share) { return share < falling[first] - tolerance; }) - falling.begin());
    return below == falling.size() ? time[first] : (time[first] + time[below]) / 2;
}

MedianTime median_time(const Survival& curve, const Band95& band) { return {time_at(curve.time, curve.share), time_at(curve.time, band.low), time_at(curve.time, band.high)}; }

RestrictedMean restricted_mean(const LifeTable& table, double until)
{
    const Survival curve = kaplan_meier(table);
    RestrictedMean mean;
    double variance = 0, to_the_right = 0, end = until; // area under the curve from a time to `until`
    for (std::size_t i = table.time.size(); i-- > 0;) {
        if (table.time[i] >= until) continue;
        to_the_right += (end - table.time[i]) * curve.share[i];
        end = table.time[i];
        const auto n = static_cast<double>(table.at_risk[i]), d = static_cast<double>(table.all_events(i));
        if (d < n) variance += to_the_right * to_the_right * d / (n * (n - d));
    }
    mean.mean = to_the_right + end;
    mean.standard_error = std::sqrt(variance);
    return mean;
}

PairedDifference paired_restricted_means(std::span<const double> time_a, std::span<const std::uint8_t> cause_a, std::span<const double> time_b, std::span<const std::uint8_t> cause_b, double until)
{
    throw_if_not_as_many(time_a.size(), cause_a.size()), throw_if_not_as_many(time_b.size(), cause_b.size());
    if (time_a.size() != time_b.size()) throw std::invalid_argument(fmt::format("pairs of {} and {}", time_a.size(), time_b.size()));
    const auto cut = [&](std::span<const double> time, std::span<const std::uint8_t> cause) {
        std::vector<double> all;
        for (std::size_t i = 0; i < time.size(); ++i) {
            if (cause[i] == 0 && time[i] < until) throw std::invalid_argument(fmt::format("censored at {}, before {}", time[i], until));
            all.push_back(std::isnan(time[i]) ? nan : std::min(time[i], until));
        }
        return all;
    };
    return paired_difference(cut(time_a, cause_a), cut(time_b, cause_b));
}

LogRank log_rank(std::span<const LifeTable> groups)
{
    const auto g = static_cast<Eigen::Index>(groups.size());
    LogRank test{.observed = std::vector<double>(groups.size()), .expected = std::vector<double>(groups.size())};
    Eigen::MatrixXd variance = Eigen::MatrixXd::Zero(g, g);
    std::vector<double> times;
    for (const LifeTable& group : groups) times.insert(times.end(), group.time.begin(), group.time.end());
    std::ranges::sort(times);
    times.erase(std::unique(times.begin(), times.end()), times.end());
    std::vector<std::size_t> at(groups.size()); // the first time of each group that is not past
    Eigen::VectorXd risk(g), happened(g);
    for (const double t : times) {
        for (std::size_t i = 0; i < groups.size(); ++i) {
            const LifeTable& group = groups[i];
            const bool here = at[i] < group.time.size();
            risk(static_cast<Eigen::Index>(i)) = here ? static_cast<double>(group.at_risk[at[i]]) : 0;
            happened(static_cast<Eigen::Index>(i)) = here && group.time[at[i]] == t ? static_cast<double>(group.all_events(at[i])) : 0;
            if (here && group.time[at[i]] == t) ++at[i];
        }
        const double n = risk.sum(), d = happened.sum();
        if (d == 0) continue;
        const Eigen::VectorXd share = risk / n;
        for (std::size_t i = 0; i < groups.size(); ++i) test.observed[i] += happened(static_cast<Eigen::Index>(i)), test.expected[i] += d * share(static_cast<Eigen::Index>(i));
        if (n > 1) variance += d * (n - d) / (n - 1) * (Eigen::MatrixXd(share.asDiagonal()) - share * share.transpose());
    }
    std::vector<Eigen::Index> used; // all but the last group that was ever beside another
    for (Eigen::Index i = 0; i < g; ++i)
        if (variance(i, i) > 0) used.push_back(i);
    if (used.size() < 2) return test;
    used.pop_back();
    test.degrees = used.size();
    Eigen::VectorXd apart(static_cast<Eigen::Index>(used.size()));
    for (std::size_t i = 0; i < used.size(); ++i)
        apart(static_cast<Eigen::Index>(i)) = test.observed[static_cast<std::size_t>(used[i])] - test.expected[static_cast<std::size_t>(used[i])];
    const Eigen::MatrixXd of_used = variance(used, used);
    test.statistic = apart.dot(of_used.ldlt().solve(apart));
    test.p = cdf(complement(boost::math::chi_squared(static_cast<double>(test.degrees)), std::max(0.0, test.statistic)));
    return test;
}

std::vector<Hazard> hazards(const LifeTable& table, std::span<const double> edges)
{
    std::vector<Hazard> all;
    for (std::size_t e = 1; e < edges.size(); ++e) {
        Hazard h{.from = edges[e - 1], .to = edges[e], .rate = nan, .low = nan, .high = nan};
        double before = 0;
        for (std::size_t i = 0; i < table.time.size(); ++i) {
            const double t = table.time[i];
            h.exposure += static_cast<double>(table.at_risk[i]) * std::max(0.0, std::min(t, h.to) - std::max(before, h.from));
            if (t > h.from && t <= h.to) h.events += table.all_events(i);
            before = t;
        }
        if (h.exposure > 0) {
            const auto k = static_cast<double>(h.events);
            h.rate = k / h.exposure;
            h.low = h.events == 0 ? 0 : quantile(boost::math::gamma_distribution<>(k), tail) / h.exposure;
            h.high = quantile(complement(boost::math::gamma_distribution<>(k + 1), tail)) / h.exposure;
        }
        all.push_back(h);
    }
    return all;
}

} // namespace entente
