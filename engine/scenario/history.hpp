// The engine's history: what is data before the free world begins.
#pragma once
#include "scenario.hpp"
#include <string_view>

namespace entente {

/// engine/model/history.csv, carried by the program.
std::string_view history_csv();
/// Its rows for the quarters before `start`: one course per variable or forced event, in the order of the table. `origin` is the line of the
/// first row. Throws std::logic_error if the table names what the model does not have.
std::vector<CourseSetting> history_courses(int start);

} // namespace entente
