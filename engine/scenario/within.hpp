// A scenario's draws cut to a part of what they were drawn from.
#pragma once
#include "scenario.hpp"

namespace entente {

/// The distribution given that its value lies from `low` to `high`; values that it has, so that something is left. Where no shape says it, a table of 200 equally likely values, the middles of as many
/// equal shares. A bell without a bound on one side ends at the row's, as a file asks for: `row` is the parameter's, its range what a file takes.
Distribution within(const Distribution& distribution, double low, double high, const Row& row);
/// The draws of which all these names lie within their bounds: [name] low and high, infinite where there is none. None if no draw is left.
JointDraws within(const JointDraws& draws, const std::vector<std::array<double, 2>>& bounds);

} // namespace entente
