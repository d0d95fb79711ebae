// [drivers]: what files say of the dials, what they then move, and what is refused.
#include "scenario/dials.hpp"
#include <algorithm>
#include <gtest/gtest.h>

namespace entente {
namespace {

const std::string head = "title = \"t\"\nassumes = \"C01\"\n";
Scenario parse(const std::string& body, const std::string& overlay = "") { return parse_scenario(head + body, "x.toml", {.toml = overlay}); }
std::string problems_of(const std::string& body, const std::string& overlay = "")
{
    try {
        parse(body, overlay);
    } catch (const ScenarioErrors& errors) {
        return errors.text;
    }
    return "no problem";
}
std::size_t driver(std::string_view name) { return static_cast<std::size_t>(std::ranges::find(drivers, name, &Driver::name) - drivers.begin()); }

TEST(Dials, StandAtRestUnlessAFileTurnsThem)
{
    for (const double dial : parse("").dials) EXPECT_EQ(dial, dial_at_rest);
    const Scenario s = parse("[drivers]\ndependence = 0.25\ntaiwan_window = 1\n", "drivers.taiwan_window = 0");
    EXPECT_EQ(s.dials[driver("dependence")], 0.25);
    EXPECT_EQ(s.dials[driver("taiwan_window")], 0) << "the command line has the last word";
    EXPECT_EQ(s.dials[driver("central_asia")], dial_at_rest);
}

TEST(Dials, AddToLeversFromStartToHorizon)
{
    const Scenario still = parse("horizon = \"2030Q4\"\n"), turned = parse("horizon = \"2030Q4\"\n[drivers]\nsanctions_pressure = 1\n");
    EXPECT_EQ(dial_courses(driver("sanctions_pressure"), dial_at_rest, 44, 67).size(), 0u);
    const Point a = still.point(), b = turned.point();
    ASSERT_EQ(b.courses.size(), a.courses.size() + 2);
    const Course& push = b.courses[a.courses.size()];
    EXPECT_EQ(push.target, Target::lever);
    EXPECT_EQ(describe().levers[push.index].name, "sanctions_push");
    EXPECT_EQ(push.how.size(), 68u);
    EXPECT_EQ(push.how[43], Imposition::none);
    EXPECT_EQ(push.how[44], Imposition::add);
    EXPECT_EQ(push.value[67], std::ranges::find(dial_rows, "sanctions_push", &DialRow::name)->high);
}

TEST(Dials, AreWrittenOutAndReadAgain)
{
    for (const std::string draw : {"priors", "defaults"}) {
        const Scenario s = parse("draw = \"" + draw + "\"\n[drivers]\ntaiwan_window = 0.8\nsanctions_pressure = 0\n");
        const std::string text = resolved_toml(s);
        EXPECT_NE(text.find("taiwan_window = 0.8                                      # x.toml:5"), std::string::npos) << text.substr(0, 1500);
        EXPECT_NE(text.find("dependence = 0.5                                         # default"), std::string::npos);
        const Scenario again = parse_scenario(text, "again.toml");
        EXPECT_EQ(again.dials, s.dials);
        for (std::size_t p = 0; p < s.parameters.size(); ++p) EXPECT_EQ(again.parameters[p].distribution, s.parameters[p].distribution) << describe().parameters[p].name;
    }
}

TEST(Dials, AreRefusedOutsideTheirRangeAndUnderOtherNames)
{
    EXPECT_EQ(problems_of("[drivers]\ntaiwan_window = 1.5\n"), "x.toml:4:17: taiwan_window: a number from 0 to 1, got 1.5");
    EXPECT_EQ(problems_of("[drivers]\ndependence = -0.1\n"), "x.toml:4:14: dependence: a number from 0 to 1, got -0.1");
    EXPECT_EQ(problems_of("[drivers]\ndependence = \"high\"\n"), "x.toml:4:14: dependence: a number from 0 to 1, got 'high'");
    EXPECT_EQ(problems_of("[drivers]\ndependence = { uniform = [0, 1] }\n"), "x.toml:4:14: dependence: a number from 0 to 1, got a table");
    EXPECT_EQ(problems_of("[drivers]\ntaiwan_windw = 1\n"), "x.toml:4:1: unknown driver 'taiwan_windw'; did you mean 'taiwan_window'?");
    EXPECT_EQ(problems_of("[drivers]\nh_TW = 0.02\n"), "x.toml:4:1: unknown driver 'h_TW'; it belongs to [parameters]");
    EXPECT_EQ(problems_of("[levers]\ntaiwan_window = 1\n"), "x.toml:4:1: unknown lever 'taiwan_window'; it belongs to [drivers]");
    EXPECT_EQ(problems_of("taiwan_window = 1\n"), "x.toml:3:1: unknown key 'taiwan_window'; it belongs to [drivers]");
    EXPECT_EQ(problems_of("horizon = \"2020Q1\"\n[drivers]\nsanctions_pressure = 1\n"), "x.toml:5:22: sanctions_pressure: acts from start on, 2025Q1, but the horizon is 2020Q1");
    EXPECT_EQ(problems_of("[driver]\ntaiwan_window = 1\n"), "x.toml:3:2: unknown key 'driver'; did you mean 'drivers'?");
}

// A dial and a line that sets what it moves: which of the two counts would be anybody's guess.
TEST(Dials, AreRefusedBesideWhatTheyMove)
{
    EXPECT_EQ(problems_of("[drivers]\ntaiwan_window = 1\n[parameters]\nh_TW = 0.02\n"),
              "x.toml:4:17: drivers.taiwan_window: moves h_TW, which is set at x.toml:6:8; one of the two");
    EXPECT_EQ(problems_of("[drivers]\nsanctions_pressure = 0\n[levers]\nsanctions_push = 0\n"),
              "x.toml:4:22: drivers.sanctions_pressure: moves sanctions_push, which is set at x.toml:6:18; one of the two");
    EXPECT_EQ(problems_of("[levers]\ncentral_asia_push = { step = 1, from = \"2030Q1\" }\n", "drivers.central_asia = 1"),
              "--set:1:24: drivers.central_asia: moves central_asia_push, which is set at x.toml:4:21; one of the two");
    EXPECT_EQ(problems_of("[drivers]\ntaiwan_window = 0.5\n[parameters]\nh_TW = 0.02\n"), "no problem") << "a dial at rest moves nothing";
    EXPECT_EQ(problems_of("[drivers]\ntaiwan_window = 1\n[parameters]\nkappa = 0.3\n[levers]\nsanctions_push = 0.1\n"), "no problem") << "which it does not move";
}

// Code that turns a dial of any scenario: it shifts from where the files have brought it.
TEST(Dials, ShiftFromWhereTheScenarioStands)
{
    Scenario s = parse("[parameters]\nh_TW = 0.01\n[levers]\nsanctions_push = 0.5\n");
    s.dials[driver("taiwan_window")] = s.dials[driver("sanctions_pressure")] = 1;
    const std::size_t h_TW = Description::find(describe().parameters, "h_TW"), kappa = Description::find(describe().parameters, "kappa");
    const auto row = std::ranges::find(dial_rows, "h_TW", &DialRow::name);
    EXPECT_EQ(dialled(s.dials, h_TW, 0.01), static_cast<float>(0.01 * row->high));
    EXPECT_EQ(dialled(s.dials, kappa, 0.01), 0.01);
    const Point point = s.point();
    std::size_t on_push = 0;
    for (const Course& c : point.courses) on_push += c.target == Target::lever && describe().levers[c.index].name == "sanctions_push" ? 1 : 0;
    EXPECT_EQ(on_push, 2u) << "what the file sets, and what the dial adds";
    EXPECT_EQ(moved_by(s.dials, "parameters", "h_TW"), "drivers.taiwan_window at 1");
    EXPECT_EQ(moved_by(s.dials, "parameters", "kappa"), "");
}

} // namespace
} // namespace entente
