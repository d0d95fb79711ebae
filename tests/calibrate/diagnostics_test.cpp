#include "calibrate/diagnostics.hpp"
#include "calibrate/sbc.hpp"
#include "calibrate/uniforms.hpp"
#include "statistical/z_test.hpp"
#include <Eigen/Dense>
#include <cmath>
#include <limits>

using namespace entente;

namespace {

constexpr std::uint64_t seed = 1;
constexpr double alpha = 1e-6;
using Values = std::vector<double>;

TEST(Weighted, IsWorkedByHand)
{
    const Values values{0.2, 0.5, 0.9}, weights{0.5, 0.3, 0.2}, tenfold{5, 3, 2};
    EXPECT_NEAR(effective_number(weights), 2.6315789473684212, 1e-12);
    EXPECT_NEAR(perplexity(Values{1, 1, 1, 1, 0}), 4, 1e-12);
    EXPECT_NEAR(perplexity(weights), std::pow(0.5, -0.5) * std::pow(0.3, -0.3) * std::pow(0.2, -0.2), 1e-12);
    EXPECT_NEAR(weighted_mean({values, weights}), 0.43, 1e-14);
    EXPECT_NEAR(weighted_variance({values, weights}), 0.0721 / (1 - 0.38), 1e-14);
    EXPECT_DOUBLE_EQ(weighted_variance({values, tenfold}), weighted_variance({values, weights}));
    EXPECT_NEAR(weighted_variance({values}), 0.37 / 3, 1e-14); // n - 1
    EXPECT_EQ(weighted_variance({Values{3}}), 0);
    // middles of the weights at 0.25, 0.65 and 0.9
    EXPECT_DOUBLE_EQ(weighted_quantile({values, weights}, 0.1), 0.2);
    EXPECT_DOUBLE_EQ(weighted_quantile({values, weights}, 0.45), 0.35);
    EXPECT_DOUBLE_EQ(weighted_quantile({values, weights}, 0.65), 0.5);
    EXPECT_DOUBLE_EQ(weighted_quantile({values, weights}, 1), 0.9);
    EXPECT_DOUBLE_EQ(weighted_quantile({Values{9, 1, 2}, Values{0, 1, 1}}, 0.5), 1.5); // without weight, without a say
}

TEST(Weighted, RefusesWhatIsNone)
{
    const Values values{1, 2}, nan{1, std::numeric_limits<double>::quiet_NaN()};
    for (const Values& wrong : {Values{1}, Values{0, 0}, Values{2, -1}, nan}) EXPECT_THROW(weighted_mean({values, wrong}), std::invalid_argument);
    EXPECT_THROW(weighted_mean({nan}), std::invalid_argument);
    EXPECT_THROW(weighted_mean({{}}), std::invalid_argument);
    EXPECT_THROW(weighted_quantile({values}, 2), std::invalid_argument);
    EXPECT_THROW(predictive_p({values}, nan[1]), std::invalid_argument);
    EXPECT_THROW(joint_fit(values, Values{1, 2, 3}), std::invalid_argument);
}

Values normal_draws(const char* what, std::uint32_t n, double mean, double deviation)
{
    Values draws;
    for (std::uint32_t i = 0; i < n; ++i) draws.push_back(mean + deviation * normals_at(seed, what, i)[0]);
    return draws;
}

TEST(Learning, SaysWhatTheDataSaid)
{
    // by hand: variances 1 and 4 of two values each
    const Learning hand = learning({Values{3, 3 + std::sqrt(2.0)}}, {Values{0, 2 * std::sqrt(2.0)}});
    EXPECT_NEAR(hand.contraction, 0.75, 1e-12);
    EXPECT_NEAR(hand.shift, (3 - std::sqrt(2.0) / 2) / 2, 1e-12);

    const Values prior = normal_draws("prior", 4000, 0, 2);
    const Learning much = learning({normal_draws("posterior", 2000, 0, 1)}, {prior});
    EXPECT_NEAR(much.contraction, 0.75, 5 * much.contraction_error);
    EXPECT_TRUE(much.learned);
    EXPECT_TRUE(learning({normal_draws("posterior", 2000, 1, 2)}, {prior}).learned);                                    // moved, as wide as before
    EXPECT_FALSE(learning({normal_draws("posterior", 2000, 0, 2)}, {prior}).learned);                                   // as it was
    EXPECT_FALSE(learning({normal_draws("posterior", 40000, 0, 1.939)}, {normal_draws("prior", 40000, 0, 2)}).learned); // a contraction of 0.06 is known, and does not matter
    EXPECT_TRUE(learning({normal_draws("posterior", 2000, 0, 1.8)}, {prior}).learned);
    EXPECT_FALSE(learning({normal_draws("posterior", 2000, 0, 1.8)}, {prior}, 20).learned); // if they are worth no more than twenty
    EXPECT_FALSE(learning({prior}, {Values(10, 1.0)}).learned);
    EXPECT_TRUE(std::isnan(learning({prior}, {Values(10, 1.0)}).contraction));
}

TEST(Learning, KnowsItsErrors)
{
    const auto standardized = [](double mean, double contraction) {
        std::vector<double> z_contraction, z_shift;
        for (std::uint32_t r = 0; r < 1000; ++r) {
            Values prior, posterior;
            for (std::uint32_t i = 0; i < 200; ++i) {
                const auto z = normals_at(seed, "pair", r, i);
                prior.push_back(2 * z[0]), posterior.push_back(1 + z[1]);
            }
            const Learning l = learning({posterior}, {prior});
            z_contraction.push_back((l.contraction - contraction) / l.contraction_error), z_shift.push_back((l.shift - mean / 2) / l.shift_error);
        }
        return std::pair(z_contraction, z_shift);
    };
    const auto squares = [](std::vector<double> z) {
        for (double& x : z) x *= x;
        return estimate(z, seed);
    };
    const auto [contraction, shift] = standardized(1, 0.75);
    EXPECT_NEAR(squares(contraction).mean, 1, 0.3); // 200 draws: the error is itself rough
    EXPECT_NEAR(squares(shift).mean, 1, 0.3);
    const auto [wrong_contraction, wrong_shift] = standardized(1.5, 0.6);
    EXPECT_GT(squares(wrong_contraction).mean, 2);
    EXPECT_GT(squares(wrong_shift).mean, 2);
}

TEST(Learning, OfAlternativesSaysWhereTheDataCannotTell)
{
    const std::vector<std::uint8_t> chosen{0, 0, 1, 0};
    const ShareLearning l = learning_of_shares(chosen, Values{1, 1, 2}, Values{1, 1, 1, 1});
    EXPECT_EQ(l.posterior, (Values{0.75, 0.25, 0}));
    EXPECT_NEAR(l.error[0], std::sqrt(0.7 * 0.3 / 4), 1e-12); // (3 + 1/2) / 5
    EXPECT_NEAR(l.error[2], std::sqrt(0.1 * 0.9 / 4), 1e-12);
    EXPECT_FALSE(l.learned); // four draws
    EXPECT_TRUE(learning_of_shares(chosen, Values{1, 1, 2}, {}, 400).learned);
    EXPECT_FALSE(learning_of_shares(chosen, Values{3, 1, 0}, {}, 400).learned); // as it was
    EXPECT_EQ(learning_of_shares(chosen, Values{1, 1}, Values{0, 0, 2, 0}).posterior, (Values{0, 1}));
    EXPECT_THROW(learning_of_shares(chosen, Values{1}), std::invalid_argument);
}

TEST(PredictiveP, IsWorkedByHand)
{
    const Values nine{1, 2, 3, 4, 5, 6, 7, 8, 9};
    EXPECT_NEAR(predictive_p({nine}, 2.5), 0.5, 1e-12); // twice (2 + 1/2) / 10
    EXPECT_NEAR(predictive_p({nine}, 7.5), 0.5, 1e-12);
    EXPECT_NEAR(predictive_p({nine}, 2), 0.4, 1e-12); // twice (1 + 1/2 + 1/2) / 10
    EXPECT_NEAR(predictive_p({nine}, 5), 1, 1e-12);
    EXPECT_NEAR(predictive_p({nine}, 100), 0.1, 1e-12); // never 0
    EXPECT_NEAR(predictive_p({Values(9, 4.0)}, 4), 1, 1e-12);
    EXPECT_NEAR(predictive_p({nine, Values(9, 7.0)}, 2), 0.4, 1e-12);
    EXPECT_NEAR(predictive_p({Values{1, 2, 3}, Values{1, 0, 1}}, 2.5), 1, 1e-12);
}

/// p of what comes from the same distribution as the draws, or one so many times as wide.
std::vector<std::uint32_t> ranks_of_p(double width, bool joint)
{
    constexpr std::uint32_t draws = 39;
    std::vector<std::uint32_t> ranks;
    for (std::uint32_t r = 0; r < 3000; ++r) {
        Values simulated;
        for (std::uint32_t i = 0; i < draws; ++i) {
            const auto z = normals_at(seed, "simulated", r, i);
            simulated.insert(simulated.end(), {z[0], z[0] + 0.1 * z[1], 100 * z[2]});
        }
        const auto z = normals_at(seed, "observed", r);
        const Values observed{width * z[0], width * (z[0] + 0.1 * z[1]), width * 100 * z[2]};
        Values first;
        for (std::size_t i = 0; i < simulated.size(); i += 3) first.push_back(simulated[i]);
        const double p = joint ? joint_fit(simulated, observed).p : predictive_p({first}, observed[0]);
        ranks.push_back(static_cast<std::uint32_t>(std::lround(p * (joint ? 40 : 20) - 0.5))); // p is (i + 1/2) / 40, or (2 i + 1) / 40
    }
    return ranks;
}

TEST(PredictiveP, IsUniformWhereTheModelIsRight)
{
    EXPECT_GT(rank_histogram(ranks_of_p(1, false), 19, 20).p, alpha);
    EXPECT_LT(rank_histogram(ranks_of_p(1.3, false), 19, 20).p, alpha);
}

TEST(JointFit, IsUniformWhereTheModelIsRight)
{
    EXPECT_GT(rank_histogram(ranks_of_p(1, true), 39, 20).p, alpha);
    EXPECT_LT(rank_histogram(ranks_of_p(1.3, true), 39, 20).p, alpha);
}

TEST(JointFit, IsWorkedByHand)
{
    const Values square{1, 1, 1, -1, -1, 1, -1, -1}; // mean 0, covariance the unit matrix
    const JointFit three = joint_fit(square, Values{3, 0});
    EXPECT_NEAR(three.distance, 3, 1e-12);
    EXPECT_EQ(three.directions, 2u);
    EXPECT_NEAR(three.p, 0.5 / 5, 1e-12);                             // without itself, a corner's squared distance is 2 / (1 - 3 / 4) = 8
    EXPECT_NEAR(joint_fit(square, Values{2.7, 0}).p, 4.5 / 5, 1e-12); // 7.29 below 8
    EXPECT_NEAR(joint_fit(square, Values{0.3, 0.3}).p, 4.5 / 5, 1e-12);
    const Values stretched{10, 1, 10, -1, -10, 1, -10, -1};
    EXPECT_NEAR(joint_fit(stretched, Values{30, 0}).distance, 3, 1e-12);
}

/// Squared distance of a row from the mean and covariance (over n) of the others, directly.
double left_out(const Eigen::MatrixXd& rows, const Eigen::VectorXd& weights, Eigen::Index out)
{
    Eigen::VectorXd w = weights;
    w[out] = 0;
    w /= w.sum();
    const Eigen::RowVectorXd mean = w.transpose() * rows;
    const Eigen::MatrixXd apart = rows.rowwise() - mean;
    const Eigen::MatrixXd covariance = apart.transpose() * w.asDiagonal() * apart;
    return apart.row(out) * covariance.inverse() * apart.row(out).transpose();
}

TEST(JointFit, LeavesEachDrawOutOfWhatItIsHeldAgainst)
{
    constexpr Eigen::Index n = 12;
    Eigen::MatrixXd rows(n, 2);
    Eigen::VectorXd weights(n);
    Values simulated, w;
    for (Eigen::Index i = 0; i < n; ++i) {
        const auto z = normals_at(seed, "row", static_cast<std::uint32_t>(i));
        rows.row(i) << z[0], z[0] + z[1];
        weights[i] = 1 + z[2] * z[2];
        simulated.insert(simulated.end(), {rows(i, 0), rows(i, 1)}), w.push_back(weights[i]);
    }
    const Eigen::VectorXd share = weights / weights.sum();
    const Eigen::RowVectorXd mean = share.transpose() * rows;
    for (const double far : {0.5, 1.0, 1.5, 2.0, 3.0}) {
        const Values observed{mean[0] + far, mean[1] - far / 2};
        const JointFit fit = joint_fit(simulated, observed, w);
        double beyond = 0;
        for (Eigen::Index i = 0; i < n; ++i) beyond += left_out(rows, weights, i) > fit.distance * fit.distance ? share[i] : 0;
        const double effective = effective_number(w);
        EXPECT_NEAR(fit.p, (effective * beyond + 0.5) / (effective + 1), 1e-12) << far;
    }
}

TEST(JointFit, KnowsWhatNeverVaries)
{
    const Values simulated{1, 5, 1, 2, 5, 2, 3, 5, 3, 4, 5, 4}; // the second is constant, the third repeats the first
    const JointFit on = joint_fit(simulated, Values{2.5, 5, 2.5}), off = joint_fit(simulated, Values{2.5, 6, 2.5}), apart = joint_fit(simulated, Values{2, 5, 3});
    EXPECT_EQ(on.directions, 1u);
    EXPECT_NEAR(on.distance, 0, 1e-9);
    EXPECT_GT(on.p, 0.8);
    EXPECT_TRUE(std::isinf(off.distance));
    EXPECT_NEAR(off.p, 0.1, 1e-12);
    EXPECT_TRUE(std::isinf(apart.distance));
}

} // namespace
