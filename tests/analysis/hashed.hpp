// Numbers for tests that look random and are the same everywhere: a hash (SplitMix64) of (seed, index).
#pragma once
#include <cstdint>

namespace entente {

inline std::uint64_t hashed(std::uint64_t seed, std::uint64_t index)
{
    std::uint64_t x = seed * 0xD1342543DE82EF95u + (index + 1) * 0x9E3779B97F4A7C15u;
    for (int round = 0; round < 2; ++round) {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
        x ^= x >> 31;
    }
    return x;
}
/// Uniform in [0, 1).
inline double hashed_uniform(std::uint64_t seed, std::uint64_t index) { return static_cast<double>(hashed(seed, index) >> 11) * 0x1p-53; }
/// Bell-shaped, mean 0, variance 1: the sum of twelve uniforms less six.
inline double hashed_bell(std::uint64_t seed, std::uint64_t index)
{
    double sum = -6;
    for (std::uint64_t i = 0; i < 12; ++i) sum += hashed_uniform(seed, 12 * index + i);
    return sum;
}

} // namespace entente
