// survival and convergence as their users meet them.
#include "analysis/answer.hpp"
#include "core/csv.hpp"
#include "core/text.hpp"
#include "held_results.hpp"
#include "report/words.hpp"
#include "store/analyses.hpp"
#include "write_file.hpp"
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace entente {
namespace {

struct SurvivalCommand : HeldResults {
    nlohmann::json json_of(const std::string& arguments) const
    {
        const Ran ran = run(arguments + " --json");
        EXPECT_EQ(ran.code, 0) << ran.err;
        return nlohmann::json::parse(ran.out);
    }
};

TEST_F(SurvivalCommand, AgreesWithTheAnswerAndBetweenItsForms)
{
    make("a.h5", "", 100), make("none.h5", "--keep none", 100);
    const auto answer = json_of("show a.h5"), survival = json_of("survival a.h5"), without = json_of("survival none.h5");
    const auto& side = survival["sides"][0];
    for (const auto& [name, event] : answer["events"].items()) {
        const auto& end = side["events"][name]["quarters"]["2027Q4"];
        EXPECT_NEAR(1 - end["not_seen"].get<double>(), event["share"].get<double>(), 1e-12) << name;
        EXPECT_NEAR(1 - end["high"].get<double>(), event["low"].get<double>(), 1e-12) << name;
        EXPECT_EQ(side["events"][name]["median"]["quarter"], event["median"]) << name;
        EXPECT_EQ(without["sides"][0]["events"][name], side["events"][name]) << "a file without single runs counts them too";
    }
    EXPECT_TRUE(without["sides"][0]["competing"].is_null());
    EXPECT_EQ(side["competing"].size(), 4u);
    const Ran text = run("survival a.h5"), csv = run("survival a.h5 --event ceasefire --first ceasefire,succession --csv"), all = run("survival a.h5 --all"), nothing = run("survival none.h5");
    EXPECT_EQ(text.code, 0) << text.err;
    EXPECT_NE(text.out.find("% that have seen it"), std::string::npos) << text.out;
    EXPECT_NE(text.out.find("Where Russia is bound first"), std::string::npos) << text.out;
    EXPECT_NE(nothing.out.find("keeps no single runs"), std::string::npos) << nothing.out;
    EXPECT_GT(all.out.size(), 3 * text.out.size());
    for (const Ran* const told : {&text, &all})
        for (const std::string& line : split(told->out, '\n')) EXPECT_LE(report::columns(line), 80u) << line;
    const Table table = parse_csv(csv.out);
    EXPECT_EQ(table.rows.size(), 3u * 12) << "the curve and two that compete, 12 quarters each";
    EXPECT_NEAR(std::stod(table.rows[11][table.column("share")]), side["events"]["ceasefire"]["quarters"]["2027Q4"]["not_seen"].get<double>(), 1e-12);
    EXPECT_EQ(run("survival a.h5 --save").code, 0);
    ASSERT_EQ(read_analyses(path("a.h5")).size(), 1u);
    EXPECT_EQ(read_analyses(path("a.h5"))[0].name, "survival");
}

TEST_F(SurvivalCommand, PairsTwoResultsAndTwoScenarios)
{
    make("a.h5", "", 100), make("b.h5", "--set 'parameters.u_base = -1.8'", 100), make("seed.h5", "--seed 77", 100);
    write_file(path("b.toml"), fmt::format("extends = '{}/scenarios/baseline.toml'\ntitle = \"b\"\nassumes = \"nothing\"\n[parameters]\nu_base = -1.8\n", SOURCE_DIR));
    const auto files = json_of("survival a.h5 b.h5 --event ceasefire"), apart = json_of("survival a.h5 seed.h5 --event ceasefire");
    const auto scenarios = json_of(fmt::format("survival '{}/scenarios/baseline.toml' b.toml --runs 100 --set 'horizon = \"2027Q4\"' --event ceasefire", SOURCE_DIR));
    EXPECT_EQ(files["differences"]["pairs"], 100);
    EXPECT_EQ(files["differences"], scenarios["differences"]);
    EXPECT_TRUE(apart["differences"]["pairs"].is_null());
    const auto& years = files["differences"]["events"]["ceasefire"]["years_without"];
    EXPECT_NEAR(years["a"].get<double>(), files["sides"][0]["events"]["ceasefire"]["restricted_mean"]["years"].get<double>(), 1e-9);
    EXPECT_NEAR(years["difference"].get<double>(), years["b"].get<double>() - years["a"].get<double>(), 1e-9);
    EXPECT_LT(years["standard_error"].get<double>(), years["unpaired_standard_error"].get<double>());
    EXPECT_NE(run("survival a.h5 b.h5").out.find("100 pairs on the same random numbers"), std::string::npos);
    EXPECT_NE(run("survival a.h5 seed.h5").out.find("as of independent runs"), std::string::npos);
    const Ran same = run("survival a.h5 a.h5 --event ceasefire");
    EXPECT_NE(same.out.find("same"), std::string::npos) << same.out;
}

TEST_F(SurvivalCommand, SaysAllThatIsWrongAtOnce)
{
    make("a.h5", "", 100);
    const Ran ran = run("survival a.h5 --event ceasfire --event x --first ceasefire --band exact");
    EXPECT_EQ(ran.code, 2);
    for (const char* part : {"did you mean 'ceasefire'", "got 'x'", "from 2 to 8 events", "got 'exact'"})
        EXPECT_NE(ran.err.find(part), std::string::npos) << part << "\n" << ran.err;
    for (const char* wrong : {"survival a.h5 b.toml", "survival a.h5 a.h5 a.h5", "survival a.h5 --runs 10", "survival missing.h5", "survival", "convergence missing.h5",
                              "convergence a.h5 --within 0", "convergence a.h5 --within 0.5", "convergence a.h5 --within nan", "survival a.h5 --csv --json"})
        EXPECT_EQ(run(wrong).code, 2) << wrong;
    EXPECT_EQ(run(fmt::format("survival '{}/scenarios/history.toml' --runs 8", SOURCE_DIR)).code, 2) << "history alone has no events";
}

TEST_F(SurvivalCommand, ConvergenceEndsWithTheAnswer)
{
    make("a.h5", "", 100), make("none.h5", "--keep none", 100);
    const auto answer = json_of("show a.h5"), told = json_of("convergence a.h5 --within 0.02");
    EXPECT_EQ(told["looks"], (std::vector<int>{6, 12, 25, 50, 100}));
    std::size_t found = 0;
    for (const auto& share : told["shares"]) {
        const std::string quantity = share["quantity"];
        ASSERT_EQ(share["at"].size(), 5u);
        const auto& last = share["at"][4];
        EXPECT_GE(share["needed_at_most"].get<double>(), share["needed"].get<double>());
        EXPECT_TRUE(share["uncertainty"]["parameters"].is_null()) << "no readings were made";
        if (!quantity.starts_with("share_alignment at ")) continue;
        ++found;
        EXPECT_EQ(last["estimate"], answer["dates"][quantity.substr(19)]["classes"]["alignment"]["share"]);
        EXPECT_EQ(last["low"], answer["dates"][quantity.substr(19)]["classes"]["alignment"]["low"]);
        EXPECT_GT(share["at"][0]["high"].get<double>() - share["at"][0]["low"].get<double>(), last["high"].get<double>() - last["low"].get<double>());
    }
    EXPECT_EQ(found, answer["dates"].size());
    for (const auto& median : told["medians"]) EXPECT_EQ(median["at"][4]["quarter"], answer["events"][median["event"].get<std::string>()]["median"]);
    EXPECT_EQ(told["indicators"].size(), std::size(indicators) * answer["dates"].size());
    const Ran none = run("convergence none.h5"), text = run("convergence a.h5 --all");
    EXPECT_EQ(none.code, 2);
    EXPECT_NE(none.err.find("keeps no single runs"), std::string::npos) << none.err;
    EXPECT_NE(text.out.find("What each share is uncertain by"), std::string::npos) << text.out;
    EXPECT_NE(text.out.find("it takes readings"), std::string::npos) << text.out;
    EXPECT_EQ(run("convergence a.h5 --save").code, 0);
}

TEST_F(SurvivalCommand, ConvergenceOfASweepIsByReplicates)
{
    write_file(path("s.toml"), sweep_text("[0.0, 0.5]"));
    ASSERT_EQ(run("sweep s.toml --out s.h5").code, 0);
    const auto told = json_of("convergence s.h5"), sweep = json_of("show s.h5");
    EXPECT_EQ(told["looks"], (std::vector<int>{1, 2, 5, 10, 20}));
    EXPECT_EQ(told["estimates"].size(), 6u) << "three outcomes of two policies";
    EXPECT_EQ(told["estimates"][1]["at"][4]["estimate"], sweep["outcomes"][0]["policies"][1]["value"]["estimate"]);
    EXPECT_EQ(run("convergence s.h5").code, 0);
}

} // namespace
} // namespace entente
