#include "variants.hpp"
#include "../core/quarter.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <stdexcept>

namespace entente {

Values values_of_variants(std::vector<Scenario> variants, Blocks blocks, const std::vector<Quantity>& quantities, const EnsembleOptions& options,
                          const std::function<void(std::uint64_t)>& done, const std::atomic<bool>* stop)
{
    int horizon = 0;
    for (const Quantity& q : quantities) horizon = std::max(horizon, q.to);
    for (Scenario& s : variants) {
        if (horizon > s.horizon) throw std::invalid_argument(fmt::format("a quantity asks for {}, but the scenario ends in {}", quarter_name(horizon), quarter_name(s.horizon)));
        s.horizon = horizon;
        s.texts.clear();
    }
    const std::uint32_t runs = variants.at(0).runs;
    const std::uint64_t first_run = blocks.first * block_runs, end = std::min<std::uint64_t>(runs, (blocks.first + blocks.count) * block_runs), n = end - first_run,
                        count = variants.size();
    Plan plan = make_plan(std::move(variants), {}, {}, runs);
    plan.kept = variables_of(quantities);
    Values values(count, std::vector(quantities.size(), std::vector<double>(n, std::numeric_limits<double>::quiet_NaN())));
    std::vector<std::uint64_t> pieces(blocks.count * count);
    for (std::size_t i = 0; i < pieces.size(); ++i) pieces[i] = blocks.first * count + i;
    count_pieces(
        plan, pieces, options,
        [&](unsigned, const FinishedPiece& finished) {
            const auto& [policy, first, of_piece] = finished.piece;
            for (std::uint32_t r = 0; r < of_piece; ++r)
                if (finished.result.failed_quarter[r] < 0)
                    for (std::size_t q = 0; q < quantities.size(); ++q) values[policy][q][first - first_run + r] = evaluate(quantities[q], finished.result, r, of_piece);
        },
        [&](const FinishedPiece& finished, std::uint64_t) {
            if (done) done(finished.piece.runs);
        },
        stop);
    return stop && *stop ? Values{} : values;
}

} // namespace entente
