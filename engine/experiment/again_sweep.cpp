#include "again_sweep.hpp"
#include "../analysis/difference.hpp"
#include "again.hpp"
#include "asked.hpp"
#include "values.hpp"
#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>
#include <limits>
#include <mutex>

namespace entente {
namespace {

using In = SweepDeparture::In;

bool same(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (std::isnan(a) && std::isnan(b)); }

/// A piece as it is simulated now against what the file holds of it.
struct PieceAgain {
    const Experiment& e;
    const FinishedPiece& now;
    StoredPiece held;
    RepeatedSweep& all;

    SweepDeparture at(In in, std::size_t run, std::string what, double stored, double again) const
    {
        const std::uint64_t row = now.piece.first + run;
        return {.in = in,
                .policy = e.policy_names[now.piece.policy],
                .replicate = row / e.plan.points,
                .point = static_cast<std::size_t>(row % e.plan.points),
                .what = std::move(what),
                .stored = stored,
                .again = again};
    }
    std::optional<SweepDeparture> departure_of_values();
    std::optional<SweepDeparture> departure_of_histories();
};

std::optional<SweepDeparture> PieceAgain::departure_of_values()
{
    const std::size_t runs = now.piece.runs;
    const std::vector<double> again = outcomes_of(e.outcomes, now);
    for (std::size_t run = 0; run < runs; ++run) {
        const int failed = held.result.failed_quarter[run];
        if (fate_of(failed) == Fate::not_made) continue;
        ++all.made;
        if (fate_of(failed) == Fate::failed && held.result.failed_variable[run] < 0) { // that depends on the machine
            ++all.given_up;
            continue;
        }
        if (failed != now.result.failed_quarter[run] || held.result.failed_variable[run] != now.result.failed_variable[run]
            || !same(held.result.failed_value[run], now.result.failed_value[run]))
            return at(In::failure, run, "", failed, now.result.failed_quarter[run]);
        for (std::size_t o = 0; o < e.outcomes.size(); ++o)
            if (const std::size_t i = o * runs + run; !same(held.outcomes[i], again[i])) return at(In::outcome, run, e.outcomes[o].text, held.outcomes[i], again[i]);
    }
    return std::nullopt;
}

std::optional<SweepDeparture> PieceAgain::departure_of_histories()
{
    const std::size_t runs = now.piece.runs;
    StoredRuns stored{.outcome = std::move(held.result.outcome),
                      .first_event = std::move(held.result.first_event),
                      .parameters = {},
                      .runs = static_cast<std::uint32_t>(runs),
                      .failed_quarter = held.result.failed_quarter};
    forget_what_failed(stored, now.result);
    for (std::size_t run = 0; run < runs; ++run) {
        if (fate_of(stored.failed_quarter[run]) != Fate::not_made) continue;
        for (std::size_t i = run; i < stored.outcome.size(); i += runs) stored.outcome[i] = now.result.outcome[i];
        for (std::size_t i = run; i < stored.first_event.size(); i += runs) stored.first_event[i] = now.result.first_event[i];
    }
    const auto found = first_difference(Histories{runs, stored.outcome, stored.first_event, {}}, Histories{runs, now.result.outcome, now.result.first_event, {}});
    if (!found) return std::nullopt;
    if (found->event) {
        const std::size_t i = *found->event * runs + found->run;
        return at(In::event, found->run, std::string(describe().events[*found->event].name), stored.first_event[i], now.result.first_event[i]);
    }
    const std::size_t i = static_cast<std::size_t>(found->quarter) * runs + found->run;
    SweepDeparture d = at(In::code, found->run, "", stored.outcome[i], now.result.outcome[i]);
    d.quarter = found->quarter;
    return d;
}

/// Of the first piece of a policy.
bool same_fingerprint(const Fingerprint& stored, const FinishedPiece& now)
{
    const std::size_t k = now.piece.policy, runs = stored.runs, bits = stored.by_variable.size() / std::max<std::size_t>(1, stored.policies.size());
    if (now.result.fingerprint.size() != bits + runs || stored.policies.size() <= k) return false;
    const auto again = now.result.fingerprint.begin();
    return std::equal(again, again + static_cast<std::ptrdiff_t>(bits), stored.by_variable.begin() + static_cast<std::ptrdiff_t>(k * bits))
           && std::equal(again + static_cast<std::ptrdiff_t>(bits), now.result.fingerprint.end(), stored.by_run.begin() + static_cast<std::ptrdiff_t>(k * runs));
}

/// Of every policy, at each point.
std::vector<Interval> quantiles_of(const std::string& path, const SweepHead& head, std::size_t outcome, double level)
{
    const StoredOutcome stored(path, outcome);
    std::vector<Interval> all;
    for (std::size_t k = 0; k < head.policies.size(); ++k)
        std::ranges::move(quantiles([&](Range replicates, Range points) { return stored.read(k, replicates, points); }, level, head.replicates, head.points), std::back_inserter(all));
    return all;
}

std::vector<Interval> means_of(const SweepValues& values, const Quantity& quantity)
{
    std::vector<Running> runs(values.policies * values.points);
    values.numbers([&](std::span<const double> some) {
        for (std::size_t i = 0; i < some.size(); ++i)
            if (std::isfinite(some[i])) runs[i / (some.size() / values.policies) * values.points + i % values.points].add(some[i]);
    });
    std::vector<Interval> all;
    for (const Running& r : runs) all.push_back(interval_of(r, quantity));
    return all;
}

/// Counts of failed runs and estimates against the values and failures of the file itself, which were found to be right. Estimates to nine digits: the last ones of a
/// quantile of Student's t may be another machine's.
std::optional<SweepDeparture> departure_of_estimates(const StoredSweep& s, const Experiment& e, const std::string& path)
{
    const SweepHead& h = s.head;
    const std::size_t policies = h.policies.size(), points = h.points;
    std::vector<std::uint32_t> failed(policies * points);
    some_at_a_time(h.replicates, points, [&](std::uint32_t first, std::uint32_t n) {
        const std::vector<std::int16_t> quarter = read_failures(path, first, n).quarter;
        for (std::size_t i = 0; i < quarter.size(); ++i)
            if (fate_of(quarter[i]) == Fate::failed) ++failed[i / (n * points) * points + i % points];
    });
    for (std::size_t i = 0; i < failed.size(); ++i)
        if (failed[i] != s.estimates.failed[i])
            return SweepDeparture{.in = In::failed_count,
                                  .policy = h.policies[i / points],
                                  .point = i % points,
                                  .what = "",
                                  .stored = static_cast<double>(s.estimates.failed[i]),
                                  .again = static_cast<double>(failed[i])};
    const auto near = [](double a, double b) { return same(a, b) || std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b)); };
    for (std::size_t o = 0; o < e.outcomes.size(); ++o) {
        const Quantity& quantity = e.outcomes[o];
        const std::vector<Interval> all = quantity.level ? quantiles_of(path, h, o, *quantity.level) : means_of(values_in(path, h, o), quantity);
        for (std::size_t i = 0; i < all.size(); ++i) {
            const Interval& again = all[i];
            const std::size_t at = o * all.size() + i;
            for (const auto& [stored, now] : {std::pair{s.estimates.estimate[at], again.estimate}, std::pair{s.estimates.low[at], again.low}, std::pair{s.estimates.high[at], again.high}})
                if (!near(stored, now))
                    return SweepDeparture{.in = In::estimate, .policy = h.policies[i / points], .point = i % points, .what = quantity.text, .stored = stored, .again = now};
        }
    }
    return std::nullopt;
}

} // namespace

RepeatedSweep repeat_sweep(const StoredSweep& stored, const std::string& path, EnsembleOptions options, const Listener& listener, const std::atomic<bool>* stop)
{
    const SweepHead& h = stored.head;
    const Experiment e = experiment_of(stored, path);
    options.precision = h.provenance.precision;
    options.keep = Keep::outcomes;
    const StoredRows rows(path);
    const Fingerprint fingerprint = read_fingerprint(path);
    RepeatedSweep done{
        .policies = h.policies.size(), .points = h.points, .replicates = h.replicates, .complete = h.complete, .histories = h.quarters > 0, .fingerprints = fingerprint.runs > 0};
    std::vector<std::uint64_t> todo;
    for (const std::uint64_t number : all_pieces(e.plan)) {
        const Piece piece = piece_of(e.plan, number);
        const std::uint64_t made = h.complete ? piece.runs : static_cast<std::uint64_t>(std::ranges::count_if(rows.read(piece).result.failed_quarter, [](int quarter) {
            return fate_of(quarter) != Fate::not_made;
        }));
        done.runs += made;
        if (made > 0) todo.push_back(number);
    }
    std::mutex one_at_a_time;
    std::atomic<bool> enough = false;
    std::uint64_t first = std::numeric_limits<std::uint64_t>::max(); // piece that departs
    run_pieces(
        e.plan, todo, options,
        [&](unsigned, const FinishedPiece& now) {
            const std::scoped_lock lock(one_at_a_time);
            PieceAgain again{e, now, rows.read(now.piece), done};
            std::optional<SweepDeparture> found = again.departure_of_values();
            if (!found && done.histories) found = again.departure_of_histories();
            if (!found && done.fingerprints && now.piece.first == 0 && !same_fingerprint(fingerprint, now)) found = again.at(In::fingerprint, 0, "", 0, 0);
            if (found && now.number < first) done.departure = std::move(found), first = now.number;
            if (done.departure || (stop && *stop)) enough = true; // pieces begin in their order, so that none before this one is left out
            if (listener.progress) listener.progress({done.made, done.runs});
        },
        &enough);
    if (!done.departure && done.made == done.runs) done.departure = departure_of_estimates(stored, e, path);
    return done;
}

} // namespace entente
