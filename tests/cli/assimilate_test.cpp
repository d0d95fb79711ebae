// What a person sees who weighs a result by what was observed.
#include "program.hpp"
#include "report/words.hpp"
#include "write_file.hpp"
#include <nlohmann/json.hpp>

namespace entente {
namespace {

const std::string header = "target,date,value,unit,sd,low,high,wrong,use,source,licence,note\n";

struct Assimilates : ProgramTest {
    void SetUp() override
    {
        write_file(path("a.toml"), "title = \"A\"\nassumes = \"nothing\"\nextends = \"" SOURCE_DIR
                                   "/scenarios/baseline.toml\"\nhorizon = \"2027Q4\"\nruns = 700\nagents = { firms = 8, banks = 4, elites = 8 }\n");
        ASSERT_EQ(run("run a.toml --out a.h5").code, 0);
        write_file(path("seen.csv"), header + "trust,2025,.5,index,.2,,,,fit,s,,\nsuccession,2026,0,0/1,,,,.01,fit,s,,\n");
    }
};

TEST_F(Assimilates, InEightyColumnsWithAWarningWhereFewAreLeft)
{
    const Ran ran = run("assimilate a.h5 --observed seen.csv");
    EXPECT_EQ(ran.code, 0) << ran.err;
    for (const std::string& line : split(ran.out, '\n')) EXPECT_LE(report::columns(line), 80u) << line;
    for (const char* part : {"700 futures of 'a'", "succession", "costs most", "before", "after", "transactional"})
        EXPECT_NE(ran.out.find(part), std::string::npos) << part << "\n" << ran.out;
    EXPECT_NE(ran.err.find("runs are left; intervals are wide"), std::string::npos) << ran.err;
}

TEST_F(Assimilates, KeepsWeightsInAFileThatIsNeverTheResult)
{
    const std::string before = read_file(path("a.h5"));
    EXPECT_EQ(run("assimilate a.h5 --observed seen.csv --out w.h5 --json").code, 0);
    EXPECT_EQ(run("assimilate a.h5 --observed seen.csv --out w.h5").code, 2) << "it is there already";
    EXPECT_EQ(run("assimilate a.h5 --observed seen.csv --out w.h5 --force").code, 0);
    EXPECT_EQ(run("assimilate a.h5 --observed seen.csv --out a.h5 --force").code, 2);
    EXPECT_EQ(read_file(path("a.h5")), before);
    const auto json = nlohmann::json::parse(run("assimilate a.h5 --observed seen.csv --json").out);
    EXPECT_EQ(json["document"], "assimilation");
    EXPECT_EQ(json["observed"].size(), 2u);
    EXPECT_GE(json["effective"], 100);
}

TEST_F(Assimilates, SaysWhatIsWrongAndWhereWithExitCodeTwo)
{
    EXPECT_EQ(run("assimilate a.h5").code, 2);
    EXPECT_EQ(run("assimilate a.toml --observed seen.csv").code, 2);
    EXPECT_EQ(run("assimilate a.h5 --observed none.csv").code, 2);
    write_file(path("bad.csv"), header + "trst,2025,.5,index,.1,,,,fit,s,,\n");
    EXPECT_EQ(run("assimilate a.h5 --observed bad.csv").err,
              "bad.csv:2:1: target: a target of the measurement table, an event or a variable of the model, got 'trst'; did you mean 'trust'?\n");
    write_file(path("far.csv"), header + "trust,2025,.99,index,.001,,,,fit,s,,\n");
    EXPECT_NE(run("assimilate a.h5 --observed far.csv").err.find("far.csv:2:1: trust in 2025: no run comes near 0.99"), std::string::npos);
    write_file(path("rare.csv"), header + "trust,2025,.5,index,.2,,,,fit,s,,\ntrust,2026,.45,index,.002,,,,fit,s,,\n");
    const Ran rare = run("assimilate a.h5 --observed rare.csv --out w.h5");
    EXPECT_EQ(rare.code, 2);
    EXPECT_EQ(rare.out, "");
    EXPECT_NE(rare.err.find("line 3: trust 2026"), std::string::npos) << rare.err;
    EXPECT_FALSE(std::filesystem::exists(path("w.h5")));
}

TEST_F(Assimilates, ATemplateHoldsNoObservation)
{
    EXPECT_EQ(run("new mine --observed --out mine.csv").out, "mine.csv\n");
    EXPECT_EQ(run("assimilate a.h5 --observed mine.csv").err, "mine.csv:1:1: rows with a value to weigh by (use = fit), got none\n");
    EXPECT_EQ(run("new mine --observed --sweep").code, 2);
}

} // namespace
} // namespace entente
