#include "analysis/driver_effects.hpp"
#include <cmath>
#include <gtest/gtest.h>

namespace entente {

// Agresti and Min (2005), by hand: n = 96, 10 gained, 2 lost; with half a pair in each of four ways n = 98, 10.5 and 2.5: a shift of 8/98 = .0816327 and an error of
// sqrt((13/98 - .0816327^2)/98) = .0358553, so .0113 to .1519 about it. The effect itself is 8/96.
TEST(EffectOnShare, HasAnIntervalWithHalfAPairAddedToEachWay)
{
    const Effect e = effect_on_share(10, 2, 96);
    EXPECT_DOUBLE_EQ(e.mean, 8.0 / 96);
    EXPECT_NEAR(e.low, 0.0816327 - 1.959964 * 0.0358553, 2e-6);
    EXPECT_NEAR(e.high, 0.0816327 + 1.959964 * 0.0358553, 2e-6);
    const Effect back = effect_on_share(2, 10, 96);
    EXPECT_DOUBLE_EQ(back.mean, -e.mean) << "the other way round";
    EXPECT_DOUBLE_EQ(back.low, -e.high);
}

TEST(EffectOnShare, IsNotCertainWherePairsNeverPart)
{
    const Effect e = effect_on_share(0, 0, 98); // half a pair each way: 1/100, error sqrt(.01/100) = .01
    EXPECT_EQ(e.mean, 0);
    EXPECT_NEAR(e.high, 1.959964 * 0.01, 1e-8);
    EXPECT_DOUBLE_EQ(e.low, -e.high);
    EXPECT_EQ(effect_on_share(3, 0, 3).high, 1) << "no share rises by more than one";
}

TEST(EffectOnMean, IsStudentsT)
{
    const Effect e = effect_on_mean({0.1, 0.3, 0.2, 0.4}); // mean .25, sd .129099, error .0645497, t(3) = 3.182446
    EXPECT_NEAR(e.mean, 0.25, 1e-15);
    EXPECT_NEAR(e.low, 0.25 - 3.182446 * 0.0645497, 1e-6);
    EXPECT_NEAR(e.high, 0.25 + 3.182446 * 0.0645497, 1e-6);
    const Effect same = effect_on_mean({0, 0, 0});
    EXPECT_EQ(same.low, 0) << "a dial that moves nothing";
    EXPECT_EQ(same.high, 0);
}

/// Three futures. In each arm the index is that of the first arm plus a hundredth of the arm's number, and the first future is an alliance instead of a transaction in every
/// arm but the first. The second future failed in the arm of the second thing's high end, and is a western turn everywhere.
static DialRuns made()
{
    DialRuns r{.futures = 3, .quarter = 124, .own = {0.5, 0.8, 0.5, 0.5}};
    for (std::size_t driver = 0; driver < drivers.size(); ++driver)
        for (std::size_t arm = 0; arm < dial_arms; ++arm)
            for (int i = 0; i < 3; ++i) r.variable.push_back(static_cast<float>(static_cast<double>(driver) + 0.25 * static_cast<double>(arm) + i));
    for (std::size_t arm = 0; arm < dial_arms; ++arm)
        for (int i = 0; i < 3; ++i) {
            r.alignment_index.push_back(static_cast<float>(0.5 + 0.125 * i) + 0.01f * static_cast<float>(arm));
            r.outcome.push_back(i == 1 ? 2 + 16 : i == 0 && arm > 0 ? 4 : 2);
            r.whole.push_back(i != 1 || arm != arm_of(1, 1));
        }
    return r;
}

TEST(DriverEffects, AreThoseOfEachArmAgainstTheFirst)
{
    const DriverEffects all = driver_effects(made());
    ASSERT_EQ(all.drivers.size(), turned.size());
    EXPECT_EQ(all.futures, 3u);
    EXPECT_EQ(all.quarter, 124);
    for (std::size_t what = 0; what < turned.size(); ++what) {
        const DriverEffect& driver = all.drivers[what];
        const std::size_t d = turned[what].driver;
        EXPECT_EQ(driver.name, name_of(turned[what]));
        EXPECT_EQ(driver.alone, turned[what].alone != nullptr);
        EXPECT_EQ(driver.variable, drivers[d].variable);
        EXPECT_DOUBLE_EQ(driver.dial, d == 1 ? 0.8 : 0.5);
        EXPECT_DOUBLE_EQ(driver.level, static_cast<double>(d) + 1) << "of 0, 1 and 2";
        for (const auto& [end, effect] : {std::pair{0u, &driver.low}, std::pair{1u, &driver.high}}) {
            const bool failed = what == 1 && end == 1;
            const double arm = static_cast<double>(arm_of(what, end)), pairs = failed ? 2 : 3;
            EXPECT_EQ(effect->dial, end);
            EXPECT_NEAR(effect->variable, static_cast<double>(d) + 0.25 * arm + 1, 1e-12) << "without the middle one that failed the mean is the same";
            EXPECT_NEAR(effect->alignment_index.mean, 0.01 * arm, 1e-7);
            EXPECT_DOUBLE_EQ(effect->classes[4].mean, 1 / pairs);
            EXPECT_DOUBLE_EQ(effect->classes[2].mean, -1 / pairs);
            EXPECT_DOUBLE_EQ(effect->classes[4].high, effect_on_share(1, 0, failed ? 2 : 3).high);
            EXPECT_EQ(effect->classes[0].mean, 0);
            EXPECT_EQ(effect->orientations[2].mean, 0) << "western turn before and after";
            EXPECT_EQ(effect->classes.size(), 5u);
            EXPECT_EQ(effect->orientations.size(), 3u);
        }
    }
}

} // namespace entente
