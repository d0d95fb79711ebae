// Two results hold the same data, or the variable is named that differs, wherever in it the difference lies.
#include "sample.hpp"

namespace entente {
namespace {

constexpr std::uint32_t runs = 2000;

/// A result whose outcome code of one run in the last quarter is another.
std::string written(const TemporaryFolder& folder, const char* name, std::uint32_t other_run)
{
    const Scenario s = sample::scenario(runs);
    ResultWriter writer(folder / name, s, sample::provenance(s), Keep::outcomes);
    for (std::uint32_t first = 0; first < runs; first += block_runs) {
        const std::uint32_t n = std::min(block_runs, runs - first);
        sample::Block b = sample::block(s, first, n, Keep::outcomes);
        if (other_run >= first && other_run < first + n) b.result.outcome[(b.result.quarters - 1) * n + other_run - first] ^= 1;
        writer.block({first, b.job, b.result});
    }
    writer.finish(sample::summary(s, runs), 1.25, true);
    return folder / name;
}

TEST(SameData, IsFoundOutInEveryCorner)
{
    const TemporaryFolder folder;
    const std::string a = written(folder, "a.h5", runs), same = written(folder, "same.h5", runs);
    const DataComparison none = compare_data(a, same);
    EXPECT_TRUE(none.other.empty() && none.only_a.empty() && none.only_b.empty());
    EXPECT_GT(none.same.size(), 10u);
    for (const std::uint32_t run : {0u, 255u, 256u, 1023u, 1999u}) {
        const DataComparison found = compare_data(a, written(folder, "b.h5", run));
        EXPECT_EQ(found.other, std::vector<std::string>{"runs/outcome"}) << run;
        EXPECT_EQ(found.same.size(), none.same.size() - 1);
        std::filesystem::remove(folder / "b.h5");
    }
}

} // namespace
} // namespace entente
