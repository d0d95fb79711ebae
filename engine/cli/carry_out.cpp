// Simulates an experiment piece by piece, each on disk as soon as it is finished, and consolidates its result.
#include "../analysis/answer.hpp"
#include "../analysis/attribution.hpp"
#include "../analysis/estimate.hpp"
#include "../core/quarter.hpp"
#include "../ensemble/accumulator.hpp"
#include "experiment.hpp"
#include "provenance.hpp"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <limits>
#include <mutex>
#include <set>
#include <shared_mutex>

namespace entente::cli {

namespace {

/// A plain run's summaries, and of which pieces; a sweep has none. They are large: saving them takes a fiftieth of the time at most, and what a killed run did
/// since is simulated again.
class Summaries {
public:
    Summaries(const Experiment& e, Parts& parts) : parts_(parts)
    {
        if (e.sweep) return;
        accumulator_.emplace(choose_kernel(e.options.precision, e.options.isa), e.scenario());
        add(parts);
    }
    /// Adds what a folder has saved, unless a piece of it is no longer there: it would be simulated again, and counted twice.
    void add(const Parts& parts)
    {
        const std::string bytes = parts.read_state();
        if (!accumulator_ || bytes.empty()) return;
        std::uint64_t n = 0;
        std::memcpy(&n, bytes.data(), sizeof n);
        std::vector<std::uint64_t> pieces(n);
        std::memcpy(pieces.data(), bytes.data() + sizeof n, n * sizeof n);
        if (!std::ranges::all_of(pieces, [&](std::uint64_t piece) { return parts.has(piece); })) return;
        accumulator_->add_state(std::string_view(bytes).substr((n + 1) * sizeof n));
        summed_.insert(pieces.begin(), pieces.end());
    }
    /// Whether a piece needs no work.
    bool covers(std::uint64_t piece) const { return parts_.has(piece) && has_summed(piece); }
    bool has_summed(std::uint64_t piece) const { return !accumulator_ || summed_.contains(piece); }
    /// Keeps a piece and sums it up; a save sees both or neither.
    void add(unsigned thread, const FinishedPiece& finished, const std::vector<double>& outcomes, Keep keep)
    {
        const std::shared_lock lock(all_);
        parts_.add(thread, finished, outcomes, keep);
        if (!accumulator_) return;
        accumulator_->add(finished.result, static_cast<std::uint32_t>(finished.piece.first), finished.piece.runs);
        const std::scoped_lock one(list_);
        summed_.insert(finished.number);
    }
    void save_if_due()
    {
        if (accumulator_ && std::chrono::steady_clock::now() - saved_ >= 50 * save_took_) save();
    }
    void save()
    {
        const std::unique_lock lock(all_);
        parts_.flush();
        if (!accumulator_) return;
        const auto begin = std::chrono::steady_clock::now();
        const std::vector<std::uint64_t> pieces(summed_.begin(), summed_.end());
        const std::uint64_t n = pieces.size();
        std::string head;
        std::vector<std::string_view> bytes = accumulator_->state(head);
        bytes.insert(bytes.begin(), {{reinterpret_cast<const char*>(&n), sizeof n}, {reinterpret_cast<const char*>(pieces.data()), n * sizeof n}});
        parts_.write_state(bytes);
        saved_ = std::chrono::steady_clock::now();
        save_took_ = saved_ - begin;
    }
    std::optional<Accumulator>& accumulator() { return accumulator_; }

private:
    Parts& parts_;
    std::optional<Accumulator> accumulator_;
    std::set<std::uint64_t> summed_; ///< pieces in the accumulator
    std::shared_mutex all_;
    std::mutex list_;
    std::chrono::steady_clock::time_point saved_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::duration save_took_ = std::chrono::milliseconds(50); ///< until it is known
};

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

/// Per replicate what the stops look at: the mean over points, of each policy or of its difference to the first.
std::vector<std::vector<double>> stop_values(const Experiment& e, const Parts& parts, std::uint32_t replicates)
{
    const std::size_t points = e.plan.points, policies = e.plan.policies.size();
    // [policy][stop][replicate]
    std::vector<std::vector<std::vector<double>>> sums(policies, std::vector(e.stops.size(), std::vector<double>(replicates)));
    for (std::uint64_t number = 0; number < piece_count(e.plan); ++number) {
        const Piece piece = piece_of(e.plan, number);
        if (piece.first >= std::uint64_t{replicates} * points) break;
        const StoredPiece stored = parts.read(number);
        for (std::size_t s = 0; s < e.stops.size(); ++s)
            for (std::uint32_t run = 0; run < piece.runs; ++run)
                if (const std::uint64_t replicate = (piece.first + run) / points; replicate < replicates)
                    sums[piece.policy][s][replicate] += stored.outcomes[e.stops[s].outcome * piece.runs + run] / static_cast<double>(points);
    }
    std::vector<std::vector<double>> values;
    for (std::size_t s = 0; s < e.stops.size(); ++s)
        for (std::size_t k = e.stops[s].difference ? 1 : 0; k < policies; ++k) values.push_back(e.stops[s].difference ? differences(sums[0][s], sums[k][s]) : sums[k][s]);
    return values;
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

/// Pieces that hold the first replicates.
std::uint64_t pieces_for(const Plan& plan, std::uint64_t replicates) { return (replicates * plan.points + block_runs - 1) / block_runs * plan.policies.size(); }

/// How well each outcome that was to be known is known.
std::string stop_report(const Experiment& e, const Verdict& verdict, std::uint64_t replicates)
{
    std::string text = fmt::format("{}: {} {} of at most {}\n", verdict.enough ? "Stopped by precision" : "Ended at the most, NOT as precise as asked for", with_commas(replicates),
                                   e.sweep ? "replicates" : "runs", with_commas(e.plan.replicates));
    std::size_t at = 0;
    for (const Experiment::Stop& stop : e.stops)
        for (std::size_t k = stop.difference ? 1 : 0; k < e.plan.policies.size(); ++k) {
            const Interval& x = verdict.intervals[at++];
            const std::string whose = !e.sweep ? "" : fmt::format(", {}{}", e.policy_names[k], stop.difference ? " less " + e.policy_names[0] : "");
            text += fmt::format("  {}{}{}: {:.4g} +- {:.2g}, {} {:.2g}\n", e.outcomes[stop.outcome].text, e.plan.points > 1 ? ", mean over points" : "", whose, x.estimate,
                                x.half_width(), x.half_width() <= stop.half_width ? "within" : "NOT within", stop.half_width);
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

/// Where the pieces of an experiment lie: in one folder, or in those of several shards.
using Folders = std::vector<const Parts*>;
static const Parts* holder(const Folders& folders, std::uint64_t piece)
{
    for (const Parts* parts : folders)
        if (parts->has(piece)) return parts;
    return nullptr;
}

/// A plain run's result file.
static Done consolidate_run(Experiment& e, const Folders& folders, Summaries& summaries, std::uint32_t runs, const std::string& path, double duration_s)
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
    for (std::uint64_t number = 0; number < piece_count(e.plan); ++number) {
        const Parts* const parts = holder(folders, number);
        if (!parts || !summaries.has_summed(number)) continue;
        const Piece piece = piece_of(e.plan, number);
        const PlannedJob planned = job_of(e.plan, piece, e.options);
        const StoredPiece stored = parts->read(number);
        const FinishedBlock block{static_cast<std::uint32_t>(piece.first), planned.job, stored.result};
        writer.block(block);
        attribution.add(block, stored.outcomes);
    }
    attribution.attribute(summary);
    Done finished{writer.finish(summary, duration_s, complete), complete, false, summary.runs, asked};
    finished.result = {e.provenance, std::move(summary), complete};
    return finished;
}

static Done consolidate_sweep(Experiment& e, const Folders& folders, std::uint32_t replicates, const std::string& path, double duration_s)
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
    std::vector<Estimate> estimates(outcomes * policies * points);
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
            for (std::size_t o = 0; o < outcomes; ++o) estimates[(o * policies + piece.policy) * points + point].add(e.outcomes[o], stored.outcomes[o * piece.runs + run]);
        }
        if (!stored.result.fingerprint.empty()) {
            const auto end = stored.result.fingerprint.end() - static_cast<std::ptrdiff_t>(piece.runs);
            fingerprint.runs = piece.runs;
            fingerprint.by_variable.insert(fingerprint.by_variable.end(), stored.result.fingerprint.begin(), end);
            fingerprint.by_run.insert(fingerprint.by_run.end(), end, stored.result.fingerprint.end());
        }
    }
    if (fingerprint.by_run.size() != policies * fingerprint.runs) fingerprint = {}; // a policy's first piece is missing
    for (std::size_t i = 0; i < estimates.size(); ++i) {
        const Interval x = estimates[i].interval(e.outcomes[i / (policies * points)]);
        made.estimate.push_back(x.estimate), made.low.push_back(x.low), made.high.push_back(x.high);
    }
    return {writer.finish(made, fingerprint, duration_s), head.complete, false, runs, asked};
}

std::string parts_folder(const Ordered& ordered)
{
    const std::string stem = ordered.out.ends_with(".h5") ? ordered.out.substr(0, ordered.out.size() - 3) : ordered.out;
    return ordered.shards == 1 ? stem + ".parts" : fmt::format("{}.{}-of-{}.parts", stem, ordered.shard, ordered.shards);
}

void throw_if_no_result_to_replace(const std::string& path)
{
    if (std::filesystem::is_directory(path)) throw UsageError(fmt::format("--out: {}: a file, got a folder", path));
    const auto is_result = [&] {
        try {
            return stored_kind(path) != Stored::neither;
        } catch (const std::runtime_error&) { // not even HDF5
            return false;
        }
    };
    if (std::filesystem::exists(path) && !is_result()) throw UsageError(fmt::format("{}: is no result of this program and is not replaced; --out FILE writes elsewhere", path));
}

bool is_whole_result(const std::string& path)
{
    try {
        const Stored kind = std::filesystem::exists(path) ? stored_kind(path) : Stored::neither;
        return kind == Stored::sweep ? read_sweep_result(path).head.complete : kind == Stored::run && read_result(path).complete;
    } catch (const std::runtime_error&) { // a damaged one is none
        return false;
    }
}

Done carry_out(Experiment& e, const Ordered& ordered)
{
    if (ordered.shards == 1) throw_if_no_result_to_replace(ordered.out);
    const std::string folder = parts_folder(ordered);
    const std::uint64_t pieces = piece_count(e.plan);
    if (ordered.shards > 1 && !e.stops.empty()) throw UsageError("--shard: runs that stop by precision look at all runs so far and cannot be shared out");
    if (ordered.shards > pieces) throw UsageError(fmt::format("--shard: {} pieces of {} runs cannot be shared out to {}", pieces, block_runs, ordered.shards));
    if (!ordered.force && holds_parts(folder)) {
        if (!ordered.resume)
            throw UsageError(fmt::format("{}: holds {} finished pieces of an interrupted run; --resume goes on with them, --force begins anew", folder, Parts(folder).finished().size()));
        else if (const std::string what = difference(Parts(folder).identity(), identity_of(e)); !what.empty())
            throw UsageError(fmt::format("{}: cannot go on, it belongs to another experiment. {}", folder, what));
    } else if (ordered.resume) fmt::print(stderr, "{}: nothing to go on with; all runs are simulated.\n", folder);
    watch_for_interruption();
    const auto begin = std::chrono::steady_clock::now();
    Parts parts(folder, identity_of(e), about_of(e), shard_of(pieces, ordered.shard, ordered.shards), ordered.force ? Begin::anew : Begin::go_on);
    Summaries summaries(e, parts);
    const std::uint32_t replicates = simulate_all(e, parts, summaries);
    std::uint64_t runs = 0, all = 0;
    for (std::uint64_t p = parts.shard().first; p < parts.shard().end; ++p) all += piece_of(e.plan, p).runs, runs += parts.has(p) ? piece_of(e.plan, p).runs : 0;
    if (ordered.shards > 1 || (interruption() && runs < all && is_whole_result(ordered.out))) { // a part does not replace a whole
        summaries.save();
        return {folder, runs == all, true, runs, all};
    }
    const double duration_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    Done result = e.sweep ? consolidate_sweep(e, {&parts}, replicates, ordered.out, duration_s) : consolidate_run(e, {&parts}, summaries, replicates, ordered.out, duration_s);
    if (result.complete) parts.remove();
    result.stopped = e.stopped;
    return result;
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

Done merge_parts(const std::vector<std::string>& folders, const std::string& out)
{
    std::vector<std::unique_ptr<Parts>> all;
    for (const std::string& folder : folders) {
        if (std::filesystem::is_regular_file(folder)) throw UsageError(fmt::format("entente merge: {}: is a file; shards are folders, NAME.i-of-n.parts", folder));
        all.push_back(std::make_unique<Parts>(folder));
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
