// What a sink throws ends the work.
#include "ensemble/ensemble.hpp"
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

} // namespace
} // namespace entente
