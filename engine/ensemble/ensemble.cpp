#include "ensemble.hpp"
#include "accumulator.hpp"
#include <algorithm>
#include <exception>
#include <mutex>
#include <thread>

namespace entente {

void run_pieces(const Plan& plan, std::span<const std::uint64_t> pieces, const EnsembleOptions& options, const std::function<void(unsigned, const FinishedPiece&)>& sink,
                const std::atomic<bool>* stop)
{
    const Kernel kernel = options.kernel ? *options.kernel : choose_kernel(options.precision, options.isa);
    std::atomic<std::size_t> next{0};
    std::mutex one_at_a_time;
    std::exception_ptr failure;
    const auto work = [&](unsigned thread) {
        try {
            BlockResult result;
            while (stop == nullptr || !stop->load()) {
                const std::size_t at = next.fetch_add(1);
                if (at >= pieces.size()) return;
                const Piece piece = piece_of(plan, pieces[at]);
                const PlannedJob planned = job_of(plan, piece, options);
                kernel.run(planned.job, result);
                sink(thread, {pieces[at], piece, planned.job, result});
            }
        } catch (...) {
            const std::scoped_lock lock(one_at_a_time);
            if (!failure) failure = std::current_exception();
            next = pieces.size();
        }
    };
    {
        std::vector<std::jthread> threads;
        for (unsigned t = 1; t < thread_count(options, pieces.size()); ++t) threads.emplace_back(work, t);
        work(0);
    }
    if (failure) std::rethrow_exception(failure);
}

std::uint64_t count_pieces(const Plan& plan, std::span<const std::uint64_t> pieces, const EnsembleOptions& options, const std::function<void(unsigned, const FinishedPiece&)>& sink,
                           const std::function<void(const FinishedPiece&, std::uint64_t)>& one, const std::atomic<bool>* stop)
{
    std::mutex one_at_a_time;
    std::uint64_t done = 0;
    run_pieces(
        plan, pieces, options,
        [&](unsigned thread, const FinishedPiece& finished) {
            if (sink) sink(thread, finished);
            const std::scoped_lock lock(one_at_a_time);
            one(finished, done += finished.piece.runs);
        },
        stop);
    return done;
}

PieceWorkers on_threads()
{
    return [](const Plan& plan, std::span<const std::uint64_t> pieces, const EnsembleOptions& options, const std::function<void(const FinishedPiece&, std::uint64_t)>& one,
              const std::atomic<bool>* stop) { return count_pieces(plan, pieces, options, {}, one, stop); };
}

Summary run_ensemble(const Scenario& scenario, const EnsembleOptions& options, const std::function<void(const FinishedBlock&)>& sink, const std::function<void(Progress)>& progress,
                     const std::atomic<bool>* stop)
{
    const Plan plan = plan_of(scenario);
    Accumulator accumulator(choose_kernel(options.precision, options.isa), scenario);
    count_pieces(
        plan, all_pieces(plan), options,
        [&](unsigned, const FinishedPiece& finished) { accumulator.add(finished.result, static_cast<std::uint32_t>(finished.piece.first), finished.piece.runs); },
        [&](const FinishedPiece& finished, std::uint64_t done) {
            if (sink) sink({static_cast<std::uint32_t>(finished.piece.first), finished.job, finished.result});
            if (progress) progress({done, scenario.runs});
        },
        stop);
    return accumulator.summary();
}

} // namespace entente
