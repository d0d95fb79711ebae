#include "sobol_indices.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <stdexcept>

namespace entente {
namespace {

/// Base rows of which no run failed.
std::vector<std::size_t> whole_rows(const PickFreeze& runs)
{
    const std::size_t width = runs.points_a_row(), points = runs.outcomes.empty() ? 0 : runs.outcomes[0].size();
    if (runs.factors == 0 || points == 0 || points % width != 0) throw std::invalid_argument(fmt::format("{} points, which are no rows of {}", points, width));
    std::vector<std::size_t> whole;
    for (std::size_t row = 0; row < points / width; ++row)
        if (std::ranges::all_of(runs.outcomes, [&](const std::vector<double>& y) {
                if (y.size() != points) throw std::invalid_argument("outcomes of different numbers of points");
                return std::none_of(&y[row * width], &y[row * width] + width, [](double v) { return !std::isfinite(v); });
            }))
            whole.push_back(row);
    const std::size_t rows = points / width, left_out = rows - whole.size();
    if (static_cast<double>(left_out) > most_failed * static_cast<double>(rows))
        throw std::invalid_argument(fmt::format("in {} of {} base rows a run failed, more than 5 %: what is left may be another population", left_out, rows));
    if (whole.size() < 8) throw std::invalid_argument(fmt::format("{} base rows, fewer than 8", whole.size()));
    return whole;
}

/// Where a row's features lie: means of the outcomes, squares, then for each factor what its total and its first order are made of, then for each pair.
struct Places {
    std::size_t outcomes, factors;
    bool second;
    std::size_t squares() const { return outcomes; }
    std::size_t product() const { return outcomes + 1; } ///< A B
    std::size_t total(std::size_t k) const { return outcomes + 2 + 2 * k; }
    std::size_t first(std::size_t k) const { return total(k) + 1; }
    std::size_t pair(std::size_t p) const { return outcomes + 2 + 2 * factors + p; }
    std::size_t pairs() const { return second ? factors * (factors - 1) / 2 : 0; }
    std::size_t all() const { return pair(pairs()); }
};

std::vector<double> features_of(const PickFreeze& runs, const std::vector<std::size_t>& rows, const Places& at)
{
    const std::size_t d = runs.factors, width = runs.points_a_row();
    std::vector<double> features(rows.size() * at.all());
    for (std::size_t t = 0; t < at.outcomes; ++t) {
        const std::vector<double>& y = runs.outcomes[t];
        double mean = 0;
        for (const std::size_t row : rows)
            for (std::size_t point = 0; point < width; ++point) mean += y[row * width + point] / static_cast<double>(width * rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto of = [&](std::size_t point) { return y[rows[i] * width + point] - mean; };
            double* const f = &features[i * at.all()];
            const double a = of(0), b = of(width - 1);
            for (std::size_t point = 0; point < width; ++point) {
                const double v = of(point);
                f[t] += v / static_cast<double>(width), f[at.squares()] += v * v / static_cast<double>(width);
            }
            f[at.product()] += a * b;
            for (std::size_t k = 0; k < d; ++k) {
                const double ab = of(1 + k), from_a = a - ab;
                if (at.second) {
                    const double from_b = of(1 + d + k) - b;
                    f[at.total(k)] += (from_a * from_a + from_b * from_b) / 4;
                    f[at.first(k)] += from_a * from_b / 2;
                } else {
                    f[at.total(k)] += from_a * from_a / 2;
                    f[at.first(k)] -= b * from_a;
                }
            }
            std::size_t p = 0;
            for (std::size_t k = 0; at.second && k < d; ++k)
                for (std::size_t l = k + 1; l < d; ++l) f[at.pair(p++)] += (of(1 + d + k) * of(1 + l) + of(1 + d + l) * of(1 + k)) / 2;
        }
    }
    return features;
}

/// All indices of one set of sums: variance, first and total of each factor, pairs, the sum of the first, then both numbers of each group.
std::vector<double> indices_of(const double* sums, double n, const Places& at, const std::vector<std::vector<std::size_t>>& groups)
{
    double squared_means = 0;
    for (std::size_t t = 0; t < at.outcomes; ++t) squared_means += sums[t] / n * sums[t] / n;
    double variance = sums[at.squares()] / n - squared_means;
    if (variance <= 1e-14 * sums[at.squares()] / n) variance = 0;
    const auto share = [&](double sum) { return variance > 0 ? sum / n / variance : no_number; };
    std::vector<double> all = {variance};
    double additive = 0;
    for (std::size_t k = 0; k < at.factors; ++k) all.push_back(share(sums[at.first(k)])), additive += all.back();
    for (std::size_t k = 0; k < at.factors; ++k) all.push_back(share(sums[at.total(k)]));
    std::vector<std::vector<double>> second(at.factors, std::vector<double>(at.factors));
    std::size_t p = 0;
    for (std::size_t k = 0; at.second && k < at.factors; ++k)
        for (std::size_t l = k + 1; l < at.factors; ++l) {
            second[k][l] = second[l][k] = share(sums[at.pair(p++)] - sums[at.product()]) - all[1 + k] - all[1 + l];
            all.push_back(second[k][l]);
        }
    all.push_back(additive);
    for (const std::vector<std::size_t>& group : groups) {
        double alone = 0, total = 0;
        for (std::size_t i = 0; i < group.size(); ++i) {
            alone += all[1 + group[i]], total += all[1 + at.factors + group[i]];
            for (std::size_t j = 0; j < i; ++j) alone += second[group[i]][group[j]];
        }
        all.insert(all.end(), {alone, total});
    }
    return all;
}

} // namespace

SobolIndices sobol_indices(const PickFreeze& runs, const Bootstrap& how, const std::vector<std::vector<std::size_t>>& groups)
{
    const std::vector<std::size_t> rows = whole_rows(runs);
    const Places at{runs.outcomes.size(), runs.factors, runs.second_order};
    const std::vector<double> features = features_of(runs, rows, at);
    const double n = static_cast<double>(rows.size());
    const std::vector<double> values = indices_of(sums_over_rows(features, rows.size()).data(), n, at, groups);
    SobolIndices s{.rows = rows.size(), .left_out = runs.outcomes[0].size() / runs.points_a_row() - rows.size(), .variance = {}, .first = {}, .total = {}, .additive = {}};
    std::vector<std::vector<double>> drawn(values.size(), std::vector<double>(how.resamples, no_number));
    if (values[0] > 0) {
        const std::vector<double> sums = resampled_sums(features, rows.size(), how);
        for (std::size_t r = 0; r < how.resamples; ++r) {
            const std::vector<double> of = indices_of(&sums[r * at.all()], n, at, groups);
            for (std::size_t i = 0; i < of.size(); ++i) drawn[i][r] = of[i];
        }
    }
    std::size_t next = 0;
    const auto take = [&] {
        const std::size_t i = next++;
        return percentile_interval(values[i], drawn[i]);
    };
    s.variance = take();
    for (std::size_t k = 0; k < at.factors; ++k) s.first.push_back(take());
    for (std::size_t k = 0; k < at.factors; ++k) s.total.push_back(take());
    for (std::size_t k = 0; at.second && k < at.factors; ++k)
        for (std::size_t l = k + 1; l < at.factors; ++l) s.pairs.push_back({k, l, take()});
    s.additive = take();
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const Index alone = take();
        s.groups.push_back({alone, take()});
    }
    return s;
}

} // namespace entente
