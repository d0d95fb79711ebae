// Why two scenarios differ: settings are found and mixed, and a difference that one setting makes is all given to it.
#include "experiment/held.hpp"
#include "experiment/why.hpp"
#include "analysis/sample.hpp"
#include "small.hpp"
#include <algorithm>

namespace entente {
namespace {

constexpr const char* small_agents = "horizon = \"2028Q4\"\nagents.firms = 8\nagents.banks = 4\n";
Scenario small_with(const std::string& settings, std::uint32_t runs = 300)
{
    Scenario s = scenario("baseline", std::string(small_agents) + settings);
    s.runs = runs, s.seed = 1;
    return s;
}
std::vector<std::string> names_between(const Scenario& a, const Scenario& b, std::size_t most = 24)
{
    std::vector<std::string> names;
    for (const SettingPlayer& p : settings_between(a, b, most)) names.push_back(p.name);
    return names;
}
const std::vector<Quantity>& some_quantities()
{
    static const std::vector<Quantity> all = {parse_quantity("mean alignment_index at 2028Q4"), parse_quantity("ceasefire by 2028Q4")};
    return all;
}
const std::string many = R"(mute = ["india"]
levers.western_carrot = 0.5
events.peace = "2026Q1"
pins.trust = { set = 0.3, from = "2027Q1", to = "2027Q4" }
parameters.kappa = 0.3
parameters.window_opens = 2026
parameters.window_closes = 2030
index.alignment_least = 0.55
index.weight_trust = 0.3
index.weight_military = 0.1
structures.dep = "pawn"
agents.elites = 10
)";

TEST(SettingsBetween, AreNamedAndMixed)
{
    const Scenario a = small_with(""), b = small_with(many);
    const std::vector<std::string> names = names_between(a, b);
    const std::vector<std::string> expected = {
        "number of elites", "structure dep", "lever western_carrot", "event peace", "pin trust", "parameter kappa", "parameters window_opens and window_closes", "weights and thresholds of the outcome", "mute india"};
    for (const std::string& name : expected) EXPECT_NE(std::ranges::find(names, name), names.end()) << name;
    EXPECT_EQ(names.size(), expected.size());
    const auto players = settings_between(a, b, 24);
    const auto values = [&](const Scenario& s) { return sample(s, some_quantities(), one_thread()); };
    EXPECT_EQ(values(in_between(a, b, players, 0)), values(a));
    EXPECT_EQ(values(in_between(a, b, players, everybody(players.size()))), values(b)) << "to the bit";
    EXPECT_EQ(settings_between(in_between(a, b, players, 3), b, 24).size(), players.size() - 2);
    EXPECT_TRUE(settings_between(a, small_with("", 500), 24).empty()) << "the number of runs is no setting";
}

TEST(SettingsBetween, ManyAreGrouped)
{
    const Scenario a = small_with(""), b = small_with(many + "parameters.a_D = 2\nparameters.a_E = 2\n");
    const std::vector<std::string> eight = names_between(a, b, 10), few = names_between(a, b, 3);
    EXPECT_NE(std::ranges::find(eight, "2 parameters of elites"), eight.end()) << testing::PrintToString(eight);
    EXPECT_NE(std::ranges::find(few, "5 parameters"), few.end()) << testing::PrintToString(few);
}

TEST(SettingsBetween, APosteriorIsOnePlayerAndASettingStandsAboveIt)
{
    const auto with = [](const std::string& settings) { return shipped_scenario("baseline", std::string(small_agents) + "runs = 100\n" + settings); };
    const Scenario posterior = with(""), priors = with("draw = \"priors\"\n"), held = with("parameters.kappa = 0.3\n");
    EXPECT_EQ(names_between(posterior, priors), std::vector<std::string>{"how parameters are drawn"});
    const auto values = [&](const Scenario& s) { return sample(s, some_quantities(), one_thread()); };
    for (const auto& [a, b] : {std::pair{&posterior, &priors}, {&priors, &posterior}, {&posterior, &held}, {&held, &posterior}, {&held, &priors}, {&priors, &held}}) {
        const auto players = settings_between(*a, *b, 24);
        EXPECT_EQ(values(in_between(*a, *b, players, everybody(players.size()))), values(*b));
    }
    const std::string joint = posterior.joint.draws.names[0];
    const Scenario set_aside = with("parameters." + joint + " = " + std::to_string(describe().parameters[Description::find(describe().parameters, joint)].standard) + "\n");
    EXPECT_EQ(names_between(posterior, set_aside), std::vector<std::string>{"parameter " + joint});
    for (const auto& [a, b] : {std::pair{&posterior, &set_aside}, {&set_aside, &posterior}}) {
        const auto players = settings_between(*a, *b, 24);
        EXPECT_EQ(values(in_between(*a, *b, players, 1)), values(*b));
    }
}

TEST(Why, OneSettingHasAllOfIt)
{
    const Scenario a = small_with(""), b = small_with("events.peace = \"2026Q1\"\n");
    const Why found = *why(a, b, {.quantities = some_quantities(), .mechanisms = false}, one_thread());
    ASSERT_EQ(found.by_setting.players.size(), 1u);
    for (const ShapleyParts& parts : found.by_setting.parts) {
        EXPECT_NE(parts.difference.estimate, 0);
        EXPECT_EQ(parts.players[0].share.estimate, parts.difference.estimate);
        EXPECT_EQ(parts.players[0].share.low, parts.difference.low);
        EXPECT_EQ(parts.players[0].alone.estimate, parts.difference.estimate);
    }
    EXPECT_EQ(found.by_setting.runs, 600u);
}

TEST(Why, PartsAddUpAndAnIdleSettingHasNone)
{
    const Scenario a = small_with(""), b = small_with("events.peace = \"2026Q1\"\nlevers.sanctions_push = 0.4\nlevers.arctic_push = { step = 1, from = \"2028Q4\" }\n"); // the last comes too late
    const std::vector<Quantity> quantities = {parse_quantity("mean alignment_index at 2028Q3"), parse_quantity("ceasefire by 2028Q3")};
    for (const std::size_t most_exact : {8, 2}) { // all combinations, then orders drawn at random
        const Why found = *why(a, b, {.quantities = quantities, .most_exact = most_exact, .mechanisms = false}, one_thread());
        ASSERT_EQ(found.by_setting.players.size(), 3u);
        EXPECT_EQ(found.by_setting.parts[0].orders, most_exact == 8 ? 0u : 4u);
        for (const ShapleyParts& parts : found.by_setting.parts) {
            double sum = 0;
            for (std::size_t i = 0; i < 3; ++i) {
                sum += parts.players[i].share.estimate;
                if (found.by_setting.players[i].name == "lever arctic_push") { EXPECT_EQ(parts.players[i].share.estimate, 0); }
            }
            EXPECT_NEAR(sum, parts.difference.estimate, 1e-12);
        }
    }
}

TEST(Why, IsTheSameOnAnyNumberOfThreads)
{
    const Scenario a = small_with(""), b = small_with("events.peace = \"2026Q1\"\nlevers.sanctions_push = 0.4\n");
    EnsembleOptions three;
    three.threads = 3;
    const WhyAsked asked{.quantities = some_quantities(), .mechanisms = false};
    const Why one = *why(a, b, asked, one_thread()), more = *why(a, b, asked, three);
    for (std::size_t q = 0; q < 2; ++q)
        for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(one.by_setting.parts[q].players[i].share.high, more.by_setting.parts[q].players[i].share.high);
}

TEST(Why, WhatCannotBeExplainedIsRefused)
{
    const Scenario a = small_with("");
    const WhyAsked asked{.quantities = some_quantities()};
    EXPECT_THROW((void)why(a, a, asked, one_thread()), std::invalid_argument);
    EXPECT_THROW((void)why(a, small_with(many), {.quantities = {parse_quantity("median trust at 2028Q1")}}, one_thread()), std::invalid_argument);
    EXPECT_THROW((void)why(a, small_with(many), {.quantities = {parse_quantity("mean trust at 2035Q1")}}, one_thread()), std::invalid_argument);
    EXPECT_EQ(refused<refusal::NoPairs>([&] { (void)why(a, small_with("start = \"2024Q1\"\n"), asked, one_thread()); }).what_differs, "start");
    std::atomic<bool> stop{true};
    EXPECT_FALSE(why(a, small_with(many), asked, one_thread(), {}, &stop));
}

TEST(HeldMechanisms, TakeTheCourseOfTheOtherScenario)
{
    const Scenario a = small_with("", 40), b = small_with("events.peace = \"2026Q1\"\n", 40);
    const HeldMechanisms pair(a, b, some_quantities(), one_thread());
    const auto all_but = [](std::string_view left_out) {
        std::vector<std::string_view> names;
        for (const MechanismText& m : describe().mechanisms)
            if (m.name != left_out) names.push_back(m.name);
        return variables_of_mechanisms(names);
    };
    constexpr std::string_view war[] = {"war"};
    const auto held = pair.differences(0, 40, {{}, all_but(""), variables_of_mechanisms(war), all_but("war")});
    const auto in_a = sample(a, some_quantities(), one_thread()), in_b = sample(b, some_quantities(), one_thread());
    double moved = 0, gone = 0;
    for (std::size_t run = 0; run < 40; ++run) {
        for (std::size_t q = 0; q < 2; ++q) EXPECT_EQ(held[0][q][run], in_b[q][run] - in_a[q][run]) << "nothing is held";
        EXPECT_NEAR(held[1][0][run], 0, 1e-6) << "all is held: A, but for what single precision rounds";
        EXPECT_EQ(held[1][1][run], 0);
        EXPECT_EQ(held[2][1][run], 0) << "peace is the war's to make";
        EXPECT_EQ(held[3][1][run], held[0][1][run]) << "the war alone may answer";
        moved += std::abs(held[0][0][run]), gone += std::abs(held[2][0][run]);
    }
    EXPECT_GT(moved, 0.01);
    EXPECT_LT(gone, moved / 100);
}

TEST(Why, SaysThroughWhichMechanismsItPasses)
{
    const Scenario a = small_with("", 70), b = small_with("events.peace = \"2026Q1\"\n", 70);
    const WhyAsked asked{.quantities = some_quantities()};
    EnsembleOptions three;
    three.threads = 3;
    const Why found = *why(a, b, asked, one_thread()), again = *why(a, b, asked, three);
    ASSERT_TRUE(found.by_mechanism);
    for (std::size_t q = 0; q < 2; ++q) {
        const ShapleyParts &parts = found.by_mechanism->groups[q], &same = again.by_mechanism->groups[q];
        double sum = 0;
        for (std::size_t g = 0; g < mechanism_groups.size(); ++g) {
            sum += parts.players[g].share.estimate;
            EXPECT_EQ(parts.players[g].share.high, same.players[g].share.high);
        }
        EXPECT_NEAR(sum, parts.difference.estimate, 1e-12);
        EXPECT_NEAR(parts.with, found.by_setting.parts[q].difference.estimate, 1e-12);
        EXPECT_NEAR(parts.without, 0, 1e-6);
        for (const HeldMechanism& m : found.by_mechanism->single)
            if (m.name == "war") { EXPECT_NEAR(m.gone[q].estimate, parts.with, 1e-3); }
    }
}

/// As its page names it: one that is known, if it owns a variable.
TEST(MechanismGroups, HaveEveryMechanism)
{
    for (const MechanismText& m : describe().mechanisms)
        EXPECT_EQ(std::ranges::count(mechanism_groups, m.group), m.variables == 0 || m.name == "exogenous" ? 0 : 1) << m.name << ": group = \"" << m.group << "\", on its page";
    for (const std::string_view group : mechanism_groups) EXPECT_FALSE(mechanisms_of(group).empty()) << group;
    EXPECT_EQ(mechanisms_of("China's policy"), (std::vector<std::string_view>{"perception", "china_policy", "demand_game"}));
}

} // namespace
} // namespace entente
