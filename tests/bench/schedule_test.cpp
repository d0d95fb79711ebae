// A cluster's schedule, held to cases that are worked by hand.
#include "bench/schedule.hpp"
#include <cmath>
#include <gtest/gtest.h>
#include <stdexcept>

namespace entente {
namespace {

constexpr double never = INFINITY;
double lives_on(std::uint32_t) { return never; }
/// Dies once, after so long.
std::function<double(std::uint32_t)> dies_at(double s)
{
    return [s](std::uint32_t start) { return start == 0 ? s : never; };
}

TEST(Schedule, OneWorkerIsAtItOnePieceAfterTheOther)
{
    // Half of what is left, and one at least: 1, 4, 2, 1, 1 and 1 pieces, which are six answers.
    const ClusterTime t = time_of_ranks({.pieces = 10, .workers = 1, .piece_s = 2, .answer_s = 0.25, .piece_answer_s = 0.125, .result_s = 0.5}, lives_on);
    EXPECT_DOUBLE_EQ(t.seconds, 20 + 6 * 0.25 + 10 * 0.125 + 10 * 0.5);
    EXPECT_DOUBLE_EQ(t.paid_core_s, t.seconds);
    EXPECT_DOUBLE_EQ(t.efficiency, 20 / 27.75);
    EXPECT_DOUBLE_EQ(t.rank_0_busy, 2.75 / 22.75);
    EXPECT_EQ(t.failures, 0u);
    EXPECT_EQ(t.lost_core_s, 0);
}

TEST(Schedule, OfTwoWorkersTheSecondWaitsForRankZero)
{
    const ClusterTime t = time_of_ranks({.pieces = 2, .workers = 2, .piece_s = 2, .answer_s = 0.5}, lives_on);
    EXPECT_DOUBLE_EQ(t.seconds, 2 + 0.5 + 0.5);
    EXPECT_DOUBLE_EQ(t.efficiency, 4 / 6.0);
}

TEST(Schedule, BatchesMakeUpForWhatAnAnswerCosts)
{
    // After the first piece a batch takes ten times as long as its answer at least: all nine that are left.
    const ClusterTime t = time_of_ranks({.pieces = 10, .workers = 1, .piece_s = 2, .answer_s = 2}, lives_on);
    EXPECT_DOUBLE_EQ(t.seconds, 20 + 2 * 2);
}

TEST(Schedule, ARankThatDiesEndsTheJobAndCostsWhatWasUnderWay)
{
    // Each has given one piece after 2 s, and is a second into its next.
    const ClusterTime t = time_of_ranks({.pieces = 4, .workers = 2, .piece_s = 2, .restart_s = 10}, dies_at(3));
    EXPECT_DOUBLE_EQ(t.seconds, 3 + 10 + 2);
    EXPECT_DOUBLE_EQ(t.lost_core_s, 2 * 1 + 2 * 10);
    EXPECT_EQ(t.failures, 1u);
    EXPECT_DOUBLE_EQ(t.efficiency, 8 / 30.0);
}

TEST(Schedule, AnAnswerThatRankZeroHasNotTakenIsLost)
{
    // Made at 2 s, it would be taken at 3.
    const ClusterTime t = time_of_ranks({.pieces = 1, .workers = 1, .piece_s = 2, .answer_s = 1}, dies_at(2.5));
    EXPECT_DOUBLE_EQ(t.seconds, 2.5 + 3);
    EXPECT_DOUBLE_EQ(t.lost_core_s, 2);
}

TEST(Schedule, WhoDiesWhilePuttingTheResultTogetherDoesThatAgain)
{
    const ClusterTime t = time_of_ranks({.pieces = 1, .workers = 1, .piece_s = 2, .result_s = 4, .restart_s = 1}, dies_at(3));
    EXPECT_DOUBLE_EQ(t.seconds, 3 + 1 + 4);
    EXPECT_DOUBLE_EQ(t.lost_core_s, 1 + 1);
}

TEST(Schedule, BeyondSaturationWorkersWait)
{
    // Rank 0 takes 1 ms for a piece and a worker 100 ms: with 100 it has no time left.
    ClusterJob job{.pieces = 400'000, .workers = 400, .piece_s = 0.1, .piece_answer_s = 0.001};
    const ClusterTime beyond = time_of_ranks(job, lives_on);
    EXPECT_NEAR(beyond.efficiency, 0.25, 0.015);
    EXPECT_GT(beyond.rank_0_busy, 0.95);
    job.workers = 25;
    const ClusterTime below = time_of_ranks(job, lives_on);
    EXPECT_GT(below.efficiency, 0.95);
    EXPECT_NEAR(below.rank_0_busy, 0.25, 0.02);
}

TEST(Schedule, ATaskThatDiesIsStartedAgainAlone)
{
    // The first task has two pieces, dies a second into its second, and waits 10 s; the other has one. Then one process merges.
    const ClusterTime t = time_of_shards({.pieces = 3, .workers = 2, .piece_s = 2, .answer_s = 9, .result_s = 0.5, .restart_s = 10},
                                         [](unsigned task, std::uint32_t start) { return task == 0 && start == 0 ? 3 : never; });
    EXPECT_DOUBLE_EQ(t.seconds, 3 + 10 + 2 + 1.5);
    EXPECT_DOUBLE_EQ(t.lost_core_s, 1 + 10);
    EXPECT_DOUBLE_EQ(t.paid_core_s, 15 + 2 + 1.5);
    EXPECT_DOUBLE_EQ(t.efficiency, 6 / 18.5);
    EXPECT_EQ(t.failures, 1u);
}

TEST(Schedule, WhatDiesBeforeItsFirstPieceNeverEnds)
{
    const ClusterJob job{.pieces = 1, .workers = 1, .piece_s = 2};
    for (const ClusterTime& t : {time_of_ranks(job, [](std::uint32_t) { return 1.0; }), time_of_shards(job, [](unsigned, std::uint32_t) { return 1.0; })}) {
        EXPECT_EQ(t.seconds, never);
        EXPECT_EQ(t.efficiency, 0);
        EXPECT_EQ(t.failures, most_failures);
    }
    EXPECT_THROW(time_of_ranks({.pieces = 0}, lives_on), std::invalid_argument);
}

TEST(Schedule, LivesHaveTheirMeanAndTheirAddresses)
{
    double sum = 0;
    for (std::uint32_t start = 0; start < 4000; ++start) sum += life_of(1, 10, 7, start);
    EXPECT_NEAR(sum / 4000, 10, 0.8); // five standard errors
    EXPECT_EQ(life_of(1, 20, 7, 3), 2 * life_of(1, 10, 7, 3));
    EXPECT_NE(life_of(1, 10, 7, 3), life_of(1, 10, 8, 3));
    EXPECT_NE(life_of(1, 10, 7, 3), life_of(2, 10, 7, 3));
    EXPECT_EQ(life_of(1, 0, 7, 3), never);
}

} // namespace
} // namespace entente
