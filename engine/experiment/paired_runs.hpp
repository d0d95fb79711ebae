// Two scenarios run on the same random numbers, or two results of runs, and what is paired in them.
#pragma once
#include "carry_out.hpp"
#include "expectations.hpp"
#include "pairs.hpp"
#include <algorithm>

namespace entente {

/// One side of a comparison.
struct ComparedRuns {
    std::string name;
    std::uint64_t seed = 0;
    std::uint32_t runs = 0;
};
/// B against A.
struct RunComparison {
    ComparedRuns a, b;
    std::vector<Shift> shifts;                                   ///< B - A, of what was asked
    std::vector<PairedDifference> class_shares;                  ///< [quarter][class]
    Expected expected;                                           ///< by B; of results what single runs say
    std::uint64_t used() const { return class_shares[0].pairs; } ///< pairs of which no run failed
};

/// What a comparison shows that is asked for nothing: classes, orientations and headline variables at the report dates, events by the horizon.
std::vector<Quantity> usual_quantities(int horizon);
/// Throws Refused if seeds or numbers of runs differ.
void throw_if_no_pairs(const Scenario& a, const Scenario& b);
/// Runs both, up to the last quarter that is asked for. Nothing if it was stopped. Throws Refused if seeds or numbers of runs differ, and std::invalid_argument if a
/// quantity is a quantile, or asks for a quarter that a scenario does not reach.
std::optional<RunComparison> compare_scenarios(const Scenario& a, const Scenario& b, const std::vector<Quantity>& quantities, const EnsembleOptions& options,
                                               const std::function<Listener(const Scenario&)>& listener = {}, const std::atomic<bool>* stop = nullptr);

/// Two results of `run` that keep single runs.
struct ResultPair {
    std::string a, b;
    StoredResult in_a, in_b;
    std::uint32_t quarters() const { return std::min(in_a.summary.quarters, in_b.summary.quarters); }
    std::uint32_t start() const { return std::max(in_a.summary.start, in_b.summary.start); }
};
/// Throws Refused if one keeps no single runs, or seeds or numbers of runs differ.
ResultPair pair_results(const std::string& a, const std::string& b);
/// `asked`: classes, orientations and events; all of them if empty. Throws Refused if a variable is asked for.
RunComparison compare_results(const ResultPair& pair, const std::vector<Quantity>& asked);
/// Whether both results name the same sources and precision.
bool are_of_one_program(const Provenance& a, const Provenance& b);

} // namespace entente
