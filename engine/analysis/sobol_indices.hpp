// Sobol's indices of a Saltelli design: which share of an outcome's variance a factor explains alone, with others, and which a pair adds. Of several outcomes together,
// such as one quantity at several dates, the indices of their summed variance (Lamboni, Monod & Makowski 2011; Gamboa et al. 2014).
#pragma once
#include "index.hpp"
#include "resampling.hpp"
#include <array>
#include <string>

namespace entente {

inline constexpr double most_failed = 0.05; ///< share of rows that may be left out

/// What became of the points of a Saltelli design, [base row][A, A with factor k from B ..., (B with factor k from A ...,) B]. NaN: a run failed there.
struct PickFreeze {
    std::size_t factors = 0;
    bool second_order = false;
    std::vector<std::vector<double>> outcomes{}; ///< [outcome][point]
    std::size_t points_a_row() const { return second_order ? 2 * factors + 2 : factors + 2; }
};
/// Indices of one outcome, or of several together.
struct SobolIndices {
    std::size_t rows = 0, left_out = 0; ///< base rows that the numbers rest on; with a failed run
    Index variance;                     ///< of the outcome over the design, in its unit squared; of several their sum. 0: it is always the same, and there are no indices
    std::vector<Index> first, total;    ///< [factor]
    /// Of two factors.
    struct PairIndex {
        std::size_t a, b;
        Index second;
    };
    std::vector<PairIndex> pairs{}; ///< with the second order's rows: what both explain together beyond what each does alone
    Index additive;                 ///< sum of `first`: what factors explain without each other
    /// Of several factors as one.
    struct Group {
        Index alone; ///< sum of first orders of its factors, with those of pairs inside it where the design has them: it explains at least that by itself
        Index total; ///< sum of totals: it takes part in at most that
    };
    std::vector<Group> groups{};
};
/// Total: Jansen (1999). First order: with the second order's rows (A - AB)(BA - B) / 2, the difference estimator of Owen (2013, Correlation 2) with B as its third sample, which is exactly 0 where a
/// factor does nothing; else B (AB - A) of Saltelli et al. (2010, table 2b), the mean taken off. Second order: Saltelli (2002), from BA x AB of a pair. Where a design has both AB and BA, totals use
/// both. Mean and variance: over all points, which all stand in the same distribution. Intervals: bootstrap over base rows, 95 % percentile. Rows of which a run failed are left out. `groups`: numbers of factors.
/// Throws std::invalid_argument if shapes do not agree, if fewer than 8 rows are left, or if more than 5 % are left out.
SobolIndices sobol_indices(const PickFreeze& runs, const Bootstrap& how, const std::vector<std::vector<std::size_t>>& groups = {});

} // namespace entente
