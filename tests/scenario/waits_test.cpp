// Levels of levers and forced events that wait: what is read, and that it is written and read back.
#include "core/quarter.hpp"
#include "scenario/scenario.hpp"
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace entente {
namespace {

Scenario parse(const std::string& body) { return parse_scenario("title = \"t\"\nassumes = \"C01\"\n" + body, "x.toml"); }
Course course_of(const Scenario& s)
{
    for (const CourseSetting& c : s.courses)
        if (!c.history) return c.course;
    return {};
}
Course lever(const std::string& value) { return course_of(parse("[levers]\nwestern_carrot = " + value + "\n")); }
Course death(const std::string& value) { return course_of(parse("[events]\ndeath = " + value + "\n")); }
std::size_t event(std::string_view name) { return Description::find(describe().events, name); }
std::size_t variable(std::string_view name) { return Description::find(describe().variables, name); }

TEST(Waits, AfterAnEvent)
{
    const Course c = lever("{ value = 0.8, after = \"succession\" }");
    EXPECT_TRUE(c.how.empty());
    const Wait next_quarter{.what = Wait::For::event, .index = event("succession"), .quarters = 1, .from = 44, .to = 143, .value = 0.8};
    EXPECT_EQ(c.waits, std::vector{next_quarter});
    Wait later = next_quarter;
    later.quarters = 6, later.lasts = 8, later.from = 64, later.to = 80;
    EXPECT_EQ(lever("{ value = 0.8, after = \"succession\", quarters = 6, lasts = 8, from = \"2030Q1\", to = \"2034Q1\" }").waits, std::vector{later});
}

TEST(Waits, WhileAndOnceAVariableIsBeyondALine)
{
    const Wait holds{.what = Wait::For::while_beyond, .index = variable("sanctions_total"), .above = true, .line = 0.6, .from = 44, .to = 143, .value = 0.3};
    EXPECT_EQ(lever("{ value = 0.3, while = \"sanctions_total\", above = 0.6 }").waits, std::vector{holds});
    const Wait began{.what = Wait::For::once_beyond, .index = variable("legitimacy"), .above = false, .line = 0.4, .quarters = 3, .from = 44, .to = 143, .value = 0.3};
    EXPECT_EQ(lever("{ value = 0.3, once = \"legitimacy\", below = 0.4, quarters = 3 }").waits, std::vector{began});
}

TEST(Waits, StandBesideAPathInTheirOrder)
{
    const Course c = lever("[{ value = 0.8, after = \"ceasefire\" }, { step = 0.2, from = \"2026Q1\" }, { value = 1, after = \"succession\" }]");
    EXPECT_EQ(c.value.at(48), 0.2);
    ASSERT_EQ(c.waits.size(), 2u);
    EXPECT_EQ(c.waits[0].value, 0.8);
    EXPECT_EQ(c.waits[1].value, 1);
}

TEST(Waits, AnEventHappensInOneQuarter)
{
    const Wait wait{.what = Wait::For::event, .index = event("ceasefire"), .quarters = 4, .lasts = 1, .from = 44, .to = 143, .value = 1};
    EXPECT_EQ(death("{ after = \"ceasefire\", quarters = 4 }").waits, std::vector{wait});
    EXPECT_EQ(course_of(parse("[events]\nmutiny = { once = \"legitimacy\", below = 0.4, size = 0.2 }\n")).waits.at(0).value, 0.2);
}

TEST(Waits, AForcedDeathMayMeanTheFirstLeader)
{
    const Course c = death("[{ at = [\"2028Q1\", \"2029Q1\"], of = \"first\" }, \"2035Q1\"]");
    ASSERT_EQ(c.waits.size(), 2u);
    EXPECT_EQ(c.waits[1].from, 60);
    EXPECT_EQ(c.waits[1].to, 60);
    EXPECT_EQ(c.waits[1].index, variable("successions"));
    EXPECT_EQ(c.value.at(84), 1);
    EXPECT_EQ(c.how.at(56), Imposition::none);
}

TEST(Waits, AreWrittenAndReadBack)
{
    const std::string file = "[levers]\n"
                             "western_carrot = [{ step = 0.2, from = \"2026Q1\" }, { value = 0.8, after = \"succession\", quarters = 2, lasts = 20 }]\n"
                             "sanctions_push = [{ step = 0.1, from = \"2025Q1\" }, { value = -0.25, while = \"sanctions_total\", above = 0.6, from = \"2030Q1\" }]\n"
                             "us_rivalry_centre = { value = -1, once = \"trust\", below = 0.30000000000000004, to = \"2040Q1\" }\n"
                             "[events]\n"
                             "peace = { after = \"succession\", quarters = 2 }\n"
                             "mutiny = [\"2027Q1\", { once = \"legitimacy\", below = 0.4, size = 0.2, from = \"2030Q1\" }]\n"
                             "death = [\"2035Q1\", { at = \"2028Q1\", of = \"first\" }]\n";
    const Scenario s = parse(file), again = parse_scenario(resolved_toml(s), "y.toml");
    ASSERT_EQ(s.courses.size(), again.courses.size());
    std::size_t waits = 0;
    for (std::size_t i = 0; i < s.courses.size(); ++i) {
        const Course &a = s.courses[i].course, &b = again.courses[i].course;
        EXPECT_TRUE(a.target == b.target && a.index == b.index && a.how == b.how && a.value == b.value && a.waits == b.waits) << i << resolved_toml(s);
        waits += a.waits.size();
    }
    EXPECT_EQ(waits, 6u);
    EXPECT_NE(resolved_toml(s).find("{ value = 0.8, after = \"succession\", quarters = 2, lasts = 20 }"), std::string::npos);
    EXPECT_NE(resolved_toml(s).find("{ at = \"2028Q1\", of = \"first\" }"), std::string::npos);
    for (const char* words : {"; 0.8 from 2 quarters after the first succession for 20 quarters\n", "; -0.25 while sanctions_total above 0.6, not before 2030Q1\n",
                              "; in 2 quarters after the first succession\n", "; in the quarter after the first quarter with legitimacy below 0.4, not before 2030Q1\n",
                              "; in 2028Q1 if the first leader still rules\n"})
        EXPECT_NE(resolved_toml(s).find(words), std::string::npos) << words << resolved_toml(s);
}

} // namespace
} // namespace entente
