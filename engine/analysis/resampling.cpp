#include "resampling.hpp"
#include "../core/in_blocks.hpp"
#include "../design/address.hpp"
#include <algorithm>
#include <array>

namespace entente {
namespace {

constexpr std::size_t tile = 4;         ///< features, and resamples, that are summed together: what fits into the machine's registers
constexpr std::size_t group = 2 * tile; ///< resamples for which the features are read once
constexpr std::size_t block = 1024;     ///< rows of which they stay near meanwhile

using Pair [[gnu::vector_size(16)]] = double;

/// Adds times x feature over rows: [tile] resamples x [tile] features. Written out, since the sums are to stay in registers.
void add_block(const double* features, const double* times, std::size_t rows, std::array<double, tile * tile>& sums)
{
    Pair a0{}, a1{}, b0{}, b1{}, c0{}, c1{}, d0{}, d1{};
    for (std::size_t row = 0; row < rows; ++row, features += tile, times += tile) {
        const Pair x = {features[0], features[1]}, y = {features[2], features[3]};
        const Pair a = {times[0], times[0]}, b = {times[1], times[1]}, c = {times[2], times[2]}, d = {times[3], times[3]};
        a0 += a * x, a1 += a * y, b0 += b * x, b1 += b * y, c0 += c * x, c1 += c * y, d0 += d * x, d1 += d * y;
    }
    const std::array<Pair, 2 * tile> all = {a0, a1, b0, b1, c0, c1, d0, d1};
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += all[i / 2][i % 2];
}

/// [tile of features][row][tile], the last filled up with 0.
std::vector<double> in_tiles(std::span<const double> features, std::size_t rows, std::size_t count)
{
    const std::size_t tiles = (count + tile - 1) / tile;
    std::vector<double> laid(tiles * rows * tile);
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t f = 0; f < count; ++f) laid[(f / tile * rows + row) * tile + f % tile] = features[row * count + f];
    return laid;
}

} // namespace

std::vector<std::uint16_t> draws_of(std::size_t rows, std::uint64_t seed, std::uint32_t resample)
{
    std::vector<std::uint16_t> drawn(rows);
    const std::uint64_t at = number_at(seed, resample);
    for (std::size_t i = 0; i < rows; i += 2) {
        const std::uint64_t bits = further(at, i);
        ++drawn[(bits >> 32) * rows >> 32];
        if (i + 1 < rows) ++drawn[(bits & 0xFFFFFFFFu) * rows >> 32];
    }
    return drawn;
}

std::vector<double> resampled_sums(std::span<const double> features, std::size_t rows, const Bootstrap& how)
{
    const std::size_t count = rows == 0 ? 0 : features.size() / rows, tiles = (count + tile - 1) / tile;
    std::vector<double> sums(count * how.resamples);
    if (count == 0) return sums;
    const std::vector<double> laid = in_tiles(features, rows, count);
    in_blocks((how.resamples + group - 1) / group, how.threads, nullptr, [&](std::size_t g) {
        std::vector<double> times(2 * rows * tile); // [half of the group][row][tile]
        for (std::size_t r = 0; r < group && g * group + r < how.resamples; ++r) {
            const std::vector<std::uint16_t> drawn = draws_of(rows, how.seed, static_cast<std::uint32_t>(g * group + r));
            double* const to = times.data() + r / tile * rows * tile + r % tile;
            for (std::size_t row = 0; row < rows; ++row) to[row * tile] = drawn[row];
        }
        std::vector<std::array<double, tile * tile>> all(2 * tiles);
        for (std::size_t first = 0; first < rows; first += block)
            for (std::size_t t = 0; t < tiles; ++t)
                for (std::size_t half = 0; half < 2; ++half)
                    add_block(laid.data() + (t * rows + first) * tile, times.data() + (half * rows + first) * tile, std::min(block, rows - first), all[t * 2 + half]);
        for (std::size_t r = 0; r < group && g * group + r < how.resamples; ++r)
            for (std::size_t f = 0; f < count; ++f) sums[(g * group + r) * count + f] = all[f / tile * 2 + r / tile][r % tile * tile + f % tile];
    });
    return sums;
}

std::vector<double> sums_over_rows(std::span<const double> features, std::size_t rows)
{
    const std::size_t count = rows == 0 ? 0 : features.size() / rows;
    std::vector<double> sums(count);
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t f = 0; f < count; ++f) sums[f] += features[row * count + f];
    return sums;
}

} // namespace entente
