#include "particles.hpp"
#include "diagnostics.hpp"
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace entente {

static bool same(std::span<const double> a, std::span<const double> b) { return std::ranges::equal(a, b); }

/// Indices of rows, copies side by side and the first of them first.
static std::vector<std::size_t> in_order(const std::vector<double>& table, std::size_t width)
{
    std::vector<std::size_t> order(table.size() / width);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return std::ranges::lexicographical_compare(row(table, a, width), row(table, b, width)); });
    return order;
}

std::vector<std::size_t> different(const std::vector<double>& table, std::size_t width)
{
    std::vector<std::size_t> order = in_order(table, width);
    order.erase(std::unique(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return same(row(table, a, width), row(table, b, width)); }), order.end());
    return order;
}

double wasserstein(const std::vector<double>& before, const std::vector<double>& after, std::size_t d)
{
    if (before.size() != after.size()) return std::numeric_limits<double>::infinity();
    const std::size_t n = after.size() / d;
    std::vector<double> a(n), b(n);
    double sum = 0;
    for (std::size_t j = 0; j < d; ++j) {
        for (std::size_t i = 0; i < n; ++i) a[i] = before[i * d + j], b[i] = after[i * d + j];
        std::sort(a.begin(), a.end()), std::sort(b.begin(), b.end());
        double apart = 0, mean = 0, squares = 0;
        for (std::size_t i = 0; i < n; ++i) apart += std::abs(a[i] - b[i]) / static_cast<double>(n), mean += b[i] / static_cast<double>(n);
        for (const double x : b) squares += (x - mean) * (x - mean) / static_cast<double>(n);
        if (apart > 0) sum += squares > 0 ? apart / std::sqrt(squares) : std::numeric_limits<double>::infinity();
    }
    return sum / static_cast<double>(d);
}

std::vector<double> distances_of(const Ruler& ruler, const std::vector<double>& summaries, std::span<const double> observed)
{
    std::vector<double> all(summaries.size() / observed.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = distance(ruler, row(summaries, i, observed.size()), observed);
    return all;
}

double unmoved(const std::vector<double>& before, const std::vector<double>& after, std::size_t width)
{
    std::size_t still = 0, rows = after.size() / width;
    for (std::size_t i = 0; i < rows; ++i) still += same(row(before, i, width), row(after, i, width)) ? 1 : 0;
    return static_cast<double>(still) / static_cast<double>(rows);
}

double smallest(std::vector<double> values, std::size_t count)
{
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(std::min(count, values.size()) - 1);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

double different_number(const std::vector<double>& particles, std::size_t width, std::span<const double> weights)
{
    const std::vector<std::size_t> order = in_order(particles, width);
    std::vector<double> together;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i == 0 || !same(row(particles, order[i - 1], width), row(particles, order[i], width))) together.push_back(0);
        together.back() += weights[order[i]];
    }
    return effective_number(together);
}

} // namespace entente
