#include "consolidate.hpp"
#include "../analysis/answer.hpp"
#include "../analysis/attribution.hpp"
#include "../analysis/estimate.hpp"
#include "factors.hpp"
#include "pieces.hpp"
#include "values.hpp"
#include <algorithm>

namespace entente {

const Parts* holder(const Folders& folders, std::uint64_t piece)
{
    for (const Parts* parts : folders)
        if (parts->has(piece)) return parts;
    return nullptr;
}

GoesOn until_stopped(const Listener& listener, const std::atomic<bool>* stop)
{
    return [&listener, stop](Progress p) {
        if (listener.together) listener.together(p);
        return !stop || !*stop;
    };
}

/// Calls `use` with each block that a plain run's summaries hold and begins before this run, and what the spread is attributed to. Whether it came to the last.
static bool each_summed_block(const Experiment& e, const Folders& folders, const Summaries& summaries, std::uint64_t runs,
                              const std::function<void(const FinishedBlock&, std::span<const double>)>& use, const GoesOn& goes_on)
{
    for (std::uint64_t number = 0; number < std::min(piece_count(e.plan), pieces_for(e.plan, runs)); ++number) {
        const Parts* const parts = holder(folders, number);
        if (!parts || !summaries.has_summed(number)) continue;
        const Piece piece = piece_of(e.plan, number);
        const PlannedJob planned = job_of(e.plan, piece, e.options);
        const StoredPiece stored = read_piece(e, *parts, number);
        use({static_cast<std::uint32_t>(piece.first), planned.job, stored.result}, std::span(stored.outcomes).subspan(attributed_outcome * piece.runs, piece.runs));
        if (!goes_on({piece.first + piece.runs, runs})) return false;
    }
    return true;
}

Summary summary_so_far(const Experiment& e, const Parts& parts, Summaries& summaries)
{
    Summary summary = summaries.summary();
    AttributionSample attribution(e.scenario(), report_quarter(e.scenario().horizon));
    each_summed_block(
        e, {&parts}, summaries, attribution_runs, [&](const FinishedBlock& block, std::span<const double> attributed) { attribution.add(block, attributed); },
        [](Progress) { return true; });
    attribution.attribute(summary);
    return summary;
}

std::optional<Done> consolidate_run(const Experiment& e, const Folders& folders, Summaries& summaries, std::uint32_t runs, const std::string& path, double duration_s,
                                    const GoesOn& goes_on, const std::optional<StopReport>& stop, const Beside& beside)
{
    Summary summary = summaries.summary();
    if (summary.runs == 0) return Done{.path = "", .complete = false, .all = e.plan.replicates};
    Scenario scenario = e.scenario();
    Provenance provenance = e.provenance;
    if (runs < scenario.runs) { // the result is that of a run of this length
        scenario.runs = provenance.runs = runs;
        provenance.scenario_resolved = resolved_toml(scenario);
    }
    const bool complete = summary.runs == runs;
    if (!goes_on({0, runs})) return std::nullopt;
    ResultWriter writer(path, scenario, provenance, e.options.keep);
    AttributionSample attribution(scenario, report_quarter(scenario.horizon));
    const auto put = [&](const FinishedBlock& block, std::span<const double> attributed) {
        writer.block(block);
        attribution.add(block, attributed);
    };
    if (!each_summed_block(e, folders, summaries, runs, put, goes_on)) return std::nullopt;
    attribution.attribute(summary);
    if (stop) writer.stopped(*stop);
    writer.beside(beside);
    Done done{.path = writer.finish(summary, duration_s, complete), .complete = complete, .runs = summary.runs, .all = e.plan.replicates};
    done.run = StoredResult{std::move(provenance), std::move(summary), complete, stop, beside};
    return done;
}

std::optional<Beside> beside_of(const Scenario& scenario, const BesideSizes& sizes, const EnsembleOptions& options, const std::function<void(Progress)>& progress,
                                const std::atomic<bool>* stop, const PieceWorkers& workers)
{
    return run_beside(scenario, sizes, report_quarter(scenario.horizon), report_dates(scenario.horizon), options, progress, stop, workers);
}

std::uint32_t replicates_begun(const Plan& plan, const Folders& folders)
{
    std::uint64_t rows = 0;
    for (const Parts* parts : folders) {
        const std::vector<std::uint64_t> finished = parts->finished();
        if (finished.empty()) continue;
        const Piece last = piece_of(plan, finished.back());
        rows = std::max(rows, last.first + last.runs);
    }
    return static_cast<std::uint32_t>((rows + plan.points - 1) / plan.points);
}

std::optional<Done> consolidate_sweep(const Experiment& e, const Folders& folders, std::uint32_t asked_replicates, const std::string& path, double duration_s,
                                      const GoesOn& goes_on, const std::optional<StopReport>& stop)
{
    const std::size_t policies = e.plan.policies.size(), points = e.plan.points, outcomes = e.outcomes.size();
    const std::uint64_t asked = std::uint64_t{e.plan.replicates} * points * policies;
    const std::uint32_t replicates = std::min(asked_replicates, replicates_begun(e.plan, folders));
    if (replicates == 0) return Done{.path = "", .complete = false, .all = asked};
    SweepHead head{.provenance = e.provenance,
                   .policies = e.policy_names,
                   .outcomes = {},
                   .outcome_units = {},
                   .outcome_meanings = {},
                   .factors = factor_texts(e.sweep->factors, e.sweep->placements),
                   .values = e.design.value,
                   .base = e.design.base,
                   .moved = e.design.moved,
                   .points = points,
                   .replicates = replicates,
                   .quarters = static_cast<std::uint32_t>(e.scenario().horizon + 1)};
    for (const Quantity& q : e.outcomes) {
        const std::string unit = unit_of(q);
        head.outcomes.push_back(q.text), head.outcome_units.push_back(unit.empty() ? "1" : unit), head.outcome_meanings.push_back(meaning_of(q));
    }
    for (std::uint64_t number = 0; number < pieces_for(e.plan, asked_replicates); ++number) head.complete = head.complete && holder(folders, number);
    head.provenance.runs = static_cast<std::uint32_t>(std::uint64_t{asked_replicates} * points * policies);
    std::uint64_t runs = 0;
    const std::uint64_t pieces = pieces_for(e.plan, replicates);
    std::vector<Running> estimates(outcomes * policies * points);
    SweepEstimates made;
    made.failed.resize(policies * points);
    Fingerprint fingerprint{.policies = e.policy_names, .quarters = head.quarters, .runs = 0, .by_variable = {}, .by_run = {}};
    const std::uint64_t all = std::uint64_t{replicates} * points * policies;
    if (!goes_on({0, all})) return std::nullopt;
    SweepWriter writer(path, head, e.options.keep);
    for (std::uint64_t number = 0; number < pieces; ++number) {
        const Piece piece = piece_of(e.plan, number);
        const Parts* const parts = holder(folders, number);
        if (!parts) {
            writer.missing(piece);
            continue;
        }
        const StoredPiece stored = read_piece(e, *parts, number);
        writer.piece(piece, stored);
        for (std::uint32_t run = 0; run < piece.runs && piece.first + run < std::uint64_t{replicates} * points; ++run) {
            const std::size_t point = (piece.first + run) % points;
            ++runs;
            if (stored.result.failed_quarter[run] >= 0) {
                ++made.failed[piece.policy * points + point];
                continue;
            }
            for (std::size_t o = 0; o < outcomes; ++o) estimates[(o * policies + piece.policy) * points + point].add(stored.outcomes[o * piece.runs + run]);
        }
        if (!stored.result.fingerprint.empty()) {
            const auto end = stored.result.fingerprint.end() - static_cast<std::ptrdiff_t>(piece.runs);
            fingerprint.runs = piece.runs;
            fingerprint.by_variable.insert(fingerprint.by_variable.end(), stored.result.fingerprint.begin(), end);
            fingerprint.by_run.insert(fingerprint.by_run.end(), end, stored.result.fingerprint.end());
        }
        if (!goes_on({runs, all})) return std::nullopt;
    }
    if (fingerprint.by_run.size() != policies * fingerprint.runs) fingerprint = {}; // a policy's first piece is missing
    writer.flush();                                                                 // quantiles are taken from the file
    const auto put = [&](const Interval& x) { made.estimate.push_back(x.estimate), made.low.push_back(x.low), made.high.push_back(x.high); };
    for (std::size_t o = 0; o < outcomes; ++o)
        for (std::size_t k = 0; k < policies; ++k)
            if (e.outcomes[o].level) {
                const auto read = [&](Range of_replicates, Range of_points) { return writer.outcome(o, k, of_replicates, of_points); };
                std::ranges::for_each(quantiles(read, *e.outcomes[o].level, replicates, points), put);
            } else
                for (std::size_t point = 0; point < points; ++point) put(interval_of(estimates[(o * policies + k) * points + point], e.outcomes[o]));
    if (stop) writer.stopped(*stop);
    Done done{.path = writer.finish(made, fingerprint, duration_s), .complete = head.complete, .runs = runs, .all = asked};
    done.sweep = StoredSweep{std::move(head), std::move(made), stop};
    return done;
}

} // namespace entente
