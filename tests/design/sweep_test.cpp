// Sweep files: what they come to, and every problem at its place.
#include "sweeps.hpp"
#include "core/temporary_folder.hpp"
#include "core/text.hpp"
#include "design/kinds.hpp"
#include "design/sweep.hpp"
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

namespace entente {
namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}
std::string problems(const std::string& text)
{
    try {
        parse_sweep(text, "s.toml");
    } catch (const ScenarioErrors& e) {
        return e.text;
    }
    return "";
}

TEST(Sweep, IsRead)
{
    const Sweep s = parse_sweep(small_sweep, "s.toml");
    EXPECT_EQ(s.name, "s");
    EXPECT_EQ(s.policy_names, (std::vector<std::string>{"as it is", "no deals"}));
    ASSERT_EQ(s.factors.size(), 3u);
    EXPECT_EQ(s.factors[1].name, "dep");
    EXPECT_EQ(s.factors[1].choices[0], "limits");
    EXPECT_EQ(s.factors[2].kind, Factor::Kind::choice);
    EXPECT_EQ(s.design.kind, &designs::sobol);
    EXPECT_EQ(s.replicates, 150u);
    EXPECT_EQ(s.outcomes[1].text, "succession by 2026Q4");
    EXPECT_EQ(s.policies[1].horizon, 51);
    const std::size_t p_deal = Description::find(describe().parameters, "p_deal");
    EXPECT_NE(s.policies[0].parameters[p_deal].distribution.shape, Shape::value);
    EXPECT_EQ(s.policies[1].parameters[p_deal].distribution.a, 0);
}

// [scenario], over it the policy, over that the command line.
TEST(Sweep, APolicyGoesOverTheScenarioAndTheCommandLineOverBoth)
{
    const std::string text = replaced(small_sweep, "[scenario]", "[scenario]\nparameters.p_deal = 0.75\nparameters.kappa = 0.25");
    const auto of = [](const Sweep& s, std::size_t policy, const char* name) { return s.policies[policy].parameters[Description::find(describe().parameters, name)].distribution.a; };
    const Sweep s = parse_sweep(text, "s.toml"), over = parse_sweep(text, "s.toml", {.toml = "parameters.p_deal = 0.5"});
    EXPECT_EQ(of(s, 0, "p_deal"), 0.75);
    EXPECT_EQ(of(s, 1, "p_deal"), 0);
    EXPECT_EQ(of(s, 1, "kappa"), 0.25);
    EXPECT_EQ(of(over, 0, "p_deal"), 0.5);
    EXPECT_EQ(of(over, 1, "p_deal"), 0.5);
}

TEST(Sweep, AFactorsValueIsACourse)
{
    const Sweep s = parse_sweep(small_sweep, "s.toml");
    const Course lever = s.placements[0][0].course(0.25), event = s.placements[2][0].course(1), never = s.placements[2][0].course(2);
    ASSERT_EQ(lever.how.size(), 52u);
    EXPECT_EQ(lever.value[44], 0.25);
    EXPECT_EQ(lever.how[43], Imposition::none);
    ASSERT_EQ(event.how.size(), 49u);
    EXPECT_EQ(event.how[48], Imposition::set);
    EXPECT_TRUE(never.how.empty());
    EXPECT_EQ(s.placements[1][0].codes.size(), s.factors[1].choices.size());
    const Sweep shaped = parse_sweep(replaced(small_sweep, "range = [0, 1]", "range = [0, 1]\nas = { ramp = [0, \"value\"], from = \"2025Q1\", to = \"2026Q1\" }"), "s.toml");
    EXPECT_DOUBLE_EQ(shaped.placements[0][0].course(0.8).value[46], 0.4);
}

TEST(Sweep, AFactorMayBeWhatWaitsOrItsDelayLineOrDate)
{
    const auto wait_of = [](const std::string& values, const std::string& as, double value) {
        return parse_sweep(replaced(small_sweep, "range = [0, 1]", fmt::format("{}\nas = {{ {} }}", values, as)), "s.toml").placements[0][0].course(value).waits.at(0);
    };
    EXPECT_EQ(wait_of("range = [0, 1]", "value = \"value\", after = \"ceasefire\"", 0.25).value, 0.25);
    EXPECT_EQ(wait_of("whole = [1, 5]", "value = 0.5, after = \"ceasefire\", quarters = \"value\"", 3).quarters, 3);
    EXPECT_EQ(wait_of("levels = [1, 4]", "value = 0.5, after = \"ceasefire\", quarters = \"value\"", 4).quarters, 4);
    EXPECT_EQ(wait_of("range = [0.25, 0.75]", "value = 0.5, while = \"trust\", below = \"value\"", 0.5).line, 0.5);
    EXPECT_EQ(wait_of("dates = [\"2025Q2\", \"2026Q1\"]", "value = 0.5, after = \"ceasefire\", from = \"value\"", 46).from, 46);
    const std::size_t fragmentation = Description::find(describe().events, "fragmentation");
    EXPECT_EQ(wait_of("levels = [\"ceasefire\", \"fragmentation\"]", "value = 0.5, after = \"value\"", 1).index, fragmentation);
}

// The scenario's own setting of what a factor sets gives way.
TEST(Sweep, AFactorReplacesWhatTheScenarioSets)
{
    const std::string set = replaced(small_sweep, "[scenario]", "[scenario]\nlevers = { western_carrot = 0.7 }");
    const std::size_t carrot = Description::find(describe().levers, "western_carrot");
    const Sweep s = parse_sweep(set, "s.toml");
    for (const CourseSetting& c : s.policies[0].courses) EXPECT_FALSE(c.course.target == Target::lever && c.course.index == carrot);
}

// Where one_at_a_time leaves it.
TEST(Sweep, AFactorKnowsWhereTheScenarioStands)
{
    const auto own = [](const std::string& factor, const std::string& scenario) -> std::optional<double> {
        const std::string without_death = replaced(small_sweep, "name = \"death\"\nsets = \"events.death\"", "sets = \"events.reform\"");
        return parse_sweep(replaced(without_death, "[scenario]", "[[factor]]\n" + factor + "\n[scenario]\n" + scenario), "s.toml").factors[0].own;
    };
    const std::string kappa = "sets = \"parameters.kappa\"\nrange = [0.15, 0.45]";
    const Row& row = describe().parameters[Description::find(describe().parameters, "kappa")];
    EXPECT_EQ(own(kappa, ""), static_cast<double>(static_cast<float>(row.standard))) << "the median of its prior";
    EXPECT_EQ(own(kappa, "parameters.kappa = 0.25"), 0.25);
    EXPECT_EQ(own(kappa, "parameters.kappa = 0.5"), std::nullopt) << "not among the factor's values";
    EXPECT_EQ(own("sets = \"parameters.kappa\"\nlevels = [0.15, 0.35]", "parameters.kappa = 0.35"), 0.35);
    EXPECT_EQ(own("sets = \"structures.covert\"", "structures = { covert = { restrained = 0.75, grey = 0.25 } }"),
              own("sets = \"structures.covert\"", "structures = { covert = \"restrained\" }"));
    EXPECT_NE(own("sets = \"structures.covert\"", "structures = { covert = \"restrained\" }"), own("sets = \"structures.covert\"", ""));
    const std::string push = "sets = \"levers.sanctions_push\"\nrange = [-0.5, 0.5]\nas = { step = \"value\", from = \"2026Q1\" }";
    EXPECT_EQ(own(push, ""), 0);
    EXPECT_EQ(own(push, "levers = { sanctions_push = { step = 0.125, from = \"2025Q3\" } }"), 0.125);
    EXPECT_EQ(own(push, "levers = { sanctions_push = { pulse = 0.125, from = \"2025Q3\", to = \"2025Q4\" } }"), 0) << "over when the factor begins to act";
    const std::string death = "sets = \"events.death\"\nlevels = [\"2025Q2\", \"2026Q1\", \"never\"]";
    EXPECT_EQ(own(death, ""), 2);
    EXPECT_EQ(own(death, "events = { death = \"2026Q1\" }"), 1);
    EXPECT_EQ(own(death, "events = { death = \"2026Q2\" }"), std::nullopt);
    EXPECT_EQ(own("sets = \"events.death\"\ndates = [\"2025Q2\", \"2026Q1\"]", "events = { death = \"2026Q1\" }"), 48);
    EXPECT_EQ(own("sets = \"events.death\"\ndates = [\"2025Q2\", \"2026Q1\"]", ""), std::nullopt);
    EXPECT_EQ(own("sets = \"pins.trust\"\nrange = [0.125, 0.5]\nas = { set = \"value\", from = \"2026Q1\" }", "pins = { trust = { set = 0.25, from = \"2025Q2\" } }"), 0.25);
    EXPECT_EQ(own("sets = \"pins.trust\"\nrange = [0.125, 0.5]\nas = { set = \"value\", from = \"2026Q1\" }", ""), std::nullopt);
    const std::string sanctions = "sets = \"levers.sanctions_push\"\n", waiting = "levers = { sanctions_push = { value = 0.25, after = \"ceasefire\", quarters = 3 } }";
    const std::string level = sanctions + "range = [-0.5, 0.5]\nas = { value = \"value\", after = \"ceasefire\", quarters = 3 }",
                      delay = sanctions + "whole = [1, 5]\nas = { value = 0.25, after = \"ceasefire\", quarters = \"value\" }";
    EXPECT_EQ(own(level, waiting), 0.25);
    EXPECT_EQ(own(level, ""), 0) << "where nothing is imposed the lever rests";
    EXPECT_EQ(own(delay, waiting), 3);
    EXPECT_EQ(own(delay, ""), std::nullopt);
    EXPECT_EQ(own(level, "levers = { sanctions_push = { value = 0.25, after = \"ceasefire\", quarters = 2 } }"), std::nullopt) << "another delay";
    EXPECT_EQ(own(push, waiting), std::nullopt) << "a step is nothing that waits";
}

TEST(Sweep, ASweepReadsAgainFromItsPolicies)
{
    const Sweep s = parse_sweep(small_sweep, "s.toml");
    std::vector<std::string> resolved;
    for (const Scenario& policy : s.policies) resolved.push_back(resolved_toml(policy));
    const Sweep again = parse_sweep(replaced(small_sweep, SOURCE_DIR "/tests/by_priors/baseline.toml", "nowhere.toml"), "x/y.toml", {}, resolved);
    ASSERT_EQ(again.policies.size(), 2u);
    for (std::size_t k = 0; k < 2; ++k) EXPECT_EQ(again.policies[k].courses.size(), s.policies[k].courses.size());
    EXPECT_EQ(again.policy_names, s.policy_names);
    EXPECT_EQ(again.placements[0][0].course(0.25).value, s.placements[0][0].course(0.25).value);
}

const std::string two_levers = "name = \"pressure\"\nsets = [\"levers.sanctions_push\", \"levers.enforcement_push\"]\nlevels = [-0.25, 0, 0.25]";
std::string with_carrot(const std::string& factor) { return replaced(small_sweep, "name = \"carrot\"\nsets = \"levers.western_carrot\"\nrange = [0, 1]", factor); }

TEST(Sweep, OneValueSetsSeveralThings)
{
    const Sweep s = parse_sweep(with_carrot(two_levers), "s.toml");
    ASSERT_EQ(s.placements[0].size(), 2u);
    EXPECT_EQ(sets_text(s.placements[0]), "levers.sanctions_push, levers.enforcement_push");
    for (const Placement& p : s.placements[0]) EXPECT_EQ(p.course(-0.25).value[48], -0.25);
    EXPECT_NE(s.placements[0][0].course(0).index, s.placements[0][1].course(0).index);
    EXPECT_EQ(s.factors[0].own, 0.0);
    const Sweep apart = parse_sweep(replaced(with_carrot(two_levers), "[scenario]", "[scenario]\nlevers.sanctions_push = 0.25"), "s.toml");
    EXPECT_EQ(apart.factors[0].own, std::nullopt) << "one of them stands elsewhere";
}

// Each thing that a factor sets is held to all that a factor's only one is held to.
TEST(Sweep, SeveralThingsTakeTheSameValues)
{
    const auto of = [](const std::string& factor) { return problems(with_carrot(factor)); };
    EXPECT_EQ(of("sets = [\"levers.sanctions_push\", \"levers.enforcement_push\"]\nrange = [0, 1]"), "s.toml:10:1: factor: `name` is missing: it sets several things");
    EXPECT_EQ(of("name = \"x\"\nsets = []\nrange = [0, 1]"), "s.toml:12:8: factor: sets: at least one thing of the scenario, got an empty array");
    EXPECT_EQ(of("name = \"x\"\nsets = [\"levers.sanctions_push\", \"levers.sanctions_push\"]\nrange = [0, 1]"),
              "s.toml:12:34: factor: sets: 'levers.sanctions_push' is there already");
    EXPECT_EQ(of("name = \"x\"\nsets = [\"levers.sanctions_push\", \"levers.enforcement_posh\"]\nrange = [0, 1]"),
              "s.toml:12:34: unknown lever 'enforcement_posh'; did you mean 'enforcement_push'?");
    EXPECT_EQ(of("name = \"x\"\nsets = [\"levers.sanctions_push\", \"levers.western_carrot\"]\nlevels = [0, -0.5]"),
              "s.toml:13:14: at -0.5: x: a number from 0 to 1, got -0.5 for western_carrot");
    EXPECT_EQ(of("name = \"x\"\nsets = [\"parameters.kappa\", \"parameters.h_peace\"]\nrange = [0.2, 0.4]"), "s.toml:13:10: x: numbers from 0 to 0.08 for h_peace, got 0.2");
    EXPECT_EQ(of("name = \"x\"\nsets = [\"structures.closeness\", \"structures.window\"]"),
              "s.toml:12:33: x: sets: the same values for all, got friction, trust for structures.closeness and closing, patient for structures.window");
    EXPECT_EQ(of("name = \"x\"\nsets = [\"levers.sanctions_push\", \"structures.dep\"]\nrange = [0, 1]").substr(0, 11), "s.toml:13:1");
    const std::string again = "\n[[factor]]\nname = \"y\"\nsets = [\"levers.india_pull\", \"levers.enforcement_push\"]\nrange = [0, 1]\n";
    EXPECT_EQ(of(two_levers + again), "s.toml:14:1: y: levers.enforcement_push is set by a factor already at s.toml:10:1");
}

TEST(Sweep, ADialIsAFactorAndMovesNothingThatAnotherLineSets)
{
    const auto dial = [](const std::string& name) { return "sets = \"drivers." + name + "\"\nlevels = [0, 0.5, 1]"; };
    const Sweep s = parse_sweep(with_carrot(dial("taiwan_window")), "s.toml");
    EXPECT_EQ(s.factors[0].name, "taiwan_window");
    EXPECT_EQ(s.factors[0].own, 0.5);
    EXPECT_EQ(s.placements[0][0].kind, Placement::Kind::dial);
    const auto of = [&](const std::string& name, const std::string& from, const std::string& to) { return problems(replaced(with_carrot(dial(name)), from, to)); };
    EXPECT_EQ(of("taiwan_window", "1]", "2]"), "s.toml:12:19: taiwan_window: numbers from 0 to 1, got 2");
    EXPECT_EQ(of("taiwan_windo", "1]", "1]"), "s.toml:11:8: unknown driver 'taiwan_windo'; did you mean 'taiwan_window'?");
    EXPECT_EQ(of("taiwan_window", "horizon =", "parameters.h_TW = 0.02\nhorizon ="), "s.toml:11:1: drivers.taiwan_window: moves h_TW, which is set at s.toml:7:19; one of the two");
    EXPECT_EQ(of("sanctions_pressure", "{ p_deal = 0.0 }", "{ p_deal = 0.0 }\nlevers = { sanctions_push = 0.5 }"),
              "s.toml:10:1: drivers.sanctions_pressure: moves sanctions_push, which is set at s.toml:28:29; one of the two");
    EXPECT_EQ(of("sanctions_pressure", "sets = \"structures.dep\"", two_levers),
              "s.toml:10:1: drivers.sanctions_pressure: moves enforcement_push, which is a factor, see s.toml:14:1; one of the two\n"
              "s.toml:10:1: drivers.sanctions_pressure: moves sanctions_push, which is a factor, see s.toml:14:1; one of the two");
    EXPECT_EQ(problems(replaced(with_carrot(two_levers), "{ p_deal = 0.0 }", "{ p_deal = 0.0 }\ndrivers = { sanctions_pressure = 1 }")),
              "s.toml:29:34: drivers.sanctions_pressure: moves enforcement_push, which is a factor, see s.toml:10:1; one of the two\n"
              "s.toml:29:34: drivers.sanctions_pressure: moves sanctions_push, which is a factor, see s.toml:10:1; one of the two");
    EXPECT_EQ(of("taiwan_window", "{ p_deal = 0.0 }", "{ p_deal = 0.0 }\ndrivers = { taiwan_window = 1 }"),
              "s.toml:28:13: policy no deals: drivers.taiwan_window is a factor, see s.toml:10:1");
}

struct Bad {
    std::string from, to, problem;
};
class BadSweep : public testing::TestWithParam<Bad> {};

TEST_P(BadSweep, IsToldWhere)
{
    const Bad bad = GetParam();
    const std::string found = problems(replaced(small_sweep, bad.from, bad.to));
    EXPECT_NE(found.find(bad.problem), std::string::npos) << found;
    EXPECT_TRUE(found.starts_with("s.toml:")) << found;
}

// What is wrong in one place is said once, without what only follows from it.
TEST(Sweep, OneMistakeIsOneMessage)
{
    for (const auto& [from, to] :
         {std::pair{"range = [0, 1]", "range = [\"2026Q1\", \"2027Q1\"]"}, std::pair{"\"sobol\"", "\"sobbol\""}, std::pair{"[scenario]\n", ""}, std::pair{"sets =", "set ="},
          std::pair{"kind =", "knid ="}, std::pair{"points =", "pionts ="}, std::pair{"[design]", "[desing]"}, std::pair{"outcomes =", "outcome ="}, std::pair{"file =", "fiel ="}}) {
        const std::string found = problems(replaced(small_sweep, from, to));
        EXPECT_EQ(std::count(found.begin(), found.end(), '\n'), 0) << found;
        EXPECT_FALSE(found.empty()) << to;
    }
}

TEST(Sweep, ScenariosAndSweepsAreToldApart)
{
    EXPECT_NE(problems("outcomes = [\"rupture by 2030Q1\"]\n[[factor]]\nsets = \"structures.dep\"\n").find("s.toml:1:1: [scenario] is missing"), std::string::npos);
    EXPECT_NE(problems("title = \"t\"\nassumes = \"x\"\n").find("no sweep: neither [scenario] nor [[factor]]"), std::string::npos);
    try {
        parse_scenario(small_sweep, "s.toml");
        ADD_FAILURE() << "a sweep was read as a scenario";
    } catch (const ScenarioErrors& e) {
        EXPECT_STREQ(e.what(), "s.toml:1:1: is a sweep, not a scenario: `entente sweep` runs it");
    }
}
INSTANTIATE_TEST_SUITE_P(
    Files, BadSweep,
    testing::Values(Bad{"levers.western_carrot", "levers.western_carot", "s.toml:12:8: unknown lever 'western_carot'; did you mean 'western_carrot'?"},
                    Bad{"levers.western_carrot", "lever.western_carrot", "s.toml:12:8: carrot: sets: SECTION.NAME with a section of drivers, parameters, structures, levers, events or pins, got 'lever.western_carrot'; did you mean 'levers.western_carrot'?"},
                    Bad{"levers.western_carrot", "levers.p_deal", "s.toml:12:8: unknown lever 'p_deal'; it belongs to [parameters]"},
                    Bad{"[0, 1]", "[0, 2]", "s.toml:13:13: at 2: carrot: a number from 0 to 1, got 2"},
                    Bad{"range = [0, 1]", "range = [1, 0]", "s.toml:13:9: carrot: range: two numbers, the lower first, got 1 and 0"},
                    Bad{"range = [0, 1]", "levels = []", "s.toml:13:10: carrot: levels: an array of values, got an empty one"},
                    Bad{"range = [0, 1]", "levels = [0, 0.5, 0.5]", "s.toml:13:19: carrot: levels: 0.5 is there already"},
                    Bad{"range = [0, 1]", "", "s.toml:10:1: factor: one of range, levels, whole, dates, distribution, got none of them"},
                    Bad{"structures.dep\"", "structures.dep\"\nlevels = [\"pawn\", \"master\"]", "s.toml:17:19: dep: limits|pawn, got 'master'"},
                    Bad{"\"2026Q1\", \"never\"", "\"2026Q5\"", "s.toml:21:21: at 2026Q5: "},
                    Bad{"\"never\"", "\"none\"", "s.toml:21:31: at none: death: a quarter such as \"2026Q1\", or \"never\", got 'none'"},
                    Bad{"levers.western_carrot\"\nrange = [0, 1]", "parameters.h_peace\"\nrange = [0, 100]", "s.toml:13:13: carrot: numbers from 0 to 0.08, got 100"},
                    Bad{"name = \"death\"", "name = \"carrot\"", "s.toml:18:1: factor: 'carrot' is named already at s.toml:10:1"},
                    Bad{"events.death", "structures.dep", "dep is set by a factor already at s.toml:15:1"},
                    Bad{"{ p_deal = 0.0 }", "{ p_deal = 0.0 }\nlevers = { western_carrot = 0.5 }", "s.toml:29:12: policy no deals: levers.western_carrot is a factor, see s.toml:10:1"},
                    Bad{"levers.western_carrot\"\nrange = [0, 1]", "parameters.window_opens\"\nrange = [2026, 2045]", "s.toml:10:1: window_opens: up to window_closes, which is 2038 at least, got up to 2045"},
                    Bad{"{ p_deal = 0.0 }", "{ p_deal = 7.0 }", "p_deal: a number from"},
                    Bad{"{ p_deal = 0.0 }", "{ p_deal = 0.0 }\nhorizon = \"2040Q1\"", "policy no deals: horizon is the same for all policies"},
                    Bad{"name = \"no deals\"", "name = \"no\\ndeals\"", "s.toml:27:8: policy: name: a line without quotation marks and backslashes"},
                    Bad{"levers.western_carrot\"", "parameters.kappa\"\nas = { step = \"value\" }", "s.toml:13:1: carrot: as: of levers, events and pins; a parameter has the value itself"},
                    Bad{"horizon = ", "runs = 7\nhorizon = ", "s.toml:7:1: scenario: runs: `replicates` under [design] says how many"},
                    Bad{"name = \"no deals\"", "name = \"as it is\"", "s.toml:27:8: policy: name: 'as it is' is there already"},
                    Bad{"\"sobol\"", "\"sobol\"\nlevels = 4", "s.toml:32:1: design: levels: of factorial, one_at_a_time, morris; sobol takes none"},
                    Bad{"\"sobol\"\npoints = 7", "\"factorial\"\nseed = 4", "s.toml:32:1: design: seed: of latin_hypercube, sobol, saltelli, morris; factorial has nothing random"},
                    Bad{"name = \"no deals\"", "name = \"as it  is\"", "s.toml:27:8: policy: name: 'as it is' is there already, and only blanks differ"},
                    Bad{"\"sobol\"", "\"lhs\"", "got 'lhs'; did you mean 'latin_hypercube'?"},
                    Bad{"\"sobol\"", "\"sobbol\"", fmt::format("s.toml:31:8: design: kind: {}, got 'sobbol'; did you mean 'sobol'?", fmt::join(design_kind_names(), ", "))},
                    Bad{"range = [0, 1]", "range = [\"2026Q1\", \"2027Q1\"]", "s.toml:13:9: carrot: range: two numbers; quarters are given as `dates`"},
                    Bad{"[scenario]\n", "", "s.toml:5:1: file: belongs under [scenario], and that line is missing"}, Bad{"points = 7", "", "s.toml:30:1: design: `points` is missing"},
                    Bad{"points = 7", "points = 10000001", "s.toml:32:10: design: points: a whole number from 1 to 10000000"},
                    Bad{"points = 7", "points = 0", "s.toml:32:10: design: points: a whole number from 1"}, Bad{"replicates = 150", "replicats = 150", "replicats"},
                    Bad{"[design]", "[desing]", "desing"}, Bad{"outcomes = [", "outcomes = [1, ", "s.toml:3:13: outcomes: a text"}, Bad{"baseline.toml", "nothing.toml", "there is no such file"}),
    [](const auto& test) { return "bad_" + std::to_string(test.index); });

TEST(Sweep, NewSweepPassesWithEveryLineTaken)
{
    const TemporaryFolder folder;
    std::filesystem::create_directories(folder / "scenarios/sweeps");
    std::ofstream(folder / "scenarios/baseline.toml") << "title = \"b\"\nassumes = \"a\"\nextends = \"" SOURCE_DIR "/tests/by_priors/baseline.toml\"\n";
    const std::string text = new_sweep("a \"name\"", "../baseline.toml"), path = folder / "scenarios/sweeps/n.toml";
    EXPECT_EQ(parse_sweep(text, path).policies.size(), 2u);
    std::string taken;
    for (std::size_t i = 0; i < text.size(); ++i) { // takes the "#" away where no space follows
        const bool opens = text[i] == '#' && (i == 0 || text[i - 1] == '\n') && i + 1 < text.size() && text[i + 1] != ' ';
        if (!opens) taken += text[i];
    }
    const Sweep s = parse_sweep(taken, path);
    EXPECT_EQ(s.factors.size(), 6u);
    EXPECT_EQ(s.stops.size(), 1u);
}

TEST(Sweep, FactorsAloneNeedNoScenario)
{
    const Sweep s = parse_sweep("[[factor]]\nname = \"x\"\nrange = [1, 3]\n[[factor]]\nname = \"n\"\nwhole = [2, 5]\n[design]\nkind = \"latin_hypercube\"\npoints = 10\n",
                                "d.toml");
    EXPECT_FALSE(s.has_scenario);
    EXPECT_EQ(s.factors.size(), 2u);
    EXPECT_EQ(level_count(s.factors[1]), 4u);
}

TEST(Sweep, AStopNamesAnOutcome)
{
    const std::string stop = "\n[stop]\noutcome = \"mean alignment_index at 2026\"\nhalf_width = 0.01\nleast = 64\n";
    const Sweep s = parse_sweep(small_sweep + stop, "s.toml");
    ASSERT_EQ(s.stops.size(), 1u);
    EXPECT_EQ(s.stops[0].half_width, 0.01);
    EXPECT_EQ(s.least, 64u);
    EXPECT_NE(problems(small_sweep + replaced(stop, "alignment_index", "alinement_index")).find("stop: outcome: one of `outcomes`"), std::string::npos);
    EXPECT_NE(problems(small_sweep + replaced(stop, "0.01", "0")).find("half_width: above 0"), std::string::npos);
}

} // namespace
} // namespace entente
