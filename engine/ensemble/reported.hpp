// What results keep of the variables of every run: those that classes and orientations are made of and those that answers show, at the quarters that answers tell of.
#pragma once
#include "../model/kernel.hpp"

namespace entente {

/// The quarter whose classes come first: 2045Q1, or the horizon if that comes first.
int report_quarter(int horizon);
/// The quarters that answers and comparisons tell of: 2030Q1, 2035Q1, 2043Q2 and 2045Q1 as far as they come before the horizon, then the horizon.
std::vector<int> report_dates(int horizon);
/// Their numbers in the description, rising.
const std::vector<std::uint32_t>& reported_variables();
/// [date][variable][run] of a whole run's block: as it was read, or taken from its trajectory. Empty if the block keeps neither.
std::vector<float> reported_values(const BlockResult& block);

} // namespace entente
