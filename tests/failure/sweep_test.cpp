// Sweeps that are killed, interrupted, shared out, or whose runs fail: nothing finished is lost, and the data are those of an undisturbed sweep.
#include "core/temporary_folder.hpp"
#include "analysis/sample.hpp"
#include "core/text.hpp"
#include "interrupted.hpp"
#include "report/words.hpp"
#include "property/jobs.hpp"
#include "shell.hpp"
#include "signalled.hpp"
#include "store/sweep_file.hpp"
#include "sweeps.hpp"
#include "write_file.hpp"
#include <atomic>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

namespace entente {
namespace {

struct SweepFailure : testing::Test {
    TemporaryFolder folder;
    SweepFailure() { write_file(folder / "s.toml", small_sweep); }
    Ran run(const std::string& arguments) const { return shell(fmt::format("cd '{}' && '{}' {} </dev/null", folder.path.string(), PROGRAM, arguments)); }
    /// The command of a plain run with few agents and a short horizon, both of a scenario of its own.
    std::string small_run(unsigned runs) const
    {
        write_file(folder / "small.toml", fmt::format("title = \"Small\"\nassumes = \"nothing\"\nhorizon = \"2026Q4\"\nagents = {{ firms = 8, banks = 4, elites = 8 }}\n"));
        return fmt::format("run small.toml --runs {}", runs);
    }
    /// The program, interrupted once it has finished something more.
    Ran cut(const std::string& arguments, const std::string& parts) const
    {
        const int code = interrupted(folder.path.string(), arguments, parts);
        return {code, read_file(folder / "out") + read_file(folder / "err")};
    }
    /// Everything that the file holds of the runs.
    std::vector<double> data(const std::string& name) const
    {
        const std::string file = folder / name;
        const StoredSweep s = read_sweep_result(file);
        std::vector<double> all = s.estimates.estimate;
        for (std::size_t o = 0; o < s.head.outcomes.size(); ++o) {
            const std::vector<double> values = read_outcome(file, o);
            all.insert(all.end(), values.begin(), values.end());
        }
        for (std::size_t k = 0; k < s.head.policies.size(); ++k) {
            const StoredRuns runs = read_histories(file, k, 0, static_cast<std::uint32_t>(s.head.points * s.head.replicates));
            all.insert(all.end(), runs.outcome.begin(), runs.outcome.end());
            all.insert(all.end(), runs.first_event.begin(), runs.first_event.end());
        }
        const Fingerprint f = read_fingerprint(file);
        for (const std::uint64_t bits : f.by_run) all.push_back(static_cast<double>(bits));
        return all;
    }
};

TEST_F(SweepFailure, KilledAnywhereItGoesOnToTheSameData)
{
    ASSERT_EQ(run("sweep s.toml --out whole.h5 --threads 1").code, 0);
    const std::vector<double> whole = data("whole.h5");
    const unsigned kills = scaled(100, 10);
    unsigned killed = 0, finished = 0;
    for (std::uint32_t moment = 1; killed < kills; moment = moment * 1664525 + 1013904223) { // moments spread over the sweep's own length, and a little beyond
        const int status = signalled(folder.path.string(), {"sweep", "s.toml", "--out", "k.h5", "--resume", "--threads", "2"}, SIGKILL, moment % 120000);
        killed += WIFSIGNALED(status) ? 1 : 0;
        if (!std::filesystem::exists(folder / "k.h5") || holds_parts(folder / "k.parts")) continue;
        ASSERT_EQ(data("k.h5"), whole) << "after " << killed << " kills";
        std::filesystem::remove(folder / "k.h5");
        ++finished;
    }
    const Ran last = run("sweep s.toml --out k.h5 --resume");
    ASSERT_EQ(last.code, 0) << last.output;
    EXPECT_EQ(data("k.h5"), whole);
    fmt::print("{} kills, finished {} times between them\n", killed, finished);
    ASSERT_EQ(run("sweep s.toml --out other.h5 --seed 2").code, 0);
    EXPECT_NE(data("other.h5"), whole) << "a test that cannot fail";
}

TEST_F(SweepFailure, InterruptedItLeavesAValidPartAndSaysHowToGoOn)
{
    std::string text = small_sweep;
    write_file(folder / "s.toml", text.replace(text.find("replicates = 150"), 16, "replicates = 6000"));
    const Ran ran = cut("sweep s.toml --out i.h5 --threads 1", "i.parts");
    EXPECT_NE(ran.output.find("the same command with --resume goes on"), std::string::npos) << ran.output;
    const StoredSweep part = read_sweep_result(folder / "i.h5");
    EXPECT_FALSE(part.head.complete);
    const Ran shown = run("show i.parts");
    EXPECT_EQ(shown.code, 0) << shown.output;
    EXPECT_NE(shown.output.find("of 84,000 runs finished"), std::string::npos) << shown.output;
    const Ran again = run("sweep s.toml --out i.h5");
    EXPECT_EQ(again.code, 2);
    EXPECT_NE(again.output.find("--resume goes on with them"), std::string::npos) << again.output;
    const std::uint64_t held = part.head.replicates;
    EXPECT_LT(held, 6000u) << "the file holds what is finished";
    std::uint64_t whole = held; // replicates that are finished at all points under both policies
    const std::vector<std::int16_t> failed = read_failures(folder / "i.h5").quarter;
    std::string not_made;
    for (std::size_t i = 0; i < failed.size(); ++i)
        if (failed[i] == -2) {
            whole = std::min<std::uint64_t>(whole, i % (held * 7) / 7);
            not_made = fmt::format("replay i.h5 --policy '{}' --point {} --run {}", part.head.policies[i / (held * 7)], i % 7, i % (held * 7) / 7);
        }
    EXPECT_NE(run("show i.h5").output.find(fmt::format("Over all points: {} of 6,000 replicates.", report::with_commas(whole))), std::string::npos) << run("show i.h5").output;
    if (!not_made.empty()) { EXPECT_NE(run(not_made).output.find(" was not made, the sweep was interrupted"), std::string::npos) << run(not_made).output; }
    EXPECT_NE(run("replay i.h5 --run 5999").output.find(fmt::format("--run: a number from 0 to {}, got 5999", held - 1)), std::string::npos);
    const Ran median = run("replay i.h5 --pick 'median of mean trust at 2026Q1' --samples 0 --json");
    ASSERT_EQ(median.code, 0) << "it picks a run that was made: " << median.output;
    EXPECT_NE(run("diff i.h5 i.h5").output.find("that both hold are identical to the bit"), std::string::npos);
    const Ran other = run("sweep s.toml --out i.h5 --resume --seed 7");
    EXPECT_EQ(other.code, 2);
    EXPECT_NE(other.output.find("belongs to another experiment. policy as it is: 'seed = 1' there, 'seed = 7' here"), std::string::npos) << other.output;
}

// What --force replaces is a result, and only by another whole one.
TEST_F(SweepFailure, AWholeResultIsReplacedByAWholeOneAlone)
{
    ASSERT_EQ(run("sweep s.toml --out f.h5 --replicates 2").code, 0);
    const std::vector<double> before = data("f.h5");
    const std::string call = "sweep s.toml --out f.h5 --replicates 100000 --threads 1";
    const Ran begun = cut(call + " --force", "f.parts");
    EXPECT_NE(begun.output.find("What is finished is in f.parts; the same command with --resume goes on"), std::string::npos) << begun.output;
    EXPECT_EQ(data("f.h5"), before);
    const Ran resumed = cut(call + " --resume", "f.parts");
    EXPECT_NE(resumed.output.find("--resume goes on"), std::string::npos) << resumed.output;
    EXPECT_EQ(data("f.h5"), before);
    for (const char* command : {"sweep s.toml --out s.toml --force", "sweep s.toml --out . --force"}) EXPECT_EQ(run(command).code, 2) << command;
    EXPECT_EQ(read_file(folder / "s.toml"), small_sweep);
}

TEST_F(SweepFailure, ShardsMergeToTheWhole)
{
    ASSERT_EQ(run("sweep s.toml --out whole.h5").code, 0);
    for (const int i : {1, 2, 3}) ASSERT_EQ(run(fmt::format("sweep s.toml --out w.h5 --shard {}/3", i)).code, 0);
    const Ran gap = run("merge w.1-of-3.parts w.3-of-3.parts --out m.h5");
    EXPECT_EQ(gap.code, 2);
    EXPECT_NE(gap.output.find("a gap: pieces"), std::string::npos) << gap.output;
    EXPECT_NE(gap.output.find("they begin in shard 2/3"), std::string::npos) << gap.output;
    EXPECT_NE(run("merge whole.h5 --out m.h5").output.find("whole.h5 is the result of a sweep; shards are folders"), std::string::npos);
    const Ran overlap = run("merge w.1-of-3.parts w.2-of-3.parts w.3-of-3.parts w.2-of-3.parts --out m.h5");
    EXPECT_EQ(overlap.code, 2);
    EXPECT_NE(overlap.output.find("w.2-of-3.parts and w.2-of-3.parts overlap"), std::string::npos) << overlap.output;
    ASSERT_EQ(run("sweep s.toml --out x.h5 --shard 2/3 --seed 2").code, 0);
    const Ran mixed = run("merge w.1-of-3.parts x.2-of-3.parts w.3-of-3.parts --out m.h5");
    EXPECT_EQ(mixed.code, 2);
    EXPECT_NE(mixed.output.find("belong to different experiments. policy as it is: 'seed = 1' there, 'seed = 2' here"), std::string::npos) << mixed.output;
    const Ran merged = run("merge w.3-of-3.parts w.1-of-3.parts w.2-of-3.parts --out m.h5");
    ASSERT_EQ(merged.code, 0) << merged.output;
    EXPECT_EQ(data("m.h5"), data("whole.h5"));
    for (const char* text : {"4/3", "0/3", "'1/ 3'", "+1/3", "1/3x", "1"}) EXPECT_EQ(run(fmt::format("sweep s.toml --shard {}", text)).code, 2) << text;
}

TEST_F(SweepFailure, AFullDiskEndsWithAMessageAndLosesNothing)
{
    const auto limited = [&](unsigned blocks, const char* more) { // of 512 bytes, for each file
        return shell(fmt::format("cd '{}' && ulimit -f {} && '{}' sweep s.toml --out f.h5 --threads 1 {} </dev/null", folder.path.string(), blocks, PROGRAM, more));
    };
    const Ran none = limited(8, "");
    EXPECT_EQ(none.code, 1) << none.output;
    EXPECT_NE(none.output.find("f.parts/experiment: cannot write"), std::string::npos) << none.output;
    const Ran some = limited(320, ""), all = limited(1200, "--resume"); // enough for the first piece; for all of them, but not for the result
    for (const Ran& ran : {some, all}) {
        EXPECT_EQ(ran.code, 1) << ran.output;
        EXPECT_NE(ran.output.find("cannot write"), std::string::npos) << ran.output;
        EXPECT_NE(ran.output.find("What is finished is in f.parts; the same command with --resume goes on."), std::string::npos) << ran.output;
    }
    EXPECT_NE(all.output.find("f.h5: cannot write"), std::string::npos) << all.output;
    const Ran lost = run("--version >/dev/full");
    EXPECT_EQ(lost.code, 1) << "a short text is lost too";
    EXPECT_NE(lost.output.find("cannot write to standard output"), std::string::npos) << lost.output;
    const Ran resumed = run("sweep s.toml --out f.h5 --resume");
    ASSERT_EQ(resumed.code, 0) << resumed.output;
    ASSERT_EQ(run("sweep s.toml --out whole.h5").code, 0);
    EXPECT_EQ(data("f.h5"), data("whole.h5"));
}

TEST_F(SweepFailure, APlainRunIsShardedAndResumedToo)
{
    const std::string scenario = small_run(2000);
    const Ran whole = run(scenario + " --out whole.h5");
    ASSERT_EQ(whole.code, 0) << whole.output;
    for (const int i : {1, 2}) ASSERT_EQ(run(fmt::format("{} --out w.h5 --shard {}/2", scenario, i)).code, 0);
    const Ran merged = run("merge w.2-of-2.parts w.1-of-2.parts --out m.h5");
    ASSERT_EQ(merged.code, 0) << merged.output;
    const StoredResult a = read_result(folder / "whole.h5"), b = read_result(folder / "m.h5");
    EXPECT_EQ(a.summary.mean, b.summary.mean);
    EXPECT_EQ(a.summary.quantile, b.summary.quantile);
    EXPECT_EQ(a.summary.by_parameters, b.summary.by_parameters);
    EXPECT_EQ(read_runs(folder / "whole.h5", 0, 2000).outcome, read_runs(folder / "m.h5", 0, 2000).outcome);
    EXPECT_EQ(read_fingerprint(folder / "whole.h5").by_run, read_fingerprint(folder / "m.h5").by_run);
    for (std::uint32_t moment = 20000; moment < 160000; moment += 20000)
        signalled(folder.path.string(), {"run", "small.toml", "--runs", "2000", "--out", "k.h5", "--resume"}, SIGKILL, moment);
    if (!std::filesystem::exists(folder / "k.h5")) {
        const Ran last = run(scenario + " --out k.h5 --resume");
        ASSERT_EQ(last.code, 0) << last.output;
    }
    EXPECT_EQ(read_result(folder / "k.h5").summary.mean, a.summary.mean);
}

// Summaries that were saved may know more than the parts that are left, after a crash of the machine: nothing may be counted twice.
TEST_F(SweepFailure, APieceThatIsLostIsSummedUpOnce)
{
    const std::string call = small_run(3000) + " --threads 1";
    ASSERT_EQ(run(call + " --out whole.h5").code, 0);
    const Ran begun = cut(call + " --out l.h5", "l.parts");
    ASSERT_TRUE(std::filesystem::exists(folder / "l.parts/state")) << begun.output;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "l.parts"))
        if (entry.path().extension() == ".part") {
            std::filesystem::remove(entry.path());
            break;
        }
    const Ran resumed = run(call + " --out l.h5 --resume");
    ASSERT_EQ(resumed.code, 0) << resumed.output;
    const StoredResult a = read_result(folder / "whole.h5"), b = read_result(folder / "l.h5");
    EXPECT_EQ(b.summary.runs, 3000u);
    EXPECT_EQ(a.summary.mean, b.summary.mean);
    EXPECT_EQ(a.summary.code_count, b.summary.code_count);
}

// A limit that no run keeps, and one that every run keeps.
TEST_F(SweepFailure, RunsThatTakeTooLongAreGivenUpAndStored)
{
    const Ran none = run("sweep s.toml --out n.h5 --replicates 20 --run-limit 1e-12");
    EXPECT_EQ(none.code, 1) << "no answer: " << none.output;
    EXPECT_NE(none.output.find("280 runs: given up, it took longer than --run-limit"), std::string::npos) << none.output;
    const StoredFailures failures = read_failures(folder / "n.h5");
    ASSERT_EQ(failures.quarter.size(), 280u);
    for (std::size_t i = 0; i < 280; ++i) {
        EXPECT_EQ(failures.quarter[i], 0);
        EXPECT_EQ(failures.variable[i], -1);
        EXPECT_GT(failures.value[i], 0);
    }
    EXPECT_NE(run("run s.toml").output.find("s.toml is a sweep; `entente sweep s.toml` runs it"), std::string::npos);
    const Ran plain = run(fmt::format("run '{}/scenarios/baseline.toml' --runs 20 --set 'horizon = \"2026Q4\"' --run-limit 1e-12 --out p.h5", SOURCE_DIR));
    EXPECT_EQ(plain.code, 1) << "no answer";
    EXPECT_NE(plain.output.find("run 0, 2014Q1, given up, it took longer than --run-limit ("), std::string::npos) << plain.output;
    const Ran again = run("run p.h5");
    EXPECT_EQ(again.code, 0) << "what is not known does not differ: " << again.output;
    EXPECT_NE(again.output.find("runs that were given up are compared until then"), std::string::npos) << again.output;
    ASSERT_EQ(run("sweep s.toml --out l.h5 --replicates 20 --run-limit 1000").code, 0);
    ASSERT_EQ(run("sweep s.toml --out w.h5 --replicates 20").code, 0);
    EXPECT_EQ(data("l.h5"), data("w.h5"));
    EXPECT_EQ(run("sweep s.toml --out x.h5 --run-limit 0").code, 2);
}

// Failed runs are data: a mechanism that goes astray in every tenth replicate, by a kernel that spoils what the real one leaves.
std::atomic<int> spoilt{0};
TEST_F(SweepFailure, FailedRunsAreStoredAndTheSweepGoesOn)
{
    static const Kernel real = choose_kernel("double");
    static Kernel spoiling = real;
    spoiling.run_into = [](const Job& job, BlockResult& out) {
        real.run_into(job, out);
        for (std::size_t r = 0; r < job.runs(); ++r)
            if (job.replicates[r] % 10 == 3) out.failed_quarter[r] = 46, out.failed_variable[r] = 5, out.failed_value[r] = std::numeric_limits<float>::quiet_NaN(), ++spoilt;
    };
    Scenario s = scenario("baseline", "horizon = \"2026Q4\"\nruns = 300");
    const auto values = sample(s, {parse_quantity("mean trust at 2026Q1")}, {.threads = 2, .kernel = &spoiling}), good = sample(s, {parse_quantity("mean trust at 2026Q1")}, {});
    EXPECT_EQ(spoilt, 30);
    for (std::size_t r = 0; r < 300; ++r)
        if (r % 10 == 3) EXPECT_TRUE(std::isnan(values[0][r]));
        else EXPECT_EQ(values[0][r], good[0][r]);
}

} // namespace
} // namespace entente
