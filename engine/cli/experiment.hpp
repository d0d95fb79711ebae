// What `run`, `sweep`, `merge` and `replay` have in common: an experiment, its parts on disk and its result.
#pragma once
#include "../analysis/precision.hpp"
#include "../analysis/quantity.hpp"
#include "../design/design.hpp"
#include "../store/sweep_file.hpp"
#include "command.hpp"
#include <functional>
#include <optional>

namespace entente::cli {

/// Runs that belong together. A plain run is a sweep without factors and policies whose every variable is summarised.
struct Experiment {
    Provenance provenance;
    EnsembleOptions options;
    std::vector<std::string> policy_names;
    Plan plan;
    std::vector<Quantity> outcomes; ///< that are kept of each run
    std::optional<Sweep> sweep;     ///< none: a plain run
    Design design;
    struct Stop {
        std::size_t outcome;
        double half_width;
        bool difference; ///< of every policy to the first
    };
    std::vector<Stop> stops;
    std::uint32_t least = 256; ///< replicates before a stop
    std::string stopped;       ///< how well the outcomes of the stops are known at the end

    const Scenario& scenario() const { return plan.policies[0]; }
};

/// Reads a scenario. `stops`: as --stop has them, "EXPR within HALF_WIDTH". Throws UsageError and ScenarioErrors.
Experiment plain_experiment(const std::string& file, const Overlay& overlay, const EnsembleOptions& options, const std::vector<std::string>& stops, const std::string& command_line);
/// Reads a sweep with its scenario and its table of points.
/// `replicates`: instead of the file's.
Experiment sweep_experiment(const std::string& file, const Overlay& overlay, const EnsembleOptions& options, std::optional<std::uint32_t> replicates, const std::string& command_line);
/// The experiment that a folder of parts, or a sweep's result, belongs to.
Experiment experiment_of(const Parts& parts);
Experiment experiment_of(const StoredSweep& stored, const std::string& path);
/// Each policy's scenario as one TOML text, from what a sweep's provenance says is resolved.
std::vector<std::string> policies_in(const std::string& resolved);
/// What tells experiments apart, and what a folder of parts keeps beside it to be put together without the user's files.
Identity identity_of(const Experiment& experiment);
Identity about_of(const Experiment& experiment);
/// Points of a sweep: made, or read from its table. Notes go to stderr.
Design points_of(const Sweep& sweep);
/// What is wrong with a date that is asked for; empty if nothing is.
std::string fault_of_date(const Quantity& quantity, int start, int horizon);
/// Quantities at their places in a file. Throws ScenarioErrors with everything that is wrong with any of them, a date beyond the horizon, or of an event before start, too.
std::vector<Quantity> quantities_of(const std::vector<Asked>& asked, int start, int horizon);

/// --resume, --force, --shard, --out.
boost::program_options::options_description experiment_options();
struct Ordered {
    std::string out;
    std::uint32_t shard = 1, shards = 1;
    bool resume = false, force = false;
};
/// Throws UsageError if something else than a result is in the place of the result.
Ordered ordered_from(const boost::program_options::variables_map& given, const std::string& name);

/// Whether a file holds all the runs that were asked for.
bool is_whole_result(const std::string& path);
/// Of a result that is there already: says so on stderr, and removes what a killed program left of its parts.
void nothing_to_simulate(const Ordered& ordered);
/// Throws UsageError if what is in a result's place is something else than a result.
void throw_if_no_result_to_replace(const std::string& path);
/// Throws UsageError if a table may not be written there: something is there that is not to be replaced, or a result, which never is.
void throw_if_text_is_kept_from(const std::string& option, const std::string& path, bool force);
/// The folder of parts beside a result.
std::string parts_folder(const Ordered& ordered);
/// Simulates what is missing, keeping every finished piece on disk, and consolidates the result; a shard is left as parts. Returns the path of what was
/// written, and whether it is all that was asked for.
struct Done {
    std::string path;
    bool complete = true, shard = false;
    std::uint64_t runs = 0, all = 0;
    std::string stopped{};                ///< see Experiment
    std::optional<StoredResult> result{}; ///< of a plain run: what the file holds
};
Done carry_out(Experiment& experiment, const Ordered& ordered);
/// Prints a result by `print` unless it is a shard or nothing, says on stderr how to go on, and returns the exit code.
int tell(const Done& finished, const std::function<void()>& print);
/// Puts parts of one experiment together. Throws UsageError that names gaps, overlaps and mixed experiments.
Done merge_parts(const std::vector<std::string>& folders, const std::string& out);

/// What was asked of a sweep, as a table or JSON; from a result, or from the pieces finished so far.
void print_sweep(const StoredSweep& sweep, const std::string& path, bool json);
void print_parts(const Parts& parts, const Experiment& experiment, bool json);
/// How what lies in a folder comes to a result.
std::string way_on(const Shard& shard, bool finished);
/// Of all pieces of a shard.
std::uint64_t runs_in(const Plan& plan, const Shard& shard);

} // namespace entente::cli
