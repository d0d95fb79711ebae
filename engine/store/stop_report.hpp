// What an experiment that stops by precision came to: what was asked for, and how well it is known.
#pragma once
#include "../core/interval.hpp"
#include <string>
#include <vector>

namespace entente {

/// How well an outcome that was to be known is known.
struct Known {
    std::string outcome;
    std::string policy, baseline; ///< of a sweep: whose, and less whose; "" if not a difference
    Interval interval;            ///< 95 %, with the corrections for having stopped by it
    double half_width = 0;        ///< wanted
    double least = 0;             ///< runs that it takes at least to rely on that
};
/// Whether precision was reached, with how many runs.
struct StopReport {
    bool enough = false;                ///< everything is as precise as was asked for
    std::uint64_t replicates = 0;       ///< that it took; runs, if there is no sweep
    std::uint64_t most = 0;             ///< that were allowed
    std::uint64_t least = 0;            ///< before it was asked
    bool sweep = false, points = false; ///< points: means over several
    std::vector<Known> known;
};

} // namespace entente
