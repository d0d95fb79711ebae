// A page that a colleague opens: what results tell, as one HTML file that asks the network for nothing. Pure functions of values.
#pragma once
#include "../../experiment/findings.hpp"
#include "../../experiment/first_runs.hpp"
#include "shell.hpp"
#include <nlohmann/json_fwd.hpp>

namespace entente::report {

/// Of single runs a page carries so many bytes, of all results together.
inline constexpr std::size_t page_run_bytes = 1'100'000;

/// `runs`: of findings.runs, in their order; what is missing has none.
std::string page_of(const Findings& findings, const std::vector<std::optional<FirstRuns>>& runs, const std::string& title);
/// What the page's scripts read.
nlohmann::ordered_json page_json(const Findings& findings, const std::vector<std::optional<FirstRuns>>& runs, const std::string& title);

/// Of a run's result: its answer, courses over time, events, inputs that matter, where it comes from and its text.
nlohmann::ordered_json run_page_json(const RunFindings& run);
/// Single runs: columns as base64 of little-endian numbers.
nlohmann::ordered_json first_runs_json(const FirstRuns& runs);
/// What the page's scripts draw.
nlohmann::ordered_json sweep_page_json(const SweepFindings& sweep);
/// Inputs by what they explain, the strongest first: of each outcome.
nlohmann::ordered_json inputs_page_json(const SensitivityStudy& study);
/// Version, seed, runs, command: labels with texts.
nlohmann::ordered_json provenance_page_json(const Provenance& provenance);

/// With six digits after the point, so that pages stay small.
double to_six_digits(double x);

} // namespace entente::report
