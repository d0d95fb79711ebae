// What tells experiments apart, and what a folder of parts keeps beside it to be put together without the user's files.
#pragma once
#include "experiment.hpp"
#include "refusal.hpp"

namespace entente {

/// What two experiments must have in common to be parts of one: all that the bits of their runs hang on.
Identity identity_of(const Experiment& experiment);
/// Names of texts that are not compared: provenance, points, stops.
Identity about_of(const Experiment& experiment);
/// What makes a stored run another one than asked for, for a refusal; nothing if nothing does.
std::optional<refusal::OtherResult> difference_to(const Provenance& stored, const Provenance& asked);

} // namespace entente
