// The model's ensemble mean beside the data that calibration/patterns.csv holds. Pure functions.
#pragma once
#include "../ensemble/ensemble.hpp"
#include <string>
#include <vector>

namespace entente {

/// A number of the data, and the model's for the same date.
struct Pattern {
    std::string name, variable;     ///< the pattern's, and the variable that stands for it
    std::string date;               ///< a year ("2023"), a quarter ("2022Q4"), or two years ("2023/2021"), of whose means it is the ratio
    std::string series, definition; ///< of the data
    double data = 0, model = 0;     ///< in the variable's unit; model: the mean over whole runs
};
/// All patterns whose date the summary reaches, in the table's order.
std::vector<Pattern> patterns(const Summary& summary);

} // namespace entente
