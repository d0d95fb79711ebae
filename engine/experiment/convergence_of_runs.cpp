#include "convergence_of_runs.hpp"
#include "../analysis/answer.hpp"
#include "../core/quarter.hpp"
#include "made_runs.hpp"
#include "pairs.hpp"
#include "provenance.hpp"
#include "refusal.hpp"
#include "values.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <memory>
#include <stdexcept>

namespace entente {
namespace {

/// Of the first runs that did not fail, whether each of the shares holds in it: [share][run].
struct FirstRuns {
    std::vector<std::vector<double>> outcomes;
    std::vector<std::uint32_t> runs; ///< their numbers
};

void add(FirstRuns& to, const std::vector<GrowingShare>& shares, std::uint32_t first, const Histories& h)
{
    to.outcomes.resize(shares.size());
    for (std::size_t run = 0; run < h.runs && first + run < attribution_runs; ++run) {
        if (fate_of(h.failed_quarter[run]) != Fate::whole) continue;
        to.runs.push_back(first + static_cast<std::uint32_t>(run));
        for (std::size_t i = 0; i < shares.size(); ++i) {
            const GrowingShare& s = shares[i];
            const std::uint8_t code = h.outcome[static_cast<std::size_t>(s.date) * h.runs + run];
            const bool holds = s.of == GrowingShare::Of::in_class      ? class_of(code) == s.number
                               : s.of == GrowingShare::Of::orientation ? orientation_of(code) == s.number
                                                                       : h.first_event[static_cast<std::size_t>(s.number) * h.runs + run] >= 0;
            to.outcomes[i].push_back(holds ? 1 : 0);
        }
    }
}

std::vector<GrowingShare> shares_of(const std::vector<int>& dates, int start, int horizon)
{
    std::vector<GrowingShare> all;
    for (const int date : dates) {
        for (const int c : class_order) all.push_back({GrowingShare::Of::in_class, c, date, fmt::format("share_{} at {}", class_names[c], quarter_name(date))});
        for (const int o : orientation_order) all.push_back({GrowingShare::Of::orientation, o, date, fmt::format("share_{} at {}", orientation_names[o], quarter_name(date))});
    }
    for (std::size_t e = 0; horizon >= start && e < describe().events.size(); ++e)
        all.push_back({GrowingShare::Of::event, static_cast<int>(e), horizon, fmt::format("{} by {}", describe().events[e].name, quarter_name(horizon))});
    return all;
}

GrowingMedian median_of(const GrowingCounts& counts, std::size_t event, int start)
{
    GrowingMedian m{.event = event};
    const auto quarter = [&](const std::optional<double>& time) { return time ? std::optional(static_cast<int>(std::floor(*time)) - 1 + start) : std::nullopt; };
    for (std::size_t look = 0; look < counts.looks().size(); ++look) {
        const LifeTable table = counts.table(event, look);
        const Survival curve = kaplan_meier(table);
        const MedianTime median = table.n == 0 ? MedianTime{} : median_time(curve, band_of(table, curve, CurveBand::jeffreys));
        m.median.push_back(quarter(median.median)), m.low.push_back(quarter(median.low)), m.high.push_back(quarter(median.high));
        if (look + 1 == counts.looks().size()) m.needed = runs_to_place_median(curve);
    }
    return m;
}

/// Runs for a half-width, from widths that fall with the root of their number; none without a width.
std::optional<std::uint64_t> by_root(const Interval& known, std::uint64_t runs, double within)
{
    const double ratio = known.half_width() / within;
    if (!std::isfinite(ratio) || ratio == 0 || ratio > 1e4) return std::nullopt;
    return std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ceil(static_cast<double>(runs) * ratio * ratio)));
}

/// The spread that straight lines in the drawn parameters explain, of each share.
void add_straight_lines(RunConvergence& all, const FirstRuns& first, const std::string& file, const ReplaySource& source)
{
    ReplaySource few = source;
    few.scenario.runs = std::min(attribution_runs, all.looks.back());
    std::vector<std::vector<double>> inputs;
    for (const InputColumn& column : drawn_columns(file, few)) {
        if (column.kind == Factor::Kind::choice) continue; // a structure
        inputs.emplace_back();
        for (const std::uint32_t run : first.runs) inputs.back().push_back(column.value[run]);
    }
    if (inputs.empty()) return;
    const auto spread = straight_line_spread(inputs, first.outcomes);
    if (!spread) return;
    all.inputs = static_cast<std::uint32_t>(inputs.size()), all.regressed = static_cast<std::uint32_t>(first.runs.size());
    for (std::size_t i = 0; i < all.shares.size(); ++i) all.shares[i].straight_lines = (*spread)[i];
}

void add_indicators(RunConvergence& all, const std::string& file, const ReplaySource& source)
{
    for (const int date : all.dates) { // one at a time: of many runs all would be much
        std::vector<Quantity> quantities;
        for (const Label& label : indicators) quantities.push_back(parse_quantity(fmt::format("mean {} at {}", label.variable, quarter_name(date))));
        if (date < all.start || !are_kept(source, quantities)) continue;
        const std::vector<std::vector<double>> values = *values_of(file, source, quantities, {});
        for (std::size_t i = 0; i < quantities.size(); ++i) {
            GrowingQuantile one{.variable = quantities[i].terms[0].variable, .date = date};
            for (const std::uint32_t n : all.looks) one.at.push_back(interval({Statistic::Kind::quantile, 0.5}, in_memory(std::span(values[i]).first(n))));
            one.needed = by_root(one.at.back(), one.at.back().used, all.within);
            all.indicators.push_back(std::move(one));
        }
    }
}

} // namespace

RunConvergence convergence_in(const std::string& file, const StoredResult& result, const ReplaySource& stored, double within)
{
    if (!keeps_single_runs(result.provenance)) throw Refused(refusal::NoSingleRuns{file});
    const std::uint32_t runs = result.summary.runs;
    ReplaySource source = stored;
    source.scenario.runs = runs;
    RunConvergence all{.start = static_cast<int>(result.summary.start), .horizon = static_cast<int>(result.summary.quarters) - 1, .within = within};
    all.dates = report_dates(all.horizon);
    all.shares = shares_of(all.dates, all.start, all.horizon);
    GrowingCounts counts(runs, all.dates, all.start, all.horizon);
    FirstRuns first;
    for (std::uint32_t begin = 0; begin < runs; begin += std::min(rows_at_once, runs - begin)) {
        const StoredRuns some = read_runs(file, begin, std::min(rows_at_once, runs - begin));
        counts.add(begin, histories_of(some)), add(first, all.shares, begin, histories_of(some));
    }
    all.looks = counts.looks();
    for (std::size_t look = 0; look < all.looks.size(); ++look) all.whole.push_back(counts.whole(look));
    if (all.whole.empty() || all.whole.back() == 0) throw std::invalid_argument("every run failed, so there is nothing to tell");

    const ReadingRuns* const readings = result.beside.readings && result.beside.readings->quarters == all.dates ? &*result.beside.readings : nullptr;
    std::vector<std::vector<Share>> classes(all.dates.size(), std::vector<Share>(outcome_classes)), turns(all.dates.size(), std::vector<Share>(orientations));
    std::vector<Share> events(all.horizon < all.start ? 0 : describe().events.size());
    const auto place = [&](const GrowingShare& s) { return static_cast<std::size_t>(std::ranges::find(all.dates, s.date) - all.dates.begin()); };
    for (GrowingShare& s : all.shares) {
        const auto number = static_cast<std::size_t>(s.number);
        s.at = s.of == GrowingShare::Of::in_class      ? counts.in_class(place(s), s.number)
               : s.of == GrowingShare::Of::orientation ? counts.with_orientation(place(s), s.number)
                                                       : counts.seen(number);
        s.needed = runs_for_half_width(s.at.back().share, within), s.needed_at_most = runs_for_half_width(s.at.back(), within);
        add(all.held, s.at);
        (s.of == GrowingShare::Of::in_class ? classes[place(s)][number] : s.of == GrowingShare::Of::orientation ? turns[place(s)][number] : events[number]) = s.at.back();
    }
    const AllUncertainty kinds = all_uncertainty(classes, turns, events, readings);
    all.at_hand = kinds.at_hand;
    for (GrowingShare& s : all.shares) {
        const auto number = static_cast<std::size_t>(s.number);
        s.kinds = s.of == GrowingShare::Of::in_class      ? kinds.classes[place(s)][number]
                  : s.of == GrowingShare::Of::orientation ? kinds.orientations[place(s)][number]
                                                          : kinds.events[number];
        if (s.kinds.spread) all.readings = s.kinds.spread->readings;
    }
    for (std::size_t e = 0; e < events.size(); ++e) all.medians.push_back(median_of(counts, e, all.start));
    add_straight_lines(all, first, file, source);
    add_indicators(all, file, source);
    return all;
}

SweepConvergence convergence_in(const std::string& file, const StoredSweep& sweep, double within)
{
    const SweepHead& h = sweep.head;
    SweepConvergence all{.looks = looks_at(h.replicates), .points = h.points, .within = within};
    for (std::size_t o = 0; o < h.outcomes.size(); ++o) {
        const Quantity quantity = parse_quantity(h.outcomes[o]);
        const SweepValues values = values_in(file, h, o);
        const std::size_t before = all.estimates.size();
        for (const std::string& policy : h.policies) all.estimates.push_back({policy, h.outcomes[o], {}, {}});
        for (const std::uint32_t n : all.looks) {
            const SweepValues first{values.policies, values.points, [&values, n](const auto& take) {
                                        std::size_t left = n;
                                        values.numbers([&](std::span<const double> some) {
                                            const std::size_t replicates = some.size() / values.policies / values.points, used = std::min(left, replicates);
                                            if (used == 0) return;
                                            std::vector<double> part;
                                            for (std::size_t k = 0; k < values.policies; ++k) {
                                                const auto of_policy = some.subspan(k * replicates * values.points, used * values.points);
                                                part.insert(part.end(), of_policy.begin(), of_policy.end());
                                            }
                                            left -= used;
                                            take(part);
                                        });
                                    }};
            const std::vector<PolicyEstimate> estimates = policy_estimates(quantity, first);
            for (std::size_t k = 0; k < estimates.size(); ++k) all.estimates[before + k].at.push_back(estimates[k].value);
        }
        for (std::size_t k = before; k < all.estimates.size(); ++k) {
            GrowingEstimate& e = all.estimates[k];
            e.needed = by_root(e.at.back(), h.replicates, within);
            for (std::size_t later = 1; later < e.at.size(); ++later)
                for (std::size_t earlier = 0; earlier < later; ++earlier) {
                    const Interval &a = e.at[earlier], &b = e.at[later];
                    if (!std::isfinite(a.low) || !std::isfinite(a.high) || !std::isfinite(b.estimate)) continue;
                    ++all.held.pairs, all.held.held += a.low <= b.estimate && b.estimate <= a.high, all.held.expected += chance_to_hold(all.looks[earlier], all.looks[later]);
                }
        }
    }
    return all;
}

} // namespace entente
