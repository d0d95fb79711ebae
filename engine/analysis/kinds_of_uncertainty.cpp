#include "kinds_of_uncertainty.hpp"
#include "joint_regression.hpp"
#include "../core/interval.hpp"
#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace entente {
namespace {

constexpr std::size_t least_readings = 30;

/// Variance between readings by what explains it, from sums of squares of n readings, of a rank p with the mean.
struct Parts {
    double structures, parameters;
};
Parts parts_of(double total, double left, double chance, double n, double p)
{
    const double within = left / (n - p);
    return {(total - left) / (n - 1) - (p - 1) / (n - 1) * within, within - chance};
}

/// Columns about their means that span what the alternatives tell apart.
Eigen::MatrixXd indicators(std::span<const std::uint8_t> structure, const std::vector<std::size_t>& readings, std::size_t all)
{
    std::vector<Eigen::VectorXd> columns;
    const auto n = static_cast<Eigen::Index>(readings.size());
    for (std::size_t s = 0; s < structure.size() / all; ++s) {
        const std::uint8_t most = std::ranges::max(structure.subspan(s * all, all));
        for (int choice = 1; choice <= most; ++choice) {
            Eigen::VectorXd column(n);
            for (Eigen::Index i = 0; i < n; ++i) column(i) = structure[s * all + readings[static_cast<std::size_t>(i)]] == choice ? 1 : 0;
            column.array() -= column.mean();
            if (column.squaredNorm() > 1e-9) columns.push_back(std::move(column));
        }
    }
    Eigen::MatrixXd x(n, static_cast<Eigen::Index>(columns.size()));
    for (std::size_t c = 0; c < columns.size(); ++c) x.col(static_cast<Eigen::Index>(c)) = columns[c];
    return x;
}

/// An orthonormal basis of the columns' span.
Eigen::MatrixXd basis_of(const Eigen::MatrixXd& x)
{
    if (x.cols() == 0) return x;
    Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(x);
    qr.setThreshold(1e-9);
    const Eigen::MatrixXd first = Eigen::MatrixXd::Identity(x.rows(), qr.rank());
    return qr.householderQ() * first;
}

std::size_t needed_for(const Eigen::MatrixXd& basis) { return std::max(least_readings, 3 * static_cast<std::size_t>(basis.cols() + 1)); }

} // namespace

double VariancePart::sd() const { return std::sqrt(std::max(0.0, variance)); }
double VariancePart::low() const { return std::sqrt(std::max(0.0, variance - z95 * standard_error)); }
double VariancePart::high() const { return std::sqrt(std::max(0.0, variance + z95 * standard_error)); }

std::optional<ReadingSpread> spread_of_readings(std::span<const std::uint8_t> structure, std::span<const std::uint32_t> seen, std::span<const std::uint32_t> counted)
{
    std::vector<std::size_t> readings; // those with futures
    for (std::size_t i = 0; i < seen.size(); ++i)
        if (counted[i] >= 2) readings.push_back(i);
    if (readings.size() < least_readings) return std::nullopt;
    const Eigen::MatrixXd basis = basis_of(indicators(structure, readings, seen.size()));
    const auto rows = static_cast<Eigen::Index>(readings.size());
    if (readings.size() < needed_for(basis)) return std::nullopt;
    Eigen::VectorXd share(rows), noise(rows);
    for (Eigen::Index i = 0; i < rows; ++i) {
        const std::size_t reading = readings[static_cast<std::size_t>(i)];
        share(i) = static_cast<double>(seen[reading]) / counted[reading];
        noise(i) = share(i) * (1 - share(i)) / (counted[reading] - 1);
    }
    const double n = static_cast<double>(rows), p = static_cast<double>(basis.cols()) + 1, chance = noise.mean();
    share.array() -= share.mean();
    const Eigen::VectorXd left = share - basis * (basis.transpose() * share), leverage = basis.rowwise().squaredNorm().array() + 1 / n;
    const double total = share.squaredNorm(), unexplained = left.squaredNorm();
    const Parts all = parts_of(total, unexplained, chance, n, p);
    std::vector<Parts> without; // one reading each; no fit is made again: deleting one takes e^2 / (1 - h) off the sum of squares
    Parts mean{0, 0};
    for (Eigen::Index i = 0; i < rows; ++i) {
        const bool alone = 1 - leverage(i) < 1e-9; // the only one of an alternative, which goes with it
        const double total_without = total - share(i) * share(i) * n / (n - 1), left_without = unexplained - (alone ? 0 : left(i) * left(i) / (1 - leverage(i)));
        without.push_back(parts_of(total_without, left_without, (chance * n - noise(i)) / (n - 1), n - 1, alone ? p - 1 : p));
        mean.structures += without.back().structures / n, mean.parameters += without.back().parameters / n;
    }
    double structures = 0, parameters = 0;
    for (const Parts& w : without) structures += std::pow(w.structures - mean.structures, 2), parameters += std::pow(w.parameters - mean.parameters, 2);
    const auto error = [&](double squares) { return std::sqrt(squares * (n - 1) / n); };
    return ReadingSpread{.structures = {all.structures, error(structures)}, .parameters = {all.parameters, error(parameters)}, .chance = chance, .readings = static_cast<std::uint32_t>(rows)};
}

ReadingsAtHand readings_at_hand(const ReadingRuns& runs)
{
    std::vector<std::size_t> readings(runs.readings);
    std::iota(readings.begin(), readings.end(), std::size_t{0});
    return {readings.size(), needed_for(basis_of(indicators(runs.structure, readings, readings.size())))};
}

double monte_carlo_error(const Share& share)
{
    const double a = share.count + 0.5, b = static_cast<double>(share.runs) - share.count + 0.5;
    return std::sqrt(a * b / (a + b + 1)) / (a + b);
}

AllUncertainty all_uncertainty(const std::vector<std::vector<Share>>& classes, const std::vector<std::vector<Share>>& orientation_shares, const std::vector<Share>& events, const ReadingRuns* runs)
{
    AllUncertainty all;
    if (runs) all.at_hand = readings_at_hand(*runs);
    const auto counts = [&](std::size_t date, int number, int (*of)(std::uint8_t)) {
        std::vector<std::uint32_t> seen(runs->readings);
        for (std::uint8_t code = 0; code < 32; ++code)
            if (of(code) == number)
                for (std::size_t i = 0; i < seen.size(); ++i) seen[i] += runs->code_count[(date * 32 + code) * seen.size() + i];
        return seen;
    };
    const auto spread = [&](std::span<const std::uint32_t> seen) { return spread_of_readings(runs->structure, seen, runs->counted); };
    const auto of_dates = [&](const std::vector<std::vector<Share>>& shares, int (*of)(std::uint8_t)) {
        std::vector<std::vector<KindsOfUncertainty>> kinds(shares.size());
        for (std::size_t d = 0; d < shares.size(); ++d)
            for (std::size_t k = 0; k < shares[d].size(); ++k)
                kinds[d].push_back({monte_carlo_error(shares[d][k]), runs ? spread(counts(d, static_cast<int>(k), of)) : std::nullopt});
        return kinds;
    };
    all.classes = of_dates(classes, class_of), all.orientations = of_dates(orientation_shares, orientation_of);
    for (std::size_t e = 0; e < events.size(); ++e)
        all.events.push_back({monte_carlo_error(events[e]), runs ? spread(std::span(runs->event_count).subspan(e * runs->readings, runs->readings)) : std::nullopt});
    return all;
}

std::optional<std::vector<double>> straight_line_spread(const std::vector<std::vector<double>>& inputs, const std::vector<std::vector<double>>& outcomes)
{
    std::vector<InputColumn> columns;
    std::vector<std::vector<std::size_t>> together(1);
    for (const std::vector<double>& input : inputs) together[0].push_back(columns.size()), columns.push_back({.name = "", .value = input, .sets = ""});
    const JointTerms terms(columns, JointTerms::Squares::none);
    if (!terms.has_enough_rows()) return std::nullopt;
    std::vector<double> all;
    for (const std::vector<double>& outcome : outcomes) {
        const double share = std::accumulate(outcome.begin(), outcome.end(), 0.0) / static_cast<double>(outcome.size());
        all.push_back(std::sqrt(std::fmax(0, terms.explained(outcome, together)[0].value) * share * (1 - share))); // an outcome that never differs has no value
    }
    return all;
}

} // namespace entente
