#include "pairs.hpp"
#include <algorithm>

namespace entente {

Histories histories_of(const StoredRuns& runs) { return {runs.runs, runs.outcome, runs.first_event, runs.failed_quarter}; }

void each_block(const std::string& a, const std::string& b, std::uint32_t runs, const std::function<void(std::uint32_t first, const Histories&, const Histories&)>& use)
{
    for (std::uint32_t first = 0; first < runs; first += std::min(rows_at_once, runs - first)) {
        StoredRuns in_a = read_runs(a, first, std::min(rows_at_once, runs - first)), in_b = read_runs(b, first, std::min(rows_at_once, runs - first));
        const std::uint32_t both = std::min(in_a.runs, in_b.runs);
        if (both == 0) return;
        if (in_a.runs > both) in_a = read_runs(a, first, both);
        if (in_b.runs > both) in_b = read_runs(b, first, both);
        use(first, histories_of(in_a), histories_of(in_b));
    }
}

} // namespace entente
