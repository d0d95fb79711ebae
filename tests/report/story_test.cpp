// A story of two entries about a run that stands still, and its tables.
#include "report/story.hpp"
#include "core/text.hpp"
#include "report/documents.hpp"
#include "report/lines.hpp"
#include "report/run_tables.hpp"
#include "scenarios.hpp"
#include <algorithm>
#include <gtest/gtest.h>
#include <limits>

namespace entente::report {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
std::size_t variable(std::string_view name) { return Description::find(describe().variables, name); }

/// 48 quarters, to 2025Q4; every parameter at its default, which is fixed, and every variable at its initial value.
struct Made {
    Scenario given = scenario("baseline", "horizon = \"2025Q4\"\ndraw = \"defaults\"\nruns = 2000\nseed = 9");
    Job job;
    BlockResult result;

    Made()
    {
        const Description& d = describe();
        job.quarters = 48, job.replicates = {7}, job.counts = {.firms = 2, .banks = 1, .elites = 1};
        for (const Row& row : d.parameters) job.parameters.push_back(row.standard);
        job.structures.assign(d.structures.size(), 0);
        result.quarters = 48, result.kept = all_variables();
        result.outcome.assign(48, 3 + 8 * 2); // alignment, western turn
        result.trajectory.resize(result.place(0, 0, tile_runs));
        for (std::size_t q = 0; q < 48; ++q)
            for (std::size_t v = 0; v < d.variables.size(); ++v) result.trajectory[result.place(q, v, 0)] = static_cast<float>(d.variables[v].standard);
        result.trajectory[result.place(47, variable("alignment_index"), 0)] = 0.625f;
    }
    Told told() const { return {job, result, 0}; }
    Replayed replayed() const { return {.file = "b.h5", .scenario = given, .run = 7, .picked = "", .compared = true, .left_out = 0, .samples = 2000}; }
};

const std::vector<Entry> two = {{.quarter = 45,
                                 .kind = Kind::event,
                                 .who = "Russia",
                                 .what = "loses its leader",
                                 .name = "death",
                                 .page = "russian_leadership",
                                 .why = {{variable("trust"), 0.5, -0.25, true}, {variable("legitimacy"), 0.7, 0, false}},
                                 .odds = {{"", 0.0125, none}}},
                                {.quarter = 10, .kind = Kind::imposed, .who = "China", .what = "does nothing"}};

TEST(StoryText, OpensWithTheRunAndHowItEnds)
{
    const Made made;
    const std::string text = text_of(made.replayed(), made.told(), two);
    EXPECT_TRUE(text.starts_with(made.given.title + "\nScenario baseline, run 7 of 2,000, seed 9. Simulated again: the bits are those of the file.\n")) << text;
    EXPECT_EQ(line_of(text, "Ends in"), "Ends in 2025Q4 as alignment, Russia western turn, alignment index 0.62.");
    EXPECT_EQ(line_of(text, "Run "), "");
    Replayed other = made.replayed();
    other.picked = "nearest to the median", other.compared = false;
    const std::string not_compared = text_of(other, made.told(), two);
    EXPECT_EQ(line_of(not_compared, "Run "), "Run 7 is nearest to the median.");
    EXPECT_NE(not_compared.find("Simulated again; the file keeps no single runs to compare with."), std::string::npos);
}

TEST(StoryText, PutsWhatTheRuleReadUnderEachEntry)
{
    const Made made;
    const std::string text = text_of(made.replayed(), made.told(), two);
    EXPECT_NE(
        text.find("\n2025Q2  Russia: loses its leader\n        trust 0.50 (-0.25)!, legitimacy 0.70, chance 1.2 %  [russian_leadership]\n2016Q3  China: does nothing  [history]\n"),
        std::string::npos)
        << text;
    EXPECT_NE(text.find("; !: without that change, by the same luck, it would not have happened.\n"), std::string::npos);
    EXPECT_NE(text.find("by 2,000 other draws of luck"), std::string::npos);
    EXPECT_EQ(text.find("left out"), std::string::npos);
    Replayed shorter = made.replayed();
    shorter.left_out = 1234;
    EXPECT_EQ(line_of(text_of(shorter, made.told(), two), "1,234"), "1,234 smaller entries are left out; --all shows them.");
    const std::vector<Entry> imposed = {two[1]};
    const std::string without = text_of(made.replayed(), made.told(), imposed);
    EXPECT_EQ(without.find("!:"), std::string::npos) << "no mark to explain";
    EXPECT_EQ(without.find("draws of luck"), std::string::npos);
}

TEST(StoryText, AChanceOfAYearBeforeIsToldWhereLuckAloneDoesNotExplainTheDifference)
{
    const Made made;
    const auto odds = [&](double chance, double before) {
        std::vector<Entry> one = {two[0]};
        one[0].odds = {{"", chance, before}}, one[0].why = {};
        return line_of(text_of(made.replayed(), made.told(), one), "2025Q2");
    };
    // the standard error of the difference of two shares near a tenth of 2,000 is 0.0095
    EXPECT_EQ(odds(0.10, 0.09), "2025Q2  Russia: loses its leader  (chance 10 %)");
    EXPECT_EQ(odds(0.10, 0.05), "2025Q2  Russia: loses its leader  (chance 10 %, a year before 5.0 %)");
    EXPECT_EQ(odds(0.10, 0), "2025Q2  Russia: loses its leader  (chance 10 %)") << "it could not have happened";
    EXPECT_EQ(odds(0, 0), "2025Q2  Russia: loses its leader  (chance < 0.1 %)") << "none of 2,000";
    EXPECT_EQ(odds(1, 0.5), "2025Q2  Russia: loses its leader  (certain)");
}

TEST(StoryJson, SaysNullWhereNothingCanBeSaid)
{
    const Made made;
    Replayed r = made.replayed();
    const nlohmann::ordered_json json = json_of(r, made.told(), two);
    EXPECT_EQ(json["file"], "b.h5");
    EXPECT_TRUE(json["picked"].is_null());
    EXPECT_EQ(json["identical"], true);
    EXPECT_EQ(json["ends"], nlohmann::ordered_json({{"date", "2025Q4"}, {"class", "alignment"}, {"orientation", "western_turn"}}));
    ASSERT_EQ(json["story"].size(), 2u);
    const auto &event = json["story"][0], &imposed = json["story"][1];
    EXPECT_EQ(event["odds"], nlohmann::ordered_json::array({{{"of", "this"}, {"chance", 0.0125}, {"year_before", nullptr}}}));
    EXPECT_EQ(event["why"][0], nlohmann::ordered_json({{"variable", "trust"}, {"value", 0.5}, {"change_in_a_year", -0.25}, {"decisive", true}}));
    EXPECT_EQ(imposed["kind"], "imposed");
    EXPECT_TRUE(imposed["rule"].is_null());
    EXPECT_EQ(imposed["why"].dump(), "[]");
    r.compared = false;
    EXPECT_TRUE(json_of(r, made.told(), two)["identical"].is_null());
}

TEST(RunTables, TheTrajectoryHasARowAQuarter)
{
    const Made made;
    const std::vector<std::string> lines = split(trajectory_csv(made.told()), '\n');
    ASSERT_GE(lines.size(), 49u);
    const std::vector<std::string> names = split(lines[0], ','), last = split(lines[48], ',');
    EXPECT_TRUE(lines[0].starts_with("quarter,class,orientation,"));
    ASSERT_EQ(names.size(), 3 + describe().variables.size());
    ASSERT_EQ(last.size(), names.size());
    EXPECT_TRUE(lines[48].starts_with("2025Q4,alignment,western_turn,")) << lines[48];
    EXPECT_EQ(last[3 + variable("alignment_index")], "0.625");
}

TEST(RunTables, AgentsGoThroughQuartersColumnsAndAgentsInThisOrder)
{
    Made made;
    const std::vector<std::uint32_t> agents = agents_per_column(made.job.counts);
    std::size_t cells = 0;
    for (const std::uint32_t n : agents) cells += n;
    for (std::size_t i = 0; i < 48 * cells; ++i) made.result.agents.push_back(static_cast<float>(i));
    const std::vector<std::string> lines = split(agents_csv(made.told()), '\n');
    ASSERT_GE(lines.size(), 1 + 48 * cells);
    EXPECT_EQ(lines[0], "quarter,column,agent,value");
    EXPECT_EQ(lines[1], "2014Q1," + std::string(describe().columns[0].name) + ",0,0");
    EXPECT_EQ(lines[1 + cells], "2014Q2," + std::string(describe().columns[0].name) + ",0," + std::to_string(cells));
    EXPECT_EQ(lines[cells], "2014Q1," + std::string(describe().columns.back().name) + "," + std::to_string(agents.back() - 1) + "," + std::to_string(cells - 1));
}

} // namespace
} // namespace entente::report
