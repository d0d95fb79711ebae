// What foretells an outcome: lines worked by hand, and that chance alone foretells nothing, since other runs judge than choose.
#include "analysis/signposts.hpp"
#include "hashed.hpp"
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

namespace entente {
namespace {

const double none = std::nan("");
using Found = Signposts::Found;

/// Runs in which the outcome comes in every third, 8 quarters later, or in one in nine 20 quarters later.
struct Made {
    std::vector<double> comes, quarters;
    std::vector<std::uint8_t> there;
    explicit Made(std::size_t runs) : comes(runs), quarters(runs, none), there(runs, 0)
    {
        for (std::size_t r = 0; r < runs; ++r)
            if (comes[r] = r % 3 == 0 ? 1 : 0; comes[r] == 1) quarters[r] = r % 9 == 0 ? 20 : 8;
    }
    Signposts of(const std::vector<SeenSign>& signs) const { return signposts(signs, comes, there, quarters); }
};

TEST(Signposts, FindTheLineOnOneHalfAndJudgeItOnTheOther)
{
    Made m(600);
    SeenSign sign{"trust", {}};
    // where it comes .2, but .5 in run 3 of every twelve, which is in the half that judges; where it does not .6, but .1 in run 5
    for (std::size_t r = 0; r < 600; ++r) sign.value.push_back(m.comes[r] == 1 ? (r % 12 == 3 ? 0.5 : 0.2) : r % 12 == 5 ? 0.1 : 0.6);
    const Signposts s = m.of({sign});
    EXPECT_EQ(s.found, Found::some);
    EXPECT_EQ(s.chosen_on, 300u);
    EXPECT_EQ(s.judged_on, 300u);
    EXPECT_NEAR(s.base.share, 1.0 / 3, 1e-12);
    ASSERT_EQ(s.signs.size(), 1u);
    const Signpost& p = s.signs[0];
    EXPECT_FALSE(p.rule.above);
    EXPECT_DOUBLE_EQ(p.rule.line, 0.4) << "halfway from .2 to .6: the half that chooses knows no .5 and no .1";
    EXPECT_EQ(p.found_auc, 1);
    EXPECT_EQ(p.judged.hits.count, 50u) << "of the 100 in which it comes half stand at .5";
    EXPECT_EQ(p.judged.hits.runs, 100u);
    EXPECT_EQ(p.judged.false_alarms.count, 50u) << "run 5 of every twelve";
    EXPECT_EQ(p.judged.false_alarms.runs, 200u);
    EXPECT_DOUBLE_EQ(p.judged.beyond.share, 0.5);
    EXPECT_DOUBLE_EQ(p.judged.short_of.share, 0.25);
    // below .6 lie .5 and .2: of 100 x 200 pairs those with a .6 (150) are won by all, those with a .1 (50) lost by all
    EXPECT_NEAR(p.ranked.auc.estimate, 0.75, 1e-12);
    EXPECT_LT(p.ranked.auc.low, 0.75);
    EXPECT_GT(p.ranked.auc.high, 0.75);
    EXPECT_EQ(p.judged.lead, 8) << "run 9 of every eighteen takes 20: a third of the hits";
    EXPECT_TRUE(p.stands);
}

TEST(Signposts, NoiseForetellsNothing)
{
    Made m(2000);
    std::vector<SeenSign> noise;
    for (std::uint32_t i = 0; i < 20; ++i) {
        noise.push_back({"noise", {}});
        for (std::uint32_t r = 0; r < 2000; ++r) noise.back().value.push_back(hashed_uniform(1000 * i + 7, r));
    }
    const Signposts s = m.of(noise); // alpha .001 over all of them
    EXPECT_EQ(s.found, Found::none);
    EXPECT_FALSE(s.pair);
    EXPECT_GT(s.signs[0].found_auc, 0.52) << "the best of twenty looks good to the half that chose it";
    // a twin: one sign that knows a little
    for (std::size_t r = 0; r < 2000; ++r) noise[17].value[r] += 0.5 * m.comes[r];
    const Signposts with = m.of(noise);
    EXPECT_EQ(with.found, Found::some);
    EXPECT_EQ(with.signs[0].rule.sign, 17u);
    EXPECT_EQ(std::ranges::count_if(with.signs, &Signpost::stands), 1);
    EXPECT_FALSE(with.pair);
}

// A sign that fits the half that chooses, and is noise in the other.
TEST(Signposts, WhatFitsTheHalfThatChoseAloneDoesNotStand)
{
    Made m(2000);
    SeenSign sign{"overfitted", {}};
    for (std::uint32_t r = 0; r < 2000; ++r) sign.value.push_back(r % 2 == 0 ? m.comes[r] : hashed_uniform(3, r));
    const Signposts s = m.of({sign});
    EXPECT_EQ(s.signs[0].found_auc, 1);
    EXPECT_FALSE(s.signs[0].stands);
    EXPECT_EQ(s.found, Found::none);
}

// The outcome comes where both are high: either alone gives false alarms.
TEST(Signposts, TwoTogetherSayMore)
{
    Made m(4000);
    SeenSign a{"a", {}}, b{"b", {}};
    for (std::uint32_t r = 0; r < 4000; ++r) {
        a.value.push_back(hashed_uniform(11, r)), b.value.push_back(hashed_uniform(12, r));
        m.comes[r] = a.value[r] > 0.5 && b.value[r] > 0.5 ? 1 : 0;
        m.quarters[r] = 4;
    }
    const Signposts s = m.of({a, b});
    ASSERT_TRUE(s.pair);
    EXPECT_TRUE(s.pair->both);
    EXPECT_NEAR(s.pair->a.line, 0.5, 0.03);
    EXPECT_NEAR(s.pair->b.line, 0.5, 0.03);
    EXPECT_GT(s.pair->judged.youden(), 0.9);
    EXPECT_LT(s.signs[0].judged.youden(), 0.75);
    EXPECT_NEAR(s.pair->gain.estimate, s.pair->judged.youden() - s.signs[0].judged.youden(), 1e-12);
    EXPECT_GT(s.pair->gain.low, 0);
}

TEST(Signposts, LeaveOutWhatWasThereAndWhatFailed)
{
    Made m(600);
    SeenSign sign{"x", m.comes}, same{"same", std::vector<double>(600, 2.0)};
    m.comes[0] = none, m.there[3] = 1, m.there[6] = 1;
    const Signposts s = m.of({sign, same});
    EXPECT_EQ(s.failed, 1u);
    EXPECT_EQ(s.already, 2u);
    EXPECT_EQ(s.base.runs, 597u);
    EXPECT_EQ(s.base.count, 197u);
    EXPECT_EQ(s.constant, (std::vector<std::size_t>{1}));
    EXPECT_DOUBLE_EQ(s.signs[0].rule.line, 0.5);
    EXPECT_TRUE(s.signs[0].rule.above);
}

TEST(Signposts, SayWhereThereIsNothingToForetell)
{
    Made m(300);
    const SeenSign sign{"x", std::vector<double>(300, 1.0)};
    Made never = m, always = m, rare = m, gone = m;
    std::ranges::fill(never.comes, 0), std::ranges::fill(always.comes, 1), std::ranges::fill(rare.comes, 0), std::ranges::fill(gone.there, 1);
    for (std::size_t r = 0; r < 38; ++r) rare.comes[r] = 1;
    EXPECT_EQ(never.of({sign}).found, Found::never);
    EXPECT_EQ(always.of({sign}).found, Found::always);
    EXPECT_EQ(rare.of({sign}).found, Found::too_few) << "19 in each half";
    EXPECT_EQ(gone.of({sign}).found, Found::never);
    EXPECT_EQ(gone.of({sign}).already, 300u);
    EXPECT_THROW(m.of({{"short", {1, 2}}}), std::invalid_argument);
}

} // namespace
} // namespace entente
