#include "classification_tree.hpp"
#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <stdexcept>

namespace entente {
namespace {

using Points = std::vector<std::uint32_t>;

/// The distinct values of a factor, rising, and which of them each point has.
struct Levels {
    std::vector<double> value;
    std::vector<std::uint32_t> of_point;
};
Levels levels_of(const TreeTable& table, std::size_t factor)
{
    const std::size_t factors = table.factors.size(), points = table.runs.size();
    Levels levels;
    for (std::size_t i = 0; i < points; ++i) levels.value.push_back(table.value[i * factors + factor]);
    std::sort(levels.value.begin(), levels.value.end());
    levels.value.erase(std::unique(levels.value.begin(), levels.value.end()), levels.value.end());
    for (std::size_t i = 0; i < points; ++i) {
        const auto at = std::lower_bound(levels.value.begin(), levels.value.end(), table.value[i * factors + factor]);
        levels.of_point.push_back(static_cast<std::uint32_t>(at - levels.value.begin()));
    }
    return levels;
}

struct Count {
    std::uint64_t hits = 0, runs = 0;
    double share() const { return static_cast<double>(hits) / static_cast<double>(runs); }
    /// What the sides of a split sum to is greatest where Gini's impurity is least.
    double purity() const { return static_cast<double>(hits) * share(); }
};
Count operator+(Count a, Count b) { return {a.hits + b.hits, a.runs + b.runs}; }
Count operator-(Count a, Count b) { return {a.hits - b.hits, a.runs - b.runs}; }

struct Split {
    std::size_t factor = 0;
    std::vector<std::uint32_t> levels; ///< that points of the node have: in order, or classes by their share of hits
    std::size_t left = 0;              ///< how many of them go left; 0: no split is better than none
    double purity = 0;
    double ways = 0; ///< to part the node that were to choose from, over all factors
};
Split best_split(const TreeTable& table, const std::vector<Levels>& levels, const Points& node, Count all, std::uint32_t least_leaf)
{
    Split best{.purity = all.purity()};
    for (std::size_t f = 0; f < levels.size(); ++f) {
        std::vector<Count> count(levels[f].value.size());
        for (const std::uint32_t p : node) {
            Count& c = count[levels[f].of_point[p]];
            c = c + Count{table.hits[p], table.runs[p]};
        }
        std::vector<std::uint32_t> present;
        for (std::uint32_t l = 0; l < count.size(); ++l)
            if (count[l].runs > 0) present.push_back(l);
        const bool classes = table.factors[f].kind == TreeFactor::Kind::classes;
        if (classes) {
            std::stable_sort(present.begin(), present.end(), [&](std::uint32_t a, std::uint32_t b) { return count[a].share() < count[b].share(); });
            best.ways += std::ldexp(1.0, static_cast<int>(present.size()) - 1) - 1;
        }
        Count left;
        std::size_t cut = 0;
        for (std::size_t i = 0; i + 1 < present.size(); ++i) {
            left = left + count[present[i]];
            const Count right = all - left;
            if (left.runs < least_leaf || right.runs < least_leaf) continue;
            if (!classes) ++best.ways;
            const double purity = left.purity() + right.purity();
            if (purity <= best.purity) continue;
            best.purity = purity;
            cut = i + 1;
        }
        if (cut == 0) continue;
        best.factor = f;
        best.levels = std::move(present);
        best.left = cut;
    }
    return best;
}

/// Points of a node that are alike: hits less runs x the node's share, and how many have that.
struct Alike {
    double excess, points;
};
/// ln of an upper bound on the chance that n points drawn without replacement have an excess of x > 0 or more, of all that can be drawn.
///
/// Let each point be drawn by itself with chance f = n / N, and look only at the outcomes with n drawn, whose chance is at least 1 / sqrt(8 N f (1 - f)) (MacWilliams and
/// Sloane 1977, chapter 10, lemma 7): then, for any a > 0 and b, Markov's inequality bounds the chance by sqrt(8 N f (1 - f)) exp(K(a, b)),
/// K = sum of ln(1 - f + f exp(a excess + b)) - a x - b n. Newton's method looks for the least K, which is convex; wherever it stops, the bound holds.
double log_chance(const std::vector<Alike>& alike, double n, double all, double x)
{
    const double f = n / all;
    const auto exponent = [&](double a, double b) {
        double k = -a * x - b * n;
        for (const Alike& g : alike) k += g.points * std::log(1 - f + f * std::exp(a * g.excess + b));
        return k;
    };
    double a = 0, b = 0, k = 0;
    for (int step = 0; step < 100; ++step) {
        double da = -x, db = -n, aa = 0, ab = 0, bb = 0; // first and second derivatives
        for (const Alike& g : alike) {
            const double odds = f * std::exp(a * g.excess + b), drawn = odds / (1 - f + odds), w = g.points * drawn * (1 - drawn);
            da += g.points * drawn * g.excess;
            db += g.points * drawn;
            aa += w * g.excess * g.excess;
            ab += w * g.excess;
            bb += w;
        }
        const double determinant = aa * bb - ab * ab;
        if (!(determinant > 0)) break;
        const double to_a = (ab * db - bb * da) / determinant, to_b = (ab * da - aa * db) / determinant;
        double part = 1, least = exponent(a + to_a, b + to_b);
        while (!(least < k) && part > 1e-6) {
            part /= 2;
            least = exponent(a + part * to_a, b + part * to_b);
        }
        if (!(least < k - 1e-9)) break;
        a += part * to_a;
        b += part * to_b;
        k = least;
    }
    return 0.5 * std::log(8 * all * f * (1 - f)) + k;
}
bool worth_it(const TreeTable& table, const Points& node, const Points& left, Count all, double ways, double level)
{
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> kinds; // points by hits and runs
    for (const std::uint32_t p : node) ++kinds[{table.hits[p], table.runs[p]}];
    const auto excess = [&](std::uint32_t hits, std::uint32_t runs) { return hits - runs * all.share(); };
    std::vector<Alike> alike;
    for (const auto& [kind, points] : kinds) alike.push_back({excess(kind.first, kind.second), points});
    double x = 0;
    for (const std::uint32_t p : left) x += excess(table.hits[p], table.runs[p]);
    const double n = static_cast<double>(x > 0 ? left.size() : node.size() - left.size());
    return x != 0 && std::log(2 * ways) + log_chance(alike, n, static_cast<double>(node.size()), std::abs(x)) < std::log(level);
}

/// The shortest decimal t with a <= t < b, the middle one if it can be.
double between(double a, double b)
{
    for (int digits = 1; digits <= 17; ++digits) {
        for (const double near : {a + (b - a) / 2, a}) { // a too: the middle may round to b
            const std::string text = fmt::format("{:.{}g}", near, digits);
            double t = 0;
            std::from_chars(text.data(), text.data() + text.size(), t);
            if (a <= t && t < b) return t;
        }
    }
    return a;
}

/// The conditions and one more; one on the same factor gives way to what both say.
std::vector<LeafCondition> with(std::vector<LeafCondition> conditions, const LeafCondition& added)
{
    for (LeafCondition& c : conditions) {
        if (c.factor != added.factor) continue;
        c = {c.factor, std::max(c.above, added.above), std::min(c.up_to, added.up_to), added.classes};
        return conditions;
    }
    conditions.push_back(added);
    return conditions;
}

struct Growth {
    const TreeTable& table;
    const TreeOptions& options;
    std::vector<Levels> levels; ///< [factor]
};
TreeLeaf leaf_of(const Growth& growth, Count all, const std::vector<LeafCondition>& conditions)
{
    const Share share = share_of(static_cast<std::uint32_t>(all.hits), static_cast<std::uint32_t>(all.runs));
    TreeLeaf leaf{.conditions = conditions, .text = conditions.empty() ? "all runs" : "", .share = share};
    for (const LeafCondition& c : conditions) leaf.text += (leaf.text.empty() ? "" : " and ") + condition_text(c, growth.table.factors[c.factor]);
    return leaf;
}
std::vector<TreeLeaf> grow(const Growth& growth, const Points& node, const std::vector<LeafCondition>& conditions, int depth)
{
    const TreeTable& table = growth.table;
    Count all;
    for (const std::uint32_t p : node) all = all + Count{table.hits[p], table.runs[p]};
    if (depth == 0 || all.hits == 0 || all.hits == all.runs) return {leaf_of(growth, all, conditions)};
    const Split split = best_split(table, growth.levels, node, all, growth.options.least_leaf);
    if (split.left == 0) return {leaf_of(growth, all, conditions)};

    const Levels& levels = growth.levels[split.factor];
    std::vector<bool> goes_left(levels.value.size());
    for (std::size_t i = 0; i < split.left; ++i) goes_left[split.levels[i]] = true;
    Points sides[2];
    for (const std::uint32_t p : node) sides[goes_left[levels.of_point[p]] ? 0 : 1].push_back(p);
    if (!worth_it(table, node, sides[0], all, split.ways, growth.options.level)) return {leaf_of(growth, all, conditions)};

    LeafCondition left{.factor = split.factor}, right = left;
    if (table.factors[split.factor].kind == TreeFactor::Kind::classes) {
        for (std::size_t i = 0; i < split.levels.size(); ++i) (i < split.left ? left : right).classes.push_back(static_cast<std::size_t>(levels.value[split.levels[i]]));
        std::sort(left.classes.begin(), left.classes.end());
        std::sort(right.classes.begin(), right.classes.end());
    } else {
        const double last = levels.value[split.levels[split.left - 1]], first = levels.value[split.levels[split.left]];
        left.up_to = right.above = table.factors[split.factor].names.empty() ? between(last, first) : last;
    }
    std::vector<TreeLeaf> leaves = grow(growth, sides[0], with(conditions, left), depth - 1);
    for (TreeLeaf& leaf : grow(growth, sides[1], with(conditions, right), depth - 1)) leaves.push_back(std::move(leaf));
    return leaves;
}

void check(const TreeTable& table, const TreeOptions& options)
{
    const auto fail = [](const std::string& what) { throw std::invalid_argument("classification tree: " + what); };
    const std::size_t points = table.runs.size(), factors = table.factors.size();
    if (table.hits.size() != points || table.value.size() != points * factors)
        fail(fmt::format("{} counts of hits and {} values for {} points of {} factors", table.hits.size(), table.value.size(), points, factors));
    if (options.depth < 0 || options.depth > 8) fail(fmt::format("depth {}, allowed 0 to 8", options.depth));
    if (!(options.level >= 0)) fail(fmt::format("level {}, allowed 0 or more", options.level));
    std::uint64_t runs = 0;
    for (std::size_t p = 0; p < points; ++p) {
        runs += table.runs[p];
        if (table.hits[p] > table.runs[p]) fail(fmt::format("{} hits of {} runs at point {}", table.hits[p], table.runs[p], p));
        for (std::size_t f = 0; f < factors; ++f) {
            const double x = table.value[p * factors + f];
            const TreeFactor& factor = table.factors[f];
            const bool named = factor.kind == TreeFactor::Kind::classes || !factor.names.empty();
            if (!std::isfinite(x) || (named && !(x >= 0 && x < static_cast<double>(factor.names.size()) && x == std::floor(x))))
                fail(fmt::format("{} is {} at point {}, {}", factor.name, x, p, named ? fmt::format("allowed 0 to {}", static_cast<double>(factor.names.size()) - 1) : "not a number"));
        }
    }
    if (runs > std::numeric_limits<std::uint32_t>::max()) fail("more runs than can be counted");
}

} // namespace

std::string condition_text(const LeafCondition& condition, const TreeFactor& factor)
{
    if (factor.kind == TreeFactor::Kind::classes) {
        if (condition.classes.size() == 1) return fmt::format("{} = {}", factor.name, factor.names[condition.classes[0]]);
        std::string list;
        for (const std::size_t c : condition.classes) list += (list.empty() ? "" : ", ") + factor.names[c];
        return fmt::format("{} in {{{}}}", factor.name, list);
    }
    const auto named = [&](double x) { return factor.names.empty() ? fmt::format("{}", x) : factor.names[static_cast<std::size_t>(x)]; };
    if (std::isinf(condition.above)) return fmt::format("{} <= {}", factor.name, named(condition.up_to));
    if (std::isinf(condition.up_to)) return fmt::format("{} > {}", factor.name, named(condition.above));
    return fmt::format("{} < {} <= {}", named(condition.above), factor.name, named(condition.up_to));
}

std::vector<TreeLeaf> classification_tree(const TreeTable& table, const TreeOptions& options)
{
    check(table, options);
    Growth growth{table, options, {}};
    for (std::size_t f = 0; f < table.factors.size(); ++f) growth.levels.push_back(levels_of(table, f));
    Points all;
    for (std::uint32_t p = 0; p < table.runs.size(); ++p)
        if (table.runs[p] > 0) all.push_back(p);
    std::vector<TreeLeaf> leaves = grow(growth, all, {}, options.depth);
    std::stable_sort(leaves.begin(), leaves.end(), [](const TreeLeaf& a, const TreeLeaf& b) { return a.share.share > b.share.share; });
    return leaves;
}

} // namespace entente
