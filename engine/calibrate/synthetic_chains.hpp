// The posterior of a simulator's parameters by synthetic likelihood: chains that step by where they have been, and by the likelihood of what was observed as some runs at each point tell it
// (Wood 2010; Price, Drovandi, Lee and Nott 2018; ter Braak and Vrugt 2008). No tolerance, but summaries that are near normal. With shifts it bears a target that the model cannot meet,
// and names it (Frazier and Drovandi 2021).
#pragma once
#include "synthetic_steps.hpp"
#include <functional>
#include <optional>

namespace entente {

struct SyntheticSettings {
    std::uint64_t seed = 1;
    std::size_t chains = 12;
    std::size_t runs = 0; ///< of a point; 0: as many as keep the noise of the log likelihood between 1 and 1.7, four a summary or more
    NormalDensity density = NormalDensity::unbiased;
    bool shifts = false;                      ///< of summaries: see shifts.hpp
    std::uint32_t guesses = 100;              ///< steps by a guess for one that is run; 0: each step is run
    std::uint32_t settling = 100;             ///< steps after which the noise is measured, where chains then are; a multiple of ten
    double most_rhat = 1.01, least_ess = 400; ///< of each parameter and the log likelihood, in the later half of the steps: enough
    std::uint64_t most_runs = 10'000'000;
    unsigned threads = 0; ///< 0: as many as the machine has; results do not depend on it
};

enum class SyntheticStopped : std::uint8_t {
    not_yet,
    converged,      ///< chains agree, and are long enough
    budget,         ///< more steps would take more runs than there are
    nothing_finite, ///< failure: no start has a likelihood
    too_noisy,      ///< failure: so many runs a point as may be do not tell the likelihood well enough
    stuck,          ///< failure: no chain has moved for long
};
/// Whether chains ended without a posterior.
constexpr bool failed(SyntheticStopped s) { return s >= SyntheticStopped::nothing_finite; }
/// In words.
std::string to_text(SyntheticStopped stopped);

/// What was found where chains had settled.
struct SyntheticPilot {
    double noise = 0;         ///< standard deviation of the log likelihood from set to set of runs: median over chains
    double skewness_p = 1;    ///< that normal summaries are as skewed (Mardia 1970): small, and a likelihood as if they were normal is in doubt
    std::size_t measured = 0; ///< sets of runs at each chain
};

/// All that chains have reached: a plain value, from which they go on exactly.
struct SyntheticState {
    std::vector<SyntheticChain> chains;
    std::vector<double> archive;    ///< [state][parameter]: the starts, then every tenth of all chains
    std::vector<double> deviations; ///< [summary]: of a run, in which shifts are; none without them
    std::size_t runs_a_point = 0;
    std::optional<SyntheticPilot> pilot;                   ///< once chains have settled
    std::vector<double> deviates, log_likelihoods, shifts; ///< [step][chain] and what each has
    EmulatorSums seen;
    std::array<std::uint64_t, 2> tried{}, accepted{}; ///< of steps that were run: plain, guessed
    std::uint64_t steps = 0, next_look = 0;           ///< when convergence is looked at again
    std::uint64_t runs = 0, failed_points = 0;
    std::uint32_t longest_unmoved = 0; ///< steps that a chain stood still, since chains had settled; above 200 the noise is too large
    double rhat = 0, ess = 0;          ///< the worst when last looked at
    SyntheticStopped stopped = SyntheticStopped::not_yet;
};

/// Starts: deviates, [start][parameter], such as particles or members of an ensemble; at least one a chain, better ten a parameter: the first steps are differences of them. None: from the
/// prior. Throws std::invalid_argument if shapes do not fit or a setting makes no sense. Nothing if `stop` became true.
std::optional<SyntheticState> begin_synthetic(const Simulator& simulator, std::span<const double> observed, const SyntheticSettings& settings, std::span<const double> starts = {},
                                              const std::atomic<bool>* stop = nullptr);
/// Ten steps more of every chain. Throws std::invalid_argument if the state has stopped. Nothing if `stop` became true: what was begun is done again from the state that there was.
std::optional<SyntheticState> next_steps(const Simulator& simulator, std::span<const double> observed, const SyntheticSettings& settings, SyntheticState state,
                                         const std::atomic<bool>* stop = nullptr);

/// Who wants to know: called after every ten steps, from the thread that calls; the state is whole and may be stored.
using SyntheticListener = std::function<void(const SyntheticState&)>;
/// From a state that was begun or stored, until it stops by itself or `stop` becomes true: then the last whole state, not stopped.
SyntheticState synthetic_chains(const Simulator& simulator, std::span<const double> observed, const SyntheticSettings& settings, SyntheticState from,
                                const SyntheticListener& listener = {}, const std::atomic<bool>* stop = nullptr);

/// Of the later half of the steps.
struct SyntheticPosterior {
    std::size_t chains = 0;
    std::vector<double> draws;           ///< [chain][draw][parameter], in the parameters' own units
    std::vector<double> log_likelihoods; ///< [chain][draw]
    std::vector<double> shifts;          ///< [chain][draw][summary]
};
/// From what chains have kept.
SyntheticPosterior posterior_of(const Simulator& simulator, const SyntheticState& state);

} // namespace entente
