#include "prim.hpp"
#include "prim_steps.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <stdexcept>

namespace entente {
namespace prim {

void Way::rate(Candidate& c) const
{
    c.score = score_of(options.score, in, c.in);
    const bool was_free = box[c.column] == path.start[c.column];
    Limits now = box[c.column];
    Box one{std::move(now)};
    apply(one, c.limit, 0, c.to);
    const std::size_t free = box.size() - path.steps.back().restricted;
    c.free = free - (was_free ? 1 : 0) + (one[0] == path.start[c.column] ? 1 : 0);
}

void Way::take(const Candidate& c, bool pasted)
{
    apply(box, c.limit, c.column, c.to);
    in = c.in;
    path.steps.push_back({.limit = c.limit,
                          .pasted = pasted,
                          .column = c.column,
                          .to = c.to,
                          .in = in,
                          .mass = static_cast<double>(in.rows) / static_cast<double>(whole.rows),
                          .coverage = whole.hits > 0 ? in.hits / whole.hits : 0,
                          .density = in.density(),
                          .restricted = restricted_in(box, path.start)});
}

namespace {

/// The rows of the box by the value of each column; of a choice in any order.
using Orders = std::vector<std::vector<std::uint32_t>>;

/// Upper side: those up to a limit stay; lower: those from it on.
Candidate slice(const Way& way, const std::vector<std::uint32_t>& order, std::size_t column, PrimStep::Limit side)
{
    const bool upper = side == PrimStep::Limit::upper;
    const std::vector<double>& x = way.cases.columns[column].value;
    const std::size_t n = order.size();
    double limit = prim::quantile_of(n, upper ? 1 - way.options.peel : way.options.peel, [&](std::size_t i) { return x[order[i]]; });
    const auto below = [&](std::uint32_t row, double l) { return x[row] < l; };
    const auto above = [&](double l, std::uint32_t row) { return l < x[row]; };
    const bool whole = way.cases.columns[column].kind != Factor::Kind::number;
    if (whole) limit = std::trunc(limit);
    const bool strict = whole && limit == (upper ? way.box[column].high : way.box[column].low);
    const auto first_not_below = [&] { return static_cast<std::size_t>(std::lower_bound(order.begin(), order.end(), limit, below) - order.begin()); };
    const auto first_above = [&] { return static_cast<std::size_t>(std::upper_bound(order.begin(), order.end(), limit, above) - order.begin()); };
    std::size_t from = 0, to = n; // of the order, those that stay
    if (upper) to = strict ? first_not_below() : first_above();
    else from = strict ? first_above() : first_not_below();
    Candidate c{.limit = side, .column = column, .to = limit, .in = way.in};
    if (whole) c.to = x[order[upper ? (to > 0 ? to - 1 : n - 1) : (from < n ? from : 0)]];
    CaseCount gone;
    for (std::size_t i = upper ? to : 0; i < (upper ? n : from); ++i) gone = gone + way.of_row(order[i]);
    c.in = way.in - gone;
    return c;
}

void peel(Way& way, Orders orders)
{
    std::vector<std::uint8_t> inside(way.cases.rows());
    while (way.in.rows > 0) {
        Candidate best;
        const auto consider = [&](Candidate c) {
            way.rate(c);
            if (is_better(c, best)) best = c;
        };
        for (const std::size_t column : way.columns) {
            if (!way.is_choice(column)) {
                consider(slice(way, orders[column], column, PrimStep::Limit::upper));
                consider(slice(way, orders[column], column, PrimStep::Limit::lower));
                continue;
            }
            const std::vector<bool>& classes = way.box[column].inside;
            if (std::ranges::count(classes, true) < 2) continue;
            std::vector<CaseCount> of_class(classes.size());
            for (const std::uint32_t row : orders[column]) {
                CaseCount& t = of_class[static_cast<std::size_t>(way.value(column, row))];
                t = t + way.of_row(row);
            }
            for (std::size_t k = 0; k < classes.size(); ++k)
                if (classes[k]) consider({.limit = PrimStep::Limit::without, .column = column, .to = static_cast<double>(k), .in = way.in - of_class[k]});
        }
        const bool heavy = static_cast<double>(best.in.rows) / static_cast<double>(way.whole.rows) >= way.options.least_mass;
        if (best.limit == PrimStep::Limit::none || !heavy || best.in.rows >= way.in.rows || !(best.score > 0)) return;

        const std::vector<std::uint32_t>& cut = orders[best.column];
        way.take(best, false);
        const Limits& l = way.box[best.column];
        for (const std::uint32_t row : cut) {
            const double x = way.value(best.column, row);
            inside[row] = l.inside.empty() ? x >= l.low && x <= l.high : l.inside[static_cast<std::size_t>(x)];
        }
        for (std::vector<std::uint32_t>& order : orders) {
            std::size_t kept = 0;
            for (const std::uint32_t row : order) { // without a jump that the processor would have to guess
                order[kept] = row;
                kept += inside[row];
            }
            order.resize(kept);
        }
    }
}

} // namespace
} // namespace prim

BoxSearch::BoxSearch(const Cases& cases) : cases_(&cases)
{
    throw_if_unsound(cases);
    start_ = whole_box(cases);
    const std::vector<InputColumn>& all = cases.columns;
    for (std::size_t c = 0; c < all.size(); ++c)
        if (all[c].kind == Factor::Kind::number) columns_.push_back(c);
    for (std::size_t c = 0; c < all.size(); ++c)
        if (all[c].kind == Factor::Kind::whole || all[c].kind == Factor::Kind::date) columns_.push_back(c);
    for (std::size_t c = 0; c < all.size(); ++c)
        if (all[c].kind == Factor::Kind::choice) columns_.push_back(c);
    order_.resize(all.size());
    std::vector<std::pair<double, std::uint32_t>> sorted(cases.rows());
    for (std::size_t c = 0; c < all.size(); ++c) {
        order_[c] = all_rows(cases);
        if (all[c].kind == Factor::Kind::choice) continue;
        for (std::uint32_t r = 0; r < sorted.size(); ++r) sorted[r] = {all[c].value[r], r};
        std::ranges::sort(sorted);
        for (std::size_t r = 0; r < sorted.size(); ++r) order_[c][r] = sorted[r].second;
    }
}

Trajectory BoxSearch::find(std::span<const std::uint32_t> rows, const CaseCount& whole, const PrimOptions& options) const
{
    const auto fail = [](const std::string& what) { throw std::invalid_argument("PRIM: " + what); };
    for (const auto& [name, share] : {std::pair{"peel", options.peel}, std::pair{"paste", options.paste}, std::pair{"least mass", options.least_mass}})
        if (!(share > 0 && share < 1)) fail(fmt::format("{}: above 0 and below 1, got {}", name, share));
    Trajectory path{.start = start_, .steps = {}};
    std::vector<std::size_t> columns = columns_;
    if (!options.columns.empty()) std::erase_if(columns, [&](std::size_t c) { return std::ranges::find(options.columns, c) == options.columns.end(); });
    prim::Way way{.cases = *cases_, .options = options, .columns = columns, .whole = whole, .path = path, .box = start_, .in = {}};
    prim::Candidate all{.in = tally_of(*cases_, rows)};
    way.take(all, false);
    std::vector<std::uint8_t> here(cases_->rows());
    for (const std::uint32_t r : rows) here[r] = 1;
    prim::Orders orders(order_.size());
    for (const std::size_t c : columns) {
        orders[c].resize(order_[c].size());
        std::size_t kept = 0;
        for (const std::uint32_t row : order_[c]) {
            orders[c][kept] = row;
            kept += here[row];
        }
        orders[c].resize(kept);
    }
    prim::peel(way, std::move(orders));
    prim::paste(way, rows, order_);
    return path;
}

Box box_at(const Trajectory& trajectory, std::size_t step)
{
    if (step >= trajectory.steps.size()) throw std::out_of_range(fmt::format("PRIM: a step from 0 to {}, got {}", trajectory.steps.size() - 1, step));
    Box box = trajectory.start;
    for (std::size_t i = 1; i <= step; ++i) prim::apply(box, trajectory.steps[i].limit, trajectory.steps[i].column, trajectory.steps[i].to);
    return box;
}

} // namespace entente
