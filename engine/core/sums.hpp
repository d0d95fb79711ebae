// Sums over the runs of a block, eight values at a time and in a fixed order, so that every instruction set has the same bits; see Kernel::sum_up.
#pragma once
#include "run_sum.hpp"
#include <cstdint>

namespace entente {
inline namespace ENTENTE_KERNEL {

inline RunSum sum_up(const float* x, std::size_t stride, std::size_t n, float low, float steps_per_unit, int shift, std::int32_t* bin)
{
    typedef float Floats __attribute__((vector_size(32)));
    typedef std::int32_t Integers __attribute__((vector_size(32)));
    typedef double Doubles __attribute__((vector_size(32)));
    typedef float HalfFloats __attribute__((vector_size(16)));
    typedef std::int32_t HalfIntegers __attribute__((vector_size(16)));
    const Floats zero{}, top = zero + ((1 << step_bits) - 1);
    Floats least = zero + x[0], most = least;
    Doubles total[2] = {}, sum[2] = {}, squares[2] = {};
    const auto place = [=](std::size_t i) { return x + i / tile_runs * stride + i % tile_runs; };
    std::size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        Floats v;
        __builtin_memcpy(&v, place(i), sizeof v);
        least = v < least ? v : least;
        most = v > most ? v : most;
        Floats t = (v - low) * steps_per_unit;
        t = t > 0 ? t : zero;
        t = t < top ? t : top;
        const Integers step = __builtin_convertvector(t, Integers), shifted = step >> shift;
        __builtin_memcpy(bin + i, &shifted, sizeof shifted);
        for (int half = 0; half < 2; ++half) {
            HalfFloats value;
            HalfIntegers whole;
            __builtin_memcpy(&value, reinterpret_cast<const char*>(&v) + half * sizeof value, sizeof value);
            __builtin_memcpy(&whole, reinterpret_cast<const char*>(&step) + half * sizeof whole, sizeof whole);
            const Doubles w = __builtin_convertvector(whole, Doubles);
            total[half] += __builtin_convertvector(value, Doubles);
            sum[half] += w;
            squares[half] += w * w;
        }
    }
    RunSum s{.least = least[0], .most = most[0]};
    for (int k = 0; k < 8; ++k) {
        s.total += total[k / 4][k % 4], s.steps += sum[k / 4][k % 4], s.squares += squares[k / 4][k % 4];
        s.least = least[k] < s.least ? least[k] : s.least;
        s.most = most[k] > s.most ? most[k] : s.most;
    }
    for (; i < n; ++i) {
        const float v = *place(i), t = (v - low) * steps_per_unit, up = t > 0 ? t : 0;
        const auto step = static_cast<std::int32_t>(up < top[0] ? up : top[0]);
        bin[i] = step >> shift;
        s.total += static_cast<double>(v), s.steps += step, s.squares += static_cast<double>(step) * step;
        s.least = v < s.least ? v : s.least;
        s.most = v > s.most ? v : s.most;
    }
    return s;
}

} // namespace ENTENTE_KERNEL
} // namespace entente
