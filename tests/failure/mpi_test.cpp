// The program as several ranks under mpirun: the data of one process for 1, 2 and 4 ranks, and nothing finished is lost when a rank is killed or the job is ended.
#include "core/temporary_folder.hpp"
#include "core/text.hpp"
#include "interrupted.hpp"
#include "property/jobs.hpp"
#include "shell.hpp"
#include "store/parts.hpp"
#include "write_file.hpp"
#include <csignal>
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <thread>
#include <unistd.h>

namespace entente {
namespace {

struct Mpi : testing::Test {
    TemporaryFolder folder;
    void SetUp() override
    {
        if (std::string_view(PROGRAM_MPI).empty()) GTEST_SKIP() << "no program for many ranks was built: MPI is missing (apt-get install libopenmpi-dev openmpi-bin)";
        if (shell("mpirun --version").code != 0) GTEST_SKIP() << "mpirun is missing (apt-get install openmpi-bin)";
        write_file(folder / "small.toml", "title = \"Small\"\nassumes = \"nothing\"\nhorizon = \"2026Q4\"\nagents = { firms = 8, banks = 4, elites = 8 }\n");
    }
    static std::string started(unsigned ranks)
    {
        return fmt::format("OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 mpirun --oversubscribe --bind-to none -n {} '{}'", ranks, PROGRAM_MPI);
    }
    Ran here(const std::string& command) const { return shell(fmt::format("cd '{}' && {} </dev/null", folder.path.string(), command)); }
    Ran alone(const std::string& arguments) const { return here(fmt::format("'{}' {}", PROGRAM, arguments)); }
    Ran by(unsigned ranks, const std::string& arguments) const { return here(started(ranks) + " " + arguments); }
    void expect_same(const std::string& a, const std::string& b) const
    {
        const Ran diff = alone(fmt::format("diff {} {}", a, b));
        EXPECT_EQ(diff.code, 0) << diff.output;
    }
};

TEST_F(Mpi, RanksGiveTheDataOfOneProcess)
{
    ASSERT_EQ(alone("run small.toml --runs 3000 --out 0.h5").code, 0);
    for (const unsigned ranks : {1u, 2u, 4u}) {
        const Ran run = by(ranks, fmt::format("run small.toml --runs 3000 --out {}.h5", ranks));
        ASSERT_EQ(run.code, 0) << run.output;
        expect_same("0.h5", fmt::format("{}.h5", ranks));
    }
    ASSERT_EQ(by(2, "run small.toml --runs 3000 --seed 2 --out other.h5").code, 0);
    EXPECT_EQ(alone("diff 0.h5 other.h5").code, 2) << "a test that cannot fail";
    EXPECT_EQ(by(2, "run small.toml --runs many").code, 2) << "said once, by rank 0";
    const Ran shown = here("TERM=xterm LC_ALL=C.UTF-8 " + started(2) + " show 0.h5");
    EXPECT_NE(shown.output.find("▒"), std::string::npos) << shown.output;
    EXPECT_EQ(shown.output.find('\x1b'), std::string::npos) << "colours in a pipe\n" << shown.output;
}

/// The children of a process, as Linux tells.
std::vector<pid_t> children_of(pid_t parent)
{
    std::vector<pid_t> all;
    for (const std::string& word : split(shell(fmt::format("cat /proc/{0}/task/*/children 2>/dev/null", parent)).output, ' '))
        if (!trim(word).empty()) all.push_back(std::stoi(word));
    return all;
}

/// Kills one rank after another of a run that goes on each time, in a folder of its own, and returns how often. What is finished once is never lost.
unsigned killed_ranks(const std::string& folder, const std::string& run, unsigned kills, std::uint32_t moment, std::string& fault)
{
    constexpr unsigned ranks = 3;
    const std::string parts = folder + "/k.parts", command = fmt::format("cd '{}' && exec env {} >/dev/null 2>&1 </dev/null", folder, run);
    unsigned killed = 0;
    while (killed < kills && fault.empty()) {
        moment = moment * 1664525 + 1013904223; // moments spread over what they do
        const std::size_t before = holds_parts(parts) ? Parts(parts).finished().size() : 0;
        const pid_t child = fork();
        if (child == 0) {
            execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char*>(nullptr));
            _exit(98);
        }
        // from when on they are at work: Open MPI 4.1 itself waits for ever for a rank that is killed while it starts
        int status = 0;
        pid_t ended = 0;
        while (!is_at_work_in(parts) && (ended = waitpid(child, &status, WNOHANG)) == 0) usleep(1000);
        if (ended == 0) {
            usleep(moment % 600'000);
            const std::vector<pid_t> at_work = children_of(child);
            if (at_work.size() == ranks) killed += kill(at_work[moment / 7 % ranks], SIGKILL) == 0 ? 1 : 0;
            for (int wait = 0; wait < 10'000 && (ended = waitpid(child, &status, WNOHANG)) == 0; ++wait) usleep(1000);
            if (ended == 0) { // Open MPI 4.1 at times waits for ever after a kill: then its user ends all of it
                for (const pid_t rank : children_of(child)) kill(rank, SIGKILL);
                kill(child, SIGKILL);
                waitpid(child, &status, 0);
            }
            while (is_at_work_in(parts)) usleep(1000);
        }
        if (holds_parts(parts) && Parts(parts).finished().size() < before) fault = fmt::format("{} pieces before a kill, {} after it", before, Parts(parts).finished().size());
        if (std::filesystem::exists(folder + "/k.h5") && !holds_parts(parts)) return killed; // finished
    }
    return killed;
}

TEST_F(Mpi, ARankThatIsKilledCostsWhatItWasAt)
{
    const std::string run = "run small.toml --runs 40000 --drivers none --readings none";
    ASSERT_EQ(alone(run + " --out whole.h5").code, 0);
    constexpr unsigned chains = 8; // side by side: most of a start and an end is waiting
    const unsigned kills = (scaled(100, chains) + chains - 1) / chains;
    std::vector<unsigned> killed(chains), finished(chains);
    std::vector<std::string> faults(chains);
    {
        std::vector<std::jthread> all;
        for (std::size_t c = 0; c < chains; ++c)
            all.emplace_back([&, c] {
                const std::string own = folder / fmt::format("{}", c);
                std::filesystem::create_directory(own);
                for (std::uint32_t again = 0; killed[c] < kills && faults[c].empty(); ++again) {
                    const std::string command = fmt::format("{} ../small.toml{} --resume --out k.h5", started(3) + " run", run.substr(std::string("run small.toml").size()));
                    killed[c] += killed_ranks(own, command, kills - killed[c], static_cast<std::uint32_t>(c + 100 * again), faults[c]);
                    if (!faults[c].empty() || !std::filesystem::exists(own + "/k.h5") || holds_parts(own + "/k.parts")) continue;
                    const Ran diff = alone(fmt::format("diff whole.h5 {}/k.h5", c));
                    if (diff.code != 0) faults[c] = diff.output;
                    std::filesystem::remove(own + "/k.h5");
                    ++finished[c];
                }
            });
    }
    for (std::size_t c = 0; c < chains; ++c) {
        EXPECT_EQ(faults[c], "");
        const Ran last = by(2, fmt::format("{} --resume --out {}/k.h5", run, c));
        ASSERT_EQ(last.code, 0) << last.output;
        expect_same("whole.h5", fmt::format("{}/k.h5", c));
        fmt::print("{} kills, finished {} times between them\n", killed[c], finished[c]);
    }
}

// Asked to end as by a job's time limit: what is finished by then stays.
TEST_F(Mpi, AJobThatIsEndedGoesOn)
{
    const std::string run = "run small.toml --runs 100000 --drivers none --readings none";
    ASSERT_EQ(alone(run + " --out whole.h5").code, 0);
    const std::string arguments = fmt::format("--oversubscribe --bind-to none -n 3 '{}' {} --out t.h5", PROGRAM_MPI, run);
    EXPECT_NE(interrupted(folder.path.string(), arguments, "t.parts", "mpirun", SIGTERM, "export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1"), 0);
    while (is_at_work_in(folder / "t.parts")) usleep(1000); // mpirun does not wait for the last rank
    ASSERT_TRUE(holds_parts(folder / "t.parts"));
    EXPECT_FALSE(Parts(folder / "t.parts").finished().empty());
    const Ran rest = alone(run + " --resume --out t.h5");
    ASSERT_EQ(rest.code, 0) << "one process goes on with what three ranks have left: " << rest.output;
    expect_same("whole.h5", "t.h5");
}

TEST_F(Mpi, AFullDiskEndsTheJobAndWhatIsFinishedStays)
{
    const std::string run = "run small.toml --runs 30000 --drivers none --readings none";
    ASSERT_EQ(alone(run + " --out whole.h5").code, 0);
    // the limit is to meet the program's files, not those by which ranks on one machine exchange letters
    const Ran full = here(
        fmt::format("env OMPI_MCA_btl=tcp,self PMIX_MCA_gds=hash OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 timeout 60 mpirun --oversubscribe --bind-to none -n 2 "
                    "sh -c 'ulimit -f 2000; exec \"$0\" \"$@\"' '{}' {} --out f.h5",
                    PROGRAM_MPI, run));
    EXPECT_NE(full.code, 0);
    EXPECT_NE(full.output.find("the same command with --resume goes on"), std::string::npos) << full.output;
    const Ran rest = by(2, run + " --resume --out f.h5");
    ASSERT_EQ(rest.code, 0) << rest.output;
    expect_same("whole.h5", "f.h5");
}

} // namespace
} // namespace entente
