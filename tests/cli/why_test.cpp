// compare --why and ablation, as their user meets them.
#include "held_results.hpp"
#include "scenarios.hpp"
#include "write_file.hpp"
#include <nlohmann/json.hpp>

namespace entente {
namespace {

struct WhyProgram : HeldResults {
    void SetUp() override
    {
        const std::string small = std::string("assumes = \"nothing\"\nextends = \"") + SOURCE_DIR
                                  + "/scenarios/baseline.toml\"\nhorizon = \"2027Q4\"\nruns = 100\nagents = { firms = 8, banks = 4, elites = 8 }\n";
        write_file(path("a.toml"), "title = \"A\"\n" + small);
        write_file(path("b.toml"), "title = \"B\"\n" + small + "[events]\npeace = \"2026Q1\"\n[levers]\nsanctions_push = 0.3\n");
    }
};

TEST_F(WhyProgram, SaysWhatMakesTheDifference)
{
    const Ran text = run("compare a.toml b.toml --why --settings-only --quantity 'ceasefire by 2027Q4'");
    ASSERT_EQ(text.code, 0) << text.err;
    for (const char* said : {"Why B differs from A\n", "All 4 combinations were run, 100 futures each", "events.peace: not set in A, \"2026Q1\" in B", "  event peace  ", "Shapley value"})
        EXPECT_NE(text.out.find(said), std::string::npos) << said << "\n" << text.out;
    EXPECT_EQ(text.out.find("passes through"), std::string::npos);
    const Ran ran = run("compare a.toml b.toml --why --quantity 'ceasefire by 2027Q4' --quantity 'mean trust at 2027Q1' --json");
    ASSERT_EQ(ran.code, 0) << ran.err;
    const auto json = nlohmann::json::parse(ran.out);
    EXPECT_EQ(json["document"], "why");
    for (const auto& q : json["quantities"])
        for (const char* by : {"by_setting", "by_group"}) {
            double sum = 0;
            for (const auto& player : q[by]["players"]) sum += player["part"]["estimate"].get<double>();
            EXPECT_NEAR(sum, q[by]["difference"]["estimate"].get<double>(), 1e-9) << q["quantity"] << by;
        }
}

TEST_F(WhyProgram, RefusesWhatItCannotExplain)
{
    for (const auto& [arguments, said] : {std::pair{"compare a.toml a.toml --why", "set the same"},
                                          {"compare a.toml b.toml --settings-only", "--settings-only goes with --why"},
                                          {"compare a.toml b.toml --why --save w.json", "--json > FILE.json"},
                                          {"compare a.toml b.toml --why --quantity 'median trust at 2027Q1'", "quantile"},
                                          {"compare a.toml b.toml --why --quantity 'mean trust at 2040Q1'", "2040Q1"}}) {
        const Ran ran = run(arguments);
        EXPECT_EQ(ran.code, 2) << arguments;
        EXPECT_NE(ran.err.find(said), std::string::npos) << arguments << "\n" << ran.err;
        EXPECT_EQ(ran.out, "") << arguments;
    }
}

TEST_F(WhyProgram, AblationSaysWhetherAgentsMatter)
{
    const Ran text = run("ablation a.toml"), json = run("ablation a.toml --json --quantity 'share_alignment at 2027Q4'");
    ASSERT_EQ(text.code, 0) << text.err;
    for (const char* said : {"Does it matter that there are agents?\n", "Without single firms (8 of them)", "Without single banks (4 of them)",
                             "Without single members of the elite (8 of them)", "Without any of them", "at 2027Q4\n", "by 2027Q4\n"})
        EXPECT_NE(text.out.find(said), std::string::npos) << said << "\n" << text.out;
    ASSERT_EQ(json.code, 0) << json.err;
    const auto document = nlohmann::json::parse(json.out);
    EXPECT_EQ(document["quantities"].size(), 1u);
    EXPECT_EQ(document["quantities"][0]["without"][3]["population"], "all");
    for (const char* wrong : {"ablation a.toml --quantity 'share_alignment at 2040Q4'", "ablation a.toml --quantity nonsense", "ablation nothing.toml", "ablation a.toml --save",
                              "ablation a.toml --set 'mute = [\"single_firms\"]'"})
        EXPECT_EQ(run(wrong).code, 2) << wrong;
}

} // namespace
} // namespace entente
