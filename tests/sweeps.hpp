// A small sweep, for tests: two policies, three factors, a short horizon.
#pragma once
#include <string>

namespace entente {

inline const std::string small_sweep = R"(title = "Small"
assumes = "nothing"
outcomes = ["mean alignment_index at 2026", "succession by 2026Q4", "median trust at 2026Q4"]

[scenario]
file = ")" SOURCE_DIR R"(/tests/by_priors/baseline.toml"
horizon = "2026Q4"
agents = { firms = 8, banks = 4, elites = 8 }
parameters.deal_2025 = -1
[[factor]]
name = "carrot"
sets = "levers.western_carrot"
range = [0, 1]

[[factor]]
sets = "structures.dep"

[[factor]]
name = "death"
sets = "events.death"
levels = ["2025Q2", "2026Q1", "never"]

[[policy]]
name = "as it is"

[[policy]]
name = "no deals"
parameters = { p_deal = 0.0 }

[design]
kind = "sobol"
points = 7
replicates = 150
)";

} // namespace entente
