// What the answer prints of numbers made by hand.
#include "report/answer.hpp"
#include "made_answer.hpp"
#include "report/documents.hpp"
#include "report/headline.hpp"
#include "report/lines.hpp"
#include "report/words.hpp"
#include <algorithm>
#include <gtest/gtest.h>

namespace entente::report {
namespace {

Answer with_readings()
{
    Answer a = made_answer();
    a.readings = made_readings(a);
    return a;
}
bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

using Sentences = std::vector<std::string>;
const std::string likeliest = "Most likely in 2045Q1: alliance, in 100.0 ± 0.2 % of 1,000 futures (± from their number alone).",
                  variance =
                      "Of the variance of the alignment index between futures in 2045Q1, parameters that are not known explain 25 % at least and disputed structures, as far as "
                      "this scenario mixes them, 12 %; the rest is chance within a future, or what no straight line fits.";

TEST(Headline, SaysWhatIsLikeliestAndHowSureThatIs)
{
    EXPECT_EQ(headline(made_answer(), Signs::utf8), (Sentences{likeliest, variance}));
    EXPECT_EQ(headline(made_answer(), Signs::ascii)[0], "Most likely in 2045Q1: alliance, in 100.0 +- 0.2 % of 1,000 futures (+- from their number alone).");
    Answer fixed = made_answer();
    fixed.attribution_used = 0;
    EXPECT_EQ(headline(fixed, Signs::utf8)[1], "What makes futures differ is not shared out: parameters and structures are fixed, or the runs too few.");
}

TEST(Headline, OfEqualsTheLooserTieComesFirst)
{
    Answer a = made_answer();
    a.classes[1] = {made_of(0, 0, 0), made_of(500, 0.469, 0.531), made_of(0, 0, 0), made_of(500, 0.469, 0.531), made_of(0, 0, 0)};
    EXPECT_EQ(headline(a, Signs::utf8)[0].substr(0, 62), "Most likely in 2045Q1: estrangement, in 50.0 ± 3.1 % of 1,000");
    a.classes[1][3].count = 501;
    EXPECT_TRUE(headline(a, Signs::utf8)[0].starts_with("Most likely in 2045Q1: alignment, "));
}

TEST(Headline, PartsWhatHoldsInEveryReadingFromWhatDoesNot)
{
    EXPECT_EQ(headline(with_readings(), Signs::utf8), (Sentences{likeliest,
                                                                 "Over 120 readings of what is disputed or not known, its share lies between 30 and 100 % in nine of ten. "
                                                                 "In all 120: alliance is the likeliest; few turn west. Not in all: "
                                                                 "rupture is rare (97 of 120).",
                                                                 variance}));
    Answer none = with_readings();
    none.readings->statements.clear();
    EXPECT_TRUE(headline(none, Signs::utf8)[1].ends_with("between 30 and 100 % in nine of ten."));
}

TEST(AnswerText, HoldsEveryShareWithHalfItsIntervalInPercent)
{
    const std::string text = text_of(made_answer(), {});
    EXPECT_EQ(line_of(text, "% of futures"), "% of futures         2030Q1      2045Q1");
    EXPECT_EQ(line_of(text, "█ alliance"), "█ alliance         0.0 ±0.2  100.0 ±0.2");
    EXPECT_EQ(line_of(text, "▒ transactional"), "▒ transactional   25.0 ±2.7    0.0 ±0.2") << "half of 5.36 points, rounded up";
    EXPECT_EQ(line_of(text, "  western turn"), "  western turn    75.0 ±2.7  100.0 ±0.2");
    EXPECT_LT(text.find("█ alliance"), text.find("× rupture")) << "the closest tie first";
    const std::string ascii = text_of(made_answer(), {.signs = Signs::ascii});
    EXPECT_EQ(line_of(ascii, "- transactional"), "- transactional   25.0 +-2.7    0.0 +-0.2");
    EXPECT_TRUE(std::ranges::all_of(ascii, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) << ascii;
}

TEST(AnswerText, OfAllHasTheIntervalItself)
{
    const std::string text = text_of(with_readings(), {.detail = Detail::all});
    EXPECT_EQ(line_of(text, "▒ transactional"), "▒ transactional    25.0 (22.4-27.8)  30-100*       0.0 (0.0-0.2)  30-100*");
    EXPECT_TRUE(holds(text, "seldom: what few see")) << text;
}

TEST(AnswerText, SetsTheRangeOverReadingsBesideEachShare)
{
    const std::string text = text_of(with_readings(), {});
    EXPECT_EQ(line_of(text, "% of futures"), "% of futures         2030Q1   range       2045Q1   range");
    EXPECT_EQ(line_of(text, "▒ transactional"), "▒ transactional   25.0 ±2.7  30-100*    0.0 ±0.2  30-100*");
    EXPECT_EQ(line_of(text, "▓ alignment"), "▓ alignment       75.0 ±2.7  30-100     0.0 ±0.2  30-100*");
    EXPECT_TRUE(holds(text, "Range: from 5 to\n95 % of 120 readings, 100 futures each; * this scenario's share lies outside it,\nbeyond chance.")) << text;
    EXPECT_FALSE(holds(text_of(made_answer(), {}), "Range"));
    EXPECT_EQ(line_of(text, "  the leader is ousted"), "  the leader is ousted   25.0 ±2.7  5.0-40            leader_ousted");
}

TEST(AnswerText, HasTheDriversWhereTheyWereAskedFor)
{
    Answer a = made_answer();
    EXPECT_FALSE(holds(text_of(a, {}), "four drivers"));
    a.drivers = made_effects();
    EXPECT_TRUE(holds(text_of(a, {}), "\nThe four drivers, "));
    EXPECT_FALSE(holds(text_of(a, {}), "calibration"));
    a.priors = made_prior_effects();
    EXPECT_TRUE(holds(text_of(a, {}), "\nWhat calibration changed: "));
}

TEST(AnswerText, SaysWhatIsMissing)
{
    EXPECT_TRUE(holds(text_of(made_answer(), {}), "INTERRUPTED: 1,000 of 1,200 futures were simulated.\n"));
    EXPECT_TRUE(holds(text_of(made_answer(), {}), "\n3 runs failed and are left out.\n"));
    Answer whole = made_answer();
    whole.asked = whole.runs, whole.failed = 1;
    EXPECT_FALSE(holds(text_of(whole, {}), "INTERRUPTED"));
    EXPECT_TRUE(holds(text_of(whole, {}), "\n1 run failed and is left out.\n"));
    whole.failed = 0;
    EXPECT_FALSE(holds(text_of(whole, {}), "left out"));
}

TEST(AnswerText, ShowsTheEventsThatMoreThanOneInAHundredSeeTheMostFrequentFirst)
{
    const std::string text = text_of(made_answer(), {});
    EXPECT_TRUE(holds(text, "Events from 2025Q1 to 2045Q1, % of futures; 1 that at most one in a hundred\nsees: --all\n"
                            "                                    half by\n"
                            "  the war goes on       100.0 ±0.2  2026Q3   war_state\n"
                            "  the leader is ousted   25.0 ±2.7           leader_ousted\n\n"))
        << text;
    Answer history = made_answer();
    history.start = 125;
    EXPECT_FALSE(holds(text_of(history, {}), "Events")) << "in history all is given";
}

TEST(AnswerText, IndicatorsHaveTheirBandAndAChartWhereThereIsRoom)
{
    const std::string plain = " how they rely on each other       .500 (.40-.60)  -.610 (-1.00-12.50)";
    EXPECT_EQ(line_of(text_of(made_answer(), {}), " how"), plain);
    // every eighth quarter, 0, 1 and 2, between the least and the greatest of all, 0 and 9
    EXPECT_EQ(line_of(text_of(made_answer(), {.width = 140}), " how"), plain + "  trust                     ▁▁▂");
    EXPECT_EQ(line_of(text_of(made_answer(), {.width = 140, .signs = Signs::ascii}), " how"), plain + "  trust");
}

/// The widest numbers that there can be.
Answer worst(bool with_all)
{
    Answer a = made_answer();
    const Share full{.count = 8, .runs = 4'000'000'000, .share = 1, .low = 0, .high = 1};
    a.horizon = 143, a.dates = {64, 84, 117, 124, 143}, a.runs = 4'000'000'000, a.asked = 4'100'000'000, a.failed = 4'000'000;
    a.classes.assign(5, std::vector<Share>(outcome_classes, full)), a.orientations.assign(5, std::vector<Share>(orientations, full));
    a.course.assign(144, {0.1, 0.2, 0.3, 0.25, 0.15});
    for (const Row& row : describe().events) a.events.push_back({std::string(row.name), std::string(row.meaning), full, 143});
    a.indicators.clear();
    for (const auto& [name, label] : indicators)
        a.indicators.push_back({name, label, std::vector<double>(5, -12.345), std::vector<double>(5, -12.34), std::vector<double>(5, 100.25), std::vector<double>(144, 1)});
    if (with_all) {
        a.readings = made_readings(a);
        for (auto* bands : {&a.readings->classes, &a.readings->orientations}) bands->assign(5, std::vector<Band>(outcome_classes, Band{1.1, 1.1}));
        a.readings->events.assign(a.events.size(), Band{1.1, 1.1});
        a.readings->statements.push_back({.text = "a statement that goes on for a long time, well beyond the end of a line that is eighty signs wide", .holds = 3});
        a.priors = made_prior_effects(), a.priors->pairs = 100'000;
        for (PriorEffect& e : a.priors->classes[1]) e = {.posterior = full, .priors = full, .difference = {.mean = -1, .low = -1, .high = -0.1}};
        a.drivers = made_effects(-0.125); // up to 100 points, the interval as wide again
    }
    return a;
}

TEST(AnswerText, NoLineIsWiderThanItMayBe)
{
    for (const std::size_t width : {80u, 100u, 140u, 200u})
        for (const Signs signs : {Signs::ascii, Signs::utf8})
            for (const Detail detail : {Detail::first, Detail::all})
                for (const bool with_all : {false, true}) {
                    std::size_t widest = 0;
                    for (const std::string& line : split(text_of(worst(with_all), {width, signs, detail}), '\n')) {
                        EXPECT_LE(columns(line), width) << line;
                        EXPECT_FALSE(line.ends_with(' ')) << line << "|";
                        widest = std::max(widest, columns(line));
                    }
                    EXPECT_GT(widest, std::min<std::size_t>(width, 160) - 20) << "the room is used";
                }
}

TEST(AnswerText, SaysWhichDatesItLeavesOut)
{
    EXPECT_TRUE(holds(text_of(worst(true), {}), "No room for 2030Q1, 2035Q1, 2043Q2: --all.")) << text_of(worst(true), {});
    const std::string all = text_of(worst(true), {.detail = Detail::all});
    EXPECT_FALSE(holds(all, "No room"));
    for (const char* date : {"2030Q1", "2035Q1", "2043Q2", "2045Q1", "2049Q4"}) EXPECT_TRUE(holds(all, date)) << date;
}

TEST(AnswerJson, HasSharesAsPartsOfOneAndDatesAsQuarters)
{
    const nlohmann::ordered_json json = json_of(made_answer());
    EXPECT_EQ(json["runs"], 1000);
    EXPECT_EQ(json["asked"], 1200);
    EXPECT_EQ(json["complete"], false);
    EXPECT_EQ(json["start"], "2025Q1");
    EXPECT_EQ(json["sentence"], likeliest + " " + variance);
    EXPECT_EQ(json["dates"].size(), 2u);
    EXPECT_EQ(json["dates"]["2030Q1"]["classes"]["transactional"],
              nlohmann::ordered_json({{"share", 0.25}, {"low", 0.224}, {"high", 0.2776}, {"count", 250}, {"readings", nullptr}, {"uncertainty", nullptr}}));
    EXPECT_EQ(json["dates"]["2045Q1"]["orientations"]["western_turn"]["share"], 1);
    EXPECT_EQ(json["dates"]["2030Q1"]["classes"].begin().key(), "alliance") << "the closest tie first";
    EXPECT_EQ(json["dates"]["2030Q1"]["orientations"].begin().key(), "western_turn");
    EXPECT_EQ(json["dates"]["2045Q1"]["indicators"]["trust"], nlohmann::ordered_json({{"median", -0.61}, {"p5", -1.0}, {"p95", 12.5}}));
    EXPECT_TRUE(json["events"]["leader_ousted"]["median"].is_null());
    EXPECT_EQ(json["events"]["war_state"]["median"], "2026Q3");
    EXPECT_EQ(json["spread"]["at"], "2045Q1");
    EXPECT_EQ(json["spread"]["structures"], 0.125);
    EXPECT_TRUE(json["drivers"].is_null());
    EXPECT_TRUE(json["readings"].is_null());
    EXPECT_TRUE(json["priors"].is_null());
    Answer whole = made_answer();
    whole.asked = whole.runs;
    EXPECT_EQ(json_of(whole)["complete"], true);
}

TEST(AnswerJson, HasDriversAndReadings)
{
    Answer a = with_readings();
    a.drivers = made_effects();
    a.priors = made_prior_effects();
    const nlohmann::ordered_json json = json_of(a);
    EXPECT_EQ(json["priors"]["futures"], 1664);
    EXPECT_EQ(json["priors"]["dates"]["2030Q1"]["classes"]["alignment"]["posterior"], 0.372);
    EXPECT_EQ(json["priors"]["dates"]["2045Q1"]["orientations"]["vassal"]["priors"], 0.1);
    EXPECT_DOUBLE_EQ(json["priors"]["dates"]["2045Q1"]["classes"]["alignment"]["difference"]["low"].get<double>(), 0.029);
    EXPECT_EQ(json["dates"]["2030Q1"]["classes"]["transactional"]["readings"], nlohmann::ordered_json({{"p5", 0.305}, {"p95", 1.0}, {"outside", true}}));
    EXPECT_EQ(json["dates"]["2030Q1"]["orientations"]["western_turn"]["readings"]["outside"], false);
    EXPECT_EQ(json["events"]["war_state"]["readings"]["p95"], 0.4);
    EXPECT_EQ(json["readings"]["readings"], 120);
    EXPECT_EQ(json["readings"]["statements"][1], nlohmann::ordered_json({{"text", "rupture is rare"}, {"holds", 97}}));
    EXPECT_EQ(json["drivers"]["futures"], 200);
    EXPECT_EQ(json["drivers"]["at"], "2045Q1");
    const nlohmann::ordered_json window = json["drivers"]["effects"]["taiwan_window"];
    EXPECT_EQ(window["level"], 0.512);
    EXPECT_EQ(window["ends"]["high"]["dial"], 1);
    EXPECT_DOUBLE_EQ(window["ends"]["high"]["classes"]["transactional"]["high"].get<double>(), -0.04) << "the eighth dial: -8 points";
    EXPECT_DOUBLE_EQ(window["ends"]["low"]["orientations"]["vassal"]["mean"].get<double>(), 0.07);
}

} // namespace
} // namespace entente::report
