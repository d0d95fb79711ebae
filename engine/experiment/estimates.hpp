// What is known of a sweep: of a whole one, or so far.
#pragma once
#include "../analysis/estimate.hpp"
#include "../analysis/classification_tree.hpp"
#include "experiment.hpp"
#include <map>

namespace entente {

/// Runs of a sweep's result that failed, by cause and by point, and those that were not made.
struct SweepFailures {
    /// Which variable, and whether it was a number.
    struct Cause {
        std::int16_t variable; ///< -1: given up
        bool number;           ///< that the value was one
        /// By variable, then by whether it was a number.
        bool operator<(const Cause& other) const { return variable != other.variable ? variable < other.variable : number < other.number; }
    };
    std::map<Cause, std::uint64_t> causes;
    TreeTable by_point; ///< without factors
    std::uint64_t not_made = 0;
};
/// Estimates of each outcome under each policy.
struct SweepEstimate {
    std::string title;
    std::vector<std::string> policies;
    std::vector<Quantity> outcomes;
    std::vector<std::vector<PolicyEstimate>> estimates;     ///< [outcome][policy], over all points
    std::vector<std::vector<Interval>> point_differences{}; ///< [outcome][policy x point]: less the first point, paired; of a result
    std::size_t against = 0;                                ///< the policy to which differences are
    std::size_t points = 1, replicates = 1;                 ///< that were asked for
    std::uint64_t finished = 0, asked = 0, failed = 0;      ///< runs
    SweepFailures failures{};                               ///< of a result
};
/// Of all policies.
std::uint64_t failed_runs(const StoredSweep& sweep);

/// Reads the outcomes' values again from the file, and of an interrupted sweep, or one with failures, which runs those were. `against`: the policy to which differences
/// are, the first if not given. Throws Refused if the sweep has no such policy.
SweepEstimate estimate_of(const StoredSweep& sweep, const std::string& path, const std::optional<std::string>& against = {});
/// Of the pieces of a shard that are finished. Also of a plain run, by its kept outcomes.
SweepEstimate estimate_of(const Parts& parts, const Experiment& experiment);

} // namespace entente
