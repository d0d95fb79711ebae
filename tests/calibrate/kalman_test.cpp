// A linear model of two parameters and three targets, whose posterior is known.
#include "calibrate/kalman.hpp"
#include "statistical/z_test.hpp"
#include <Eigen/Dense>
#include <limits>

using namespace entente;

namespace {

using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Values = std::vector<double>;
constexpr std::uint64_t seed = 1;

const Eigen::Matrix<double, 3, 2> model = (Eigen::Matrix<double, 3, 2>() << 1, 0.5, 0, 2, 1, -1).finished();
const Values observed{1, -1, 0.5}, noise{0.25, 0, 0, 0, 0.5, 0, 0, 0, 0.1};
const Eigen::RowVector2d prior_mean(0.5, -0.5), posterior_mean(0.561494861987927, -0.14137597345744424);
const Eigen::Matrix2d prior_covariance = (Eigen::Matrix2d() << 1, 0.3, 0.3, 2).finished();
const Eigen::Matrix2d posterior_covariance = (Eigen::Matrix2d() << 0.08591769964517704, 0.03589696327357933, 0.03589696327358155, 0.06621814662918801).finished();

Rows rows_of(const Values& values, Eigen::Index columns) { return Eigen::Map<const Rows>(values.data(), static_cast<Eigen::Index>(values.size()) / columns, columns); }
Values values_of(const Rows& rows) { return {rows.data(), rows.data() + rows.size()}; }

Values step(const Rows& members, double size, const Values& normals)
{
    const Values parameters = values_of(members), outputs = values_of(members * model.transpose());
    return kalman_step({parameters, outputs, observed, noise}, size, normals);
}
Eigen::Matrix2d covariance_of(const Rows& members)
{
    const Rows apart = members.rowwise() - members.colwise().mean();
    return apart.transpose() * apart / static_cast<double>(members.rows() - 1);
}

/// Eight rows of five columns with mean 0, variance 1 (over seven) and no correlation, so that the ensemble and its perturbations have exactly their moments.
Rows exact_design()
{
    Rows design(8, 5);
    for (int i = 0; i < 8; ++i) {
        const double a = i & 1 ? 1 : -1, b = i & 2 ? 1 : -1, c = i & 4 ? 1 : -1;
        design.row(i) << a, b, c, a * b, b * c;
    }
    return design * std::sqrt(7.0 / 8);
}

TEST(Kalman, OneStepIsKalmansFormula)
{
    const Eigen::Matrix2d root = prior_covariance.llt().matrixL();
    const Rows design = exact_design(), members = (design.leftCols(2) * root.transpose()).rowwise() + prior_mean;
    const Rows moved = rows_of(step(members, 1, values_of(design.rightCols(3))), 2);
    EXPECT_NEAR((moved.colwise().mean() - posterior_mean).norm(), 0, 1e-10);
    EXPECT_NEAR((covariance_of(moved) - posterior_covariance).norm(), 0, 1e-10);
}

/// Whether means, and the covariances with the second parameter, are within what chance does to so many members.
bool has_moments(const Rows& members, const Eigen::RowVector2d& mean, const Eigen::Matrix2d& covariance)
{
    constexpr double alpha = 1e-6;
    bool all = true;
    for (Eigen::Index a = 0; a < 2; ++a) {
        Values value, product;
        for (Eigen::Index i = 0; i < members.rows(); ++i) value.push_back(members(i, a)), product.push_back((members(i, a) - mean[a]) * (members(i, 1) - mean[1]));
        all = static_cast<bool>(z_within(estimate(value, seed), mean[a], alpha / 4)) && all;
        all = static_cast<bool>(z_within(estimate(product, seed), covariance(a, 1), alpha / 4)) && all;
    }
    return all;
}

/// The prior's ensemble after so many equal steps.
Rows after(std::uint32_t steps, double sum, std::size_t members)
{
    const Eigen::Matrix2d root = prior_covariance.llt().matrixL();
    Rows ensemble = (rows_of(kalman_normals(seed, 1000, members, 2), 2) * root.transpose()).rowwise() + prior_mean;
    for (std::uint32_t s = 0; s < steps; ++s) ensemble = rows_of(step(ensemble, sum / steps, kalman_normals(seed, s, members, 3)), 2);
    return ensemble;
}

TEST(Kalman, OneStepAndFourSmallOnesComeToThePosterior)
{
    EXPECT_TRUE(has_moments(after(1, 1, 20000), posterior_mean, posterior_covariance));
    EXPECT_TRUE(has_moments(after(4, 1, 20000), posterior_mean, posterior_covariance));
    EXPECT_FALSE(has_moments(after(4, 0.8, 20000), posterior_mean, posterior_covariance)); // not all of the data is used
}

TEST(Kalman, StepSizeFollowsFromTheMisfit)
{
    // misfits of 2 and 8 halved squares of one target with variance 1/4: mean 5, variance 18
    const Values parameters{0, 1}, outputs{1, 2}, one{0}, quarter{0.25};
    const KalmanEnsemble e{parameters, outputs, one, quarter};
    EXPECT_NEAR(kalman_step_size(e, 0), std::sqrt(1.0 / 36), 1e-12);
    EXPECT_NEAR(kalman_step_size(e, 0.9), 0.1, 1e-12);
    const Values close{1, 1.1}; // 2 and 2.42: mean 2.21, variance .0882
    EXPECT_NEAR(kalman_step_size({parameters, close, one, quarter}, 0), 1, 1e-12);
    const Values three{0, 1, 2}, one_is_far{0, 0, 20}; // 0, 0 and 800: the mean asks for 3 / 1600, the variance for less
    EXPECT_NEAR(kalman_step_size({three, one_is_far, one, quarter}, 0), 3.0 / 1600, 1e-12);
}

TEST(Kalman, StepsByTheMisfitComeToTheSame)
{
    constexpr std::size_t members = 20000;
    Rows ensemble = after(0, 0, members);
    double done = 0;
    std::uint32_t steps = 0;
    while (done < 1) {
        const Values parameters = values_of(ensemble), outputs = values_of(ensemble * model.transpose());
        const double size = kalman_step_size({parameters, outputs, observed, noise}, done);
        ASSERT_GT(size, 0);
        ensemble = rows_of(step(ensemble, size, kalman_normals(seed, steps, members, 3)), 2);
        done += size, ++steps;
    }
    EXPECT_GT(steps, 2u);
    EXPECT_TRUE(has_moments(ensemble, posterior_mean, posterior_covariance));
}

TEST(Kalman, RefusesWhatDoesNotFit)
{
    const Values two{0, 1}, three{0, 1, 2}, one{0}, unit{1}, minus{-1}, nan{0, std::numeric_limits<double>::quiet_NaN()};
    EXPECT_THROW(kalman_step({one, one, one, unit}, 1, one), std::invalid_argument);
    EXPECT_THROW(kalman_step({three, two, one, unit}, 1, two), std::invalid_argument);
    EXPECT_THROW(kalman_step({two, two, one, two}, 1, two), std::invalid_argument);
    EXPECT_THROW(kalman_step({two, two, one, minus}, 1, two), std::invalid_argument);
    EXPECT_THROW(kalman_step({two, nan, one, unit}, 1, two), std::invalid_argument);
    EXPECT_THROW(kalman_step({two, two, one, unit}, 0, two), std::invalid_argument);
    EXPECT_THROW(kalman_step({two, two, one, unit}, 1, one), std::invalid_argument);
    EXPECT_NO_THROW(kalman_step({two, two, one, unit}, 1, two));
}

} // namespace
