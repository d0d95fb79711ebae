#include "carry_out.hpp"
#include "../analysis/answer.hpp"
#include "../analysis/attribution.hpp"
#include "asked.hpp"
#include "consolidate.hpp"
#include "identity.hpp"
#include "ranks/hand_out.hpp"
#include "refusal.hpp"
#include <chrono>
#include <filesystem>
#include <limits>
#include <stdexcept>

namespace entente {
namespace {

/// One experiment at work.
struct Work {
    const Experiment& e;
    const Place& place;
    const Listener& listener;
    const std::atomic<bool>* stop;
    Ranks* ranks; ///< null: this process alone
    Parts& parts;
    Summaries& summaries;
    bool stopped() const { return stop && *stop; }
    /// What is to stand beside the shares of so many runs: of a sweep or a shard nothing.
    BesideSizes beside(std::uint64_t runs) const { return e.sweep || place.shards > 1 ? BesideSizes() : beside_sizes(e.beside, e.scenario(), static_cast<std::uint32_t>(runs)); }
};

/// On this process's threads.
void simulate_here(const Work& w, std::span<const std::uint64_t> pieces, const std::function<void(std::uint64_t)>& finished)
{
    count_pieces(
        w.e.plan, pieces, w.e.options, [&](unsigned thread, const FinishedPiece& piece) { w.summaries.add(thread, piece, outcomes_of(w.e.outcomes, piece), w.e.options.keep); },
        [&](const FinishedPiece& piece, std::uint64_t) {
            w.summaries.save_if_due();
            finished(piece.piece.runs);
        },
        w.stop);
}

/// By all ranks.
void hand_out_all(const Work& w, std::span<const std::uint64_t> pieces, const std::function<void(std::uint64_t)>& finished)
{
    std::mutex one_at_a_time;
    hand_out(
        *w.ranks, order_of(w.e), pieces, w.e.options.threads,
        [&](unsigned hand, const MadePieces& made) {
            w.summaries.add(hand, made.pieces, made.state);
            const std::scoped_lock lock(one_at_a_time);
            w.summaries.save_if_due();
            for (const auto& [number, part] : made.pieces) finished(piece_of(w.e.plan, number).runs);
        },
        w.stop);
}

/// Simulates these pieces into parts and summaries. `finished` hears of the runs of each.
void simulate(const Work& w, std::span<const std::uint64_t> pieces, const std::function<void(std::uint64_t)>& finished)
{
    try {
        if (w.ranks) hand_out_all(w, pieces, finished);
        else simulate_here(w, pieces, finished);
    } catch (...) {
        try {
            w.summaries.save();
        } catch (const std::exception&) { // the first fault is the one to tell
        }
        throw;
    }
    w.parts.flush();
    if (w.stopped()) w.summaries.save();
}

struct Simulated {
    std::uint32_t replicates = 0; ///< that the result has
    std::optional<StopReport> verdict;
    std::uint64_t made = 0; ///< runs, just now
};
/// All that is missing of the shard, or until the stops are met.
Simulated simulate_all(const Work& w)
{
    const Experiment& e = w.e;
    const Shard& shard = w.parts.shard();
    const StoppingRule rule = rule_of(e);
    std::uint64_t replicates = e.stops.empty() ? e.plan.replicates : 0, predicted = 0, finished = 0;
    while (true) {
        if (!e.stops.empty()) replicates = next_check(rule, replicates);
        std::vector<std::uint64_t> todo;
        for (std::uint64_t p = shard.first; p < std::min(shard.end, pieces_for(e.plan, replicates)); ++p)
            if (!w.summaries.covers(p)) todo.push_back(p);
        const std::uint64_t all = finished + runs_in(e.plan, todo) + predicted * e.plan.points * e.plan.policies.size() + w.beside(replicates + predicted).runs();
        simulate(w, todo, [&](std::uint64_t runs) {
            finished += runs;
            if (w.listener.progress) w.listener.progress({finished, all});
        });
        if (w.stopped() || e.stops.empty()) return {static_cast<std::uint32_t>(replicates), {}, finished};
        const Verdict verdict = check(rule, stop_values(e, w.parts, static_cast<std::uint32_t>(replicates)));
        if (verdict.enough || verdict.at_most) return {static_cast<std::uint32_t>(replicates), report_of(e, verdict, replicates), finished};
        predicted = verdict.predicted_runs;
    }
}

/// Whether so many finished runs are an interrupted result within a second or two. Who asked for an end waits no longer: mpirun kills ranks after one, Slurm at the job's limit.
bool soon_put_together(const Work& w, std::uint64_t runs)
{
    constexpr std::uint64_t most = 100'000, most_whole = 1'000; // at 15 microseconds and 1 millisecond each
    return !w.ranks && runs <= (w.e.options.keep > Keep::outcomes ? most_whole : most);
}

Done simulate_and_consolidate(const Work& w)
{
    const Experiment& e = w.e;
    const auto begin = std::chrono::steady_clock::now();
    const Simulated simulated = simulate_all(w);
    const bool stopped = w.stopped();
    const std::uint64_t all = runs_in(e.plan, w.parts.shard()), runs = runs_in(e.plan, w.parts.finished());
    const auto in_parts = [&](bool all_made) -> Done { // what was made beside the runs is made again
        w.summaries.save();
        return {.path = w.parts.folder(), .complete = w.place.shards > 1 && runs == all, .shard = true, .simulated = all_made, .runs = runs, .all = all};
    };
    const bool part_of_a_whole = runs < all && is_whole_result(w.place.out); // which it does not replace
    if (w.place.shards > 1 || (stopped && (part_of_a_whole || !soon_put_together(w, runs)))) return in_parts(runs == all);
    const std::uint32_t runs_of_run = simulated.verdict ? simulated.replicates : e.plan.replicates;
    std::optional<Beside> beside = Beside();
    if (const BesideSizes sizes = w.beside(runs_of_run); runs >= runs_of_run && sizes != BesideSizes())
        beside = beside_of(
            e.scenario(), sizes, e.options,
            [&](Progress p) {
                if (w.listener.progress) w.listener.progress({simulated.made + p.done, simulated.made + p.all});
            },
            w.stop, w.ranks ? workers_of(*w.ranks) : on_threads());
    if (!beside) return in_parts(true);
    const double duration_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    const GoesOn goes_on = until_stopped(w.listener, stopped ? nullptr : w.stop); // an interrupted result is soon there
    std::optional<Done> done = e.sweep ? consolidate_sweep(e, {&w.parts}, simulated.replicates, w.place.out, duration_s, goes_on, simulated.verdict)
                                       : consolidate_run(e, {&w.parts}, w.summaries, runs_of_run, w.place.out, duration_s, goes_on, simulated.verdict, *beside);
    if (!done) return in_parts(true);
    if (done->complete) w.parts.remove();
    done->verdict = simulated.verdict;
    return *std::move(done);
}

} // namespace

Done carry_out(const Experiment& e, const Place& place, const Listener& listener, const std::atomic<bool>* stop, Ranks* ranks)
{
    std::vector<Note> notes;
    const auto say = [&](Note note) {
        if (listener.note) listener.note(note);
        notes.push_back(std::move(note));
    };
    if (place.shards == 1 || place.out.empty()) throw_if_no_result_to_replace(place.out);
    if (place.shard < 1 || place.shard > place.shards) throw Refused(refusal::NoSuchShard{place.shard, place.shards});
    const std::string folder = parts_folder(place);
    if (ResultThere there = result_there(e, place); there.found()) {
        remove_leftovers(folder);
        std::error_code ignored; // another's file stays as old as it is
        std::filesystem::last_write_time(place.out, std::filesystem::file_time_type::clock::now(), ignored);
        say(note::AlreadyThere{place.out});
        const std::uint64_t runs = there.run ? there.run->summary.runs : there.sweep->head.provenance.runs;
        const std::optional<StopReport> verdict = there.run ? there.run->stop : there.sweep->stop;
        return {.path = place.out, .found = true, .runs = runs, .all = runs, .verdict = verdict, .run = std::move(there.run), .sweep = std::move(there.sweep), .notes = std::move(notes)};
    }
    const std::uint64_t pieces = piece_count(e.plan);
    if (place.shards > 1 && !e.stops.empty()) throw Refused(refusal::StopsInShards{});
    if (place.shards > pieces) throw Refused(refusal::TooManyShards{pieces, place.shards});
    if (!parts_there(e, place) && place.resume) say(note::NothingToGoOnWith{folder});
    Parts parts(folder, identity_of(e), about_of(e), shard_of(pieces, place.shard, place.shards), place.force ? Begin::anew : Begin::go_on);
    for (const std::string& path : parts.damaged()) say(note::DamagedPart{path});
    Summaries summaries(e, parts);
    std::vector<std::uint64_t> finished = parts.finished();
    std::erase_if(finished, [&](std::uint64_t piece) { return !summaries.covers(piece); });
    if (!finished.empty()) say(note::GoesOnWith{folder, runs_in(e.plan, finished), runs_in(e.plan, parts.shard())});
    try {
        Done done = simulate_and_consolidate({e, place, listener, stop, ranks, parts, summaries});
        done.notes = std::move(notes);
        return done;
    } catch (const std::runtime_error& fault) {
        if (parts.finished().empty()) throw;
        throw CutShort(fault.what(), folder);
    }
}

Done carry_out_unkept(const Experiment& e, const Listener& listener, const std::atomic<bool>* stop)
{
    if (e.sweep || !e.stops.empty()) throw std::invalid_argument("only a plain run of a fixed length is carried out without a file");
    AttributionSample attribution(e.scenario(), report_quarter(e.scenario().horizon));
    const BesideSizes sizes = beside_sizes(e.beside, e.scenario(), e.plan.replicates);
    const auto progress = [&](std::uint64_t done) {
        if (listener.progress) listener.progress({done, e.plan.replicates + sizes.runs()});
    };
    Summary summary = run_ensemble(
        e.scenario(), e.options,
        [&](const FinishedBlock& block) {
            if (block.first_run >= attribution_runs) return;
            const auto runs = static_cast<std::uint32_t>(block.job.runs());
            attribution.add(block, outcomes_of(e.outcomes, {0, {0, block.first_run, runs}, block.job, block.result}));
        },
        [&](Progress p) { progress(p.done); }, stop);
    attribution.attribute(summary);
    std::optional<Beside> beside = Beside();
    if (summary.runs == e.plan.replicates)
        beside = beside_of(
            e.scenario(), sizes, e.options, [&](Progress p) { progress(summary.runs + p.done); }, stop);
    Done done{.path = "", .complete = summary.runs == e.plan.replicates && beside, .runs = summary.runs, .all = e.plan.replicates};
    done.run = StoredResult{e.provenance, std::move(summary), done.complete, {}, beside.value_or(Beside())};
    return done;
}

} // namespace entente
