// A tree of failures must not split noise more often than its level says.
#include "analysis/classification_tree.hpp"
#include "analysis/hashed.hpp"
#include "statistical/z_test.hpp"

using namespace entente;

namespace {

constexpr std::uint64_t seed = 5000; ///< of the first table; the next take the next
constexpr std::size_t tables = 2000;

/// 200 points, three runs each; failures in a tenth of the runs, and in `share_above` of those where the first factor is above 1/2.
TreeTable table_of(std::uint64_t table, double share_above)
{
    TreeTable t{.factors = {{"a"}, {"b"}, {"c"}, {"k", TreeFactor::Kind::classes, {"p", "q", "r", "s"}}, {"o"}}};
    for (std::size_t p = 0; p < 200; ++p) {
        for (std::uint64_t f = 0; f < 3; ++f) t.value.push_back(hashed_uniform(8 * table + f, p));
        t.value.push_back(static_cast<double>(hashed(8 * table + 3, p) % 4));
        t.value.push_back(static_cast<double>(hashed(8 * table + 4, p) % 6));
        t.runs.push_back(3);
        t.hits.push_back(0);
        for (std::size_t r = 0; r < 3; ++r) t.hits[p] += hashed_uniform(8 * table + 5, 3 * p + r) < (t.value[5 * p] > 0.5 ? share_above : 0.1) ? 1 : 0;
    }
    return t;
}
std::size_t split(double share_above, const TreeOptions& options = {})
{
    std::size_t count = 0;
    for (std::uint64_t d = 0; d < tables; ++d) count += classification_tree(table_of(seed + d, share_above), options).size() > 1 ? 1 : 0;
    return count;
}

/// The count that a right tree exceeds with probability alpha at most.
std::size_t most(double chance, double alpha)
{
    const double n = static_cast<double>(tables);
    double term = std::pow(1 - chance, n), beyond = 1 - term;
    std::size_t k = 0;
    for (; beyond > alpha; ++k) {
        term *= (n - static_cast<double>(k)) / (static_cast<double>(k) + 1) * chance / (1 - chance);
        beyond -= term;
    }
    return k;
}

TEST(ClassificationTreeNoise, IsNotSplit)
{
    const std::size_t limit = most(1e-3, 1e-6);
    EXPECT_EQ(limit, 12u);
    const std::size_t in_noise = split(0.1), in_signal = split(0.35), without_guard = split(0.1, {.depth = 1, .level = std::numeric_limits<double>::infinity()});
    fmt::print("    {} tables, seed {}: split in noise {}, in signal {}, in noise without guard {}; at most {} (level 1e-3, alpha 1e-6)\n", tables, seed, in_noise, in_signal,
               without_guard, limit);
    EXPECT_LE(in_noise, limit);
    EXPECT_GT(in_signal, tables / 2); // the twins: what is there is seen, and noise is split where nothing guards
    EXPECT_GT(without_guard, limit);
}

} // namespace
