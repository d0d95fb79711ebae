// What is said of posteriors whose faults and merits are known.
#include "calibrate/diagnosis.hpp"
#include "calibrate/convergence.hpp"
#include "store/made_posterior.hpp"
#include <gtest/gtest.h>

namespace entente {
namespace {

TEST(Diagnosis, OfARightOne)
{
    const Posterior p = made::posterior();
    const Diagnosis d = diagnose(p);
    EXPECT_TRUE(d.trusted);
    EXPECT_EQ(d.different, 2000u);
    ASSERT_EQ(d.parameters.size(), 2u);
    ASSERT_EQ(d.structures.size(), 1u);
    ASSERT_EQ(d.targets.size(), 2u);
    const std::vector<double> pull = p.posterior.of(0);
    EXPECT_EQ(d.parameters[0].trust.rhat, rhat({pull, 4}));
    EXPECT_EQ(d.parameters[0].trust.ess_tail, ess_tail({pull, 4}));
    EXPECT_EQ(d.parameters[0].trust.mcse_high, mcse_quantile({pull, 4}, 0.95));
    EXPECT_NEAR(d.parameters[0].posterior.mean, 0.4 * std::exp(0.05 * 0.05 / 2), 0.002);
    EXPECT_NEAR(d.parameters[0].posterior.high, 0.4 * std::exp(0.05 * 1.645), 0.003);
    EXPECT_NEAR(d.parameters[0].prior.median, 0.3, 0.01);
    EXPECT_TRUE(d.fitted && d.only_predicted && d.fitted->p > 0.05);
    EXPECT_TRUE(d.targets[0].met && d.targets[1].met);
    EXPECT_EQ(d.targets[0].observations.size(), 2u);
    EXPECT_EQ(d.targets[0].joint->directions, 1u); // one of its dates is fitted
}

// Of two parameters the data inform one: its twin's posterior is its prior.
TEST(Diagnosis, TellsWhatWasLearned)
{
    const Diagnosis d = diagnose(made::posterior());
    const ParameterDiagnosis &pull = d.parameters[0], &drift = d.parameters[1];
    EXPECT_TRUE(pull.by_logarithm);
    EXPECT_TRUE(pull.learned.learned);
    EXPECT_NEAR(pull.learned.contraction, 1 - 0.05 * 0.05 / (0.25 * 0.25), 0.01);
    EXPECT_NEAR(pull.learned.shift, std::log(4.0 / 3) / 0.25, 0.1);
    EXPECT_FALSE(drift.by_logarithm);
    EXPECT_FALSE(drift.learned.learned);
    EXPECT_NEAR(drift.learned.contraction, 0, 4 * drift.learned.contraction_error);
    EXPECT_GT(pull.prior_p, 0.1);
}

TEST(Diagnosis, SeesThatDataAndPriorDisagree)
{
    Posterior p = made::posterior();
    for (std::size_t i = 1; i < p.posterior.values.size(); i += 3) p.posterior.values[i] = 3.5 + 0.1 * p.posterior.values[i];
    const Diagnosis d = diagnose(p);
    EXPECT_LT(d.parameters[1].prior_p, 0.01);
    EXPECT_TRUE(d.parameters[1].learned.learned);
}

TEST(Diagnosis, DoesNotTrustChainsThatDisagree)
{
    const Diagnosis d = diagnose(made::posterior({.apart = 1.5}));
    EXPECT_FALSE(d.trusted);
    EXPECT_GT(d.parameters[0].trust.rhat, 1.05);
    EXPECT_LT(d.parameters[0].trust.ess_bulk, 100);
    EXPECT_TRUE(trusted(d.parameters[1].trust));
}

TEST(Diagnosis, DoesNotTrustFewDrawsNorOnesThatNeverMove)
{
    EXPECT_FALSE(diagnose(made::posterior({.draws = 60})).trusted);
    Posterior p = made::posterior();
    for (std::size_t i = 0; i < p.posterior.values.size(); i += 3) p.posterior.values[i] = 0.4;
    const Diagnosis d = diagnose(p);
    EXPECT_FALSE(d.trusted);
    EXPECT_TRUE(std::isnan(d.parameters[0].trust.rhat));
    for (std::size_t i = 3; i < p.posterior.values.size(); ++i) p.posterior.values[i] = p.posterior.values[i % 3];
    EXPECT_EQ(diagnose(p).different, 1u);
}

TEST(Diagnosis, TellsReadingsApartOnlyBeyondTheirError)
{
    const Diagnosis even = diagnose(made::posterior()), leans = diagnose(made::posterior({.lean = 0.8})), one = diagnose(made::posterior({.lean = 2}));
    EXPECT_FALSE(even.structures[0].learned.learned);
    EXPECT_TRUE(leans.structures[0].learned.learned);
    EXPECT_NEAR(leans.structures[0].learned.posterior[1], 0.8, 0.03);
    EXPECT_NEAR(leans.structures[0].learned.error[1], std::sqrt(0.8 * 0.2 / leans.structures[0].effective), 0.002);
    EXPECT_TRUE(one.structures[0].learned.learned && one.trusted);
    EXPECT_EQ(one.structures[0].learned.posterior[0], 0);
    EXPECT_TRUE(std::isnan(one.structures[0].rhat));
}

TEST(Diagnosis, NamesTheTargetThatCannotBeMet)
{
    const Diagnosis d = diagnose(made::posterior({.out_of_reach = true}));
    EXPECT_TRUE(d.targets[0].met);
    EXPECT_FALSE(d.targets[1].met);
    EXPECT_LT(d.targets[1].observations[0].p, 0.001);
    EXPECT_LT(*d.targets[1].observations[0].prior_p, 0.01);
    EXPECT_LT(d.fitted->p, 0.001);
    EXPECT_GT(d.only_predicted->p, 0.05);
}

TEST(Diagnosis, LeavesOutRunsThatFailed)
{
    Posterior p = made::posterior();
    const double p_whole = diagnose(p).targets[0].observations[1].p;
    for (std::size_t i = 1; i < p.posterior_predictive.values.size(); i += 30) p.posterior_predictive.values[i] = std::nan("");
    const Diagnosis some = diagnose(p);
    EXPECT_NEAR(some.targets[0].observations[1].p, p_whole, 0.05);
    EXPECT_TRUE(some.only_predicted);
    for (std::size_t i = 1; i < p.posterior_predictive.values.size(); i += 3) p.posterior_predictive.values[i] = std::nan("");
    const Diagnosis none = diagnose(p);
    EXPECT_TRUE(std::isnan(none.targets[0].observations[1].p));
    EXPECT_FALSE(none.only_predicted);
    p.posterior_predictive = {};
    EXPECT_TRUE(diagnose(p).targets.empty());
}

} // namespace
} // namespace entente
