// Every mechanism reads the world as it stood at the start of the quarter: the order in which they act cannot matter, bit for bit.
#include "property/jobs.hpp"
#include <numeric>
#include <random>

using namespace entente;

namespace {

std::vector<std::uint32_t> catalogue_order()
{
    std::vector<std::uint32_t> order(describe().mechanisms.size());
    std::iota(order.begin(), order.end(), 0u);
    return order;
}

TEST(Order, OfTheMechanismsDoesNotMatter)
{
    for (const char* name : {"baseline", "core_levers", "two_front_war"}) {
        Block b = block(scenario(name), scaled(20), 144);
        b.job.agents = true;
        const Kernel kernel = choose_kernel("double");
        const BlockResult usual = kernel.run(b.job);
        std::vector<std::uint32_t> order = catalogue_order();
        std::reverse(order.begin(), order.end());
        b.job.order = order;
        EXPECT_EQ(difference(b.job, usual, kernel.run(b.job)), "") << name << ", reversed";
        std::mt19937 random(7);
        for (int shuffle = 0; shuffle < 3; ++shuffle) {
            std::shuffle(order.begin(), order.end(), random);
            b.job.order = order;
            EXPECT_EQ(difference(b.job, usual, kernel.run(b.job)), "") << name << ", shuffled";
        }
    }
}

// Some mechanisms muted: whatever they publish instead is no more visible in the same quarter than what they publish otherwise.
TEST(Order, OfMutedMechanismsDoesNotMatterEither)
{
    Block b = block(scenario("baseline", "mute = [\"chinese_banks\", \"ukraine\", \"friction\", \"elites\"]"), scaled(20), 100);
    const Kernel kernel = choose_kernel("double");
    const BlockResult usual = kernel.run(b.job);
    b.job.order = catalogue_order();
    std::reverse(b.job.order.begin(), b.job.order.end());
    EXPECT_EQ(difference(b.job, usual, kernel.run(b.job)), "");
}

} // namespace
