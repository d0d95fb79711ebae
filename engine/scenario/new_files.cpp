#include "../core/text.hpp"
#include "reading.hpp"
#include "sweep.hpp"
#include <fmt/format.h>

namespace entente {

std::string new_scenario(const std::string& name)
{
    const std::string title = trim(name).empty() ? "untitled" : name;
    return fmt::format(R"toml(# Lines that begin with "#" and no space are settings to choose from: take the "#" away. What is not set here stands at its default;
# `entente describe model` lists every name with its unit, range and meaning, `entente check FILE` prints what the file comes to.

title = {}
assumes = "nobody yet: name who assumes this, from which article (claim ids)"

# Another scenario, whose settings hold where this file says nothing.
#extends = "baseline.toml"

#runs = 10000
#seed = 1
#start = "2025Q1"
#horizon = "2049Q4"

# "priors": parameters that no file sets are drawn from their spreads; "defaults": they stand still.
#draw = "priors"

# Mechanisms and single terms that are switched off.
#mute = ["chinese_firms", "dosing"]

[parameters]
# A number, or a distribution from which every run draws: uniform, log_uniform, normal, log_normal, beta, table.
#kappa = 0.3
#eta_S = {{ uniform = [1.5, 2.5] }}
#ell = {{ normal = [0.62, 0.1], limits = [0.45, 0.8] }}
#kappa_forced = {{ table = [0.2, 0.45], weights = [0.5, 0.5] }}

[structures]
# The readings on which the articles disagree: one of them, or a mixture.
#dep = "pawn"
#covert = {{ grey = 0.5, restrained = 0.5 }}

[levers]
# A constant from `start` on, or step, pulse and ramp in time; a ramp stays at its last value.
#antidollar_axis = 1.0
#western_carrot = {{ step = 0.8, from = "2027Q1" }}
#sanctions_push = {{ pulse = 0.1, from = "2026Q1", to = "2028Q4" }}
#enforcement_push = {{ ramp = [0.0, 0.4], from = "2026Q1", to = "2030Q1" }}

[events]
# What happens in a quarter, whatever the odds.
#peace = "2026Q1"
#nuclear_signal = {{ at = "2027Q1", size = 0.9 }}

[pins]
# A variable held to a path after all mechanisms have acted: set, set_ramp, hold or add.
#trust = {{ set = 0.5, from = "2026Q1", to = "2027Q4" }}

[agents]
#firms = 48
#banks = 12
#elites = 40

[index]
# Weights of the alignment index, which sum to 1, and thresholds of the outcome classes.
#alignment_least = 0.6

# A direction that this scenario expects against baseline.toml: "+", "-" or "report".
#[[expect]]
#quantity = "mean alignment_index at 2045Q1"
#sign = "+"
)toml",
                       toml_text(title));
}

std::string new_sweep(const std::string& name, const std::string& base)
{
    return fmt::format(R"toml(# Lines that begin with "#" and no space are settings to choose from: take the "#" away. `entente check FILE` prints what the file comes to,
# `entente design FILE` its points.

title = {}
assumes = "nobody yet: name who assumes this, from which article (claim ids)"
# What is asked of each run: "EVENT by QUARTER", "share_CLASS at QUARTER", "mean VARIABLE at QUARTER", "median VARIABLE at QUARTER".
outcomes = ["rupture by 2045Q1", "mean alignment_index at 2045Q1"]

[scenario]
# Relative to this file. Other keys and tables of a scenario may follow and are laid over it.
file = {}
#horizon = "2049Q4"

# What is not known: each point of the design takes a value of every factor.
[[factor]]
sets = "parameters.kappa"
range = [0.2, 0.45]

#[[factor]]
#name = "offer of the West"
#sets = "levers.western_carrot"
#levels = [0, 0.4, 0.8]
#as = {{ step = "value", from = "2030Q1" }}

#[[factor]]
#sets = "events.reform"
#dates = ["2026Q1", "2036Q4"]

#[[factor]]
#sets = "structures.dep"

# What is compared, under the same points and random numbers. The first is what the others are set against.
[[policy]]
name = "as it is"

[[policy]]
name = "more enforcement"
levers = {{ enforcement_push = 0.3 }}

[design]
# factorial, one_at_a_time, latin_hypercube, sobol, saltelli, morris or table.
kind = "latin_hypercube"
points = 64
replicates = 100
#seed = 1

# Runs are added, `replicates` at most, until the 95 % interval of an outcome is this narrow.
#[[stop]]
#outcome = "rupture by 2045Q1"
#half_width = 0.01
#least = 50
)toml",
                       toml_text(trim(name).empty() ? "untitled" : name), toml_text(base));
}

} // namespace entente
