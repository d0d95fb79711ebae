// Which variants of the kernel are in this program, and which of them this machine can execute.
#include "kernel.hpp"
#include <algorithm>
#include <chrono>
#include <cstring>
#include <fmt/format.h>
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

double seconds_now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

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
