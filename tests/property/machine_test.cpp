// A run's bits depend on its seed, its number and its scenario alone: not on instruction set, width, neighbours, block or threads.
#include "property/jobs.hpp"

using namespace entente;

namespace entente {
// clang-format off
namespace plain { void exponentials(const double* x, double* y, int n); }
namespace contracted { void exponentials(const double* x, double* y, int n); }
namespace clang_double { extern const Kernel kernel; }
namespace clang_float { extern const Kernel kernel; }
// clang-format on
} // namespace entente

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

TEST(Machine, AnotherCompilerComputesTheSameBits)
{
#ifdef OTHER_COMPILER
    Block b = block(scenario("baseline", mixed), 37, scaled(144, 60));
    b.job.agents = true;
    for (const Kernel& other : {clang_double::kernel, clang_float::kernel})
        EXPECT_EQ(difference(b.job, choose_kernel(other.precision).run(b.job), other.run(b.job)), "") << other.precision << " by " << OTHER_COMPILER;
#else
    GTEST_SKIP() << "NOT COMPARED: the build found no second compiler (clang++)";
#endif
}

TEST(Machine, ContractionWouldChangeTheBits) // so that the flag against it means something
{
#ifdef CONTRACTION
    if (__builtin_cpu_supports("fma") == 0 || __builtin_cpu_supports("avx2") == 0) GTEST_SKIP() << "this machine has no fused multiply-add";
    std::vector<double> x, as_built(2000), fused(2000);
    for (int i = 0; i < 2000; ++i) x.push_back(0.01 * i - 10);
    plain::exponentials(x.data(), as_built.data(), 2000);
    contracted::exponentials(x.data(), fused.data(), 2000);
    EXPECT_NE(as_built, fused);
#else
    GTEST_SKIP() << "only on x86-64";
#endif
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
