// A block of runs with room for what it leaves, by whichever kernel.
#include "../core/memory.hpp"
#include "kernel.hpp"
#include <limits>
#include <numeric>

namespace entente {

/// Of runs that were given up: no number where a later quarter would be, and the outcome that was the last.
static void blank_what_is_not_known(const Job& job, BlockResult& out)
{
    const std::size_t runs = job.runs(), per_quarter = job.agents ? out.agents.size() / (job.quarters * runs) : 0;
    constexpr float unknown = std::numeric_limits<float>::quiet_NaN();
    for (std::size_t run = 0; run < runs; ++run) {
        if (out.failed_quarter[run] < 0 || out.failed_variable[run] >= 0) continue;
        const auto last = static_cast<std::size_t>(out.failed_quarter[run]);
        for (std::size_t q = last + 1; q < job.quarters; ++q) {
            out.outcome[q * runs + run] = out.outcome[last * runs + run];
            for (std::size_t slot = 0; slot < out.kept.size(); ++slot) out.trajectory[out.place(q, slot, run)] = unknown;
            for (std::size_t a = 0; a < per_quarter; ++a) out.agents[(q * per_quarter + a) * runs + run] = unknown;
        }
    }
}

BlockResult Kernel::run(const Job& job) const
{
    BlockResult out;
    run(job, out);
    return out;
}

void Kernel::run(const Job& job, BlockResult& out) const
{
    const Description& d = describe();
    const std::size_t runs = job.runs();
    out.quarters = job.quarters;
    out.kept = job.kept;
    out.outcome.resize(job.quarters * runs);
    out.first_event.resize(d.events.size() * runs);
    resize_large(out.trajectory, (runs + tile_runs - 1) / tile_runs * tile_runs * job.quarters * job.kept.size());
    if (job.agents) {
        const auto n = agents_per_column(job.counts);
        out.agents.resize(job.quarters * std::accumulate(n.begin(), n.end(), std::size_t{0}) * runs);
    }
    out.failed_quarter.assign(runs, -1);
    out.failed_variable.assign(runs, -1);
    out.failed_value.assign(runs, 0);
    out.fingerprint.assign(job.fingerprint ? job.quarters * d.variables.size() + runs : 0, 0);
    if (runs > 0) run_into(job, out);
    if (job.run_limit_s > 0) blank_what_is_not_known(job, out);
}

std::vector<std::uint32_t> all_variables()
{
    std::vector<std::uint32_t> all(describe().variables.size());
    std::iota(all.begin(), all.end(), 0u);
    return all;
}

} // namespace entente
