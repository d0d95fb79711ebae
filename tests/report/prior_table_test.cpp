// What calibration changed, by numbers made by hand.
#include "report/prior_table.hpp"
#include "made_answer.hpp"
#include "report/lines.hpp"
#include "report/words.hpp"
#include <gtest/gtest.h>

namespace entente::report {
namespace {

TEST(PriorTable, HasBothSharesOfEachClassAndTheirDifference)
{
    const std::vector<std::string> lines = split(prior_table(made_prior_effects(), 124, {}), '\n');
    ASSERT_EQ(lines.size(), 9u) << "eight lines";
    EXPECT_EQ(lines[0], "What calibration changed: % of 1,664 futures in 2045Q1, paired by their chance");
    EXPECT_EQ(lines[1], "                 posterior  priors  difference, ± half its 95 % interval");
    EXPECT_EQ(lines[2], "  alliance             1.0     1.0  +0.0 ±0.2");
    EXPECT_EQ(lines[3], "  alignment             37      32  +5.0 ±2.1");
    EXPECT_EQ(lines[4], "  transactional         55      59  -4.0 ±2.0");
    EXPECT_EQ(lines[6], "  rupture              2.0     2.5  -0.5 ±1.0");
    EXPECT_EQ(lines[7], "Beyond chance it moves alignment +5.0, transactional -4.0 points.") << "vassal +1.0 ±0.8 is one of seven that are looked at";
}

TEST(PriorTable, SaysSoIfNothingMoves)
{
    PriorEffects none = made_prior_effects();
    for (auto* all : {&none.classes, &none.orientations})
        for (auto& date : *all)
            for (PriorEffect& e : date) e.difference = {.mean = 0.01, .low = -0.01, .high = 0.03};
    EXPECT_NE(prior_table(none, 124, {}).find("\nCalibration moves no share beyond chance.\n"), std::string::npos) << prior_table(none, 124, {});
    EXPECT_EQ(prior_table(none, 99, {}), "") << "no such date";
    none.pairs = 0;
    EXPECT_EQ(prior_table(none, 124, {}), "");
}

} // namespace
} // namespace entente::report
