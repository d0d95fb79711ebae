// Chains of simulated steps that leave the posterior as it is, given a distance: Markov chain Monte Carlo without a likelihood (Marjoram et al. 2003), each particle its own chain.
#pragma once
#include "ruler.hpp"
#include "simulator.hpp"
#include <array>
#include <atomic>

namespace entente {

struct Rule;

/// Steps are differences of two particles of a fixed set times a factor (ter Braak 2006): as long and wide as the posterior, whatever its shape, and from one mode to another.
inline constexpr std::size_t step_kinds = 5;
using StepCounts = std::array<std::uint64_t, step_kinds>; ///< [kind of step]
using StepOdds = std::array<double, step_kinds>;          ///< cumulative, the last 1

/// What chains work with.
struct Moves {
    std::span<const double> pool;       ///< [particle][parameter]: deviates whose differences are steps; two or more
    std::span<const Rule> rules;        ///< to be kept to
    std::uint64_t seed = 0;             ///< of these moves alone
    std::uint32_t first = 0, moves = 0; ///< numbered
    StepOdds odds{};
    std::uint64_t one_in = 1; ///< runs of which one is remembered
};
/// What chains did.
struct Moved {
    StepCounts tried{}, accepted{};
    std::uint64_t runs = 0, failed = 0;
    Seen seen;         ///< some of the runs, in an order that does not depend on threads
    bool whole = true; ///< false if `stop` became true: what was moved is of no use
};
/// Moves deviates [particle][parameter] and summaries [particle][summary] in place.
Moved move(const Simulator& simulator, std::span<const double> observed, const Moves& moves, std::span<double> deviates, std::span<double> summaries, unsigned threads,
           const std::atomic<bool>* stop);

/// By what was accepted: a kind's odds are its acceptance times the square of its length, none less than a twentieth.
StepOdds odds_of(const StepCounts& tried, const StepCounts& accepted, std::size_t parameters);
/// A number that two numbers come to, as if by chance.
std::uint64_t mixed(std::uint64_t a, std::uint64_t b);

} // namespace entente
