// A run's every number as CSV.
#pragma once
#include "../analysis/happenings.hpp"
#include <string>

namespace entente::report {

/// A row per quarter: its name, class, orientation, then every variable as the result file would keep it, in the unit of its row in the description.
std::string trajectory_csv(const Told& told);
/// A row per quarter, column and agent, in the order in which the result file would keep them.
std::string agents_csv(const Told& told);

} // namespace entente::report
