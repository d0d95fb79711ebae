// Which variants of the kernel are in this program, and which of them this machine can execute.
#include "kernel.hpp"
#include "../core/memory.hpp"
#include <algorithm>
#include <chrono>
#include <cstring>
#include <fmt/format.h>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace entente {
// clang-format off
#define VARIANT(v) namespace v { extern const Kernel kernel; }
// clang-format on
#include "variants.inc"
VARIANT(counting_double)
#undef VARIANT

static bool runs_here([[maybe_unused]] const char* isa)
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    const bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma");
    if (std::strcmp(isa, "v3") == 0) return v3;
    if (std::strcmp(isa, "v4") == 0)
        return v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")
               && __builtin_cpu_supports("avx512cd");
#endif
    return true;
}

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

double seconds_now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

std::vector<std::uint32_t> all_variables()
{
    std::vector<std::uint32_t> all(describe().variables.size());
    std::iota(all.begin(), all.end(), 0u);
    return all;
}

const Kernel& counting_kernel() { return counting_double::kernel; }

std::vector<Kernel> kernels(std::string_view precision)
{
    std::vector<Kernel> all;
#define VARIANT(v) \
    if (precision == v::kernel.precision && runs_here(v::kernel.isa)) all.push_back(v::kernel);
#include "variants.inc"
#undef VARIANT
    std::stable_sort(all.begin(), all.end(), [](const Kernel& a, const Kernel& b) { return a.width < b.width; });
    return all;
}

Kernel choose_kernel(std::string_view precision, std::string_view isa)
{
    const std::vector<Kernel> all = kernels(precision);
    if (all.empty()) throw std::invalid_argument(fmt::format("precision: 'double' or 'single', got '{}'", precision));
    if (isa.empty()) return all.back();
    std::string there;
    for (const Kernel& k : all) {
        if (isa == k.isa) return k;
        there += fmt::format("{}'{}'", there.empty() ? "" : ", ", k.isa);
    }
    throw std::invalid_argument(fmt::format("isa: this machine runs {}, got '{}'", there, isa));
}

} // namespace entente
