// How many runs fit into what a cluster is asked for: arithmetic of pieces, cores and time limits.
#pragma once
#include <cstdint>
#include <optional>

namespace entente::report {

struct ClusterAsked {
    std::uint32_t nodes = 1, cores = 1; ///< cores of each node
    std::uint64_t limit_s = 0;          ///< of one job, from its start
    std::uint32_t goes = 1;             ///< how often a job may be started: stopped at its limit, it queues again and goes on
};
inline constexpr std::uint32_t most_nodes = 100'000, most_cores = 4096, most_goes = 1000;
inline constexpr std::uint64_t least_limit_s = 300;

/// So long before its end a job is told to stop: a while for Slurm to tell it, and time to finish the pieces at work twice over.
std::uint64_t stop_before_s(std::uint64_t limit_s, double piece_s);
/// What is left of a go for runs: Slurm may give its signal a minute early, and the start takes a while.
std::uint64_t usable_s(std::uint64_t limit_s, double piece_s);

/// Runs are handed out in pieces; a node makes as many at a time as it has cores.
struct WorkAsked {
    std::optional<std::uint64_t> runs; ///< none: nobody knows how many it takes
    std::uint64_t pieces = 0;          ///< of those runs
    std::uint32_t runs_a_piece = 1;
    double runs_per_s_core = 1; ///< above 0
    double piece_s() const { return runs_a_piece / runs_per_s_core; }
};
/// Whether the runs fit, and what would do.
struct Allotment {
    bool fits = true;
    std::uint64_t most_runs = 0;        ///< that fit
    std::uint64_t seconds = 0;          ///< of runs on the node that has most of them; 0: not known
    double core_hours = 0;              ///< of the runs alone
    std::uint32_t tasks = 1;            ///< shards: as many as nodes, unless there are fewer pieces
    std::optional<std::uint64_t> nodes; ///< that would do, with these cores, limit and goes; none: no number does
    std::uint64_t limit_s = 0;          ///< that would do on these nodes in so many goes, in whole minutes
    std::optional<std::uint64_t> goes;  ///< that would do with these nodes and this limit; none: no number does
};
/// Throws std::invalid_argument if there are no nodes, cores, goes or rate, or the limit is below the least.
Allotment allotment_of(const ClusterAsked& cluster, const WorkAsked& work);

/// Megabytes that a job needs on a node, half as much again to be safe, in steps of 256 and no less than 1024: of a program that took `taken_mb` with so many threads.
std::uint64_t memory_mb(double taken_mb, std::uint32_t threads, std::uint32_t cores);
/// How long one process is expected to take for the result, once all runs are there: its extra runs, and the reading of all others.
double merge_s(std::uint64_t runs, std::uint64_t runs_beside, double runs_per_s_core, std::uint32_t cores);
/// Limit of the job that merges: ten minutes, and twice as long as that.
std::uint64_t merge_limit_s(double seconds);

} // namespace entente::report
