#include "kalman.hpp"
#include "matrices.hpp"
#include "uniforms.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <stdexcept>

namespace entente {

namespace {

/// The same as matrices.
struct Matrices {
    Rows parameters, outputs;
    Eigen::RowVectorXd observed;
    Matrix noise, root; ///< root root^T = noise
};
Matrices matrices_of(const KalmanEnsemble& e)
{
    const std::size_t targets = e.observed.size(), members = targets == 0 ? 0 : e.outputs.size() / targets;
    if (members < 2 || members * targets != e.outputs.size() || e.parameters.empty() || e.parameters.size() % members != 0 || e.noise.size() != targets * targets)
        throw std::invalid_argument("parameters, outputs, observed and noise do not fit each other, or there are fewer than two members");
    for (const std::span<const double> numbers : {e.parameters, e.outputs, e.observed, e.noise})
        if (!std::all_of(numbers.begin(), numbers.end(), [](double x) { return std::isfinite(x); })) throw std::invalid_argument("a number is not finite");
    const auto j = static_cast<Eigen::Index>(members), m = static_cast<Eigen::Index>(targets), d = static_cast<Eigen::Index>(e.parameters.size() / members);
    Matrices all{.parameters = Eigen::Map<const Rows>(e.parameters.data(), j, d),
                 .outputs = Eigen::Map<const Rows>(e.outputs.data(), j, m),
                 .observed = Eigen::Map<const Eigen::RowVectorXd>(e.observed.data(), m),
                 .noise = Eigen::Map<const Rows>(e.noise.data(), m, m),
                 .root = {}};
    const Eigen::LLT<Matrix> root(all.noise);
    if (root.info() != Eigen::Success) throw std::invalid_argument("the noise is not positive definite");
    all.root = root.matrixL();
    return all;
}

} // namespace

double kalman_step_size(const KalmanEnsemble& ensemble, double done)
{
    const Matrices e = matrices_of(ensemble);
    const Matrix lacks = (-e.outputs).rowwise() + e.observed;
    const Vector misfit = e.root.triangularView<Eigen::Lower>().solve(lacks.transpose()).colwise().squaredNorm().transpose() / 2;
    const auto targets = static_cast<double>(e.observed.size()), members = static_cast<double>(misfit.size());
    const double mean = misfit.mean(), variance = (misfit.array() - mean).square().sum() / (members - 1);
    return std::min(std::max(targets / (2 * mean), std::sqrt(targets / (2 * variance))), 1 - done);
}

std::vector<double> kalman_step(const KalmanEnsemble& ensemble, double size, std::span<const double> normals)
{
    const Matrices e = matrices_of(ensemble);
    if (!(size > 0 && size <= 1) || normals.size() != ensemble.outputs.size())
        throw std::invalid_argument("a step's size is not in (0, 1], or not each target of each member has a deviate");
    const double degrees = static_cast<double>(e.outputs.rows() - 1);
    const Matrix u = e.parameters.rowwise() - e.parameters.colwise().mean(), g = e.outputs.rowwise() - e.outputs.colwise().mean();
    const Matrix both = u.transpose() * g / degrees, own = g.transpose() * g / degrees;
    const Matrix perturbed = Eigen::Map<const Rows>(normals.data(), e.outputs.rows(), e.outputs.cols()) * e.root.transpose() / std::sqrt(size);
    const Matrix lacks = (perturbed - e.outputs).rowwise() + e.observed;
    const Rows moved = e.parameters + (both * (own + e.noise / size).llt().solve(lacks.transpose())).transpose();
    return {moved.data(), moved.data() + moved.size()};
}

std::vector<double> kalman_normals(std::uint64_t seed, std::uint32_t step, std::size_t members, std::size_t targets)
{
    const std::string what = fmt::format("kalman step {}", step);
    std::vector<double> normals;
    for (std::size_t member = 0; member < members; ++member)
        for (std::size_t target = 0; target < targets; ++target)
            normals.push_back(normals_at(seed, what, static_cast<std::uint32_t>(member), static_cast<std::uint32_t>(target / 4))[target % 4]);
    return normals;
}

} // namespace entente
