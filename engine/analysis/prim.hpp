// Boxes in which an outcome is frequent: the patient rule induction method, PRIM (Friedman and Fisher 1999; for scenario discovery Bryant and Lempert 2010), step by step as the EMA workbench
// does it (Kwakkel 2017). Pure functions.
#pragma once
#include "cases.hpp"

namespace entente {

/// What is greatest in the step that is taken. From a box of o rows to one of w, with means of the outcome.
enum class Score : std::uint8_t {
    lenient_1, ///< (mean w - mean o) / |o - w|
    lenient_2, ///< that times w
    original   ///< mean w
};
/// How thin peels and pastes are, and which of them is best.
struct PrimOptions {
    double peel = 0.05, paste = 0.05; ///< share of the box that a peel takes at most, as ties allow; of the slab outside a limit that a paste does; above 0, below 1
    double least_mass = 0.05;         ///< of a box, among all rows
    Score score = Score::lenient_1;
    std::vector<std::size_t> columns{}; ///< that may bound the box; none: all
};

/// A box on the way, and the one limit that makes it out of the one before.
struct PrimStep {
    enum class Limit : std::uint8_t { none, lower, upper, without, with } limit = Limit::none; ///< none: the start; without, with: a choice
    bool pasted = false;
    std::size_t column = 0;
    double to = 0;              ///< the new limit, or the choice's number
    CaseCount in{};             ///< rows, hits and runs inside
    double mass = 0;            ///< rows inside among all rows
    double coverage = 0;        ///< hits inside among all hits
    double density = 0;         ///< hits among runs inside
    std::size_t restricted = 0; ///< columns whose limits are not the start's
};
/// The steps of one box, the start first: it holds all rows that earlier boxes left.
struct Trajectory {
    Box start;
    std::vector<PrimStep> steps;
};
/// The box after a step. Throws std::out_of_range if there is no such step.
Box box_at(const Trajectory& trajectory, std::size_t step);

/// Finds boxes one after another. The rows are sorted once by each column.
///
/// Peeling cuts a thin slice off the box, the one that raises the density most for its size, until the box holds less than `least_mass` or no slice raises it; pasting then moves limits outwards as
/// long as the density rises. The order in which slices are tried, ties, quantiles that skip equal values, limits midway between values and the rest are those of the EMA workbench 3.0, so that the
/// steps are the same ones. Its peculiarities too: a box without a restricted column of real numbers is not pasted, and a paste takes a share of the slab outside the limit, not of the box.
///
/// Numbers are real columns, whole numbers and dates integer ones, choices classes that are tried in their order. With replicates, density and means are hits among runs, so that each run counts once,
/// while mass, quantiles and sizes count rows: a row is a point of the space that is searched. The luck of a point's few runs is thus spread over the 5 % of points that a slice is made of, and the
/// replicates need not be as many at each. With one run a row this is the usual algorithm.
class BoxSearch {
public:
    /// `cases` must outlive the search. Throws as throw_if_unsound().
    explicit BoxSearch(const Cases& cases);
    /// `rows`: where this box is looked for, rising; those of earlier boxes are left out of them. `whole`: what mass and coverage are shares of, as a rule all rows.
    /// Throws std::invalid_argument if an option is out of its range.
    Trajectory find(std::span<const std::uint32_t> rows, const CaseCount& whole, const PrimOptions& options = {}) const;
    const Cases& cases() const { return *cases_; }
    /// All rows by rising value of a column; of a choice in the order of the table.
    const std::vector<std::uint32_t>& order(std::size_t column) const { return order_[column]; }

private:
    const Cases* cases_;
    Box start_;
    std::vector<std::size_t> columns_;              ///< in the order in which they are tried: numbers, whole numbers and dates, choices
    std::vector<std::vector<std::uint32_t>> order_; ///< [column] rows by rising value, of numbers, whole numbers and dates
};

} // namespace entente
