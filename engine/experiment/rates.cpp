#include "rates.hpp"
#include "../analysis/rate_definitions.hpp"

namespace entente {

std::optional<std::vector<std::optional<ModelRate>>> rates_of(const ReplaySource& source, EnsembleOptions options, const Listener& listener, const std::atomic<bool>* stop)
{
    options.precision = source.provenance.precision;
    Plan plan = plan_of(source.scenario);
    plan.kept = rate_variables();
    RateCount count(source.scenario);
    const auto add = [&](const FinishedPiece& finished, std::uint64_t done) {
        count.add(finished.result, finished.piece.runs);
        if (listener.progress) listener.progress({done, source.scenario.runs});
    };
    count_pieces(plan, all_pieces(plan), options, {}, add, stop);
    if (stop && *stop) return std::nullopt;
    return count.rates();
}

} // namespace entente
