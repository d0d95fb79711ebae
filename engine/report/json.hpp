// JSON whole, for who prints it; the other headers of this room name it alone.
#pragma once
#include <nlohmann/json.hpp>
#include <string>

namespace entente::report {

/// Indented, with a line break at the end. NaN and infinite numbers are null.
std::string printed(const nlohmann::ordered_json& json);

} // namespace entente::report
