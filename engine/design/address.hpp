// Numbers that are addressed, not consumed, for laying designs: a 64-bit hash of a few whole numbers. The finaliser of SplitMix64 (Steele, Lea &
// Flood 2014, with the constants of Stafford's variant 13) is applied once a word. Designs need far fewer numbers than runs and no vector lanes.
#pragma once
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace entente {

/// The address `at` and one word more.
constexpr std::uint64_t further(std::uint64_t at, std::uint64_t word)
{
    std::uint64_t x = (at ^ word) + 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}
/// 64 even bits for these words.
template <class... Words> constexpr std::uint64_t number_at(std::uint64_t seed, Words... words)
{
    std::uint64_t at = further(0, seed);
    ((at = further(at, static_cast<std::uint64_t>(words))), ...);
    return at;
}
/// 0 ... n - 1 in an order that depends on the address alone (Fisher-Yates). The bias of each step is below n / 2^64.
inline std::vector<std::uint32_t> shuffled(std::size_t n, std::uint64_t at)
{
    std::vector<std::uint32_t> order(n);
    std::iota(order.begin(), order.end(), 0u);
    for (std::size_t left = n; left > 1; --left) std::swap(order[left - 1], order[further(at, left) % left]);
    return order;
}

} // namespace entente
