// What was run, by which program: what a result says of itself.
#pragma once
#include "../store/store.hpp"

namespace entente {

/// Of a scenario that is about to be run, all but the threads. `command_line` is kept as it is.
Provenance provenance_of(const Scenario& scenario, const EnsembleOptions& options, const std::string& command_line);
/// A resolved scenario without where its values come from: two are the same if they say the same.
std::string without_origins(const std::string& resolved);
/// Each policy's scenario as one TOML text, all in one; and taken apart again.
std::string resolved_policies(const std::vector<std::string>& names, const std::vector<Scenario>& policies);
/// The scenarios' texts, in the policies' order.
std::vector<std::string> policies_in(const std::string& resolved);
/// Throws std::invalid_argument if it is none of none, outcomes, trajectories, agents.
Keep keep_of(const std::string& name);
/// Whether a result keeps outcomes run by run.
bool keeps_single_runs(const Provenance& provenance);
/// The title, or the name of what has none.
const std::string& title_of(const Provenance& provenance);

} // namespace entente
