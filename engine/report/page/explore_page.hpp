// The page on which a reader turns dials and simulates: the model as a WebAssembly module, scenarios, scripts, in one file. Pure functions.
#pragma once
#include "../../scenario/scenario.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace entente::report {

/// `module`: the bytes of entente.wasm.
std::string explore_page(const std::vector<Scenario>& scenarios, std::string_view module);
/// Variables whose quantiles the page shows, rising.
std::vector<std::uint32_t> explored_variables();

} // namespace entente::report
