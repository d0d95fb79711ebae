// How fast this program is on this machine, and how much of it could not be otherwise. Machines are noisy: everything is measured several times
// in turn, the best time of each counts, and only ratios mean something.
#pragma once
#include "../core/calls.hpp"
#include "../scenario/scenario.hpp"
#include <functional>
#include <string>
#include <vector>

namespace entente {

struct BenchOptions {
    std::uint32_t runs = 1024; ///< of each measurement
    unsigned rounds = 5;       ///< measurements of each thing
    unsigned threads = 0;      ///< of the whole job, besides one; 0: all cores
};

/// How fast each kernel is, and where its time goes.
struct Benchmark {
    /// One kernel on one core: the model alone, with outcomes and events in memory, and nothing summarised or written.
    struct KernelSpeed {
        std::string precision, isa;
        int width;
        double futures_per_s, ns_per_agent_step;
        double to_floor;    ///< its time over that of its calls alone
        double to_one_lane; ///< its futures per second over those of the same source at one lane, or the fewest that this program has
    };
    /// The whole job: parameters drawn, every variable summarised, outcomes written to a file.
    struct JobSpeed {
        std::string precision;
        unsigned threads;
        double futures_per_s;
        double to_one_thread; ///< its futures per second over those of one thread
    };
    /// A part of the model's time.
    struct Part {
        std::string name;
        double share; ///< of the time of the model alone, recording included
    };
    std::string machine;
    std::uint32_t agents = 0, quarters = 0, runs = 0;
    Calls calls; ///< of one future in one quarter, on average
    std::vector<KernelSpeed> kernels;
    std::vector<JobSpeed> jobs;
    std::vector<Part> parts;  ///< of the widest kernel in double precision: mechanisms, stepper, recording
    double summaries_add = 0; ///< what drawing parameters and summaries add to a future's time in the model alone: double precision, one thread
    double file_adds = 0;     ///< what the file adds besides; what it costs once is in one_future_s
    double random_share = 0;  ///< the draws alone, over the time of the same kernel
    double ordinary_ns = 0;   ///< firms and banks as they are usually written: ns an agent and quarter
    double lanes_ns = 0;      ///< the same agents in the widest kernel
    double overhead_us = 0;   ///< what a sweep's run costs besides the model: plan, job, part on disk; on one thread
    double one_future_s = 0;  ///< the whole command for one future, process and file included
};

/// `program`: this program's path, run as a user would for the cost of one future. `progress` gets the share done.
/// Throws what the ensemble and the store throw.
Benchmark measure(const Scenario& scenario, const BenchOptions& options, const std::string& scenario_path, const std::string& program, const std::function<void(double)>& progress);

} // namespace entente
