// Stories of runs made by hand.
#include "made_run.hpp"
#include "analysis/impositions.hpp"
#include "scenario/dials.hpp"
#include <fmt/format.h>
#include <numeric>

namespace entente {
namespace {

TEST(Narrative, NothingHappensWhereNothingMoves)
{
    for (const Entry& e : Made(40).story()) EXPECT_EQ(e.kind, Kind::summary) << e.who << ": " << e.what;
}

TEST(Narrative, AnEventIsToldInItsQuarterWithWhatTheRuleFound)
{
    Made made(20);
    made.set("leadership_change", 10, 1, 10), made.set("leader_ousted", 10, 1, 10);
    made.set("legitimacy", 0, 0.7, 5), made.set("legitimacy", 6, 0.5, 9), made.set("legitimacy", 10, 0.9);
    const std::vector<Entry> ousted = named(made.story(), "ouster");
    ASSERT_EQ(ousted.size(), 1u);
    EXPECT_EQ(ousted[0].quarter, 10);
    EXPECT_EQ(ousted[0].kind, Kind::event);
    EXPECT_EQ(ousted[0].who, "Russia");
    EXPECT_EQ(ousted[0].page, "russian_leadership");
    ASSERT_EQ(ousted[0].why.size(), 2u);
    EXPECT_EQ(describe().variables[ousted[0].why[1].variable].name, "leader_dominance");
    EXPECT_EQ(describe().variables[ousted[0].why[0].variable].name, "legitimacy");
    EXPECT_NEAR(ousted[0].why[0].value, 0.5, 1e-6) << "at the end of the quarter before";
    EXPECT_NEAR(ousted[0].why[0].change, -0.2, 1e-6) << "against four quarters earlier";
    EXPECT_TRUE(named(made.story(), "death").empty()) << "ousted, not dead";
    const std::vector<Entry> successor = named(made.story(), "continuity");
    ASSERT_EQ(successor.size(), 1u);
    EXPECT_EQ(successor[0].kind, Kind::decision);
    EXPECT_EQ(successor[0].what, "puts its candidate in: orientation 0.45, wariness of China 0.22");
}

TEST(Narrative, WhatCollapsesIsNotSettled)
{
    Made made(20);
    made.set("war_state", 2, 2, 9), made.set("military_collapse", 10, 1, 10);
    const std::vector<Entry> story = made.story();
    EXPECT_EQ(named(story, "collapse").size(), 1u);
    EXPECT_TRUE(named(story, "settlement").empty());
    EXPECT_TRUE(named(story, "ceasefire").empty());
    EXPECT_EQ(named(story, "full war").size(), 1u);
}

TEST(Narrative, AClassIsToldIfItLasts)
{
    Made made(20);
    std::fill(made.result.outcome.begin() + 3, made.result.outcome.begin() + 6, std::uint8_t{3});    // three quarters
    std::fill(made.result.outcome.begin() + 10, made.result.outcome.begin() + 14, std::uint8_t{3});  // four
    std::fill(made.result.outcome.begin() + 18, made.result.outcome.end(), std::uint8_t{1 + 8 * 2}); // up to the end
    made.set("trust", 10, 0.7), made.set("trust", 11, 0.9);
    const std::vector<Entry> story = made.story(), classes = named(story, "class");
    ASSERT_EQ(classes.size(), 3u);
    EXPECT_EQ(classes[0].quarter, 10);
    EXPECT_EQ(classes[0].what, "alignment");
    EXPECT_EQ(classes[0].kind, Kind::change);
    EXPECT_NEAR(classes[0].why.back().value, 0.7, 1e-6) << "classes are read off the new world";
    EXPECT_EQ(classes[1].quarter, 14);
    EXPECT_EQ(classes[1].what, "a transactional tie");
    EXPECT_EQ(classes[2].quarter, 18);
    const std::vector<Entry> turned = named(story, "orientation");
    ASSERT_EQ(turned.size(), 1u);
    EXPECT_EQ(turned[0].what, "has turned West");
}

TEST(Narrative, ALevelIsToldWhenItHasMovedByAStep)
{
    Made made(20);
    made.set("concessions", 0, 0.1), made.set("concessions", 3, 0.2), made.set("concessions", 6, 0.3), made.set("concessions", 12, 0.1);
    made.set("demand_accepted", 3, 0.4, 3), made.set("demand_refused", 4, 0.5, 5), made.set("demand_accepted", 6, 0.4, 6);
    const std::vector<Entry> moved = named(made.story(), "concessions");
    ASSERT_EQ(moved.size(), 2u);
    EXPECT_EQ(moved[0].quarter, 6);
    EXPECT_EQ(moved[0].what, "has ceded more to China: 0.30 after 0.10 in 2014Q1 (since then: demands accepted 2, refused 2, loans taken 0)");
    EXPECT_EQ(moved[1].quarter, 12);
    EXPECT_EQ(moved[1].what, "has taken concessions back: 0.10 after 0.30 in 2015Q3 (since then: demands accepted 0, refused 0, loans taken 0)");
}

// The data's steps and those of the free world are not added up.
TEST(Narrative, ALevelIsToldAnewFromTheStartOn)
{
    Made made(20, 10);
    made.set("trust", 0, 0.4), made.set("trust", 5, 0.5), made.set("trust", 12, 0.6);
    EXPECT_TRUE(named(made.story(), "trust").empty());
    made.set("trust", 15, 0.7);
    ASSERT_EQ(named(made.story(), "trust").size(), 1u);
    EXPECT_EQ(named(made.story(), "trust")[0].what, "trust each other more: 0.70 after 0.50 in 2016Q3 (since then: incidents 0, demands refused 0)");
    EXPECT_EQ(named(made.story(), "trust")[0].rank, 2);
    made.job.start = 0;
    EXPECT_EQ(named(made.story(), "trust").at(0).quarter, 12);
}

TEST(Narrative, WhatTheScenarioForcesHasNoDrivers)
{
    Made made(20);
    made.set("leadership_change", 8, 2, 8), made.set("pro_west_regime", 8, 1);
    made.impose(Target::forced, describe().forced, "reform", Imposition::set, {{8, 1}});
    made.impose(Target::forced, describe().forced, "weak", Imposition::set, {{9, 1}});
    const std::vector<Entry> story = made.story(), gone = named(story, "death"), reform = named(story, "reformist");
    ASSERT_EQ(gone.size(), 1u);
    ASSERT_EQ(reform.size(), 1u);
    for (const Entry& e : {gone[0], reform[0]}) {
        EXPECT_EQ(e.kind, Kind::imposed);
        EXPECT_TRUE(e.why.empty());
        EXPECT_EQ(e.page, "");
    }
    EXPECT_EQ(gone[0].what, "the leader goes");
    const std::vector<Entry> imposed = named(story, "imposed");
    ASSERT_EQ(imposed.size(), 1u) << "the reform is told as such; what shows nowhere is told too";
    EXPECT_EQ(imposed[0].quarter, 9);
    EXPECT_EQ(imposed[0].what, "forces this: Russian military strength falls to the brink");
    made.impose(Target::forced, describe().forced, "settle", Imposition::set, {{12, 0}});
    EXPECT_EQ(named(made.story(), "imposed").size(), 1u) << "an event of no size is none";
    made.point.courses.clear();
    EXPECT_EQ(named(made.story(), "reformist")[0].kind, Kind::event);
    EXPECT_EQ(named(made.story(), "death")[0].what, "the leader dies");
}

TEST(Narrative, AnEventInAPinnedVariableIsImposed)
{
    Made made(20, 12);
    made.set("war_state", 4, 1), made.set("war_state", 16, 2);
    made.impose(Target::variable, describe().variables, "war_state", Imposition::set, {{4, 1}, {5, 1}});
    const std::vector<Entry> story = made.story();
    EXPECT_EQ(named(story, "outbreak")[0].kind, Kind::imposed);
    EXPECT_EQ(named(story, "full war")[0].kind, Kind::event);
    EXPECT_TRUE(named(story, "imposed").empty()) << "the data of history are not told pin by pin";
}

TEST(Narrative, LeversAreToldByStraightStretches)
{
    Made made(30, 4);
    made.impose(Target::lever, describe().levers, "western_carrot", Imposition::set, {{4, 0}, {5, 0}, {6, 0.2}, {7, 0.2}, {8, 0.2}, {9, 0.3}, {10, 0.4}, {11, 0.5}, {12, 0.5}, {13, 0.5}});
    made.impose(Target::variable, describe().variables, "trust", Imposition::hold, {{20, 0}, {21, 0}});
    made.impose(Target::variable, describe().variables, "friction", Imposition::add, {{28, 0.1}, {29, 0.1}});
    std::vector<std::string> told;
    for (const Entry& e : named(made.story(), "imposed")) told.push_back(fmt::format("{} {}", e.quarter, e.what.substr(0, e.what.find(": "))));
    EXPECT_EQ(told, (std::vector<std::string>{"6 sets western_carrot to 0.2 up to 2016Q1", "9 sets western_carrot to 0.3 and on to 0.5 in 2016Q4",
                                              "12 sets western_carrot to 0.5 up to 2017Q2", "20 holds trust where it was up to 2019Q2", "28 shifts friction by 0.1"}));
}

/// What the scenario is told to do: quarter and words, without the meaning of the row.
std::vector<std::string> imposed_in(const Made& made)
{
    std::vector<std::string> told;
    for (const Entry& e : named(made.story(), "imposed")) told.push_back(fmt::format("{} {}", e.quarter, e.what.substr(0, e.what.find(": "))));
    return told;
}
std::size_t lever_named(std::string_view name) { return Description::find(describe().levers, name); }

TEST(Narrative, WhatWaitsIsToldWhenItBeginsAndEnds)
{
    const auto told = [](Wait wait) {
        Made made(30, 4);
        made.result.first_event.assign(describe().events.size(), -1);
        made.result.first_event[Description::find(describe().events, "succession")] = 8;
        made.set("trust", 0, 0.4), made.set("trust", 11, 0.6, 14), made.set("trust", 20, 0.7);
        wait.from = 4, wait.to = std::max(wait.to, 0) == 0 ? 29 : wait.to, wait.value = 0.8;
        made.point.courses.push_back({.target = Target::lever, .index = lever_named("western_carrot"), .how = {}, .value = {}, .waits = {wait}});
        return imposed_in(made);
    };
    using Lines = std::vector<std::string>;
    const std::size_t succession = Description::find(describe().events, "succession"), trust = Description::find(describe().variables, "trust");
    EXPECT_EQ(told({.what = Wait::For::event, .index = succession, .quarters = 2}), Lines{"10 sets western_carrot to 0.8, 2 quarters after the succession of 2016Q1"});
    EXPECT_EQ(told({.what = Wait::For::event, .index = succession, .lasts = 3}),
              (Lines{"9 sets western_carrot to 0.8, in the quarter after the succession of 2016Q1", "12 no longer sets western_carrot to 0.8"}));
    EXPECT_EQ(told({.what = Wait::For::event, .index = succession + 1}), Lines{}) << "what never came";
    EXPECT_EQ(told({.what = Wait::For::while_beyond, .index = trust, .line = 0.5}),
              (Lines{"12 sets western_carrot to 0.8, while trust (0.6) is above 0.5", "16 no longer sets western_carrot to 0.8, since trust (0.4) is not above 0.5",
                     "21 sets western_carrot to 0.8, while trust (0.7) is above 0.5"}));
    EXPECT_EQ(told({.what = Wait::For::once_beyond, .index = trust, .line = 0.5, .quarters = 3}),
              Lines{"14 sets western_carrot to 0.8, 3 quarters after trust was first above 0.5, in 2016Q4"});
    EXPECT_EQ(told({.what = Wait::For::while_beyond, .index = trust, .above = false, .line = 0.4f}), Lines{}) << "at the line is not below it";
}

TEST(Narrative, AForcedEventThatWaitedIsImposed)
{
    Made made(20, 4);
    made.result.first_event.assign(describe().events.size(), 6);
    made.set("leadership_change", 8, 2, 8), made.set("pro_west_regime", 8, 1), made.set("successions", 8, 1);
    const std::size_t reform = Description::find(describe().forced, "reform"), successions = Description::find(describe().variables, "successions");
    const auto forced = [&](const Wait& wait) { return Course{.target = Target::forced, .index = reform, .how = {}, .value = {}, .waits = {wait}}; };
    made.point.courses = {forced({.what = Wait::For::event, .quarters = 2, .lasts = 1, .from = 4, .to = 19, .value = 1})};
    EXPECT_EQ(named(made.story(), "reformist").at(0).kind, Kind::imposed);
    EXPECT_EQ(imposed_in(made), std::vector<std::string>{"8 forces this, 2 quarters after the rupture of 2015Q3"});
    const auto of_the_first = [&](int quarter) {
        return forced({.what = Wait::For::while_beyond, .index = successions, .above = false, .line = 1, .from = quarter, .to = quarter, .value = 1});
    };
    made.point.courses = {of_the_first(8)};
    EXPECT_EQ(named(made.story(), "reformist").at(0).kind, Kind::imposed);
    EXPECT_EQ(imposed_in(made), std::vector<std::string>{}) << "it is told as what it brings";
    made.point.courses = {of_the_first(12)};
    EXPECT_EQ(imposed_in(made), std::vector<std::string>{"12 would force this on the first leader alone, who has gone"});
    EXPECT_EQ(named(made.story(), "reformist").at(0).kind, Kind::event);
}

TEST(Narrative, TwoQuartersMakeNoStraightLine)
{
    Made made(20, 4);
    made.impose(Target::lever, describe().levers, "western_carrot", Imposition::set, {{4, 0.2}, {5, 0.6}, {6, 0.6}, {7, 0.6}});
    const std::vector<Entry> told = named(made.story(), "imposed");
    ASSERT_EQ(told.size(), 2u);
    EXPECT_TRUE(told[0].what.starts_with("sets western_carrot to 0.2 up to 2015Q1: ")) << told[0].what;
    EXPECT_TRUE(told[1].what.starts_with("sets western_carrot to 0.6 up to 2015Q4: ")) << told[1].what;
}

// Nor does a short story leave out what was imposed.
TEST(Narrative, ALevelThatAPinSetsHasNoCauseOfItsOwn)
{
    Made made(12, 4);
    made.set("trust", 0, 0.4), made.set("trust", 6, 0.8);
    ASSERT_EQ(named(made.story(), "trust").size(), 1u);
    EXPECT_EQ(named(made.story(), "trust")[0].kind, Kind::threshold);
    made.impose(Target::variable, describe().variables, "trust", Imposition::set, {{6, 0.8}, {7, 0.8}, {8, 0.7}, {9, 0.7}, {10, 0.7}, {11, 0.7}});
    const std::vector<Entry> story = made.story();
    EXPECT_EQ(named(story, "trust")[0].kind, Kind::imposed);
    EXPECT_TRUE(named(story, "trust")[0].why.empty());
    ASSERT_EQ(named(story, "imposed").size(), 2u);
    EXPECT_EQ(named(story, "imposed")[0].rank, 1);
    EXPECT_EQ(named(story, "imposed")[1].rank, 2);
}

TEST(Narrative, FirmsAreCountedWhereAgentsAreKept)
{
    Made made(12);
    made.set("supply_tier1", 0, 0.8), made.set("supply_tier1", 4, 0.4);
    EXPECT_EQ(named(made.story(), "firms and banks")[1].what.find("designated"), std::string::npos);
    const std::vector<std::uint32_t> agents = agents_per_column(made.job.counts);
    const std::size_t column = Description::find(describe().columns, "firm_designated"), cells = std::accumulate(agents.begin(), agents.end(), std::size_t{0});
    const std::size_t first = std::accumulate(agents.begin(), agents.begin() + static_cast<std::ptrdiff_t>(column), std::size_t{0});
    made.result.agents.assign(12 * cells, 0);
    for (std::size_t q = 3; q < 12; ++q) made.result.agents[q * cells + first + 2] = 1;
    for (std::size_t q = 5; q < 7; ++q) made.result.agents[q * cells + first + 7] = 1;
    for (std::size_t q = 4; q < 12; ++q) made.result.agents[q * cells + first + 8] = 1;
    const std::vector<Entry> years = named(made.story(), "firms and banks");
    ASSERT_EQ(years.size(), 3u);
    EXPECT_EQ(years[1].quarter, 7);
    EXPECT_EQ(years[1].kind, Kind::summary);
    EXPECT_EQ(years[1].rank, 2) << "the first tier has moved";
    made.set("supply_tier1", 0, 0.8), made.set("bank_acceptance", 0, 0.96), made.set("bank_acceptance", 4, 0.5);
    EXPECT_EQ(named(made.story(), "firms and banks")[1].rank, 2) << "banks alone have";
    EXPECT_EQ(years[2].rank, 3);
    EXPECT_EQ(years[1].what, "in 2015 the first tier supplies 0.40 of what it could, the second 0.74; banks take 0.96 of payments; newly designated firms: 2");
}

TEST(Narrative, AFailedRunIsToldUpToItsFailure)
{
    Made made(20);
    made.set("taiwan_onset", 5, 1, 5), made.set("taiwan_state", 5, 1), made.set("pipeline_signed", 15, 1);
    made.result.failed_quarter[0] = 10, made.result.failed_variable[0] = 0, made.result.failed_value[0] = std::numeric_limits<float>::quiet_NaN();
    const std::vector<Entry> story = made.story();
    EXPECT_EQ(named(story, "Taiwan crisis").size(), 1u);
    EXPECT_TRUE(named(story, "pipeline").empty());
    EXPECT_EQ(story.back().quarter, 10);
    EXPECT_EQ(story.back().what, "fails: total_trade_russia is no number");
    made.result.failed_value[0] = -3;
    EXPECT_EQ(made.story().back().what, "fails: total_trade_russia is -3, far outside its range");
}

TEST(Narrative, AShortStoryKeepsTurningPointsAndTheFirstOfEachKind)
{
    const auto entry = [](int q, int rank, const char* name) { return Entry{.quarter = q, .rank = rank, .name = name}; };
    const std::vector<Entry> story = {entry(1, 2, "a"), entry(2, 2, "a"), entry(3, 1, "b"), entry(4, 3, "c"),
                                      entry(5, 2, "d"), entry(6, 1, "b"), entry(7, 2, "a"), entry(8, 2, "d")};
    const auto quarters = [](const std::vector<Entry>& some) {
        std::vector<int> all;
        for (const Entry& e : some) all.push_back(e.quarter);
        return all;
    };
    EXPECT_EQ(quarters(shortened(story, 4)), (std::vector<int>{1, 3, 5, 6}));
    EXPECT_EQ(quarters(shortened(story, 5)), (std::vector<int>{1, 2, 3, 5, 6}));
    EXPECT_EQ(quarters(shortened(story, 1)), (std::vector<int>{3, 6})) << "no turning point is left out";
    EXPECT_EQ(quarters(shortened(story, 100)), (std::vector<int>{1, 2, 3, 5, 6, 7, 8})) << "no detail comes in";
}

TEST(Narrative, OuterTenthsAreThoseOfThePrior)
{
    Scenario s;
    std::vector<double> parameters;
    for (std::size_t p = 0; p < describe().parameters.size(); ++p) {
        s.parameters.push_back({Distribution{.shape = p == 3 ? Shape::value : Shape::uniform, .a = 0, .b = p == 3 ? 0.0 : 1.0}, {}});
        parameters.push_back(0.5f);
    }
    parameters[0] = 0.05f, parameters[1] = 0.95f, parameters[2] = 0.11f, parameters[3] = 0, parameters[4] = 0.89f;
    const std::vector<Outer> outer = outer_tenths(s, parameters);
    ASSERT_EQ(outer.size(), 2u);
    EXPECT_EQ(outer[0].parameter, 0u);
    EXPECT_FALSE(outer[0].high);
    EXPECT_EQ(outer[1].parameter, 1u);
    EXPECT_TRUE(outer[1].high);
}

// A dial moves every run's value and the tenths with it.
TEST(Narrative, TenthsAreThoseOfTheMovedPrior)
{
    Scenario s = parse_scenario("title = \"t\"\nassumes = \"C01\"\n[drivers]\ntaiwan_window = 1\n", "x.toml");
    const std::size_t h_TW = Description::find(describe().parameters, "h_TW");
    for (std::size_t p = 0; p < s.parameters.size(); ++p)
        if (p != h_TW) s.parameters[p].distribution = {};
    std::vector<double> parameters(s.parameters.size());
    parameters[h_TW] = dialled(s.dials, h_TW, describe().parameters[h_TW].standard);
    EXPECT_EQ(outer_tenths(s, parameters).size(), 0u);
    parameters[h_TW] = describe().parameters[h_TW].standard;
    ASSERT_EQ(outer_tenths(s, parameters).size(), 1u);
    EXPECT_FALSE(outer_tenths(s, parameters)[0].high);
}

TEST(Narrative, StatesHaveWords)
{
    const auto words = [](const char* name, double x) { return in_words(describe().variables[Description::find(describe().variables, name)], x); };
    EXPECT_EQ(words("war_state", 0), "settled");
    EXPECT_EQ(words("war_state", 2), "full war");
    EXPECT_EQ(words("taiwan_state", 2), "war over Taiwan");
    EXPECT_EQ(words("fragmented", 1), "yes");
    EXPECT_EQ(words("trust", 0.456), "0.46");
    EXPECT_EQ(words("leader_age", 72.25), "72");
    EXPECT_EQ(words("russian_view_orientation", -0.001), "0.00");
    EXPECT_EQ(words("central_asia_flips", 2), "2");
}

} // namespace
} // namespace entente
