// How sure each number of a result is: how it changed as runs were added, how many it needs, and what else it depends on.
#pragma once
#include "../analysis/convergence_of_runs.hpp"
#include "../analysis/kinds_of_uncertainty.hpp"
#include "again.hpp"

namespace entente {

/// A class or an orientation at a date, or an event by the horizon.
struct GrowingShare {
    enum class Of : std::uint8_t { in_class, orientation, event } of = Of::in_class;
    int number = 0, date = 0;                     ///< date: quarter
    std::string quantity;                         ///< as parse_quantity() reads it
    std::vector<Share> at;                        ///< [look]
    std::uint64_t needed = 0, needed_at_most = 0; ///< runs for the half-width that is wanted: at the estimate, and at the end of its interval nearest to 1/2
    KindsOfUncertainty kinds;
    std::optional<double> straight_lines; ///< standard deviation that straight lines in drawn parameters explain, from single runs
};
/// The quarter by which half have seen an event.
struct GrowingMedian {
    std::size_t event = 0;
    std::vector<std::optional<int>> median, low, high; ///< [look]: quarters; none: after the horizon
    std::optional<std::uint64_t> needed;               ///< runs until its interval is one quarter
};
/// The median of a variable over runs.
struct GrowingQuantile {
    std::size_t variable = 0;
    int date = 0;
    std::vector<Interval> at;            ///< [look]
    std::optional<std::uint64_t> needed; ///< runs for the half-width, by the root of runs; none: too few
};
/// How the numbers of a run settle.
struct RunConvergence {
    std::vector<std::uint32_t> looks, whole; ///< runs, and those of them that did not fail
    int start = 0, horizon = 0;
    std::vector<int> dates;
    double within = 0; ///< half-width that is wanted
    std::vector<GrowingShare> shares;
    std::vector<GrowingMedian> medians;
    std::vector<GrowingQuantile> indicators; ///< of those that answers show
    HeldLooks held;
    ReadingsAtHand at_hand;
    std::uint32_t readings = 0, inputs = 0, regressed = 0; ///< readings in the analysis of variance; drawn parameters and runs in the straight lines
};
/// Of a result of `run`; `within` in (0, .5). Throws Refused if it keeps no single runs, std::invalid_argument if every run failed.
RunConvergence convergence_in(const std::string& file, const StoredResult& result, const ReplaySource& source, double within);

/// An outcome under a policy, over all points.
struct GrowingEstimate {
    std::string policy, outcome;
    std::vector<Interval> at;            ///< [look]
    std::optional<std::uint64_t> needed; ///< replicates, by the root of their number; none: too few to say
};
/// How the estimates of a sweep settle.
struct SweepConvergence {
    std::vector<std::uint32_t> looks; ///< replicates
    std::size_t points = 0;
    double within = 0;
    std::vector<GrowingEstimate> estimates;
    HeldLooks held;
};
/// Of a result of `sweep`: `within` in the unit of the outcomes.
SweepConvergence convergence_in(const std::string& file, const StoredSweep& sweep, double within);

} // namespace entente
