// Job scripts for Slurm as texts: an array of shards with the job that merges them, one job by MPI, and what hands them in. What came from a user or a file stands in them in quotes
// for the shell, and in no line that Slurm reads.
#pragma once
#include "allotment.hpp"
#include <string>
#include <vector>

namespace entente::report {

struct JobScript {
    std::string name, text;
};
/// What the jobs are to do, and with what.
struct JobsAsked {
    std::string name;                   ///< of the jobs; what Slurm cannot take of it is left out
    std::string title;                  ///< for comments
    std::string folder;                 ///< where commands are to be run, absolute
    std::string program;                ///< absolute
    std::string mpi_program;            ///< absolute
    std::string launcher;               ///< that builds the latter; "" if it is installed
    std::string command;                ///< run, sweep or calibrate
    std::string file;                   ///< absolute
    std::vector<std::string> arguments; ///< that make it what it is, each a word
    std::string result;                 ///< absolute, ends with .h5
    ClusterAsked cluster;
    std::uint32_t tasks = 1;         ///< shards; one needs no merging
    std::uint64_t stop_before_s = 0; ///< how long before its limit a job is told to stop
    std::uint64_t memory_mb = 0, merge_limit_s = 0;
    std::vector<std::string> directives; ///< more options for every job, as Slurm reads them: "--partition=long"
    bool array = true, mpi = true;       ///< which are asked for
};
/// Throws std::invalid_argument if a directive is none, or neither way is asked for.
std::vector<JobScript> job_scripts(const JobsAsked& asked);

/// Why an option of Slurm's may not stand in a script; "" if it may: it is a long one, of plain signs, and none that the scripts set themselves.
std::string fault_of_directive(const std::string& directive);
/// The same of the name of a partition or an account.
std::string fault_of_slurm_name(const std::string& name);

} // namespace entente::report
