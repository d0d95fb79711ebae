// An answer made by hand: 1,200 futures asked for, 1,000 simulated, two dates.
#include "report/answer.hpp"
#include "report/documents.hpp"
#include "report/lines.hpp"
#include <gtest/gtest.h>

namespace entente::report {
namespace {

constexpr Share made_of(std::uint32_t count, double low, double high) { return {.count = count, .runs = 1000, .share = count / 1000.0, .low = low, .high = high}; }

Answer by_hand()
{
    const Share none = made_of(0, 0, 0.0025), all = made_of(1000, 0.9975, 1), quarter = made_of(250, 0.224, 0.2776);
    return {.scenario = "made",
            .title = "Made by hand",
            .runs = 1000,
            .asked = 1200,
            .failed = 3,
            .start = 44,    // 2025Q1
            .horizon = 143, // 2049Q4
            .dates = {64, 143},
            .classes = {{none, none, quarter, none, none}, {none, none, none, none, all}},
            .orientations = {{quarter, none, none}, {none, none, all}},
            .events = {{.name = "leader_ousted", .meaning = "the leader is ousted", .seen = quarter, .median = {}},
                       {.name = "war_state", .meaning = "a meaning of more than forty-seven characters, cut off there", .seen = all, .median = 50}},
            .indicators = {{.name = "trust",
                            .label = "how they rely on each other",
                            .median = {0.5, 0.61},
                            .low = {0.4, 0.5},
                            .high = {0.6, 0.7004},
                            .course = {0, 9, 9, 9, 9, 9, 9, 9, 1, 9, 9, 9, 9, 9, 9, 9, 2}}},
            .sentence = "Most futures end in alliance.",
            .by_parameters = 0.25,
            .by_structures = 0.125,
            .attribution_used = 1000,
            .attribution_quarter = 124}; // 2045Q1
}

TEST(AnswerText, HoldsEveryShareWithItsIntervalInPercent)
{
    const std::string text = text_of(by_hand(), Charts::none);
    EXPECT_EQ(line_of(text, "Share of futures, %"), "Share of futures, %                            2030Q1             2049Q4");
    EXPECT_EQ(line_of(text, "  alliance"), "  alliance                           0.0 ( 0.0-  0.2) 100.0 (99.8-100.0)");
    EXPECT_EQ(line_of(text, "  transactional"), "  transactional                     25.0 (22.4- 27.8)   0.0 ( 0.0-  0.2)");
    EXPECT_EQ(line_of(text, "  western_turn"), "  western_turn                       0.0 ( 0.0-  0.2) 100.0 (99.8-100.0)");
    EXPECT_EQ(line_of(text, "  autonomous"), "  autonomous                        25.0 (22.4- 27.8)   0.0 ( 0.0-  0.2)");
    EXPECT_LT(text.find("  alliance"), text.find("  rupture")) << "the closest tie first";
}

TEST(AnswerText, SaysWhatIsMissing)
{
    const std::string text = text_of(by_hand(), Charts::none);
    EXPECT_NE(text.find("INTERRUPTED: 1,000 of 1,200 futures were simulated.\n"), std::string::npos);
    EXPECT_NE(text.find("\n3 runs failed and are left out.\n"), std::string::npos);
    Answer whole = by_hand();
    whole.asked = whole.runs, whole.failed = 1;
    EXPECT_EQ(text_of(whole, Charts::none).find("INTERRUPTED"), std::string::npos);
    EXPECT_NE(text_of(whole, Charts::none).find("\n1 run failed and is left out.\n"), std::string::npos);
    whole.failed = 0;
    EXPECT_EQ(text_of(whole, Charts::none).find("left out"), std::string::npos);
}

TEST(AnswerText, AnEventThatFewSeeHasNoMedianDate)
{
    const std::string text = text_of(by_hand(), Charts::none);
    EXPECT_EQ(line_of(text, "Events"), "Events, 2025Q1 to 2049Q4                                                     % of futures  median date (Kaplan-Meier)");
    EXPECT_EQ(line_of(text, "  leader_ousted"), "  leader_ousted       the leader is ousted                              25.0 (22.4- 27.8)  after 2049Q4");
    EXPECT_EQ(line_of(text, "  war_state"), "  war_state           a meaning of more than forty-seven characters,   100.0 (99.8-100.0)  2026Q3");
    Answer history = by_hand();
    history.horizon = 43;
    EXPECT_EQ(text_of(history, Charts::none).find("Events"), std::string::npos) << "in history all is given";
}

TEST(AnswerText, ChartsStandBesideIndicatorsOnlyWhereTheyAreAskedFor)
{
    const std::string plain = "  how they rely on each other       0.500 (0.40-0.60)  0.610 (0.50-0.70)  trust"; // its words, its numbers, its name
    EXPECT_EQ(line_of(text_of(by_hand(), Charts::none), "  how"), plain);
    // every eighth quarter, 0, 1 and 2, between the least and the greatest of all, 0 and 9
    EXPECT_EQ(line_of(text_of(by_hand(), Charts::drawn), "  how"), plain + std::string(21, ' ') + "▁▁▂");
    Answer level = by_hand();
    level.indicators[0].course = std::vector<double>(17, 0.5);
    EXPECT_EQ(line_of(text_of(level, Charts::drawn), "  how"), plain + std::string(21, ' ') + "▁▁▁");
}

TEST(AnswerText, BreaksTheSentenceBetweenWords)
{
    Answer a = by_hand();
    a.sentence = std::string(60, 'a') + " " + std::string(49, 'b') + " " + std::string(1, 'c');
    EXPECT_TRUE(text_of(a, Charts::none).starts_with("\n" + std::string(60, 'a') + " " + std::string(49, 'b') + "\n" + std::string(1, 'c') + "\n"));
}

TEST(AnswerJson, HasSharesAsPartsOfOneAndDatesAsQuarters)
{
    const nlohmann::ordered_json json = json_of(by_hand());
    EXPECT_EQ(json["runs"], 1000);
    EXPECT_EQ(json["asked"], 1200);
    EXPECT_EQ(json["complete"], false);
    EXPECT_EQ(json["start"], "2025Q1");
    EXPECT_EQ(json["dates"].size(), 2u);
    EXPECT_EQ(json["dates"]["2030Q1"]["classes"]["transactional"], nlohmann::ordered_json({{"share", 0.25}, {"low", 0.224}, {"high", 0.2776}, {"count", 250}}));
    EXPECT_EQ(json["dates"]["2049Q4"]["orientations"]["western_turn"]["share"], 1);
    EXPECT_EQ(json["dates"]["2030Q1"]["classes"].begin().key(), "alliance") << "the closest tie first";
    EXPECT_EQ(json["dates"]["2030Q1"]["orientations"].begin().key(), "western_turn");
    EXPECT_EQ(json["dates"]["2049Q4"]["indicators"]["trust"], nlohmann::ordered_json({{"median", 0.61}, {"p5", 0.5}, {"p95", 0.7004}}));
    EXPECT_TRUE(json["events"]["leader_ousted"]["median"].is_null());
    EXPECT_EQ(json["events"]["war_state"]["median"], "2026Q3");
    EXPECT_EQ(json["spread"]["at"], "2045Q1");
    EXPECT_EQ(json["spread"]["structures"], 0.125);
    Answer whole = by_hand();
    whole.asked = whole.runs;
    EXPECT_EQ(json_of(whole)["complete"], true);
}

} // namespace
} // namespace entente::report
