#include "shapley.hpp"
#include "../design/address.hpp"
#include "estimate.hpp"
#include <algorithm>
#include <bit>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <stdexcept>

namespace entente {
namespace {

constexpr double factorial(std::size_t n) { return n < 2 ? 1 : static_cast<double>(n) * factorial(n - 1); }
constexpr Coalition only(std::size_t player) { return Coalition{1} << player; }
bool is_in(Coalition coalition, std::size_t player) { return (coalition & only(player)) != 0; }

void throw_unless_between(std::size_t players, std::size_t most)
{
    if (players < 1 || players > most) throw std::invalid_argument(fmt::format("players: 1 to {}, got {}", most, players));
}

/// Mean of the whole runs divided by `unit`, with its interval. Sums come before the division, so that whole numbers stay exact.
Interval over_runs(const std::vector<double>& values, double unit)
{
    double sum = 0, squares = 0;
    std::uint64_t n = 0;
    for (const double x : values)
        if (!std::isnan(x)) sum += x, ++n;
    if (n == 0) return Running{}.interval();
    const double mean = sum / static_cast<double>(n);
    for (const double x : values)
        if (!std::isnan(x)) squares += (x - mean) * (x - mean);
    Interval interval = t_interval(mean / unit, n < 2 ? 0 : std::sqrt(squares / static_cast<double>(n - 1) / static_cast<double>(n)) / unit, n);
    interval.failed = values.size() - n;
    return interval;
}

} // namespace

ExactShapley::ExactShapley(std::size_t players, std::size_t runs) : players_(players), runs_(runs)
{
    throw_unless_between(players, most_exact_players);
    const std::vector<double> zeros(runs, 0.0);
    share_.assign(players, zeros), alone_.assign(players, zeros), last_.assign(players, zeros);
    if (players <= most_players_in_pairs) together_.assign(players * (players - 1) / 2, zeros);
    without_ = with_ = zeros;
}

void ExactShapley::add(Coalition coalition, std::span<const double> values)
{
    if (coalition != next_ || coalition > everybody(players_) || values.size() != runs_) throw std::invalid_argument("a coalition out of turn, or with other runs");
    ++next_;
    const auto size = static_cast<std::size_t>(std::popcount(coalition));
    const auto add_to = [&](std::vector<double>& to, double weight) {
        for (std::size_t run = 0; run < runs_; ++run) to[run] += weight * values[run];
    };
    const Coalition all = everybody(players_);
    if (coalition == 0) add_to(without_, 1);
    if (coalition == all) add_to(with_, 1);
    for (std::size_t i = 0; i < players_; ++i) {
        const bool in = is_in(coalition, i);
        add_to(share_[i], in ? factorial(size - 1) * factorial(players_ - size) : -factorial(size) * factorial(players_ - size - 1));
        if (coalition == only(i)) add_to(alone_[i], 1);
        if (coalition == 0) add_to(alone_[i], -1);
        if (coalition == all) add_to(last_[i], 1);
        if (coalition == (all & ~only(i))) add_to(last_[i], -1);
    }
    if (together_.empty()) return;
    for (std::size_t i = 0, pair = 0; i < players_; ++i)
        for (std::size_t j = i + 1; j < players_; ++j, ++pair) {
            const auto of_pair = static_cast<std::size_t>(is_in(coalition, i)) + static_cast<std::size_t>(is_in(coalition, j)), others = size - of_pair;
            add_to(together_[pair], (of_pair == 1 ? -1 : 1) * factorial(others) * factorial(players_ - others - 2));
        }
}

ShapleyParts ExactShapley::parts() const
{
    if (next_ != everybody(players_) + 1) throw std::logic_error("not all coalitions are added");
    ShapleyParts parts;
    std::vector<double> difference(runs_);
    for (std::size_t run = 0; run < runs_; ++run) difference[run] = share_[0][run] + with_[run] - without_[run]; // NaN where any coalition failed: each has part in every share
    for (std::size_t run = 0; run < runs_; ++run) difference[run] = std::isnan(difference[run]) ? difference[run] : with_[run] - without_[run];
    const auto of_whole = [&](std::vector<double> values) {
        for (std::size_t run = 0; run < runs_; ++run)
            if (std::isnan(difference[run])) values[run] = std::numeric_limits<double>::quiet_NaN();
        return values;
    };
    parts.without = over_runs(of_whole(without_), 1).estimate, parts.with = over_runs(of_whole(with_), 1).estimate;
    parts.difference = over_runs(difference, 1);
    parts.runs = parts.difference.used;
    for (std::size_t i = 0; i < players_; ++i)
        parts.players.push_back({over_runs(share_[i], factorial(players_)), over_runs(of_whole(alone_[i]), 1), over_runs(of_whole(last_[i]), 1)});
    for (std::size_t i = 0, pair = 0; i < players_ && !together_.empty(); ++i)
        for (std::size_t j = i + 1; j < players_; ++j, ++pair) parts.pairs.push_back({i, j, over_runs(together_[pair], factorial(players_ - 1))});
    return parts;
}

std::vector<std::vector<std::uint32_t>> orders_of_block(std::size_t players, std::size_t orders, std::uint64_t seed, std::uint64_t block)
{
    std::vector<std::vector<std::uint32_t>> all;
    while (all.size() < orders) {
        all.push_back(shuffled(players, number_at(seed, block, all.size())));
        if (all.size() < orders) all.emplace_back(all.back().rbegin(), all.back().rend());
    }
    return all;
}

std::vector<Coalition> coalitions_of(std::span<const std::vector<std::uint32_t>> orders, std::size_t players)
{
    std::vector<Coalition> all{0, everybody(players)};
    for (std::size_t i = 0; i < players; ++i) all.push_back(only(i)), all.push_back(everybody(players) & ~only(i));
    for (const std::vector<std::uint32_t>& order : orders) {
        Coalition in = 0;
        for (const std::uint32_t player : order) all.push_back(in |= only(player));
    }
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

SampledShapley::SampledShapley(std::size_t players) : players_(players)
{
    throw_unless_between(players, most_sampled_players);
    share_.resize(players), alone_.resize(players), last_.resize(players);
}

void SampledShapley::add(std::span<const std::vector<std::uint32_t>> orders, std::span<const std::vector<double>> values)
{
    const std::vector<Coalition> coalitions = coalitions_of(orders, players_);
    if (orders.empty() || values.size() != coalitions.size() || !std::ranges::all_of(values, [&](const auto& of_one) { return of_one.size() == values[0].size(); }))
        throw std::invalid_argument("a block whose values are not those of its coalitions");
    const auto of = [&](Coalition coalition) -> const std::vector<double>& {
        return values[static_cast<std::size_t>(std::ranges::lower_bound(coalitions, coalition) - coalitions.begin())];
    };
    std::vector<std::size_t> whole;
    for (std::size_t run = 0; run < values[0].size(); ++run)
        if (std::ranges::none_of(values, [&](const auto& of_one) { return std::isnan(of_one[run]); })) whole.push_back(run);
    const auto sum = [&](Coalition coalition) {
        double total = 0;
        for (const std::size_t run : whole) total += of(coalition)[run];
        return total;
    };
    const auto cluster = [&](double total) { return Cluster{total, whole.size()}; };
    const Coalition all = everybody(players_);
    const double nobody = sum(0), everyone = sum(all);
    without_.push_back(cluster(nobody)), with_.push_back(cluster(everyone)), difference_.push_back(cluster(everyone - nobody));
    std::vector<double> share(players_, 0.0);
    for (const std::vector<std::uint32_t>& order : orders) {
        Coalition in = 0;
        double before = nobody;
        for (const std::uint32_t player : order) {
            const double after = sum(in |= only(player));
            share[player] += after - before;
            before = after;
        }
    }
    orders_ += orders.size();
    for (std::size_t i = 0; i < players_; ++i) {
        share_[i].push_back(cluster(share[i] / static_cast<double>(orders.size())));
        alone_[i].push_back(cluster(sum(only(i)) - nobody)), last_[i].push_back(cluster(everyone - sum(all & ~only(i))));
    }
}

Interval SampledShapley::over_clusters(const std::vector<Cluster>& clusters)
{
    double sum = 0, squares = 0, runs = 0;
    std::uint64_t used = 0;
    for (const Cluster& c : clusters)
        if (c.runs > 0) sum += c.sum, runs += static_cast<double>(c.runs), ++used;
    if (used == 0) return Running{}.interval();
    const double mean = sum / runs, g = static_cast<double>(used);
    for (const Cluster& c : clusters) squares += std::pow(c.sum - mean * static_cast<double>(c.runs), 2);
    Interval interval = t_interval(mean, used < 2 ? 0 : std::sqrt(squares * g / (g - 1)) / runs, used);
    interval.used = static_cast<std::uint64_t>(runs);
    return interval;
}

ShapleyParts SampledShapley::parts() const
{
    ShapleyParts parts{.without = over_clusters(without_).estimate, .with = over_clusters(with_).estimate, .difference = over_clusters(difference_), .orders = orders_};
    parts.runs = parts.difference.used;
    for (std::size_t i = 0; i < players_; ++i) parts.players.push_back({over_clusters(share_[i]), over_clusters(alone_[i]), over_clusters(last_[i])});
    return parts;
}

} // namespace entente
