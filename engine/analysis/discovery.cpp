#include "discovery.hpp"
#include "discovery_halves.hpp"
#include "share.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <stdexcept>

namespace entente {
namespace {

using Side = BoxLimit::Side;

/// Hits among hits less runs among runs, both of those it began with.
double gain(const Trajectory& path, const PrimStep& s)
{
    const CaseCount& all = path.steps[0].in;
    return all.hits > 0 && all.runs > 0 ? s.in.hits / all.hits - s.in.runs / all.runs : 0;
}

Interval density_of(const Cases& cases, const CaseCount& in, std::span<const std::uint32_t> rows)
{
    if (in.runs <= 0) return {};
    const Share share = share_of_weighted(in.density(), in.runs / design_effect(cases, rows));
    return {.estimate = in.density(), .low = share.low, .high = share.high, .used = static_cast<std::uint64_t>(in.runs)};
}

/// What the halves say of a limit.
void rate_by(BoxLimit& limit, const Box& start, const std::vector<Half>& halves)
{
    const Limits& whole = start[limit.column];
    std::vector<double> ends;
    std::size_t back = 0, all = 0;
    limit.inside.assign(whole.inside.size(), 0);
    for (const Half& half : halves) {
        if (half.box.empty()) continue;
        const Limits& l = half.box[limit.column];
        ++all;
        switch (limit.side) {
        case Side::lower: ends.push_back(l.low), back += l.low != whole.low; break;
        case Side::upper: ends.push_back(l.high), back += l.high != whole.high; break;
        case Side::choices:
            back += l.inside != whole.inside;
            for (std::size_t k = 0; k < l.inside.size(); ++k) limit.inside[k] += l.inside[k] ? 1 : 0;
        }
    }
    if (all == 0) return;
    limit.returns = static_cast<double>(back) / static_cast<double>(all);
    for (double& share : limit.inside) share /= static_cast<double>(all);
    if (ends.empty()) return;
    std::ranges::sort(ends);
    const auto tail = static_cast<std::size_t>(0.05 * static_cast<double>(ends.size()));
    limit.interval = {.estimate = limit.at, .low = std::min(limit.at, ends[tail]), .high = std::max(limit.at, ends[ends.size() - 1 - tail]), .used = ends.size()};
}

/// What a box leaves of some rows.
std::vector<std::uint32_t> outside(const Cases& cases, const Box& box, std::vector<std::uint32_t> rows)
{
    std::erase_if(rows, [&](std::uint32_t r) { return is_inside(cases, box, r); });
    return rows;
}

/// Takes out, one by one, the weakest of the limits that do not stand.
void loosen(FoundBox& found, const Cases& cases, const std::vector<std::uint32_t>& rows, const std::vector<Half>& halves, const DiscoveryOptions& options)
{
    const Box& start = found.path.start;
    while (true) {
        found.limits = limits_of(found.box, start);
        for (BoxLimit& limit : found.limits) rate_by(limit, start, halves), limit.quasi_p = quasi_p(cases, found.box, start, limit, rows);
        std::ranges::stable_sort(found.limits, {}, [](const BoxLimit& l) { return l.quasi_p; });
        if (options.keep_loose || found.limits.empty()) return;
        const auto rarest = std::ranges::min_element(found.limits, {}, &BoxLimit::returns);
        const auto weakest = rarest->returns < 0.5 ? rarest : found.limits.end() - 1;
        if (rarest->returns >= 0.5 && weakest->quasi_p <= options.level) return;
        found.loose.push_back(*weakest);
        found.box = without(std::move(found.box), *weakest, start);
    }
}

HeldOut held_out_of(const std::vector<Half>& halves)
{
    HeldOut all;
    std::vector<double> p;
    for (const Half& half : halves) {
        if (half.box.empty()) continue;
        ++all.halves;
        all.density += half.density, all.coverage += half.coverage, all.mass += half.mass, all.all_density += half.all_density;
        p.push_back(half.p);
    }
    if (p.empty()) return all;
    for (double* mean : {&all.density, &all.coverage, &all.mass, &all.all_density}) *mean /= static_cast<double>(p.size());
    std::ranges::sort(p);
    all.p = std::min(1.0, p[(p.size() - 1) / 2] + p[p.size() / 2]); // twice the median
    return all;
}

void check(const DiscoveryOptions& options)
{
    const auto fail = [](const std::string& what) { throw std::invalid_argument("discovery: " + what); };
    if (options.resamples < 20 || options.resamples > 100'000) fail(fmt::format("resamples: 20 to 100000, got {}", options.resamples));
    if (options.boxes < 1) fail("boxes: 1 at least, got 0");
    if (!(options.level > 0 && options.level < 1)) fail(fmt::format("level: above 0 and below 1, got {}", options.level));
    const bool share = options.wanted.by == Wanted::By::density || options.wanted.by == Wanted::By::coverage;
    if (share && !(options.wanted.least >= 0 && options.wanted.least <= 1)) fail(fmt::format("density and coverage: 0 to 1, got {}", options.wanted.least));
}

} // namespace

std::optional<std::size_t> chosen_step(const Trajectory& path, const Wanted& wanted)
{
    const std::vector<PrimStep>& steps = path.steps;
    if (wanted.by == Wanted::By::step) return wanted.step < steps.size() ? std::optional(wanted.step) : std::nullopt;
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const PrimStep& s = steps[i];
        switch (wanted.by) {
        case Wanted::By::density:
            if (s.density >= wanted.least && (!best || s.coverage > steps[*best].coverage)) best = i;
            break;
        case Wanted::By::coverage:
            if (s.coverage >= wanted.least && (!best || s.density > steps[*best].density)) best = i;
            break;
        default:
            if (!best || gain(path, s) > gain(path, steps[*best])) best = i;
        }
    }
    return best;
}

Box without(Box box, const BoxLimit& limit, const Box& start)
{
    Limits& l = box[limit.column];
    const Limits& whole = start[limit.column];
    if (limit.side == Side::lower) l.low = whole.low;
    else if (limit.side == Side::upper) l.high = whole.high;
    else l.inside = whole.inside;
    return box;
}

std::vector<BoxLimit> limits_of(const Box& box, const Box& start)
{
    std::vector<BoxLimit> limits;
    for (std::size_t c = 0; c < box.size(); ++c) {
        if (box[c].inside != start[c].inside) limits.push_back({.side = Side::choices, .column = c});
        if (box[c].low != start[c].low) limits.push_back({.side = Side::lower, .column = c, .at = box[c].low});
        if (box[c].high != start[c].high) limits.push_back({.side = Side::upper, .column = c, .at = box[c].high});
    }
    return limits;
}

double quasi_p(const Cases& cases, const Box& box, const Box& start, const BoxLimit& limit, std::span<const std::uint32_t> rows)
{
    const std::vector<std::uint32_t> wider = rows_in(cases, without(box, limit, start), rows), in = rows_in(cases, box, wider);
    const CaseCount inside = tally_of(cases, in);
    const double effect = design_effect(cases, in);
    return chance_of_as_many(inside.hits / effect, inside.runs / effect, tally_of(cases, wider).density());
}

std::optional<Discovery> discover(const Cases& cases, const DiscoveryOptions& options, const std::function<void(double)>& hear, const std::atomic<bool>* stop)
{
    check(options);
    const BoxSearch search(cases);
    using End = Discovery::End;
    Discovery all{.all = tally_of(cases)};
    const auto ended = [&](End end) { return all.end = end, all; };
    if (all.all.hits == 0) return ended(End::never);
    if (all.all.hits == all.all.runs) return ended(End::always);
    if (constant_columns(cases).size() == cases.columns.size()) return ended(End::no_inputs);

    std::vector<std::uint32_t> rows = all_rows(cases);
    for (std::size_t b = 0; b < options.boxes; ++b) {
        const auto share = [&, b](double done) {
            if (hear) hear((static_cast<double>(b) + done) / static_cast<double>(options.boxes));
        };
        Looked looked = look(search, rows, all.all, options.prim, options);
        const std::optional<std::size_t> step = looked.step;
        FoundBox found{.path = std::move(looked.path), .columns = std::move(looked.columns), .box = {}};
        const std::vector<PrimStep>& steps = found.path.steps;
        if (steps.size() < 2) return ended(End::no_better);
        if (!step) {
            for (const PrimStep& s : steps) all.best_density = std::max(all.best_density, s.density), all.best_coverage = std::max(all.best_coverage, s.coverage);
            return ended(End::not_dense);
        }
        if (*step == 0 && options.wanted.by == Wanted::By::knee) return ended(End::no_better);
        found.step = *step;
        found.box = box_at(found.path, *step);
        const std::optional<std::vector<Half>> halves = halves_of(search, rows, found, options, b, share, stop);
        if (!halves) return std::nullopt;
        loosen(found, cases, rows, *halves, options);
        const std::vector<std::uint32_t> in = rows_in(cases, found.box, rows);
        found.in = tally_of(cases, in);
        found.mass = static_cast<double>(found.in.rows) / static_cast<double>(all.all.rows);
        found.coverage = found.in.hits / all.all.hits;
        found.density = density_of(cases, found.in, in);
        found.held_out = held_out_of(*halves);
        found.stands = !found.limits.empty() && found.held_out.p <= options.level;
        rows = outside(cases, found.box, std::move(rows));
        found.rest_density = tally_of(cases, rows).density();
        all.boxes.push_back(std::move(found));
        if (!all.boxes.back().stands) return ended(End::does_not_stand);
        if (tally_of(cases, rows).hits == 0) return ended(End::enough);
    }
    return ended(End::enough);
}

} // namespace entente
