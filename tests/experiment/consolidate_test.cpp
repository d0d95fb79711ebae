// What a sweep's result says of runs that failed or are not made.
#include "experiment/estimates.hpp"
#include "small.hpp"
#include <cmath>
#include <filesystem>

namespace entente {
namespace {

using Consolidated = ExperimentTest;

TEST_F(Consolidated, FailedRunsAreCountedWhereTheyFailedAndLeftOut)
{
    // the index divides by China's share plus this
    const Experiment e = changed_sweep("parameters = { p_deal = 0.0 }", "index = { economic_half = -0.6 }", 60);
    const Done done = carry_out(e, {.out = path("s.h5")});
    const SweepEstimates& made = done.sweep->estimates;
    const StoredFailures failures = read_failures(done.path);
    const std::vector<double> values = read_outcome(done.path, 0);
    ASSERT_EQ(values.size(), 2u * 60 * 7);
    for (std::size_t k = 0; k < 2; ++k)
        for (std::size_t point = 0; point < 7; ++point) {
            std::uint32_t failed = 0, whole = 0;
            double sum = 0;
            for (std::size_t replicate = 0; replicate < 60; ++replicate) {
                const std::size_t run = (k * 60 + replicate) * 7 + point;
                if (failures.quarter[run] >= 0) ++failed;
                else ++whole, sum += values[run];
            }
            EXPECT_EQ(made.failed[k * 7 + point], failed);
            ASSERT_GT(whole, 0u);
            EXPECT_NEAR(made.estimate[k * 7 + point], sum / whole, 1e-12);
        }
    EXPECT_EQ(made.failed[0], 0u) << "the first policy divides by no such thing";
    EXPECT_GT(failed_runs(*done.sweep), 0u);
    const SweepEstimate estimate = estimate_of(*done.sweep, done.path);
    EXPECT_EQ(estimate.failures.not_made, 0u);
    std::uint64_t causes = 0;
    for (const auto& [cause, n] : estimate.failures.causes) causes += n;
    EXPECT_EQ(causes, failed_runs(*done.sweep));
    EXPECT_EQ(estimate.failed, causes);
}

TEST_F(Consolidated, AnInterruptedSweepIsKnownAsFarAsItIsFinished)
{
    const Experiment e = small_sweep_of(300, one_thread());
    Stopper stopper{.pieces = 3}; // two of the first policy, one of the second: 36 whole replicates of 7 points in 256 rows
    const Done cut = carry_out(e, {.out = path("s.h5")}, stopper.listener(), &stopper.flag);
    EXPECT_EQ(cut.runs, 768u);
    EXPECT_EQ(cut.all, 4200u);
    EXPECT_EQ(cut.sweep->head.replicates, 74u) << "two pieces of the first policy reach into the 74th";
    EXPECT_EQ(cut.sweep->head.replicates_asked(), 300u);
    EXPECT_EQ(read_outcome(cut.path, 0).size(), 2u * 74 * 7);
    EXPECT_EQ(estimate_of(*cut.sweep, cut.path).failures.not_made, 2u * 74 * 7 - 768);
    const Parts parts(path("s.parts"));
    for (const SweepEstimate& so_far : {estimate_of(*cut.sweep, cut.path), estimate_of(parts, e)}) {
        EXPECT_EQ(so_far.finished, 768u);
        EXPECT_EQ(so_far.asked, 4200u);
        EXPECT_EQ(so_far.failed, 0u);
        EXPECT_EQ(so_far.replicates, 300u);
        ASSERT_EQ(so_far.estimates.size(), 3u);
        for (const PolicyEstimate& policy : so_far.estimates[0]) EXPECT_EQ(policy.replicates, 36u);
    }
    EXPECT_GT(read_fingerprint(cut.path).runs, 0u);
}

// Not those that were asked for: they would fill the disk.
TEST_F(Consolidated, TheFileOfAnInterruptedSweepIsAsLargeAsWhatIsFinished)
{
    const Experiment e = small_sweep_of(1'000'000, one_thread());
    Stopper stopper{.pieces = 2};
    const Done cut = carry_out(e, {.out = path("s.h5")}, stopper.listener(), &stopper.flag);
    EXPECT_EQ(cut.runs, 512u);
    EXPECT_EQ(cut.all, 14'000'000u);
    EXPECT_LT(std::filesystem::file_size(cut.path), 1'000'000u);
    EXPECT_EQ(read_sweep_result(cut.path).head.replicates_asked(), 1'000'000u);
    refused<refusal::InterruptedResult>([&] { std::filesystem::remove_all(path("s.parts")), carry_out(e, {.out = path("s.h5")}); });
    Stopper at_once;
    at_once.flag = true;
    const Done none = carry_out(e, {.out = path("none.h5")}, {}, &at_once.flag);
    EXPECT_EQ(none.path, "") << "without a finished piece there is no file";
    EXPECT_FALSE(std::filesystem::exists(path("none.h5")));
}

TEST_F(Consolidated, ASweepWithoutTheFirstPieceOfAPolicyHasNoFingerprint)
{
    Stopper stopper;
    const Done cut = carry_out(small_sweep_of(300, one_thread()), {.out = path("s.h5")}, stopper.listener(), &stopper.flag);
    EXPECT_EQ(cut.runs, 256u);
    EXPECT_EQ(read_fingerprint(cut.path).runs, 0u);
}

} // namespace
} // namespace entente
