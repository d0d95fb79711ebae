#include "rank_index.hpp"
#include "../core/interval.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <stdexcept>

namespace entente {
namespace {

std::vector<std::vector<double>> centred(std::span<const std::vector<double>> outcomes, std::size_t rows)
{
    if (rows < 8) throw std::invalid_argument(fmt::format("{} rows, fewer than 8", rows));
    std::vector<std::vector<double>> all(outcomes.begin(), outcomes.end());
    for (std::vector<double>& y : all) {
        if (y.size() != rows) throw std::invalid_argument(fmt::format("{} values of an outcome, {} of an input", y.size(), rows));
        double mean = 0;
        for (const double v : y) mean += v / static_cast<double>(rows);
        if (!std::isfinite(mean)) throw std::invalid_argument("a value that is no number");
        for (double& v : y) v -= mean;
    }
    return all;
}

Index normal(double value, double variance)
{
    const double half = z95 * std::sqrt(std::max(0.0, variance));
    return {value, value - half, value + half};
}

/// Rows of one value are one draw of the input, and of others that were drawn with it: each is paired with a row of the next value, not with one of its own.
Index by_rank(const OrderedInput& input, const std::vector<std::vector<double>>& y, double variance)
{
    const std::size_t rows = input.order.size(), levels = input.levels;
    const double n = static_cast<double>(rows);
    std::vector<std::size_t> first(levels + 1, rows);
    for (std::size_t i = rows; i-- > 0;) first[input.level[input.order[i]]] = i;
    std::vector<double> product(levels), square(levels);
    for (std::size_t level = 0; level < levels; ++level) {
        const std::size_t next = level + 1 < levels ? level + 1 : 0, partners = first[next + 1] - first[next], own = first[level + 1] - first[level];
        for (std::size_t i = 0; i < own; ++i)
            for (const std::vector<double>& of : y) {
                const double v = of[input.order[first[level] + i]];
                product[level] += v * of[input.order[first[next] + i % partners]], square[level] += v * v;
            }
    }
    double s = 0;
    for (const double v : product) s += v / n;
    s /= variance;
    double own = 0, near = 0, far = 0;
    const auto z = [&](std::size_t level) { return product[level % levels] - s * square[level % levels]; };
    for (std::size_t level = 0; level < levels; ++level) own += z(level) * z(level), near += z(level) * z(level + 1), far += z(level) * z(level + 2);
    const double least = (1 - std::min(1.0, std::abs(s))) * (1 - std::min(1.0, std::abs(s))) / n; // of products of what the input leaves unexplained
    return normal(s, std::max({(own + 2 * (near - far)) / (n * n * variance * variance), own / (4 * n * n * variance * variance), least}));
}

Index by_levels(const OrderedInput& input, const std::vector<std::vector<double>>& y, double variance)
{
    const std::size_t rows = input.level.size(), levels = input.levels;
    const double n = static_cast<double>(rows), l = static_cast<double>(levels);
    if (rows <= levels + 1) return {};
    std::vector<double> count(levels), inside(rows), whole(rows);
    for (const std::uint32_t level : input.level) ++count[level];
    for (const std::vector<double>& of : y) {
        std::vector<double> mean(levels);
        for (std::size_t i = 0; i < rows; ++i) mean[input.level[i]] += of[i] / count[input.level[i]];
        for (std::size_t i = 0; i < rows; ++i) {
            const double from = of[i] - mean[input.level[i]];
            inside[i] += from * from, whole[i] += of[i] * of[i];
        }
    }
    double within = 0;
    for (const double v : inside) within += v / (n - l);
    const double total = variance * n / (n - 1), ratio = within / total;
    double spread = 0;
    for (std::size_t i = 0; i < rows; ++i) {
        const double moves = (ratio * whole[i] - inside[i]) / total;
        spread += moves * moves / n;
    }
    return normal(1 - ratio, spread / n + 2 * (l - 1) / (n * n) * ratio * ratio);
}

} // namespace

Index first_order(const OrderedInput& input, std::span<const std::vector<double>> outcomes)
{
    const std::size_t rows = input.order.size();
    const std::vector<std::vector<double>> y = centred(outcomes, rows);
    double variance = 0, size = 0;
    for (std::size_t t = 0; t < y.size(); ++t)
        for (std::size_t i = 0; i < rows; ++i) variance += y[t][i] * y[t][i] / static_cast<double>(rows), size = std::max(size, std::abs(outcomes[t][i]));
    if (!(variance > 1e-24 * size * size) || input.levels < 2) return {};
    return input.has_few ? by_levels(input, y, variance) : by_rank(input, y, variance);
}

} // namespace entente
