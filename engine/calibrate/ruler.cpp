#include "ruler.hpp"
#include "adjustment.hpp"
#include "matrices.hpp"
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace entente {

namespace {

constexpr std::size_t runs_a_term = 100; ///< for a regression on squares and products that is not chance
constexpr double worth_squares = 0.1;    ///< nats a parameter: squares double the numbers that must all be near, so that fewer runs are

/// Of one column.
double variance_of(std::span<const double> table, std::size_t column, std::size_t width)
{
    const std::size_t whole_rows = table.size() / width;
    const auto rows = static_cast<double>(whole_rows);
    double mean = 0, squares = 0;
    for (std::size_t at = column; at < table.size(); at += width) mean += table[at] / rows;
    for (std::size_t at = column; at < table.size(); at += width) squares += (table[at] - mean) * (table[at] - mean) / rows;
    return squares;
}

/// Of each summary: its median absolute deviation, of one that is mostly the same its standard deviation, 0 if it is always the same.
std::vector<double> units_of(std::span<const double> summaries, std::size_t count)
{
    const std::size_t runs = summaries.size() / count;
    std::vector<double> units(count), column(runs);
    for (std::size_t k = 0; k < count; ++k) {
        for (std::size_t i = 0; i < runs; ++i) column[i] = summaries[i * count + k];
        units[k] = median_absolute_deviation(column);
        if (!(units[k] > 0)) units[k] = std::sqrt(variance_of(column, 0, 1));
    }
    return units;
}

/// Deviates turned as little as makes them uncorrelated, in units of their spread: squares of what was independent keep their meaning. If asked for then their squares too: [run][coordinate].
std::vector<double> coordinates_of(std::span<const double> deviates, std::size_t runs, bool squares)
{
    const auto n = static_cast<Eigen::Index>(runs), d = static_cast<Eigen::Index>(deviates.size() / runs);
    const Matrix z = Eigen::Map<const Rows>(deviates.data(), n, d), apart = z.rowwise() - z.colwise().mean();
    const Eigen::SelfAdjointEigenSolver<Matrix> axes(apart.transpose() * apart / static_cast<double>(n));
    const Vector spread = axes.eigenvalues().cwiseMax(1e-12 * axes.eigenvalues().maxCoeff()).cwiseSqrt();
    const Matrix along = apart * axes.eigenvectors() * spread.cwiseInverse().asDiagonal() * axes.eigenvectors().transpose();
    Rows all(n, squares ? 2 * d : d);
    all.leftCols(d) = along;
    if (squares) all.rightCols(d) = along.cwiseAbs2() / std::sqrt(2.0); // as wide as the deviates, if those are normal
    return {all.data(), all.data() + all.size()};
}

struct Fitted {
    Ruler ruler;
    double told = 0; ///< nats that the terms tell of a parameter, or of its square if that is more; mean over parameters
};
Fitted fitted(Reduction reduction, const Seen& seen, std::span<const double> observed)
{
    Fitted f{.ruler = {.norm = Ruler::Norm::euclidean, .reduction = reduction, .units = units_of(seen.summaries, observed.size()), .slopes = {}}};
    if (reduction == Reduction::none) return f;
    const std::size_t runs = seen.summaries.size() / observed.size(), count = terms_of(reduction, observed.size()), parameters = seen.deviates.size() / runs;
    std::vector<double> terms(runs * count);
    for (std::size_t i = 0; i < runs; ++i)
        write_terms(f.ruler, std::span(seen.summaries).subspan(i * observed.size(), observed.size()), observed, std::span(terms).subspan(i * count, count));
    const std::vector<double> told = coordinates_of(seen.deviates, runs, reduction == Reduction::quadratic), none(count, 0.0);
    const Adjusted regression = adjusted({told, terms, none, {}}, ResidualSpread::same);
    const std::size_t coordinates = told.size() / runs;
    f.ruler.slopes.resize(coordinates * count);
    for (std::size_t c = 0; c < coordinates; ++c)
        for (std::size_t t = 0; t < count; ++t) f.ruler.slopes[c * count + t] = regression.slopes[t * coordinates + c];
    std::vector<double> nats(parameters);
    for (std::size_t c = 0; c < coordinates; ++c)
        nats[c % parameters] = std::max(nats[c % parameters], std::log(variance_of(told, c, coordinates) / variance_of(regression.parameters, c, coordinates)) / 2);
    f.told = std::accumulate(nats.begin(), nats.end(), 0.0) / static_cast<double>(parameters);
    return f;
}

} // namespace

std::size_t terms_of(Reduction reduction, std::size_t summaries) { return reduction == Reduction::quadratic ? summaries + summaries * (summaries + 1) / 2 : summaries; }

void write_terms(const Ruler& ruler, std::span<const double> simulated, std::span<const double> observed, std::span<double> to)
{
    const std::size_t count = observed.size();
    for (std::size_t k = 0; k < count; ++k) to[k] = ruler.units[k] > 0 ? (simulated[k] - observed[k]) / ruler.units[k] : 0 * simulated[k];
    if (ruler.reduction != Reduction::quadratic) return;
    for (std::size_t k = 0, at = count; k < count; ++k)
        for (std::size_t l = k; l < count; ++l) to[at++] = to[k] * to[l];
}

double distance(const Ruler& ruler, std::span<const double> simulated, std::span<const double> observed)
{
    thread_local std::vector<double> terms;
    terms.resize(terms_of(ruler.reduction, observed.size()));
    write_terms(ruler, simulated, observed, terms);
    double sum = 0;
    if (ruler.norm == Ruler::Norm::second_largest) {
        double largest = 0, second = 0;
        for (const double t : terms) {
            if (!std::isfinite(t)) return std::numeric_limits<double>::infinity();
            const double x = std::abs(t);
            second = std::max(second, std::min(x, largest)), largest = std::max(largest, x);
        }
        return terms.size() == 1 ? largest : second;
    }
    if (ruler.slopes.empty())
        for (const double t : terms) sum += t * t;
    else
        for (std::size_t at = 0; at < ruler.slopes.size(); at += terms.size()) {
            double x = 0;
            for (std::size_t i = 0; i < terms.size(); ++i) x += ruler.slopes[at + i] * terms[i];
            sum += x * x;
        }
    return std::isfinite(sum) ? std::sqrt(sum) : std::numeric_limits<double>::infinity();
}

Ruler ruler_of(std::optional<Reduction> reduction, const Seen& seen, std::span<const double> observed)
{
    if (reduction) return fitted(*reduction, seen, observed).ruler;
    const std::size_t runs = seen.summaries.size() / observed.size(), parameters = seen.deviates.size() / runs;
    if (observed.size() <= parameters) return fitted(Reduction::none, seen, observed).ruler;
    Fitted linear = fitted(Reduction::linear, seen, observed);
    if (runs < runs_a_term * terms_of(Reduction::quadratic, observed.size())) return linear.ruler;
    Fitted quadratic = fitted(Reduction::quadratic, seen, observed);
    return quadratic.told > linear.told + worth_squares ? quadratic.ruler : linear.ruler;
}

Ruler implausibility(std::span<const double> deviations)
{
    if (!std::all_of(deviations.begin(), deviations.end(), [](double x) { return x > 0 && std::isfinite(x); })) throw std::invalid_argument("a target's deviation is not above 0");
    return {.norm = Ruler::Norm::second_largest, .reduction = Reduction::none, .units = {deviations.begin(), deviations.end()}, .slopes = {}};
}

} // namespace entente
