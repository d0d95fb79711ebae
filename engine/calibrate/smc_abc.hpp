// The posterior of a simulator's parameters by approximate Bayesian computation: particles that are moved, by chains of simulated steps, into ever smaller distances from what was observed
// (resample-move, Del Moral, Doucet and Jasra 2012; Drovandi and Pettitt 2011), without the importance weights that fail beyond a few parameters. Distances adapt to the region
// reached, and what was near by one stays near by the next (Prangle 2017).
#pragma once
#include "ruler.hpp"
#include "simulator.hpp"
#include <atomic>
#include <cstddef>
#include <optional>

namespace entente {

struct SmcSettings {
    std::uint64_t seed = 1;
    std::size_t particles = 2000;         ///< for d parameters better max(2000, 100 d)
    std::size_t pilot = 10;               ///< prior runs a particle from which the first generation is taken
    double kept = 0.5;                    ///< share of particles that a new tolerance keeps, in (0, 1)
    std::optional<Reduction> reduction{}; ///< of the summaries; if not given then ruler_of() picks one for each generation
    std::vector<double> deviations{}; ///< [summary]: of observation, simulator and what the model leaves out. If given, runs are ruled out at once where all but one of the summaries are not within three of them.
    std::size_t remembered = 20000;   ///< runs of a generation from which its ruler is made
    std::uint32_t most_moves = 10000; ///< that a particle may try in a generation
    double least_acceptance = 0.002;  ///< of moves: the generation that falls below is the last
    /// Two generations that move by less are enough, in standard deviations that parameters have by then (Wasserstein distance, mean over parameters), not in the prior's: of what the data say
    /// much about, .02 of the prior's may be all of the posterior. Two sets of draws of the same posterior are 1.5 / sqrt(particles) apart by chance. 0: never, as the moments of a posterior
    /// may stand still long before its finer shape is found.
    double settled = 0;
    double least_tolerance = 0; ///< in units of the ruler
    std::uint64_t most_runs = 100'000'000;
    std::uint32_t most_generations = 1000;
    unsigned threads = 0; ///< 0: as many as the machine has; results do not depend on it
};

enum class Stopped : std::uint8_t {
    not_yet,
    tolerance,         ///< it is as small as asked for, or cannot fall: all particles are equally near
    settled,           ///< particles no longer move from generation to generation
    acceptance,        ///< so few moves are accepted that smaller tolerances cost too much
    budget,            ///< another generation would take more runs than there are
    generations,       ///< as many as asked for
    nothing_near,      ///< failure: no prior run is finite, or what was observed rules all of them out
    stuck,             ///< failure: hardly a move was accepted; particles are those of the generation before
    too_few_particles, ///< failure: less than a quarter of the particles are different, or they are worth less than a tenth
};
/// Whether a chain ended without a posterior.
constexpr bool failed(Stopped s) { return s >= Stopped::nothing_near; }
/// In words.
std::string to_text(Stopped stopped);

/// What a generation of particles came to.
struct Generation {
    double tolerance = 0;        ///< in units of its own ruler
    double tolerance_before = 0; ///< the same particles' in units of the ruler of the generation before; 0 for the first
    double acceptance = 0;       ///< of moves
    std::uint32_t moves = 0;     ///< a particle
    std::size_t unique = 0;      ///< particles that are different
    double effective = 0;        ///< how many independent ones they are worth, weighted as the posterior is
    double moved = 0;            ///< since the generation before; see `settled`
    std::uint64_t runs = 0, failed_runs = 0;
};

/// What is near enough: distance at most `tolerance`.
struct Rule {
    Ruler ruler;
    double tolerance = 0;
};

/// All that a calibration has reached: a plain value, from which it goes on exactly.
struct SmcState {
    std::vector<double> deviates;  ///< [particle][parameter], see prior.hpp
    std::vector<double> summaries; ///< [particle][summary]
    std::vector<Rule> rules;       ///< that all particles keep to, the newest last
    Ruler next;                    ///< of the generation to come
    std::vector<Generation> generations;
    std::uint64_t runs = 0, failed_runs = 0;
    std::uint64_t budget = 0; ///< runs that were allowed; 0 before the first generation
    Stopped stopped = Stopped::not_yet;
};

/// Prior runs, on a scrambled Sobol sequence. Throws std::invalid_argument if shapes do not fit or a setting makes no sense. Nothing if `stop` became true.
std::optional<SmcState> begin_smc(const Simulator& simulator, std::span<const double> observed, const SmcSettings& settings, const std::atomic<bool>* stop = nullptr);
/// One generation more, of a state that has not stopped. Nothing if `stop` became true: what was begun is done again from the state that there was.
std::optional<SmcState> next_generation(const Simulator& simulator, std::span<const double> observed, const SmcSettings& settings, const SmcState& state, const std::atomic<bool>* stop = nullptr);

/// Who wants to know: called after each generation, from the thread that calls; the state is whole and may be stored.
using SmcListener = std::function<void(const SmcState&)>;
/// From the prior, or from a stored state, until it stops by itself or `stop` becomes true: then the last whole state, not stopped.
SmcState smc_abc(const Simulator& simulator, std::span<const double> observed, const SmcSettings& settings, SmcState from = {}, const SmcListener& listener = {},
                 const std::atomic<bool>* stop = nullptr);

/// Draws, in the parameters' own units: [draw][parameter].
struct SmcPosterior {
    std::vector<double> raw;      ///< particles, equally weighted
    std::vector<double> adjusted; ///< by regression, each with its weight
    std::vector<double> weights;  ///< [draw]
};
/// Of the last generation. Adjusted are deviates, so that no value leaves its prior's range; those of a table stay, being one or another.
/// How much is adjusted is a matter of cross-validation: of a summary that tells nothing about a parameter, nothing.
SmcPosterior posterior_of(const Simulator& simulator, std::span<const double> observed, const SmcState& state);

} // namespace entente
