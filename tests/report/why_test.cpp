// Why two scenarios differ, in words: of a difference that may be chance no part is a share of.
#include "report/lines.hpp"
#include "report/why.hpp"
#include <gtest/gtest.h>

namespace entente::report {
namespace {

Interval interval_about(double estimate, double half) { return {estimate, estimate - half, estimate + half}; }

/// Two settings that make .3 and .1 together, and what passes through groups of mechanisms.
Why why_of(const Interval& difference)
{
    Why why{.a = "a.toml", .b = "b.toml", .futures = 512, .quantities = {parse_quantity("mean trust at 2040Q1")}, .by_setting = {}, .by_mechanism = {}};
    why.by_setting.players = {{"lever x", {{.setting = "levers.x", .a = "0", .b = "1"}}}, {"event y", {{.setting = "events.y", .a = "", .b = "2026Q1"}}}};
    why.by_setting.parts = {{.without = 0.1,
                             .with = 0.5,
                             .difference = difference,
                             .players = {{interval_about(0.1, 0.02), interval_about(0.05, 0.01), interval_about(0.15, 0.01)},
                                         {interval_about(0.3, 0.02), interval_about(0.3, 0.02), interval_about(0.3, 0.02)}},
                             .pairs = {{0, 1, interval_about(0.1, 0.01)}},
                             .runs = 512}};
    ByMechanism by{.groups = {{.without = 0.04, .with = 0.4, .difference = difference, .players = std::vector<PlayerPart>(std::size(mechanism_groups)), .pairs = {}, .runs = 512}},
                   .single = {{"trust", {interval_about(0.02, 0.01)}}, {"war", {interval_about(0.2, 0.01)}}, {"trade", {interval_about(0.01, 0.02)}}}};
    why.by_mechanism = std::move(by);
    return why;
}

TEST(WhyText, TellsPartsOfADifference)
{
    const std::string text = on_one_line(text_of(why_of(interval_about(0.4, 0.03)), {}));
    for (const char* const said : {"lever x +0.100 ±0.020 25 % +0.050 +0.150 ", "event y +0.300 ±0.020 75 % +0.300 +0.300 ",
                                   "lever x does +0.050 ±0.010 by itself, and +0.150 ±0.010 once the rest is there", "lever x and event y together: +0.100 ±0.010 beyond what each does",
                                   "left with all of them held +0.040 ", "events.y: not set in A, 2026Q1 in B ", "gone with one mechanism held: war +0.200 ±0.010, trust +0.020 ±0.010 "})
        EXPECT_NE(text.find(said), std::string::npos) << said << "\n" << text;
    EXPECT_NE(text.find("Taiwan 0 ±0.000 (0) 0 0 "), std::string::npos) << "no width is no less than none";
    EXPECT_LT(text.find("event y +"), text.find("lever x +")) << "the larger part first";
    EXPECT_EQ(text.find("event y does"), std::string::npos) << "it does the same in company";
}

TEST(WhyText, HasNoShareOfWhatMayBeChance)
{
    const std::string text = on_one_line(text_of(why_of(interval_about(0.4, 0.5)), {}));
    EXPECT_NE(text.find("event y +0.300 ±0.020 - +0.300 +0.300 "), std::string::npos) << text;
}

} // namespace
} // namespace entente::report
