// Two measures of two policies, made by hand: the second policy is better by one, the first by the other.
#include "report/robustness.hpp"
#include "report/documents.hpp"
#include "report/lines.hpp"
#include <gtest/gtest.h>
#include <limits>

namespace entente::report {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN(), unbounded = std::numeric_limits<double>::infinity();

const Ranked ranked{.title = "Made by hand", .outcome = "mean trust at 2030", .policies = {"as it is", "b"}, .points = 9};
Robustness by_hand()
{
    return {.measures = {{.name = "maximin",
                          .meaning = "the worst point",
                          .direction = Direction::more_is_better,
                          .value = {0.25, 0.5},
                          .low = {0.125, 0.25},
                          .high = {0.375, 0.75},
                          .bias = {0.01, -0.01},
                          .rank = {2, 1},
                          .swap = {{0, 0.75}, {0.25, 0}}},
                         {.name = "mean_regret",
                          .meaning = "mean regret",
                          .direction = Direction::less_is_better,
                          .value = {1.23456, 20},
                          .low = {none, -unbounded},
                          .high = {none, 30},
                          .bias = {none, none},
                          .rank = {1, 2},
                          .swap = {{0, 0.5}, {0.75, 0}}}},
            .points = 7,
            .left_out = 2,
            .resamples = 100};
}

TEST(RobustnessText, HasARowAMeasureWithValuesIntervalsRanksAndSwaps)
{
    const std::string text = text_of(by_hand(), ranked);
    EXPECT_TRUE(text.starts_with("Made by hand: mean trust at 2030\n7 of 9 points used, 2 left out because some policy has no finished run there; 100 resamples\n\n")) << text;
    EXPECT_EQ(line_of(text, "                        "), "                                       as it is  rank                      b  rank  swap with the next");
    // by rank: the better policy's chance to change places with the next stands in its own row of swaps
    EXPECT_EQ(line_of(text, "maximin"), "maximin                   0.25 (0.125 to 0.375)     2     0.5 (0.25 to 0.75)     1  0.25");
    EXPECT_EQ(line_of(text, "mean_regret"), "mean_regret                  1.235 (nan to nan)     1        20 (-inf to 30)     2  0.50");
    EXPECT_NE(text.find("\nmaximin                 the worst point (more is better)\nmean_regret             mean regret (less is better)\n"), std::string::npos) << text;
}

TEST(RobustnessText, OnePolicyHasNoneToSwapWith)
{
    Robustness one = by_hand();
    for (Measure& m : one.measures) m.value.resize(1), m.low.resize(1), m.high.resize(1), m.bias.resize(1), m.rank = {1}, m.swap = {{0}};
    const std::string text = text_of(one, {.title = "One", .outcome = "x", .policies = {"alone"}, .points = 9});
    EXPECT_EQ(line_of(text, "                        "), "                                          alone  rank");
    EXPECT_EQ(line_of(text, "maximin"), "maximin                   0.25 (0.125 to 0.375)     1");
}

TEST(RobustnessText, WithoutAPointThereIsNoTable)
{
    EXPECT_EQ(text_of(Robustness{.left_out = 9}, ranked),
              "Made by hand: mean trust at 2030\n0 of 9 points used, 9 left out because some policy has no finished run there; 0 resamples\n");
}

TEST(RobustnessJson, SaysNullWhereThereIsNoFiniteNumber)
{
    const nlohmann::ordered_json json = nlohmann::ordered_json::parse(json_of(by_hand(), ranked).dump());
    EXPECT_EQ(json["outcome"], "mean trust at 2030");
    EXPECT_EQ(json["policies"], nlohmann::ordered_json({"as it is", "b"}));
    EXPECT_EQ(json["points"], 7);
    EXPECT_EQ(json["left_out"], 2);
    ASSERT_EQ(json["measures"].size(), 2u);
    const auto &maximin = json["measures"][0], &regret = json["measures"][1];
    EXPECT_EQ(maximin["better"], "more");
    EXPECT_EQ(maximin["value"], nlohmann::ordered_json({0.25, 0.5}));
    EXPECT_EQ(maximin["bias"], nlohmann::ordered_json({0.01, -0.01}));
    EXPECT_EQ(maximin["swap"][0][1], 0.75);
    EXPECT_EQ(regret["better"], "less");
    EXPECT_EQ(regret["value"][0], 1.23456) << "in full precision";
    EXPECT_EQ(regret["low"], nlohmann::ordered_json({nullptr, nullptr}));
    EXPECT_EQ(regret["high"], nlohmann::ordered_json({nullptr, 30.0}));
}

} // namespace
} // namespace entente::report
