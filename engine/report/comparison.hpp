// Paired differences of two scenarios, runs or sweeps, as text and JSON.
#pragma once
#include "../experiment/paired_runs.hpp"
#include "../experiment/paired_sweeps.hpp"
#include <nlohmann/json_fwd.hpp>

namespace entente::report {

/// A table with a row for each quantity; "-" where there is no number: a quantile has no difference, a single pair no standard error.
std::string text_of(const RunComparison& comparison);
nlohmann::ordered_json json_of(const RunComparison& comparison);
/// The same with a row for each outcome and policy.
std::string text_of(const SweepPairs& pairs, const SweepComparison& comparison);
nlohmann::ordered_json json_of(const SweepPairs& pairs, const SweepComparison& comparison);

} // namespace entente::report
