// Experiments that stop by precision.
#include "small.hpp"
#include <algorithm>
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
    const StopReport kept = read_result(path("r.h5")).stop.value();
    EXPECT_TRUE(kept.enough && kept.known.size() == 1);
    EXPECT_EQ(kept.replicates, done.runs);
    EXPECT_EQ(kept.most, 20000u);
    EXPECT_EQ(kept.known[0].outcome, rarely.text);
    EXPECT_EQ(kept.known[0].half_width, 0.03);
    EXPECT_EQ(kept.known[0].interval.low, known.interval.low);
    EXPECT_EQ(kept.known[0].interval.high, known.interval.high);
    EXPECT_EQ(kept.known[0].least, known.least);
    const Done again = carry_out(plain_experiment(small_scenario(20000), {}, {{rarely, 0.03}}), {.out = path("r.h5")});
    EXPECT_TRUE(again.found && again.verdict) << "what was asked for is there, wherever it ended";
    const auto rule = [&](double half_width, std::uint32_t most) {
        return refused<refusal::OtherResult>([&] { carry_out(plain_experiment(small_scenario(most), {}, {{rarely, half_width}}), {.out = path("r.h5")}); }).there;
    };
    EXPECT_EQ(rule(0.02, 20000), "succession by 2026Q4 within 0.03, at most 20000 runs");
    EXPECT_EQ(rule(0.03, 30000), "succession by 2026Q4 within 0.03, at most 20000 runs");
    const DataComparison compared = compare_data(path("r.h5"), carry_out(small_run(static_cast<std::uint32_t>(done.runs)), {.out = path("of_that_length.h5")}).path);
    EXPECT_TRUE(compared.other.empty() && compared.only_b.empty());
    for (const std::string& name : compared.only_a) EXPECT_TRUE(name.starts_with("precision/")) << name;
    EXPECT_TRUE(std::ranges::find(compared.only_a, "precision/high") != compared.only_a.end());
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

TEST_F(Stopping, TakesSharesAtOnePointAloneForProbabilities)
{
    using Kind = Statistic::Kind;
    const auto wanted = [](const Experiment& e) { return rule_of(e).wanted; };
    const auto of_run = [&](const char* quantity) { return wanted(plain_experiment(small_scenario(500), {}, {{parse_quantity(quantity), 0.1}})); };
    EXPECT_EQ(of_run("succession by 2026Q4")[0].statistic.kind, Kind::probability);
    EXPECT_EQ(of_run("mean trust at 2026Q4")[0].statistic.kind, Kind::mean);
    const std::vector<Precision> quantile = of_run("90% of trust at 2026Q4");
    EXPECT_EQ(quantile[0].statistic.kind, Kind::quantile);
    EXPECT_EQ(quantile[0].statistic.level, 0.9);
    EXPECT_EQ(quantile[0].half_width, 0.1);
    const std::string stop = "replicates = 150\n\n[stop]\noutcome = \"succession by 2026Q4\"\nhalf_width = 0.1\n";
    const std::vector<Precision> of_points = wanted(changed_sweep("replicates = 150\n", stop, 300));
    ASSERT_EQ(of_points.size(), 2u) << "of each policy";
    EXPECT_EQ(of_points[0].statistic.kind, Kind::mean) << "points share their random numbers";
}

TEST_F(Stopping, TellsOfEachPolicy)
{
    const std::string stop = "replicates = 2000\n\n[stop]\noutcome = \"mean alignment_index at 2026\"\nhalf_width = 0.01\nleast = 300\n";
    const Experiment e = changed_sweep("replicates = 150\n", stop, 2000);
    const Done done = carry_out(e, {.out = path("s.h5")});
    ASSERT_TRUE(done.verdict && done.sweep);
    const std::uint64_t replicates = done.verdict->replicates;
    EXPECT_LT(replicates, 2000u);
    EXPECT_EQ(done.runs, replicates * 7 * 2) << "no run of a piece beyond them";
    ASSERT_EQ(done.verdict->known.size(), 2u);
    const std::vector<double> values = read_outcome(done.path, 0);
    const std::size_t rows = values.size() / 2;
    EXPECT_EQ(rows, replicates * 7);
    for (std::size_t k = 0; k < 2; ++k) {
        double mean = 0;
        for (std::size_t row = 0; row < rows; ++row) mean += values[k * rows + row] / static_cast<double>(rows);
        EXPECT_NEAR(done.verdict->known[k].interval.estimate, mean, 1e-12);
        EXPECT_EQ(done.verdict->known[k].policy, e.policy_names[k]);
    }
    EXPECT_NE(done.verdict->known[0].interval.estimate, done.verdict->known[1].interval.estimate);
    const Done again = carry_out(e, {.out = path("s.h5")});
    EXPECT_TRUE(again.found) << "how many replicates it took is part of the answer";
}

TEST_F(Stopping, SaysNothingOfPrecisionIfItIsInterrupted)
{
    const Experiment e = plain_experiment(small_scenario(20000), one_thread(), {{parse_quantity("succession by 2026Q4"), 0.012}});
    Stopper stopper;
    const Done cut = carry_out(e, {.out = path("r.h5")}, stopper.listener(), &stopper.flag);
    EXPECT_FALSE(cut.complete || cut.verdict);
    EXPECT_EQ(cut.runs, 256u);
    const Done whole = carry_out(e, {.out = path("r.h5"), .resume = true});
    ASSERT_TRUE(whole.verdict);
    EXPECT_EQ(whole.runs, whole.verdict->replicates);
}

TEST_F(Stopping, ARunThatStoppedIsOneOfThatLength)
{
    const Done done = carry_out(plain_experiment(small_scenario(20000), {}, {{parse_quantity("succession by 2026Q4"), 0.03}}), {.out = path("r.h5")});
    const auto runs = static_cast<std::uint32_t>(done.runs);
    const Provenance stored = read_result(done.path).provenance;
    EXPECT_EQ(stored.scenario_resolved, resolved_toml(small_scenario(runs)));
    EXPECT_EQ(stored.runs, runs);
    EXPECT_TRUE(carry_out(small_run(runs), {.out = done.path}).found) << "as one that was asked for so";
}

TEST_F(Stopping, AsksAfterTheLeastThatIsGivenButNotAfterMoreThanTheMost)
{
    const auto least = [](const std::string& line, std::uint32_t replicates) {
        return changed_sweep("replicates = 150\n", "replicates = 150\n\n[stop]\noutcome = \"succession by 2026Q4\"\nhalf_width = 0.1\n" + line, replicates).least;
    };
    EXPECT_EQ(least("", 1000), 256u);
    EXPECT_EQ(least("", 100), 100u);
    EXPECT_EQ(least("least = 16\n", 1000), 16u);
}

} // namespace
} // namespace entente
