// What one chain of synthetic likelihood does: steps whose acceptance runs decide, and which a guess has chosen among many where it can.
#pragma once
#include "emulator.hpp"
#include "shifts.hpp"
#include "simulator.hpp"
#include <atomic>
#include <array>

namespace entente {

/// Where a chain is. Its runs are never done again while it stays: else it would have another posterior (Andrieu and Roberts 2009).
struct SyntheticChain {
    std::vector<double> deviates; ///< [parameter]
    RunMoments moments;           ///< of its runs
    std::vector<double> shifts;   ///< [summary], in standard deviations; none unless asked for
    double log_likelihood = 0;
    std::uint32_t unmoved = 0; ///< steps since it last moved
};

/// Moments of so many runs at each point, [point][parameter] deviates, in one batch; none, with 0 runs, of a point of which a run failed. Runs of a point are numbered from its item on.
std::vector<RunMoments> moments_at(const Simulator& simulator, std::span<const double> deviates, std::span<const std::uint32_t> items, std::size_t runs, std::uint64_t seed);
/// Of moments that may be none.
double log_likelihood_of(const RunMoments& moments, std::span<const double> observed, NormalDensity density);

/// What a chain's steps need, and which steps they are.
struct SyntheticSteps {
    std::span<const double> observed;
    std::span<const double> archive;    ///< [state][parameter]
    std::span<const double> deviations; ///< [summary]: units of shifts; none: no shifts
    const Emulator& emulator;           ///< without an intercept: none
    double guessed = 0;                 ///< share of steps that a guess chooses
    std::uint32_t guesses = 0;          ///< tried for one that is run
    std::size_t runs = 0;               ///< of a point
    NormalDensity density = NormalDensity::unbiased;
    std::uint64_t seed = 0;  ///< of the calibration
    std::uint64_t first = 0; ///< number of the first step
    std::uint32_t steps = 0;
    std::uint32_t first_chain = 0; ///< number of the first chain
};
/// What some chains did.
struct SyntheticStepped {
    std::vector<SyntheticChain> chains;
    std::vector<double> deviates, log_likelihoods, shifts; ///< [step][chain] and what each has
    std::array<std::uint64_t, 2> tried{}, accepted{};      ///< of steps that were run: plain, guessed
    std::uint64_t runs = 0, failed = 0;                    ///< failed: points
    EmulatorSums seen;
    std::uint32_t longest_unmoved = 0;
};
/// Of all chains at once; `stop` ends them early.
SyntheticStepped step(const Simulator& simulator, const SyntheticSteps& steps, std::span<const SyntheticChain> chains, const std::atomic<bool>* stop);

} // namespace entente
