#include "slices.hpp"
#include "../design/address.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <stdexcept>

namespace entente {

OrderedInput ordered(const InputColumn& input, std::uint64_t seed)
{
    const std::size_t rows = input.value.size();
    OrderedInput o{.order = shuffled(rows, number_at(seed, 0x0DE4)), .level = std::vector<std::uint32_t>(rows), .levels = 0, .is_choice = input.kind == Factor::Kind::choice};
    for (const double x : input.value)
        if (!std::isfinite(x)) throw std::invalid_argument(fmt::format("{}: a value that is no number", input.name));
    std::ranges::stable_sort(o.order, {}, [&](std::uint32_t row) { return input.value[row]; });
    for (std::size_t i = 0; i < rows; ++i) {
        if (i == 0 || input.value[o.order[i]] != input.value[o.order[i - 1]]) ++o.levels;
        o.level[o.order[i]] = static_cast<std::uint32_t>(o.levels - 1);
    }
    o.has_few = o.is_choice || o.levels <= 20;
    return o;
}

Slices sliced(const OrderedInput& input, std::uint32_t wanted)
{
    const std::size_t rows = input.order.size();
    Slices s{.of = input.level, .sizes = {}};
    if (!input.is_choice && (!input.has_few || input.levels > wanted)) {
        std::uint32_t next = 0, last = 0, slice = 0;
        for (std::size_t i = 0; i < rows; ++i) {
            const bool tied = i > 0 && input.level[input.order[i]] == input.level[input.order[i - 1]];
            const auto wants = static_cast<std::uint32_t>(i * wanted / rows);
            if (!tied && i > 0 && wants != last) slice = ++next;
            if (!tied) last = wants;
            s.of[input.order[i]] = slice;
        }
    }
    for (const std::uint32_t slice : s.of) {
        if (slice >= s.sizes.size()) s.sizes.resize(slice + 1);
        ++s.sizes[slice];
    }
    return s;
}

OrderedInput in_slices(const OrderedInput& input)
{
    if (input.has_few) return input;
    std::uint32_t wanted = 4;
    while (wanted < 64 && 128u * wanted <= input.order.size()) wanted *= 2;
    const Slices slices = sliced(input, wanted);
    return {.order = input.order, .level = slices.of, .levels = slices.sizes.size(), .is_choice = false, .has_few = true};
}

Slices shuffled_slices(const Slices& slices, const OrderedInput& input, std::uint64_t seed, std::uint64_t number)
{
    const std::size_t rows = slices.of.size();
    Slices s{.of = std::vector<std::uint32_t>(rows), .sizes = std::vector<std::uint32_t>(slices.sizes.size())};
    if (input.has_few) {
        const std::vector<std::uint32_t> order = shuffled(rows, number_at(seed, 0xD0447, number));
        for (std::size_t i = 0; i < rows; ++i) s.of[i] = slices.of[order[i]];
    } else {
        std::vector<std::uint32_t> slice(input.levels);
        for (std::size_t i = 0; i < rows; ++i) slice[input.level[i]] = slices.of[i];
        const std::vector<std::uint32_t> order = shuffled(input.levels, number_at(seed, 0xD0447, number));
        for (std::size_t i = 0; i < rows; ++i) s.of[i] = slice[order[input.level[i]]];
    }
    for (const std::uint32_t of : s.of) ++s.sizes[of];
    return s;
}

double design_effect(const OrderedInput& input, std::span<const double> y)
{
    const std::size_t rows = y.size();
    if (input.has_few || input.levels == rows) return 1;
    std::vector<double> count(input.levels), sum(input.levels);
    double mean = 0;
    for (const double v : y) mean += v / static_cast<double>(rows);
    for (std::size_t i = 0; i < rows; ++i) count[input.level[i]] += 1, sum[input.level[i]] += y[i] - mean;
    double between = 0, whole = 0, together = 0; // products of different rows of one value, squares, pairs
    for (std::size_t l = 0; l < input.levels; ++l) between += sum[l] * sum[l], together += count[l] * (count[l] - 1);
    for (const double v : y) whole += (v - mean) * (v - mean);
    if (!(whole > 0) || together == 0) return 1;
    return std::max(1.0, between / whole);
}

} // namespace entente
