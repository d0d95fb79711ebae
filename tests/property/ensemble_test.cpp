// An ensemble is its runs, whatever their number and whoever computes them.
#include "property/jobs.hpp"

using namespace entente;

namespace {

/// Every variable of the first runs, as the ensemble hands them to its sink: [run][quarter x variable].
std::vector<std::vector<float>> runs_of(std::uint32_t runs, unsigned threads)
{
    Scenario s = scenario("baseline", "horizon = \"2026Q4\"");
    s.runs = runs;
    std::vector<std::vector<float>> seen(runs);
    run_ensemble(s, {.threads = threads}, [&](const FinishedBlock& b) {
        const std::size_t n = b.job.runs();
        for (std::size_t r = 0; r < n; ++r)
            for (std::size_t q = 0; q < b.result.quarters; ++q)
                for (std::size_t v = 0; v < b.result.kept.size(); ++v) seen[b.first_run + r].push_back(b.result.value(q, v, r));
    });
    return seen;
}

TEST(Ensemble, GrowsWithoutChangingItsFirstRuns)
{
    const auto all = runs_of(600, 1);
    for (const std::uint32_t runs : {1u, 37u, 200u, 300u}) {
        const auto some = runs_of(runs, 1);
        ASSERT_FALSE(some[0].empty());
        for (std::uint32_t r = 0; r < runs; ++r) ASSERT_EQ(some[r], all[r]) << "run " << r << " of " << runs;
    }
}

TEST(Ensemble, SummaryDoesNotDependOnThreads)
{
    Scenario s = scenario("baseline", "horizon = \"2030Q4\"\n[structures]\ndep = { limits = 0.5, pawn = 0.5 }");
    s.runs = scaled(1500, 600);
    const Summary one = run_ensemble(s, {.threads = 1});
    EXPECT_EQ(one.runs, s.runs);
    for (const unsigned threads : {2u, 4u}) {
        const Summary many = run_ensemble(s, {.threads = threads});
        EXPECT_EQ(many.runs, one.runs);
        EXPECT_EQ(many.quarters, one.quarters);
        EXPECT_EQ(many.start, one.start);
        EXPECT_EQ(many.failed, one.failed);
        EXPECT_EQ(many.code_count, one.code_count);
        EXPECT_EQ(many.event_count, one.event_count);
        EXPECT_EQ(many.mean, one.mean);
        EXPECT_EQ(many.sd, one.sd);
        EXPECT_EQ(many.least, one.least);
        EXPECT_EQ(many.most, one.most);
        EXPECT_EQ(many.quantile, one.quantile);
        EXPECT_EQ(many.by_parameters, one.by_parameters);
        EXPECT_EQ(many.by_structures, one.by_structures);
        EXPECT_EQ(many.variance, one.variance);
        EXPECT_EQ(many.attribution_quarter, one.attribution_quarter);
        EXPECT_EQ(many.attribution_used, one.attribution_used);
    }
}

} // namespace
