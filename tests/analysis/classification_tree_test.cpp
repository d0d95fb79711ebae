// Regions where runs fail, planted and found again; nothing found where there is nothing.
#include "analysis/classification_tree.hpp"
#include "analysis/hashed.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>

using namespace entente;

namespace {

constexpr auto classes = TreeFactor::Kind::classes;

/// Points of four factors: sanctions in hundredths, dep pawn, partner or vassal, and two that mean nothing. `fails(sanctions, dep)`.
template <class Fails> TreeTable planted(std::size_t points, Fails fails)
{
    TreeTable t{.factors = {{"noise"}, {"sanctions"}, {"dep", classes, {"pawn", "partner", "vassal"}}, {"more noise", classes, {"a", "b", "c", "d", "e"}}}};
    for (std::size_t p = 0; p < points; ++p) {
        const double sanctions = static_cast<double>(hashed(1, p) % 101) / 100;
        const std::uint64_t dep = hashed(2, p) % 3;
        t.value.insert(t.value.end(), {hashed_uniform(3, p), sanctions, static_cast<double>(dep), static_cast<double>(hashed(4, p) % 5)});
        t.runs.push_back(1);
        t.hits.push_back(fails(sanctions, dep) ? 1 : 0);
    }
    return t;
}
TreeTable one_factor(const TreeFactor& factor, const std::vector<double>& value, const std::vector<std::uint32_t>& failed, std::uint32_t runs = 1)
{
    return {{factor}, value, failed, std::vector<std::uint32_t>(failed.size(), runs)};
}
std::vector<std::string> texts(const std::vector<TreeLeaf>& leaves)
{
    std::vector<std::string> all;
    for (const TreeLeaf& leaf : leaves) all.push_back(fmt::format("{}: {}/{}", leaf.text, leaf.share.count, leaf.share.runs));
    return all;
}
using Texts = std::vector<std::string>;

TEST(ClassificationTree, FindsAPlantedRegion)
{
    const TreeTable t = planted(3000, [](double sanctions, std::uint64_t dep) { return sanctions > 0.42 && dep == 0; });
    const auto failed = static_cast<std::uint32_t>(std::count(t.hits.begin(), t.hits.end(), 1u));
    const std::vector<TreeLeaf> leaves = classification_tree(t);
    ASSERT_EQ(leaves.size(), 3u);
    EXPECT_EQ(leaves[0].text, "dep = pawn and sanctions > 0.42");
    EXPECT_EQ(leaves[0].share.count, failed);
    EXPECT_EQ(leaves[0].share.runs, failed);
    EXPECT_EQ(leaves[0].share.low, share_of(failed, failed).low);
    EXPECT_EQ(leaves[1].text, "dep in {partner, vassal}");
    EXPECT_EQ(leaves[2].text, "dep = pawn and sanctions <= 0.42");
    EXPECT_EQ(leaves[1].share.count + leaves[2].share.count, 0u);
    EXPECT_EQ(leaves[0].share.runs + leaves[1].share.runs + leaves[2].share.runs, 3000u);
    ASSERT_EQ(leaves[0].conditions.size(), 2u);
    EXPECT_EQ(leaves[0].conditions[0].classes, std::vector<std::size_t>{0});
    EXPECT_EQ(leaves[0].conditions[1].factor, 1u);
    EXPECT_EQ(leaves[0].conditions[1].above, 0.42);
    EXPECT_EQ(classification_tree(t, {.depth = 1}).size(), 2u);
    EXPECT_EQ(classification_tree(t, {.depth = 0}).size(), 1u);
}

TEST(ClassificationTree, FindsARegionAmongFailuresElsewhere)
{
    std::size_t run = 0;
    const TreeTable t = planted(3000, [&](double sanctions, std::uint64_t dep) { return hashed_uniform(9, run++) < (dep == 2 && sanctions <= 0.2 ? 0.6 : 0.02); });
    const std::vector<TreeLeaf> leaves = classification_tree(t);
    ASSERT_EQ(leaves.size(), 3u);
    EXPECT_EQ(leaves[0].text, "sanctions <= 0.2 and dep = vassal");
    EXPECT_GT(leaves[0].share.low, 0.45);
    EXPECT_LT(leaves[1].share.high, 0.07);
}

TEST(ClassificationTree, JoinsConditionsOnTheSameFactor)
{
    const TreeTable t = planted(3000, [](double sanctions, std::uint64_t) { return sanctions > 0.2 && sanctions <= 0.6; });
    const std::vector<TreeLeaf> leaves = classification_tree(t);
    ASSERT_EQ(leaves.size(), 3u);
    EXPECT_EQ(leaves[0].text, "0.2 < sanctions <= 0.6");
    EXPECT_EQ(leaves[0].share.share, 1);
    EXPECT_EQ(leaves[1].share.count + leaves[2].share.count, 0u);
    const Texts rest = {leaves[1].text, leaves[2].text};
    EXPECT_NE(std::find(rest.begin(), rest.end(), "sanctions <= 0.2"), rest.end());
    EXPECT_NE(std::find(rest.begin(), rest.end(), "sanctions > 0.6"), rest.end());
}

TEST(ClassificationTree, JoinsConditionsInAnyOrder)
{
    const TreeTable t = planted(3000, [](double sanctions, std::uint64_t) { return sanctions > 0.4 && sanctions <= 0.8; });
    EXPECT_EQ(classification_tree(t)[0].text, "0.4 < sanctions <= 0.8");
    EXPECT_EQ(classification_tree(t)[0].share.share, 1);
    const TreeTable bands = planted(3000, [](double sanctions, std::uint64_t) { return sanctions <= 0.2 || (sanctions > 0.4 && sanctions <= 0.6) || sanctions > 0.9; });
    EXPECT_EQ(classification_tree(bands, {.depth = 1}).size(), 2u);
    EXPECT_LE(classification_tree(bands, {.depth = 2}).size(), 4u);
    EXPECT_EQ(classification_tree(bands, {.depth = 4}).size(), 5u);
}

TEST(ClassificationTree, PartsClassesInAnyOrder)
{
    std::vector<double> value;
    std::vector<std::uint32_t> failed;
    for (std::uint32_t p = 0; p < 200; ++p) {
        value.push_back(p % 5);
        failed.push_back(p % 5 == 4 || (p % 5 == 1 && p > 6) || (p % 5 == 0 && p < 20) ? 1 : 0);
    }
    EXPECT_EQ(texts(classification_tree(one_factor({"k", classes, {"a", "b", "c", "d", "e"}}, value, failed), {.depth = 1})),
              (Texts{"k in {b, e}: 78/80", "k in {a, c, d}: 4/120"}));
}

TEST(ClassificationTree, NamesTheValuesOfAnOrderedFactor)
{
    std::vector<double> value;
    std::vector<std::uint32_t> failed;
    for (std::uint32_t p = 0; p < 200; ++p) {
        value.push_back(p % 4);
        failed.push_back(p % 4 >= 2 ? 1 : 0);
    }
    const TreeFactor date{"peace", TreeFactor::Kind::ordered, {"2026Q1", "2026Q2", "2026Q3", "2026Q4"}};
    EXPECT_EQ(texts(classification_tree(one_factor(date, value, failed))), (Texts{"peace > 2026Q2: 100/100", "peace <= 2026Q2: 0/100"}));
}

TEST(ClassificationTree, TakesTheFirstOfEqualFactorsAndThresholds)
{
    TreeTable t{.factors = {{"first"}, {"second"}, {"upside down"}}};
    for (std::uint32_t p = 0; p < 300; ++p) {
        const double x = p % 3; // ties everywhere
        t.value.insert(t.value.end(), {x, x, -x});
        t.runs.push_back(1);
        t.hits.push_back(p % 3 == 1 ? 0 : 1); // both thresholds gain the same
    }
    const std::vector<TreeLeaf> leaves = classification_tree(t, {.depth = 1});
    ASSERT_EQ(leaves.size(), 2u);
    EXPECT_EQ(leaves[0].text, "first <= 0.5");
    EXPECT_EQ(classification_tree(t)[0].share.share, 1);
}

TEST(ClassificationTree, WritesTheShortestThresholdThatParts)
{
    const auto threshold = [](double low, double high) {
        std::vector<double> value;
        std::vector<std::uint32_t> failed;
        for (std::uint32_t p = 0; p < 100; ++p) {
            value.push_back(p % 2 == 0 ? low : high);
            failed.push_back(p % 2);
        }
        return classification_tree(one_factor({"x"}, value, failed))[0].text;
    };
    EXPECT_EQ(threshold(0.1, 0.9), "x > 0.5");
    EXPECT_EQ(threshold(0.123456, 0.123459), "x > 0.123457");
    EXPECT_EQ(threshold(-2e6, -1e6), "x > -2000000");
    EXPECT_EQ(threshold(1, std::nextafter(1, 2)), "x > 1");
    EXPECT_EQ(threshold(-0.25, 0), "x > -0.1");
    EXPECT_EQ(threshold(19, 20), "x > 19");
    EXPECT_EQ(threshold(19.2, 20), "x > 19.6");
}

TEST(ClassificationTree, CountsByPointAsItCountsRuns)
{
    TreeTable points = planted(400, [](double, std::uint64_t) { return false; }), runs{.factors = points.factors};
    for (std::size_t p = 0; p < 400; ++p) {
        points.runs[p] = p % 10 == 0 ? 0 : 5; // some were never run
        points.hits[p] = points.runs[p] == 0 ? 0 : points.value[4 * p + 1] > 0.5 ? 3 : static_cast<std::uint32_t>(p % 2);
        for (std::uint32_t r = 0; r < points.runs[p]; ++r) {
            runs.value.insert(runs.value.end(), &points.value[4 * p], &points.value[4 * p] + 4);
            runs.runs.push_back(1);
            runs.hits.push_back(r < points.hits[p] ? 1 : 0);
        }
    }
    const std::vector<TreeLeaf> leaves = classification_tree(points, {.depth = 1});
    ASSERT_EQ(leaves.size(), 2u);
    EXPECT_EQ(leaves[0].text, "sanctions > 0.5");
    EXPECT_DOUBLE_EQ(leaves[0].share.share, 0.6);
    EXPECT_EQ(texts(leaves), texts(classification_tree(runs, {.depth = 1})));
}

TEST(ClassificationTree, HasOneLeafWhereAllOrNoneFailed)
{
    EXPECT_EQ(texts(classification_tree(planted(500, [](double, std::uint64_t) { return false; }))), Texts{"all runs: 0/500"});
    EXPECT_EQ(texts(classification_tree(planted(500, [](double, std::uint64_t) { return true; }))), Texts{"all runs: 500/500"});
    EXPECT_EQ(texts(classification_tree({})), Texts{"all runs: 0/0"});
    EXPECT_EQ(texts(classification_tree({.runs = {}})), Texts{"all runs: 0/0"});
}

TEST(ClassificationTree, KeepsLeavesLargeEnough)
{
    std::vector<double> value;
    std::vector<std::uint32_t> failed;
    for (std::uint32_t p = 0; p < 1000; ++p) {
        value.push_back(p);
        failed.push_back(p < 15 ? 1 : 0);
    }
    EXPECT_EQ(texts(classification_tree(one_factor({"x"}, value, failed), {.least_leaf = 15})), (Texts{"x <= 14: 15/15", "x > 14: 0/985"}));
    EXPECT_EQ(texts(classification_tree(one_factor({"x"}, value, failed), {.least_leaf = 20})), (Texts{"x <= 19: 15/20", "x > 19: 0/980"}));
    std::reverse(failed.begin(), failed.end());
    EXPECT_EQ(texts(classification_tree(one_factor({"x"}, value, failed), {.least_leaf = 20})), (Texts{"x > 979: 15/20", "x <= 979: 0/980"}));
    EXPECT_EQ(texts(classification_tree(one_factor({"x"}, value, failed), {.least_leaf = 600})), Texts{"all runs: 15/1000"});
}

TEST(ClassificationTree, AsksForMoreThanChanceGives)
{
    // 20 points that fail, 20 that do not, parted cleanly: one draw of all C(40, 20), 7.3e-12. The bound: sqrt(8 x 40 x 1/4) 2^-40 = 8.13e-12, twice that for two directions.
    std::vector<double> two, three;
    std::vector<std::uint32_t> failed;
    for (std::uint32_t p = 0; p < 40; ++p) {
        failed.push_back(p % 2);
        two.push_back(p % 2);
        three.push_back(p % 2 == 0 ? 0 : p < 20 ? 1 : 2);
    }
    const auto leaves = [&](const TreeFactor& factor, const std::vector<double>& value, double level) {
        return classification_tree(one_factor(factor, value, failed), {.level = level}).size();
    };
    EXPECT_EQ(leaves({"k", classes, {"a", "b"}}, two, 1.628e-11), 2u);
    EXPECT_EQ(leaves({"k", classes, {"a", "b"}}, two, 1.626e-11), 1u);
    EXPECT_EQ(leaves({"k"}, two, 1.628e-11), 2u);
    // Three classes can be parted in three ways.
    EXPECT_EQ(leaves({"k", classes, {"a", "b", "c"}}, three, 4.884e-11), 2u);
    EXPECT_EQ(leaves({"k", classes, {"a", "b", "c"}}, three, 4.878e-11), 1u);
    // Three levels at two thresholds, if leaves may be small.
    const auto ordered = [&](double level) { return classification_tree(one_factor({"k"}, three, failed), {.least_leaf = 5, .level = level}).size(); };
    EXPECT_EQ(ordered(3.256e-11), 2u);
    EXPECT_EQ(ordered(3.252e-11), 1u);
    // Points that were never run say nothing.
    TreeTable unrun = one_factor({"k"}, two, failed);
    for (std::uint32_t p = 0; p < 40; ++p) {
        unrun.value.push_back(p % 2);
        unrun.hits.push_back(0);
        unrun.runs.push_back(0);
    }
    EXPECT_EQ(classification_tree(unrun, {.level = 1.628e-11}).size(), 2u);
    EXPECT_EQ(classification_tree(unrun, {.level = 1.626e-11}).size(), 1u);
    // One failure among many runs can be cut out by any factor, and proves nothing; whole points that fail prove less than as many runs apart.
    TreeTable lonely = planted(20000, [](double, std::uint64_t) { return false; });
    lonely.hits[77] = 1;
    EXPECT_EQ(texts(classification_tree(lonely)), Texts{"all runs: 1/20000"});
    const TreeFactor x{"x"};
    EXPECT_EQ(classification_tree(one_factor(x, {0, 0, 1, 1}, {10, 10, 0, 0}, 10)).size(), 1u);
    EXPECT_EQ(classification_tree(one_factor(x, {0, 0, 1, 1}, {10, 10, 0, 0}, 10), {.level = std::numeric_limits<double>::infinity()}).size(), 2u);
}

TEST(ClassificationTree, BoundsTheExactChance)
{
    const auto ln_choose = [](double n, double k) { return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1); };
    struct Case {
        std::uint32_t points, failed, left, failed_left;
    };
    for (const auto& [points, failed, left, failed_left] : {Case{40, 8, 10, 6}, {100, 50, 50, 38}, {1000, 30, 100, 14}, {1000, 3, 20, 3}, {1000, 3, 980, 0}, {300, 250, 100, 70}}) {
        double exact = 0; // hypergeometric: as many failures on the left or more, or as few or fewer
        const bool more = failed_left * points > failed * left;
        for (std::uint32_t k = more ? failed_left : 0; k <= (more ? std::min(failed, left) : failed_left); ++k)
            if (left - k <= points - failed) exact += std::exp(ln_choose(failed, k) + ln_choose(points - failed, left - k) - ln_choose(points, left));
        std::vector<double> value;
        std::vector<std::uint32_t> fails;
        for (std::uint32_t p = 0; p < points; ++p) {
            value.push_back(p < left ? 0 : 1);
            fails.push_back(p < failed_left || (p >= left && p < left + failed - failed_left) ? 1 : 0);
        }
        double low = 1e-30, high = 1; // levels at which the split is refused and made
        for (int step = 0; step < 60; ++step) {
            const double level = std::sqrt(low * high);
            (classification_tree(one_factor({"x"}, value, fails), {.depth = 1, .least_leaf = 1, .level = level}).size() > 1 ? high : low) = level;
        }
        EXPECT_GE(high, 2 * exact) << points << " points";
        EXPECT_LE(high, 2 * exact * 200) << points << " points";
    }
}

TEST(ClassificationTree, RefusesWhatMakesNoSense)
{
    const TreeFactor k{"k", classes, {"a", "b"}};
    EXPECT_THROW(classification_tree(one_factor(k, {0, 2}, {0, 1})), std::invalid_argument);
    EXPECT_THROW(classification_tree(one_factor(k, {0, 0.5}, {0, 1})), std::invalid_argument);
    EXPECT_THROW(classification_tree(one_factor(k, {0, -1}, {0, 1})), std::invalid_argument);
    EXPECT_THROW(classification_tree(one_factor({"x"}, {0, std::numeric_limits<double>::quiet_NaN()}, {0, 1})), std::invalid_argument);
    EXPECT_THROW(classification_tree(one_factor({"x"}, {0, 1}, {0, 2})), std::invalid_argument);
    EXPECT_THROW(classification_tree(one_factor({"x"}, {0, 1, 2}, {0, 1})), std::invalid_argument);
    EXPECT_THROW(classification_tree({{}, {}, {1}, {}}), std::invalid_argument);
    EXPECT_THROW(classification_tree(one_factor(k, {0, 1}, {0, 1}), {.depth = 9}), std::invalid_argument);
    EXPECT_THROW(classification_tree(one_factor(k, {0, 1}, {0, 1}), {.level = -1}), std::invalid_argument);
}

} // namespace
