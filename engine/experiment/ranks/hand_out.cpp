#include "hand_out.hpp"
#include "../../store/parts.hpp"
#include "batches.hpp"
#include <algorithm>
#include <chrono>
#include <limits>
#include <mutex>

namespace entente {
namespace {

/// Pieces in batches, as the ranks come for them.
class Batches {
public:
    Batches(const Ranks& ranks, std::span<const std::uint64_t> pieces) : left_(pieces), ranks_(ranks.count())
    {
        for (const Hand& hand : ranks.hands()) threads_ += hand.threads;
    }
    std::span<const std::uint64_t> next(unsigned threads)
    {
        const std::scoped_lock lock(lock_);
        const std::uint64_t n = batch_size(left_.size(), threads, threads_, ranks_, pace_);
        const auto batch = left_.first(n);
        left_ = left_.subspan(n);
        return batch;
    }
    void took(unsigned threads, const MadePieces& made, std::size_t bytes, double answer_s)
    {
        const std::scoped_lock lock(lock_);
        const auto n = static_cast<double>(made.pieces.size());
        if (n == 0) return;
        const auto state = static_cast<double>(made.state.size()), all = static_cast<double>(bytes);
        pace_ = {.piece_s = made.seconds * threads / n, .answer_s = answer_s * state / all, .piece_bytes = static_cast<std::uint64_t>((all - state) / n)};
    }
    void end()
    {
        const std::scoped_lock lock(lock_);
        left_ = {};
    }

private:
    std::mutex lock_;
    std::span<const std::uint64_t> left_;
    unsigned ranks_, threads_ = 0;
    Pace pace_;
};

} // namespace

void hand_out(Ranks& ranks, const std::string& order, std::span<const std::uint64_t> pieces, unsigned threads, const std::function<void(unsigned, const MadePieces&)>& take,
              const std::atomic<bool>* stop)
{
    using Clock = std::chrono::steady_clock;
    ranks.begin(order, By::rank, threads, stop);
    Batches batches(ranks, pieces);
    std::mutex one_at_a_time;
    std::exception_ptr failure;
    const auto work = [&](unsigned hand) {
        try {
            while (stop == nullptr || !*stop) {
                const auto batch = batches.next(ranks.hands()[hand].threads);
                if (batch.empty()) return;
                const std::optional<std::string> answer = ranks.ask(hand, pieces_request(batch));
                if (!answer) return;
                const auto begin = Clock::now();
                const MadePieces made = made_in(*answer);
                take(hand, made);
                batches.took(ranks.hands()[hand].threads, made, answer->size(), std::chrono::duration<double>(Clock::now() - begin).count());
            }
        } catch (...) {
            const std::scoped_lock lock(one_at_a_time);
            if (!failure) failure = std::current_exception();
            batches.end();
        }
    };
    {
        std::vector<std::jthread> others;
        for (unsigned hand = 1; hand < ranks.hands().size(); ++hand) others.emplace_back(work, hand);
        work(0);
    }
    if (failure) std::rethrow_exception(failure);
}

PieceWorkers workers_of(Ranks& ranks)
{
    return [&ranks](const Plan& plan, std::span<const std::uint64_t> pieces, const EnsembleOptions& options, const std::function<void(const FinishedPiece&, std::uint64_t)>& one,
                    const std::atomic<bool>* stop) {
        std::mutex one_at_a_time;
        std::uint64_t done = 0;
        hand_out(
            ranks, order_of(plan, options), pieces, options.threads,
            [&](unsigned, const MadePieces& made) {
                for (const auto& [number, part] : made.pieces) {
                    const StoredPiece stored = piece_in(number, part);
                    const Piece piece = piece_of(plan, number);
                    const PlannedJob planned = job_of(plan, piece, options);
                    const std::scoped_lock lock(one_at_a_time);
                    one({number, piece, planned.job, stored.result}, done += piece.runs);
                }
            },
            stop);
        return done;
    };
}

Simulator simulator_of(Ranks& ranks, const Calibration& calibration, Which which, const EnsembleOptions& options, const std::atomic<bool>* stop)
{
    Simulator simulator = model_simulator(calibration, which, options);
    ranks.begin(order_of(calibration, which, options), By::thread, options.threads, stop);
    simulator.run = [&ranks](const Batch& runs) {
        if (const auto answer = ranks.ask(runs_request(runs))) take_runs(*answer, runs);
        else std::ranges::fill(runs.summaries, std::numeric_limits<double>::quiet_NaN()); // it was stopped: what is made of them is given up
    };
    return simulator;
}

} // namespace entente
