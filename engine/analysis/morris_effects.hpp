// Morris's (1991) elementary effects: what an outcome does as one factor after the other steps along trajectories.
#pragma once
#include "index.hpp"
#include "resampling.hpp"

namespace entente {

/// Points of a Morris design, trajectory after trajectory.
struct MorrisRuns {
    std::size_t factors = 0;
    std::vector<double> u;           ///< [point][factor]: coordinates in the unit cube
    std::vector<std::int32_t> moved; ///< [point]: -1 for a trajectory's first, else the factor that differs from the point before
    std::vector<bool> without_order; ///< [factor]: a choice, whose steps have no direction and count as one each
    std::vector<double> value;       ///< [point]: NaN: a run failed
};
/// The effects of every factor on one outcome.
struct MorrisEffects {
    std::size_t trajectories = 0, effects = 0, left_out = 0; ///< effects: that could be told; left out: those beside a failed run
    /// One factor's effects.
    struct Factor {
        Index mu;      ///< mean effect of moving the factor over its whole range, in the outcome's unit; none of a choice
        Index mu_star; ///< mean of the effects' sizes (Campolongo, Cariboni & Saltelli 2007)
        Index sigma;   ///< standard deviation of the effects: how far they hang on where the others stand
    };
    std::vector<Factor> factors;
};
/// Effects are steps of the outcome over steps of u. Intervals: bootstrap over trajectories, 95 % percentile. Throws std::invalid_argument if shapes do not agree, with fewer than 4 trajectories, or if
/// more than 5 % of the effects stand beside a failed run.
MorrisEffects morris_effects(const MorrisRuns& runs, const Bootstrap& how);

} // namespace entente
