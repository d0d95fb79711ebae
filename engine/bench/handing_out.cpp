#include "handing_out.hpp"
#include "../core/temporary_folder.hpp"
#include "../experiment/asked.hpp"
#include "../experiment/identity.hpp"
#include "../experiment/ranks/orders.hpp"
#include "../experiment/summaries.hpp"
#include "machine.hpp"
#include <chrono>
#include <sys/resource.h>

namespace entente {
namespace {

using Clock = std::chrono::steady_clock;
using Kind = HandingOut::Kind;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }
double cpu_seconds()
{
    rusage all{};
    getrusage(RUSAGE_SELF, &all);
    const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6; };
    return seconds(all.ru_utime) + seconds(all.ru_stime);
}

/// A piece as it comes from a rank.
struct Ready {
    std::string swept, part, state; ///< what is kept of a sweep's and of a run's, and what the run's summaries come to
    double seconds = 0;             ///< that it took, of a processor
};
constexpr std::size_t swept_outcomes = 10;
Ready made_once(const Experiment& e, unsigned rounds)
{
    Ready ready{.seconds = 1e300};
    const std::vector<std::uint64_t> second{1}; // the first has fingerprints besides
    EnsembleOptions options = e.options;
    options.threads = 1;
    for (unsigned round = 0; round < rounds; ++round) {
        Accumulator accumulator(choose_kernel(options.precision, options.isa), e.scenario());
        const double begin = cpu_seconds();
        run_pieces(e.plan, second, options, [&](unsigned, const FinishedPiece& finished) {
            ready.part = part_of(finished, outcomes_of(e.outcomes, finished), options.keep);
            accumulator.add(finished.result, block_runs, finished.piece.runs);
        });
        ready.seconds = std::min(ready.seconds, cpu_seconds() - begin);
        std::string head;
        ready.state.clear();
        for (const std::string_view some : accumulator.state(head)) ready.state += some;
    }
    const Plan bare = make_plan({e.scenario()}, {}, {}, 2 * block_runs); // a sweep keeps no other variables than its outcomes read
    run_pieces(bare, second, options,
               [&](unsigned, const FinishedPiece& finished) { ready.swept = part_of(finished, std::vector<double>(swept_outcomes * finished.piece.runs), options.keep); });
    return ready;
}

/// What rank 0 does with answers.
struct Keeper {
    Parts parts;
    Summaries summaries;
    std::mutex one_at_a_time;
    Keeper(const Experiment& e, const std::string& folder) : parts(folder, {}, {}, shard_of(piece_count(e.plan), 1, 1)), summaries(e, parts) {}
    void take(unsigned hand, const MadePieces& made)
    {
        summaries.add(hand, made.pieces, made.state);
        const std::scoped_lock lock(one_at_a_time);
        summaries.save_if_due();
    }
};

/// Rank 0 asks all others, which have nothing to do but to answer.
HandingOut::Rate rate_of(Ranks& ranks, const std::function<void(unsigned, const MadePieces&)>& take, std::uint32_t pieces, const HandingOutOptions& options)
{
    std::atomic<std::uint64_t> next{0}, answers{0}, bytes{0};
    std::mutex one_at_a_time;
    std::exception_ptr failure;
    const double cpu = cpu_seconds();
    const auto begin = Clock::now();
    const auto work = [&](unsigned hand) {
        try {
            while (seconds_since(begin) < options.seconds) {
                std::vector<std::uint64_t> batch(pieces);
                const std::uint64_t first = next.fetch_add(pieces);
                if (first + pieces > options.most_pieces) return;
                for (std::uint32_t i = 0; i < pieces; ++i) batch[i] = first + i;
                const std::optional<std::string> answer = ranks.ask(hand, pieces_request(batch));
                if (!answer) return;
                take(hand, made_in(*answer));
                ++answers, bytes += answer->size();
            }
        } catch (...) {
            const std::scoped_lock lock(one_at_a_time);
            failure = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> hands;
        for (unsigned hand = 1; hand < ranks.hands().size(); ++hand) hands.emplace_back(work, hand);
    }
    if (failure) std::rethrow_exception(failure);
    const auto n = static_cast<double>(answers.load());
    return {.pieces = pieces, .bytes = static_cast<double>(bytes) / n, .answers_per_s = n / seconds_since(begin), .cpu_us = (cpu_seconds() - cpu) * 1e6 / n};
}

HandingOut::Rate rate_of(Ranks& ranks, const Experiment& e, Kind kind, std::uint32_t pieces, const HandingOutOptions& options)
{
    HandingOut::Rate rate;
    if (kind == Kind::nothing)
        rate = rate_of(
            ranks, [](unsigned, const MadePieces&) {}, pieces, options);
    else {
        const TemporaryFolder folder;
        Keeper keeper(e, folder / "parts");
        rate = rate_of(
            ranks, [&](unsigned hand, const MadePieces& made) { keeper.take(hand, made); }, pieces, options);
    }
    rate.kind = kind;
    return rate;
}

/// From answers with one piece and with several: a line through both.
HandingOut::Cost cost_of(const HandingOut::Rate& one, const HandingOut::Rate& several, double piece_s)
{
    HandingOut::Cost cost{.kind = one.kind, .piece_us = std::max((several.cpu_us - one.cpu_us) / (several.pieces - one.pieces), 1e-3)};
    cost.answer_us = std::max(one.cpu_us - cost.piece_us, 0.0);
    cost.busy_threads = piece_s * 1e6 / cost.piece_us;
    return cost;
}

} // namespace

HandingOut measure_handing_out(Ranks& ranks, const Scenario& given, const HandingOutOptions& options, const std::function<void(double)>& progress)
{
    Scenario scenario = given;
    scenario.runs = block_runs * options.most_pieces;
    const Experiment run = plain_experiment(scenario, {});
    Experiment without_summaries = plain_experiment(scenario, {});
    without_summaries.sweep.emplace(); // whose pieces alone are kept
    const Ready ready = made_once(run, options.rounds);

    HandingOut h{.machine = name_of_machine(), .ranks = ranks.count(), .runs_a_piece = block_runs, .piece_s = ready.seconds};
    h.swept_bytes = static_cast<double>(ready.swept.size()), h.piece_bytes = static_cast<double>(ready.part.size()), h.state_bytes = static_cast<double>(ready.state.size());
    constexpr Kind kinds[] = {Kind::nothing, Kind::sweep, Kind::run};
    double done = 0;
    for (const Kind kind : kinds) {
        ranks.begin(order_of_ready(kind == Kind::nothing ? "" : kind == Kind::sweep ? ready.swept : ready.part, kind == Kind::run ? ready.state : ""), By::rank, 1, nullptr);
        const Experiment& e = kind == Kind::run ? run : without_summaries;
        for (const std::uint32_t pieces : {1u, options.pieces_an_answer}) {
            HandingOut::Rate best;
            for (unsigned round = 0; round < options.rounds; ++round) {
                const HandingOut::Rate rate = rate_of(ranks, e, kind, pieces, options);
                if (round == 0 || rate.cpu_us < best.cpu_us) best = rate;
                if (progress) progress(++done / (2.0 * std::size(kinds) * options.rounds));
            }
            h.rates.push_back(best);
        }
        h.costs.push_back(cost_of(h.rates[h.rates.size() - 2], h.rates.back(), h.piece_s));
    }
    return h;
}

} // namespace entente
