// What a small sweep and a scenario come to before they run.
#include "report/scenario.hpp"
#include "report/documents.hpp"
#include "report/lines.hpp"
#include "scenarios.hpp"
#include "sweeps.hpp"
#include <gtest/gtest.h>

namespace entente::report {
namespace {

Experiment made(const std::string& text) { return sweep_experiment(parse_sweep(text, "small.toml"), {}); }

/// The small sweep with another design.
std::string designed(const std::string& design) { return small_sweep.substr(0, small_sweep.find("[design]")) + "[design]\n" + design + "\n"; }

TEST(SweepText, SaysHowManyRunsOfWhatThereAre)
{
    const std::string text = text_of(made(small_sweep));
    EXPECT_TRUE(
        text.starts_with("Small\nassumes: nothing\n\n2 policies x 7 points x 150 replicates = 2,100 runs, 2014Q1 to 2026Q4, seed 1\ndesign: sobol, 7 points, seed 1\nfactors\n"))
        << text.substr(0, 300);
    EXPECT_EQ(line_of(text, "  carrot"), "  carrot                      levers.western_carrot               uniform(0, 1)");
    EXPECT_EQ(line_of(text, "  dep"), "  dep                         structures.dep                      limits, pawn");
    EXPECT_EQ(line_of(text, "  death"), "  death                       events.death                        2025Q2, 2026Q1, never");
    EXPECT_NE(text.find("outcomes\n  mean alignment_index at 2026\n  succession by 2026Q4\n  median trust at 2026Q4\npolicies, where they are not alike\n"), std::string::npos);
}

TEST(SweepText, TellsApartWhatIsAlikeInAllPolicies)
{
    const std::string text = text_of(made(small_sweep));
    const std::size_t alike = text.find("\nin all policies alike\n"), base = text.find("\n  as it is\n"), other = text.find("\n  no deals\n");
    const std::size_t prior = text.find("\n      parameters.p_deal = { normal"), none = text.find("\n      parameters.p_deal = 0 ");
    ASSERT_NE(alike, std::string::npos);
    EXPECT_LT(base, prior);
    EXPECT_LT(prior, other);
    EXPECT_LT(other, none);
    EXPECT_LT(none, alike);
    EXPECT_EQ(text.find("p_deal", alike), std::string::npos) << "not alike";
    EXPECT_EQ(text.find("\n  parameters.b_dep = "), std::string::npos) << "a default";
    EXPECT_GT(text_of(made(small_sweep), Defaults::shown).find("\n  parameters.b_dep = "), alike);
    EXPECT_EQ(text.find("  structures.dep = "), std::string::npos) << "a factor varies it";
    EXPECT_EQ(line_of(text, "  agents.firms"), "  agents.firms = 8                                         # small.toml:8") << "with where it comes from";
    EXPECT_EQ(text.find("runs = "), std::string::npos) << "a sweep has replicates";
}

TEST(SweepText, NamesWhatItsDesignIsMadeOf)
{
    const auto design = [](const std::string& text) { return line_of(text_of(made(designed(text))), "design: "); };
    EXPECT_EQ(design("kind = \"factorial\"\nlevels = 3"), "design: factorial, 18 points, 3 levels of a continuum");
    EXPECT_EQ(design("kind = \"latin_hypercube\"\npoints = 12\nseed = 7"), "design: latin_hypercube, 12 points, seed 7");
    EXPECT_EQ(design("kind = \"saltelli\"\npoints = 4"), "design: saltelli, 20 points, without pairs, seed 1") << "4 x (3 + 2)";
    EXPECT_EQ(design("kind = \"saltelli\"\npoints = 4\nsecond_order = true"), "design: saltelli, 32 points, with pairs, seed 1") << "4 x (2 x 3 + 2)";
}

TEST(SweepText, SaysWhereOneAtATimeLeavesTheOthers)
{
    const Experiment e = made(designed("kind = \"one_at_a_time\"\nlevels = 3"));
    const std::string text = text_of(e);
    EXPECT_TRUE(line_of(text, "  carrot").ends_with("uniform(0, 1); else 0, as the scenario has it")) << text.substr(0, 600);
    EXPECT_TRUE(line_of(text, "  death").ends_with("2026Q1, never; else never, as the scenario has it")) << text.substr(0, 600);
    EXPECT_EQ(json_of(e)["factors"][2]["else"], "never");
    EXPECT_FALSE(json_of(made(small_sweep))["factors"][2].contains("else"));
}

TEST(SweepJson, HasEachPolicysWholeScenario)
{
    const nlohmann::ordered_json json = json_of(made(small_sweep));
    EXPECT_EQ(json["runs"], 2100);
    EXPECT_EQ(json["points"], 7);
    EXPECT_EQ(json["replicates"], 150);
    EXPECT_EQ(json["horizon"], "2026Q4");
    EXPECT_EQ(json["factors"][1], nlohmann::ordered_json({{"name", "dep"}, {"sets", "structures.dep"}, {"values", "limits, pawn"}}));
    EXPECT_EQ(json["outcomes"].size(), 3u);
    ASSERT_EQ(json["policies"].size(), 2u);
    EXPECT_EQ(json["policies"][1]["name"], "no deals");
    EXPECT_NE(std::string(json["policies"][1]["resolved"]).find("p_deal = 0"), std::string::npos);
}

TEST(ScenarioJson, HasEveryParameterWithItsUnitAndOrigin)
{
    const Scenario s = scenario("baseline", "runs = 77\nparameters.p_deal = 0.25\nstructures.dep = { limits = 0.75, pawn = 0.25 }\nmute = [\"india\"]");
    const nlohmann::ordered_json json = json_of(s);
    EXPECT_EQ(json["runs"], 77);
    EXPECT_EQ(json["start"], "2025Q1");
    EXPECT_EQ(json["parameters"].size(), describe().parameters.size());
    EXPECT_EQ(json["parameters"]["p_deal"]["value"], "0.25");
    EXPECT_NE(json["parameters"]["p_deal"]["from"], "default");
    EXPECT_EQ(json["parameters"]["b_dep"]["from"], "default");
    EXPECT_EQ(json["parameters"]["b_dep"]["unit"], describe().parameters[Description::find(describe().parameters, "b_dep")].unit);
    EXPECT_EQ(json["structures"]["dep"], nlohmann::ordered_json({{"limits", 0.75}, {"pawn", 0.25}}));
    EXPECT_EQ(json["mute"], nlohmann::ordered_json({"india"}));
    EXPECT_EQ(json["resolved"], resolved_toml(s));
}

} // namespace
} // namespace entente::report
