// The scenarios that come with the program, for tests.
#pragma once
#include "scenario/scenario.hpp"
#include <string>

namespace entente {

/// scenarios/<name>.toml with something laid over it.
inline Scenario scenario(const std::string& name, const std::string& overlay = "") { return read_scenario(SOURCE_DIR "/scenarios/" + name + ".toml", {.toml = overlay}); }

} // namespace entente
