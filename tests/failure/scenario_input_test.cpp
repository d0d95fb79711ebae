// Bad scenario files: every problem at once, each with its place; never a crash, never a default in silence.
#include "design/sweep.hpp"
#include "scenario/scenario.hpp"
#include "core/temporary_folder.hpp"
#include "write_file.hpp"
#include <algorithm>
#include <gtest/gtest.h>

namespace entente {
namespace {

const std::string head = "title = \"t\"\nassumes = \"C01\"\n";

std::string problems_of(const std::string& text, const Overlay& overlay = {})
{
    try {
        parse_scenario(text, "x.toml", overlay);
    } catch (const ScenarioErrors& errors) {
        EXPECT_FALSE(errors.problems.empty());
        return errors.text;
    }
    return "no problem";
}
std::string problems_in(const std::string& path)
{
    try {
        read_scenario(path);
    } catch (const ScenarioErrors& errors) {
        return errors.text;
    }
    return "no problem";
}

/// One line of a file and what is said about it.
struct Case {
    std::string section, line, message;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.line; }
class Input : public testing::TestWithParam<Case> {};

TEST_P(Input, IsRefusedWithItsPlace)
{
    const Case& c = GetParam();
    const std::string section = c.section.empty() ? "# -" : "[" + c.section + "]";
    EXPECT_EQ(problems_of(head + section + "\n" + c.line + "\n"), "x.toml:4:" + c.message) << c.line;
}

INSTANTIATE_TEST_SUITE_P(
    Top, Input,
    testing::Values(Case{"", "runs = 0", "8: runs: a whole number from 1 to 1000000000, got 0"},
                    Case{"", "runs = 1e3", "8: runs: a whole number from 1 to 1000000000, got one with a point or an exponent; write 1000"},
                    Case{"", "runs = 10,000", "10: not TOML: a number has a point before its decimals and no comma, got 10,000"},
                    Case{"", "horizon = “2030Q1”", "11: not TOML: a text stands in straight quotation marks, \" or ', got “"},
                    Case{"", "extends = \"..\\scenarios\"", "15: not TOML: in \"...\" a backslash begins an escape: write / instead of \\, or '...'"},
                    Case{"", "runs = \"many\"", "8: runs: a whole number from 1 to 1000000000, got 'many'"}, Case{"", "seed = -1", "8: seed: a whole number from 0 to 9223372036854775807, got -1"},
                    Case{"", "start = \"2026Q1\"", "9: start: a quarter from 2014Q1 to 2025Q1, where the history ends, got 2026Q1"},
                    Case{"", "horizon = \"2014Q1\"", "11: horizon: a quarter from 2014Q4 to 2099Q3, from a year of history to where total_trade_china outgrows its range, got 2014Q1"},
                    Case{"", "horizon = 2049-12-31", "11: horizon: a quarter such as \"2026Q1\", got a calendar date"},
                    Case{"", "draw = \"prior\"", "8: draw: \"priors\", \"defaults\" or \"posterior\", got 'prior'; did you mean 'priors'?"},
                    Case{"", "mute = [\"dozing\"]", "9: unknown mechanism or switch 'dozing'; did you mean 'dosing'?"},
                    Case{"", "mute = [\"dosing\", \"dosing\"]", "19: mute: 'dosing' is named already at x.toml:4:9"},
                    Case{"", "mute = [\"covert\"]", "9: unknown mechanism or switch 'covert'; it belongs to [structures]"},
                    Case{"", "western_carrot = 0.5", "1: unknown key 'western_carrot'; it belongs to [levers]"},
                    Case{"", "horizon = \"2099Q4\"", "11: horizon: a quarter from 2014Q4 to 2099Q3, from a year of history to where total_trade_china outgrows its range, got 2099Q4"},
                    Case{"", "mute = [\"outcome\"]", "9: mute: 'outcome' owns no variable, so there is nothing to mute"},
                    Case{"", "mute = \"dosing\"", "8: mute: an array of names, got 'dosing'"}, Case{"", "parametrs = {}", "1: unknown key 'parametrs'; did you mean 'parameters'?"},
                    Case{"", "parameters = 3", "14: parameters: a table, got 3"}, Case{"", "expect = 3", "10: expect: an array of tables [[expect]], got 3"},
                    Case{"", "expect = [{ quantity = \"q\", sign = \"up\" }]", "36: sign: \"+\", \"-\" or \"report\", got 'up'"},
                    Case{"", "expect = [{ quantity = \"q\" }]", "11: expect: `sign` of the difference to another scenario, or `least` and `most` of the quantity itself, got none of them"},
                    Case{"", "expect = [{ quantity = \"q\", least = 2, most = 1 }]", "11: expect: least up to most, got 2 and 1"},
                    Case{"", "expect = [{ quantity = \"q\", least = \"x\" }]", "37: expect: least: a finite number, got 'x'"},
                    Case{"", "expect = [{ quantity = \"q\", least = 2, sign = \"+\" }]", "47: expect: `sign` is of the difference to another scenario, `least` and `most` of the quantity itself: one of the two"},
                    Case{"agents", "elites = 7", "10: elites: a whole number from 8 to 160, got 7"}, Case{"agents", "bank = 7", "1: unknown population 'bank'; did you mean 'banks'?"}));

INSTANTIATE_TEST_SUITE_P(
    Waits, Input,
    testing::Values(
        Case{"levers", "western_carrot = { value = 0.8, after = \"sucession\" }", "41: western_carrot: after: unknown event 'sucession'; did you mean 'succession'?"},
        Case{"levers", "western_carrot = { value = 0.8, after = \"peace\" }",
             "41: western_carrot: after: 'peace' is an event that can be forced, none that runs see; they see rupture, alliance, vassalage, western_turn, succession, ouster, "
             "regime_change, pro_west_leader, fragmentation, taiwan_crisis, taiwan_war, ceasefire, "
             "settlement, military_collapse, war_relapse, overt_support, pipeline, central_asian_flip, west_incident, mutiny, nuclear_signal, chinese_succession"},
        Case{"levers", "western_carrot = { value = 0.8, once = \"ceasefire\", above = 0.5 }", "40: western_carrot: once: 'ceasefire' is an event: `after` it"},
        Case{"levers", "western_carrot = { value = 0.8, after = \"trust\" }", "41: western_carrot: after: 'trust' is a variable: `while` or `once` it is above or below a line"},
        Case{"levers", "western_carrot = { value = 0.8, after = 3 }", "41: western_carrot: after: a text, got 3"},
        Case{"levers", "western_carrot = { value = 2, after = \"succession\" }", "28: western_carrot: a number from 0 to 1, got 2"},
        Case{"levers", "western_carrot = { after = \"succession\" }", "18: western_carrot: `value` is missing: the level that waits"},
        Case{"levers", "western_carrot = { value = 0.8 }", "18: western_carrot: one of after, while, once, got none of them"},
        Case{"levers", "western_carrot = { value = 0.8, aftr = \"succession\" }", "33: western_carrot: unknown key 'aftr'; did you mean 'after'?"},
        Case{"levers", "western_carrot = { value = 0.8, after = \"succession\", once = \"trust\" }", "55: western_carrot: one of after, while, once, got both 'after' and 'once'"},
        Case{"levers", "western_carrot = { value = 0.8, after = \"succession\", above = 0.6 }", "55: western_carrot: above: of `while` and `once`; an event happens or does not"},
        Case{"levers", "western_carrot = { value = 0.8, after = \"succession\", quarters = 0 }", "66: western_carrot: quarters: from 1 on, the quarter after it and the first to know of it, got 0"},
        Case{"levers", "western_carrot = { value = 0.8, after = \"succession\", quarters = 1.5 }", "66: western_carrot: quarters: a whole number from 1 to 99, got 1.5"},
        Case{"levers", "western_carrot = { value = 0.8, after = \"succession\", quarters = 100 }", "66: western_carrot: quarters: a whole number from 1 to 99, got 100"},
        Case{"levers", "western_carrot = { value = 0.8, after = \"succession\", lasts = 0 }", "63: western_carrot: lasts: a whole number from 1 to 99, got 0"},
        Case{"levers", "western_carrot = { value = 0.8, after = \"succession\", from = \"2024Q4\" }", "62: western_carrot: from: a quarter from 2025Q1 to 2049Q4, from start to horizon, got 2024Q4"},
        Case{"levers", "western_carrot = { value = 0.8, after = \"succession\", from = \"2030Q1\", to = \"2029Q4\" }", "18: western_carrot: to: a quarter from 2030Q1 on, which is `from`, got 2029Q4"},
        Case{"levers", "western_carrot = { value = 0.8, while = \"sanctions_total\" }", "18: western_carrot: one of above, below, got none of them"},
        Case{"levers", "western_carrot = { value = 0.8, while = \"sanctions_total\", above = 0.6, below = 0.2 }", "73: western_carrot: one of above, below, got both 'above' and 'below'"},
        Case{"levers", "western_carrot = { value = 0.8, while = \"sanctions_total\", above = 1.5 }", "68: western_carrot: above: a number from 0 to 1, got 1.5"},
        Case{"levers", "western_carrot = { value = 0.8, while = \"sanctions_total\", above = 1 }", "68: western_carrot: above: sanctions_total lies from 0 to 1, so it is never above 1"},
        Case{"levers", "western_carrot = { value = 0.8, while = \"sanction_total\", above = 0.6 }", "41: western_carrot: while: unknown variable 'sanction_total'; did you mean 'sanctions_total'?"},
        Case{"levers", "western_carrot = { value = 0.8, while = \"sanctions_total\", above = 0.6, quarters = 2 }",
             "73: western_carrot: quarters: of `after` and `once`; what holds `while` something does begins and ends with it"},
        Case{"levers", "western_carrot = { step = 0.8, after = \"succession\" }",
             "18: western_carrot: `value` is missing: the level that waits\nx.toml:4:20: western_carrot: unknown key 'step'; known are value, after, while, once, above, below, "
             "quarters, lasts, from, to"},
        Case{"levers", "pipeline_by_decision = { value = 0.5, after = \"succession\" }", "34: pipeline_by_decision: a whole number from 0 to 1, got 0.5"},
        Case{"events", "peace = { while = \"sanctions_total\", above = 0.6 }", "11: peace: happens in one quarter, `after` an event or `once` a variable is beyond a line, got `while`"},
        Case{"events", "peace = { after = \"succession\", at = \"2026Q1\" }", "33: peace: has a date or waits, not both, got `at`"},
        Case{"events", "peace = { after = \"succession\", lasts = 2 }", "33: peace: happens in one quarter, got `lasts`"},
        Case{"events", "peace = { after = \"succession\", size = 1 }", "33: peace: happens or does not, so it has no size"},
        Case{"events", "peace = { at = \"2026Q1\", of = \"first\" }", "26: peace: of: of death, reform, fragmentation, got it of peace"},
        Case{"events", "death = { at = \"2028Q1\", of = \"frist\" }", "31: death: of: \"first\", the leader who rules when `start` comes, got 'frist'; did you mean 'first'?"},
        Case{"events", "death = [\"2028Q1\", { at = \"2028Q1\", of = \"first\" }]", "27: death: 2028Q1 is named twice"},
        Case{"pins", "trust = { after = \"succession\", set = 0.5 }", "9: trust: a pin waits for nothing; [levers] and [events] do"}));

TEST(InputFiles, AllThatIsWrongWithAWaitAtOnce)
{
    EXPECT_EQ(problems_of(head + "[levers]\nwestern_carrot = [{ step = 0.1, from = \"2026Q1\" }, { value = 3, after = \"succesion\", quarters = 0 }, { value = 1, once = \"trust\", above = 0.99 }]\n"),
              "x.toml:4:62: western_carrot: a number from 0 to 1, got 3\n"
              "x.toml:4:73: western_carrot: after: unknown event 'succesion'; did you mean 'succession'?\n"
              "x.toml:4:97: western_carrot: quarters: from 1 on, the quarter after it and the first to know of it, got 0\n"
              "x.toml:4:139: western_carrot: above: trust lies from 0.01 to 0.99, so it is never above 0.99");
}

INSTANTIATE_TEST_SUITE_P(Parameters, Input,
                         testing::Values(Case{"parameters", "kapa = 0.3", "1: unknown parameter 'kapa'; did you mean 'kappa'?"},
                                         Case{"parameters", "western_carrot = 0.3", "1: unknown parameter 'western_carrot'; it belongs to [levers]"},
                                         Case{"parameters", "weight_trust = 0.2", "1: weight_trust: a weight or threshold of the outcome belongs to [index], got it under [parameters]"},
                                         Case{"parameters", "kappa = 0.9", "9: kappa: a number from 0.15 to 0.5, got 0.9"},
                                         Case{"parameters", "h_peace = { beta = [2, 2] }", "20: h_peace: values from 0 to 0.08, got 1; `on = [0, 0.08]` says between which values it lies"},
                                         Case{"parameters", "kappa = { mean = 0.3, sd = 0.1 }", "11: kappa: unknown key 'mean'; a normal distribution is { normal = [MEAN, SD] }"},
                                         Case{"parameters", "kappa = nan", "9: kappa: a number from 0.15 to 0.5, got nan"},
                                         Case{"parameters", "trust_noise = inf", "15: trust_noise: a number from -1000000 to 1000000, got inf"},
                                         Case{"parameters", "kappa = true", "9: kappa: a number from 0.15 to 0.5 or a table such as { uniform = [0.15, 0.5] }, got true"},
                                         Case{"parameters", "kappa = { uniform = [0.4, 0.2] }", "21: kappa: uniform: the lower bound first, got [0.4, 0.2]"},
                                         Case{"parameters", "kappa = { uniform = [0.2, 0.9] }", "21: kappa: values from 0.15 to 0.5, got 0.9"},
                                         Case{"parameters", "kappa = { uniform = [0.2] }", "21: kappa: uniform: two finite numbers in brackets, got an array of 1"},
                                         Case{"parameters", "kappa = { unifrom = [0.2, 0.3] }", "11: kappa: unknown key 'unifrom'; did you mean 'uniform'?"},
                                         Case{"parameters", "kappa = { normal = [0.3, 0] }", "20: kappa: normal: a standard deviation above 0, got 0"},
                                         Case{"parameters", "kappa = { normal = [0.7, 0.1] }", "20: kappa: values from 0.15 to 0.5, got 0.7"},
                                         Case{"parameters", "kappa = { normal = [0.3, 0.1], limits = [0.1, 0.4] }", "20: kappa: values from 0.15 to 0.5, got 0.1"},
                                         Case{"parameters", "kappa = { normal = [0.2, 0.001], truncated = [0.4, 0.5] }", "20: kappa: truncated: bounds that leave something of the distribution"},
                                         Case{"parameters", "kappa = { table = [0.2, 0.3], weights = [0.5, 0.6] }", "41: kappa: weights: numbers that sum to 1, got a sum of 1.1"},
                                         Case{"parameters", "kappa = { table = [0.2, 0.3], weights = [1] }", "41: kappa: weights: an array of 2 numbers, one per value, got an array of 1"},
                                         Case{"index", "kappa = 0.2", "1: unknown weight or threshold 'kappa'; it belongs to [parameters]"},
                                         Case{"index", "alliance_index = { uniform = [0, 1] }", "18: alliance_index: a number from -1000000 to 1000000, got a table"},
                                         Case{"index", "weight_trust = 0.3",
                                              "16: the weights of the index: a sum of 1, got 1.1: weight_political 0.35 (default), weight_economic 0.25 (default), "
                                              "weight_military 0.2 (default), weight_trust 0.3 (x.toml:4:16)"},
                                         Case{"parameters", "window_opens = 2040", "16: window_opens: up to window_closes, which is 2038 (the default), got 2040 (set at x.toml:4:16)"},
                                         Case{"parameters", "level_low = 0.8", "13: level_low: up to level_middle, which is 0.67 (the default), got 0.8 (set at x.toml:4:13)"},
                                         Case{"structures", "dep = \"pwn\"", "7: dep: one of limits, pawn, got 'pwn'; did you mean 'pawn'?"},
                                         Case{"structures", "dep = { pawn = 0.5, limits = 0.6 }", "7: dep: weights that sum to 1, got a sum of 1.1"},
                                         Case{"structures", "dap = \"pawn\"", "1: unknown structure 'dap'; did you mean 'dep'?"}));

INSTANTIATE_TEST_SUITE_P(
    Courses, Input,
    testing::Values(
        Case{"levers", "kappa = 0.2", "1: unknown lever 'kappa'; it belongs to [parameters]"}, Case{"levers", "western_carrot = 2", "18: western_carrot: a number from 0 to 1, got 2"},
        Case{"levers", "pipeline_by_decision = 0.5", "24: pipeline_by_decision: a whole number from 0 to 1, got 0.5"},
        Case{"levers", "western_carrot = { step = 0.2, from = \"2024Q4\" }", "39: western_carrot: from: a quarter from 2025Q1 to 2049Q4, from start to horizon, got 2024Q4"},
        Case{"levers", "western_carrot = { pulse = 0.2, from = \"2026Q1\" }", "18: western_carrot: `to` is missing"},
        Case{"levers", "western_carrot = { step = 0.2, from = \"2026Q1\", to = \"2027Q1\" }", "49: western_carrot: unknown key 'to'; known are step, from"},
        Case{"levers", "western_carrot = { ramp = [0, 3], from = \"2026Q1\", to = \"2027Q1\" }", "31: western_carrot: a number from 0 to 1, got 3"},
        Case{"levers", "western_carrot = [{ step = 0.1, from = \"2026Q1\" }, { pulse = 0.5, from = \"2027Q1\", to = \"2027Q4\" }]",
             "52: western_carrot: 2027Q1 is set already at x.toml:4:19, which reaches from 2026Q1 to 2049Q4"},
        Case{"events", "peace = \"2024Q1\"", "9: peace: a quarter from 2025Q1 to 2049Q4, from start to horizon, got 2024Q1"},
        Case{"events", "peace = \"2050Q1\"", "9: peace: a quarter from 2025Q1 to 2049Q4, from start to horizon, got 2050Q1"},
        Case{"events", "peace = [\"2026Q1\", \"2026Q1\"]", "20: peace: 2026Q1 is named twice"},
        Case{"events", "peace = { at = \"2026Q1\", size = 1 }", "26: peace: happens or does not, so it has no size"},
        Case{"events", "mutiny = { at = \"2026Q1\", size = 3 }", "34: mutiny: size: a number from 0 to 1, got 3"}, Case{"events", "peec = \"2026Q1\"", "1: unknown event 'peec'; did you mean 'peace'?"},
        Case{"events", "succession = \"2026Q1\"",
             "1: 'succession' is an event that runs see, none that can be forced; these can: peace, settle, weak, collapse, death, reform, taiwan, taiwan_war, pipeline, win, "
             "nuclear_signal, mutiny, fragmentation, relapse"},
        Case{"events", "death = [\"2026Q1\", \"never\"]", "20: death: a quarter such as \"2026Q1\", got 'never'"},
        Case{"events", "death = never", "10: not TOML: a text stands in quotation marks: \"never\""}, Case{"events", "death = 2026Q1", "13: not TOML: a text stands in quotation marks: \"2026Q1\""},
        Case{"events", "death = { at = 2026Q1 }", "20: not TOML: a text stands in quotation marks: \"2026Q1\""},
        Case{"events", "death = \"none\"", "9: death: a quarter such as \"2026Q1\", or \"never\", got 'none'"}, Case{"events", "peace = 2027", "9: peace: a quarter such as \"2027Q1\", got 2027"},
        Case{"levers", "western_carrot = [0.1, 0.2]", "18: western_carrot: one number, or step, pulse or ramp in tables, got an array with numbers"},
        Case{"levers", "western_carrot = 0,8", "19: not TOML: a number has a point before its decimals and no comma, got 0,8"},
        Case{"levers", "western_carrot = { step = 0,8, from = \"2026Q1\" }", "30: not TOML: a number has a point before its decimals and no comma, got 0,8"},
        Case{"levers", "western_carrot = .8", "18: not TOML: a digit stands before the point: 0.8"}, Case{"levers", "western = 0.5", "1: unknown lever 'western'; did you mean 'western_carrot'?"},
        Case{"levers", "western_offer = 0.5", "1: unknown lever 'western_offer'; did you mean 'western_carrot'?"},
        Case{"levers", "carrot = 0.5", "1: unknown lever 'carrot'; it is a variable: [pins], or did you mean 'western_carrot'?"},
        Case{"structures", "pawn = 1", "1: unknown structure 'pawn'; it is an alternative of the structure dep"},
        Case{"structures", "dependence = \"pawn\"",
             "1: unknown structure 'dependence'; it belongs to [drivers]; known are dep, warpref, covert, closeness, window, bond, postpeace, succession, "
             "network, "
             "motive, west_push, trust_growth, reach, middle, taiwan_back"},
        Case{"pins", "us_sanctions = { set = 0.5, from = \"2020Q1\", to = \"2026Q1\" }", "16: us_sanctions: quarters from start on, 2025Q1, as the history has the earlier ones (history.csv:2:1), got 2020Q1"},
        Case{"pins", "trust = { set = 1.5, from = \"2020Q1\" }", "17: trust: a number from 0.01 to 0.99, got 1.5"},
        Case{"pins", "trust = { hold = false, from = \"2020Q1\" }", "18: trust: hold = true, got false"},
        Case{"pins", "war_state = { set = 1.5, from = \"2026Q1\" }", "21: war_state: a whole number from 0 to 2, got 1.5"},
        Case{"pins", "war_state = { add = 0.5, from = \"2026Q1\" }", "21: war_state: a whole number, got 0.5"},
        Case{"pins", "war_state = { set_ramp = [0, 2], from = \"2026Q1\", to = \"2027Q1\" }", "26: war_state: no values between whole numbers, so no ramp"},
        Case{"levers", "us_rivalry_centre = -0.5", "21: us_rivalry_centre: a number from 0 to 1, got -0.5"},
        Case{"levers", "us_rivalry_centre = { ramp = [-1, 1], from = \"2026Q1\", to = \"2027Q1\" }", "31: us_rivalry_centre: a number from 0 to 1, got -1"},
        Case{"pins", "trust = 0.5", "9: trust: set, set_ramp, hold or add in a table, got 0.5"}, Case{"pins", "trust = { set = 0.5 }", "9: trust: `from` is missing"},
        Case{"pins", "alignment_index = { set = 0.5, from = \"2026Q1\" }", "1: alignment_index: follows from other variables and cannot be pinned"}));

TEST(InputFiles, AllProblemsAtOnceInOrder)
{
    EXPECT_EQ(problems_of("runs = 0\n[levers]\nx = 1\n[parameters]\nkapa = 1\n"),
              "x.toml:1:1: assumes is missing: who assumes it, from which article\n"
              "x.toml:1:1: title is missing: what the scenario is\n"
              "x.toml:1:8: runs: a whole number from 1 to 1000000000, got 0\n"
              "x.toml:3:1: unknown lever 'x'; known are western_carrot, enforcement_push, bank_enforcement_push, sanctions_push, antidollar_axis, "
              "pipeline_by_decision, central_asia_push, arctic_push, india_pull, india_pressure, europe_peel, us_rivalry_centre, "
              "ukraine_resolve, taiwan_posture, patrol_push, india_china_hostility, support_hostility_push, diversification_push, "
              "reliance_push\n"
              "x.toml:5:1: unknown parameter 'kapa'; did you mean 'kappa'?");
    EXPECT_EQ(problems_of(head, {.toml = "runs = 0\nextends = \"a\"", .parameters_default = false}),
              "--set:1:8: runs: a whole number from 1 to 1000000000, got 0\n--set:2:1: extends: only a file extends another");
}

TEST(InputFiles, WhatIsThereTwiceIsSaidWithTheFirst)
{
    EXPECT_EQ(problems_of(head + "[levers]\nwestern_carrot = 0.1\n[events]\n[levers]\nindia_pull = 1\n"),
              "x.toml:6:1: [levers] is there already at x.toml:3:1; put its lines together");
    EXPECT_EQ(problems_of(head + "[levers]\nwestern_carrot = 0.1\n  india_pull = 1\nindia_pull = 0.2\n"), "x.toml:6:14: india_pull is set already at x.toml:5:3");
    EXPECT_NE(problems_of(head + "mute = [\n[ { a = 1, a = 2 },\n3 ] ]\n").find("cannot redefine"), std::string::npos) << "no header";
}

TEST(InputFiles, WhatIsNoUtf8IsToldToBeSavedSo)
{
    EXPECT_EQ(problems_of("title = \"caf\xe9\"\n"), "x.toml:1:12: not UTF-8: save the file as UTF-8");
    using namespace std::string_literals;
    for (const std::string& wide : {"\xff\xfet\0i\0t\0"s, "t\0i\0"s, "\xfe\xff\0t\0i"s})
        EXPECT_NE(problems_of(wide).find("not UTF-8 but UTF-16: save the file as UTF-8"), std::string::npos) << wide;
}

TEST(InputFiles, SettingNothingIsAnError)
{
    const auto set = [](const std::string& toml) { return problems_of(head, {.toml = toml, .parameters_default = false}); };
    EXPECT_EQ(set("[levers]\n"), "--set:1:2: sets nothing, got '[levers]'");
    EXPECT_EQ(set("runs = 3; seed = 2\n"), "--set:1:9: not TOML: a semicolon parts nothing: one --set for each value");
    EXPECT_EQ(set("[levers]\nwestern_carrot = 0.5\n"), "no problem");
}

TEST(InputFiles, OptionsAreNamedAndNotSetTwice)
{
    const std::vector<Overlay::Option> faulty = {{"--runs", "runs", "0"}, {"--seed", "seed", "abc"}};
    EXPECT_EQ(problems_of(head, {.toml = "kapa = 1", .parameters_default = false, .options = faulty}), "--runs: a whole number from 1 to 1000000000, got 0\n"
                                                                                                       "--seed: a whole number from 0 to 9223372036854775807, got 'abc'\n"
                                                                                                       "--set:1:1: unknown key 'kapa'");
    EXPECT_EQ(problems_of(head, {.toml = "runs = 7\nseed = 3", .parameters_default = false, .options = {{"--runs", "runs", "5"}, {"--seed", "seed", "1"}}}),
              "--set:1:1: runs: is set by --runs already\n--set:2:1: seed: is set by --seed already");
    for (const char* seed : {"0", "9223372036854775807"})
        EXPECT_EQ(problems_of(head, {.toml = "", .parameters_default = false, .options = {{"--seed", "seed", seed}}}), "no problem");
    for (const char* seed : {"-1", "9223372036854775808", "1.5", ""})
        EXPECT_NE(problems_of(head, {.toml = "", .parameters_default = false, .options = {{"--seed", "seed", seed}}}), "no problem") << seed;
}

TEST(InputFiles, WhatBeginsBeyondTheHorizon)
{
    EXPECT_EQ(problems_of(head + "horizon = \"2020Q4\"\n[levers]\nwestern_carrot = 0.5\n[events]\npeace = \"2026Q1\"\n"),
              "x.toml:5:18: western_carrot: acts from start on, 2025Q1, but the horizon is 2020Q4\n"
              "x.toml:7:9: peace: acts from start on, 2025Q1, but the horizon is 2020Q4");
    EXPECT_EQ(problems_of(head + "horizon = \"2020Q4\"\n"), "no problem") << "history alone";
}

TEST(InputFiles, WhatLeavesNoRoomForAClass)
{
    EXPECT_EQ(problems_of(head + "[index]\nalignment_least = 0.3\n"),
              "x.toml:4:19: transactional_least: up to alignment_least, which is 0.3 (set at x.toml:4:19), got 0.4 (the default)");
    EXPECT_EQ(problems_of(head + "[index]\nalignment_least = 0.4\n"), "no problem");
}

TEST(InputFiles, WindowsThatCloseBeforeTheyOpen)
{
    const auto windows = [](const std::string& lines) { return problems_of(head + "[parameters]\n" + lines); };
    EXPECT_EQ(windows("window_opens = 2040\nwindow_closes = 2035\n"),
              "x.toml:4:16: window_opens: up to window_closes, which is 2035 (set at x.toml:5:17), got 2040 (set at x.toml:4:16)");
    EXPECT_EQ(windows("window_closes = { uniform = [2020, 2030] }\n"),
              "x.toml:4:17: window_opens: up to window_closes, which is 2025 (set at x.toml:4:17), got 2028 (the default); drawn ones by their medians");
    EXPECT_EQ(windows("window_closes = 2028\n"), "no problem");
}

// To take back what an extended file forces.
TEST(InputFiles, AnEventThatNeverHappens)
{
    const Scenario s = parse_scenario(head + "[events]\ndeath = \"2030Q1\"\n", "x.toml", {.toml = "events.death = \"never\""});
    for (const CourseSetting& c : s.courses) EXPECT_TRUE(c.history || c.course.target != Target::forced);
}

TEST(InputFiles, WhatIsNoToml)
{
    EXPECT_EQ(problems_of(std::string("a = 1\nb\0 = 2\n", 13)), "x.toml:2:2: a NUL byte: this is no text");
    EXPECT_EQ(problems_of("a = 1\n\n[[$"), "x.toml:3:1: not TOML: malformed text");
    EXPECT_EQ(problems_of("a = 1\na = 2\n").substr(0, 9), "x.toml:2:");
    EXPECT_EQ(problems_of("title = \"\xff\"\n").substr(0, 14), "x.toml:1:9: no");
    EXPECT_EQ(problems_of("\xef\xbb\xbf" + head), "no problem");
    EXPECT_NE(problems_of("\xff\xfet\0"), "no problem");
}

TEST(InputFiles, ProblemsWithoutEndAreNotAllTold)
{
    std::string few = head, many = head;
    for (int i = 0; i < 49; ++i) few += fmt::format("k{} = 1\n", i);
    for (int i = 0; i < 5000; ++i) many += fmt::format("k{} = 1\n", i);
    EXPECT_EQ(std::ranges::count(problems_of(few), '\n') + 1, 49);
    const std::string said = problems_of(many);
    EXPECT_EQ(std::ranges::count(said, '\n') + 1, 51);
    EXPECT_TRUE(said.starts_with("x.toml: 50 problems were found, and the rest is not looked at\n")) << said;
    try {
        parse_sweep(many + "[[factor]]\nname = \"f\"\n", "s.toml");
        ADD_FAILURE();
    } catch (const ScenarioErrors& errors) {
        EXPECT_EQ(errors.problems.size(), 51u);
    }
}

TEST(InputFiles, NestingHasAnEnd)
{
    for (const std::string& opening : {std::string("["), std::string("{a="), std::string("[{a.b=")}) {
        std::string deep = "a = ";
        for (int i = 0; i < 5000; ++i) deep += opening;
        EXPECT_NE(problems_of(deep).find("nested deeper than 64 levels"), std::string::npos) << opening;
    }
    std::string dotted = "a";
    for (int i = 0; i < 100000; ++i) dotted += ".a";
    EXPECT_NE(problems_of(dotted + " = 1").find("nested deeper than 64 levels"), std::string::npos);
    EXPECT_NE(problems_of("[" + dotted + "]").find("nested deeper than 64 levels"), std::string::npos);
    std::string numbers = head + "[parameters]\nkappa = { table = [0.2";
    for (int i = 1; i < 200; ++i) numbers += ", 0.2";
    EXPECT_EQ(problems_of(numbers + "] } # [[[[ in a comment\n"), "no problem");
}

TEST(InputFiles, Noise)
{
    std::uint32_t x = 1;
    std::string noise;
    for (int i = 0; i < 10000000; ++i) noise += static_cast<char>((x = x * 1664525u + 1013904223u) >> 24);
    EXPECT_NE(problems_of(noise), "no problem");
    EXPECT_NE(problems_of(noise.substr(0, 1000000)), "no problem");
    const std::string letters = "[]{}\"'#=.,\n abc019";
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (int i = 0; i < 40; ++i) text += letters[((x = x * 1664525u + 1013904223u) >> 16) % letters.size()];
        EXPECT_NE(problems_of(text), "no problem"); // at least title and assumes are missing
    }
}

TEST(InputFiles, FilesThatAreNone)
{
    const TemporaryFolder folder;
    EXPECT_EQ(problems_in(folder / "none.toml"), folder / "none.toml" + ": there is no such file");
    EXPECT_EQ(problems_in(folder.path.string()), folder.path.string() + ": a scenario file, got a directory");
    EXPECT_EQ(problems_in("/dev/null"), "/dev/null: a scenario file, got something that is no regular file");
    EXPECT_NE(problems_in(write_file(folder / "empty.toml", "")).find(":1:1: title is missing"), std::string::npos);
    EXPECT_NE(problems_in(write_file(folder / "large.toml", std::string((1 << 20) + 1, '\n'))).find("a scenario file of up to"), std::string::npos);
}

TEST(InputFiles, ExtendsNamesThePlace)
{
    const TemporaryFolder folder;
    const std::string one = write_file(folder / "one.toml", head + "extends = \"two.toml\"\n");
    const std::string two = write_file(folder / "two.toml", head + "extends = \"../" + folder.path.filename().string() + "/one.toml\"\n");
    EXPECT_EQ(problems_in(one), two + ":3:11: extends: a file that does not lead back here, got " + one + " -> " + two + " -> " + one);
    const std::string lost = write_file(folder / "lost.toml", head + "extends = \"gone.toml\"\n");
    EXPECT_EQ(problems_in(lost), lost + ":3:11: extends: " + (folder / "gone.toml") + ": there is no such file");
    const std::string broken = write_file(folder / "broken.toml", "title = \n");
    EXPECT_EQ(problems_in(write_file(folder / "user.toml", head + "extends = \"broken.toml\"\n")).substr(0, broken.size() + 3), broken + ":1:");
    const std::string base = write_file(folder / "base.toml", head + "[parameters]\nkapa = 1\n");
    EXPECT_EQ(problems_in(write_file(folder / "own.toml", head + "extends = \"base.toml\"\n")), base + ":4:1: unknown parameter 'kapa'; did you mean 'kappa'?");
}

} // namespace
} // namespace entente
