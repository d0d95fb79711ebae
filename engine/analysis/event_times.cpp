#include "event_times.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <stdexcept>

namespace entente {
namespace {

int steps_between(int start, int horizon)
{
    if (start < 0 || horizon < start) throw std::invalid_argument(fmt::format("no future from quarter {} to {}", start, horizon));
    return horizon - start + 1;
}

bool is_whole(const Histories& h, std::size_t run) { return h.failed_quarter.empty() || fate_of(h.failed_quarter[run]) == Fate::whole; }

void throw_if_no_dates(const Histories& h)
{
    const std::size_t events = describe().events.size();
    if (h.first_event.size() != events * h.runs || (!h.failed_quarter.empty() && h.failed_quarter.size() != h.runs))
        throw std::invalid_argument(fmt::format("{} dates of events of {} runs", h.first_event.size(), h.runs));
}

/// The step of an event, from 0; `steps` if it is not seen in so many.
int step_of(std::int16_t quarter, int start, int steps) { return quarter < 0 ? steps : std::clamp(quarter - start, 0, steps); }

} // namespace

EventTimes::EventTimes(int start, int horizon, std::vector<Competing> groups) : start_(start), horizon_(horizon), groups_(std::move(groups)), ties_(groups_.size())
{
    const std::vector<std::uint64_t> none(static_cast<std::size_t>(steps_between(start, horizon)));
    seen_.assign(describe().events.size(), none);
    for (const Competing& group : groups_) {
        for (const std::size_t e : group)
            if (e >= seen_.size() || std::ranges::count(group, e) > 1) throw std::invalid_argument("events that compete are different ones of the description");
        first_.emplace_back(group.size(), none);
    }
}

void EventTimes::add(const Histories& h)
{
    throw_if_no_dates(h);
    const int steps = horizon_ - start_ + 1;
    for (std::size_t run = 0; run < h.runs; ++run) {
        if (!is_whole(h, run)) {
            ++failed_;
            continue;
        }
        ++runs_;
        const auto step = [&](std::size_t event) { return step_of(h.first_event[event * h.runs + run], start_, steps); };
        for (std::size_t e = 0; e < seen_.size(); ++e)
            if (const int at = step(e); at < steps) ++seen_[e][static_cast<std::size_t>(at)];
        for (std::size_t g = 0; g < groups_.size(); ++g) {
            const auto first = std::ranges::min_element(groups_[g], {}, step);
            const int at = step(*first);
            if (at == steps) continue;
            ++first_[g][static_cast<std::size_t>(first - groups_[g].begin())][static_cast<std::size_t>(at)];
            ties_[g] += std::ranges::count(groups_[g], at, step) > 1;
        }
    }
}

LifeTable EventTimes::table(std::size_t event) const
{
    LifeTable table = life_table({seen_.at(event)}, runs_);
    table.failed = failed_;
    return table;
}

LifeTable EventTimes::first_of(std::size_t group) const
{
    LifeTable table = life_table(first_.at(group), runs_);
    table.failed = failed_;
    return table;
}

EventTimes event_times(const Summary& summary, int horizon)
{
    EventTimes all(static_cast<int>(summary.start), std::min(horizon, static_cast<int>(summary.quarters) - 1));
    all.runs_ = summary.runs - summary.failed, all.failed_ = summary.failed;
    for (std::size_t e = 0; e < all.seen_.size(); ++e)
        for (std::size_t q = 0; q <= static_cast<std::size_t>(all.horizon_); ++q)
            all.seen_[e][static_cast<std::size_t>(std::max(0, static_cast<int>(q) - all.start_))] += summary.event_count[e * summary.quarters + q];
    return all;
}

EventPairs::EventPairs(int start, int horizon) : start_(start), horizon_(horizon), sums_(describe().events.size()) { steps_between(start, horizon); }

void EventPairs::add(const Histories& a, const Histories& b)
{
    throw_if_no_dates(a), throw_if_no_dates(b);
    if (a.runs != b.runs) throw std::invalid_argument(fmt::format("pairs of {} runs and of {}", a.runs, b.runs));
    const int steps = horizon_ - start_ + 1;
    for (std::size_t run = 0; run < a.runs; ++run) {
        if (!is_whole(a, run) || !is_whole(b, run)) continue;
        ++pairs_;
        for (std::size_t e = 0; e < sums_.size(); ++e) {
            Sums& s = sums_[e];
            // an event in the last quarter is seen, and as many quarters pass until then as without it
            const int step_a = step_of(a.first_event[e * a.runs + run], start_, steps), step_b = step_of(b.first_event[e * b.runs + run], start_, steps);
            const std::int64_t in_a = std::min(step_a + 1, steps), in_b = std::min(step_b + 1, steps);
            s.a += in_a, s.b += in_b, s.squares_a += in_a * in_a, s.squares_b += in_b * in_b, s.squares += (in_b - in_a) * (in_b - in_a);
            s.both += step_a < steps && step_b < steps, s.only_a += step_a < steps && step_b == steps, s.only_b += step_a == steps && step_b < steps;
        }
    }
}

PairedDifference EventPairs::restricted_mean(std::size_t event) const
{
    const Sums& s = sums_.at(event);
    const auto n = static_cast<double>(pairs_);
    const auto spread = [&](std::int64_t squares, std::int64_t sum) { return std::max(0.0, static_cast<double>(squares) - static_cast<double>(sum) * static_cast<double>(sum) / n); };
    PairedDifference d{.pairs = pairs_};
    d.mean_a = static_cast<double>(s.a) / n, d.mean_b = static_cast<double>(s.b) / n, d.difference = static_cast<double>(s.b - s.a) / n;
    d.standard_error = std::sqrt(spread(s.squares, s.b - s.a) / (n - 1) / n);
    d.unpaired_error = std::sqrt((spread(s.squares_a, s.a) + spread(s.squares_b, s.b)) / (n - 1) / n);
    return d;
}

PairedDifference EventPairs::seen(std::size_t event) const
{
    const Sums& s = sums_.at(event);
    return paired_shares(pairs_, s.both, s.only_a, s.only_b);
}

} // namespace entente
