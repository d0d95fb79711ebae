// How a calibration's posterior is sampled: each method from a checkpoint or from nothing to draws of equal weight.
#pragma once
#include "../calibrate/model_simulator.hpp"
#include "../store/posterior.hpp"
#include "calibrate.hpp"
#include "checkpoint.hpp"

namespace entente {

/// Addresses of random numbers, each used for one thing alone.
enum class SeedOf : std::uint64_t { chain = 0x63616C00, resampling, prior, prior_runs, posterior_runs, reach, reach_runs, inversion, around, around_runs, synthetic };
/// Of the calibration's seed, for one use and one chain.
std::uint64_t seed_of(const Calibration& calibration, SeedOf what, std::uint32_t chain = 0);

/// What every method works with.
struct Sampling {
    const Calibration& calibration;
    const Simulator& simulator;       ///< summaries are what is fitted
    std::span<const double> observed; ///< [summary]
    const EnsembleOptions& options;
    const CalibrationListener& listener;
    const std::function<void(const Checkpoint&)>& keep; ///< brings it to the disk
    const std::atomic<bool>* stop;
    bool interrupted() const { return stop != nullptr && stop->load(); }
};
/// What a method leaves.
struct Sampled {
    std::vector<double> draws;                     ///< [chain][draw][parameter]; none if interrupted or failed
    DrawTable stats{};                             ///< of each draw
    std::vector<std::vector<SamplerStep>> steps{}; ///< [chain][generation]
    std::string stopped, failure{};
    std::uint64_t runs = 0;
};
/// Chains of particles, one after the other.
Sampled by_particles(const Sampling& sampling, Checkpoint checkpoint);
/// Chains of synthetic likelihood, which start where ensemble Kalman inversion ends; of summaries reduced to one a parameter, or if robust of one a target, with shifts.
Sampled by_synthetic_likelihood(const Sampling& sampling, Checkpoint checkpoint, bool robust);

/// Draws of the prior, [row][parameter].
std::vector<double> prior_draws(const Calibration& calibration, const Simulator& simulator, std::size_t rows, SeedOf part);
/// One run at each row of parameters, on all threads: [row][summary].
std::vector<double> one_run_each(const Simulator& simulator, const std::vector<double>& parameters, std::uint64_t seed, unsigned threads, const std::atomic<bool>* stop);

} // namespace entente
