// A calibration carried out: chains of particles one after the other, each whole generation on disk, then the posterior with what it predicts.
#pragma once
#include "../calibrate/calibration.hpp"
#include "../store/posterior.hpp"
#include <atomic>
#include <functional>

namespace entente {

/// After a generation.
struct CalibrationProgress {
    std::uint32_t chain = 0, chains = 0; ///< at work, from 1
    std::size_t generation = 0;
    Generation last;
    std::uint32_t particles = 0;
    double left = 0; ///< of all the work, in units of what is done: a guess from how fast acceptance falls
};
struct CalibrationListener {
    std::function<void(const CalibrationProgress&)> progress{};
    std::function<void(std::size_t generations)> resumed{}; ///< with so many that were on disk
};

/// Where a posterior is to go.
struct PosteriorPlace {
    std::string out;
    bool resume = false; ///< go on with what an interrupted calibration has left
    bool force = false;  ///< replace another posterior, or begin anew
};
/// Beside the posterior, while it is not there.
std::string checkpoint_of(const PosteriorPlace& place);

struct Calibrated {
    Posterior posterior;    ///< if it is whole
    bool complete = false;  ///< false: interrupted; the checkpoint holds what is done
    bool found = false;     ///< it was there already, and nothing was simulated
    std::string failure{};  ///< why there is no posterior, if a chain failed
    std::uint64_t runs = 0; ///< simulated by all chains so far
};

/// Throws Refused if something else is in the place. The bits do not depend on threads, nor on how often it was interrupted.
Calibrated calibrate(const Calibration& calibration, const EnsembleOptions& options, const PosteriorPlace& place, const CalibrationListener& listener = {},
                     const std::atomic<bool>* stop = nullptr);

/// A chain's settings: its own seed, and what rules out the hopeless at once.
SmcSettings chain_settings(const Calibration& calibration, std::uint32_t chain, const EnsembleOptions& options);
/// Draws of equal weight, [draw][parameter]: systematic resampling of a chain's adjusted particles.
std::vector<double> equal_draws(const SmcPosterior& posterior, std::size_t parameters, std::size_t draws, std::uint64_t seed);

} // namespace entente
