// The floor of the benchmark: so many draws, exponentials, logarithms and normal deviates, and nothing else. Inputs come from a small table and
// results go to one, as a page's come from its columns.
#pragma once
#include "draws.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

/// The calls of one quarter, `quarters` times over, for `width` replicates.
inline void work_of(const Calls& calls, std::uint64_t quarters)
{
    constexpr std::uint64_t places = 64;
    std::uint32_t replicates[width];
    for (int lane = 0; lane < width; ++lane) replicates[lane] = static_cast<std::uint32_t>(lane);
    Four u[places];
    Lanes x[places], y[places];
    for (std::uint64_t i = 0; i < places; ++i) {
        const Lanes even = (static_cast<double>(i) + 0.5) / places;
        u[i] = {even, even, even, even}; // what the draws of few agents leave unfilled
        x[i] = 0.1 * (static_cast<double>(i) - 40);
    }
    for (std::uint64_t q = 0; q < quarters; ++q) {
        const Draws draw(1, replicates, static_cast<std::uint32_t>(q), stream_of("floor"));
        for (std::uint64_t i = 0; i < calls.draws; ++i) u[i % places] = draw(static_cast<std::uint32_t>(i));
        for (std::uint64_t i = 0; i < calls.exps; ++i) y[i % places] = exp(x[i % places]);
        asm volatile("" : : "r"(y), "r"(u) : "memory"); // somebody might look: nothing is left out as unused
        for (std::uint64_t i = 0; i < calls.logs; ++i) y[i % places] = log(u[i % places].a);
        for (std::uint64_t i = 0; i < calls.normals; ++i) y[i % places] = normal(u[i % places].b);
        asm volatile("" : : "r"(y), "r"(x) : "memory");
    }
}

} // namespace ENTENTE_KERNEL
} // namespace entente
