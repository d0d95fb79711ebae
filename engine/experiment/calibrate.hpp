// A calibration carried out: sampled by its method, each whole generation on disk, then the posterior with what it predicts.
#pragma once
#include "../calibrate/calibration.hpp"
#include "../store/posterior.hpp"
#include <atomic>
#include <functional>

namespace entente {

class Ranks;

/// After a generation of particles, or ten steps of chains.
struct CalibrationProgress {
    std::uint32_t chain = 0, chains = 0; ///< at work, from 1; 0: all of them at once
    std::size_t step = 0;                ///< generation of the chain, or steps of each
    double tolerance = 0;                ///< of particles
    double acceptance = 0;
    double effective = 0; ///< independent draws: of the chain's particles, or the least of all parameters
    double rhat = 0;      ///< the worst; 0: of particles, or not yet looked at
    double left = 0;      ///< of all the work, in units of what is done: a guess
};
/// Who wants to know how far it is.
struct CalibrationListener {
    std::function<void(const CalibrationProgress&)> progress{};
    std::function<void(std::size_t steps)> resumed{}; ///< with so many generations or steps that were on disk
};

/// Where a posterior is to go.
struct PosteriorPlace {
    std::string out;
    bool resume = false; ///< go on with what an interrupted calibration has left
    bool force = false;  ///< replace another posterior, or begin anew
};
/// Beside the posterior, while it is not there.
std::string checkpoint_of(const PosteriorPlace& place);

/// What became of a calibration.
struct Calibrated {
    Posterior posterior;    ///< if it is whole
    bool complete = false;  ///< false: interrupted; the checkpoint holds what is done
    bool found = false;     ///< it was there already, and nothing was simulated
    std::string failure{};  ///< why there is no posterior, if a chain failed
    std::uint64_t runs = 0; ///< simulated by all chains so far
};

/// Throws Refused if something else is in the place. The bits do not depend on threads or `ranks`, nor on how often it was interrupted.
Calibrated calibrate(const Calibration& calibration, const EnsembleOptions& options, const PosteriorPlace& place, const CalibrationListener& listener = {},
                     const std::atomic<bool>* stop = nullptr, Ranks* ranks = nullptr);

/// A chain's settings: its own seed, and what rules out the hopeless at once.
SmcSettings chain_settings(const Calibration& calibration, std::uint32_t chain, const EnsembleOptions& options);
/// Draws of equal weight, [draw][parameter]: systematic resampling of a chain's adjusted particles.
std::vector<double> equal_draws(const SmcPosterior& posterior, std::size_t parameters, std::size_t draws, std::uint64_t seed);

} // namespace entente
