#include "synthetic_likelihood.hpp"
#include <Eigen/Dense>
#include <boost/math/special_functions/gamma.hpp>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

namespace entente {

namespace {

using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
constexpr double impossible = -std::numeric_limits<double>::infinity();

/// Logarithm of the constant of a Wishart density with these degrees of freedom, in k dimensions, but for what does not depend on the degrees.
double log_constant(double k, double degrees)
{
    double sum = -k * degrees / 2 * std::numbers::ln2;
    for (double i = 1; i <= k; ++i) sum -= boost::math::lgamma((degrees - i + 1) / 2);
    return sum;
}

bool is_finite(std::span<const double> numbers)
{
    return std::all_of(numbers.begin(), numbers.end(), [](double x) { return std::isfinite(x); });
}

} // namespace

double synthetic_log_likelihood(std::span<const double> runs, std::span<const double> observed, NormalDensity density)
{
    const std::size_t summaries = observed.size(), count = summaries == 0 ? 0 : runs.size() / summaries;
    if (count * summaries != runs.size() || count < summaries + (density == NormalDensity::plug_in ? 2 : 4))
        throw std::invalid_argument("runs have other summaries than the observed, or are too few for their covariance");
    if (!is_finite(runs) || !is_finite(observed)) throw std::invalid_argument("a number is not finite");
    const auto k = static_cast<double>(summaries), n = static_cast<double>(count);
    const Eigen::Map<const Rows> all(runs.data(), static_cast<Eigen::Index>(count), static_cast<Eigen::Index>(summaries));
    const Eigen::RowVectorXd mean = all.colwise().mean(), lacks = Eigen::Map<const Eigen::RowVectorXd>(observed.data(), mean.size()) - mean;
    const Eigen::MatrixXd apart = all.rowwise() - mean;
    const Eigen::LLT<Eigen::MatrixXd> scatter(apart.transpose() * apart);
    if (scatter.info() != Eigen::Success) return impossible;
    const double log_determinant = 2 * scatter.matrixLLT().diagonal().array().log().sum();
    const double square = scatter.matrixL().solve(lacks.transpose()).squaredNorm(); // in units of the scatter
    const double turn = -k / 2 * std::log(2 * std::numbers::pi);
    if (density == NormalDensity::plug_in) return turn - (log_determinant - k * std::log(n - 1)) / 2 - (n - 1) * square / 2;
    const double rest = 1 - square / (1 - 1 / n); // the determinant without what the observed adds to it, over the one with it
    if (!(rest > 0)) return impossible;
    return turn + log_constant(k, n - 2) - log_constant(k, n - 1) - k / 2 * std::log1p(-1 / n) - log_determinant / 2 + (n - k - 3) / 2 * std::log(rest);
}

std::vector<double> implausibilities(std::span<const TargetFit> targets)
{
    std::vector<double> all;
    for (const TargetFit& t : targets) {
        if (!(t.variance > 0) || !std::isfinite(t.variance) || !std::isfinite(t.observed) || !std::isfinite(t.expected))
            throw std::invalid_argument("a target's variance is not above 0, or a number is not finite");
        all.push_back(std::abs(t.observed - t.expected) / std::sqrt(t.variance));
    }
    std::sort(all.rbegin(), all.rend());
    return all;
}

} // namespace entente
