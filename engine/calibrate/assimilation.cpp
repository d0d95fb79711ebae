#include "assimilation.hpp"
#include "diagnostics.hpp"
#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace entente {
namespace {

constexpr double never = -std::numeric_limits<double>::infinity();

/// Of a standard normal number to lie between two; exact in both tails.
double normal_between(double low, double high)
{
    const auto above = [](double x) { return 0.5 * std::erfc(x / std::numbers::sqrt2); };
    return low > 0 ? above(low) - above(high) : above(-high) - above(-low);
}

/// Standard normal numbers with weights of sum 1: the trapezoidal rule, which for smooth functions is as exact as doubles are. One number where nothing is uncertain.
struct Node {
    double at, weight;
};
std::vector<Node> nodes(double sd)
{
    if (sd == 0) return {{0, 1}};
    constexpr double step = 0.25;
    std::vector<Node> all;
    for (double x = -7; x <= 7; x += step) all.push_back({x, step * std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi)});
    return all;
}

/// Variance of what would be observed about its mean.
double variance_of(const Observed& observed, const ObservedRow& row, double modelled)
{
    const Measurement& m = observed.targets.measurements[observed.targets.observations[*row.observation].measurement];
    const double d = modelled - m.centre;
    const double own = m.scale == Measurement::Scale::ordinal ? m.model_sd * m.model_sd : covariance(observed.targets, *row.observation, *row.observation);
    return own + (m.scale == Measurement::Scale::direct ? 0 : m.level_sd * m.level_sd + m.slope_sd * m.slope_sd * d * d);
}

double log_report(const ObservedRow& row, double modelled) { return std::log(row.value == modelled ? 1 - row.wrong : row.wrong); }

} // namespace

std::vector<Quantity> quantities_of(const Observed& observed)
{
    std::vector<Quantity> all = quantities_of(observed.targets);
    for (const ObservedRow& r : observed.rows)
        if (!r.observation) all.push_back(r.event);
    return all;
}

std::vector<double> modelled(const Observed& observed, std::span<const double> quantities)
{
    std::size_t next = 0;
    std::vector<double> of_observation;
    for (const Observation& o : observed.targets.observations) {
        const double value = quantities[next++];
        of_observation.push_back(o.base ? value / quantities[next++] : value);
    }
    std::vector<double> all;
    for (const ObservedRow& r : observed.rows) all.push_back(r.observation ? of_observation[*r.observation] : quantities[next++]);
    return all;
}

double in_its_unit(const Observed& observed, const ObservedRow& row, double modelled)
{
    if (!row.observation) return modelled;
    const Measurement& m = observed.targets.measurements[observed.targets.observations[*row.observation].measurement];
    const double y = expected(m, modelled);
    switch (m.transform) {
    case Measurement::Transform::log: return std::exp(y);
    case Measurement::Transform::logit: return 1 / (1 + std::exp(-y));
    case Measurement::Transform::identity: break;
    }
    return y;
}

Likelihood::Likelihood(const Observed& observed) : observed_(observed), value_(observed.rows.size())
{
    const std::vector<double> values = entente::observed(observed.targets);
    std::map<std::size_t, Series> by_measurement;
    for (std::size_t row = 0; row < observed.rows.size(); ++row) {
        const ObservedRow& r = observed.rows[row];
        if (!r.observation) continue;
        value_[row] = values[*r.observation];
        const std::size_t of = observed.targets.observations[*r.observation].measurement;
        if (r.used) by_measurement[of].rows.push_back(row);
    }
    for (auto& [of, series] : by_measurement) {
        series.measurement = &observed.targets.measurements[of];
        for (std::size_t i = 0; i < series.rows.size(); ++i) {
            series.errors.emplace_back();
            for (std::size_t j = 0; j <= i; ++j)
                series.errors[i].push_back(covariance(observed.targets, *observed.rows[series.rows[i]].observation, *observed.rows[series.rows[j]].observation));
        }
        series_.push_back(std::move(series));
    }
}

/// By the rows of Cholesky's factor: what each row adds given those before it.
void Likelihood::normal(const Series& series, std::span<const double> modelled, std::vector<double>& into) const
{
    const Measurement& m = *series.measurement;
    const bool direct = m.scale == Measurement::Scale::direct;
    const double level = direct ? 0 : m.level_sd * m.level_sd, slope = direct ? 0 : m.slope_sd * m.slope_sd;
    std::vector<std::vector<double>> factor;
    std::vector<double> residual;
    for (std::size_t i = 0; i < series.rows.size(); ++i) {
        const std::size_t row = series.rows[i];
        const double x = modelled[row], at = expected(m, x);
        if (!std::isfinite(at)) { // no such value can be: the logarithm of a number below 0
            for (std::size_t k = i; k < series.rows.size(); ++k) into[series.rows[k]] = never;
            return;
        }
        std::vector<double> own;
        double rest = value_[row] - at, variance = 0, left = 0;
        for (std::size_t j = 0; j <= i; ++j) {
            const double together = series.errors[i][j] + level + slope * (x - m.centre) * (modelled[series.rows[j]] - m.centre);
            double sum = together;
            for (std::size_t k = 0; k < j; ++k) sum -= own[k] * (j < i ? factor[j][k] : own[k]);
            if (j < i) own.push_back(sum / factor[j][j]), rest -= own[j] * residual[j];
            else variance = together, left = sum;
        }
        own.push_back(std::sqrt(std::max(left, 1e-12 * variance))); // wholly common errors leave nothing but rounding
        residual.push_back(rest / own[i]);
        into[row] = -0.5 * residual[i] * residual[i] - std::log(own[i]) - 0.5 * std::log(2 * std::numbers::pi);
        factor.push_back(std::move(own));
    }
}

void Likelihood::ordinal(const Series& series, std::span<const double> modelled, std::vector<double>& into) const
{
    const Measurement& m = *series.measurement;
    const double sd = std::max(m.model_sd, 1e-12);
    std::vector<double> together(series.rows.size()); // probability of all classes up to this row's
    for (const Node& level : nodes(m.level_sd))
        for (const Node& slope : nodes(m.slope_sd)) {
            double product = level.weight * slope.weight;
            for (std::size_t i = 0; i < series.rows.size(); ++i) {
                const ObservedRow& r = observed_.rows[series.rows[i]];
                const Bounds bounds = latent_bounds(m, r.value);
                const double at = expected(m, modelled[series.rows[i]], m.level + m.level_sd * level.at, m.slope + m.slope_sd * slope.at);
                product *= normal_between((bounds.low - at) / sd, (bounds.high - at) / sd);
                together[i] += product;
            }
        }
    double before = 0;
    for (std::size_t i = 0; i < series.rows.size(); ++i) {
        const double now = std::log(together[i]);
        into[series.rows[i]] = now > never ? now - before : never;
        before = now;
    }
}

std::vector<double> Likelihood::operator()(std::span<const double> modelled) const
{
    std::vector<double> all(observed_.rows.size());
    for (const Series& s : series_) s.measurement->scale == Measurement::Scale::ordinal ? ordinal(s, modelled, all) : normal(s, modelled, all);
    for (std::size_t row = 0; row < all.size(); ++row)
        if (const ObservedRow& r = observed_.rows[row]; !r.observation && r.used) all[row] = log_report(r, modelled[row]);
    return all;
}

double apart(const Observed& observed, const ObservedRow& row, double modelled)
{
    if (!row.observation) return row.value == modelled ? 0 : std::numeric_limits<double>::infinity();
    const Observation& o = observed.targets.observations[*row.observation];
    const Measurement& m = observed.targets.measurements[o.measurement];
    const double at = expected(m, modelled), sd = std::sqrt(variance_of(observed, row, modelled));
    if (!std::isfinite(at)) return std::numeric_limits<double>::infinity();
    if (m.scale != Measurement::Scale::ordinal) return std::abs(transformed(m, o.value) - at) / sd;
    const Bounds bounds = latent_bounds(m, o.value);
    return std::max({0.0, bounds.low - at, at - bounds.high}) / std::max(sd, 1e-12);
}

namespace {

/// Weights of sum 1 from logarithms, in `weight`; how many they are worth.
double weights_from(std::span<const double> logarithms, std::vector<double>& weight)
{
    double most = never, sum = 0;
    for (const double l : logarithms)
        if (l > most) most = l;
    weight.assign(logarithms.size(), 0);
    if (most == never) return 0;
    for (std::size_t run = 0; run < weight.size(); ++run)
        if (!std::isnan(logarithms[run])) sum += weight[run] = std::exp(logarithms[run] - most);
    for (double& w : weight) w /= sum;
    return effective_number(weight);
}

OverRuns over_runs(const ObservedRow& row, Weighted draws)
{
    if (row.observation) return {weighted_quantile(draws, 0.05), weighted_quantile(draws, 0.5), weighted_quantile(draws, 0.95)};
    const double share = weighted_mean(draws);
    return {share, share, share};
}

} // namespace

Weighing weigh(const Observed& observed, const std::vector<std::vector<double>>& modelled)
{
    const std::size_t rows = observed.rows.size(), runs = modelled.empty() ? 0 : modelled[0].size();
    const Likelihood likelihood(observed);
    Weighing w{.weight = {}, .log_likelihood = std::vector<double>(runs), .rows = std::vector<RowAccount>(rows, {.nearest = std::numeric_limits<double>::infinity()})};
    std::vector<std::vector<double>> of_row(rows, std::vector<double>(runs));
    std::vector<double> one(rows);
    std::vector<std::size_t> whole;
    for (std::size_t run = 0; run < runs; ++run) {
        for (std::size_t row = 0; row < rows; ++row) one[row] = modelled[row][run];
        if (std::ranges::any_of(one, [](double x) { return std::isnan(x); })) {
            w.log_likelihood[run] = std::numeric_limits<double>::quiet_NaN();
            continue;
        }
        whole.push_back(run);
        const std::vector<double> added = likelihood(one);
        for (std::size_t row = 0; row < rows; ++row) {
            of_row[row][run] = added[row];
            w.rows[row].nearest = std::min(w.rows[row].nearest, apart(observed, observed.rows[row], one[row]));
        }
    }
    w.weight.assign(runs, 0);
    w.effective = static_cast<double>(whole.size());
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t run = 0; run < runs; ++run) w.log_likelihood[run] += of_row[row][run];
        w.rows[row].effective = w.effective = weights_from(w.log_likelihood, w.weight);
    }
    if (w.effective == 0) return w;
    std::vector<double> values(whole.size()), weight(whole.size());
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t i = 0; i < whole.size(); ++i) values[i] = in_its_unit(observed, observed.rows[row], modelled[row][whole[i]]), weight[i] = w.weight[whole[i]];
        if (!std::ranges::all_of(values, [](double x) { return std::isfinite(x); })) continue; // it stays 0, and the row is out of reach
        w.rows[row].before = over_runs(observed.rows[row], {values});
        w.rows[row].after = over_runs(observed.rows[row], {values, weight});
    }
    return w;
}

void throw_if_out_of_reach(const Observed& observed, const Weighing& weighing)
{
    Problems problems;
    for (std::size_t row = 0; row < observed.rows.size(); ++row) {
        const ObservedRow& r = observed.rows[row];
        const RowAccount& a = weighing.rows[row];
        if (!r.used || a.nearest <= most_apart) continue;
        problems.add(r.place, r.observation ? fmt::format("{} in {}: no run comes near {}: the nearest is {:.1f} standard deviations of its error away, {} at most", r.target,
                                                          r.date, r.value, a.nearest, most_apart)
                                            : fmt::format("{} by {}: {} run has it", r.target, r.date, r.value == 1 ? "no" : "every"));
    }
    if (!problems.list.empty()) throw ScenarioErrors(std::move(problems.list));
}

} // namespace entente
