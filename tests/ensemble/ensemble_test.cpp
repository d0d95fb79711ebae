// What a sink throws ends the work.
#include "ensemble/ensemble.hpp"
#include "scenario/reading.hpp"
#include "scenarios.hpp"
#include <gtest/gtest.h>
#include <stdexcept>

namespace entente {
namespace {

TEST(Pieces, AreNotWorkedOnAfterAFailure)
{
    const Plan plan = plan_of(scenario("baseline", "runs = 12800"));
    const std::vector<std::uint64_t> pieces = all_pieces(plan);
    ASSERT_EQ(pieces.size(), 50u);
    std::atomic<int> finished = 0;
    const auto sink = [&](unsigned, const FinishedPiece&) {
        if (++finished == 1) throw std::runtime_error("the first piece");
    };
    EXPECT_THROW(run_pieces(plan, pieces, {.threads = 2}, sink), std::runtime_error);
    EXPECT_LT(finished, 10) << "those that were under way are finished";
}

// Why no file may ask for more.
TEST(Horizon, IsTheLastThatTheBaselineReaches)
{
    Scenario s = scenario("baseline", "runs = 8\nhorizon = \"2099Q3\"\nagents = { firms = 4, banks = 2, elites = 8 }");
    ASSERT_EQ(s.horizon, last_horizon);
    EXPECT_EQ(run_ensemble(s, {.threads = 1}).failed, 0u);
    ++s.horizon;
    const Summary beyond = run_ensemble(s, {.threads = 1});
    EXPECT_EQ(beyond.failed, 8u);
    EXPECT_EQ(describe().variables[static_cast<std::size_t>(beyond.failures[0].variable)].name, "total_trade_china");
}

} // namespace
} // namespace entente
