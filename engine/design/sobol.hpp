// Sobol's sequence, plain and scrambled.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace entente {

inline constexpr std::size_t most_dimensions = 1000; ///< that a design may have: so many are tested

/// The first points of the sequence, [point][dimension], as multiples of 2^-32: direction numbers new-joe-kuo-6 (Joe & Kuo 2008), in Gray-code order
/// (Antonov & Saleev 1979), the origin first. Up to 2^32 points and 3,667 dimensions.
std::vector<std::uint32_t> sobol_points(std::size_t points, std::size_t dimensions);

/// Owen's (1995) nested uniform scrambling of a coordinate x 2^-32: each binary digit is flipped or not as a hash of `key` and all digits before it says, down to the
/// 52nd. The digits before are the same for points in the same elementary interval: intervals are exchanged whole, so that nets stay nets,
/// and each coordinate is uniform. In (0, 1): the middle of a cell of 2^-52.
double scrambled(std::uint32_t x, std::uint64_t key);

/// Both: [point][dimension], the key a hash of seed and dimension. A prefix in points and in dimensions is the smaller design.
std::vector<double> scrambled_sobol(std::size_t points, std::size_t dimensions, std::uint64_t seed);

} // namespace entente
