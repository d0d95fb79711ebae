// What drives an outcome: luck's share, ranks, failed rows, series, groups, and a screen's effects.
#include "analysis/sensitivity.hpp"
#include "analysis/screen_effects.hpp"
#include "core/quarter.hpp"
#include "hashed.hpp"
#include "known_functions.hpp"
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace entente {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

InputColumn bell(const char* name, std::size_t rows, std::uint64_t seed)
{
    InputColumn c{.name = name, .kind = Factor::Kind::number, .choices = {}, .value = {}, .sets = ""};
    for (std::size_t i = 0; i < rows; ++i) c.value.push_back(hashed_bell(seed, i));
    return c;
}

TEST(Index, RanksAreSharedWhereIntervalsOverlap)
{
    const std::vector<Index> all = {{0.5, 0.4, 0.6}, {0.1, 0.05, 0.15}, {0.45, 0.39, 0.5}, {}, {0.01, -0.1, 0.2}};
    const std::vector<Rank> ranks = ranks_of(all);
    EXPECT_EQ(ranks[0].best, 1u);
    EXPECT_EQ(ranks[0].worst, 2u);
    EXPECT_EQ(ranks[2].best, 1u);
    EXPECT_EQ(ranks[1].best, 3u);
    EXPECT_EQ(ranks[1].worst, 4u);
    EXPECT_EQ(ranks[3].best, 0u);
    EXPECT_TRUE(is_no_share(all[4]) && !is_no_share(all[1]) && is_zero(Index{-0.1, -0.2, 0.1}) && !is_zero(Index{-0.1, -0.2, -0.05}));
}

/// y = point + 2 luck that all share + luck of its own: variances 1, 4 and 1, so that five sixths are luck.
TEST(SeedShare, IsTheVarianceThatNoPointExplains)
{
    constexpr std::size_t points = 300, replicates = 60;
    std::vector<double> y;
    for (std::size_t r = 0; r < replicates; ++r)
        for (std::size_t p = 0; p < points; ++p) y.push_back(hashed_bell(1, p) + 2 * hashed_bell(2, r) + hashed_bell(3, r * points + p));
    const SeedShare s = seed_share(y, replicates);
    EXPECT_LT(s.share.low, 5.0 / 6);
    EXPECT_GT(s.share.high, 5.0 / 6);
    EXPECT_NEAR(s.share.value, 5.0 / 6, 0.05);
    EXPECT_NEAR(s.common, 4.0 / 6, 0.1);
    EXPECT_LT(s.share.high - s.share.low, 0.2);
    y[5] = none;
    EXPECT_EQ(seed_share(y, replicates).points, points - 1);
}
/// By hand: points 0 and 2 in replicates that differ by 0: no luck. The reverse: all luck.
TEST(SeedShare, KnowsBothEnds)
{
    EXPECT_EQ(seed_share(std::vector<double>{0, 2, 0, 2, 0, 2}, 3).share.value, 0);
    EXPECT_EQ(seed_share(std::vector<double>{0, 0, 2, 2, 1, 1}, 3).share.value, 1);
    EXPECT_TRUE(std::isnan(seed_share(std::vector<double>{0, 2}, 1).share.value));
    EXPECT_TRUE(std::isnan(seed_share(std::vector<double>(6, 7), 3).share.value));
    EXPECT_THROW(seed_share(std::vector<double>(7), 3), std::invalid_argument);
}
/// 300 tables of 60 points and 10 replicates whose luck is three quarters: with alpha = 1e-6 a binomial count at .95 lies within 4.9 standard errors, 18 of 300; 12 more are allowed, since mean squares are
/// not quite chi-squared.
TEST(SeedShare, IntervalsCover)
{
    const auto held = [](double share) {
        std::size_t n = 0;
        for (std::uint64_t repeat = 0; repeat < 300; ++repeat) {
            std::vector<double> y;
            for (std::size_t r = 0; r < 10; ++r)
                for (std::size_t p = 0; p < 60; ++p)
                    y.push_back(hashed_bell(3 * repeat, p) + hashed_bell(3 * repeat + 1, r) + std::sqrt(2.0) * hashed_bell(3 * repeat + 2, r * 60 + p));
            const Index i = seed_share(y, 10).share;
            n += i.low <= share && share <= i.high ? 1 : 0;
        }
        return n;
    };
    EXPECT_GE(held(0.75), 255u);
    EXPECT_LT(held(0.55), 255u);
}

TEST(Sensitivity, MeansDropAReplicateForAllRowsThatAreHeldAgainstEachOther)
{
    const std::vector<double> y = {1, 2, 3, 4, /**/ none, 6, 7, 8};               // two replicates of four rows
    EXPECT_EQ(means_over_replicates(y, 2, 2), (std::vector<double>{3, 4, 5, 6})); // the first replicate lies 2 below the mean of both
    EXPECT_TRUE(std::isnan(means_over_replicates(std::vector<double>{1, none}, 1, 1)[1]));
}

TEST(Sensitivity, FindsSeriesOfOneQuantity)
{
    const std::vector<OutcomeSeries> s = series_in({"mean trust at 2030Q1", "rupture by 2045Q1", "mean trust at 2028", "mean trust from 2030Q1 to 2031Q1", "rupture by 2040Q1"});
    ASSERT_EQ(s.size(), 2u);
    EXPECT_EQ(s[0].name, "mean trust");
    EXPECT_EQ(s[0].outcomes, (std::vector<std::size_t>{2, 0}));
    EXPECT_EQ(quarter_name(s[0].quarters[0]), "2028Q1");
    EXPECT_EQ(s[1].outcomes, (std::vector<std::size_t>{4, 1}));
}

TEST(Index, IsJudgedAmongOthers)
{
    const Index one{1, 0, 3}, of_136 = held_among(one, 136); // normal quantiles 1.960 and 3.562
    EXPECT_NEAR(of_136.low, 1 - 1 * 3.56228 / 1.95996, 1e-3);
    EXPECT_NEAR(of_136.high, 1 + 2 * 3.56228 / 1.95996, 1e-3);
    EXPECT_EQ(held_among(one, 1).low, 0);
    EXPECT_FALSE(held_among({.value = 1}, 136).has_interval());
    EXPECT_NEAR(chance_of_share({1, 0, 2}), 0.025, 1e-9);
    EXPECT_EQ(chance_of_share({1, 0, 2, 0.5}), 0.5);
    const std::vector<Index> two = {{3, 2.0, 4.0}, {1, 0.1, 1.9}};
    EXPECT_FALSE(ranks_of(two)[0].is_shared());
    EXPECT_TRUE(ranks_among(two)[0].is_shared()); // each is 1.14 times as wide
}

/// 136 inputs and an outcome with nothing in common: by themselves some 3 are beyond their 95 % intervals, of all together in 5 % of such tables one is.
TEST(Sensitivity, NamesNoneOfManyInputsThatDoNothing)
{
    SensitivityRows rows{.inputs = {}, .outcomes = {}};
    std::vector<double> y;
    for (std::size_t i = 0; i < 800; ++i) y.push_back(hashed_bell(999, i));
    for (std::uint64_t k = 0; k < 136; ++k) rows.inputs.push_back(bell(fmt::format("x{}", k).c_str(), 800, 1000 + k));
    for (const bool with_one : {false, true}) {
        for (std::size_t i = 0; with_one && i < 800; ++i) y[i] += 0.6 * rows.inputs[7].value[i];
        rows.outcomes = {{"y", false, y, false}};
        const Sensitivity s = sensitivity_of(rows, {.given = {}, .slices = 10, .resampling = {.resamples = 10, .seed = 1, .threads = 2}});
        const GivenIndices& given = *s.outcomes[0].given;
        std::size_t alone = 0;
        for (const Index& i : given.first) alone += is_no_share(i) ? 0 : 1;
        const std::vector<bool> zero = given.zero();
        EXPECT_GT(alone, 0u);
        EXPECT_EQ(std::ranges::count(zero, false), with_one ? 1 : 0);
        EXPECT_EQ(zero[7], !with_one);
        EXPECT_EQ(std::ranges::count_if(given.pawn, [](const Pawn& p) { return !p.is_zero(); }), with_one ? 1 : 0);
    }
}

SensitivityRows given_rows(std::size_t rows)
{
    SensitivityRows all{.inputs = {bell("a", rows, 1), bell("b", rows, 2), bell("c", rows, 3)}, .outcomes = {}};
    all.inputs.push_back({.name = "same", .kind = Factor::Kind::number, .choices = {}, .value = std::vector<double>(rows, 4), .sets = ""});
    std::vector<double> y, share;
    for (std::size_t i = 0; i < rows; ++i) y.push_back(2 * all.inputs[0].value[i] + all.inputs[1].value[i] + hashed_bell(4, i)), share.push_back(y.back() > 1 ? 1 : 0);
    all.outcomes = {{"number", false, y, false}, {"share", true, share, false}, {"never", true, std::vector<double>(rows), false}};
    all.groups = {{"ab", {0, 1}}, {"rest", {2, 3}}};
    return all;
}

TEST(Sensitivity, OfRunsAsTheyAre)
{
    SensitivityRows rows = given_rows(3000);
    for (std::size_t i = 0; i < 60; ++i) rows.outcomes[0].value[i * 7] = none;
    const Sensitivity s = sensitivity_of(rows, {.given = {}, .slices = 10, .resampling = {.resamples = 100, .seed = 1, .threads = 2}});
    EXPECT_EQ(s.constant, std::vector<std::string>{"same"});
    ASSERT_EQ(s.inputs.size(), 3u);
    const OutcomeIndices& number = s.outcomes[0];
    EXPECT_EQ(number.failed, 60u);
    EXPECT_NEAR(number.given->first[0].value, 4.0 / 6, 0.1);
    EXPECT_NEAR(number.given->curve[1].value, 1.0 / 6, 0.05);
    EXPECT_TRUE(is_no_share(number.given->strongest()[2]));
    EXPECT_NEAR(number.given->together.value, 5.0 / 6, 0.02);
    EXPECT_NEAR(number.given->groups[0].value, 5.0 / 6, 0.02);
    EXPECT_TRUE(is_no_share(number.given->groups[1]));
    EXPECT_FALSE(number.given->pawn[0].is_zero());
    EXPECT_EQ(number.given->regional[0].direction, 1);
    EXPECT_TRUE(number.given->split.has_value());
    EXPECT_TRUE(number.given->delta.empty());
    EXPECT_FALSE(s.outcomes[1].given->split.has_value());
    EXPECT_TRUE(s.outcomes[2].is_always_the_same);
    EXPECT_FALSE(s.outcomes[2].given.has_value());
    for (std::size_t i = 0; i < 151; ++i) rows.outcomes[0].value[i] = none;
    EXPECT_NE(sensitivity_of(rows, {}).outcomes[0].fault.find("more than 5 %"), std::string::npos);
    rows.outcomes[1].value.assign(3000, 0), rows.outcomes[1].value[3] = 1;
    EXPECT_NE(sensitivity_of(rows, {}).outcomes[1].fault.find("it holds in 1 of 3000"), std::string::npos);
    EXPECT_THROW(sensitivity_of(given_rows(19), {}), std::invalid_argument);
    rows.inputs = {rows.inputs[3]}, rows.groups.clear();
    EXPECT_THROW(sensitivity_of(rows, {}), std::invalid_argument);
}

TEST(Sensitivity, OfASaltelliDesignWithReplicates)
{
    const Design design = known::design(designs::saltelli, 2, 256);
    SensitivityRows rows{.inputs = {bell("x1", design.points, 1), bell("x2", design.points, 2)}, .layout = SensitivityRows::Layout::saltelli, .replicates = 4, .outcomes = {}};
    for (const int date : {0, 1}) {
        std::vector<double> y;
        for (std::size_t r = 0; r < 4; ++r)
            for (std::size_t p = 0; p < design.points; ++p) y.push_back((2 - date) * design.u[p * 2] + date * design.u[p * 2 + 1] + 5 * hashed_bell(7, r));
        rows.outcomes.push_back({fmt::format("mean y at 203{}Q1", date), false, y, false});
    }
    rows.outcomes[0].value[1] = none; // one of four replicates of the first base row
    rows.series = series_in({rows.outcomes[0].text, rows.outcomes[1].text});
    const Sensitivity s = sensitivity_of(rows, {.given = {}, .slices = 10, .resampling = {.resamples = 100, .seed = 1, .threads = 1}});
    EXPECT_EQ(s.outcomes[0].failed, 0u);
    EXPECT_NEAR(s.outcomes[0].sobol->first[0].value, 1, 0.02);
    EXPECT_NEAR(s.outcomes[1].sobol->total[0].value, 0.5, 0.05);
    EXPECT_GT(s.outcomes[1].seed.share.value, 0.9);
    ASSERT_EQ(s.series.size(), 1u);
    EXPECT_NEAR(s.series[0].first[0].value, 5.0 / 6, 0.05); // variances 4 and 1 + 1
    EXPECT_FALSE(s.outcomes[0].given.has_value());
}

TEST(Screen, TakesNoMoreThanTheLevelAllows)
{
    const double p[] = {0.001, 0.04, 0.2, 0.012, 0.9};
    EXPECT_EQ(discoveries(p, 0.05), (std::vector<bool>{true, false, false, true, false})); // .001 <= .01, .012 <= .02, .04 > .03
    EXPECT_EQ(discoveries({}, 0.05).size(), 0u);
}

TEST(Screen, PairsFutures)
{
    ScreenRuns scenario, arm;
    for (std::size_t i = 0; i < 100; ++i) {
        scenario.alignment_index.push_back(hashed_uniform(1, i)), scenario.code.push_back(2);
        arm.alignment_index.push_back(scenario.alignment_index[i] + 0.1 + 0.01 * hashed_bell(2, i)), arm.code.push_back(i < 20 ? 3 : 2);
    }
    const ArmEffect none_moved = arm_effect(scenario, scenario), moved = arm_effect(scenario, arm);
    EXPECT_TRUE(none_moved.moves_nothing);
    EXPECT_EQ(none_moved.p, 1);
    EXPECT_NEAR(moved.alignment_index.mean, 0.1, 0.005);
    EXPECT_NEAR(moved.classes[3].mean, 0.2, 0.01);
    EXPECT_LT(moved.p, 1e-6);
    arm.alignment_index[3] = none;
    EXPECT_EQ(arm_effect(scenario, arm).failed, 1u);
    arm.code.pop_back();
    EXPECT_THROW(arm_effect(scenario, arm), std::invalid_argument);
}

} // namespace
} // namespace entente
