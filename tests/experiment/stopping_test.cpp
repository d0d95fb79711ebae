// Experiments that stop by precision.
#include "small.hpp"
#include <cmath>

namespace entente {
namespace {

using Stopping = ExperimentTest;

TEST_F(Stopping, EndsARunThatIsKnownWellEnough)
{
    const Quantity rarely = parse_quantity("succession by 2026Q4");
    const Done done = carry_out(plain_experiment(small_scenario(20000), {}, {{rarely, 0.03}}), {.out = path("r.h5")});
    ASSERT_TRUE(done.verdict && done.run);
    EXPECT_TRUE(done.complete && done.verdict->enough);
    EXPECT_LT(done.runs, 20000u);
    EXPECT_EQ(done.all, 20000u);
    EXPECT_EQ(done.verdict->replicates, done.runs);
    EXPECT_EQ(done.verdict->most, 20000u);
    ASSERT_EQ(done.verdict->known.size(), 1u);
    const Known& known = done.verdict->known[0];
    EXPECT_EQ(known.outcome, rarely.text);
    EXPECT_LE(known.interval.half_width(), 0.03);
    std::uint32_t seen = 0;
    const std::size_t succession = Description::find(describe().events, "succession");
    for (std::size_t q = 0; q < done.run->summary.quarters; ++q) seen += done.run->summary.event_count[succession * done.run->summary.quarters + q];
    EXPECT_NEAR(known.interval.estimate, seen / static_cast<double>(done.runs), 1e-12);
    expect_same_data(path("r.h5"), carry_out(small_run(static_cast<std::uint32_t>(done.runs)), {.out = path("of_that_length.h5")}).path);
}

TEST_F(Stopping, SaysThatTheMostDidNotSuffice)
{
    const Done done = carry_out(plain_experiment(small_scenario(512), {}, {{parse_quantity("succession by 2026Q4"), 1e-4}}), {.out = path("r.h5")});
    ASSERT_TRUE(done.verdict);
    EXPECT_FALSE(done.verdict->enough);
    EXPECT_TRUE(done.complete) << "all that was allowed";
    EXPECT_EQ(done.runs, 512u);
    EXPECT_GT(done.verdict->known[0].interval.half_width(), 1e-4);
}

TEST_F(Stopping, LooksAtDifferencesOfPoliciesOverAllPoints)
{
    Sweep sweep = parse_sweep(small_sweep + "\n[stop]\noutcome = \"mean alignment_index at 2026\"\nhalf_width = 0.01\nof = \"difference\"\nleast = 16\n", "s.toml");
    const Done done = carry_out(sweep_experiment(std::move(sweep), {}, 600), {.out = path("s.h5")});
    ASSERT_TRUE(done.verdict && done.sweep);
    EXPECT_TRUE(done.verdict->enough && done.verdict->sweep && done.verdict->points);
    EXPECT_EQ(done.verdict->replicates, 256u) << "a block";
    ASSERT_EQ(done.verdict->known.size(), 1u);
    const Known& known = done.verdict->known[0];
    EXPECT_EQ(known.policy, "no deals");
    EXPECT_EQ(known.baseline, "as it is");
    const std::size_t rows = done.verdict->replicates * 7;
    const std::vector<double> values = read_outcome(done.path, 0);
    ASSERT_EQ(values.size(), 2 * rows);
    double difference = 0;
    for (std::size_t row = 0; row < rows; ++row) difference += (values[rows + row] - values[row]) / static_cast<double>(rows);
    EXPECT_NEAR(known.interval.estimate, difference, 1e-12);
    EXPECT_GT(std::abs(difference), 1e-6);
}

TEST_F(Stopping, IsNotSharedOut)
{
    const Experiment e = plain_experiment(small_scenario(2000), {}, {{parse_quantity("succession by 2026Q4"), 0.05}});
    refused<refusal::StopsInShards>([&] { carry_out(e, {.out = path("r.h5"), .shard = 1, .shards = 2}); });
}

TEST_F(Stopping, RefusesAnOutcomeBeyondTheHorizon)
{
    const auto facts = refused<refusal::NotToStopOn>([&] { plain_experiment(small_scenario(500), {}, {{parse_quantity("mean trust at 2040Q1"), 0.1}}); });
    EXPECT_EQ(facts.fault, "'mean trust at 2040Q1' asks for 2040Q1, but the scenario ends in 2026Q4");
}

} // namespace
} // namespace entente
