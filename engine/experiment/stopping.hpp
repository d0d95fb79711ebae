// When an experiment is known well enough, from its parts; and how well it is.
#pragma once
#include "../store/parts.hpp"
#include "experiment.hpp"

namespace entente {

StoppingRule rule_of(const Experiment& experiment);
/// Per replicate what each wanted number of the rule is estimated from: the mean over points, of each policy or of its difference to the first. Both arguments
/// are to stay as long as the numbers are used.
std::vector<Numbers> stop_values(const Experiment& experiment, const Parts& parts, std::uint32_t replicates);

/// How well an outcome that was to be known is known.
struct Known {
    std::string outcome;
    std::string policy, baseline; ///< of a sweep: whose, and less whose; "" if not a difference
    Interval interval;
    double half_width = 0; ///< wanted
    double least = 0;      ///< runs that it takes at least to rely on that
};
struct StopReport {
    bool enough = false;                ///< everything is as precise as was asked for
    std::uint64_t replicates = 0;       ///< that it took; runs, if there is no sweep
    std::uint64_t most = 0;             ///< that were allowed
    bool sweep = false, points = false; ///< points: means over several
    std::vector<Known> known;
};
StopReport report_of(const Experiment& experiment, const Verdict& verdict, std::uint64_t replicates);

} // namespace entente
