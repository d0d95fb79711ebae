#include "borgonovo_delta.hpp"
#include "../core/in_blocks.hpp"
#include "order_statistics.hpp"
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <stdexcept>

namespace entente {
namespace {

constexpr std::size_t grid = 128, kinds = 20;

/// Rows of a slice, or of all: how many, and what its density is made of.
struct Heap {
    double rows = 0, sum = 0, squares = 0;
    std::vector<double> at; ///< [cell]: rows
};

/// A heap's share in each cell, spread by its kernel.
std::vector<double> density_of(const Heap& heap, bool smooth)
{
    std::vector<double> share(heap.at.size());
    for (std::size_t c = 0; c < share.size(); ++c) share[c] = heap.at[c] / heap.rows;
    if (!smooth) return share;
    const double mean = heap.sum / heap.rows, sd = std::sqrt(std::max(0.0, heap.squares / heap.rows - mean * mean));
    const double width = std::max(0.3, sd * std::pow(heap.rows * 0.75, -0.2)); // Silverman 1986; below .3 a grid step is all that is seen
    const auto reach = static_cast<std::size_t>(std::min(std::ceil(4 * width), static_cast<double>(grid)));
    std::vector<double> kernel(reach + 1), spread(share.size());
    double sum = 0;
    for (std::size_t i = 0; i <= reach; ++i) {
        const double z = static_cast<double>(i) / width;
        kernel[i] = std::exp(-z * z / 2), sum += i == 0 ? kernel[i] : 2 * kernel[i];
    }
    for (std::size_t c = 0; c < share.size(); ++c) {
        if (share[c] == 0) continue;
        const std::size_t first = c > reach ? c - reach : 0, last = std::min(c + reach, share.size() - 1);
        for (std::size_t to = first; to <= last; ++to) spread[to] += share[c] * kernel[to > c ? to - c : c - to] / sum;
    }
    return spread;
}

} // namespace

std::uint32_t delta_slices(std::size_t rows)
{
    const double n = static_cast<double>(rows);
    return static_cast<std::uint32_t>(std::clamp(std::ceil(std::pow(n, 2 / (7 + std::tanh((1500 - n) / 500)))), 2.0, 48.0));
}

DeltaOutcome for_delta(std::span<const double> outcome)
{
    DeltaOutcome o;
    std::map<double, std::uint16_t> number;
    for (const double y : outcome) {
        if (!std::isfinite(y)) throw std::invalid_argument("a value that is no number");
        if (number.size() <= kinds) number.emplace(y, 0);
    }
    if (number.size() < 2) return o;
    o.cell.reserve(outcome.size());
    if (number.size() <= kinds) {
        for (auto& [value, n] : number) n = static_cast<std::uint16_t>(o.cells++);
        for (const double y : outcome) o.cell.push_back(number.at(y)), o.value.push_back(o.cell.back());
        return o;
    }
    const auto [least, most] = std::ranges::minmax(outcome);
    constexpr double margin = 12; // grid points on either side, for kernels
    const double step = (most - least) / (static_cast<double>(grid) - 1 - 2 * margin);
    o.cells = grid;
    for (const double y : outcome) {
        const double at = margin + (y - least) / step, below = std::floor(at);
        o.value.push_back(at), o.cell.push_back(static_cast<std::uint16_t>(below)), o.above.push_back(static_cast<float>(at - below));
    }
    return o;
}

double raw_delta(const Slices& slices, const DeltaOutcome& outcome, std::span<const std::uint16_t> times)
{
    const bool smooth = !outcome.above.empty();
    std::vector<Heap> heaps(slices.sizes.size() + 1, Heap{.rows = 0, .sum = 0, .squares = 0, .at = std::vector<double>(outcome.cells)});
    for (std::size_t row = 0; row < outcome.cell.size(); ++row) {
        if (times[row] == 0) continue;
        Heap& heap = heaps[slices.of[row]];
        const double n = times[row];
        heap.rows += n;
        if (!smooth) {
            heap.at[outcome.cell[row]] += n;
            continue;
        }
        const double above = static_cast<double>(outcome.above[row]), v = outcome.value[row];
        heap.at[outcome.cell[row]] += n * (1 - above), heap.at[std::min<std::size_t>(outcome.cell[row] + 1u, outcome.cells - 1)] += n * above;
        heap.sum += n * v, heap.squares += n * v * v;
    }
    Heap& all = heaps.back();
    for (std::size_t s = 0; s + 1 < heaps.size(); ++s) {
        all.rows += heaps[s].rows, all.sum += heaps[s].sum, all.squares += heaps[s].squares;
        for (std::size_t c = 0; c < outcome.cells; ++c) all.at[c] += heaps[s].at[c];
    }
    const std::vector<double> whole = density_of(all, smooth);
    double delta = 0;
    for (std::size_t s = 0; s + 1 < heaps.size(); ++s) {
        if (heaps[s].rows == 0) continue;
        const std::vector<double> part = density_of(heaps[s], smooth);
        for (std::size_t c = 0; c < outcome.cells; ++c) delta += heaps[s].rows / all.rows * std::abs(part[c] - whole[c]) / 2;
    }
    return delta;
}

Delta borgonovo_delta(const Slices& slices, const DeltaOutcome& outcome, const Bootstrap& how)
{
    if (outcome.cells == 0) return {};
    const std::size_t rows = outcome.cell.size();
    Delta d{.index = {}, .raw = raw_delta(slices, outcome, std::vector<std::uint16_t>(rows, 1)), .noise = 0};
    std::vector<double> corrected(how.resamples);
    double mean = 0;
    for (std::uint32_t r = 0; r < how.resamples; ++r) {
        const double again = raw_delta(slices, outcome, draws_of(rows, how.seed, r));
        mean += again / how.resamples, corrected[r] = 2 * d.raw - again;
    }
    d.index = percentile_interval(std::max(0.0, 2 * d.raw - mean), corrected);
    d.index.low = std::max(0.0, d.index.low), d.index.high = std::max(0.0, d.index.high);
    return d;
}

double delta_noise(const Slices& slices, const OrderedInput& input, const DeltaOutcome& outcome, std::uint64_t seed, std::size_t inputs, unsigned threads)
{
    const std::vector<std::uint16_t> once(outcome.cell.size(), 1);
    std::vector<double> raw(std::max<std::size_t>(100, 20 * inputs));
    in_blocks(raw.size(), threads, nullptr, [&](std::size_t i) { raw[i] = raw_delta(shuffled_slices(slices, input, seed, i), outcome, once); });
    return passed_by(std::move(raw), 0.05 / static_cast<double>(inputs));
}

} // namespace entente
