// What a scenario or sweep comes to, before any of it is run.
#pragma once
#include "../experiment/experiment.hpp"
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace entente::report {

/// Of settings that no file makes: how many there are, or each.
enum class Defaults : std::uint8_t { counted, shown };

/// The scenario as TOML, in each table what files set first, each line with its place; it reads as the same scenario either way.
std::string text_of(const Scenario& scenario, Defaults defaults = Defaults::counted);
/// Head, every parameter's distribution, unit and origin, the structures' weights, what is muted, and the whole scenario as TOML.
nlohmann::ordered_json json_of(const Scenario& scenario);

/// Of a sweep: its size, design, factors, outcomes and stop rules; then what is not alike in all policies, and what is, each setting with its origin. Settings that a
/// factor varies stand with the factors alone.
std::string text_of(const Experiment& sweep, Defaults defaults = Defaults::counted);
/// The same, with each policy's whole scenario as TOML.
nlohmann::ordered_json json_of(const Experiment& sweep);

} // namespace entente::report
