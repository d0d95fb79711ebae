// The job as a noun: which runs there are, what is asked of each, and when they are enough.
#pragma once
#include "../analysis/precision.hpp"
#include "../analysis/quantity.hpp"
#include "../design/sweep.hpp"
#include "../store/sweep_file.hpp"
#include <optional>

namespace entente {

/// Runs are added until the 95 % interval of an outcome is this narrow.
struct Stop {
    std::size_t outcome = 0; ///< in the experiment's list
    double half_width = 0;
    bool difference = false; ///< of every policy to the first
};

/// Runs that belong together. A plain run is a sweep without factors and policies whose every variable is summarised.
struct Experiment {
    Provenance provenance;
    EnsembleOptions options;
    std::vector<std::string> policy_names;
    Plan plan;
    std::vector<Quantity> outcomes; ///< that are kept of each run
    std::optional<Sweep> sweep;     ///< none: a plain run
    Design design;
    std::vector<Stop> stops;
    std::uint32_t least = 256;  ///< replicates before a stop
    BesideAsked beside;         ///< of a plain run: what is to stand beside its shares
    std::vector<Problem> notes; ///< what is odd about the file and yet no fault

    const Scenario& scenario() const { return plan.policies[0]; }
};

/// Of a plain run, the outcome to which the spread of futures is attributed stands first.
inline constexpr std::size_t attributed_outcome = 0;

/// An outcome, and how well it is to be known.
struct PrecisionAsked {
    Quantity outcome;
    double half_width = 0; ///< of the 95 % interval, above 0
};
/// Every run of a scenario. `command_line` is kept in the result. Throws Refused if an outcome of the stops has a date that the scenario lacks, and
/// std::invalid_argument if there are no runs, or no such precision or instruction set, or a half-width is not above 0.
Experiment plain_experiment(const Scenario& scenario, const EnsembleOptions& options, const std::vector<PrecisionAsked>& stops = {}, const std::string& command_line = "",
                            const BesideAsked& beside = {});
/// A sweep's policies at its points, which are made here or read from its table. `replicates`: instead of the sweep's. Throws Refused if it has no scenario, and
/// ScenarioErrors with all that is wrong with its table, outcomes, stops or size; std::invalid_argument as above.
Experiment sweep_experiment(Sweep sweep, const EnsembleOptions& options, std::optional<std::uint32_t> replicates = {}, const std::string& command_line = "");
/// The experiment that a folder of parts, or a sweep's result, belongs to; from it alone.
Experiment experiment_of(const Parts& parts);
/// The one that these texts, of about_of(), tell of. `where` they were found, for messages. Its options are those that a result holds.
Experiment experiment_told(const Identity& about, const std::string& where);
/// `path`: of the result, for messages.
Experiment experiment_of(const StoredSweep& stored, const std::string& path);

/// Points of a sweep: made, or read from its table. Throws ScenarioErrors.
TableDesign points_of(const Sweep& sweep);

} // namespace entente
