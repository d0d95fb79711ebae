// Simulates an experiment piece by piece, each on disk as soon as it is finished, until it is whole or known well enough.
#include "consolidate.hpp"
#include "values.hpp"
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace entente::cli {

namespace {

/// What a piece's runs come to, [outcome][run]; NaN: the run failed.
std::vector<double> outcomes_of(const std::vector<Quantity>& quantities, const FinishedPiece& finished)
{
    std::vector<double> values;
    for (const Quantity& quantity : quantities)
        for (std::uint32_t run = 0; run < finished.piece.runs; ++run)
            values.push_back(finished.result.failed_quarter[run] >= 0 ? std::numeric_limits<double>::quiet_NaN() : evaluate(quantity, finished.result, run, finished.piece.runs));
    return values;
}

/// Simulates these pieces into parts and summaries.
void simulate(const Experiment& e, std::span<const std::uint64_t> pieces, Parts& parts, Summaries& summaries, const std::function<void(std::uint64_t)>& progress)
{
    std::mutex one_at_a_time;
    try {
        run_pieces(
            e.plan, pieces, e.options,
            [&](unsigned thread, const FinishedPiece& finished) {
                summaries.add(thread, finished, outcomes_of(e.outcomes, finished), e.options.keep);
                const std::scoped_lock lock(one_at_a_time);
                summaries.save_if_due();
                progress(finished.piece.runs);
            },
            &interruption());
    } catch (...) {
        try {
            summaries.save();
        } catch (const std::exception&) { // the first fault is the one to tell
        }
        throw;
    }
    parts.flush();
    if (interruption()) summaries.save();
}

/// Per replicate what each stop looks at: the mean over points, of each policy or of its difference to the first.
std::vector<Numbers> stop_values(const Experiment& e, const Parts& parts, std::uint32_t replicates)
{
    const std::size_t points = e.plan.points;
    std::vector<Numbers> all;
    for (const Experiment::Stop& stop : e.stops)
        for (std::size_t k = stop.difference ? 1 : 0; k < e.plan.policies.size(); ++k) {
            const std::vector<std::size_t> policies = stop.difference ? std::vector<std::size_t>{k, 0} : std::vector<std::size_t>{k};
            all.push_back([=, values = values_in(e.plan, parts, stop.outcome, policies, replicates)](const auto& take) {
                values.numbers([&](std::span<const double> some) {
                    const std::size_t n = some.size() / policies.size() / points;
                    const auto mean = [&](std::size_t policy, std::size_t replicate) {
                        double sum = 0;
                        for (std::size_t point = 0; point < points; ++point) sum += some[(policy * n + replicate) * points + point] / static_cast<double>(points);
                        return sum;
                    };
                    std::vector<double> means;
                    for (std::size_t r = 0; r < n; ++r) means.push_back(stop.difference ? mean(0, r) - mean(1, r) : mean(0, r));
                    take(means);
                });
            });
        }
    return all;
}

StoppingRule rule_of(const Experiment& e)
{
    StoppingRule rule{.wanted = {}, .least = e.least, .most = e.plan.replicates};
    for (const Experiment::Stop& stop : e.stops) {
        const Quantity& q = e.outcomes[stop.outcome];
        const bool share = e.plan.points == 1 && !stop.difference && is_share(q);
        const Statistic statistic{q.level ? Statistic::Kind::quantile : share ? Statistic::Kind::probability : Statistic::Kind::mean, q.level.value_or(0.5)};
        for (std::size_t k = stop.difference ? 1 : 0; k < e.plan.policies.size(); ++k) rule.wanted.push_back({statistic, stop.half_width});
    }
    return rule;
}

/// How well each outcome that was to be known is known.
std::string stop_report(const Experiment& e, const Verdict& verdict, std::uint64_t replicates)
{
    std::string text = fmt::format("{}: {} {} of at most {}\n", verdict.enough ? "Stopped by precision" : "Ended at the most, NOT as precise as asked for", with_commas(replicates),
                                   e.sweep ? "replicates" : "runs", with_commas(e.plan.replicates));
    std::size_t at = 0;
    for (const Experiment::Stop& stop : e.stops)
        for (std::size_t k = stop.difference ? 1 : 0; k < e.plan.policies.size(); ++k) {
            const double least = verdict.least[at];
            const Interval& x = verdict.intervals[at++];
            const bool few = static_cast<double>(x.used) < least;
            const std::string whose = !e.sweep ? "" : fmt::format(", {}{}", e.policy_names[k], stop.difference ? " less " + e.policy_names[0] : "");
            const std::string width = x.half_width() == 0 ? "always the same" : fmt::format("+- {:.2g}", x.half_width());
            text += fmt::format("  {}{}{}: {:.4g} {}, {} {:.2g}{}\n", e.outcomes[stop.outcome].text, e.plan.points > 1 ? ", mean over points" : "", whose, x.estimate, width,
                                x.half_width() <= stop.half_width ? "within" : "NOT within", stop.half_width,
                                few ? fmt::format(", and it takes {} at least to rely on that", with_commas(static_cast<std::uint64_t>(std::ceil(least)))) : "");
        }
    return text;
}

/// Simulates all that is missing of [shard.first, shard.end), or until the stops are met. Returns the number of replicates that the result has.
std::uint32_t simulate_all(Experiment& e, Parts& parts, Summaries& summaries)
{
    const Shard& shard = parts.shard();
    const StoppingRule rule = rule_of(e);
    std::uint64_t replicates = e.stops.empty() ? e.plan.replicates : 0, predicted = 0, finished = 0;
    ProgressLine line(e.provenance.scenario_name);
    const auto runs_in = [&](const std::vector<std::uint64_t>& pieces) {
        std::uint64_t runs = 0;
        for (const std::uint64_t p : pieces) runs += piece_of(e.plan, p).runs;
        return runs;
    };
    while (true) {
        if (!e.stops.empty()) replicates = next_check(rule, replicates);
        std::vector<std::uint64_t> todo;
        for (std::uint64_t p = shard.first; p < std::min(shard.end, pieces_for(e.plan, replicates)); ++p)
            if (!summaries.covers(p)) todo.push_back(p);
        const std::uint64_t all = finished + runs_in(todo) + predicted * e.plan.points * e.plan.policies.size();
        simulate(e, todo, parts, summaries, [&](std::uint64_t runs) { line({finished += runs, all}); });
        if (interruption() || e.stops.empty()) return static_cast<std::uint32_t>(replicates);
        const Verdict verdict = check(rule, stop_values(e, parts, static_cast<std::uint32_t>(replicates)));
        if (verdict.enough || verdict.at_most) {
            e.stopped = stop_report(e, verdict, replicates);
            return static_cast<std::uint32_t>(replicates);
        }
        predicted = verdict.predicted_runs;
    }
}

} // namespace

std::string parts_folder(const Ordered& ordered)
{
    const std::string stem = ordered.out.ends_with(".h5") ? ordered.out.substr(0, ordered.out.size() - 3) : ordered.out;
    return ordered.shards == 1 ? stem + ".parts" : fmt::format("{}.{}-of-{}.parts", stem, ordered.shard, ordered.shards);
}

void nothing_to_simulate(const Ordered& ordered)
{
    remove_leftovers(parts_folder(ordered));
    fmt::print(stderr, "{} holds this very result; nothing to simulate.\n", ordered.out);
}

static Done simulate_and_consolidate(Experiment& e, const Ordered& ordered, Parts& parts, Summaries& summaries)
{
    const auto begin = std::chrono::steady_clock::now();
    const std::uint32_t replicates = simulate_all(e, parts, summaries);
    const std::uint64_t all = runs_in(e.plan, parts.shard());
    std::uint64_t runs = 0;
    for (const std::uint64_t piece : parts.finished()) runs += piece_of(e.plan, piece).runs;
    if (ordered.shards > 1 || (interruption() && runs < all && is_whole_result(ordered.out))) { // a part does not replace a whole
        summaries.save();
        return {parts.folder(), runs == all, true, runs, all};
    }
    const double duration_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    Done result = e.sweep ? consolidate_sweep(e, {&parts}, replicates, ordered.out, duration_s) : consolidate_run(e, {&parts}, summaries, replicates, ordered.out, duration_s);
    if (result.complete) parts.remove();
    result.stopped = e.stopped;
    return result;
}

Done carry_out(Experiment& e, const Ordered& ordered)
{
    const std::string folder = parts_folder(ordered);
    const std::uint64_t pieces = piece_count(e.plan);
    if (ordered.shards > 1 && !e.stops.empty()) throw UsageError("--shard: runs that stop by precision look at all runs so far and cannot be shared out");
    if (ordered.shards > pieces) throw UsageError(fmt::format("--shard: {} pieces of {} runs cannot be shared out to {}", pieces, block_runs, ordered.shards));
    const bool there = holds_parts(folder);
    if (!ordered.force && there && !is_at_work_in(folder)) { // opening it says that it is
        if (!ordered.resume)
            throw UsageError(fmt::format("{}: holds {} finished pieces of an interrupted run; --resume goes on with them, --force begins anew", folder, Parts(folder).finished().size()));
        else if (const std::string what = difference(Parts(folder).identity(), identity_of(e)); !what.empty())
            throw UsageError(fmt::format("{}: cannot go on, it belongs to another experiment. {}", folder, what));
    } else if (ordered.resume && !there) fmt::print(stderr, "{}: nothing to go on with; all runs are simulated.\n", folder);
    watch_for_interruption();
    Parts parts(folder, identity_of(e), about_of(e), shard_of(pieces, ordered.shard, ordered.shards), ordered.force ? Begin::anew : Begin::go_on);
    for (const std::string& path : parts.damaged()) fmt::print(stderr, "{}: is damaged; what was lost is simulated again.\n", path);
    Summaries summaries(e, parts);
    try {
        return simulate_and_consolidate(e, ordered, parts, summaries);
    } catch (const std::runtime_error& fault) {
        if (parts.finished().empty()) throw;
        throw std::runtime_error(fmt::format("{}\nWhat is finished is in {}; the same command with --resume goes on.", fault.what(), folder));
    }
}

int tell(const Done& finished, const std::function<void()>& print)
{
    if (finished.runs == 0) fmt::print(stderr, "Interrupted before the first piece of {} runs was finished.\n", block_runs);
    else if (finished.shard && finished.complete)
        fmt::print("{}: a shard of {} runs, all finished; entente merge puts shards together.\n", finished.path, with_commas(finished.runs));
    else if (!finished.shard) print();
    if (!finished.stopped.empty()) fmt::print(stderr, "{}", finished.stopped);
    if (finished.complete) return done;
    if (finished.runs > 0)
        fmt::print(stderr, "Interrupted after {} of {} runs. What is finished is in {}; the same command with --resume goes on.\n", with_commas(finished.runs),
                   with_commas(finished.all), finished.path);
    return interrupted_exit;
}

} // namespace entente::cli
