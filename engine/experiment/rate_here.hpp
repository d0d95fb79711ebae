// How fast this machine makes an experiment's runs, and what they take: a second or two of it on all cores.
#pragma once
#include "../calibrate/calibration.hpp"
#include "experiment.hpp"
#include <atomic>

namespace entente {

struct RateHere {
    double runs_per_s_core = 0; ///< runs in a second of a processor's time, with all threads at work: what others do on this machine meanwhile does not count
    unsigned threads = 0;
    double seconds = 0;       ///< it was measured for
    double bytes_a_run = 0;   ///< of parts on disk; 0: none are kept of each
    double bytes_a_shard = 0; ///< besides
    double memory_mb = 0;     ///< of the whole program at most, so far
};
/// So many replicates that no machine is done with them; of a sweep as many as can be numbered.
std::uint32_t endless_replicates(const Experiment& experiment);
/// Makes runs of an endless experiment in a temporary folder, for `seconds` and until each thread has made several pieces. Its stops are not asked. Throws what carry_out() throws, and
/// std::runtime_error if it has too few runs to be measured.
RateHere rate_here(Experiment experiment, double seconds);
/// Runs of a calibration: priors drawn, what would be observed; without the sampler.
RateHere rate_here(const Calibration& calibration, const EnsembleOptions& options, double seconds);

} // namespace entente
