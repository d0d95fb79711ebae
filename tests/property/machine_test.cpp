// A run's bits depend on its seed, its number and its scenario alone: not on instruction set, width, neighbours, block or threads.
#include "property/jobs.hpp"
#include <cmath>
#include <limits>

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
    b.job.agents = b.job.fingerprint = true;                           // the latter: in full precision, not rounded as trajectories are
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

TEST(Machine, TheWidestKernelIsLast) // in whatever order the build names them
{
    for (const char* precision : {"double", "single"}) {
        const std::vector<Kernel> all = kernels(precision);
        EXPECT_TRUE(std::ranges::is_sorted(all, {}, &Kernel::width)) << precision;
    }
}

TEST(Machine, AnotherCompilerComputesTheSameBits)
{
#ifdef OTHER_COMPILER
    Block b = block(scenario("baseline", mixed), 37, scaled(144, 60));
    b.job.agents = b.job.fingerprint = true; // the latter: in full precision, not rounded as trajectories are
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

TEST(Machine, EveryKernelSumsRunsTheSame)
{
    const float no_number = std::numeric_limits<float>::quiet_NaN();
    std::vector<float> tiles(16 * 3 * 16, -5.0f); // 16 tiles, of which every third line is summed
    for (std::size_t run = 0; run < 256; ++run) tiles[run / 16 * 48 + run % 16] = static_cast<float>(run * 7919 % 1000) / 1000 * 1.2f - 0.1f; // a sixth lies outside [0, 1]
    for (const std::size_t n : {1u, 7u, 8u, 19u, 200u, 256u}) {
        double total = 0, steps = 0, squares = 0;
        for (std::size_t run = 0; run < n; ++run) {
            const float x = tiles[run / 16 * 48 + run % 16];
            const double step = std::floor(static_cast<double>(std::clamp(x * 4194304.0f, 0.0f, 4194303.0f)));
            total += x, steps += step, squares += step * step;
        }
        for (const char* precision : {"double", "single"})
            for (const Kernel& kernel : kernels(precision)) {
                SCOPED_TRACE(fmt::format("{} {}, {} runs", precision, kernel.isa, n));
                std::vector<std::int32_t> bin(256, -1);
                const RunSum s = kernel.sum_up(tiles.data(), 48, n, 0, 4194304, 14, bin.data());
                EXPECT_NEAR(s.total, total, 1e-12);
                EXPECT_EQ(s.steps, steps);
                EXPECT_EQ(s.squares, squares);
                for (std::size_t run = 0; run < n; ++run) ASSERT_EQ(bin[run], static_cast<int>(std::clamp(tiles[run / 16 * 48 + run % 16] * 256.0f, 0.0f, 255.0f))) << run;
            }
    }
    std::vector<float> bad(16, 0.5f);
    bad[3] = no_number, bad[4] = -std::numeric_limits<float>::infinity(), bad[5] = std::numeric_limits<float>::infinity();
    for (const Kernel& kernel : kernels("double")) {
        std::vector<std::int32_t> bin(16, -1);
        kernel.sum_up(bad.data(), 16, 16, 0, 4194304, 14, bin.data());
        EXPECT_EQ((std::vector{bin[2], bin[3], bin[4], bin[5]}), (std::vector{128, 0, 0, 255})) << kernel.isa; // counted somewhere, and never outside the histogram
    }
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
