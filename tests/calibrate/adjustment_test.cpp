#include "calibrate/adjustment.hpp"
#include "calibrate/diagnostics.hpp"
#include "calibrate/uniforms.hpp"
#include "chains.hpp"
#include <Eigen/Dense>
#include <algorithm>
#include <gtest/gtest.h>
#include <limits>

using namespace entente;

namespace {

using Values = std::vector<double>;

/// The 80 nearest of 400 draws, in units of the summaries' deviations.
struct Nearest {
    Values deviations, parameters, summaries, weights;
    double bandwidth = 0;
};
Nearest nearest_of_reference(const Values& observed)
{
    const std::vector<Values> columns = columns_of("adjustment.csv");
    Nearest n;
    for (const std::size_t k : {1u, 2u}) n.deviations.push_back(median_absolute_deviation(columns[k]));
    std::vector<std::pair<double, std::size_t>> order;
    for (std::size_t i = 0; i < columns[0].size(); ++i) {
        const double a = (columns[1][i] - observed[0]) / n.deviations[0], b = (columns[2][i] - observed[1]) / n.deviations[1];
        order.emplace_back(std::sqrt(a * a + b * b), i);
    }
    std::sort(order.begin(), order.end());
    order.resize(80);
    n.bandwidth = order.back().first;
    Values distances;
    for (const auto& [distance, i] : order) {
        distances.push_back(distance), n.parameters.push_back(columns[0][i]);
        n.summaries.insert(n.summaries.end(), {columns[1][i], columns[2][i]});
    }
    n.weights = epanechnikov_weights(distances, n.bandwidth);
    return n;
}

TEST(Adjustment, IsLocalAndLinearAsInTheReference)
{
    const Values observed{0.4, 0.1};
    const Nearest n = nearest_of_reference(observed);
    EXPECT_NEAR(n.deviations[0], 1.4978344207260594, 1e-12);
    EXPECT_NEAR(n.deviations[1], 0.5947361078443647, 1e-12);
    EXPECT_NEAR(n.bandwidth, 0.6840416150046206, 1e-12);
    const Adjusted a = adjusted({n.parameters, n.summaries, observed, n.weights}, ResidualSpread::same, Penalty::none);
    EXPECT_NEAR(a.at_observed[0], 0.37931272572447833, 1e-10);
    EXPECT_NEAR(a.slopes[0], 0.9262386405165437, 1e-10);
    EXPECT_NEAR(a.slopes[1], 0.28090146709389974, 1e-10);
    EXPECT_EQ(a.penalty[0], 0);
    EXPECT_NEAR(weighted_mean({a.parameters, n.weights}), 0.3793127257244784, 1e-10);
    const double squares = 1 / effective_number(n.weights);
    EXPECT_NEAR(std::sqrt(weighted_variance({a.parameters, n.weights}) * (1 - squares)), 0.3450307917141648, 1e-10);
    EXPECT_NEAR(std::ranges::min(a.parameters), -0.21389886731888885, 1e-10);
    EXPECT_NEAR(std::ranges::max(a.parameters), 0.9686715181823427, 1e-10);
}

/// A mean and a spread that are known, the spread twice as wide for each ln 2 / 0.8 of the summary.
TEST(Adjustment, ScalesWhatSpreadsUnequally)
{
    Values parameters, summaries;
    for (int i = -10; i <= 10; ++i)
        for (const double side : {-1.0, 1.0}) {
            const double s = i / 10.0;
            summaries.push_back(s), parameters.push_back(1 + 2 * s + side * std::exp(0.5 + 0.8 * s));
        }
    const Values observed{0.35};
    const Adjusted a = adjusted({parameters, summaries, observed, {}}, ResidualSpread::varies, Penalty::none),
                   same = adjusted({parameters, summaries, observed, {}}, ResidualSpread::same, Penalty::none);
    EXPECT_NEAR(a.at_observed[0], 1.7, 1e-9);
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        EXPECT_NEAR(a.parameters[i], 1.7 + (i % 2 == 0 ? -1 : 1) * std::exp(0.5 + 0.8 * 0.35), 1e-8) << i;
        EXPECT_NEAR(same.parameters[i], 1.7 + parameters[i] - 1 - 2 * summaries[i], 1e-9) << i;
    }
}

TEST(Adjustment, KeepsDrawsThatTheSummariesExplain)
{
    const Values parameters{1, 3, 5, 7, 10, 20, 30, 40}, summaries{0, 1, 2, 3}, observed{1.5}, equal(4, 2.0);
    const Values by_draw{1, 10, 3, 20, 5, 30, 7, 40}; // two parameters, both exactly linear
    const Adjusted a = adjusted({by_draw, summaries, observed, {}});
    for (std::size_t i = 0; i < 8; i += 2) {
        EXPECT_NEAR(a.parameters[i], 4, 1e-6);
        EXPECT_NEAR(a.parameters[i + 1], 25, 1e-6);
    }
    EXPECT_NEAR(a.slopes[0], 2, 1e-6);
    EXPECT_NEAR(a.slopes[1], 10, 1e-6);
    const Adjusted none = adjusted({std::span(parameters).first(4), equal, Values{2}, {}}); // a summary that never varies has no say
    EXPECT_EQ(none.slopes[0], 0);
    for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(none.parameters[i], parameters[i], 1e-12);
}

TEST(Adjustment, SharesTheSlopeOfSummariesThatRepeatEachOther)
{
    Values parameters, summaries;
    for (const double x : {0.1, 0.37, 1.9, 2.7}) parameters.push_back(2 * x), summaries.insert(summaries.end(), {x, x / 3, 0.7 * x});
    const Adjusted a = adjusted({parameters, summaries, Values{1, 1 / 3.0, 0.7}, {}}, ResidualSpread::same, Penalty::none);
    const Values slopes{2.0 / 3, 2, 2.0 / 3 / 0.7}; // a third each, in units of their spread
    for (std::size_t k = 0; k < 3; ++k) EXPECT_NEAR(a.slopes[k], slopes[k], 1e-9);
    EXPECT_NEAR(a.at_observed[0], 2, 1e-9);
}

/// One parameter that some of many summaries explain a little.
struct Noisy {
    static constexpr Eigen::Index draws = 26, summaries = 20;
    Eigen::MatrixXd s{draws, summaries};
    Eigen::VectorXd theta{draws}, weights{draws};
    Values flat;
    Noisy()
    {
        for (Eigen::Index i = 0; i < draws; ++i) {
            for (Eigen::Index k = 0; k < summaries; ++k)
                s(i, k) = double(k + 1) * normals_at(1, "summary", static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(k))[0], flat.push_back(s(i, k));
            theta[i] = s(i, 0) + s(i, 1) / 4 + 3 * normals_at(1, "rest", static_cast<std::uint32_t>(i))[0];
            weights[i] = 1 + static_cast<double>(i % 3);
        }
    }
};

/// Slopes with this penalty, and its score, directly by the normal equations.
std::pair<Eigen::VectorXd, double> ridge(const Noisy& noisy, double penalty)
{
    const Eigen::VectorXd share = noisy.weights / noisy.weights.sum();
    Eigen::MatrixXd x = noisy.s.rowwise() - share.transpose() * noisy.s;
    const Eigen::RowVectorXd unit = (share.transpose() * x.cwiseAbs2()).cwiseSqrt();
    x.array().rowwise() /= unit.array();
    const Eigen::VectorXd y = noisy.theta.array() - share.dot(noisy.theta);
    const Eigen::MatrixXd inverse = (Eigen::MatrixXd(x.transpose() * share.asDiagonal() * x) + penalty * Eigen::MatrixXd::Identity(x.cols(), x.cols())).inverse();
    const Eigen::VectorXd slopes = inverse * x.transpose() * share.asDiagonal() * y;
    const double used = 1 + (share.asDiagonal() * x * inverse * x.transpose()).trace(), free = 1 - used / static_cast<double>(x.rows());
    const double left = (y - x * slopes).cwiseAbs2().dot(share);
    return {(slopes.array() / unit.transpose().array()).matrix(), left / (free * free)};
}

TEST(Adjustment, PicksItsPenaltyByCrossValidation)
{
    const Noisy noisy;
    const std::span<const double> theta(noisy.theta.data(), std::size_t{Noisy::draws}), weights(noisy.weights.data(), std::size_t{Noisy::draws});
    const Values observed(Noisy::summaries, 0.5);
    const Adjusted a = adjusted({theta, noisy.flat, observed, weights}, ResidualSpread::same), plain = adjusted({theta, noisy.flat, observed, weights}, ResidualSpread::same, Penalty::none);
    ASSERT_GT(a.penalty[0], 0);
    const auto [slopes, score] = ridge(noisy, a.penalty[0]);
    double square = 0, plain_square = 0;
    for (std::size_t k = 0; k < a.slopes.size(); ++k) {
        EXPECT_NEAR(a.slopes[k], slopes[static_cast<Eigen::Index>(k)], 1e-10);
        square += a.slopes[k] * a.slopes[k], plain_square += plain.slopes[k] * plain.slopes[k];
    }
    EXPECT_LT(square, plain_square);
    for (const double factor : {0.0, 0.01, std::pow(10, -0.25), std::pow(10, 0.25), 100.0}) EXPECT_LE(score, ridge(noisy, factor * a.penalty[0]).second) << factor;
}

TEST(Adjustment, RefusesWhatDoesNotFit)
{
    const Values parameters{1, 2, 3}, summaries{1, 2, 4}, observed{2}, nan{1, std::numeric_limits<double>::quiet_NaN(), 2};
    EXPECT_THROW(adjusted({parameters, summaries, {}, {}}), std::invalid_argument);
    EXPECT_THROW(adjusted({std::span(parameters).first(2), summaries, observed, {}}), std::invalid_argument);
    EXPECT_THROW(adjusted({parameters, summaries, observed, std::span(observed)}), std::invalid_argument);
    EXPECT_THROW(adjusted({parameters, summaries, observed, Values{1, 0, 0}}), std::invalid_argument);
    EXPECT_THROW(adjusted({parameters, summaries, observed, Values{1, 1, -1}}), std::invalid_argument);
    EXPECT_THROW(adjusted({parameters, nan, observed, {}}), std::invalid_argument);
    EXPECT_THROW(epanechnikov_weights(summaries, 0), std::invalid_argument);
    EXPECT_EQ(epanechnikov_weights(Values{0, 1, 2, 3}, 2), (Values{1, 0.75, 0, 0}));
    EXPECT_EQ(median_absolute_deviation(Values{1, 2, 4, 100}), 1.5); // from 3: 2, 1, 1, 97
}

} // namespace
