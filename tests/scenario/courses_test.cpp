// Levers, forced events and pins over time, and the history before them.
#include "core/quarter.hpp"
#include "scenario/history.hpp"
#include <gtest/gtest.h>

namespace entente {
namespace {

Scenario parse(const std::string& body) { return parse_scenario("title = \"t\"\nassumes = \"C01\"\n" + body, "x.toml"); }
int quarter(std::string_view text) { return parse_quarter(text).value(); }

/// The courses that the file itself sets.
std::vector<Course> own(const Scenario& s)
{
    std::vector<Course> list;
    for (const CourseSetting& c : s.courses)
        if (!c.history) list.push_back(c.course);
    return list;
}
const Course* find(const std::vector<CourseSetting>& list, Target target, std::size_t index)
{
    for (const CourseSetting& c : list)
        if (c.course.target == target && c.course.index == index) return &c.course;
    return nullptr;
}
double history_value(const std::string& name, std::string_view date)
{
    static const std::vector<CourseSetting> list = history_courses(44);
    const Course* c = find(list, Target::variable, Description::find(describe().variables, name));
    if (!c || c->how.at(static_cast<std::size_t>(quarter(date))) != Imposition::set) return -999;
    return c->value.at(static_cast<std::size_t>(quarter(date)));
}

TEST(Levers, MeetInNoQuarter)
{
    const auto message = [](const char* second) {
        try {
            parse(std::string("[levers]\nsanctions_push = [{ pulse = 0.5, from = \"2026Q1\", to = \"2026Q4\" }, { pulse = 0.25, from = \"") + second + "\", to = \"2027Q4\" }]\n");
        } catch (const ScenarioErrors& e) {
            return e.text;
        }
        return std::string();
    };
    EXPECT_EQ(message("2027Q1"), "");
    EXPECT_NE(message("2026Q4").find("2026Q4 is set already"), std::string::npos) << "one quarter is enough: " << message("2026Q4");
}

TEST(Events, HaveTheirSizeHoweverTheyAreWritten)
{
    const auto size = [](const char* mutiny) { return own(parse(std::string("[events]\nmutiny = ") + mutiny + "\n")).at(0).value.at(static_cast<std::size_t>(quarter("2026Q2"))); };
    EXPECT_EQ(size("\"2026Q2\""), size("{ at = \"2026Q2\" }"));
    EXPECT_LT(size("{ at = \"2026Q2\" }"), 0.5) << "a mutiny costs a part of legitimacy";
    EXPECT_EQ(size("{ at = \"2026Q2\", size = 0.25 }"), 0.25);
}

TEST(Levers, ConstantStepPulseAndRamp)
{
    const std::vector<Course> list = own(parse("[levers]\nwestern_carrot = 0.8\nenforcement_push = { step = 0.4, from = \"2026Q1\" }\n"
                                               "sanctions_push = [{ pulse = 0.5, from = \"2026Q1\", to = \"2027Q4\" }, { step = -0.25, from = \"2030Q1\" }]\n"
                                               "antidollar_axis = { ramp = [0, 0.8], from = \"2026Q1\", to = \"2030Q1\" }\n"));
    ASSERT_EQ(list.size(), 4u); // in the order of the model's table
    EXPECT_EQ(list[0].how[43], Imposition::none);
    EXPECT_EQ(list[0].value[44], 0.8);
    EXPECT_EQ(list[0].value[143], 0.8);
    EXPECT_EQ(list[0].how.size(), 144u);
    EXPECT_EQ(list[1].how[47], Imposition::none);
    EXPECT_EQ(list[1].value[48], 0.4);
    EXPECT_EQ(list[2].value[55], 0.5);
    EXPECT_EQ(list[2].how[56], Imposition::none);
    EXPECT_EQ(list[2].value[64], -0.25);
    EXPECT_EQ(list[3].value[48], 0);
    EXPECT_EQ(list[3].value[56], 0.4);
    EXPECT_EQ(list[3].value[64], 0.8);
    EXPECT_EQ(list[3].value[143], 0.8);
}

TEST(Events, QuartersAndSizes)
{
    const std::vector<Course> list = own(
        parse("[events]\npeace = \"2026Q1\"\ndeath = [\"2028Q1\", \"2035Q1\"]\nmutiny = \"2026Q2\"\nnuclear_signal = { at = \"2027Q1\", size = 0.9 }\n"));
    ASSERT_EQ(list.size(), 4u);
    EXPECT_EQ(list[0].value[48], 1);
    EXPECT_EQ(list[0].how.size(), 49u);
    EXPECT_EQ(list[1].how[56], Imposition::set);
    EXPECT_EQ(list[1].how[57], Imposition::none);
    EXPECT_EQ(list[1].value[84], 1);
    EXPECT_EQ(list[2].value[52], 0.9);
    EXPECT_EQ(list[3].value[49], 0.07);
}

TEST(Pins, SetHoldAddAndRamp)
{
    const std::vector<Course> list = own(
        parse("[pins]\ntrust = [{ set = 0.5, from = \"2015Q1\", to = \"2015Q4\" }, { hold = true, from = \"2026Q1\", to = \"2026Q2\" }]\n"
              "friction = { add = -0.1, from = \"2026Q1\", to = \"2026Q1\" }\nus_sanctions = { set_ramp = [0.4, 0.8], from = \"2025Q1\", to = \"2026Q1\" }\n"));
    ASSERT_EQ(list.size(), 3u);
    for (const Course& c : list) {
        const std::string_view name = describe().variables[c.index].name;
        if (name == "trust") {
            EXPECT_EQ(c.value[4], 0.5);
            EXPECT_EQ(c.how[8], Imposition::none);
            EXPECT_EQ(c.how[49], Imposition::hold);
            EXPECT_EQ(c.how.size(), 50u);
        } else if (name == "friction") {
            EXPECT_EQ(c.how[48], Imposition::add);
            EXPECT_EQ(c.value[48], -0.1);
        } else {
            EXPECT_DOUBLE_EQ(c.value[46], 0.6);
            EXPECT_EQ(c.how.size(), 49u);
        }
    }
}

TEST(History, StandsWhereTheDataStand)
{
    EXPECT_EQ(history_value("us_sanctions", "2014Q3"), 0.20);
    EXPECT_EQ(history_value("sanctions_in_force", "2022Q3"), 0.62);
    EXPECT_EQ(history_value("war_state", "2014Q1"), 0);
    EXPECT_EQ(history_value("war_state", "2021Q4"), 1);
    EXPECT_EQ(history_value("war_state", "2022Q1"), 2);
    EXPECT_EQ(history_value("taiwan_assertive", "2016Q1"), 0);
    EXPECT_EQ(history_value("taiwan_assertive", "2016Q2"), 1);
    EXPECT_NEAR(history_value("total_trade_china", "2024Q4"), 244.81 / 0.0397, 1e-5);
    EXPECT_EQ(history_value("mutiny", "2023Q2"), -999); // an event, not a pin
}

TEST(History, FollowsTheEquations)
{
    double trend = 0, age = 60.6, leader = 61.25, strength = 0.6, war = 0;
    for (int t = 0; t < 44; ++t) {
        const std::string date = quarter_name(t);
        trend += t < 32 ? 0.010 : 0.006, age += 0.25, leader += 0.25;
        strength += 0.1 * ((war == 2 ? 0.50 : 0.62) - strength);
        war = history_value("war_state", date);
        EXPECT_NEAR(history_value("asia_trend", date), trend, 1e-12) << date;
        EXPECT_NEAR(history_value("china_leader_age", date), age, 1e-12) << date;
        EXPECT_NEAR(history_value("leader_age", date), leader, 1e-12) << date;
        EXPECT_NEAR(history_value("russian_strength", date), strength, 1e-9) << date;
        EXPECT_NEAR(history_value("leader_orientation", date), t < 32 ? 0.45 + 0.10 * std::min(1.0, t / 28.0) : 0.80, 1e-12) << date;
    }
}

TEST(History, CoversEveryQuarterOfItsVariables)
{
    const std::vector<CourseSetting> list = history_courses(44);
    for (const CourseSetting& c : list) {
        if (c.course.target != Target::variable) continue;
        const Row& row = describe().variables[c.course.index];
        ASSERT_EQ(c.course.how.size(), 44u) << row.name;
        for (std::size_t q = 0; q < 44; ++q) {
            EXPECT_EQ(c.course.how[q] == Imposition::none, row.name == "mutiny" && q == 37) << row.name << q;
            EXPECT_GE(c.course.value[q], c.course.how[q] == Imposition::set ? row.low : 0) << row.name;
            EXPECT_LE(c.course.value[q], c.course.how[q] == Imposition::set ? row.high : 0) << row.name;
        }
    }
    const Course* mutiny = find(list, Target::forced, Description::find(describe().forced, "mutiny"));
    ASSERT_NE(mutiny, nullptr);
    EXPECT_EQ(mutiny->value.at(37), 0.07);
}

TEST(History, EndsWhereTheFreeWorldBegins)
{
    const Scenario s = parse("start = \"2020Q1\"\n[pins]\nus_sanctions = { set = 0.5, from = \"2020Q1\", to = \"2021Q1\" }\n");
    for (const CourseSetting& c : s.courses) EXPECT_TRUE(!c.history || c.course.how.size() <= 24);
    EXPECT_EQ(find(s.courses, Target::forced, Description::find(describe().forced, "mutiny")), nullptr);
    EXPECT_EQ(s.point().courses.size(), s.courses.size());
}

} // namespace
} // namespace entente
