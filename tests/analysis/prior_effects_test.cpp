// What calibration changed, by futures made by hand.
#include "analysis/prior_effects.hpp"
#include <gtest/gtest.h>

namespace entente {
namespace {

constexpr std::uint8_t alignment = 3, transactional = 2, vassal_in_alignment = 3 + 8;

TEST(PriorEffects, AreSharesOfBothAndPairedDifferences)
{
    // eight futures at two dates; of the last two one failed on either side
    const PriorRuns runs{.futures = 8,
                         .quarters = {64, 124},
                         .outcome = {3, 3, 3, 3, 2, 2, 0, 0, /**/ 3, 3, 2, 2, 2, 2,
                                     0, 0, // 2030Q1: posterior, priors
                                     3, 3, 3, 3, 3, 3, 0, 0, /**/ 3, 3, 3, 3, 3, vassal_in_alignment,
                                     0, 0},
                         .whole = {1, 1, 1, 1, 1, 1, 0, 1, /**/ 1, 1, 1, 1, 1, 1, 1, 0}};
    const PriorEffects effects = prior_effects(runs);
    EXPECT_EQ(effects.futures, 8u);
    EXPECT_EQ(effects.pairs, 6u);
    EXPECT_EQ(effects.dates, (std::vector<int>{64, 124}));
    const PriorEffect& aligned = effects.classes[0][alignment];
    EXPECT_EQ(aligned.posterior.count, 4u);
    EXPECT_EQ(aligned.posterior.runs, 6u);
    EXPECT_EQ(aligned.priors.count, 2u);
    EXPECT_DOUBLE_EQ(aligned.difference.mean, 2 / 6.0);
    const Effect by_hand = effect_on_share(2, 0, 6);
    EXPECT_EQ(aligned.difference.low, by_hand.low);
    EXPECT_EQ(aligned.difference.high, by_hand.high);
    EXPECT_DOUBLE_EQ(effects.classes[0][transactional].difference.mean, -2 / 6.0);
    EXPECT_EQ(effects.classes[0][0].posterior.count, 0u) << "a future that failed on one side is left out on both";
    EXPECT_EQ(effects.classes[1][alignment].difference.mean, 0);
    EXPECT_LT(effects.classes[1][alignment].difference.low, 0) << "pairs that never part have an interval too";
    EXPECT_DOUBLE_EQ(effects.orientations[1][1].difference.mean, -1 / 6.0);
}

TEST(PriorEffects, OfNoFuturesAreNone)
{
    const PriorEffects effects = prior_effects({.futures = 1, .quarters = {64}, .outcome = {3, 3}, .whole = {0, 1}});
    EXPECT_EQ(effects.pairs, 0u);
    EXPECT_EQ(effects.classes[0][alignment].difference.mean, 0);
}

} // namespace
} // namespace entente
