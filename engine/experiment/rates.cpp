#include "rates.hpp"
#include "../analysis/rate_definitions.hpp"
#include <mutex>

namespace entente {

std::optional<std::vector<std::optional<ModelRate>>> rates_of(const ReplaySource& source, EnsembleOptions options, const Listener& listener, const std::atomic<bool>* stop)
{
    options.precision = source.provenance.precision;
    Plan plan = plan_of(source.scenario);
    plan.kept = rate_variables();
    RateCount count(source.scenario);
    std::mutex one_at_a_time;
    std::uint64_t done = 0;
    run_pieces(
        plan, all_pieces(plan), options,
        [&](unsigned, const FinishedPiece& finished) {
            const std::scoped_lock lock(one_at_a_time);
            count.add(finished.result, finished.piece.runs);
            if (listener.progress) listener.progress({done += finished.piece.runs, source.scenario.runs});
        },
        stop);
    if (stop && *stop) return std::nullopt;
    return count.rates();
}

} // namespace entente
