// Results done again: what is the same, and what is found where it is not.
#include "analysis/sample.hpp"
#include "experiment/again.hpp"
#include "property/jobs.hpp"
#include "small.hpp"
#include <cmath>

namespace entente {
namespace {

using Again = ExperimentTest;
using In = Departure::In;

TEST_F(Again, TheBitsAreIdentical)
{
    const std::uint32_t runs = scaled(700);
    const Done done = carry_out(small_run(runs), {.out = path("r.h5")});
    EnsembleOptions scalar;
    scalar.isa = "scalar", scalar.threads = 1;
    const Repeated again = repeat(read_result(done.path), done.path, scalar);
    EXPECT_FALSE(again.departure);
    EXPECT_EQ(again.made, runs);
    EXPECT_TRUE(again.whole && !again.given_up);
}

TEST_F(Again, OtherSummariesAreFound)
{
    const Done done = carry_out(small_run(700), {.out = path("r.h5")});
    const StoredResult honest = read_result(done.path);
    const auto found = [&](auto forge) {
        StoredResult forged = honest;
        forge(forged.summary);
        const Repeated again = repeat(forged, done.path, {});
        return again.departure && again.departure->in == In::summaries;
    };
    EXPECT_TRUE(found([](Summary& s) { s.mean[100] += 1e-9; }));
    EXPECT_TRUE(found([](Summary& s) { s.sd[100] += 1e-9; }));
    EXPECT_TRUE(found([](Summary& s) { s.quantile[100] = std::nextafter(s.quantile[100], 1e9f); }));
    EXPECT_TRUE(found([](Summary& s) { ++s.event_count[10]; }));
    EXPECT_TRUE(found([](Summary& s) { std::swap(s.code_count[32 * 50 + 2], s.code_count[32 * 50 + 3]); }));
    EXPECT_FALSE(found([](Summary&) {}));
}

TEST_F(Again, AnotherScenarioIsFoundInItsRuns)
{
    const Done done = carry_out(small_run(300), {.out = path("r.h5")});
    StoredResult other = read_result(done.path);
    other.provenance.scenario_resolved = resolved_toml(small_scenario(300, 2));
    const Repeated again = repeat(other, done.path, {});
    ASSERT_TRUE(again.departure);
    EXPECT_EQ(again.departure->in, In::parameter) << "the first thing that is compared";
    EXPECT_NE(again.departure->stored, again.departure->again);
}

TEST_F(Again, OfAnInterruptedResultTheRunsThatItHolds)
{
    const EnsembleOptions one = one_thread();
    Stopper stopper;
    const Done cut = carry_out(small_run(2000, 1, one), {.out = path("r.h5")}, stopper.listener(), &stopper.flag);
    const Repeated again = repeat(read_result(cut.path), cut.path, {});
    EXPECT_EQ(again.made, cut.runs);
    EXPECT_FALSE(again.whole);
    EXPECT_FALSE(again.departure);
}

/// Two runs of two quarters.
struct Block {
    Job job;
    BlockResult result;
    StoredRuns stored;
    Block()
    {
        job.replicates = {10, 11};
        job.parameters = {0.1, 0.2, 0.3, 0.4};
        result.outcome = {2, 3, 2, 1};
        result.first_event = {-1, 44, -1, -1};
        stored = {.outcome = result.outcome, .first_event = result.first_event, .parameters = {0.1f, 0.2f, 0.3f, 0.4f}, .runs = 2};
    }
    std::optional<Departure> departure() const { return first_departure({10, job, result}, stored); }
};

TEST(Departure, IsTheFirstParameterThenOutcomeThenEvent)
{
    EXPECT_FALSE(Block().departure());
    Block b;
    b.stored.first_event[1] = 45;
    ASSERT_TRUE(b.departure());
    EXPECT_EQ(b.departure()->in, In::event);
    EXPECT_EQ(b.departure()->run, 11u);
    EXPECT_EQ(b.departure()->number, 0u);
    b.stored.outcome[2] = 4;
    EXPECT_EQ(b.departure()->in, In::outcome);
    EXPECT_EQ(b.departure()->run, 10u);
    EXPECT_EQ(b.departure()->quarter, 1);
    EXPECT_EQ(b.departure()->stored, 4);
    EXPECT_EQ(b.departure()->again, 2);
    b.stored.parameters[3] = 0.5f;
    EXPECT_EQ(b.departure()->in, In::parameter);
    EXPECT_EQ(b.departure()->run, 11u);
    EXPECT_EQ(b.departure()->number, 1u);
    b.stored.runs = 1;
    EXPECT_EQ(b.departure()->in, In::length);
}

TEST(Departure, IsNotLookedForAfterARunFailed)
{
    Block b;
    b.stored.failed_quarter = {-1, 0};
    b.stored.outcome[3] = 4, b.stored.first_event[1] = -1; // both after quarter 0 of the second run
    EXPECT_TRUE(b.departure());
    forget_what_failed(b.stored, b.result);
    EXPECT_FALSE(b.departure());
    b.stored.outcome[1] = 4; // in the quarter in which it failed
    forget_what_failed(b.stored, b.result);
    ASSERT_TRUE(b.departure());
    EXPECT_EQ(b.departure()->quarter, 0);
}

TEST_F(Again, ARunIsReplayedFromARunsAndASweepsResult)
{
    const Kernel kernel = choose_kernel("double");
    const EnsembleOptions agents{.keep = Keep::agents};
    const Done run = carry_out(small_run(300), {.out = path("r.h5")}), sweep = carry_out(small_sweep_of(20), {.out = path("s.h5")});
    const ReplaySource source = replay_source(run.path);
    const auto replayed = replay_run(source, 299, kernel, agents, run.path);
    EXPECT_TRUE(replayed->compared);
    EXPECT_FALSE(replayed->departure);
    EXPECT_EQ(replayed->job.replicates, std::vector<std::uint32_t>{299});
    EXPECT_FALSE(replayed->result.agents.empty());
    EXPECT_THROW(replay_run(source, 300, kernel, agents, run.path), std::out_of_range);
    const ReplaySource at = replay_source(sweep.path, *sweep.sweep, "no deals", 6);
    EXPECT_FALSE(replay_run(at, 19, kernel, agents, sweep.path)->departure);
    ReplaySource elsewhere = replay_source(sweep.path, *sweep.sweep, "no deals", 5);
    elsewhere.stored = at.stored;
    std::size_t told_apart = 0;
    for (std::uint32_t replicate = 0; replicate < 20; ++replicate) told_apart += replay_run(elsewhere, replicate, kernel, agents, sweep.path)->departure ? 1 : 0;
    EXPECT_GT(told_apart, 0u) << "another point is another scenario";
    EXPECT_EQ(refused<refusal::NoSuchPolicy>([&] { replay_source(sweep.path, *sweep.sweep, "no deal", 0); }).policies.size(), 2u);
    EXPECT_EQ(refused<refusal::NoSuchPoint>([&] { replay_source(sweep.path, *sweep.sweep, std::nullopt, 7); }).points, 7u);
}

TEST_F(Again, ARunIsPickedByItsValue)
{
    const Done done = carry_out(small_run(300), {.out = path("r.h5")});
    const ReplaySource source = replay_source(done.path);
    const Pick pick = parse_pick("median of mean trust at 2026Q4");
    const auto picked = pick_run(pick, source, {});
    ASSERT_TRUE(picked);
    EXPECT_EQ(picked->whole, 300u);
    EXPECT_EQ(picked->all, 300u);
    const std::vector<double> values = sample(small_scenario(300), {pick.quantity}, {})[0];
    EXPECT_EQ(values[picked->found.run], picked->found.value);
    std::size_t below = 0;
    for (const double x : values) below += x < picked->found.value ? 1 : 0;
    EXPECT_NEAR(static_cast<double>(below), 149.5, 1);
    const std::atomic<bool> stop = true;
    EXPECT_FALSE(pick_run(pick, source, {}, {}, &stop));
}

TEST(Departure, IsLookedForInTheQuarterOfTheFailure)
{
    Block b;
    b.stored.failed_quarter = {-1, 1};
    b.result.first_event[1] = 1;
    b.stored.first_event[1] = -1;
    forget_what_failed(b.stored, b.result);
    ASSERT_TRUE(b.departure());
    EXPECT_EQ(b.departure()->in, In::event);
}

TEST_F(Again, RunsThatWereGivenUpAreComparedUntilThen)
{
    EnsembleOptions hurried;
    hurried.run_limit_s = 1e-12;
    const Done done = carry_out(small_run(20, 1, hurried), {.out = path("r.h5")});
    ASSERT_EQ(done.run->summary.failed, 20u);
    const Repeated again = repeat(read_result(done.path), done.path, {});
    EXPECT_TRUE(again.given_up);
    EXPECT_FALSE(again.departure);
}

TEST_F(Again, ARunThatWasNotMadeIsNotReplayed)
{
    Stopper stopper;
    const Done cut = carry_out(small_sweep_of(300, one_thread()), {.out = path("s.h5")}, stopper.listener(), &stopper.flag);
    const Kernel kernel = choose_kernel("double");
    const ReplaySource last = replay_source(cut.path, *cut.sweep, "as it is", 6); // 256 rows hold this point of replicates 0 to 35, and others of the 36th
    EXPECT_FALSE(replay_run(last, 0, kernel, {}, cut.path)->departure);
    const auto facts = refused<refusal::NotMade>([&] { replay_run(last, 36, kernel, {}, cut.path); });
    EXPECT_EQ(facts.file, cut.path);
    EXPECT_EQ(facts.run, 36u);
    EXPECT_THROW(replay_run(last, 37, kernel, {}, cut.path), std::out_of_range);
    refused<refusal::NotMade>([&] { replay_run(replay_source(cut.path, *cut.sweep, "no deals", 0), 0, kernel, {}, cut.path); });
    EXPECT_EQ(last.failed(), std::vector<std::uint32_t>{36});
}

TEST_F(Again, AFailedRunIsNotPicked)
{
    const Done done = carry_out(small_run(300), {.out = path("r.h5")});
    ReplaySource source = replay_source(done.path);
    const Pick pick = parse_pick("median of mean trust at 2026Q4");
    const std::uint32_t nearest = static_cast<std::uint32_t>(pick_run(pick, source, {})->found.run);
    source.failed = [nearest] { return std::vector<std::uint32_t>{nearest}; };
    const auto picked = pick_run(pick, source, {});
    EXPECT_NE(picked->found.run, nearest);
    EXPECT_EQ(picked->whole, 299u);
    EXPECT_EQ(picked->all, 300u);
}

} // namespace
} // namespace entente
