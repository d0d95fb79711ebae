// Parameters to be calibrated and their priors, on a scale without ends: a standard normal deviate whose probability is that of the value. There every prior is the same, the density has
// no Jacobian to forget, and a value that is bounded, cut or one of a table is as easy to move as a normal one. Pure functions.
#pragma once
#include "../scenario/scenario.hpp"
#include <span>
#include <string>
#include <vector>

namespace entente {

struct Parameter {
    std::string name;
    Distribution prior;
};
/// The value at a standard normal deviate: closed form where there is one, else quantile() at its probability; of a probability that rounds to 0 or 1, the nearest that does not.
double value_at(const Distribution& prior, double deviate);
/// [draw][parameter] of [draw][parameter].
std::vector<double> values_at(std::span<const Parameter> parameters, std::span<const double> deviates);
/// Probability that a standard normal deviate is less: relative error below 2e-7 in either tail (Chebyshev coefficients of Press et al. 2007, section 6.2), the same bits on every machine.
double normal_below(double deviate);
/// The deviate at a probability in (0, 1), as the model draws its normal numbers.
double normal_at(double probability);

} // namespace entente
