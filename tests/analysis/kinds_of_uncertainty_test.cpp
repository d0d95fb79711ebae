// The kinds of uncertainty told apart: by hand, on readings that are made up, and whether their intervals hold.
#include "analysis/kinds_of_uncertainty.hpp"
#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace entente {
namespace {

// By hand. 32 readings of 33 futures, 16 of each of two alternatives: shares 9/33 and 15/33 of eight each under one, 18/33 and 24/33 under the other. In 33rds the means are 12 and 21, the grand mean
// 16.5: TSS = 32 (4.5^2 + 3^2) = 936, RSS = 32 * 9 = 288, over 33^2. n = 32, p = 2: s2 = 288/30 = 9.6, structures (936 - 288)/31 - 9.6/31 = 20.593548, both over 1089. Chance: the mean of
// share (1 - share)/32 = (9*24 + 15*18 + 18*15 + 24*9)/4/1089/32 = 243/1089/32.
TEST(SpreadOfReadings, IsAnAnalysisOfVarianceByHand)
{
    std::vector<std::uint8_t> structure(64);
    std::vector<std::uint32_t> seen(32), counted(32, 33);
    for (std::size_t i = 0; i < 32; ++i) structure[i] = i < 16 ? 0 : 1, seen[i] = i < 8 ? 9u : i < 16 ? 15u : i < 24 ? 18u : 24u;
    for (std::size_t i = 0; i < 32; ++i) structure[32 + i] = 3; // the scenario has changed it: it stands still
    const auto spread = spread_of_readings(structure, seen, counted);
    ASSERT_TRUE(spread.has_value());
    EXPECT_NEAR(spread->structures.variance, 20.593548387 / 1089, 1e-11);
    EXPECT_NEAR(spread->chance, 243.0 / 1089 / 32, 1e-14);
    EXPECT_NEAR(spread->parameters.variance, 9.6 / 1089 - 243.0 / 1089 / 32, 1e-14);
    EXPECT_NEAR(spread->structures.variance + spread->parameters.variance, 936.0 / 1089 / 31 - spread->chance, 1e-14) << "together all that readings differ by";
    EXPECT_EQ(spread->readings, 32u);
    // The jackknife by making every fit again, here of parameters: leaving one out takes its square about the mean of the fifteen that stay.
    const auto without = [&](std::size_t gone) {
        std::vector<std::uint32_t> all = counted;
        all[gone] = 0;
        return spread_of_readings(structure, seen, all)->parameters.variance; // below 32 readings, above 30
    };
    double mean = 0, squares = 0;
    for (std::size_t i = 0; i < 32; ++i) mean += without(i) / 32;
    for (std::size_t i = 0; i < 32; ++i) squares += std::pow(without(i) - mean, 2);
    EXPECT_NEAR(spread->parameters.standard_error, std::sqrt(squares * 31 / 32), 1e-13);
    EXPECT_NEAR(spread->structures.sd(), std::sqrt(20.593548387 / 1089), 1e-10);
    EXPECT_LT(spread->structures.low(), spread->structures.sd());
    EXPECT_GT(spread->structures.high(), spread->structures.sd());
    EXPECT_EQ((VariancePart{-1, 0.1}).sd(), 0) << "no variance is below zero";
    EXPECT_EQ((VariancePart{-1, 0.1}).high(), 0);
}

TEST(SpreadOfReadings, NeedsReadingsEnough)
{
    const std::vector<std::uint8_t> structure(29);
    EXPECT_FALSE(spread_of_readings(structure, std::vector<std::uint32_t>(29, 3), std::vector<std::uint32_t>(29, 32)).has_value());
    EXPECT_FALSE(spread_of_readings({}, {}, {}).has_value());
    std::vector<std::uint8_t> many(36);
    for (std::size_t i = 0; i < 36; ++i) many[i] = static_cast<std::uint8_t>(i % 18);
    EXPECT_FALSE(spread_of_readings(many, std::vector<std::uint32_t>(36, 3), std::vector<std::uint32_t>(36, 32)).has_value()) << "18 alternatives";
    const auto never = spread_of_readings(std::vector<std::uint8_t>(40), std::vector<std::uint32_t>(40, 0), std::vector<std::uint32_t>(40, 32));
    ASSERT_TRUE(never.has_value());
    EXPECT_EQ(never->structures.variance, 0);
    EXPECT_EQ(never->parameters.variance, 0) << "never true: no division by zero";
    // The only reading of its alternative takes it with it.
    std::vector<std::uint8_t> one(40);
    one[7] = 1;
    std::vector<std::uint32_t> seen(40, 10);
    seen[7] = 30, seen[3] = 12;
    EXPECT_TRUE(std::isfinite(spread_of_readings(one, seen, std::vector<std::uint32_t>(40, 32))->structures.standard_error));
}

/// Readings of two structures, of two and three alternatives: .4, -.1 under the first's other answer, -.05, 0, .05 by the second's; +- `parameters` by a fair coin; 32 futures each.
std::vector<std::uint32_t> made_readings(std::mt19937_64& random, std::vector<std::uint8_t>& structure, std::size_t n, double parameters)
{
    const auto uniform = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
    structure.assign(2 * n, 0);
    std::vector<std::uint32_t> seen(n);
    for (std::size_t i = 0; i < n; ++i) {
        structure[i] = static_cast<std::uint8_t>(2 * uniform()), structure[n + i] = static_cast<std::uint8_t>(3 * uniform());
        const double share = 0.4 - 0.1 * structure[i] + 0.05 * (structure[n + i] - 1) + (uniform() < 0.5 ? -parameters : parameters);
        for (int future = 0; future < 32; ++future) seen[i] += uniform() < share;
    }
    return seen;
}

// Structures: .05^2 + .05^2 * 2/3 = .0041667; parameters .08^2 = .0064. 400 ensembles of 200 readings: means of the estimates within 4.89 of their standard errors (alpha 1e-6), intervals of the
// standard deviations hold the truth in 95 % +- 4.89 * .0109 (a jackknife's are approximate; .02 more). The twin takes chance for parameters: .0064 + .0069.
TEST(SpreadOfReadings, IsUnbiasedAndItsIntervalsHold)
{
    constexpr int repeats = 400;
    const double structures = 0.0025 + 0.0025 * 2 / 3, parameters = 0.0064;
    std::mt19937_64 random(17);
    std::vector<std::uint8_t> structure;
    double sum_s = 0, sum_p = 0, squares_s = 0, squares_p = 0, chance = 0;
    int holds_s = 0, holds_p = 0, twin = 0;
    for (int i = 0; i < repeats; ++i) {
        const std::vector<std::uint32_t> seen = made_readings(random, structure, 200, 0.08);
        const ReadingSpread s = *spread_of_readings(structure, seen, std::vector<std::uint32_t>(200, 32));
        sum_s += s.structures.variance, squares_s += s.structures.variance * s.structures.variance, sum_p += s.parameters.variance,
            squares_p += s.parameters.variance * s.parameters.variance;
        chance += s.chance / repeats;
        holds_s += s.structures.low() <= std::sqrt(structures) && std::sqrt(structures) <= s.structures.high();
        holds_p += s.parameters.low() <= 0.08 && 0.08 <= s.parameters.high();
        twin += s.parameters.low() <= std::sqrt(parameters + s.chance) && std::sqrt(parameters + s.chance) <= s.parameters.high();
    }
    const auto error = [](double sum, double squares) { return std::sqrt((squares / repeats - sum / repeats * (sum / repeats)) / repeats); };
    EXPECT_NEAR(sum_s / repeats, structures, 4.89 * error(sum_s, squares_s));
    EXPECT_NEAR(sum_p / repeats, parameters, 4.89 * error(sum_p, squares_p));
    EXPECT_GT(std::abs(sum_p / repeats - parameters - chance), 4.89 * error(sum_p, squares_p)) << "a twin: chance is taken out";
    EXPECT_NEAR(holds_s / double(repeats), 0.95, 4.89 * 0.0109 + 0.02);
    EXPECT_NEAR(holds_p / double(repeats), 0.95, 4.89 * 0.0109 + 0.02);
    EXPECT_LT(twin / double(repeats), 0.8);
}

// Beta(10.5, 90.5): variance 10.5 * 90.5 / (101^2 * 102).
TEST(MonteCarloError, IsThatOfJeffreysDistribution)
{
    EXPECT_NEAR(monte_carlo_error(share_of(10, 100)), std::sqrt(10.5 * 90.5 / 102) / 101, 1e-15);
    EXPECT_GT(monte_carlo_error(share_of(0, 100)), 0) << "none of a hundred may be some of a thousand";
}

TEST(AllUncertainty, CountsClassesOverOrientations)
{
    ReadingRuns runs{.readings = 40, .quarters = {124}};
    runs.structure.assign(40, 0), runs.code_count.assign(32 * 40, 0), runs.event_count.assign(describe().events.size() * 40, 8), runs.counted.assign(40, 32);
    for (std::size_t i = 0; i < 40; ++i) runs.code_count[3 * 40 + i] = 4, runs.code_count[(3 + 8) * 40 + i] = 12 + (i % 2) * 10, runs.code_count[2 * 40 + i] = 16 - (i % 2) * 10;
    const std::vector<std::vector<Share>> classes(1, std::vector<Share>(outcome_classes, share_of(10, 100))), turns(1, std::vector<Share>(orientations, share_of(10, 100)));
    const AllUncertainty all = all_uncertainty(classes, turns, std::vector<Share>(describe().events.size(), share_of(10, 100)), &runs);
    const double within = (0.25 + 26.0 / 32 * 6 / 32) / 2 / 31;
    EXPECT_NEAR(all.classes[0][3].spread->parameters.variance, 40.0 / 39 * std::pow(5.0 / 32, 2) - within, 1e-12);
    EXPECT_EQ(all.classes[0][3].spread->structures.variance, 0);
    EXPECT_GT(all.orientations[0][1].spread->parameters.variance, 0);
    EXPECT_LE(all.events[0].spread->parameters.variance, 0) << "all alike, less than chance alone";
    EXPECT_FALSE(all_uncertainty(classes, turns, {}, nullptr).classes[0][3].spread.has_value());
}

// The chance of an outcome is .5 + .3 x with x uniform on -1 to 1: standard deviation .3 / sqrt(3) = .1732. 20,000 runs, an input without effect and one that stands still. The variance explained has
// a standard error of about 2 * .1732 * .5 / sqrt(20000) = .0012: alpha 1e-6 allows .0060 of .03, so .0181 of the deviation. An even function of x is seen by no straight line.
TEST(StraightLines, FindWhatInputsDoToAChance)
{
    constexpr std::size_t n = 20000;
    std::mt19937_64 random(23);
    const auto uniform = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
    std::vector<std::vector<double>> inputs(3, std::vector<double>(n, 7)), outcomes(3, std::vector<double>(n));
    for (std::size_t i = 0; i < n; ++i) {
        inputs[0][i] = 2 * uniform() - 1, inputs[1][i] = uniform();
        outcomes[0][i] = uniform() < 0.5 + 0.3 * inputs[0][i], outcomes[1][i] = uniform() < 0.9 * inputs[0][i] * inputs[0][i];
    }
    const auto sd = straight_line_spread(inputs, outcomes);
    ASSERT_TRUE(sd.has_value());
    EXPECT_NEAR((*sd)[0], 0.3 / std::sqrt(3), 0.0181);
    EXPECT_LT((*sd)[1], 0.03);
    EXPECT_EQ((*sd)[2], 0) << "never true";
    EXPECT_GT(std::abs((*sd)[0] - 0.3), 0.0181) << "a twin";
    EXPECT_FALSE(straight_line_spread(std::vector<std::vector<double>>(4, {1, 2, 3, 4, 5}), {{0, 1, 0, 1, 1}}).has_value()) << "too few runs";
}

} // namespace
} // namespace entente
