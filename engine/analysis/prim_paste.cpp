// PRIM's second half: limits move outwards as long as the density rises.
#include "prim_steps.hpp"
#include <algorithm>
#include <cmath>

namespace entente::prim {
namespace {

constexpr auto lower = PrimStep::Limit::lower, upper = PrimStep::Limit::upper;

/// Rows that one limit alone keeps out, the nearest first, and rows of the box that lie on the limit.
struct Slab {
    std::vector<std::uint32_t> outside;
    std::size_t on_the_limit = 0;
};
/// Outside a column: below, above; of a choice by class.
struct Outside {
    Slab below, above;
    std::vector<CaseCount> classes;
};

struct Pasting {
    Way& way;
    const std::vector<std::vector<std::uint32_t>>& order;
    std::vector<std::size_t> restricted; ///< columns, in the order in which they are tried
    std::vector<std::uint8_t> here;      ///< [row] among those of this box
    std::vector<std::uint16_t> misses;   ///< [row] restricted columns that keep it out
    std::vector<Outside> outside;        ///< [column]

    bool keeps_out(std::size_t c, std::uint32_t row) const
    {
        const double x = way.value(c, row);
        const Limits& l = way.box[c];
        return l.inside.empty() ? !(x >= l.low && x <= l.high) : !l.inside[static_cast<std::size_t>(x)];
    }
    /// Nearer to the box first; of equal ones in any order.
    void lay(std::size_t c, Slab& slab, std::vector<std::uint32_t> added, bool above) const
    {
        const auto nearer = [&](std::uint32_t a, std::uint32_t b) { return above ? way.value(c, a) < way.value(c, b) : way.value(c, a) > way.value(c, b); };
        std::ranges::sort(added, nearer);
        const auto old = static_cast<std::ptrdiff_t>(slab.outside.size());
        slab.outside.insert(slab.outside.end(), added.begin(), added.end());
        std::inplace_merge(slab.outside.begin(), slab.outside.begin() + old, slab.outside.end(), nearer);
    }
    /// Rows that one column alone keeps out come to where they belong.
    void sort_in(const std::vector<std::uint32_t>& rows)
    {
        std::vector<std::vector<std::uint32_t>> below(way.box.size()), above(way.box.size());
        for (const std::uint32_t row : rows)
            for (const std::size_t c : restricted) {
                if (!keeps_out(c, row)) continue;
                if (way.is_choice(c))
                    outside[c].classes[static_cast<std::size_t>(way.value(c, row))] = outside[c].classes[static_cast<std::size_t>(way.value(c, row))] + way.of_row(row);
                else (way.value(c, row) < way.box[c].low ? below : above)[c].push_back(row);
                break;
            }
        for (const std::size_t c : restricted) {
            if (!below[c].empty()) lay(c, outside[c].below, std::move(below[c]), false);
            if (!above[c].empty()) lay(c, outside[c].above, std::move(above[c]), true);
        }
    }
    void count_on_limits(std::uint32_t row)
    {
        for (const std::size_t c : restricted) {
            outside[c].below.on_the_limit += way.value(c, row) == way.box[c].low;
            outside[c].above.on_the_limit += way.value(c, row) == way.box[c].high;
        }
    }

    /// How far a limit moves, and the rows that come in: the first so many of the slab.
    struct Move {
        double to;
        std::size_t rows;
    };
    Move move(std::size_t c, bool above) const
    {
        const Slab& slab = above ? outside[c].above : outside[c].below;
        const double now = above ? way.box[c].high : way.box[c].low;
        const std::size_t n = slab.on_the_limit + slab.outside.size();
        if (n == 0) return {above ? way.path.start[c].high : way.path.start[c].low, 0};
        const auto from_the_box = [&](std::size_t i) { return i < slab.on_the_limit ? now : way.value(c, slab.outside[i - slab.on_the_limit]); };
        double to = above ? quantile_of(n, way.options.paste, from_the_box) : quantile_of(n, 1 - way.options.paste, [&](std::size_t i) { return from_the_box(n - 1 - i); });
        if (way.cases.columns[c].kind != Factor::Kind::number) to = std::trunc(to);
        const auto end = std::ranges::partition_point(slab.outside, [&](std::uint32_t row) { return above ? way.value(c, row) <= to : way.value(c, row) >= to; });
        return {to, static_cast<std::size_t>(end - slab.outside.begin())};
    }
    Candidate best() const
    {
        Candidate found;
        const auto consider = [&](Candidate candidate) {
            way.rate(candidate);
            if (is_better(candidate, found)) found = candidate;
        };
        bool real = false;
        for (const std::size_t c : restricted) {
            if (way.box[c] == way.path.start[c]) continue; // pasted back to where it began
            real = real || way.cases.columns[c].kind == Factor::Kind::number;
            if (!real) return {}; // columns of real numbers are tried first, and without a candidate of theirs the workbench stops
            if (way.is_choice(c)) {
                for (std::size_t k = 0; k < outside[c].classes.size(); ++k)
                    if (way.path.start[c].inside[k] && !way.box[c].inside[k])
                        consider({.limit = PrimStep::Limit::with, .column = c, .to = static_cast<double>(k), .in = way.in + outside[c].classes[k]});
                continue;
            }
            for (const bool above : {false, true}) {
                const Move m = move(c, above);
                Candidate candidate{.limit = above ? upper : lower, .column = c, .to = m.to, .in = way.in};
                const Slab& slab = above ? outside[c].above : outside[c].below;
                for (std::size_t i = 0; i < m.rows; ++i) candidate.in = candidate.in + way.of_row(slab.outside[i]);
                consider(candidate);
            }
        }
        return found;
    }
    /// Takes the step: rows that its column kept out miss one less.
    void take(const Candidate& step)
    {
        std::vector<std::uint32_t> nearer, inside;
        const auto let_in = [&](std::uint32_t row) {
            if (!here[row]) return;
            --misses[row];
            (misses[row] == 0 ? inside : nearer).push_back(row);
        };
        const std::size_t c = step.column;
        const Limits before = way.box[c];
        way.take(step, true);
        const auto& sorted = order[c];
        const auto less = [&](std::uint32_t row, double x) { return way.value(c, row) < x; };
        const auto more = [&](double x, std::uint32_t row) { return x < way.value(c, row); };
        if (step.limit == PrimStep::Limit::with) {
            for (const std::uint32_t row : sorted)
                if (way.value(c, row) == step.to) let_in(row);
            outside[c].classes[static_cast<std::size_t>(step.to)] = {};
        } else {
            const bool above = step.limit == upper;
            const auto first = above ? std::upper_bound(sorted.begin(), sorted.end(), before.high, more) : std::lower_bound(sorted.begin(), sorted.end(), step.to, less);
            const auto last = above ? std::upper_bound(sorted.begin(), sorted.end(), step.to, more) : std::lower_bound(sorted.begin(), sorted.end(), before.low, less);
            std::for_each(first, last, let_in);
            Slab& slab = above ? outside[c].above : outside[c].below;
            slab.on_the_limit = 0;
            std::erase_if(slab.outside, [&](std::uint32_t row) { return misses[row] == 0; });
        }
        std::erase_if(nearer, [&](std::uint32_t row) { return misses[row] != 1; });
        sort_in(nearer);
        // A row that comes in lies on a limit of the column that moved, or on those of others.
        for (const std::uint32_t row : inside) count_on_limits(row);
    }
};

} // namespace

void paste(Way& way, std::span<const std::uint32_t> rows, const std::vector<std::vector<std::uint32_t>>& order)
{
    if (rows.empty()) return;
    Pasting pasting{.way = way,
                    .order = order,
                    .restricted = {},
                    .here = std::vector<std::uint8_t>(way.cases.rows()),
                    .misses = std::vector<std::uint16_t>(way.cases.rows()),
                    .outside = std::vector<Outside>(way.box.size())};
    for (const std::size_t c : way.columns)
        if (way.box[c] != way.path.start[c]) pasting.restricted.push_back(c);
    for (const std::size_t c : pasting.restricted) pasting.outside[c].classes.resize(way.box[c].inside.size());
    std::vector<std::uint32_t> near;
    for (const std::uint32_t row : rows) {
        pasting.here[row] = 1;
        for (const std::size_t c : pasting.restricted) pasting.misses[row] += pasting.keeps_out(c, row);
        if (pasting.misses[row] == 1) near.push_back(row);
        if (pasting.misses[row] == 0) pasting.count_on_limits(row);
    }
    pasting.sort_in(near);
    while (true) {
        const Candidate step = pasting.best();
        if (step.limit == PrimStep::Limit::none || step.in.rows <= way.in.rows || !(step.score > 0) || !(step.in.density() > way.in.density())) return;
        if (static_cast<double>(step.in.rows) / static_cast<double>(way.whole.rows) < way.options.least_mass) return;
        pasting.take(step);
    }
}

} // namespace entente::prim
