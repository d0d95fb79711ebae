// The addressed random numbers of one width and precision: included after lanes_checks.hpp. The class shows uniforms (word + 1/2) 2^-32 in
// double precision, (word / 2^9 + 1/2) 2^-23 in single, so that its words can be had back.
#pragma once
#include "core/draws.hpp"
#include "core/lanes_checks.hpp"
#include <array>

namespace {

using Words = std::array<std::uint32_t, 4>;

/// The four words of an address in one lane; in single precision their upper 23 bits.
Words words(const Four& u, int lane)
{
    const auto word = [lane](Lanes x) { return single ? static_cast<std::uint32_t>(x[lane] * 0x1p23 - 0.5) << 9 : static_cast<std::uint32_t>(x[lane] * 0x1p32 - 0.5); };
    return {word(u.a), word(u.b), word(u.c), word(u.d)};
}
Words seen(Words w)
{
    if (single)
        for (auto& x : w) x &= ~0x1FFu;
    return w;
}
Four at(std::uint64_t seed, std::uint32_t replicate, std::uint32_t quarter, std::uint32_t stream, std::uint32_t blocks, std::uint32_t agent, std::uint32_t block)
{
    const std::vector<std::uint32_t> replicates(static_cast<std::size_t>(width), replicate);
    return Draws(seed, replicates.data(), quarter, stream, blocks)(agent, block);
}

// Known answers of Philox4x32-10 (Salmon et al. 2011, their test vectors).
TEST(SUITE, DrawsArePhilox)
{
    EXPECT_EQ(words(at(0, 0, 0, 0, 1, 0, 0), width - 1), seen({0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    const std::uint32_t ones = 0xFFFFFFFF;
    EXPECT_EQ(words(at(0xFFFFFFFFFFFFFFFF, ones, ones, ones, 1, 0, ones), 0), seen({0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
    EXPECT_EQ(words(at(0x299f31d0a4093822, 0x243f6a88, 0x85a308d3, 0x13198a2e, 1, 0x03707344, 0), 0), seen({0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(SUITE, DrawsOfALaneAreThoseOfItsReplicate)
{
    std::vector<std::uint32_t> replicates;
    for (int lane = 0; lane < width; ++lane) replicates.push_back(900u + 77u * static_cast<std::uint32_t>(lane));
    const Four together = Draws(5, replicates.data(), 60, 12345, 2)(3, 1);
    for (int lane = 0; lane < width; ++lane) EXPECT_EQ(words(together, lane), words(at(5, replicates[static_cast<std::size_t>(lane)], 60, 12345, 2, 3, 1), 0));
}

TEST(SUITE, AnAgentHasBlocksOfItsOwn)
{
    EXPECT_EQ(words(at(5, 1, 60, 9, 4, 3, 2), 0), words(at(5, 1, 60, 9, 1, 14, 0), 0)); // 3 * 4 + 2
    std::array<std::uint32_t, width> replicates;
    replicates.fill(1);
    EXPECT_EQ(words(Draws(5, replicates.data(), 60).of(9, 4)(3, 2), 0), words(at(5, 1, 60, 9, 4, 3, 2), 0));
}

TEST(SUITE, EveryPartOfTheAddressMatters)
{
    const Words w = words(at(5, 1, 60, 9, 2, 3, 1), 0);
    EXPECT_NE(words(at(6, 1, 60, 9, 2, 3, 1), 0), w);
    EXPECT_NE(words(at(5 + (1ull << 32), 1, 60, 9, 2, 3, 1), 0), w);
    EXPECT_NE(words(at(5, 2, 60, 9, 2, 3, 1), 0), w);
    EXPECT_NE(words(at(5, 1, 61, 9, 2, 3, 1), 0), w);
    EXPECT_NE(words(at(5, 1, 60, 8, 2, 3, 1), 0), w);
    EXPECT_NE(words(at(5, 1, 60, 9, 2, 4, 1), 0), w);
    EXPECT_NE(words(at(5, 1, 60, 9, 2, 3, 0), 0), w);
}

} // namespace
