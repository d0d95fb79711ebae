// Quantiles of a variable from a histogram over its range.
#pragma once
#include "../core/row.hpp"
#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace entente {

/// 2^bin_bits bins over a variable's range: 256, fewer below 32 runs.
constexpr int bin_bits(std::uint32_t runs) { return std::min(8, static_cast<int>(std::bit_width(runs)) + 2); }
/// The values below which shares of n runs lie, one for each of the rising levels: linear inside the bin, never outside what was seen. Of whole numbers there are fewer
/// than bins, and the quantile is one of them.
std::vector<float> histogram_quantiles(std::span<const double> levels, std::span<const std::uint32_t> histogram, double n, const Row& row, float least, float most);

} // namespace entente
