// What the search for boxes and the tree read: rows of inputs, and how often the outcome came about at each. Pure functions.
#pragma once
#include "columns.hpp"
#include <span>

namespace entente {

/// A row is one run, or a point of a sweep with its replicates: `hits` of its `runs` have the outcome.
struct Cases {
    std::vector<InputColumn> columns;   ///< [column].value[row]
    std::vector<double> hits;           ///< [row], 0 to the row's runs; a fraction where the outcome itself is a probability
    std::vector<std::uint32_t> runs;    ///< [row], at least 1
    std::vector<std::uint32_t> group{}; ///< [row] number from 0 of what rows were drawn together by, such as a draw of a posterior; empty: each row by itself
    std::size_t rows() const { return hits.size(); }
};
/// Rows, and how many of their runs have the outcome.
struct CaseCount {
    std::size_t rows = 0;
    double hits = 0, runs = 0;
    double density() const { return runs > 0 ? hits / runs : 0; }
    /// Each count by itself.
    friend CaseCount operator+(CaseCount a, CaseCount b) { return {a.rows + b.rows, a.hits + b.hits, a.runs + b.runs}; }
    /// Each count by itself.
    friend CaseCount operator-(CaseCount a, CaseCount b) { return {a.rows - b.rows, a.hits - b.hits, a.runs - b.runs}; }
};
/// Of all rows.
CaseCount tally_of(const Cases& cases);
/// Of these rows.
CaseCount tally_of(const Cases& cases, std::span<const std::uint32_t> rows);

/// One input of a box: `low` to `high`, both included; of a choice what is inside.
struct Limits {
    double low = 0, high = 0;
    std::vector<bool> inside{}; ///< [choice], of a choice
    friend bool operator==(const Limits&, const Limits&) = default;
};
using Box = std::vector<Limits>; ///< [column]
/// The least and greatest value of each column, all choices that occur.
Box whole_box(const Cases& cases);
/// Whether a row meets every limit.
bool is_inside(const Cases& cases, const Box& box, std::size_t row);
/// Those of some rows that lie inside, in their order.
std::vector<std::uint32_t> rows_in(const Cases& cases, const Box& box, std::span<const std::uint32_t> rows);
/// Their numbers, rising.
std::vector<std::uint32_t> all_rows(const Cases& cases);

/// Numbers rows so that those that are alike in these columns share one.
std::vector<std::uint32_t> groups_alike(const std::vector<InputColumn>& columns, std::span<const std::size_t> in);

/// Runs from a value by run: rows in which no run is whole are left out, and `row` says which stay.
struct CasesMade {
    Cases cases;
    std::vector<std::uint32_t> row; ///< of the columns that were given
    std::uint64_t runs_left_out = 0;
};
/// `hit`: [replicate][row], 1 the run has it, 0 it has not, NaN it failed; fractions are probabilities. Throws std::invalid_argument if the shapes do not fit or a value is none of these.
CasesMade cases_of(const std::vector<InputColumn>& columns, std::span<const double> hit);
/// The columns that are the same in all rows: they cannot bound a box.
std::vector<std::size_t> constant_columns(const Cases& cases);
/// Throws std::invalid_argument that names the column and row: no rows, shapes that do not fit, a value that is not finite or no choice, hits beyond the runs.
void throw_if_unsound(const Cases& cases);

/// What the runs of some rows are worth beside runs that share nothing (Rao and Scott 1992): how much more the hits of rows, or of groups of rows, scatter around their share of the runs than a
/// binomial of single runs does. 1 where every row is one run that has the outcome or has not, by itself; never below 1.
double design_effect(const Cases& cases, std::span<const std::uint32_t> rows);
/// The chance of `hits` or more in `runs` at a density, one-sided binomial; of numbers that are not whole by the incomplete beta function that it is.
double chance_of_as_many(double hits, double runs, double density);

} // namespace entente
