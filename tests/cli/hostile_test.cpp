// The program before files that are none or not what they seem: a message and an exit code, at once, and nothing that a terminal would obey.
#include "failure/hostile.hpp"
#include "program.hpp"
#include "write_file.hpp"
#include <sys/stat.h>

namespace entente {
namespace {

using Hostile = ProgramTest;

bool is_plain(const std::string& text) { return printable(text) == text; }

TEST_F(Hostile, WhatIsNoFileIsNotWaitedFor)
{
    ASSERT_EQ(::mkfifo(path("fifo.h5").c_str(), 0600), 0);
    for (const char* command : {"show fifo.h5", "run fifo.h5", "replay fifo.h5 --run 0", "diff fifo.h5 fifo.h5", "compare fifo.h5 fifo.h5", "robust fifo.h5", "show /dev/zero",
                                "robust /dev/null", "conventions fifo.h5", "convergence fifo.h5", "survival fifo.h5", "discover fifo.h5 --of 'rupture by 2040'",
                                "sensitivity fifo.h5", "show fifo.h5 --given 'rupture by 2040'", "show fifo.h5 --analysis list",
                                "signposts fifo.h5 --of 'rupture by 2040' --at 2030", "claims fifo.h5", "discover --table fifo.h5 --output fifo.h5"}) {
        const Ran ran = run(command);
        EXPECT_EQ(ran.code, 2) << command << ran.err;
        EXPECT_NE(ran.err.find("it is no regular file"), std::string::npos) << ran.err;
    }
}

TEST_F(Hostile, NamesAreNotObeyed)
{
    const std::string text = "title = \"A \\u001b[31mtitle\\u202e\"\nassumes = \"nothing\"\nhorizon = \"2025Q2\"\nruns = 3\n";
    write_file(path("a.toml"), text + "[parameters]\n\"g\\u001b[2J\" = 1\n");
    const Ran unknown = run("check a.toml");
    EXPECT_EQ(unknown.code, 2);
    EXPECT_TRUE(is_plain(unknown.err)) << unknown.err;
    EXPECT_NE(unknown.err.find("\\u001b[2J"), std::string::npos) << unknown.err;
    write_file(path("b.toml"), text);
    const Ran ran = run("run b.toml --out b.h5"), json = run("show b.h5 --json"), story = run("replay b.h5 --run 0 --samples 0");
    for (const Ran& r : {ran, json, story}) {
        EXPECT_EQ(r.code, 0) << r.err;
        EXPECT_TRUE(is_plain(r.out) && is_plain(r.err)) << r.out << r.err;
    }
    EXPECT_NE(json.out.find("A \\u001b[31mtitle\\u202e"), std::string::npos) << json.out;
}

TEST_F(Hostile, NamesOfSweepsHoldNoControlCharacters)
{
    write_file(path("s.toml"), fmt::format("title = \"S\"\nassumes = \"nothing\"\noutcomes = [\"mean trust at 2025Q1\"]\n[scenario]\nfile = \"{}/scenarios/baseline.toml\"\n"
                                           "[[policy]]\nname = \"a\\u001b]0;b\\u0007\"\n[design]\nreplicates = 1\n",
                                           SOURCE_DIR));
    const Ran ran = run("check s.toml");
    EXPECT_EQ(ran.code, 2) << ran.out;
    EXPECT_TRUE(is_plain(ran.err)) << ran.err;
    EXPECT_NE(ran.err.find("without control characters"), std::string::npos) << ran.err;
}

TEST_F(Hostile, DamagedPartsAreNamedAndEndWithTwo)
{
    write_file(path("a.toml"), "title = \"A\"\nassumes = \"nothing\"\nhorizon = \"2025Q1\"\nruns = 300\nagents = { firms = 2, banks = 1, elites = 8 }\n");
    ASSERT_EQ(run("run a.toml --shard 1/2 --out a.h5").code, 0);
    const std::string part = std::filesystem::directory_iterator(path("a.1-of-2.parts"))->path().parent_path().string() + "/0000000000.part";
    std::string bytes = read_file(part);
    bytes[bytes.size() / 2] ^= 1;
    write_file(part, bytes);
    write_file(path("a.1-of-2.parts/state"), "none");
    const Ran merged = run("merge a.1-of-2.parts --out m.h5");
    EXPECT_EQ(merged.code, 2) << merged.out;
    const std::size_t named = merged.err.find("0000000000.part: is damaged and left out"), state = merged.err.find("a.1-of-2.parts/state: is damaged and left out");
    EXPECT_LT(named, state) << merged.err;
    EXPECT_LT(state, merged.err.find("are missing")) << merged.err;
    const Ran shown = run("show a.1-of-2.parts");
    EXPECT_NE(shown.err.find("0000000000.part: is damaged and left out"), std::string::npos) << shown.err;
}

TEST_F(Hostile, DamagedResultsEndWithTwo)
{
    write_file(path("a.toml"), "title = \"A\"\nassumes = \"nothing\"\nhorizon = \"2025Q1\"\nruns = 3\n");
    ASSERT_EQ(run("run a.toml --out a.h5").code, 0);
    hostile::apply(path("a.h5"), "runs/event_date", hostile::Change::extremes, "");
    const Ran replayed = run("replay a.h5 --run 0 --samples 0");
    EXPECT_EQ(replayed.code, 2) << replayed.err;
    EXPECT_NE(replayed.err.find("a.h5: is damaged"), std::string::npos) << replayed.err;
}

// What is read of single runs and what was kept: each of the commands says so, and none calls it the machine's fault.
TEST_F(Hostile, DamagedRunsAreNoAnswer)
{
    write_file(path("a.toml"), "title = \"A\"\nassumes = \"nothing\"\nhorizon = \"2025Q2\"\nruns = 60\ndraw = \"priors\"\nagents = { firms = 2, banks = 1, elites = 8 }\n");
    ASSERT_EQ(run("run a.toml --out a.h5").code, 0);
    const std::string discover = "discover b.h5 --of 'mean trust at 2025Q2 < 0.3' --resamples 20", sensitivity = "sensitivity b.h5 --outcome 'mean trust at 2025Q2'",
                      show = "show b.h5 --given 'mean trust at 2025Q2 < 0.3'";
    ASSERT_EQ(run("conventions a.h5 --joint 2 --save").code, 0);
    using hostile::Change;
    for (const auto& [variable, change, commands] :
         {std::tuple{"runs/reported", Change::no_numbers, std::vector<std::string>{"conventions b.h5", "convergence b.h5", discover, sensitivity, show}},
          std::tuple{"runs/reported", Change::removed, std::vector<std::string>{discover, sensitivity, show}},
          std::tuple{"runs/reported_variable", Change::ones, std::vector<std::string>{"conventions b.h5", discover, sensitivity, show}},
          std::tuple{"runs/parameter_draw", Change::no_numbers, std::vector<std::string>{discover, sensitivity}},
          std::tuple{"analyses/document", Change::removed, std::vector<std::string>{"conventions b.h5 --joint 2 --save", "show b.h5 --analysis conventions"}},
          std::tuple{"analyses/analysis", Change::endless, std::vector<std::string>{"show b.h5 --analysis list"}}}) {
        std::filesystem::copy_file(path("a.h5"), path("b.h5"), std::filesystem::copy_options::overwrite_existing);
        hostile::apply(path("b.h5"), variable, change, "");
        for (const std::string& command : commands) {
            const Ran ran = run(command);
            EXPECT_EQ(ran.code, 2) << variable << " " << command << ran.out << ran.err;
            EXPECT_TRUE(is_plain(ran.out) && is_plain(ran.err)) << ran.out << ran.err;
        }
    }
}

TEST_F(Hostile, RunsThatAllFailedAreNoDamage)
{
    write_file(path("a.toml"), "title = \"A\"\nassumes = \"nothing\"\nhorizon = \"2025Q2\"\nruns = 60\n");
    ASSERT_EQ(run("run a.toml --out a.h5 --run-limit 1e-12").code, 1);
    for (const char* command : {"conventions a.h5", "convergence a.h5", "survival a.h5"}) {
        const Ran ran = run(command);
        EXPECT_EQ(ran.code, 2) << command << ran.out;
        EXPECT_NE(ran.err.find("every run failed"), std::string::npos) << ran.err;
        EXPECT_EQ(ran.err.find("damaged"), std::string::npos) << ran.err;
    }
}

TEST_F(Hostile, RunsThatNeedTooMuchMemoryAreRefused)
{
    write_file(path("a.toml"), "title = \"A\"\nassumes = \"nothing\"\nhorizon = \"2099Q3\"\n");
    const Ran ran = run("compare a.toml a.toml --runs 1000000000");
    EXPECT_EQ(ran.code, 2) << ran.err;
    EXPECT_TRUE(ran.err.starts_with("entente compare: 1000000000 runs need ")) << ran.err;
}

} // namespace
} // namespace entente
