#include "survival.hpp"
#include "provenance.hpp"
#include <algorithm>

namespace entente {
namespace {

ComparedRuns said_of(const std::string& file, const StoredResult& r) { return {file, r.provenance.seed, r.summary.runs}; }
ComparedRuns said_of(const Scenario& s) { return {s.files.empty() ? s.name : s.files[0], s.seed, s.runs}; }

SurvivalSide side_of(const std::string& file, const StoredResult& result, const std::vector<Competing>& groups, int horizon)
{
    if (!keeps_single_runs(result.provenance)) return {said_of(file, result), event_times(result.summary, horizon), false};
    EventTimes times(static_cast<int>(result.summary.start), horizon, groups);
    for (std::uint32_t first = 0; first < result.summary.runs; first += rows_at_once)
        times.add(histories_of(read_runs(file, first, std::min(rows_at_once, result.summary.runs - first))));
    return {said_of(file, result), std::move(times)};
}

/// Dates and fates of all runs of a scenario.
struct Dates {
    std::vector<std::int16_t> first_event, failed_quarter;
    Histories histories(std::size_t runs) const { return {runs, {}, first_event, failed_quarter}; }
};
std::optional<Dates> dates_of(Scenario scenario, int horizon, const EnsembleOptions& options, const Listener& listener, const std::atomic<bool>* stop)
{
    scenario.horizon = horizon;
    const std::size_t runs = scenario.runs, events = describe().events.size();
    Dates all{std::vector<std::int16_t>(events * runs), std::vector<std::int16_t>(runs, no_failure)};
    const Plan plan = plan_of(scenario);
    count_pieces(
        plan, all_pieces(plan), options,
        [&](unsigned, const FinishedPiece& finished) {
            const auto& [policy, first, n] = finished.piece;
            for (std::size_t e = 0; e < events; ++e) std::copy_n(&finished.result.first_event[e * n], n, &all.first_event[e * runs + first]);
            std::ranges::copy(finished.result.failed_quarter, &all.failed_quarter[first]);
        },
        [&](const FinishedPiece&, std::uint64_t done) {
            if (listener.progress) listener.progress({done, scenario.runs});
        },
        stop);
    if (stop && *stop) return std::nullopt;
    return all;
}

} // namespace

SurvivalSide survival_in(const std::string& file, const StoredResult& result, const std::vector<Competing>& groups)
{
    return side_of(file, result, groups, static_cast<int>(result.summary.quarters) - 1);
}

SurvivalPair survival_in(const std::string& file_a, const StoredResult& a, const std::string& file_b, const StoredResult& b, const std::vector<Competing>& groups)
{
    const int horizon = static_cast<int>(std::min(a.summary.quarters, b.summary.quarters)) - 1;
    SurvivalPair pair{side_of(file_a, a, groups, horizon), side_of(file_b, b, groups, horizon), std::nullopt};
    const bool paired = pair.a.single_runs && pair.b.single_runs && pair.a.of.seed == pair.b.of.seed && pair.a.of.runs == pair.b.of.runs;
    if (!paired) return pair;
    pair.pairs.emplace(static_cast<int>(std::max(a.summary.start, b.summary.start)), horizon);
    each_block(file_a, file_b, a.summary.runs, [&](std::uint32_t, const Histories& of_a, const Histories& of_b) { pair.pairs->add(of_a, of_b); });
    return pair;
}

std::optional<SurvivalSide> survival_of(const Scenario& scenario, const std::vector<Competing>& groups, const EnsembleOptions& options, const Listener& listener, const std::atomic<bool>* stop)
{
    EventTimes times(scenario.start, scenario.horizon, groups);
    const std::optional<Dates> dates = dates_of(scenario, scenario.horizon, options, listener, stop);
    if (!dates) return std::nullopt;
    times.add(dates->histories(scenario.runs));
    return SurvivalSide{said_of(scenario), std::move(times)};
}

std::optional<SurvivalPair> survival_of(const Scenario& a, const Scenario& b, const std::vector<Competing>& groups, const EnsembleOptions& options,
                                        const std::function<Listener(const Scenario&)>& listener, const std::atomic<bool>* stop)
{
    throw_if_no_pairs(a, b);
    const int horizon = std::min(a.horizon, b.horizon);
    SurvivalPair pair{{said_of(a), EventTimes(a.start, horizon, groups)}, {said_of(b), EventTimes(b.start, horizon, groups)}, EventPairs(std::max(a.start, b.start), horizon)};
    std::vector<Dates> both;
    for (const Scenario* s : {&a, &b}) {
        std::optional<Dates> dates = dates_of(*s, horizon, options, listener ? listener(*s) : Listener{}, stop);
        if (!dates) return std::nullopt;
        both.push_back(std::move(*dates));
    }
    pair.a.times.add(both[0].histories(a.runs)), pair.b.times.add(both[1].histories(b.runs));
    pair.pairs->add(both[0].histories(a.runs), both[1].histories(b.runs));
    return pair;
}

} // namespace entente
