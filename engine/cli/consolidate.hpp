// From parts to a result file.
#pragma once
#include "summaries.hpp"

namespace entente::cli {

/// Where the pieces of an experiment lie: in one folder, or in those of several shards.
using Folders = std::vector<const Parts*>;
/// A plain run's result file, of so many runs; what is missing is left out. With stops, the experiment becomes one of this length.
Done consolidate_run(Experiment& e, const Folders& folders, Summaries& summaries, std::uint32_t runs, const std::string& path, double duration_s);
/// Of a plain run that is not finished: what its folder has summed up.
Summary summary_so_far(const Experiment& e, const Parts& parts, Summaries& summaries);
/// A sweep's, of so many replicates.
Done consolidate_sweep(Experiment& e, const Folders& folders, std::uint32_t replicates, const std::string& path, double duration_s);
/// Pieces that hold the first replicates.
inline std::uint64_t pieces_for(const Plan& plan, std::uint64_t replicates) { return (replicates * plan.points + block_runs - 1) / block_runs * plan.policies.size(); }

} // namespace entente::cli
