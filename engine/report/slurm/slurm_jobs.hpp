// What `slurm` says of the jobs that it wrote: what to type, what fits, how long it takes, what it needs.
#pragma once
#include "allotment.hpp"
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace entente::report {

struct SlurmJobs {
    std::string folder, file, command, result; ///< as they were given
    std::vector<std::string> scripts;
    ClusterAsked cluster;
    WorkAsked work;
    Allotment allotment;
    bool array = true, mpi = true;
    std::string why_no_array; ///< "" if there is one, or none was asked for
    bool cores_given = false, rate_given = false;
    unsigned measured_threads = 0;
    double measured_s = 0, measured_rate = 0; ///< runs a second and core, here
    std::uint64_t memory_mb = 0, merge_limit_s = 0, runs_beside = 0;
    double merge_s = 0; ///< that putting the result together is expected to take
    double parts_bytes = 0;
    std::uint32_t replicates = 0; ///< of a sweep
};
std::string text_of(const SlurmJobs& jobs);
nlohmann::ordered_json json_of(const SlurmJobs& jobs);
/// Why the runs do not fit, and what would do.
std::string refusal_of(const SlurmJobs& jobs);

} // namespace entente::report
