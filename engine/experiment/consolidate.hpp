// From parts to a result file.
#pragma once
#include "carry_out.hpp"
#include "summaries.hpp"

namespace entente {

/// Where the pieces of an experiment lie: in one folder, or in those of several shards.
using Folders = std::vector<const Parts*>;
/// The folder that has a piece; nullptr if none does.
const Parts* holder(const Folders& folders, std::uint64_t piece);
/// Replicates up to the last finished piece: those beyond are not looked for, however many were asked for.
std::uint32_t replicates_begun(const Plan& plan, const Folders& folders);
/// Hears of runs that are put together, first of none, and says whether to go on.
using GoesOn = std::function<bool(Progress)>;
/// Tells a listener, until `stop` becomes true. Both must outlive it.
GoesOn until_stopped(const Listener& listener, const std::atomic<bool>* stop);
/// A plain run's result file. Nothing, and no file, if it does not go on. `runs`: how many it is to have, fewer than asked for if it stopped by precision, as `stop` tells. What is missing is left out.
std::optional<Done> consolidate_run(const Experiment& experiment, const Folders& folders, Summaries& summaries, std::uint32_t runs, const std::string& path, double duration_s,
                                    const GoesOn& goes_on, const std::optional<StopReport>& stop = {}, const Beside& beside = {});
/// What stands beside the shares of a plain run's answer, at its report dates. Nothing if it was stopped.
std::optional<Beside> beside_of(const Scenario& scenario, const BesideSizes& sizes, const EnsembleOptions& options, const std::function<void(Progress)>& progress = {},
                                const std::atomic<bool>* stop = nullptr, const PieceWorkers& workers = on_threads());
/// Of a plain run that is not finished: what its folder has summed up.
Summary summary_so_far(const Experiment& experiment, const Parts& parts, Summaries& summaries);
/// A sweep's, of so many replicates, or as many as are begun; nothing is written if none is.
std::optional<Done> consolidate_sweep(const Experiment& experiment, const Folders& folders, std::uint32_t replicates, const std::string& path, double duration_s,
                                      const GoesOn& goes_on, const std::optional<StopReport>& stop = {});
/// How many pieces hold the first replicates.
inline std::uint64_t pieces_for(const Plan& plan, std::uint64_t replicates) { return (replicates * plan.points + block_runs - 1) / block_runs * plan.policies.size(); }

} // namespace entente
