#include "../core/text.hpp"
#include "reading.hpp"
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

# "priors": parameters that no file sets are drawn from their spreads; "posterior": together, from the file that `from` names; "defaults": they stand still.
#draw = "priors"

# Mechanisms and single terms that are switched off.
#mute = ["chinese_firms", "dosing"]

[drivers]
# Dials from 0 (low) over 0.5 (as the model has it) to 1 (high); `entente describe drivers` tells what each moves, which no other line may set while the dial is turned.
#dependence = 0.5
#sanctions_pressure = 0.5
#central_asia = 0.5
#taiwan_window = 0.5

[parameters]
# The posterior of a calibration: each run takes one of its draws for all of its parameters, but for those that a file sets. Who names one draws from it.
#from = "../calibration/baseline_posterior.h5"
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
#india_pull = {{ step = 0.8, from = "2027Q1" }}
#sanctions_push = {{ pulse = 0.1, from = "2026Q1", to = "2028Q4" }}
#enforcement_push = {{ ramp = [0.0, 0.4], from = "2026Q1", to = "2030Q1" }}
# A level may wait, run by run: `after` an event (quarters after it), `while` a variable is above or below a line, `once` it was. It stays to the
# horizon, or lasts = N quarters; from and to bound it.
#western_carrot = {{ value = 0.8, after = "succession", quarters = 2 }}
#bank_enforcement_push = {{ value = 0.2, while = "dual_use_flow", above = 0.5 }}

[events]
# What happens in a quarter, whatever the odds; "never" takes back what an extended file forces. It may wait `after` or `once`, as a level does.
# A death, reform or fragmentation befalls whoever rules, or of = "first" the first leader alone.
#peace = "2026Q1"
#settle = {{ after = "succession", quarters = 4 }}
#death = {{ at = "2028Q1", of = "first" }}
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

# What is expected of a quantity: bounds, which `entente run` looks at,
#[[expect]]
#quantity = "rupture by 2045Q1"
#most = 0.2
# or the sign of its difference to the scenario that is extended, "+", "-" or "report", which `entente compare baseline.toml FILE` looks at.
#[[expect]]
#quantity = "mean alignment_index at 2045Q1"
#sign = "+"
)toml",
                       toml_text(title));
}

} // namespace entente
