// Sums over the runs of a block, eight values at a time and in a fixed order, so that every instruction set has the same bits; see Kernel::sum_up.
#pragma once
#include "run_sum.hpp"
#include "vectors.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

inline RunSum sum_up(const float* x, std::size_t stride, std::size_t n, float low, float steps_per_unit, int shift, std::int32_t* bin)
{
    static_assert(tile_runs % 8 == 0);
    const EightFloats zero{}, top = zero + ((1 << step_bits) - 1);
    EightFloats least = zero + x[0], most = least;
    FourDoubles total[2] = {};
    EightIntegers sum{}; // of a block's steps: below 2^31
    FourWide squares{};
    std::size_t i = 0;
    for (const float* tile = x; i + 8 <= n; tile += stride)
        for (const float* value = tile; value < tile + tile_runs && i + 8 <= n; value += 8, i += 8) {
            const auto v = loaded<EightFloats>(value);
            least = lesser_of_eight(least, v);
            most = greater_of_eight(most, v);
            const EightIntegers step = whole(lesser_of_eight(top, greater_of_eight(zero, (v - low) * steps_per_unit))), shifted = step >> shift;
            __builtin_memcpy(bin + i, &shifted, sizeof shifted);
            total[0] += four_doubles(value);
            total[1] += four_doubles(value + 4);
            sum += step;
            squares += squares_in_pairs(step);
        }
    RunSum s{.least = least[0], .most = most[0]};
    for (int k = 0; k < 8; ++k) {
        s.total += total[k / 4][k % 4], s.steps += sum[k];
        s.least = least[k] < s.least ? least[k] : s.least;
        s.most = most[k] > s.most ? most[k] : s.most;
    }
    for (int k = 0; k < 4; ++k) s.squares += static_cast<double>(squares[k]);
    for (; i < n; ++i) {
        const float v = x[i / tile_runs * stride + i % tile_runs], t = (v - low) * steps_per_unit, up = t > 0 ? t : 0;
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
