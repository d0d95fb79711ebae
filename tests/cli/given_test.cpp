// What a person sees who asks what is seen, what is done, what to watch, and who is right.
#include "program.hpp"
#include "report/words.hpp"
#include "write_file.hpp"
#include <nlohmann/json.hpp>

namespace entente {
namespace {

struct Understanding : ProgramTest {
    void SetUp() override
    {
        write_file(path("a.toml"), "title = \"A\"\nassumes = \"nothing\"\nextends = \"" SOURCE_DIR
                                   "/scenarios/baseline.toml\"\nhorizon = \"2028Q4\"\nruns = 700\nagents = { firms = 8, banks = 4, elites = 8 }\n");
        ASSERT_EQ(run("run a.toml --readings 0 --drivers none --out a.h5").code, 0);
    }
    void expect_text(const Ran& ran, const std::vector<std::string>& parts) const
    {
        EXPECT_EQ(ran.code, 0) << ran.err;
        for (const std::string& line : split(ran.out, '\n')) EXPECT_LE(report::columns(line), 80u) << line;
        for (const std::string& part : parts) EXPECT_NE(ran.out.find(part), std::string::npos) << part << "\n" << ran.out;
    }
    void expect_refused(const std::string& arguments, const std::string& part) const
    {
        const Ran ran = run(arguments);
        EXPECT_EQ(ran.code, 2) << arguments;
        EXPECT_EQ(ran.out, "") << arguments;
        EXPECT_NE(ran.err.find(part), std::string::npos) << arguments << "\n" << ran.err;
    }
};

TEST_F(Understanding, OfFuturesThatMeetACondition)
{
    expect_text(run("show a.h5 --given 'ceasefire by 2027Q4'"), {"of 700 futures of 'a' in which ceasefire by 2027Q4", "transactional", "Seeing is not doing", "entente contrast"});
    expect_text(run("show a.h5 --all --given 'ceasefire by 2027Q4' --given 'mean trust at 2028Q4 < 0.6'"), {"alone, ceasefire by 2027Q4", "Jeffreys"});
    const auto json = nlohmann::json::parse(run("show a.h5 --json --given 'ceasefire by 2027Q4'").out);
    EXPECT_EQ(json["document"], "given");
    EXPECT_EQ(json["events"]["ceasefire"]["given"]["share"], 1);
    EXPECT_NEAR(json["share"]["share"].get<double>(), json["runs"].get<double>() / json["of"].get<double>(), 1e-12);
    const Ran few = run("show a.h5 --given 'ceasefire by 2025Q1'");
    EXPECT_TRUE(few.code == 2 || few.err.find("fewer than 30") != std::string::npos) << few.err;
    expect_refused("show a.h5 --given 'ceasefire by 2025Q3' --given 'not ceasefire by 2026'", "none of 700 futures meets it");
    expect_refused("show a.h5 --given 'ceasefire by 2040' --given 'mean trust at 2027'", "but the scenario ends in 2028Q4");
    expect_refused("show a.h5 --given 'ceasefire by 2040' --given 'mean trust at 2027'", "and a bound");
    expect_refused("show a.h5 --given 'ceasefire by 2026' --csv events", "--given is for the answer alone");
    expect_refused("show a.toml --given 'ceasefire by 2026'", "is a scenario");
}

TEST_F(Understanding, OfWhatIsSeenAndWhatIsDone)
{
    expect_text(run("contrast a.toml --given 'ceasefire by 2027Q1'"),
                {"'ceasefire by 2027Q1' seen, and made to come, in 700 futures of 'a'", "as is", "changes no outcome", "cause", "selection"});
    const auto json = nlohmann::json::parse(run("contrast a.toml --given 'ceasefire by 2027Q1' --quantity 'mean trust at 2028Q4' --json").out);
    EXPECT_EQ(json["document"], "contrast");
    const auto& q = json["quantities"][0];
    EXPECT_NEAR(q["cause"]["estimate"].get<double>() + q["selection"]["estimate"].get<double>(), q["seen"].get<double>() - q["as_is"].get<double>(), 1e-12);
    expect_refused("contrast a.toml", "--given is missing");
    expect_refused("contrast a.toml --given 'rupture by 2027'", "what can be made to come is taiwan_war");
    expect_refused("contrast a.toml --given 'mean trust at 2027 < 0.4' --force-at 2040Q1", "entente compare A B");
    expect_refused("contrast a.toml --given 'mean trust at 2027 < 0.4' --force-at 2040Q1", "--force-at: a date from 2025Q1 to 2028Q4");
    expect_refused("contrast a.toml --given 'fragmentation by 2025Q1'", "is seen in none of 700 futures");
    expect_refused("contrast a.h5 --given 'ceasefire by 2027'", "is the result of a run");
}

TEST_F(Understanding, OfWhatToWatch)
{
    expect_text(run("signposts a.h5 --of 'ceasefire by 2028' --at 2026"), {"Signposts in 2026Q1 of 'ceasefire by 2028'"});
    const Ran of_result = run("signposts a.h5 --of 'ceasefire by 2028' --at 2026 --json --save"), of_scenario = run("signposts a.toml --of 'ceasefire by 2028' --at 2026 --json");
    const auto a = nlohmann::json::parse(of_result.out), b = nlohmann::json::parse(of_scenario.out);
    EXPECT_EQ(a["signs"], b["signs"]);
    EXPECT_EQ(run("show a.h5 --analysis signposts").out, of_result.out);
    expect_text(run("signposts a.h5 --of 'rupture by 2027' --at 2026"), {"It never comes"});
    expect_refused("signposts a.h5 --at 2026x", "--of is missing");
    expect_refused("signposts a.h5 --at 2026x", "--at: a date from 2014Q1 on");
    expect_refused("signposts a.h5 --of 'rupture by 2027' --at 2027", "does not lie before the outcome");
    expect_refused("signposts a.h5 --of 'rupture by 2027' --at 2026 --runs 5", "the runs of a result are made");
    expect_refused("signposts a.toml --of 'rupture by 2027' --at 2026 --save", "this is a scenario");
}

TEST_F(Understanding, OfWhoIsRight)
{
    expect_text(run("claims a.toml --futures 300 --set 'horizon = \"2036Q1\"'"),
                {"What the articles predict, in 300 futures of 'a'", "not in its years", "verdict", "dep: does dependence end in obedience?"});
    EXPECT_EQ(nlohmann::json::parse(run("claims a.h5 --futures 300 --json").out)["document"], "judged_claims");
    expect_refused("claims a.h5 --futures 3", "a number from 200 to");
    expect_refused("claims '" SOURCE_DIR "/scenarios/history.toml'", "is history alone");
}

} // namespace
} // namespace entente
