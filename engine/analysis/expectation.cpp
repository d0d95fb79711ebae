#include "expectation.hpp"
#include "answer.hpp"
#include "estimate.hpp"
#include <cmath>
#include <limits>

namespace entente {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Sums over whole runs.
struct Sums {
    const Quantity& q;
    const Summary& s;
    std::uint32_t runs() const { return s.runs - s.failed; }

    std::uint32_t in_class(int quarter) const
    {
        std::uint32_t n = 0;
        for (std::uint32_t code = 0; code < 32; ++code) {
            const auto c = static_cast<std::uint8_t>(code);
            if (q.code >= 8 ? orientation_of(c) == q.code - 8 : class_of(c) == q.code) n += s.code_count[static_cast<std::size_t>(quarter) * 32 + code];
        }
        return n;
    }
    std::uint32_t seen_in(int quarter) const { return s.event_count[q.event * s.quarters + static_cast<std::size_t>(quarter)]; }
    /// Mean and standard deviation over runs of what the quantity adds up in a quarter; of several variables at most.
    std::pair<double, double> at(int quarter) const
    {
        if (q.terms.empty()) {
            const double n = runs(), p = in_class(quarter) / n;
            return {p, std::sqrt(p * (1 - p) * n / (n - 1))};
        }
        double mean = 0, sd = 0;
        for (const Quantity::Term& term : q.terms) {
            const std::size_t place = term.variable * s.quarters + static_cast<std::size_t>(quarter);
            mean += term.factor * s.mean[place], sd += std::abs(term.factor) * s.sd[place];
        }
        return {mean, sd};
    }
    Interval of(double mean, double sd) const { return t_interval(mean, sd / std::sqrt(static_cast<double>(runs())), runs()); }
    Interval of(const Share& share) const { return {.estimate = share.share, .low = share.low, .high = share.high, .used = share.runs}; }
};

Interval mean_of(const Sums& sums)
{
    const int from = sums.q.from, to = sums.q.to, quarters = to - from + 1;
    if (sums.q.terms.empty() && quarters == 1) return sums.of(share_of(sums.in_class(from), sums.runs()));
    double mean = 0, sd = 0;
    for (int quarter = from; quarter <= to; ++quarter) {
        const auto [m, spread] = sums.at(quarter);
        mean += m / quarters, sd += spread / quarters;
    }
    return sums.of(mean, sd);
}
Interval change_of(const Sums& sums)
{
    const auto [first, first_sd] = sums.at(sums.q.from);
    const auto [last, last_sd] = sums.at(sums.q.to);
    return sums.of(last - first, first_sd + last_sd);
}
Interval seen_of(const Sums& sums)
{
    std::uint32_t seen = 0;
    for (int quarter = 0; quarter <= sums.q.to; ++quarter) seen += sums.seen_in(quarter);
    return sums.of(share_of(seen, sums.runs()));
}
/// Runs that have not seen it count with the last quarter.
Interval first_of(const Sums& sums)
{
    const double n = sums.runs();
    double before = 0, squares = 0; // quarters before the last
    for (int quarter = 0; quarter <= sums.q.to; ++quarter) {
        const double early = sums.q.to - quarter, count = sums.seen_in(quarter);
        before += count * early / n, squares += count * early * early / n;
    }
    return sums.of(sums.q.to - before, std::sqrt((squares - before * before) * n / (n - 1)));
}

} // namespace

Judged judge(const Expectation& expected, const Interval& came)
{
    if (expected.of_difference() && expected.sign == 0) return {expected, came, Held::reported};
    const double least = expected.of_difference() ? (expected.sign > 0 ? 0 : -infinity) : expected.least.value_or(-infinity);
    const double most = expected.of_difference() ? (expected.sign > 0 ? infinity : 0) : expected.most.value_or(infinity);
    if (came.low >= least && came.high <= most) return {expected, came, Held::held};
    return {expected, came, came.high < least || came.low > most ? Held::not_held : Held::undecided};
}

std::optional<Interval> known(const Quantity& quantity, const Summary& summary)
{
    const Sums sums{quantity, summary};
    if (quantity.level || sums.runs() == 0) return std::nullopt;
    switch (quantity.kind) {
    case Quantity::Kind::mean:
    case Quantity::Kind::share: return mean_of(sums);
    case Quantity::Kind::change: return change_of(sums);
    case Quantity::Kind::seen: return seen_of(sums);
    case Quantity::Kind::first: return first_of(sums);
    }
    return std::nullopt;
}

} // namespace entente
