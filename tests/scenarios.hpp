// The scenarios that come with the program, for tests.
#pragma once
#include "scenario/scenario.hpp"
#include "store/posterior.hpp"
#include <string>

namespace entente {

/// scenarios/<name>.toml with something laid over it, as it ships or with the posterior that is laid over it.
inline Scenario shipped_scenario(const std::string& name, const std::string& overlay = "")
{
    return read_scenario(SOURCE_DIR "/scenarios/" + name + ".toml", {.toml = overlay, .joint = joint_draws});
}
/// The same with parameters from priors, whatever the shipped posterior says: what tests of the model are about.
inline Scenario scenario(const std::string& name, const std::string& overlay = "") { return with_priors(shipped_scenario(name, overlay)); }

} // namespace entente
