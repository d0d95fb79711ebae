// Which run to look at: the one nearest to a quantile of a quantity, "median of mean alignment_index at 2045Q1", "5% of mean trust at 2035Q1".
#pragma once
#include "quantity.hpp"

namespace entente {

struct Pick {
    double level = 0.5; ///< probability, in [0, 1]
    Quantity quantity;
};
/// Throws std::invalid_argument that quotes the text.
Pick parse_pick(const std::string& text);

/// The run that is nearest.
struct Picked {
    std::size_t run = 0;
    double value = 0, quantile = 0; ///< of that run, and the quantile that it is nearest to
};
/// The run whose value is nearest to the quantile of all values, the lowest number of equals. Values that are no number, of runs that failed, are left
/// out. Quantiles between two values lie on the straight line between them: definition 7 of Hyndman and Fan (1996). Throws std::invalid_argument
/// if there is no value.
Picked nearest_run(const std::vector<double>& values, double level);

} // namespace entente
