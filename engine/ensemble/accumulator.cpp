#include "accumulator.hpp"
#include "../core/memory.hpp"
#include "histogram.hpp"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <stdexcept>
#include <string_view>

namespace entente {

// For the mean, a block's sum is rounded to steps of 2^-30 of the variable's range; spread and quantiles come from steps of 2^-22. Sums over blocks
// are then integers.
static constexpr double steps = 1 << step_bits, fine_steps = 1 << 30;

Accumulator::Accumulator(const Kernel& kernel, const Scenario& scenario)
    : sum_up_(kernel.sum_up), quarters_(static_cast<std::uint32_t>(scenario.horizon + 1)), start_(static_cast<std::uint32_t>(scenario.start)),
      variables_(static_cast<std::uint32_t>(describe().variables.size())), events_(static_cast<std::uint32_t>(describe().events.size())), bin_bits_(bin_bits(scenario.runs)),
      locks_(quarters_ + 1), cells_(std::size_t{quarters_} * variables_, Cell{0, 0, 0, std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity()}),
      code_count_(std::size_t{quarters_} * 32), event_count_(std::size_t{events_} * quarters_)
{
    resize_large(histogram_, std::size_t{quarters_} * variables_ << bin_bits_);
}

/// Asks for memory that will be counted in soon.
static void prefetch(const std::uint32_t* counters, std::size_t n)
{
    for (std::size_t i = 0; i < n; i += 16) __builtin_prefetch(counters + i, 1);
}

void Accumulator::add(const BlockResult& block, std::uint32_t first_run, std::uint32_t runs)
{
    std::vector<std::uint32_t> good;
    for (std::uint32_t r = 0; r < runs; ++r)
        if (block.failed_quarter[r] < 0) good.push_back(r);
    const std::size_t n = good.size();
    const std::vector<Row>& rows = describe().variables;
    constexpr std::size_t together = 6; // variables whose bins are counted at once: one counter need not wait for the last
    const int shift = step_bits - bin_bits_;
    float values[block_runs];
    std::int32_t bin[together][block_runs];
    for (std::uint32_t q = 0; q < quarters_ && n > 0; ++q) {
        const std::scoped_lock lock(locks_[q]);
        for (const std::uint32_t r : good) ++code_count_[q * 32 + block.outcome[std::size_t{q} * runs + r]];
        std::uint32_t* histogram[together];
        std::size_t waiting = 0;
        for (std::uint32_t v = 0; v < variables_; ++v) {
            std::uint32_t* const counters = &histogram_[(std::size_t{q} * variables_ + v) << bin_bits_];
            prefetch(counters, 1u << bin_bits_);
            const float* x = &block.trajectory[block.place(q, v, 0)];
            std::size_t stride = block.place(q, v, tile_runs) - block.place(q, v, 0);
            if (v + together < variables_)
                for (std::size_t tile = 0; tile < runs; tile += tile_runs) __builtin_prefetch(&block.trajectory[block.place(q, v + together, tile)]);
            if (n < runs) {
                for (std::size_t i = 0; i < n; ++i) values[i] = block.value(q, v, good[i]);
                x = values, stride = tile_runs;
            }
            const double range = rows[v].high - rows[v].low;
            const RunSum s = sum_up_(x, stride, n, static_cast<float>(rows[v].low), static_cast<float>(steps / range), shift, bin[waiting]);
            Cell& cell = cells_[std::size_t{q} * variables_ + v];
            cell.fine += static_cast<std::int64_t>(std::floor((s.total - static_cast<double>(n) * rows[v].low) * (fine_steps / range) + 0.5));
            cell.sum += static_cast<std::int64_t>(s.steps);
            cell.squares += static_cast<__int128>(s.squares);
            // + 0: a zero of either sign is one value here, whichever block comes first
            cell.least = std::min(cell.least, s.least + 0.0f);
            cell.most = std::max(cell.most, s.most + 0.0f);
            if (s.least == s.most) counters[bin[waiting][0]] += static_cast<std::uint32_t>(n);
            else histogram[waiting++] = counters;
            if (waiting == together) {
                for (std::size_t i = 0; i < n; ++i) {
#pragma GCC unroll 6
                    for (std::size_t k = 0; k < together; ++k) ++histogram[k][bin[k][i]];
                }
                waiting = 0;
            }
        }
        for (std::size_t k = 0; k < waiting; ++k)
            for (std::size_t i = 0; i < n; ++i) ++histogram[k][bin[k][i]];
    }
    const std::scoped_lock lock(locks_[quarters_]);
    runs_ += runs;
    failed_ += static_cast<std::uint32_t>(runs - n);
    for (std::uint32_t e = 0; e < events_; ++e)
        for (const std::uint32_t r : good)
            if (const std::int16_t q = block.first_event[std::size_t{e} * runs + r]; q >= 0) ++event_count_[e * quarters_ + static_cast<std::uint32_t>(q)];
    if (n < runs)
        for (std::uint32_t r = 0; r < runs; ++r)
            if (block.failed_quarter[r] >= 0) failures_.push_back({first_run + r, block.failed_quarter[r], block.failed_variable[r], block.failed_value[r]});
}

namespace {

template <class T> std::string_view bytes_of(const std::vector<T>& values) { return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)}; }
/// From the front of the bytes.
std::string_view take_bytes(std::string_view& bytes, std::size_t n)
{
    if (bytes.size() < n) throw std::invalid_argument("a summary's state of another scenario or program");
    const std::string_view taken = bytes.substr(0, n);
    bytes.remove_prefix(n);
    return taken;
}
/// So many values.
template <class T> std::vector<T> take(std::string_view& bytes, std::size_t n)
{
    const std::string_view taken = take_bytes(bytes, n * sizeof(T));
    std::vector<T> values(n);
    if (n > 0) std::memcpy(values.data(), taken.data(), taken.size());
    return values;
}

} // namespace

std::vector<std::string_view> Accumulator::state(std::string& head) const
{
    head = bytes_of(std::vector<std::uint32_t>{quarters_, variables_, events_, static_cast<std::uint32_t>(bin_bits_), runs_, failed_, static_cast<std::uint32_t>(failures_.size())});
    return {head, bytes_of(cells_), bytes_of(histogram_), bytes_of(code_count_), bytes_of(event_count_), bytes_of(failures_)};
}

void Accumulator::add_state(std::string_view rest)
{
    const auto head = take<std::uint32_t>(rest, 7);
    if (std::vector(head.begin(), head.begin() + 4) != std::vector{quarters_, variables_, events_, static_cast<std::uint32_t>(bin_bits_)})
        throw std::invalid_argument("a summary's state of another scenario or program");
    const auto cells = take<Cell>(rest, cells_.size());
    const std::string_view histogram = take_bytes(rest, histogram_.size() * sizeof(std::uint32_t));
    const auto codes = take<std::uint32_t>(rest, code_count_.size()), events = take<std::uint32_t>(rest, event_count_.size());
    const auto failures = take<Summary::Failure>(rest, head[6]);
    // sums of so many runs, as add() makes them: others would be no numbers later
    const auto good = static_cast<std::int64_t>(head[4]) - head[5];
    const auto is_sum = [good](const Cell& c) {
        const auto within = [good](__int128 sum, __int128 most) { return sum <= 2 * good * most && -sum <= 2 * good * most; };
        return within(c.fine, 1 << 30) && within(c.sum, 1 << step_bits) && c.squares >= 0 && within(c.squares, __int128{1} << 2 * step_bits) && (good == 0 || c.least <= c.most);
    };
    if (good < 0 || !std::ranges::all_of(cells, is_sum)) throw std::invalid_argument("a summary's state of another scenario or program");
    runs_ += head[4], failed_ += head[5];
    for (std::size_t i = 0; i < cells.size(); ++i) {
        cells_[i].fine += cells[i].fine, cells_[i].sum += cells[i].sum, cells_[i].squares += cells[i].squares;
        cells_[i].least = std::min(cells_[i].least, cells[i].least), cells_[i].most = std::max(cells_[i].most, cells[i].most);
    }
    const auto add = [](std::vector<std::uint32_t>& to, const std::vector<std::uint32_t>& from) { std::transform(from.begin(), from.end(), to.begin(), to.begin(), std::plus<>()); };
    for (std::size_t i = 0; i < histogram_.size(); ++i) {
        std::uint32_t more = 0;
        std::memcpy(&more, histogram.data() + i * sizeof more, sizeof more);
        histogram_[i] += more;
    }
    add(code_count_, codes), add(event_count_, events);
    failures_.insert(failures_.end(), failures.begin(), failures.end());
}

Summary Accumulator::summary() const
{
    const std::vector<Row>& rows = describe().variables;
    Summary s;
    s.runs = runs_, s.quarters = quarters_, s.start = start_, s.failed = failed_;
    s.code_count = code_count_, s.event_count = event_count_;
    s.failures = failures_;
    std::sort(s.failures.begin(), s.failures.end(), [](const auto& a, const auto& b) { return a.run < b.run; });
    if (s.failures.size() > 1000) s.failures.resize(1000);
    const std::size_t size = std::size_t{variables_} * quarters_;
    s.mean.resize(size), s.sd.resize(size), s.least.resize(size), s.most.resize(size), s.quantile.resize(quantile_count * size);
    const double n = runs_ - failed_;
    for (std::uint32_t v = 0; v < variables_; ++v)
        for (std::uint32_t q = 0; q < quarters_; ++q) {
            const Cell& cell = cells_[std::size_t{q} * variables_ + v];
            const std::size_t at = std::size_t{v} * quarters_ + q;
            const double step = (rows[v].high - rows[v].low) / steps, mean = static_cast<double>(cell.fine) * (rows[v].high - rows[v].low) / fine_steps / n;
            // n * squares - sum^2 in integers: no cancellation
            const __int128 spread = static_cast<__int128>(runs_ - failed_) * cell.squares - static_cast<__int128>(cell.sum) * cell.sum;
            s.mean[at] = rows[v].low + mean;
            s.sd[at] = n > 1 ? std::sqrt(static_cast<double>(spread) / (n * (n - 1))) * step : 0;
            s.least[at] = cell.least, s.most[at] = cell.most;
            const std::span<const std::uint32_t> histogram(&histogram_[(std::size_t{q} * variables_ + v) << bin_bits_], std::size_t{1} << bin_bits_);
            const std::vector<float> levels = histogram_quantiles(quantile_levels, histogram, n, rows[v], cell.least, cell.most);
            for (std::size_t level = 0; level < quantile_count; ++level) s.quantile[(level * variables_ + v) * quarters_ + q] = levels[level];
        }
    return s;
}

} // namespace entente
