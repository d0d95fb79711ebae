// The tables of a paper, each defined once.
#pragma once
#include "../../experiment/findings.hpp"
#include "../figures/figures.hpp"
#include "table.hpp"

namespace entente::report {

/// "n = 4,000 futures, seed 1, entente 0.3.0."
std::string origin_text(const Origin& origin);

/// Shares of classes, and of orientations, at the report dates.
PaperTable table_of_classes(const Answer& answer, const Origin& origin);
/// Vassal, western turn and autonomous.
PaperTable table_of_orientations(const Answer& answer, const Origin& origin);
/// When events come. People see those that more than one future in a hundred sees.
PaperTable table_of_events(const Answer& answer, const EventTimes& times, const Origin& origin);
/// What each share at the report quarter is uncertain by: futures, readings.
PaperTable table_of_uncertainty(const Answer& answer, const Origin& origin);
/// What each driver's dial does at either end.
PaperTable table_of_drivers(const DriverEffects& effects, const Origin& origin);

/// Every parameter of the model with its distribution, range and claims. People see those that are drawn, that may be swept or that the scenario sets.
PaperTable table_of_parameters(const Scenario& scenario, const Origin& origin);
/// The readings of what is disputed, with the weights of their alternatives.
PaperTable table_of_structures(const Scenario& scenario, const Origin& origin);
/// What the articles say that rows of these two tables rest on.
PaperTable table_of_claims();
/// `kept`: the document that `rates` keeps in a result, which has the model's rates; "": the world's alone.
PaperTable table_of_base_rates(const std::string& kept, const Origin& origin);

/// Inputs of each outcome by rank. People see ten at most, and of those that are zero within error as many as make up three.
PaperTable table_of_sensitivity(const SensitivityStudy& study, const Origin& origin);
/// Limits of each box, with what it holds.
PaperTable table_of_boxes(const Boxes& boxes, const Origin& origin);
/// Shares at one date under other weights and thresholds. People see conventions that move one by half a point.
PaperTable table_of_conventions(const DatedConventions& conventions, const Origin& origin);
/// How many runs each number takes.
PaperTable table_of_convergence(const RunConvergence& convergence, const Origin& origin);

/// The sweep's factors with their ranges.
PaperTable table_of_factors(const SweepHead& head, const Origin& origin);
/// Each outcome under each policy.
PaperTable table_of_policies(const SweepEstimate& estimate, const Origin& origin);
/// `a`, `b`: what the two are called.
PaperTable table_of_differences(const RunComparison& comparison, const std::string& a, const std::string& b, const Origin& origin);
/// Of two sweeps.
PaperTable table_of_differences(const SweepPairs& pairs, const SweepComparison& comparison, const Origin& origin);

/// What was learned of each parameter.
PaperTable table_of_posterior(const Diagnosis& diagnosis, const Origin& origin);
/// What was observed beside what the posterior predicts.
PaperTable table_of_fit(const Diagnosis& diagnosis, const Origin& origin);

/// All of them that there is something for.
std::vector<PaperTable> tables_of(const RunFindings& found);
/// Of a sweep.
std::vector<PaperTable> tables_of(const SweepFindings& found);
/// Of a posterior.
std::vector<PaperTable> tables_of(const PosteriorFindings& found);
/// Names that a result of `run`, or of `sweep`, may have a table of.
std::vector<std::string> table_names(Stored kind);

} // namespace entente::report
