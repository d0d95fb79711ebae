// The program before files that are none or not what they seem: a message and an exit code, at once, and nothing that a terminal would obey.
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
    for (const char* command :
         {"show fifo.h5", "run fifo.h5", "replay fifo.h5 --run 0", "diff fifo.h5 fifo.h5", "compare fifo.h5 fifo.h5", "robust fifo.h5", "show /dev/zero", "robust /dev/null"}) {
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

} // namespace
} // namespace entente
