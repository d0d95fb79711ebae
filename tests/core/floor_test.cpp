// The benchmark's floor: the calls that it is asked for, and no other.
#include "model/kernel.hpp"
#include <gtest/gtest.h>

namespace entente {
namespace {

Calls calls_of(const Calls& asked, std::uint64_t quarters)
{
    const Kernel& kernel = counting_kernel();
    kernel.take_calls();
    kernel.work_of(asked, quarters);
    return kernel.take_calls();
}
void expect_calls(const Calls& asked)
{
    const Calls done = calls_of(asked, 10);
    EXPECT_EQ(done.draws, 10 * asked.draws);
    EXPECT_EQ(done.exps, 10 * asked.exps);
    EXPECT_EQ(done.logs, 10 * asked.logs);
    EXPECT_EQ(done.normals, 10 * asked.normals);
}

TEST(Floor, OfFewAgents) { expect_calls({.draws = 3, .exps = 5, .logs = 7, .normals = 2}); }
TEST(Floor, OfManyAgents) { expect_calls({.draws = 203, .exps = 105, .logs = 77, .normals = 302}); }
TEST(Floor, OfDrawsAlone) { expect_calls({.draws = 80}); }
TEST(Floor, OfNothing) { expect_calls({}); }

} // namespace
} // namespace entente
