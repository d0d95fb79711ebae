#include "robustness.hpp"
#include "order_statistics.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <stdexcept>

namespace entente {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN(), unbounded = std::numeric_limits<double>::infinity();

std::uint64_t mixed(std::uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}
/// The indices of one resample. Uneven by less than n / 2^32.
struct Indices {
    std::uint64_t key;
    Indices(std::uint64_t seed, std::uint64_t resample) : key(mixed(mixed(seed) + 0x9E3779B97F4A7C15u * (resample + 1))) {}
    std::size_t operator()(std::size_t index, std::size_t n) const { return static_cast<std::size_t>((mixed(key + 0x9E3779B97F4A7C15u * (index + 1)) >> 32) * n >> 32); }
};

/// The runs in the order in which resamples read them: [point][replicate][policy], more is better, points without a policy's performance left out.
struct Runs {
    std::size_t policies, points, replicates;
    std::vector<double> value;    ///< 0 where the run failed
    std::vector<double> finished; ///< 1 or 0
};
Runs runs_of(const Performance& given, double sign)
{
    Runs runs{given.policies, 0, given.replicates, {}, {}};
    for (std::size_t s = 0; s < given.points; ++s) {
        const auto at = [&](std::size_t policy, std::size_t replicate) { return given.value[(policy * given.points + s) * given.replicates + replicate]; };
        bool all = true;
        for (std::size_t x = 0; x < given.policies; ++x) {
            bool any = false;
            for (std::size_t r = 0; r < given.replicates; ++r) any = any || std::isfinite(at(x, r));
            all = all && any;
        }
        if (!all) continue;
        ++runs.points;
        for (std::size_t r = 0; r < given.replicates; ++r) {
            for (std::size_t x = 0; x < given.policies; ++x) {
                const bool ok = std::isfinite(at(x, r));
                runs.value.push_back(ok ? sign * at(x, r) : 0);
                runs.finished.push_back(ok ? 1 : 0);
            }
        }
    }
    return runs;
}

using Table = std::vector<std::vector<double>>; ///< [policy][point]: performance, more is better
/// `point(slot)` and `replicate(slot, r)` say which run fills each place.
template <class Point, class Replicate> Table table_of(const Runs& runs, Point point, Replicate replicate)
{
    Table table(runs.policies);
    for (std::vector<double>& row : table) row.reserve(runs.points);
    std::vector<double> sum(runs.policies), finished(runs.policies);
    for (std::size_t slot = 0; slot < runs.points; ++slot) {
        std::fill(sum.begin(), sum.end(), 0);
        std::fill(finished.begin(), finished.end(), 0);
        const std::size_t first = point(slot) * runs.replicates;
        for (std::size_t r = 0; r < runs.replicates; ++r) {
            const std::size_t at = (first + replicate(slot, r)) * runs.policies;
            for (std::size_t x = 0; x < runs.policies; ++x) {
                sum[x] += runs.value[at + x];
                finished[x] += runs.finished[at + x];
            }
        }
        if (std::find(finished.begin(), finished.end(), 0) != finished.end()) continue;
        for (std::size_t x = 0; x < runs.policies; ++x) table[x].push_back(sum[x] / finished[x]);
    }
    return table;
}

/// What the measures of one policy are made of; more is better.
struct Digest {
    double mean = 0, deviation = 0, worst = 0, bad = 0, median = 0, good = 0, best = 0, below_median = 0; ///< bad and good: the two percentiles
    double greatest_regret = 0, mean_regret = 0, percentile_regret = 0, greatest_loss = 0, percentile_loss = 0, met = 0;
};
std::vector<Digest> digests(const Table& table, double sign, const RobustnessOptions& options)
{
    const std::size_t points = table[0].size();
    const double n = static_cast<double>(points);
    const std::vector<double>&baseline = table[0], nothing(points);
    std::vector<double> best = baseline, scratch(points);
    for (const std::vector<double>& row : table)
        for (std::size_t s = 0; s < points; ++s) best[s] = std::max(best[s], row[s]);
    const Threshold threshold = options.threshold.value_or(Threshold{});
    const auto met = [&](double f) { return threshold.side == Side::at_least ? sign * f >= threshold.value : sign * f <= threshold.value; };

    std::vector<Digest> all;
    for (const std::vector<double>& row : table) {
        const auto percentile_of_shortfall = [&](const std::vector<double>& from) {
            for (std::size_t s = 0; s < points; ++s) scratch[s] = from[s] - row[s];
            return interpolated_quantile(scratch, options.percentile);
        };
        Digest d;
        d.greatest_loss = -unbounded;
        for (std::size_t s = 0; s < points; ++s) {
            d.mean += row[s];
            d.met += met(row[s]) ? 1 : 0;
            d.mean_regret += best[s] - row[s];
            d.greatest_regret = std::max(d.greatest_regret, best[s] - row[s]);
            d.greatest_loss = std::max(d.greatest_loss, baseline[s] - row[s]);
        }
        d.mean /= n;
        d.met /= n;
        d.mean_regret /= n;
        d.percentile_regret = percentile_of_shortfall(best);
        d.percentile_loss = percentile_of_shortfall(baseline);
        d.bad = -percentile_of_shortfall(nothing);
        scratch = row;
        d.median = interpolated_quantile(scratch, 0.5);
        d.good = interpolated_quantile(scratch, options.percentile);
        d.worst = *std::min_element(row.begin(), row.end());
        d.best = *std::max_element(row.begin(), row.end());
        for (const double f : row) {
            d.deviation += (f - d.mean) * (f - d.mean);
            d.below_median += std::max(0.0, d.median - f);
        }
        d.deviation = points < 2 ? 0 : std::sqrt(d.deviation / (n - 1));
        d.below_median /= std::ceil(n / 2);
        all.push_back(d);
    }
    return all;
}

/// Better: more, less, or as in the performance.
enum class Better : std::uint8_t { more, less, as_given };
struct Formula {
    const char* name;
    Better better;
    double least, most; ///< values that it can take
    double (*value)(const Digest& d, double sign, const RobustnessOptions& o);
    std::string (*meaning)(const RobustnessOptions& o);
    bool is_performance = false; ///< it lies where a performance can lie
};
using Options = const RobustnessOptions&;
double hundredth(double share) { return std::round(share * 1e4) / 1e2; }

const Formula formulas[] = {
    {"greatest_regret", Better::less, 0, unbounded, [](const Digest& d, double, Options) { return d.greatest_regret; },
     [](Options) -> std::string { return "greatest distance from the best policy at a point"; }},
    {"mean_regret", Better::less, 0, unbounded, [](const Digest& d, double, Options) { return d.mean_regret; },
     [](Options) -> std::string { return "mean distance from the best policy at a point"; }},
    {"percentile_regret", Better::less, 0, unbounded, [](const Digest& d, double, Options) { return d.percentile_regret; },
     [](Options o) { return fmt::format("distance from the best policy that {} % of points do not exceed", hundredth(o.percentile)); }},
    {"greatest_loss", Better::less, -unbounded, unbounded, [](const Digest& d, double, Options) { return d.greatest_loss; },
     [](Options) -> std::string { return "greatest loss against the baseline policy at a point; below 0 a gain"; }},
    {"percentile_loss", Better::less, -unbounded, unbounded, [](const Digest& d, double, Options) { return d.percentile_loss; },
     [](Options o) { return fmt::format("loss against the baseline policy that {} % of points do not exceed; below 0 a gain", hundredth(o.percentile)); }},
    {"percentile_deviation", Better::less, 0, unbounded, [](const Digest& d, double, Options) { return d.median - d.bad; },
     [](Options o) { return fmt::format("shortfall from the policy's own median that {} % of points do not exceed", hundredth(o.percentile)); }},
    {"undesirable_deviations", Better::less, 0, unbounded, [](const Digest& d, double, Options) { return d.below_median; },
     [](Options) -> std::string { return "mean shortfall from the policy's own median over the worse half of points"; }},
    {"satisficing", Better::more, 0, 1, [](const Digest& d, double, Options) { return d.met; },
     [](Options o) { return fmt::format("share of points where the performance is at {} {}", o.threshold->side == Side::at_least ? "least" : "most", o.threshold->value); }},
    {"maximin", Better::as_given, -unbounded, unbounded, [](const Digest& d, double sign, Options) { return sign * d.worst; },
     [](Options) -> std::string { return "performance at the worst point"; }, true},
    {"hurwicz", Better::as_given, -unbounded, unbounded, [](const Digest& d, double sign, Options o) { return sign * (o.optimism * d.best + (1 - o.optimism) * d.worst); },
     [](Options o) { return fmt::format("{} x best point + {} x worst point", o.optimism, hundredth(1 - o.optimism) / 100); }, true},
    {"laplace", Better::as_given, -unbounded, unbounded, [](const Digest& d, double sign, Options) { return sign * d.mean; },
     [](Options) -> std::string { return "mean over points, all as likely"; }, true},
    {"percentile", Better::as_given, -unbounded, unbounded, [](const Digest& d, double sign, Options) { return sign * d.bad; },
     [](Options o) { return fmt::format("performance that is no worse at {} % of points", hundredth(o.percentile)); }, true},
    {"mean_less_spread", Better::as_given, -unbounded, unbounded, [](const Digest& d, double sign, Options o) { return sign * (d.mean - o.spread_weight * d.deviation); },
     [](Options o) { return fmt::format("mean, worsened by {} standard deviations", o.spread_weight); }},
    {"mean_variance", Better::as_given, -unbounded, unbounded,
     [](const Digest& d, double sign, Options) { return sign > 0 ? (d.mean + 1) / (d.deviation + 1) : (1 - d.mean) * (d.deviation + 1); },
     [](Options o) -> std::string { return o.direction == Direction::more_is_better ? "(mean + 1) / (standard deviation + 1)" : "(mean + 1) x (standard deviation + 1)"; }},
    {"skewness", Better::more, -1, 1, [](const Digest& d, double, Options) { return d.good > d.bad ? (2 * d.median - d.good - d.bad) / (d.good - d.bad) : 0; },
     [](Options) -> std::string { return "where the median lies between the two percentiles: -1 at the worse, 1 at the better"; }},
};

/// [measure][policy], of the measures asked for.
std::vector<std::vector<double>> values_of(const std::vector<const Formula*>& asked, const Table& table, double sign, const RobustnessOptions& options)
{
    const std::vector<Digest> policies = digests(table, sign, options);
    std::vector<std::vector<double>> values(asked.size());
    for (std::size_t m = 0; m < asked.size(); ++m)
        for (const Digest& d : policies) values[m].push_back(asked[m]->value(d, sign, options));
    return values;
}

/// Fills in what the resamples say: `resampled` is [resample][policy]. Values that differ by less than rounding does, next to `scale`, tie.
void judge(Measure& measure, const Formula& formula, const std::vector<std::vector<double>>& resampled, double scale, const RobustnessOptions& options)
{
    const std::size_t policies = measure.value.size();
    const double better = measure.direction == Direction::more_is_better ? 1 : -1, n = static_cast<double>(resampled.size());
    const auto order = [=](double a, double b) { return std::abs(a - b) <= 1e-12 * std::max({std::abs(a), std::abs(b), scale}) ? 0 : better * a > better * b ? 1 : -1; };
    const double least = formula.is_performance ? options.least : formula.least, most = formula.is_performance ? options.most : formula.most;
    measure.low.assign(policies, nan);
    measure.high = measure.bias = measure.low;
    measure.rank.assign(policies, 1);
    measure.swap.assign(policies, std::vector<double>(policies));
    for (std::size_t x = 0; x < policies; ++x) {
        for (std::size_t y = 0; y < policies; ++y) {
            const int as_found = order(measure.value[x], measure.value[y]);
            if (as_found < 0) ++measure.rank[x];
            std::ptrdiff_t agreement = 0;
            for (const std::vector<double>& value : resampled) agreement += as_found * order(value[x], value[y]);
            if (x != y && !resampled.empty()) measure.swap[x][y] = (1 - static_cast<double>(agreement) / n) / 2;
        }
        if (resampled.empty()) continue;
        std::vector<double> values;
        double sum = 0;
        for (const std::vector<double>& value : resampled) {
            values.push_back(value[x]);
            sum += value[x];
        }
        measure.bias[x] = sum / n - measure.value[x];
        const auto corrected = [&](double level) { return std::clamp(interpolated_quantile(values, level) - 2 * measure.bias[x], least, most); };
        measure.low[x] = corrected((1 - options.confidence) / 2);
        measure.high[x] = corrected((1 + options.confidence) / 2);
    }
}

void check(const Performance& given, const RobustnessOptions& o)
{
    const auto fail = [](const std::string& what) { throw std::invalid_argument(what); };
    if (given.policies == 0 || given.points == 0 || given.replicates == 0) fail("no policies, points or replicates");
    if (given.value.size() != given.policies * given.points * given.replicates)
        fail(fmt::format("{} values for {} policies x {} points x {} replicates", given.value.size(), given.policies, given.points, given.replicates));
    if (!(o.percentile >= 0.5 && o.percentile <= 1)) fail(fmt::format("percentile: a number from 0.5 to 1, got {}", o.percentile));
    if (!(o.optimism >= 0 && o.optimism <= 1)) fail(fmt::format("optimism: a number from 0 to 1, got {}", o.optimism));
    if (!(o.spread_weight >= 0 && std::isfinite(o.spread_weight))) fail(fmt::format("spread-weight: a number, 0 or more, got {}", o.spread_weight));
    if (!(o.confidence > 0 && o.confidence < 1)) fail(fmt::format("confidence: between 0 and 1, got {}", o.confidence));
    if (o.threshold && !std::isfinite(o.threshold->value)) fail("satisfied: a number, got none");
}

} // namespace

Performance performance_of(const std::vector<double>& values, std::size_t policies, std::size_t replicates, std::size_t points)
{
    Performance p{policies, points, replicates, std::vector<double>(values.size())};
    for (std::size_t k = 0; k < policies; ++k)
        for (std::size_t r = 0; r < replicates; ++r)
            for (std::size_t i = 0; i < points; ++i) p.value[(k * points + i) * replicates + r] = values[(k * replicates + r) * points + i];
    return p;
}

const Measure* Robustness::find(std::string_view name) const
{
    const auto at = std::find_if(measures.begin(), measures.end(), [&](const Measure& m) { return m.name == name; });
    return at == measures.end() ? nullptr : &*at;
}

Robustness robustness(const Performance& performance, const RobustnessOptions& options)
{
    check(performance, options);
    const double sign = options.direction == Direction::more_is_better ? 1 : -1;
    const Runs runs = runs_of(performance, sign);
    Robustness result{.measures = {}, .points = runs.points, .left_out = performance.points - runs.points};
    if (runs.points == 0) return result;

    std::vector<const Formula*> asked;
    for (const Formula& f : formulas)
        if (options.threshold || std::string_view(f.name) != "satisficing") asked.push_back(&f);
    const auto same_point = [](std::size_t slot) { return slot; };
    const auto same_replicate = [](std::size_t, std::size_t r) { return r; };
    const auto found = values_of(asked, table_of(runs, same_point, same_replicate), sign, options);
    std::vector<std::vector<std::vector<double>>> resampled(asked.size()); // [measure][resample][policy]
    for (std::uint32_t b = 0; b < options.resamples; ++b) {
        const Indices indices(options.seed, b);
        const auto any_point = [&](std::size_t slot) { return indices(slot, runs.points); };
        const auto any_replicate = [&](std::size_t, std::size_t r) { return indices(runs.points + r, runs.replicates); };
        const Table table = options.resampling == Resampling::points       ? table_of(runs, any_point, same_replicate)
                            : options.resampling == Resampling::replicates ? table_of(runs, same_point, any_replicate)
                                                                           : table_of(runs, any_point, any_replicate);
        if (table[0].empty()) continue;
        ++result.resamples;
        auto values = values_of(asked, table, sign, options);
        for (std::size_t m = 0; m < asked.size(); ++m) resampled[m].push_back(std::move(values[m]));
    }
    double scale = 0;
    for (const double f : runs.value) scale = std::max(scale, std::abs(f));
    for (std::size_t m = 0; m < asked.size(); ++m) {
        const Better better = asked[m]->better;
        Measure measure{.name = asked[m]->name, .meaning = asked[m]->meaning(options), .value = found[m]};
        measure.direction = better == Better::as_given ? options.direction : better == Better::more ? Direction::more_is_better : Direction::less_is_better;
        judge(measure, *asked[m], resampled[m], better == Better::more ? 1 : scale, options);
        result.measures.push_back(std::move(measure));
    }
    return result;
}

} // namespace entente
