// Whether it matters that there are agents, as sentences, a table and JSON.
#pragma once
#include "../experiment/ablation.hpp"
#include "looks.hpp"
#include <nlohmann/json_fwd.hpp>

namespace entente::report {

std::string text_of(const Ablation& ablation, const Looks& looks);
nlohmann::ordered_json json_of(const Ablation& ablation);

} // namespace entente::report
