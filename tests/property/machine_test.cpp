// A run's bits depend on its seed, its number and its scenario alone: not on instruction set, width, neighbours, block or threads.
#include "property/jobs.hpp"

using namespace entente;

namespace {

// Every reading in the mixture, so that neighbours in a block go different ways.
const std::string mixed = "[structures]\ndep = { limits = 0.5, pawn = 0.5 }\nnetwork = { clustered = 0.4, mixed = 0.3, siloed = 0.3 }\n"
                          "bond = { enemy_only = 0.5, concert = 0.5 }\nwarpref = { protract = 0.4, stability = 0.3, fear_defeat = 0.3 }\n";

TEST(Machine, EveryKernelComputesTheSameBits)
{
    Block b = block(scenario("baseline", mixed), 37, scaled(144, 60)); // 37: no width divides it
    b.job.agents = true;
    for (const char* precision : {"double", "single"}) {
        const std::vector<Kernel> all = kernels(precision);
        ASSERT_FALSE(all.empty()) << precision;
        const BlockResult first = all[0].run(b.job);
        for (const Kernel& k : all) {
            SCOPED_TRACE(fmt::format("{} {}, {} lanes, against {}", precision, k.isa, k.width, all[0].isa));
            EXPECT_EQ(difference(b.job, first, k.run(b.job)), "");
        }
    }
}

TEST(Machine, PrecisionsDiffer) // so that the equality above means something
{
    const Block b = block(scenario("baseline"), 4, 20);
    EXPECT_NE(difference(b.job, choose_kernel("double").run(b.job), choose_kernel("single").run(b.job)), "");
}

TEST(Machine, ABlockDoesNotMatter)
{
    const Scenario s = scenario("baseline", mixed);
    const Block crowd = block(s, 37, 80, 100);
    for (const char* precision : {"double", "single"}) {
        const Kernel kernel = choose_kernel(precision);
        const BlockResult together = kernel.run(crowd.job);
        for (const std::uint32_t i : {0u, 1u, 7u, 18u, 36u}) {
            const Block alone = block(s, 1, 80, 100 + i);
            const Block shifted = block(s, 5, 80, 100 + i - 2); // the run is the third of five
            const BlockResult single_run = kernel.run(alone.job), among_five = kernel.run(shifted.job);
            EXPECT_EQ(difference(OneRun{crowd.job, together, i}, OneRun{alone.job, single_run, 0}), "") << precision << ", run " << i;
            EXPECT_EQ(difference(OneRun{crowd.job, together, i}, OneRun{shifted.job, among_five, 2}), "") << precision << ", run " << i;
        }
    }
}

TEST(Machine, AResultUsedAgainHoldsNothingOfTheLastRun)
{
    const Block large = block(scenario("two_front_war"), 20, 100), small = block(scenario("baseline"), 7, 60);
    const Kernel kernel = choose_kernel("double");
    BlockResult result;
    kernel.run(large.job, result);
    kernel.run(small.job, result);
    EXPECT_EQ(difference(small.job, kernel.run(small.job), result), "");
}

TEST(Machine, ANewSeedChangesEveryRun) // so that the equalities above mean something
{
    const Block a = block(scenario("baseline"), 8, 60), b = block(scenario("baseline", "seed = 2"), 8, 60);
    const Kernel kernel = choose_kernel("double");
    const BlockResult x = kernel.run(a.job), y = kernel.run(b.job);
    for (std::size_t r = 0; r < 8; ++r) EXPECT_NE(difference(OneRun{a.job, x, r}, OneRun{b.job, y, r}), "") << r;
    EXPECT_NE(difference(OneRun{a.job, x, 0}, OneRun{a.job, x, 1}), "");
}

} // namespace
