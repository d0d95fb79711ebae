// Every figure, from values to a Figure. Each has its numbers as CSV; what it needs and the values lack is told as Omitted, with the command that makes it.
#pragma once
#include "../../analysis/answer.hpp"
#include "../../analysis/narrative.hpp"
#include "../../calibrate/backtest.hpp"
#include "../../calibrate/diagnosis.hpp"
#include "../../experiment/discover.hpp"
#include "../../experiment/sensitivity.hpp"
#include "../../experiment/survival.hpp"
#include "../../store/sweep_file.hpp"
#include "figure.hpp"
#include <optional>
#include <string>
#include <vector>

namespace entente::report {

/// For the figure's small print.
Origin origin_of(const StoredResult& result);
/// `runs`: of all policies and points together.
Origin origin_of(const StoredSweep& sweep);
/// `runs`: draws of the posterior.
Origin origin_of(const Posterior& posterior);

/// The five classes stacked over the free world's quarters; of a run that ends with the history, over that. "class_shares".
Figure class_shares_figure(const Answer& answer, const Origin& origin);
/// 5, 25, 50, 75 and 95 % of a variable over futures, from 2014 on, with the data that are known of it. `variable`: its number in the description. "fan_trust".
Figure fan_figure(const Summary& summary, std::size_t variable, const Origin& origin);
/// Of each indicator of the answer.
std::vector<Figure> indicator_fans(const Summary& summary, const Origin& origin);
/// How many have not seen an event yet, with 95 % bands. `events`: numbers in the description, five at most are drawn; empty: the most frequent that are neither seen by hardly any nor by nearly all.
/// "events", "event_rupture".
FigureOrWhy survival_figure(const EventTimes& times, const std::vector<std::size_t>& events, const Origin& origin);
/// Shares at the report quarter with the interval by the number of futures and the range over readings. "share_uncertainty".
FigureOrWhy uncertainty_figure(const Answer& answer, const Origin& origin);
/// What each kind of uncertainty makes of the classes' shares: standard deviations with intervals. "uncertainty_kinds".
FigureOrWhy kinds_figure(const Answer& answer, const Origin& origin);
/// The dials low and high against where the scenario has them, on the alignment index and the classes' shares. "drivers".
FigureOrWhy drivers_figure(const Answer& answer, const Origin& origin);
/// Which inputs drive an outcome (a place in study.found.outcomes): indices with intervals, the strongest on top. "sensitivity_1" of the second.
FigureOrWhy sensitivity_figure(const SensitivityStudy& study, std::size_t outcome, const Origin& origin);

/// Names of what is drawn; what is not named is the first that there is.
struct HeatAsked {
    std::optional<std::string> x{}, y{}, of{}, policy{}; ///< factors; an outcome; a policy
};
/// An outcome of a sweep over two factors of a grid; others are averaged over. "heat".
FigureOrWhy heat_figure(const StoredSweep& sweep, const HeatAsked& asked, const Origin& origin);
/// An outcome of a sweep along one factor, a line for each policy (five at most), with 95 % intervals where no other factor is averaged over. `asked`: x and of. "points".
FigureOrWhy points_figure(const StoredSweep& sweep, const HeatAsked& asked, const Origin& origin);
/// B - A with 95 % intervals on common random numbers, at the report quarter. "contrast".
FigureOrWhy contrast_figure(const RunComparison& comparison, const Origin& a, const Origin& b);
/// The same of the classes' shares, quarter by quarter. "contrast_over_time".
FigureOrWhy contrast_course_figure(const RunComparison& comparison, const Origin& a, const Origin& b);
/// Limits of the boxes in which an outcome is frequent, within what was drawn. "boxes".
FigureOrWhy boxes_figure(const Searched& searched, const Discovery& discovery, const Origin& origin);
/// What was learned of each parameter: 90 % intervals of posterior and prior, in standard deviations of the prior. "posterior".
FigureOrWhy posterior_figure(const Diagnosis& diagnosis, const Origin& origin);
/// What the posterior predicts of a target (a place in diagnosis.targets) beside what was observed. "predictive_china_share".
FigureOrWhy predictive_figure(const Diagnosis& diagnosis, std::size_t target, const Origin& origin);
/// Errors of the model's forecasts beside simple ones. "backtest".
FigureOrWhy backtest_figure(const Backtest& backtest, const Origin& origin);
/// Mean shares of Russia, China and others in the trade of five Central Asian states, as paths in a triangle. "central_asia".
Figure central_asia_figure(const Summary& summary, const Origin& origin);
/// Turning points of one run beside its class, quarter by quarter. `story`: narrative() of it, or less of that. "timeline".
FigureOrWhy timeline_figure(const Told& told, const std::vector<Entry>& story, std::uint32_t run, const Origin& origin);

} // namespace entente::report
