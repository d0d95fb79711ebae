// What was expected, and what came.
#pragma once
#include "../experiment/expectations.hpp"
#include <nlohmann/json_fwd.hpp>

namespace entente::report {

/// A line for each, then which command evaluates the rest; "" if nothing was expected.
std::string text_of(const Expected& expected, std::size_t width);
nlohmann::ordered_json json_of(const Expected& expected);

} // namespace entente::report
