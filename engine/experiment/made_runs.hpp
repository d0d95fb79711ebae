// Runs that were made, as rows: what each was given, and what became of it. Of a result of `run`, of a sweep's result, or of any two tables.
#pragma once
#include "../analysis/columns.hpp"
#include "again.hpp"

namespace entente {

/// What differs between the runs of a result of `run`: drawn parameters, and structures of which runs have different answers. Needs single runs: throws Refused without.
std::vector<InputColumn> drawn_columns(const std::string& file, const ReplaySource& source);

/// Of a plain result, [quantity][run]; NaN of runs that failed. What the file keeps is read: classes, orientations and events of every run, and means of the variables of reported_variables() at
/// its report dates. For all else the runs are simulated again, as far as the last quarter that is asked for; `options`: kernel and threads, precision is the result's. Nothing if it was stopped.
/// Throws std::invalid_argument if a quantity has a date beyond the horizon.
std::optional<std::vector<std::vector<double>>> values_of(const std::string& file, const ReplaySource& source, const std::vector<Quantity>& quantities, EnsembleOptions options,
                                                          const Listener& listener = {}, const std::atomic<bool>* stop = nullptr);
/// Whether that takes no new runs.
bool are_kept(const ReplaySource& source, const std::vector<Quantity>& quantities);

/// A sweep's points under a policy, one row each.
struct SweptPoints {
    std::vector<InputColumn> inputs; ///< [factor].value[point]
    std::vector<Factor> factors;     ///< as the sweep declares them
    DesignChoice design;
    std::vector<std::int32_t> base, moved; ///< [point], see Design
    std::uint32_t replicates = 1;
    std::vector<double> value; ///< [replicate][point] of an outcome; NaN: the run failed or was not made
    std::string outcome;
};
/// Throws Refused if there is no such policy; std::out_of_range if there is no such outcome.
SweptPoints swept_points(const std::string& file, const StoredSweep& sweep, std::size_t outcome, std::size_t policy = 0);

/// Two tables from outside: inputs and one outcome, row by row.
struct OutsideRuns {
    std::vector<InputColumn> inputs;
    std::string outcome;
    std::vector<double> value;    ///< [row]; NaN, written "NA" or "NaN": the run failed
    std::vector<Problem> notes{}; ///< columns that are ignored
};
/// `inputs`: text of a CSV with a header. A column of numbers is a number, or whole if all are; of quarters ("2030Q1") dates; else a choice, in the order of its sorted texts. The columns point, base and
/// moved are left out, and so are, with a note, columns that are the same in all rows. `output`: a CSV with a header and one column of numbers, true or false. An empty line is none in both. Throws ScenarioErrors with
/// every problem of both at once: unequal rows, cells that are no value, two columns of one name, fewer than two rows.
OutsideRuns outside_runs(std::string_view inputs, const std::string& inputs_path, std::string_view output, const std::string& output_path);

} // namespace entente
