// A scenario's runs on all cores. Finished blocks go to a sink that the caller gives; this room knows no file. Nothing here depends on the number
// of threads: blocks are cut by run number, sums are integers.
#pragma once
#include "plan.hpp"
#include <atomic>
#include <functional>

namespace entente {

inline constexpr std::uint32_t attribution_runs = 10000; ///< the first runs, from which the spread is attributed
inline constexpr double quantile_levels[] = {0.01, 0.025, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.975, 0.99};
inline constexpr std::size_t quantile_count = std::size(quantile_levels);

/// What an ensemble came to, whatever was kept. V variables (owned, then derived), Q quarters, E events.
struct Summary {
    std::uint32_t runs = 0, quarters = 0, start = 0;
    std::vector<std::uint32_t> code_count;     ///< [quarter][32]: runs by outcome code
    std::vector<std::uint32_t> event_count;    ///< [event][quarter]: runs that see it first then
    std::vector<double> mean, sd, least, most; ///< [variable][quarter]; exact but for the last step
    std::vector<float> quantile;               ///< [level][variable][quarter], from histograms of 256 bins (fewer below 32 runs) over the variable's range
    std::uint32_t failed = 0;                  ///< runs that failed: a value that is no number or far outside its range; they are left out of the sums
    /// Where a run failed.
    struct Failure {
        std::uint32_t run;
        std::int16_t quarter, variable;
        float value;
    };
    std::vector<Failure> failures; ///< by run number, the first 1,000
    /// Of the variance of the alignment index over runs at the report date (2045Q1, or the horizon if earlier): shares explained by the drawn
    /// parameters (adjusted R2 of a linear regression, a lower bound) and by mixed structures (adjusted R2 of their indicators, added last).
    double by_parameters = 0, by_structures = 0, variance = 0;
    std::int32_t attribution_quarter = 0;
    std::uint32_t attribution_used = 0; ///< runs in that regression; 0: nothing varied or too few runs
};

/// A finished block: runs first_run .. first_run + job.runs() - 1.
struct FinishedBlock {
    std::uint32_t first_run;
    const Job& job;
    const BlockResult& result;
};
/// How far an ensemble is.
struct Progress {
    std::uint64_t done, all; ///< runs
};

/// Works through pieces of a plan on options.threads threads. `sink` is called for each finished piece by the thread that worked on it, its number first,
/// so by several at once; what it throws ends the work and is thrown again. When `stop` becomes true, running pieces are finished.
void run_pieces(const Plan& plan, std::span<const std::uint64_t> pieces, const EnsembleOptions& options, const std::function<void(unsigned thread, const FinishedPiece&)>& sink,
                const std::atomic<bool>* stop = nullptr);
/// The same for who counts: after `sink`, which may be empty, `one` is called by one thread at a time, with the runs that are done by then. Returns how many they are in the end.
std::uint64_t count_pieces(const Plan& plan, std::span<const std::uint64_t> pieces, const EnsembleOptions& options, const std::function<void(unsigned thread, const FinishedPiece&)>& sink,
                           const std::function<void(const FinishedPiece&, std::uint64_t done)>& one, const std::atomic<bool>* stop = nullptr);

/// Who counts pieces of a plan: this machine's threads, or others that give the same pieces to `one` in the same way. They have no sink.
using PieceWorkers = std::function<std::uint64_t(const Plan& plan, std::span<const std::uint64_t> pieces, const EnsembleOptions& options,
                                                 const std::function<void(const FinishedPiece&, std::uint64_t done)>& one, const std::atomic<bool>* stop)>;
/// count_pieces() on threads.
PieceWorkers on_threads();

/// Runs a scenario. `sink` is called for each finished block, one at a time, in any order; what it throws ends the ensemble and is thrown again.
/// `progress` is called after each block. When `stop` becomes true, running blocks are finished and the summary covers those alone.
Summary run_ensemble(const Scenario& scenario, const EnsembleOptions& options, const std::function<void(const FinishedBlock&)>& sink = {},
                     const std::function<void(Progress)>& progress = {}, const std::atomic<bool>* stop = nullptr);

} // namespace entente
