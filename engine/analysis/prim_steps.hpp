// What peeling and pasting share.
#pragma once
#include "prim.hpp"
#include <algorithm>
#include <cmath>

namespace entente::prim {

/// Of values in rising order, value(0 ... n - 1): midway between the two that surround the quantile q, where equal ones are skipped, downwards for q > 1/2 and else upwards. n > 0.
template <class Value> double quantile_of(std::size_t n, double q, Value value)
{
    const double p = static_cast<double>(n - 1) * q;
    auto a = static_cast<std::size_t>(p), b = static_cast<std::size_t>(std::ceil(p));
    const auto first_at_least = [&](double x) { // and the first above it, of the values that stand in order
        std::size_t low = 0, high = n;
        while (low < high) {
            const std::size_t middle = low + (high - low) / 2;
            if (value(middle) < x) low = middle + 1;
            else high = middle;
        }
        return low;
    };
    const auto first_above = [&](double x) {
        std::size_t low = 0, high = n;
        while (low < high) {
            const std::size_t middle = low + (high - low) / 2;
            if (value(middle) <= x) low = middle + 1;
            else high = middle;
        }
        return low;
    };
    if (value(a) == value(b)) {
        if (q > 0.5) {
            const std::size_t first = first_at_least(value(b));
            a = first > 0 ? first - 1 : 0;
        } else {
            b = std::min(first_above(value(a)), n - 1);
        }
    }
    return (value(a) + value(b)) / 2;
}

/// Of the step from a box that holds `old` to one that holds `now`.
inline double score_of(Score score, const CaseCount& old, const CaseCount& now)
{
    const double before = old.density(), after = now.density();
    if (score == Score::original) return now.rows > 0 ? after : -1;
    if (before == after || old.rows == now.rows) return 0;
    const double lenient = (after - before) / std::abs(static_cast<double>(old.rows) - static_cast<double>(now.rows));
    return score == Score::lenient_2 ? lenient * static_cast<double>(now.rows) : lenient;
}

/// A step that could be taken.
struct Candidate {
    PrimStep::Limit limit = PrimStep::Limit::none;
    std::size_t column = 0;
    double to = 0;
    CaseCount in{};
    double score = 0;
    std::size_t free = 0; ///< columns that it leaves as they were at the start
};
/// By score; of equals, the one that leaves more columns as they were. Any is better than none.
inline bool is_better(const Candidate& a, const Candidate& b) { return b.limit == PrimStep::Limit::none || a.score > b.score || (a.score == b.score && a.free > b.free); }

/// Sets the one limit; of a choice, `to` is its number.
inline void apply(Box& box, PrimStep::Limit limit, std::size_t column, double to)
{
    Limits& l = box[column];
    switch (limit) {
    case PrimStep::Limit::none: break;
    case PrimStep::Limit::lower: l.low = to; break;
    case PrimStep::Limit::upper: l.high = to; break;
    case PrimStep::Limit::without:
    case PrimStep::Limit::with: l.inside[static_cast<std::size_t>(to)] = limit == PrimStep::Limit::with; break;
    }
}
/// How many columns have other limits than the start.
inline std::size_t restricted_in(const Box& box, const Box& start)
{
    std::size_t n = 0;
    for (std::size_t c = 0; c < box.size(); ++c) n += box[c] == start[c] ? 0 : 1;
    return n;
}

/// A box on the way, with all that the next step asks.
struct Way {
    const Cases& cases;
    const PrimOptions& options;
    const std::vector<std::size_t>& columns; ///< in the order in which they are tried
    const CaseCount& whole;
    Trajectory& path;
    Box box;
    CaseCount in;
    /// Or else a number.
    bool is_choice(std::size_t column) const { return cases.columns[column].kind == Factor::Kind::choice; }
    /// Of a row in a column.
    double value(std::size_t column, std::uint32_t row) const { return cases.columns[column].value[row]; }
    /// As a count of one row.
    CaseCount of_row(std::uint32_t row) const { return {1, cases.hits[row], static_cast<double>(cases.runs[row])}; }
    /// Fills in score and free columns of a step from this box.
    void rate(Candidate& candidate) const;
    /// The step is the next one on the path.
    void take(const Candidate& candidate, bool pasted);
};
/// Pastes until nothing rises. `rows`: those that the box was looked for among; `order`: [column] all rows by value.
void paste(Way& way, std::span<const std::uint32_t> rows, const std::vector<std::vector<std::uint32_t>>& order);

} // namespace entente::prim
