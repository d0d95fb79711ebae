#include "diagnostics.hpp"
#include "matrices.hpp"
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace entente {

namespace {

void require_finite(std::span<const double> numbers)
{
    if (!std::all_of(numbers.begin(), numbers.end(), [](double x) { return std::isfinite(x); })) throw std::invalid_argument("a number is not finite");
}

/// That sum to 1, one for each of n draws.
std::vector<double> shares(std::span<const double> weights, std::size_t n)
{
    std::vector<double> w(weights.begin(), weights.end());
    if (w.empty()) w.assign(n, 1.0);
    require_finite(w);
    const double sum = std::accumulate(w.begin(), w.end(), 0.0);
    if (w.size() != n || !(sum > 0) || std::any_of(w.begin(), w.end(), [](double x) { return x < 0; }))
        throw std::invalid_argument("weights are not one for each draw, not negative and some positive");
    for (double& x : w) x /= sum;
    return w;
}

double sum_of_squares(const std::vector<double>& x) { return std::inner_product(x.begin(), x.end(), x.begin(), 0.0); }

struct Moments {
    double mean = 0, variance = 0, kurtosis = 3, effective = 1;
};
Moments weighted_moments(Weighted draws)
{
    require_finite(draws.values);
    const std::vector<double> w = shares(draws.weights, draws.values.size());
    Moments m;
    double second = 0, fourth = 0;
    for (std::size_t i = 0; i < w.size(); ++i) m.mean += w[i] * draws.values[i];
    for (std::size_t i = 0; i < w.size(); ++i) {
        const double square = (draws.values[i] - m.mean) * (draws.values[i] - m.mean);
        second += w[i] * square, fourth += w[i] * square * square;
    }
    const double squares = sum_of_squares(w);
    m.effective = 1 / squares;
    const auto [least, most] = std::minmax_element(draws.values.begin(), draws.values.end());
    if (second == 0 || *least == *most) return m;
    m.variance = second / (1 - squares);
    m.kurtosis = fourth / (second * second);
    return m;
}

/// The observed is one more draw, half below and half above itself.
double counted(double share, double effective) { return (effective * share + 0.5) / (effective + 1); }

} // namespace

double effective_number(std::span<const double> weights) { return 1 / sum_of_squares(shares(weights, weights.size())); }

double perplexity(std::span<const double> weights)
{
    double entropy = 0;
    for (const double w : shares(weights, weights.size())) entropy -= w > 0 ? w * std::log(w) : 0;
    return std::exp(entropy);
}

double weighted_mean(Weighted draws) { return weighted_moments(draws).mean; }
double weighted_variance(Weighted draws) { return weighted_moments(draws).variance; }

double weighted_quantile(Weighted draws, double level)
{
    require_finite(draws.values);
    if (!(level >= 0 && level <= 1)) throw std::invalid_argument("a level is not in [0, 1]");
    const std::vector<double> w = shares(draws.weights, draws.values.size());
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < w.size(); ++i)
        if (w[i] > 0) order.push_back(i);
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return draws.values[a] < draws.values[b]; });
    double below = 0, middle_before = 0, before = draws.values[order.front()];
    for (const std::size_t i : order) {
        const double middle = below + w[i] / 2, value = draws.values[i];
        if (level <= middle) return middle_before == 0 ? value : before + (value - before) * (level - middle_before) / (middle - middle_before);
        below += w[i], middle_before = middle, before = value;
    }
    return before;
}

Learning learning(Weighted posterior, Weighted prior, double effective)
{
    const Moments after = weighted_moments(posterior), before = weighted_moments(prior);
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    if (before.variance == 0) return {none, none, none, none, false};
    const double n = effective > 0 ? effective : after.effective, ratio = after.variance / before.variance;
    Learning l{.contraction = 1 - ratio, .shift = (after.mean - before.mean) / std::sqrt(before.variance)};
    l.contraction_error = ratio * std::sqrt((after.kurtosis - 1) / n + (before.kurtosis - 1) / before.effective);
    l.shift_error = std::sqrt(ratio / n + 1 / before.effective);
    l.learned = std::abs(l.contraction) - 2 * l.contraction_error > least_contraction || std::abs(l.shift) - 2 * l.shift_error > least_shift;
    return l;
}

ShareLearning learning_of_shares(std::span<const std::uint8_t> chosen, std::span<const double> prior, std::span<const double> weights, double effective)
{
    const std::vector<double> w = shares(weights, chosen.size()), before = shares(prior, prior.size());
    ShareLearning l{.posterior = std::vector<double>(before.size()), .error = {}};
    for (std::size_t i = 0; i < w.size(); ++i) {
        if (chosen[i] >= before.size()) throw std::invalid_argument("a draw has an alternative that is none");
        l.posterior[chosen[i]] += w[i];
    }
    const double n = effective > 0 ? effective : 1 / sum_of_squares(w);
    for (std::size_t a = 0; a < before.size(); ++a) {
        const double share = counted(l.posterior[a], n);
        l.error.push_back(std::sqrt(share * (1 - share) / n));
        const double by_chance = std::max(l.error[a], std::sqrt(before[a] * (1 - before[a]) / n)); // if the draws were the prior's
        l.learned = l.learned || std::abs(l.posterior[a] - before[a]) - 2 * by_chance > least_share;
    }
    return l;
}

double predictive_p(Weighted simulated, double observed)
{
    require_finite(simulated.values), require_finite({&observed, 1});
    const std::vector<double> w = shares(simulated.weights, simulated.values.size());
    double below = 0, equal = 0;
    for (std::size_t i = 0; i < w.size(); ++i) {
        below += simulated.values[i] < observed ? w[i] : 0;
        equal += simulated.values[i] == observed ? w[i] : 0;
    }
    const double lower = counted(below + equal / 2, 1 / sum_of_squares(w));
    return 2 * std::min(lower, 1 - lower);
}

JointFit joint_fit(std::span<const double> simulated, std::span<const double> observed, std::span<const double> weights)
{
    require_finite(simulated), require_finite(observed);
    const std::size_t targets = observed.size();
    if (targets == 0 || simulated.empty() || simulated.size() % targets != 0) throw std::invalid_argument("simulated and observed differ in their targets");
    const std::vector<double> w = shares(weights, simulated.size() / targets);
    const auto k = static_cast<Eigen::Index>(targets), n = static_cast<Eigen::Index>(w.size());
    const Eigen::Map<const Vector> share(w.data(), n);
    Rows apart = Eigen::Map<const Rows>(simulated.data(), n, k);
    Eigen::RowVectorXd seen = Eigen::Map<const Eigen::RowVectorXd>(observed.data(), k);
    const Eigen::RowVectorXd mean = share.transpose() * apart;
    apart.rowwise() -= mean, seen -= mean;
    Eigen::RowVectorXd scale = (share.transpose() * apart.cwiseAbs2()).cwiseSqrt();
    for (Eigen::Index t = 0; t < k; ++t) scale[t] = scale[t] > 1e-12 * std::abs(mean[t]) ? scale[t] : 0; // but for rounding, the same in all draws
    JointFit fit{.distance = std::numeric_limits<double>::infinity()};
    for (Eigen::Index t = 0; t < k; ++t) {
        if (scale[t] == 0 && std::abs(seen[t]) > 1e-12 * std::abs(mean[t])) fit.p = 0;
        const double unit = scale[t] == 0 ? 0 : 1 / scale[t];
        apart.col(t) *= unit, seen[t] *= unit;
    }
    const Eigen::SelfAdjointEigenSolver<Matrix> solver(apart.transpose() * share.asDiagonal() * apart);
    const Vector variance = solver.eigenvalues();
    Vector inverse(k);
    for (Eigen::Index d = 0; d < k; ++d) {
        const bool varies = variance[d] > 1e-12 * static_cast<double>(k);
        inverse[d] = varies ? 1 / variance[d] : 0;
        fit.directions += varies;
        if (!varies && std::abs(seen.dot(solver.eigenvectors().col(d))) > 1e-6) fit.p = 0;
    }
    const double effective = 1 / share.squaredNorm();
    if (fit.p == 0) {
        fit.p = counted(0, effective);
        return fit;
    }
    const auto square_of = [&](const Eigen::RowVectorXd& x) { return (x * solver.eigenvectors()).cwiseAbs2().dot(inverse.transpose()); };
    const double square = square_of(seen);
    fit.distance = std::sqrt(square);
    double beyond = 0;
    for (Eigen::Index i = 0; i < n; ++i) {
        // mean and covariance without draw i, of weight w: by Sherman and Morrison its squared distance d from those with it becomes d / (1 - w (1 + d))
        const double d = square_of(apart.row(i)), rest = 1 - share[i] * (1 + d), alone = rest > 1e-12 ? d / rest : std::numeric_limits<double>::infinity();
        beyond += share[i] * (alone > square ? 1 : alone == square ? 0.5 : 0);
    }
    fit.p = counted(beyond, effective);
    return fit;
}

} // namespace entente
