// Where an outcome lives, failed runs for one: a small classification tree (CART, Breiman, Friedman, Olshen and Stone 1984) over factors. Pure functions.
#pragma once
#include "answer.hpp"
#include <limits>

namespace entente {

struct TreeFactor {
    enum class Kind : std::uint8_t { ordered, classes };
    std::string name;
    Kind kind = Kind::ordered;
    std::vector<std::string> names; ///< of the values 0, 1, 2...; an ordered factor may have none, and any finite values
};
/// Points with their runs, and how many of them have the outcome. One run a point is the same as a list of runs.
struct TreeTable {
    std::vector<TreeFactor> factors;
    std::vector<double> value;             ///< [point][factor]
    std::vector<std::uint32_t> hits, runs; ///< [point]
};
/// When the tree stops growing.
struct TreeOptions {
    int depth = 3;                 ///< most conditions on the way to a leaf, 0 to 8
    std::uint32_t least_leaf = 20; ///< runs
    double level = 1e-3;           ///< bound on the chance that a node is split where hits have nothing to do with the factors; infinite: every split is worth it
};

/// `above` < value <= `up_to`, or the value is among `classes`.
struct LeafCondition {
    std::size_t factor = 0;
    double above = -std::numeric_limits<double>::infinity(), up_to = std::numeric_limits<double>::infinity();
    std::vector<std::size_t> classes; ///< rising; of a factor of kind classes
};
/// An end of the tree: what leads to it, and what its runs come to.
struct TreeLeaf {
    std::vector<LeafCondition> conditions; ///< at most one a factor; none: all runs
    std::string text;                      ///< "sanctions > 0.42 and dep = pawn", or "all runs"
    Share share;                           ///< hits among all. The interval takes runs as independent and the leaf as given: it was found on the same runs, so it is too narrow
};

/// Leaves of the tree, the greatest share of hits first. A threshold is the shortest decimal that parts the values next to it, so the text holds exactly. A class that
/// no point of a node has is in no leaf below it.
///
/// A node is split where that lowers Gini's impurity most; at equal gains by the first factor and the lowest threshold. The classes of a factor are put in the order of their
/// shares of hits, which finds the best of all ways to part them in two (Breiman et al., theorem 4.5).
///
/// A split must be worth it. If hits had nothing to do with the factors, the points of a node that fall left would be any draw without replacement. A Chernoff bound on
/// the chance that such a draw has as many more hits than its share, or more, times two for the two directions, times the number of ways to part the node that were
/// to choose from (Bonferroni: thresholds that leave enough runs on both sides; 2^(k-1) - 1 for k classes) must be below `level`. It needs no large numbers, so it holds
/// for rare ones; it draws points, not runs, so it holds however the runs of a point hang together; and it is conservative, since neighbouring thresholds say nearly the
/// same. Below the first split it is a guide, since the node was chosen for its hits.
///
/// Throws std::invalid_argument if the shapes do not fit, a value is not finite or no class, a point has more hits than runs, or an option is out of its range.
std::vector<TreeLeaf> classification_tree(const TreeTable& table, const TreeOptions& options = {});

/// "0.2 < sanctions <= 0.42", "dep = pawn", "dep in {pawn, vassal}".
std::string condition_text(const LeafCondition& condition, const TreeFactor& factor);

} // namespace entente
