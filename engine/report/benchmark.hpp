// How fast the program is on this machine.
#pragma once
#include "../bench/bench.hpp"
#include <nlohmann/json_fwd.hpp>

namespace entente::report {

/// Tables: futures a second and ns an agent and quarter of each kernel, futures a second of the whole job by threads, and each part's share of the model's time in %.
std::string text_of(const Benchmark& benchmark);
/// The same with full precision; shares in [0, 1], units in the keys.
nlohmann::ordered_json json_of(const Benchmark& benchmark);

} // namespace entente::report
