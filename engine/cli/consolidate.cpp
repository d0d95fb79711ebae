#include "consolidate.hpp"
#include "../analysis/answer.hpp"
#include "../analysis/attribution.hpp"
#include "../analysis/estimate.hpp"
#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::cli {

static const Parts* holder(const Folders& folders, std::uint64_t piece)
{
    for (const Parts* parts : folders)
        if (parts->has(piece)) return parts;
    return nullptr;
}

/// Calls `use` with each block that a plain run's summaries hold and begins before this run, and its outcomes.
static void each_summed_block(const Experiment& e, const Folders& folders, const Summaries& summaries, std::uint64_t runs,
                              const std::function<void(const FinishedBlock&, const std::vector<double>&)>& use)
{
    for (std::uint64_t number = 0; number < std::min(piece_count(e.plan), pieces_for(e.plan, runs)); ++number) {
        const Parts* const parts = holder(folders, number);
        if (!parts || !summaries.has_summed(number)) continue;
        const Piece piece = piece_of(e.plan, number);
        const PlannedJob planned = job_of(e.plan, piece, e.options);
        const StoredPiece stored = parts->read(number);
        use({static_cast<std::uint32_t>(piece.first), planned.job, stored.result}, stored.outcomes);
    }
}

Summary summary_so_far(const Experiment& e, const Parts& parts, Summaries& summaries)
{
    Summary summary = summaries.accumulator()->summary();
    AttributionSample attribution(e.scenario(), report_quarter(e.scenario().horizon));
    each_summed_block(e, {&parts}, summaries, attribution_runs, [&](const FinishedBlock& block, const std::vector<double>& outcomes) { attribution.add(block, outcomes); });
    attribution.attribute(summary);
    return summary;
}

Done consolidate_run(Experiment& e, const Folders& folders, Summaries& summaries, std::uint32_t runs, const std::string& path, double duration_s)
{
    const std::uint32_t asked = e.plan.replicates;
    if (!e.stops.empty() && !interruption() && runs < asked) { // the result is that of a run of this length
        Scenario& scenario = e.plan.policies[0];
        scenario.runs = e.provenance.runs = e.plan.replicates = runs;
        e.provenance.scenario_resolved = resolved_toml(scenario);
    }
    Summary summary = summaries.accumulator()->summary();
    const bool complete = summary.runs == e.plan.replicates;
    if (summary.runs == 0) return {"", false, false, 0, asked};
    ResultWriter writer(path, e.scenario(), e.provenance, e.options.keep);
    AttributionSample attribution(e.scenario(), report_quarter(e.scenario().horizon));
    each_summed_block(e, folders, summaries, e.plan.replicates, [&](const FinishedBlock& block, const std::vector<double>& outcomes) {
        writer.block(block);
        attribution.add(block, outcomes);
    });
    attribution.attribute(summary);
    Done finished{writer.finish(summary, duration_s, complete), complete, false, summary.runs, asked};
    finished.result = {e.provenance, std::move(summary), complete};
    return finished;
}

/// Of an outcome under a policy, at each point. Its values are read again from the file: those of a few points at once, or of a long column again and again.
static std::vector<Interval> quantiles(const SweepWriter& writer, std::size_t outcome, std::size_t policy, double level, std::size_t replicates, std::size_t points)
{
    constexpr std::size_t kept = 65536, read = 8192; // values in memory; replicates of one reading
    const auto rows = [&](Range some, auto use) {
        for (std::size_t from = 0; from < replicates; from += read) use(writer.outcome(outcome, policy, {from, std::min(read, replicates - from)}, some));
    };
    const std::size_t together = std::clamp<std::size_t>(kept / replicates, 1, points);
    std::vector<Interval> all;
    for (std::size_t first = 0; first < points; first += together) {
        std::vector<std::vector<double>> values(std::min(together, points - first));
        if (replicates <= kept)
            rows({first, values.size()}, [&](const std::vector<double>& some) {
                for (std::size_t i = 0; i < some.size(); ++i) values[i % values.size()].push_back(some[i]);
            });
        for (const std::vector<double>& column : values) {
            const Numbers again = [&](const auto& take) { rows({first, 1}, take); };
            const Interval x = interval({Statistic::Kind::quantile, level}, replicates <= kept ? in_memory(column) : again);
            all.push_back(x.used > 0 ? x : Running().interval());
        }
    }
    return all;
}

Done consolidate_sweep(Experiment& e, const Folders& folders, std::uint32_t replicates, const std::string& path, double duration_s)
{
    const std::size_t policies = e.plan.policies.size(), points = e.plan.points, outcomes = e.outcomes.size();
    const std::uint64_t asked = std::uint64_t{e.plan.replicates} * points * policies;
    SweepHead head{.provenance = e.provenance,
                   .policies = e.policy_names,
                   .outcomes = {},
                   .factors = {},
                   .factor_kinds = {},
                   .factor_choices = {},
                   .values = e.design.value,
                   .base = e.design.base,
                   .moved = e.design.moved,
                   .points = points,
                   .replicates = replicates,
                   .quarters = static_cast<std::uint32_t>(e.scenario().horizon + 1)};
    for (const Quantity& q : e.outcomes) head.outcomes.push_back(q.text);
    for (const Factor& f : e.sweep->factors) {
        head.factors.push_back(f.name);
        head.factor_kinds.emplace_back(std::array{"number", "whole", "date", "choice"}[static_cast<std::size_t>(f.kind)]);
        head.factor_choices.push_back(fmt::format("{}", fmt::join(f.choices, "|")));
    }
    head.provenance.runs = static_cast<std::uint32_t>(std::uint64_t{replicates} * points * policies);
    std::uint64_t runs = 0;
    const std::uint64_t pieces = pieces_for(e.plan, replicates);
    for (std::uint64_t number = 0; number < pieces; ++number) head.complete = head.complete && holder(folders, number);
    std::vector<Running> estimates(outcomes * policies * points);
    SweepEstimates made;
    made.failed.resize(policies * points);
    Fingerprint fingerprint{.policies = e.policy_names, .quarters = head.quarters, .runs = 0, .by_variable = {}, .by_run = {}};
    SweepWriter writer(path, head, e.options.keep);
    for (std::uint64_t number = 0; number < pieces; ++number) {
        const Piece piece = piece_of(e.plan, number);
        const Parts* const parts = holder(folders, number);
        if (!parts) {
            writer.missing(piece);
            continue;
        }
        const StoredPiece stored = parts->read(number);
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
    }
    if (fingerprint.by_run.size() != policies * fingerprint.runs) fingerprint = {}; // a policy's first piece is missing
    writer.flush();                                                                 // quantiles are taken from the file
    const auto put = [&](const Interval& x) { made.estimate.push_back(x.estimate), made.low.push_back(x.low), made.high.push_back(x.high); };
    for (std::size_t o = 0; o < outcomes; ++o)
        for (std::size_t k = 0; k < policies; ++k)
            if (e.outcomes[o].level) std::ranges::for_each(quantiles(writer, o, k, *e.outcomes[o].level, replicates, points), put);
            else
                for (std::size_t point = 0; point < points; ++point) put(interval_of(estimates[(o * policies + k) * points + point], e.outcomes[o]));
    return {writer.finish(made, fingerprint, duration_s), head.complete, false, runs, asked};
}

Done merge_parts(const std::vector<std::string>& folders, const std::string& out)
{
    std::vector<std::unique_ptr<Parts>> all;
    for (const std::string& folder : folders) {
        if (std::filesystem::is_regular_file(folder)) throw UsageError(fmt::format("entente merge: {}: is a file; shards are folders, NAME.i-of-n.parts", folder));
        all.push_back(reading("merge", [&] { return std::make_unique<Parts>(folder); }));
    }
    for (const auto& parts : all)
        if (const std::string what = difference(all[0]->identity(), parts->identity()); !what.empty())
            throw UsageError(fmt::format("{} and {} belong to different experiments. {}", all[0]->folder(), parts->folder(), what));
    Experiment e = experiment_of(*all[0]);
    Summaries summaries(e, *all[0]);
    for (std::size_t i = 1; i < all.size(); ++i) summaries.add(*all[i]);
    Folders held;
    std::string faults;
    for (std::size_t i = 0; i < all.size(); ++i) {
        held.push_back(all[i].get());
        for (std::size_t k = 0; k < i; ++k) {
            const Shard &a = all[k]->shard(), &b = all[i]->shard();
            const std::uint64_t first = std::max(a.first, b.first), end = std::min(a.end, b.end);
            if (first < end) faults += fmt::format("{} and {} overlap: pieces {} to {} are in both\n", all[k]->folder(), all[i]->folder(), first, end - 1);
        }
    }
    const std::uint64_t pieces = piece_count(e.plan);
    const auto is_there = [&](std::uint64_t piece) { return holder(held, piece) && summaries.has_summed(piece); };
    for (std::uint64_t p = 0; p < pieces; ++p) {
        if (is_there(p)) continue;
        std::uint64_t last = p;
        while (last + 1 < pieces && !is_there(last + 1)) ++last;
        const auto in_shard = std::ranges::find_if(all, [&](const auto& parts) { return p >= parts->shard().first && p < parts->shard().end; });
        const std::uint32_t of = all[0]->shard().of;
        std::uint32_t number = 1;
        while (number < of && shard_of(pieces, number, of).end <= p) ++number;
        faults += fmt::format("a gap: pieces {} to {} of {} are missing; {}\n", p, last, pieces,
                              in_shard == all.end() ? fmt::format("they begin in shard {}/{}", number, of)
                                                    : fmt::format("{} is not finished (--resume goes on with it)", (*in_shard)->folder()));
        p = last;
    }
    if (!faults.empty()) throw UsageError(faults.substr(0, faults.size() - 1));
    return e.sweep ? consolidate_sweep(e, held, e.plan.replicates, out, 0) : consolidate_run(e, held, summaries, e.plan.replicates, out, 0);
}

} // namespace entente::cli
