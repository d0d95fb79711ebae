// What runs need of a scenario, as bytes: for a program of the same sources that reads no TOML. Texts and places of files stay behind.
#pragma once
#include "scenario.hpp"
#include <optional>
#include <string>
#include <string_view>

namespace entente {

/// The same scenario gives the same bytes.
std::string bytes_of(const Scenario& scenario);
/// Nothing if the bytes are of another kind or cut short.
std::optional<Scenario> scenario_in(std::string_view bytes);

} // namespace entente
