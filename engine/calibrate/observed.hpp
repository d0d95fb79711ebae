// What was observed of the world after a run's free future began: values with their errors, and events that happened by a date or had not. A table of the columns of
// calibration/targets.csv and one more; they are explained in calibration/README.md.
#pragma once
#include "targets.hpp"

namespace entente {

/// A row that holds something.
struct ObservedRow {
    Origin place;
    std::string target, date, unit;
    double value = 0;
    bool used = true;                         ///< it weighs; or else it is only shown
    int to = 0;                               ///< its last quarter
    std::optional<std::size_t> observation{}; ///< its number among those of the targets; none: an event, of which value says whether it had happened by then
    double wrong = 0;                         ///< of an event: probability that the report is
    Quantity event{};
};
/// The table, read.
struct Observed {
    Targets targets;
    std::vector<ObservedRow> rows; ///< by the quarter in which they end
    std::vector<Problem> notes;    ///< what is worth knowing before this is believed
};

/// The measurement table that the program carries, calibration/measurement.csv.
std::string_view measurement_csv();
/// Of a run from `start` to `horizon`. A target is one of the measurement table, or else an event or a variable of the model. Throws ScenarioErrors with all that is wrong in both files.
Observed read_observed(const CsvFile& measurement, const CsvFile& observed, int start, int horizon);
/// Such a table with a row for each target and event, in which nothing is observed yet.
std::string new_observed();

/// What a run must keep for it.
std::vector<Quantity> quantities_of(const Observed& observed);
/// A row's value in the unit of the model, of the values of quantities_of(): [quantity] of a run. Of an event 1 or 0.
std::vector<double> modelled(const Observed& observed, std::span<const double> quantities);
/// What would be observed without error if this were the model's value: on a free scale that of its level and slope; of an ordinal one the latent value.
double in_its_unit(const Observed& observed, const ObservedRow& row, double modelled);

} // namespace entente
