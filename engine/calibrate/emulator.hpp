// A guess at a synthetic likelihood that costs no run: mean summaries that are linear in the parameters, with the spread of runs. It tells where runs are worth their cost; what it
// gets wrong, runs put right. Pure functions.
#pragma once
#include "prior.hpp"
#include "synthetic_likelihood.hpp"

namespace entente {

/// What an emulator knows of each parameter: its deviate; of one whose prior has ends its probability, of a normal one that is cut its value, in units of
/// their deviation; of one of a table its value.
void write_inputs(std::span<const Parameter> parameters, std::span<const double> deviates, std::span<double> to);

/// Of points whose runs are known; a plain value that is added to.
struct EmulatorSums {
    double points = 0;
    std::vector<double> inputs, both, outputs; ///< of squares and products of (1, inputs), of these with mean summaries, and of those
    std::vector<double> within;                ///< [summary][summary]: of covariances of runs
};
/// Adds a point; `inputs`: its parameters.
void add(EmulatorSums& sums, std::span<const double> inputs, const RunMoments& moments);
/// As if its points were added one by one.
void add(EmulatorSums& sums, const EmulatorSums& others);
/// Each point counts by so much from now on.
void fade(EmulatorSums& sums, double by);

/// Mean summaries as a line in the inputs, and the spread about it.
struct Emulator {
    std::vector<double> intercept; ///< [summary]
    std::vector<double> slopes;    ///< [summary][input]
    std::vector<double> precision; ///< [summary][summary]: of runs about the line
    std::vector<double> curvature; ///< [input][input]: of half the squared distance
    std::vector<double> widths;    ///< [input][input]: covariance of the posterior that follows
};
/// Nothing where points are too few to tell, which is an emulator without an intercept.
Emulator emulator_of(const EmulatorSums& sums);

/// How likely what was observed is, up to a factor, as a function of inputs: as if summaries were normal where the posterior is, and with a heavier tail, so that points far out are not given up.
class Guess {
public:
    /// `emulator` must outlive it; `observed`: [summary].
    Guess(const Emulator& emulator, std::span<const double> observed);
    double operator()(std::span<const double> inputs) const; ///< logarithm

private:
    const Emulator& emulator_;
    double constant_ = 0; ///< less the squared distance where the posterior is highest
    std::vector<double> linear_;
};

} // namespace entente
