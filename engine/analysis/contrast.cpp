#include "contrast.hpp"
#include "difference.hpp"
#include "sample.hpp"
#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

namespace entente {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// A mean of the seen less a mean of all.
Interval seen_less(std::span<const double> of_seen, std::span<const double> of_all, const std::vector<std::size_t>& whole, std::span<const std::uint8_t> seen, bool share)
{
    double count = 0, seen_sum = 0, sum = 0;
    for (const std::size_t run : whole) {
        sum += of_all[run];
        if (seen[run] != 0) count += 1, seen_sum += of_seen[run];
    }
    const auto n = static_cast<double>(whole.size());
    if (count == 0) return {none, -std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity(), whole.size(), 0};
    const double seen_mean = seen_sum / count, mean = sum / n, difference = seen_mean - mean;
    double squares = 0;
    for (const std::size_t run : whole) {
        const double part = (seen[run] != 0 ? (of_seen[run] - seen_mean) * n / count : 0) - (of_all[run] - mean);
        squares += part * part;
    }
    const double width = n > 1 ? beyond_chance(0.05) * std::sqrt(squares / (n - 1) / n) : std::numeric_limits<double>::infinity();
    Interval i{difference, difference - width, difference + width, whole.size(), 0};
    const auto with = static_cast<std::uint64_t>(std::lround(seen_sum));
    if (share && (with == 0 || seen_sum == count)) {
        const Interval apart = share_difference({with, static_cast<std::uint64_t>(count)}, {static_cast<std::uint64_t>(std::lround(sum)), whole.size()}, 0.95);
        i.low = std::min(i.low, apart.low), i.high = std::max(i.high, apart.high);
    }
    return i;
}

} // namespace

Contrast contrast(std::span<const double> as_is, std::span<const double> forced, std::span<const std::uint8_t> seen, bool share)
{
    if (as_is.size() != forced.size() || as_is.size() != seen.size()) throw std::invalid_argument("a contrast of unequal numbers of runs");
    std::vector<std::size_t> whole;
    std::vector<double> a, f;
    for (std::size_t run = 0; run < as_is.size(); ++run)
        if (!std::isnan(as_is[run]) && !std::isnan(forced[run])) whole.push_back(run), a.push_back(as_is[run]), f.push_back(forced[run]);
    Contrast c;
    c.runs = whole.size();
    c.seen_runs = static_cast<std::uint64_t>(std::ranges::count_if(whole, [&](std::size_t run) { return seen[run] != 0; }));
    if (whole.empty()) {
        c.as_is = c.forced = c.seen = none;
        c.cause = c.selection = c.seeing = {none, -std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity(), 0, as_is.size()};
        return c;
    }
    const PairedDifference paired = paired_difference(a, f);
    c.as_is = paired.mean_a, c.forced = paired.mean_b, c.cause = interval_of(paired);
    c.selection = seen_less(as_is, forced, whole, seen, share), c.seeing = seen_less(as_is, as_is, whole, seen, share);
    c.seen = c.as_is + c.seeing.estimate;
    return c;
}

} // namespace entente
