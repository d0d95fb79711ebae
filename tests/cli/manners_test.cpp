// How the program behaves towards its surroundings: streams that are closed or full, places that are no files, signals, numbers that are none.
#include "interrupted.hpp"
#include "program.hpp"
#include "store/store.hpp"
#include "sweeps.hpp"
#include "write_file.hpp"
#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>
#include <sys/stat.h>

namespace entente {
namespace {

namespace fs = std::filesystem;

class Manners : public ProgramTest {
protected:
    Manners()
    {
        write_file(path("s.toml"), "title = \"Small\"\nassumes = \"nothing\"\nhorizon = \"2026Q4\"\nruns = 40\nagents = { firms = 8, banks = 4, elites = 8 }\n");
        write_file(path("sweep.toml"), small_sweep);
    }
    void SetUp() override
    {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        GTEST_SKIP() << "hundreds of starts, each ten times as dear, of nothing but options, streams and signals";
#endif
    }
    /// The exit code of the program with its streams as a shell sets them; -1 if a signal ended it.
    int code(const std::string& arguments, const std::string& streams) const
    {
        const int status = std::system(fmt::format("cd '{}' && exec '{}' {} {}", folder_.path.string(), PROGRAM, arguments, streams).c_str());
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    /// What lies in the test's folder besides its own files.
    std::vector<std::string> made() const
    {
        std::vector<std::string> names;
        for (const fs::directory_entry& entry : fs::directory_iterator(folder_.path))
            if (const std::string name = entry.path().filename().string(); name != "s.toml" && name != "sweep.toml" && name != "out" && name != "err") names.push_back(name);
        return names;
    }
};

TEST_F(Manners, AStandardErrorThatTakesNothingChangesNoExitCode)
{
    for (const char* streams : {">out 2>&-", ">out 2>/dev/full", ">&- 2>&-", ">/dev/full 2>/dev/full"}) {
        EXPECT_EQ(code("rnu s.toml", streams), 2) << streams;
        EXPECT_EQ(code("run nothing.toml", streams), 2) << streams;
        EXPECT_EQ(code("show s.toml", streams), 2) << streams;
        EXPECT_EQ(code("run s.toml -o x.h5 --run-limit 1e-9 --force", streams), 1) << streams << ": every run fails";
    }
}

TEST_F(Manners, WhatIsSaidNeverLandsInAResult)
{
    ASSERT_EQ(code("run s.toml -o x.h5", ">out 2>&- <&-"), 0);
    ASSERT_EQ(code("run s.toml -o x.h5", ">again 2>&- <&-"), 0) << "it says that there is nothing to simulate";
    EXPECT_EQ(run("run x.h5").code, 0);
    EXPECT_EQ(read_file(path("again")), run("show x.h5").out);
    EXPECT_EQ(code("check s.toml", ">&-"), 1) << "what was asked for is lost";
}

TEST_F(Manners, AResultsPlaceIsAFile)
{
    const auto refused = [&](const std::string& arguments, const std::string& why) {
        const Ran ran = run(arguments);
        EXPECT_EQ(ran.code, 2) << arguments << "\n" << ran.err;
        EXPECT_NE(ran.err.find(why), std::string::npos) << arguments << "\n" << ran.err;
    };
    const std::string longest(300, 'a');
    for (const std::string command : {"run s.toml", "sweep sweep.toml", "merge x.parts"}) {
        refused(command + " --out new/", "--out: new/: a file, got a folder");
        refused(command + " --out new/..", "a file, got a folder");
        refused(command + " --out s.toml/x.h5", "no file can be there");
        refused(command + " --out " + longest, "no file can be there");
    }
    refused("new idea -o ''", "a file, got ''");
    refused("new idea -o new/", "a file, got 'new/'");
    refused("new idea -o " + longest, "--out: a file, got 'aaa");
    refused("design sweep.toml -o new/", "a file, got a folder");
    EXPECT_EQ(made(), std::vector<std::string>()) << "refused before anything is done";
    EXPECT_EQ(run("run s.toml --out new/folders/x.h5").code, 0) << "folders are made";
}

TEST_F(Manners, AFifoIsNoFileAndNobodyWaitsForIt)
{
    ASSERT_EQ(mkfifo(path("fifo").c_str(), 0600), 0);
    fs::create_symlink("fifo", path("link.h5"));
    write_file(path("table.toml"), "title = \"t\"\nassumes = \"a\"\n[[factor]]\nname = \"x\"\nrange = [0, 1]\n[design]\nkind = \"table\"\ntable = \"fifo\"\n");
    for (const char* arguments : {"run fifo", "check fifo", "sweep fifo", "design table.toml", "run link.h5", "show fifo", "replay fifo --run 0", "diff fifo link.h5",
                                  "robust fifo", "compare link.h5 link.h5", "run s.toml --out fifo", "run s.toml --out link.h5 --force", "sweep sweep.toml --out /dev/null --force",
                                  "merge x.parts --out fifo --force", "design sweep.toml --out fifo --force", "new idea -o fifo"}) {
        const Ran ran = run(arguments);
        EXPECT_EQ(ran.code, 2) << arguments << "\n" << ran.err;
        EXPECT_NE(ran.err, "") << arguments;
    }
}

TEST_F(Manners, EverySignalThatEndsProgramsStopsARunCleanly)
{
    for (const int signal : {SIGHUP, SIGTERM, SIGQUIT}) {
        EXPECT_EQ(interrupted(folder_.path.string(), "run s.toml --runs 50000000 --threads 1 -o i.h5 --force", "i.parts", PROGRAM, signal), 130) << signal;
        EXPECT_NE(read_file(path("err")).find("Interrupted after"), std::string::npos) << read_file(path("err"));
        EXPECT_FALSE(read_result(path("i.h5")).complete);
    }
}

TEST_F(Manners, WhatIsIgnoredAtTheStartStaysSo)
{
    for (const auto& [signal, name] : {std::pair{SIGINT, "INT"}, std::pair{SIGHUP, "HUP"}})
        EXPECT_EQ(interrupted(folder_.path.string(), "run s.toml --runs 4000 --threads 1 -o i.h5 --force", "i.parts", PROGRAM, signal, fmt::format("trap '' {}", name)), 0) << name;
    EXPECT_EQ(read_result(path("i.h5")).summary.runs, 4000u);
}

TEST_F(Manners, WhatIsNoNumberIsSaidInTheWordsOfTheOption)
{
    ASSERT_EQ(run("run s.toml -o r.h5").code, 0);
    const std::vector<std::string> options = {"run s.toml --no-file --runs ",   "run s.toml --no-file --seed ",      "run s.toml --no-file --threads ",
                                              "run s.toml -o x.h5 --shard ",    "sweep sweep.toml --replicates ",    "replay r.h5 --run ",
                                              "replay r.h5 --run 0 --threads ", "replay r.h5 --run 0 --samples ",    "bench --rounds ",
                                              "robust r.h5 --resamples ",       "run s.toml --no-file --run-limit ", "run s.toml -o x.h5 --stop 'rupture by 2026Q1 within '"};
    const std::regex raw(R"(sto(i|l|ul|ull|d)\b|_M_|basic_string|vector::|filesystem error|bad_alloc|std::|HDF5-DIAG|terminate|is invalid)");
    for (const std::string& option : options)
        for (const char* value : {"''", "'1e999'", "1x", "0x10"}) {
            const Ran ran = run(option + value);
            EXPECT_EQ(ran.code, 2) << option << value << "\n" << ran.err;
            EXPECT_NE(ran.err.find("--"), std::string::npos) << option << value << "\n" << ran.err;
            EXPECT_FALSE(std::regex_search(ran.err, raw)) << option << value << "\n" << ran.err;
        }
    for (const char* wrong : {"run s.toml -o x.h5 --shard 4294967297/4294967297", "run s.toml -o x.h5 --shard 1/4294967297", "run s.toml -o x.h5 --shard 1/1/1", "run s.toml -o x.h5 --shard 1",
                              "replay r.h5 --run 0 --threads 5000", "bench --threads 5000", "run s.toml --no-file --run-limit inf", "run s.toml -o x.h5 --stop 'rupture by 2026Q1 within inf'"})
        EXPECT_EQ(run(wrong).code, 2) << wrong;
    EXPECT_EQ(run("run s.toml -o x.h5 --stop 'rupture by 2026Q1 within 0.0001'").code, 0)
        << "the most may be few: " << run("run s.toml -o x.h5 --stop 'rupture by 2026Q1 within 0.0001'").err;
}

TEST_F(Manners, HelpFitsAScreen)
{
    const std::string overview = run("--help").out;
    std::size_t commands = 0;
    for (const std::string& line : split(overview, '\n')) {
        EXPECT_LE(line.size(), 80u) << line;
        if (!line.starts_with("  ") || line.starts_with("   ") || line.starts_with("  -")) continue;
        const std::string command = split(std::string(trim(line)), ' ')[0];
        ++commands;
        for (const std::string& of_it : split(run(command + " --help").out, '\n')) EXPECT_LE(of_it.size(), 80u) << command << ": " << of_it;
    }
    EXPECT_GT(commands, 25u);
}

TEST_F(Manners, ARunWithoutAFileWritesNothingAndSaysTheSame)
{
    const Ran unkept = run("run s.toml --no-file"), json = run("run s.toml --out - --json");
    ASSERT_EQ(unkept.code, 0) << unkept.err;
    EXPECT_EQ(made(), std::vector<std::string>());
    const Ran kept = run("run s.toml -o x.h5");
    EXPECT_EQ(kept.out, unkept.out + "\nx.h5\n");
    auto all = nlohmann::json::parse(run("show x.h5 --json").out), same = nlohmann::json::parse(json.out);
    EXPECT_EQ(same["file"], nlohmann::json());
    all["file"] = nlohmann::json();
    EXPECT_EQ(same, all);
    for (const char* more : {"--resume", "--force", "--shard 1/2", "--keep none", "--stop 'rupture by 2026Q1 within 0.1'", "--out y.h5"}) {
        const Ran ran = run(fmt::format("run s.toml --no-file {}", more));
        EXPECT_EQ(ran.code, 2) << more;
        EXPECT_NE(ran.err.find("--no-file"), std::string::npos) << ran.err;
    }
    EXPECT_EQ(run("sweep sweep.toml --out -").code, 2) << "its runs lie in a file";
    EXPECT_EQ(run("merge x.parts --out -").code, 2);
    EXPECT_EQ(run("design sweep.toml --out -").out, run("design sweep.toml").out);
}

TEST_F(Manners, AResultThatIsThereAlreadyIsAsGoodAsNew)
{
    for (const std::string command : {"run s.toml -o x.h5", "sweep sweep.toml --replicates 2 -o x.h5 --force", "sweep sweep.toml --replicates 2 -o x.h5"}) {
        ASSERT_EQ(run(command).code, 0);
        fs::last_write_time(path("x.h5"), fs::file_time_type::clock::now() - std::chrono::hours(1));
        const auto scenario = fs::last_write_time(path("s.toml"));
        ASSERT_LT(fs::last_write_time(path("x.h5")), scenario);
        const Ran again = run(command.substr(0, command.find(" --force")));
        ASSERT_NE(again.err.find("nothing to simulate"), std::string::npos) << again.err;
        EXPECT_GE(fs::last_write_time(path("x.h5")), scenario) << "make would call for it again and again";
    }
    fs::last_write_time(path("x.h5"), fs::file_time_type::clock::now() - std::chrono::hours(1));
    const auto before = fs::last_write_time(path("x.h5"));
    EXPECT_EQ(run("run s.toml -o x.h5").code, 2);
    EXPECT_EQ(fs::last_write_time(path("x.h5")), before) << "another result stays as it is";
}

} // namespace
} // namespace entente
