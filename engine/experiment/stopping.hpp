// When an experiment is known well enough, from its parts; and how well it is.
#pragma once
#include "../store/parts.hpp"
#include "experiment.hpp"

namespace entente {

/// What the experiment is to stop on.
StoppingRule rule_of(const Experiment& experiment);
/// Per replicate what each wanted number of the rule is estimated from: the mean over points, of each policy or of its difference to the first. Both arguments
/// are to stay as long as the numbers are used.
std::vector<Numbers> stop_values(const Experiment& experiment, const Parts& parts, std::uint32_t replicates);

/// What it came to, for its result.
StopReport report_of(const Experiment& experiment, const Verdict& verdict, std::uint64_t replicates);

} // namespace entente
