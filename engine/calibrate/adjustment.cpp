#include "adjustment.hpp"
#include "matrices.hpp"
#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace entente {

namespace {

double median_of(std::vector<double> x)
{
    if (x.empty()) return std::numeric_limits<double>::quiet_NaN();
    const auto middle = x.begin() + static_cast<std::ptrdiff_t>(x.size() / 2);
    std::nth_element(x.begin(), middle, x.end());
    return x.size() % 2 == 1 ? *middle : (*middle + *std::max_element(x.begin(), middle)) / 2;
}

/// A weighted linear regression on summaries, each in units of its own spread and from its mean, along their principal axes.
class Regression {
public:
    Regression(const Matrix& summaries, const Vector& weights) : share_(weights / weights.sum()), draws_(static_cast<double>((weights.array() > 0).count()))
    {
        mean_ = share_.transpose() * summaries;
        apart_ = summaries.rowwise() - mean_;
        unit_ = (share_.transpose() * apart_.cwiseAbs2()).cwiseSqrt();
        for (Eigen::Index k = 0; k < unit_.size(); ++k) {
            const bool varies = unit_[k] > 1e-12 * std::abs(mean_[k]);
            unit_[k] = varies ? unit_[k] : 1;
            apart_.col(k) *= varies ? 1 / unit_[k] : 0;
        }
        const Eigen::SelfAdjointEigenSolver<Matrix> axes(apart_.transpose() * share_.asDiagonal() * apart_);
        axes_ = axes.eigenvectors(), variance_ = axes.eigenvalues();
        for (double& v : variance_) v = v > 1e-12 * static_cast<double>(unit_.size()) ? v : 0;
    }

    struct Fit {
        double intercept = 0, penalty = 0; ///< intercept: at the summaries' mean
        Vector slopes;                     ///< [summary], of the summaries as they came
    };
    Fit fit(const Vector& y, Penalty penalty) const
    {
        Fit f{.intercept = share_.dot(y), .penalty = 0, .slopes = {}};
        const Vector off = y.array() - f.intercept;
        const Vector along = axes_.transpose() * (apart_.transpose() * share_.cwiseProduct(off)); // covariance with each axis
        if (penalty == Penalty::cross_validated) f.penalty = best_penalty(along, share_.dot(off.cwiseAbs2()));
        f.slopes = axes_ * inverse(f.penalty).cwiseProduct(along);
        f.slopes.array() /= unit_.transpose().array();
        return f;
    }
    double at(const Fit& f, const Eigen::RowVectorXd& summaries) const { return f.intercept + (summaries - mean_).dot(f.slopes.transpose()); }

    /// Of freedom, that slopes with this penalty take.
    double degrees(double penalty) const { return inverse(penalty).dot(variance_); }

private:
    /// 1 / (variance + penalty) of each axis, 0 of those along which no draw varies.
    Vector inverse(double penalty) const { return (variance_.array() > 0).select((variance_.array() + penalty).inverse(), 0.0); }
    /// Of none and a grid from next to none to next to all, four a decade: the least mean square over the square of the share of draws that are free.
    double best_penalty(const Vector& along, double squares) const
    {
        double best = 0, least = std::numeric_limits<double>::infinity();
        for (int step = -33; step <= 16; ++step) {
            const double penalty = step == -33 ? 0 : std::pow(10.0, step / 4.0);
            const Vector slope = inverse(penalty).cwiseProduct(along);
            const double left = squares - 2 * slope.dot(along) + slope.cwiseAbs2().dot(variance_);
            const double free = 1 - (1 + degrees(penalty)) / draws_, score = std::max(0.0, left) / (free * free);
            if (free > 0 && score < least) least = score, best = penalty;
        }
        return best;
    }

    Vector share_;
    double draws_;
    Eigen::RowVectorXd mean_, unit_;
    Matrix apart_, axes_;
    Vector variance_; ///< along each axis
};

} // namespace

double median_absolute_deviation(std::span<const double> values)
{
    std::vector<double> apart(values.begin(), values.end());
    const double median = median_of(apart);
    for (double& x : apart) x = std::abs(x - median);
    return median_of(apart);
}

std::vector<double> epanechnikov_weights(std::span<const double> distances, double bandwidth)
{
    if (!(bandwidth > 0)) throw std::invalid_argument("a bandwidth is not above 0");
    std::vector<double> weights;
    for (const double distance : distances) weights.push_back(std::max(0.0, 1 - (distance / bandwidth) * (distance / bandwidth)));
    return weights;
}

Adjusted adjusted(const Accepted& a, ResidualSpread spread, Penalty penalty)
{
    const std::size_t summaries = a.observed.size(), draws = summaries == 0 ? 0 : a.summaries.size() / summaries, parameters = draws == 0 ? 0 : a.parameters.size() / draws;
    if (parameters == 0 || draws * summaries != a.summaries.size() || draws * parameters != a.parameters.size() || (!a.weights.empty() && a.weights.size() != draws))
        throw std::invalid_argument("parameters, summaries, observed and weights do not fit each other");
    for (const std::span<const double> numbers : {a.parameters, a.summaries, a.observed, a.weights})
        if (!std::all_of(numbers.begin(), numbers.end(), [](double x) { return std::isfinite(x); })) throw std::invalid_argument("a number is not finite");
    const auto n = static_cast<Eigen::Index>(draws), k = static_cast<Eigen::Index>(summaries), d = static_cast<Eigen::Index>(parameters);
    const Matrix s = Eigen::Map<const Rows>(a.summaries.data(), n, k), theta = Eigen::Map<const Rows>(a.parameters.data(), n, d);
    const Eigen::RowVectorXd observed = Eigen::Map<const Eigen::RowVectorXd>(a.observed.data(), k);
    const Vector weights = a.weights.empty() ? Vector::Ones(n) : Vector(Eigen::Map<const Vector>(a.weights.data(), n));
    if ((weights.array() < 0).any() || (weights.array() > 0).count() < 2) throw std::invalid_argument("fewer than two draws have weight, or one has less than none");

    const Regression regression(s, weights);
    Adjusted result{.parameters = std::vector<double>(a.parameters.size()), .at_observed = {}, .slopes = std::vector<double>(summaries * parameters), .penalty = {}, .degrees = {}};
    for (Eigen::Index p = 0; p < d; ++p) {
        const Regression::Fit mean = regression.fit(theta.col(p), penalty);
        const double there = regression.at(mean, observed);
        Vector residuals(n);
        for (Eigen::Index i = 0; i < n; ++i) residuals[i] = theta(i, p) - regression.at(mean, s.row(i));
        if (spread == ResidualSpread::varies) {
            const double floor = 1e-12 * residuals.cwiseAbs2().maxCoeff(); // a draw that is met by chance must not pull the logarithms down
            if (floor > 0) {
                const Regression::Fit square = regression.fit((residuals.array().square() + floor).log().matrix(), penalty);
                for (Eigen::Index i = 0; i < n; ++i) residuals[i] *= std::exp((observed - s.row(i)).dot(square.slopes.transpose()) / 2);
            }
        }
        for (Eigen::Index i = 0; i < n; ++i) result.parameters[static_cast<std::size_t>(i * d + p)] = there + residuals[i];
        for (Eigen::Index j = 0; j < k; ++j) result.slopes[static_cast<std::size_t>(j * d + p)] = mean.slopes[j];
        result.at_observed.push_back(there), result.penalty.push_back(mean.penalty), result.degrees.push_back(regression.degrees(mean.penalty));
    }
    return result;
}

} // namespace entente
