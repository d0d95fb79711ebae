// PAWN (Pianosi & Wagener 2015, 2018): how far an outcome's distribution in slices of an input lies from that over all runs, by the Kolmogorov-Smirnov distance.
#pragma once
#include "slices.hpp"
#include <span>

namespace entente {

struct Pawn {
    double least = 0, mean = 0, median = 0, most = 0; ///< distance over slices, 0 to 1
    /// What the medians of as many dummies as there are inputs stay below in 19 of 20 cases; a dummy is an input of the same slices that does nothing. Below that it cannot be told from one.
    double noise = 0;
    bool is_zero() const { return median <= noise; }
};
/// Rows by rising outcome.
struct OrderedOutcome {
    std::vector<std::uint32_t> order;
    std::vector<bool> ends; ///< [place]: the next one is another value
};
/// Throws std::invalid_argument if a value is no number.
OrderedOutcome ordered(std::span<const double> outcome);
/// Distance of each slice: exact, ties included.
std::vector<double> slice_distances(const Slices& slices, const OrderedOutcome& outcome);
/// `noise` is left at 0: see pawn_noise().
Pawn pawn(const Slices& slices, const OrderedOutcome& outcome);
/// The level that a dummy's median stays below but in .05 / `inputs` of the cases (Khorashadi Zadeh et al. 2017; Bonferroni over the inputs), from 200 dummies, or 20 an input. Slices of the same sizes
/// have the same.
double pawn_noise(const Slices& slices, const OrderedInput& input, const OrderedOutcome& outcome, std::uint64_t seed, std::size_t inputs = 1, unsigned threads = 1);

} // namespace entente
