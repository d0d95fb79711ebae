// Borgonovo's (2007) delta: half the mean distance between an outcome's density with an input known and without, estimated from runs as they are (Plischke, Borgonovo & Smith 2013).
#pragma once
#include "index.hpp"
#include "resampling.hpp"
#include "slices.hpp"
#include <span>

namespace entente {

struct Delta {
    Index index;      ///< without the bias that the bootstrap sees: twice the estimate less the mean of resamples (Plischke et al. 2013, eq. 30); not below 0
    double raw = 0;   ///< the estimate itself, which is too large where little is there to be seen
    double noise = 0; ///< what the raw estimates of as many dummies as there are inputs stay below in 19 of 20 cases
    bool is_zero() const { return raw <= noise; }
};
/// Slices for so many rows: Plischke et al. (2013), at most 48.
std::uint32_t delta_slices(std::size_t rows);
/// An outcome made ready: values of up to 20 kinds are taken as they are, others as densities on a grid of 128 by Gaussian kernels, each of Silverman's width for the rows it is made of.
struct DeltaOutcome {
    std::vector<std::uint16_t> cell; ///< [row]: the value's number, or the grid point below it
    std::vector<float> above;        ///< [row]: its share that goes to the next grid point; empty for values taken as they are
    std::vector<double> value;       ///< [row], in grid steps from the first
    std::size_t cells = 0;
};
/// Throws std::invalid_argument if a value is no number. No cells if all are equal.
DeltaOutcome for_delta(std::span<const double> outcome);
/// The raw estimate, of rows drawn so many times each.
double raw_delta(const Slices& slices, const DeltaOutcome& outcome, std::span<const std::uint16_t> times);
/// With 95 % percentile interval; `noise` is left at 0.
Delta borgonovo_delta(const Slices& slices, const DeltaOutcome& outcome, const Bootstrap& how);
/// See pawn_noise(); from 100 dummies, or 20 an input.
double delta_noise(const Slices& slices, const OrderedInput& input, const DeltaOutcome& outcome, std::uint64_t seed, std::size_t inputs = 1, unsigned threads = 1);

} // namespace entente
