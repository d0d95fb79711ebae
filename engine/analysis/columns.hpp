// What many runs were given, as columns: what sensitivity and discovery work on, whatever made the runs.
#pragma once
#include "../design/factor.hpp"

namespace entente {

/// One input over all rows. Values are numbers as Factor has them: the number itself, a quarter (0 is 2014Q1), or the number of a choice.
struct InputColumn {
    std::string name;
    Factor::Kind kind = Factor::Kind::number;
    std::vector<std::string> choices; ///< of a choice: texts of 0, 1, ...
    std::vector<double> value;        ///< [row]
    std::string sets;                 ///< in a scenario, "parameters.zeta"; empty if it sets nothing
};

} // namespace entente
