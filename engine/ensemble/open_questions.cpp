#include "open_questions.hpp"
#include <algorithm>

namespace entente {

Scenario with_open_questions(Scenario scenario)
{
    for (StructureSetting& structure : scenario.structures)
        if (structure.weights[0] == 1) std::ranges::fill(structure.weights, 1.0 / static_cast<double>(structure.weights.size()));
    return scenario;
}

} // namespace entente
