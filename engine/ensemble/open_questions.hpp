// Questions that a scenario leaves open.
#pragma once
#include "../scenario/scenario.hpp"

namespace entente {

/// A structure that stands as the model has it is a question that the scenario leaves open: its answers get equal weights.
Scenario with_open_questions(Scenario scenario);

} // namespace entente
