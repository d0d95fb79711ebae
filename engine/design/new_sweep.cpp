#include "../core/text.hpp"
#include "../scenario/reading.hpp"
#include "kinds.hpp"
#include "sweep.hpp"
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente {

/// "a, b or c".
static std::string listed(const std::vector<std::string>& names) { return fmt::format("{} or {}", fmt::join(names.begin(), names.end() - 1, ", "), names.back()); }

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

# A driver's dial, from 0 (low) over 0.5 to 1 (high): `entente describe drivers`.
#[[factor]]
#sets = "drivers.taiwan_window"
#levels = [0, 0.5, 1]

# One value may set several things.
#[[factor]]
#name = "sanctions"
#sets = ["levers.sanctions_push", "levers.india_pressure"]
#range = [0, 0.3]

# What is compared, under the same points and random numbers. The first is what the others are set against.
[[policy]]
name = "as it is"

[[policy]]
name = "more enforcement"
levers = {{ enforcement_push = 0.3 }}

[design]
# {}.
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
                       toml_text(trim(name).empty() ? "untitled" : name), toml_text(base), listed(design_kind_names()));
}

} // namespace entente
