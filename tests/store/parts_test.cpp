// Parts on disk: what is kept comes back, what is damaged is simulated again, what is another experiment is refused.
#include "core/temporary_folder.hpp"
#include "core/text.hpp"
#include "ensemble/accumulator.hpp"
#include "scenarios.hpp"
#include "store/parts.hpp"
#include "store/sweep_file.hpp"
#include "sweeps.hpp"
#include "write_file.hpp"
#include "design/sweep.hpp"
#include <algorithm>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <gtest/gtest.h>
#include <numeric>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace entente {
namespace {

struct PartsOnDisk : testing::Test {
    TemporaryFolder folder;
    const std::string path = folder / "x.parts";
    const Identity identity = {{"scenario", "a\nb\n"}, {"seed", "1"}};
    const Plan plan = [] {
        Scenario s = scenario("baseline", "horizon = \"2025Q4\"\nruns = 600");
        return plan_of(s);
    }();
    std::vector<std::uint64_t> numbers = {0, 1, 2};
    void simulate(Parts& parts, std::vector<std::uint64_t> some, Keep keep = Keep::outcomes) const
    {
        run_pieces(plan, some, {.threads = 1}, [&](unsigned thread, const FinishedPiece& f) { parts.add(thread, f, {1.5, double(f.number)}, keep); });
        parts.flush();
    }
};

TEST(LongestUnfinished, IsATenthOfTheTimeAtWork)
{
    using namespace std::chrono_literals;
    EXPECT_EQ(longest_unfinished(0s), 100ms);
    EXPECT_EQ(longest_unfinished(5s), 500ms);
    EXPECT_EQ(longest_unfinished(24h), 10s);
}

TEST_F(PartsOnDisk, ComeBackAsTheyWere)
{
    {
        Parts parts(path, identity, {{"about", "text"}}, shard_of(3, 1, 1));
        simulate(parts, {2, 0});
        EXPECT_EQ(parts.finished(), (std::vector<std::uint64_t>{0, 2}));
        parts.write_state({"sta", "te"});
    }
    const Parts parts(path);
    EXPECT_EQ(parts.finished(), (std::vector<std::uint64_t>{0, 2}));
    EXPECT_EQ(parts.about("about"), "text");
    EXPECT_EQ(parts.read_state(), "state");
    const PlannedJob planned = job_of(plan, piece_of(plan, 2), {});
    const BlockResult again = choose_kernel("double").run(planned.job);
    const StoredPiece stored = parts.read(2);
    EXPECT_EQ(stored.result.outcome, again.outcome);
    EXPECT_EQ(stored.result.first_event, again.first_event);
    EXPECT_EQ(stored.result.failed_quarter, again.failed_quarter);
    EXPECT_TRUE(stored.result.trajectory.empty()) << "outcomes alone were to be kept";
    EXPECT_EQ(stored.outcomes, (std::vector<double>{1.5, 2}));
}

// Once finished, a piece stays as it is.
TEST_F(PartsOnDisk, TakeAPieceOnce)
{
    Parts parts(path, identity, {}, shard_of(3, 1, 1));
    simulate(parts, {1});
    run_pieces(plan, std::vector<std::uint64_t>{1}, {.threads = 1}, [&](unsigned thread, const FinishedPiece& f) { parts.add(thread, f, {7}, Keep::outcomes); });
    parts.flush();
    EXPECT_EQ(parts.read_outcomes(1), (std::vector<double>{1.5, 1}));
    EXPECT_EQ(parts.finished(), std::vector<std::uint64_t>{1});
}

TEST_F(PartsOnDisk, KeepTrajectoriesIfAsked)
{
    Parts parts(path, identity, {}, shard_of(3, 1, 1));
    simulate(parts, {1}, Keep::trajectories);
    const BlockResult again = choose_kernel("double").run(job_of(plan, piece_of(plan, 1), {}).job);
    EXPECT_EQ(parts.read(1).result.trajectory, again.trajectory);
    EXPECT_EQ(parts.read(1).result.kept, again.kept);
}

// Of a damaged file the pieces before the damage are kept.
TEST_F(PartsOnDisk, DamagedOnesAreRemoved)
{
    {
        Parts parts(path, identity, {}, shard_of(3, 1, 1));
        simulate(parts, {0});
        simulate(parts, {1});
        simulate(parts, {2});
    }
    const std::vector<std::string> files = {path + "/0000000000.part", path + "/0000000001.part", path + "/0000000002.part"};
    std::string bytes = read_file(files[0]);
    const std::string after = bytes.substr(bytes.find('\n') + 1); // the frame of piece 0 without the mark
    write_file(files[2], read_file(files[2]) + after.substr(0, after.size() - 1));
    bytes[bytes.size() / 2] ^= 1;
    write_file(files[0], bytes);
    write_file(files[1], read_file(files[1]).substr(0, 1000));
    write_file(path + "/0000000009.part.writing", "half");
    write_file(path + "/state.writing", "half");
    EXPECT_EQ(Parts(path).finished(), (std::vector<std::uint64_t>{2}));
    EXPECT_TRUE(std::filesystem::exists(files[0])) << "whoever only reads removes nothing";
    {
        const Parts parts(path, identity, {}, shard_of(3, 1, 1));
        EXPECT_EQ(parts.finished(), (std::vector<std::uint64_t>{2}));
        std::vector<std::string> damaged = parts.damaged();
        std::ranges::sort(damaged);
        EXPECT_EQ(damaged, files) << "what a killed program was writing is not damaged";
    }
    const Parts parts(path, identity, {}, shard_of(3, 1, 1));
    EXPECT_EQ(parts.finished(), (std::vector<std::uint64_t>{2}));
    EXPECT_TRUE(parts.damaged().empty()) << "it is said once";
    for (const std::string& gone : {files[0], files[1], path + "/0000000009.part", path + "/0000000009.part.writing", path + "/state.writing"})
        EXPECT_FALSE(std::filesystem::exists(gone)) << gone;
    write_file(files[2], read_file(files[2]) + "x" + after);
    EXPECT_EQ(Parts(path).finished(), (std::vector<std::uint64_t>{2})) << "what lies behind damage is not looked for";
}

// What a program leaves that is killed while it removes its parts goes away with the next one; all else stays.
TEST_F(PartsOnDisk, LeftoversAreRemoved)
{
    const auto leave = [&](const char* file) { std::filesystem::create_directory(path), write_file(path + "/lock", ""), write_file(path + "/" + file, ""); };
    leave("0000000000.part");
    remove_leftovers(path);
    EXPECT_FALSE(std::filesystem::exists(path));
    remove_leftovers(path);
    for (const char* kept : {"experiment", "notes.txt"}) {
        leave(kept);
        remove_leftovers(path);
        EXPECT_TRUE(std::filesystem::exists(path + "/" + kept));
        std::filesystem::remove_all(path);
    }
    write_file(path, "a file of this name");
    remove_leftovers(path);
    EXPECT_TRUE(std::filesystem::exists(path));
}

// A program that is killed loses nothing that it was done with, whatever the time since it brought something to the disk.
TEST_F(PartsOnDisk, OutliveAKill)
{
    const pid_t child = fork();
    if (child == 0) {
        Parts parts(path, identity, {}, shard_of(3, 1, 1));
        run_pieces(plan, numbers, {.threads = 1}, [&](unsigned thread, const FinishedPiece& f) {
            parts.add(thread, f, {double(f.number)}, Keep::outcomes);
            if (f.number == 2) kill(getpid(), SIGKILL);
        });
        _exit(1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
    {
        const Parts parts(path, identity, {}, shard_of(3, 1, 1));
        EXPECT_EQ(parts.finished(), numbers);
        EXPECT_EQ(parts.read(1).result.outcome, choose_kernel("double").run(job_of(plan, piece_of(plan, 1), {}).job).outcome);
        EXPECT_EQ(parts.read_outcomes(2), std::vector<double>{2});
    }
    EXPECT_EQ(Parts(path).finished(), numbers) << "their names are for all to read now";
}

TEST_F(PartsOnDisk, BelongToOneExperiment)
{
    Identity other = identity;
    other[0].second = "a\nc\n";
    EXPECT_EQ(difference(identity, other), "scenario: 'b' there, 'c' here");
    EXPECT_EQ(difference(identity, identity), "");
    {
        Parts parts(path, identity, {}, shard_of(3, 1, 1));
    }
    const auto message = [&](const Identity& asked, const Shard& shard) {
        try {
            Parts parts(path, asked, {}, shard);
        } catch (const std::runtime_error& e) {
            return std::string(e.what());
        }
        return std::string();
    };
    EXPECT_EQ(message(other, shard_of(3, 1, 1)), path + ": belongs to another experiment. scenario: 'b' there, 'c' here");
    EXPECT_EQ(message(identity, shard_of(3, 1, 2)), path + ": belongs to another experiment. shard: 1/1 there, 1/2 here");
    EXPECT_EQ(message(identity, shard_of(3, 1, 1)), "");
    EXPECT_FALSE(is_at_work_in(path));
    const Parts held(path, identity, {}, shard_of(3, 1, 1));
    EXPECT_TRUE(is_at_work_in(path));
    EXPECT_EQ(message(identity, shard_of(3, 1, 1)), path + ": cannot write: another program is at work in it");
}

// Not even the first piece of a file could be written: what is left of it is no part, and writing goes on once there is room.
TEST_F(PartsOnDisk, OutliveAFullDisk)
{
    const pid_t child = fork();
    if (child == 0) {
        std::signal(SIGXFSZ, SIG_IGN);
        Parts parts(path, identity, {}, shard_of(3, 1, 1));
        const auto limit = [](rlim_t bytes) {
            const rlimit most{bytes, RLIM_INFINITY};
            setrlimit(RLIMIT_FSIZE, &most);
        };
        bool refused = false;
        limit(100);
        try {
            simulate(parts, {0});
        } catch (const std::runtime_error&) {
            refused = true;
        }
        parts.flush();
        const bool none = parts.finished().empty();
        limit(RLIM_INFINITY);
        simulate(parts, {1});
        _exit(refused && none && parts.finished() == std::vector<std::uint64_t>{1} ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
    EXPECT_EQ(Parts(path).finished(), std::vector<std::uint64_t>{1});
}

// A folder from which the experiment is gone (a program was killed while it tidied up) is no source of parts.
TEST_F(PartsOnDisk, LeftoversAreNotTakenForParts)
{
    {
        Parts parts(path, identity, {}, shard_of(3, 1, 1));
        simulate(parts, {0});
    }
    std::filesystem::remove(path + "/experiment");
    EXPECT_FALSE(holds_parts(path));
    {
        Parts parts(path, {{"another", "one"}}, {}, shard_of(3, 1, 1));
    }
    EXPECT_TRUE(Parts(path).finished().empty());
}

// Copied among an experiment's own.
TEST_F(PartsOnDisk, OfAnotherExperimentAreNotTaken)
{
    const std::string elsewhere = folder / "y.parts";
    {
        Parts parts(path, identity, {}, shard_of(3, 1, 1)), others(elsewhere, {{"scenario", "c"}, {"seed", "1"}}, {}, shard_of(3, 1, 1));
        simulate(parts, {0});
        simulate(others, {1});
        others.write_state({"state"});
    }
    for (const char* name : {"/0000000001.part", "/state"}) std::filesystem::copy(elsewhere + name, path + name);
    EXPECT_EQ(Parts(elsewhere).finished(), std::vector<std::uint64_t>{1});
    EXPECT_EQ(Parts(path).finished(), std::vector<std::uint64_t>{0});
    EXPECT_EQ(Parts(path).read_state(), "");
}

// Beginning anew removes what is there, but not while another program is at work in it.
TEST_F(PartsOnDisk, AreBegunAnewUnderTheirLock)
{
    {
        Parts parts(path, identity, {}, shard_of(3, 1, 1));
        simulate(parts, {0, 1});
        EXPECT_THROW(Parts(path, identity, {}, shard_of(3, 1, 1), Begin::anew), std::runtime_error);
        EXPECT_EQ(Parts(path).finished().size(), 2u);
    }
    const Parts anew(path, {{"another", "one"}}, {}, shard_of(3, 1, 1), Begin::anew);
    EXPECT_TRUE(anew.finished().empty());
}

// A folder of this name may be the user's.
TEST_F(PartsOnDisk, NeverTouchOtherFiles)
{
    std::filesystem::create_directories(path);
    write_file(path + "/thesis.txt", "precious");
    for (const Begin begin : {Begin::go_on, Begin::anew}) EXPECT_THROW(Parts(path, identity, {}, shard_of(3, 1, 1), begin), std::runtime_error);
    std::filesystem::remove(path + "/thesis.txt");
    {
        Parts parts(path, identity, {}, shard_of(3, 1, 1));
        simulate(parts, {0, 1});
        write_file(path + "/thesis.txt", "precious");
        parts.remove();
    }
    EXPECT_EQ(read_file(path + "/thesis.txt"), "precious");
    EXPECT_FALSE(holds_parts(path));
    std::filesystem::remove(path + "/thesis.txt");
    {
        Parts parts(path, identity, {}, shard_of(3, 1, 1));
        simulate(parts, {0});
        parts.remove();
    }
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Shards, AreDisjointAndWhole)
{
    for (const std::uint64_t pieces : {1u, 7u, 100u, 101u})
        for (const std::uint32_t of : {1u, 2u, 3u, 7u}) {
            std::uint64_t next = 0;
            for (std::uint32_t i = 1; i <= of; ++i) {
                const Shard s = shard_of(pieces, i, of);
                EXPECT_EQ(s.first, next);
                EXPECT_LE(s.end - s.first, pieces / of + 1);
                next = s.end;
            }
            EXPECT_EQ(next, pieces);
        }
}

// Summaries that were saved and added to others are those of all blocks at once.
TEST_F(PartsOnDisk, SummariesAddUp)
{
    const Kernel kernel = choose_kernel("double");
    Accumulator whole(kernel, plan.policies[0]), a(kernel, plan.policies[0]), b(kernel, plan.policies[0]), sum(kernel, plan.policies[0]);
    run_pieces(plan, numbers, {.threads = 1}, [&](unsigned, const FinishedPiece& f) {
        const auto first = static_cast<std::uint32_t>(f.piece.first);
        whole.add(f.result, first, f.piece.runs);
        (f.number == 1 ? a : b).add(f.result, first, f.piece.runs);
    });
    for (const Accumulator* part : {&b, &a}) {
        std::string head, bytes;
        for (const std::string_view some : part->state(head)) bytes += some;
        sum.add_state(bytes);
    }
    EXPECT_EQ(sum.summary().mean, whole.summary().mean);
    EXPECT_EQ(sum.summary().sd, whole.summary().sd);
    EXPECT_EQ(sum.summary().quantile, whole.summary().quantile);
    EXPECT_EQ(sum.summary().code_count, whole.summary().code_count);
    EXPECT_EQ(sum.summary().runs, 600u);
    EXPECT_NE(a.summary().mean, whole.summary().mean);
    EXPECT_THROW(sum.add_state("short"), std::invalid_argument);
}

// A sweep's file: rows at their place whatever the pieces, what is missing said.
TEST_F(PartsOnDisk, ASweepsFileHasEveryRunAtItsPlace)
{
    const Sweep sweep = parse_sweep(small_sweep, "s.toml");
    Plan swept = make_plan(sweep.policies, sweep.placements, make_design(sweep.factors, sweep.design).value, 90);
    SweepHead head{.provenance = {.precision = "double", .keep = "outcomes"},
                   .policies = sweep.policy_names,
                   .outcomes = {"x", "y"},
                   .outcome_units = {"1", "1"},
                   .outcome_meanings = {"", ""},
                   .factors = {{.name = "carrot", .kind = "number"}, {.name = "dep", .kind = "choice", .choices = "limits|pawn"}, {.name = "death", .kind = "choice", .choices = "a|b"}},
                   .values = swept.values,
                   .base = std::vector<std::int32_t>(7),
                   .moved = std::vector<std::int32_t>(7, -1),
                   .points = 7,
                   .replicates = 90,
                   .quarters = 52};
    const std::string file = folder / "sweep.h5";
    const std::size_t events = describe().events.size();
    {
        SweepWriter writer(file, head, Keep::outcomes);
        for (std::uint64_t number = piece_count(swept); number-- > 0;) {
            const Piece piece = piece_of(swept, number);
            if (number == 3) {
                writer.missing(piece);
                continue;
            }
            StoredPiece stored{.number = number, .result = {}, .outcomes = {}};
            BlockResult& r = stored.result;
            for (const double outcome : {0.0, 0.5})
                for (std::uint32_t run = 0; run < piece.runs; ++run) stored.outcomes.push_back(outcome + double(piece.first + run) + 10000.0 * piece.policy);
            r.failed_quarter.assign(piece.runs, -1), r.failed_variable.assign(piece.runs, -1), r.failed_value.assign(piece.runs, 0);
            for (std::size_t q = 0; q < 52; ++q)
                for (std::uint32_t run = 0; run < piece.runs; ++run) r.outcome.push_back(static_cast<std::uint8_t>((q + piece.first + run) % 5));
            for (std::size_t e = 0; e < events; ++e)
                for (std::uint32_t run = 0; run < piece.runs; ++run) r.first_event.push_back(static_cast<std::int16_t>((e + piece.first + run) % 40));
            writer.piece(piece, stored);
        }
        const std::vector<double> estimates(2 * 2 * 7, 0.25);
        writer.finish({estimates, estimates, estimates, std::vector<std::uint32_t>(14)}, {}, 1);
    }
    EXPECT_EQ(stored_kind(file), Stored::sweep);
    const StoredSweep stored = read_sweep_result(file);
    EXPECT_EQ(stored.head.values, swept.values);
    EXPECT_EQ(stored.head.policies, sweep.policy_names);
    const std::vector<double> y = read_outcome(file, 1);
    const StoredFailures failures = read_failures(file);
    ASSERT_EQ(y.size(), 2u * 90 * 7);
    for (std::size_t policy = 0; policy < 2; ++policy)
        for (std::size_t row = 0; row < 630; ++row) {
            const bool missing = policy == 1 && row >= 256 && row < 512; // piece 3
            if (missing) EXPECT_TRUE(std::isnan(y[policy * 630 + row]) && failures.quarter[policy * 630 + row] == -2) << row;
            else EXPECT_EQ(y[policy * 630 + row], 0.5 + double(row) + 10000.0 * double(policy));
        }
    const StoredRuns some = read_histories(file, 0, 100, 20);
    for (std::size_t q = 0; q < 52; ++q)
        for (std::size_t i = 0; i < 20; ++i) EXPECT_EQ(some.outcome[q * 20 + i], (q + 100 + i) % 5);
    for (std::size_t e = 0; e < events; ++e) EXPECT_EQ(some.first_event[e * 20 + 3], static_cast<std::int16_t>((e + 103) % 40));
    EXPECT_THROW(read_result(file), std::runtime_error);
}

} // namespace
} // namespace entente
