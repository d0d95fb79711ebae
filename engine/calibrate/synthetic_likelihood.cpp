#include "synthetic_likelihood.hpp"
#include "matrices.hpp"
#include <boost/math/special_functions/gamma.hpp>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

namespace entente {

namespace {

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

RunMoments moments_of(std::span<const double> runs, std::size_t summaries)
{
    const std::size_t count = summaries == 0 ? 0 : runs.size() / summaries;
    if (count * summaries != runs.size() || count < summaries + 2) throw std::invalid_argument("runs have other summaries than the observed, or are too few for their covariance");
    if (!is_finite(runs)) throw std::invalid_argument("a number is not finite");
    const auto k = static_cast<Eigen::Index>(summaries);
    const Eigen::Map<const Rows> all(runs.data(), static_cast<Eigen::Index>(count), k);
    const Eigen::RowVectorXd mean = all.colwise().mean();
    const Matrix apart = all.rowwise() - mean, scatter = apart.transpose() * apart;
    const Matrix covariance = scatter / static_cast<double>(count - 1);
    RunMoments moments{.runs = count, .mean = {mean.data(), mean.data() + k}, .covariance = {covariance.data(), covariance.data() + covariance.size()}, .precision = {}};
    const Eigen::LLT<Matrix> root(scatter);
    if (root.info() != Eigen::Success) return moments;
    const Matrix inverse = root.solve(Matrix::Identity(k, k));
    moments.precision.assign(inverse.data(), inverse.data() + inverse.size());
    moments.log_determinant = 2 * root.matrixLLT().diagonal().array().log().sum();
    return moments;
}

double squared_distance(const RunMoments& moments, std::span<const double> observed)
{
    const auto k = static_cast<Eigen::Index>(observed.size());
    if (moments.mean.size() != observed.size() || !is_finite(observed)) throw std::invalid_argument("runs have other summaries than the observed, or a number is not finite");
    if (moments.precision.empty()) return std::numeric_limits<double>::infinity();
    const Vector lacks = Eigen::Map<const Vector>(observed.data(), k) - Eigen::Map<const Vector>(moments.mean.data(), k);
    return lacks.dot(Eigen::Map<const Rows>(moments.precision.data(), k, k) * lacks);
}

double log_likelihood_part(const RunMoments& moments, double squared_distance, NormalDensity density)
{
    const auto n = static_cast<double>(moments.runs), k = static_cast<double>(moments.mean.size());
    if (density == NormalDensity::plug_in) return -(n - 1) * squared_distance / 2;
    const double rest = 1 - squared_distance / (1 - 1 / n); // the determinant without what the observed adds to it, over the one with it
    return rest > 0 ? (n - k - 3) / 2 * std::log(rest) : impossible;
}

double synthetic_log_likelihood(const RunMoments& moments, double squared_distance, NormalDensity density)
{
    const std::size_t summaries = moments.mean.size();
    if (moments.runs < summaries + (density == NormalDensity::plug_in ? 2 : 4)) throw std::invalid_argument("runs are too few for their covariance");
    if (moments.precision.empty()) return impossible;
    const auto k = static_cast<double>(summaries), n = static_cast<double>(moments.runs);
    const double constant = density == NormalDensity::plug_in ? k / 2 * std::log(n - 1) : log_constant(k, n - 2) - log_constant(k, n - 1) - k / 2 * std::log1p(-1 / n);
    return constant - k / 2 * std::log(2 * std::numbers::pi) - moments.log_determinant / 2 + log_likelihood_part(moments, squared_distance, density);
}

double synthetic_log_likelihood(std::span<const double> runs, std::span<const double> observed, NormalDensity density)
{
    const RunMoments moments = moments_of(runs, observed.size());
    return synthetic_log_likelihood(moments, squared_distance(moments, observed), density);
}

double skewness_p(std::span<const double> runs, std::size_t summaries)
{
    const RunMoments moments = moments_of(runs, summaries);
    if (moments.precision.empty()) return std::numeric_limits<double>::quiet_NaN();
    const auto rows = static_cast<Eigen::Index>(moments.runs), columns = static_cast<Eigen::Index>(summaries);
    const Eigen::Map<const Rows> all(runs.data(), rows, columns);
    const Rows apart = all.rowwise() - Eigen::Map<const Eigen::RowVectorXd>(moments.mean.data(), columns);
    const Rows across = apart * Eigen::Map<const Rows>(moments.precision.data(), columns, columns);
    const auto n = static_cast<double>(rows), k = static_cast<double>(columns);
    double cubes = 0; // of products in units of the covariance over n, of which the mean is the skewness
    for (Eigen::Index i = 0; i < rows; ++i) cubes += (across * apart.row(i).transpose()).array().cube().sum() * n * n * n;
    const double small = (k + 1) * (n + 1) * (n + 3) / (n * ((n + 1) * (k + 1) - 6)); // Mardia's correction for few runs
    return boost::math::gamma_q(k * (k + 1) * (k + 2) / 12, cubes / (n * n) * n * small / 12);
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
