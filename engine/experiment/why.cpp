#include "why.hpp"
#include "../analysis/answer.hpp"
#include "../analysis/estimate.hpp"
#include "../core/in_blocks.hpp"
#include "../core/quarter.hpp"
#include "held.hpp"
#include "paired_runs.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <mutex>
#include <stdexcept>

namespace entente {
namespace {

/// What is still to be simulated, told to who listens.
struct Count {
    const Listener& listener;
    const std::atomic<bool>* stop;
    std::uint64_t done = 0, all = 0;
    bool stopped() const { return stop && *stop; }
    void add(std::uint64_t runs)
    {
        done += runs;
        if (listener.progress) listener.progress({done, all});
    }
};

/// Who is in has its settings from B.
struct SettingsGame {
    const Scenario &a, &b;
    const std::vector<SettingPlayer>& players;
    const std::vector<Quantity>& quantities;
    const EnsembleOptions& options;

    std::size_t size() const { return players.size(); }
    std::uint64_t blocks() const { return all_blocks(a.runs).count; }
    std::uint64_t runs_of(std::uint64_t block) const { return std::min<std::uint64_t>(block_runs, a.runs - block * block_runs); }
    std::vector<std::vector<std::uint32_t>> orders_of(std::uint64_t block) const { return orders_of_block(size(), orders_a_block, a.seed, block); }
    Values values(std::span<const Coalition> coalitions, Blocks some, Count& count) const
    {
        std::vector<Scenario> scenarios;
        for (const Coalition c : coalitions) scenarios.push_back(in_between(a, b, players, c));
        return values_of_variants(
            std::move(scenarios), some, quantities, options, [&](std::uint64_t runs) { count.add(runs); }, count.stop);
    }
};

std::vector<ShapleyParts> all_orders(const SettingsGame& game, Count& count)
{
    std::vector<ExactShapley> shapley(game.quantities.size(), ExactShapley(game.size(), game.a.runs));
    const Coalition all = everybody(game.size());
    for (Coalition first = 0; first <= all; first += variants_at_once) {
        std::vector<Coalition> some;
        for (Coalition c = first; c <= all && some.size() < variants_at_once; ++c) some.push_back(c);
        const Values values = game.values(some, all_blocks(game.a.runs), count);
        if (count.stopped()) return {};
        for (std::size_t i = 0; i < some.size(); ++i)
            for (std::size_t q = 0; q < shapley.size(); ++q) shapley[q].add(some[i], values[i][q]);
    }
    std::vector<ShapleyParts> parts;
    for (const ExactShapley& s : shapley) parts.push_back(s.parts());
    return parts;
}

std::uint64_t runs_of_some_orders(const SettingsGame& game)
{
    std::uint64_t runs = 0;
    for (std::uint64_t block = 0; block < game.blocks(); ++block) runs += coalitions_of(game.orders_of(block), game.size()).size() * game.runs_of(block);
    return runs;
}

std::vector<ShapleyParts> some_orders(const SettingsGame& game, Count& count)
{
    std::vector<SampledShapley> shapley(game.quantities.size(), SampledShapley(game.size()));
    for (std::uint64_t block = 0; block < game.blocks(); ++block) {
        const auto orders = game.orders_of(block);
        const std::vector<Coalition> coalitions = coalitions_of(orders, game.size());
        std::vector<std::vector<std::vector<double>>> by_quantity(shapley.size());
        for (std::size_t first = 0; first < coalitions.size(); first += variants_at_once) {
            Values values = game.values({&coalitions[first], std::min(variants_at_once, coalitions.size() - first)}, {block, 1}, count);
            if (count.stopped()) return {};
            for (std::vector<std::vector<double>>& of_one : values)
                for (std::size_t q = 0; q < shapley.size(); ++q) by_quantity[q].push_back(std::move(of_one[q]));
        }
        for (std::size_t q = 0; q < shapley.size(); ++q) shapley[q].add(orders, by_quantity[q]);
    }
    std::vector<ShapleyParts> parts;
    for (const SampledShapley& s : shapley) parts.push_back(s.parts());
    return parts;
}

/// Mechanisms of all groups, in the model's order.
std::vector<std::string_view> grouped_mechanisms()
{
    std::vector<std::string_view> all;
    for (const MechanismText& m : describe().mechanisms)
        if (!m.group.empty()) all.push_back(m.name);
    return all;
}

/// So many runs have orders of their own, and their courses in A are held in memory at once.
constexpr std::uint32_t held_runs = 64;

/// Which variables B takes from A: those of who is out, for each coalition; then those of each mechanism alone.
struct Holds {
    std::vector<std::vector<std::uint32_t>> orders;
    std::size_t coalitions = 0;
    std::vector<std::vector<std::size_t>> variables;
};
Holds holds_of(std::uint64_t seed, std::uint64_t block)
{
    constexpr std::size_t groups = mechanism_groups.size();
    Holds holds{.orders = orders_of_block(groups, orders_of_mechanisms, seed, block), .variables = {}};
    for (const Coalition in : coalitions_of(holds.orders, groups)) {
        std::vector<std::size_t> variables;
        for (std::size_t g = 0; g < groups; ++g)
            if ((in >> g & 1) == 0) std::ranges::copy(variables_of_mechanisms(mechanisms_of(mechanism_groups[g])), std::back_inserter(variables));
        holds.variables.push_back(std::move(variables));
    }
    holds.coalitions = holds.variables.size();
    for (const std::string_view name : grouped_mechanisms()) holds.variables.push_back(variables_of_mechanisms({&name, 1}));
    return holds;
}
std::uint64_t blocks_of_held(std::uint32_t runs) { return (std::uint64_t{runs} + held_runs - 1) / held_runs; }
std::uint32_t runs_of_held(std::uint32_t runs, std::uint64_t block) { return static_cast<std::uint32_t>(std::min<std::uint64_t>(held_runs, runs - block * held_runs)); }
std::uint64_t runs_by_mechanism(const Scenario& a)
{
    std::uint64_t runs = 0;
    for (std::uint64_t block = 0; block < blocks_of_held(a.runs); ++block) runs += (1 + holds_of(a.seed, block).variables.size()) * runs_of_held(a.runs, block);
    return runs;
}

ByMechanism by_mechanism(const Scenario& a, const Scenario& b, const std::vector<Quantity>& quantities, const EnsembleOptions& options, Count& count)
{
    const HeldMechanisms pair(a, b, quantities, options);
    const std::vector<std::string_view> names = grouped_mechanisms();
    std::vector<SampledShapley> shapley(quantities.size(), SampledShapley(mechanism_groups.size()));
    std::vector gone(names.size(), std::vector<Running>(quantities.size()));
    const std::uint64_t before = count.done, blocks = blocks_of_held(a.runs), at_once = 8 * std::uint64_t{thread_count(options, blocks)};
    std::mutex one_at_a_time;
    for (std::uint64_t first = 0; first < blocks; first += at_once) {
        std::vector<std::vector<std::vector<std::vector<double>>>> made(std::min(at_once, blocks - first)); ///< [block][held][quantity][run]
        const bool whole = in_blocks(made.size(), options.threads, count.stop, [&](std::size_t i) {
            const std::uint64_t block = first + i;
            const Holds holds = holds_of(a.seed, block);
            made[i] = pair.differences(block * held_runs, runs_of_held(a.runs, block), holds.variables);
            const std::scoped_lock lock(one_at_a_time);
            count.add((1 + holds.variables.size()) * runs_of_held(a.runs, block));
        });
        if (!whole) return {};
        for (std::size_t i = 0; i < made.size(); ++i) {
            const Holds holds = holds_of(a.seed, first + i);
            for (std::size_t q = 0; q < quantities.size(); ++q) {
                std::vector<std::vector<double>> of_coalitions;
                for (std::size_t c = 0; c < holds.coalitions; ++c) of_coalitions.push_back(made[i][c][q]);
                shapley[q].add(holds.orders, of_coalitions);
                const std::vector<double>& nothing_held = of_coalitions.back();
                for (std::size_t m = 0; m < names.size(); ++m)
                    for (std::size_t run = 0; run < nothing_held.size(); ++run)
                        if (const double d = nothing_held[run] - made[i][holds.coalitions + m][q][run]; !std::isnan(d)) gone[m][q].add(d);
            }
        }
    }
    ByMechanism found{.groups = {}, .single = {}, .runs = count.done - before};
    for (const SampledShapley& s : shapley) found.groups.push_back(s.parts());
    for (std::size_t m = 0; m < names.size(); ++m) {
        found.single.push_back({names[m], {}});
        for (const Running& r : gone[m]) found.single.back().gone.push_back(r.interval());
    }
    return found;
}

} // namespace

std::vector<Quantity> why_quantities(int horizon)
{
    std::vector<Quantity> all;
    for (const char* what : {"mean alignment_index", "share_western_turn", "share_vassal", "share_alignment", "share_estrangement"})
        all.push_back(parse_quantity(fmt::format("{} at {}", what, quarter_name(report_quarter(horizon)))));
    return all;
}

std::optional<Why> why(const Scenario& a, const Scenario& b, const WhyAsked& asked, const EnsembleOptions& options, const Listener& listener, const std::atomic<bool>* stop)
{
    throw_if_no_pairs(a, b);
    for (const Quantity& q : asked.quantities)
        if (q.level) throw std::invalid_argument(fmt::format("'{}': a quantile over runs has no parts that add up", q.text));
    const auto name = [](const Scenario& s) { return s.files.empty() ? s.name : s.files[0]; };
    Why found{.a = name(a), .b = name(b), .seed = a.seed, .futures = a.runs, .quantities = asked.quantities, .by_setting = {}, .by_mechanism = {}};
    std::vector<SettingPlayer>& players = found.by_setting.players;
    players = settings_between(a, b, most_setting_players);
    if (players.empty()) throw std::invalid_argument(fmt::format("{} and {} set the same: there is no difference to explain", found.a, found.b));

    const SettingsGame game{a, b, players, found.quantities, options};
    const bool exact = players.size() <= std::min(asked.most_exact, most_exact_players);
    Count count{.listener = listener, .stop = stop};
    count.all = (exact ? (everybody(players.size()) + 1) * a.runs : runs_of_some_orders(game)) + (asked.mechanisms ? runs_by_mechanism(a) : 0);
    found.by_setting.parts = exact ? all_orders(game, count) : some_orders(game, count);
    found.by_setting.runs = count.done;
    if (asked.mechanisms && !count.stopped()) found.by_mechanism = by_mechanism(a, b, found.quantities, options, count);
    return count.stopped() ? std::nullopt : std::optional(std::move(found));
}

} // namespace entente
