// What was run, by which program: what a result says of itself.
#pragma once
#include "../store/store.hpp"

namespace entente::cli {

Provenance provenance_of(const Scenario& scenario, const EnsembleOptions& options, const std::string& command_line);
/// A resolved scenario without where its values come from: two are the same if they say the same.
std::string without_origins(const std::string& resolved);
/// Throws std::invalid_argument if it is none of none, outcomes, trajectories, agents.
Keep keep_of(const std::string& name);

} // namespace entente::cli
