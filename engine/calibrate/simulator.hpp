// What is calibrated: any simulator, as a callable that turns parameters into summaries, in batches. Calibration knows nothing else of a model.
#pragma once
#include "prior.hpp"
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace entente {

/// A batch. Run i has the parameters and the random numbers of its own row alone: those addressed by (seed, replicate), such as the model's, or uniforms_at(seed, "name", replicate).
/// An address occurs once in a calibration, whatever the number of threads.
struct Batch {
    std::uint64_t seed = 0;                    ///< the same for all runs of a batch
    std::span<const std::uint32_t> replicates; ///< [run]
    std::span<const double> parameters;        ///< [run][parameter], in their own units
    std::span<double> summaries;               ///< [run][summary], to be written; of a run that failed one that is not finite: its parameters are then refused
    std::size_t size() const { return replicates.size(); }
};

/// Parameters with their priors, names of summaries, and what makes the one of the other.
struct Simulator {
    std::vector<Parameter> parameters;
    std::vector<std::string> summaries; ///< names. Observation error belongs into the simulation: what is observed is compared as it stands.
    /// Called by several threads at once, with batches of any size. A run's summaries may depend on its parameters and its address only, never on its place in a batch, on earlier calls
    /// or on the thread: then a calibration has the same bits on any number of threads, and goes on exactly where it was left. What it throws ends the calibration.
    std::function<void(const Batch&)> run;
};

} // namespace entente
