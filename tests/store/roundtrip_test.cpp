#include "sample.hpp"
#include <cmath>

namespace entente {
namespace {

struct RoundTrip : testing::Test {
    TemporaryFolder folder;
};

TEST_F(RoundTrip, SummaryAndProvenanceComeBackAsTheyWere)
{
    const Scenario s = sample::scenario(300);
    const std::string path = folder / "new/folder/a.h5";
    sample::write(path, s, Keep::agents);
    EXPECT_FALSE(std::filesystem::exists(path + ".writing"));
    const StoredResult stored = read_result(path);
    const Summary wanted = sample::summary(s, 300), &found = stored.summary;
    EXPECT_EQ(found.code_count, wanted.code_count);
    EXPECT_EQ(found.event_count, wanted.event_count);
    EXPECT_EQ(found.mean, wanted.mean);
    EXPECT_EQ(found.sd, wanted.sd);
    EXPECT_EQ(found.least, wanted.least);
    EXPECT_EQ(found.most, wanted.most);
    EXPECT_EQ(found.quantile, wanted.quantile);
    EXPECT_EQ(found.runs, 300u);
    EXPECT_EQ(found.quarters, 144u);
    EXPECT_EQ(found.start, 44u);
    EXPECT_EQ(found.failed, 1u);
    ASSERT_EQ(found.failures.size(), 1u);
    EXPECT_EQ(found.failures[0].run, 5u);
    EXPECT_EQ(found.failures[0].quarter, 60);
    EXPECT_EQ(found.failures[0].variable, 1);
    EXPECT_EQ(found.by_parameters, 1.0 / 3);
    EXPECT_EQ(found.by_structures, 1.0 / 7);
    EXPECT_EQ(found.variance, 0.01);
    EXPECT_EQ(found.attribution_quarter, 124);
    EXPECT_EQ(found.attribution_used, 300u);
    EXPECT_TRUE(stored.complete);
    const Provenance p = sample::provenance(s);
    EXPECT_EQ(stored.provenance.scenario_text, p.scenario_text);
    EXPECT_EQ(stored.provenance.command_line, p.command_line);
    EXPECT_EQ(stored.provenance.seed, p.seed);
    EXPECT_EQ(stored.provenance.runs, 300u);
    EXPECT_EQ(stored.provenance.threads, 3u);
    EXPECT_EQ(stored.provenance.duration_s, 1.25);
}

void expect_runs(const StoredRuns& found, const Scenario& s, std::uint32_t first, std::uint32_t count)
{
    const sample::Block wanted = sample::block(s, first, count, Keep::outcomes);
    EXPECT_EQ(found.runs, count);
    EXPECT_EQ(found.outcome, wanted.result.outcome);
    EXPECT_EQ(found.first_event, wanted.result.first_event);
    EXPECT_EQ(found.parameters, std::vector<float>(wanted.job.parameters.begin(), wanted.job.parameters.end()));
    EXPECT_EQ(found.failed_quarter, wanted.result.failed_quarter);
}

TEST_F(RoundTrip, RunsComeBackWhateverTheOrderOfBlocks)
{
    const Scenario s = sample::scenario(2000);
    sample::write(folder / "a.h5", s, Keep::outcomes, {7 * block_runs, block_runs, 0, 4 * block_runs, 3 * block_runs});
    expect_runs(read_runs(folder / "a.h5", 0, 2000), s, 0, 2000);
    expect_runs(read_runs(folder / "a.h5", 1000, 33), s, 1000, 33);
    expect_runs(read_runs(folder / "a.h5", 1990, 1000), s, 1990, 10);
    EXPECT_EQ(read_runs(folder / "a.h5", 2000, 1).runs, 0u);
    EXPECT_EQ(read_runs(folder / "a.h5", 4000000000u, 4000000000u).runs, 0u);
}

TEST_F(RoundTrip, SmallEnsembles)
{
    for (const std::uint32_t runs : {1u, block_runs - 1, block_runs, block_runs + 1}) {
        const Scenario s = sample::scenario(runs);
        sample::write(folder / "a.h5", s, Keep::agents);
        expect_runs(read_runs(folder / "a.h5", 0, runs), s, 0, runs);
        EXPECT_EQ(read_result(folder / "a.h5").summary.runs, runs);
    }
}

TEST_F(RoundTrip, OnlyTheFirstUnbrokenStretchStays)
{
    const Scenario s = sample::scenario(2000);
    sample::write(folder / "a.h5", s, Keep::agents, {2 * block_runs, 5 * block_runs, 0, block_runs}, false);
    EXPECT_FALSE(read_result(folder / "a.h5").complete);
    EXPECT_EQ(read_result(folder / "a.h5").provenance.runs, 2000u);
    expect_runs(read_runs(folder / "a.h5", 0, 2000), s, 0, 3 * block_runs);
}

TEST_F(RoundTrip, NothingFinishedLeavesTheSummaryAlone)
{
    const Scenario s = sample::scenario(2000);
    sample::write(folder / "a.h5", s, Keep::agents, {block_runs}, false);
    EXPECT_FALSE(read_result(folder / "a.h5").complete);
    EXPECT_THROW(read_runs(folder / "a.h5", 0, 1), std::runtime_error);
}

TEST_F(RoundTrip, KeepNoneKeepsNoRuns)
{
    const Scenario s = sample::scenario(256);
    sample::write(folder / "a.h5", s, Keep::none);
    EXPECT_TRUE(read_result(folder / "a.h5").complete);
    EXPECT_THROW(read_runs(folder / "a.h5", 0, 1), std::runtime_error);
}

TEST_F(RoundTrip, NothingDrawn)
{
    Scenario s = sample::scenario(130);
    for (ParameterSetting& setting : s.parameters) setting.distribution.shape = Shape::value;
    sample::write(folder / "a.h5", s, Keep::outcomes);
    expect_runs(read_runs(folder / "a.h5", 0, 130), s, 0, 130);
}

TEST_F(RoundTrip, TextThatIsNoUtf8IsMadeReadable)
{
    const Scenario s = sample::scenario(1);
    Provenance p = sample::provenance(s);
    p.command_line = std::string("run \xff\xc3[ \xed\xa0\x80 Ж 例 \xf0\x9f\x98\x80 a\0b", 27);
    ResultWriter writer(folder / "a.h5", s, p, Keep::none);
    writer.finish(sample::summary(s, 1), 0, true);
    EXPECT_EQ(read_result(folder / "a.h5").provenance.command_line, "run \?\?[ ??? Ж 例 \xf0\x9f\x98\x80 a?b");
}

TEST_F(RoundTrip, WithoutFinishNothingStays)
{
    const Scenario s = sample::scenario(128);
    {
        ResultWriter writer(folder / "a.h5", s, sample::provenance(s), Keep::outcomes);
        EXPECT_TRUE(std::filesystem::exists(folder / "a.h5.writing"));
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder.path));
}

} // namespace
} // namespace entente
