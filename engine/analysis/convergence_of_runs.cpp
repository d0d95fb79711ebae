#include "convergence_of_runs.hpp"
#include "../core/interval.hpp"
#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <fmt/format.h>
#include <stdexcept>

namespace entente {
namespace {

constexpr double named_at_most = 1e15; ///< no more are ever named
constexpr double exact_up_to = 1e9;    ///< beyond, the normal limit is as good

/// Jeffreys' ends for a share of so many runs, as share_of().
std::pair<double, double> ends(double share, double runs)
{
    const auto [low, high] = jeffreys_ends(runs * share, runs * (1 - share), 0.025);
    return {low, high};
}

/// The least whole number from 1 on of which it is true; it is false below and true above.
template <class Enough> std::uint64_t least(double guess, Enough enough)
{
    double low = 0, high = std::max(1.0, std::ceil(guess));
    while (high < named_at_most && !enough(high)) low = high, high *= 2;
    while (high - low > 1) {
        const double middle = std::floor((low + high) / 2);
        (enough(middle) ? high : low) = middle;
    }
    return static_cast<std::uint64_t>(std::min(high, named_at_most));
}

} // namespace

std::vector<std::uint32_t> looks_at(std::uint32_t runs)
{
    std::vector<std::uint32_t> all;
    for (const std::uint32_t part : {16u, 8u, 4u, 2u, 1u})
        if (const std::uint32_t n = runs / part; n > 0 && (all.empty() || all.back() != n)) all.push_back(n);
    return all;
}

double chance_to_hold(double earlier, double later)
{
    if (later <= earlier) return 1;
    return 1 - 2 * cdf(complement(boost::math::normal(), z95 / std::sqrt(1 - earlier / later)));
}

std::uint64_t runs_for_half_width(double share, double half_width)
{
    if (!(share >= 0 && share <= 1)) throw std::invalid_argument(fmt::format("a share is from 0 to 1, got {}", share));
    if (!(half_width > 0 && half_width < 0.5)) throw std::invalid_argument(fmt::format("a half-width of a share is between 0 and .5, got {}", half_width));
    const double limit = z95 * z95 * share * (1 - share) / (half_width * half_width);
    if (limit > exact_up_to) return static_cast<std::uint64_t>(std::min(named_at_most, std::ceil(limit)));
    return least(1, [&](double runs) {
        const auto [low, high] = ends(share, runs);
        return (high - low) / 2 <= half_width;
    });
}

std::uint64_t runs_for_half_width(const Share& known, double half_width) { return runs_for_half_width(std::clamp(0.5, known.low, known.high), half_width); }

std::optional<std::uint64_t> runs_to_part_from_half(double share)
{
    const double away = std::abs(share - 0.5);
    if (away < 1e-12) return std::nullopt;
    const double limit = z95 * z95 * share * (1 - share) / (away * away);
    if (limit > exact_up_to) return static_cast<std::uint64_t>(std::min(named_at_most, std::ceil(limit)));
    return least(1, [&](double runs) {
        const auto [low, high] = ends(share, runs);
        return low > 0.5 || high < 0.5;
    });
}

std::optional<std::uint64_t> runs_to_place_median(const Survival& curve)
{
    const auto at = static_cast<std::size_t>(std::ranges::find_if(curve.share, [](double share) { return share < 0.5 + 0x1p-26; }) - curve.share.begin());
    if (at == curve.share.size()) return std::nullopt;
    const std::optional<std::uint64_t> after = runs_to_part_from_half(curve.share[at]), before = runs_to_part_from_half(at == 0 ? 1 : curve.share[at - 1]);
    if (!after || !before) return std::nullopt;
    return std::max(*after, *before);
}

GrowingCounts::GrowingCounts(std::uint32_t runs, std::vector<int> dates, int start, int horizon)
    : dates_(std::move(dates)), start_(start), steps_(horizon < start ? 0 : static_cast<std::size_t>(horizon - start) + 1), looks_(looks_at(runs)), whole_(looks_.size()),
      code_(looks_.size() * dates_.size() * 32), event_(looks_.size(), std::vector<std::vector<std::uint64_t>>(describe().events.size(), std::vector<std::uint64_t>(steps_)))
{
}

void GrowingCounts::add(std::uint32_t first, const Histories& h)
{
    for (const int date : dates_)
        if ((static_cast<std::size_t>(date) + 1) * h.runs > h.outcome.size()) throw std::invalid_argument(fmt::format("runs without quarter {}", date));
    if (h.first_event.size() != describe().events.size() * h.runs) throw std::invalid_argument("runs without events");
    for (std::size_t run = 0; run < h.runs; ++run) {
        if (!h.failed_quarter.empty() && fate_of(h.failed_quarter[run]) != Fate::whole) continue;
        const auto look = static_cast<std::size_t>(std::ranges::upper_bound(looks_, first + run) - looks_.begin());
        if (look == looks_.size()) return; // more than were announced
        ++whole_[look];
        for (std::size_t d = 0; d < dates_.size(); ++d) ++code_[(look * dates_.size() + d) * 32 + h.outcome[static_cast<std::size_t>(dates_[d]) * h.runs + run] % 32];
        for (std::size_t e = 0; steps_ > 0 && e < event_[look].size(); ++e)
            if (const int quarter = h.first_event[e * h.runs + run]; quarter >= 0)
                if (const auto step = static_cast<std::size_t>(std::max(0, quarter - start_)); step < steps_) ++event_[look][e][step];
    }
}

std::uint32_t GrowingCounts::whole(std::size_t look) const
{
    std::uint32_t n = 0;
    for (std::size_t l = 0; l <= look; ++l) n += whole_[l];
    return n;
}

std::vector<Share> GrowingCounts::shares(std::size_t date, int number, int (*of)(std::uint8_t)) const
{
    std::vector<Share> all;
    std::uint32_t count = 0;
    for (std::size_t look = 0; look < looks_.size(); ++look) {
        for (std::uint8_t code = 0; code < 32; ++code)
            if (of(code) == number) count += code_[(look * dates_.size() + date) * 32 + code];
        all.push_back(share_of(count, whole(look)));
    }
    return all;
}

std::vector<Share> GrowingCounts::in_class(std::size_t date, int number) const { return shares(date, number, class_of); }
std::vector<Share> GrowingCounts::with_orientation(std::size_t date, int number) const { return shares(date, number, orientation_of); }

std::vector<Share> GrowingCounts::seen(std::size_t event) const
{
    std::vector<Share> all;
    std::uint64_t count = 0;
    for (std::size_t look = 0; look < looks_.size(); ++look) {
        for (const std::uint64_t n : event_[look].at(event)) count += n;
        all.push_back(share_of(static_cast<std::uint32_t>(count), whole(look)));
    }
    return all;
}

LifeTable GrowingCounts::table(std::size_t event, std::size_t look) const
{
    std::vector<std::uint64_t> seen(steps_);
    for (std::size_t l = 0; l <= look; ++l)
        for (std::size_t step = 0; step < steps_; ++step) seen[step] += event_[l].at(event)[step];
    return life_table({seen}, whole(look));
}

void add(HeldLooks& all, std::span<const Share> at_looks)
{
    for (std::size_t later = 1; later < at_looks.size(); ++later)
        for (std::size_t earlier = 0; earlier < later; ++earlier) {
            const Share &a = at_looks[earlier], &b = at_looks[later];
            if (a.runs == 0 || a.runs == b.runs) continue;
            ++all.pairs;
            all.held += a.low <= b.share && b.share <= a.high;
            all.expected += chance_to_hold(a.runs, b.runs);
        }
}

} // namespace entente
