#include "why.hpp"
#include "../analysis/answer.hpp"
#include "../analysis/estimate.hpp"
#include "../core/quarter.hpp"
#include "paired_runs.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <stdexcept>

namespace entente {
namespace {

/// What a coalition comes to: a scenario, or one less another.
struct Played {
    Scenario plus;
    std::optional<Scenario> minus{};
};
struct Game {
    std::size_t players;
    std::uint32_t runs;    ///< futures of each scenario
    std::size_t scenarios; ///< of each coalition, one or two
    std::function<Played(Coalition)> play;
};

class Runner {
public:
    Runner(const std::vector<Quantity>& quantities, const EnsembleOptions& options, const Listener& listener, const std::atomic<bool>* stop)
        : quantities_(quantities), options_(options), listener_(listener), stop_(stop)
    {
    }
    void expect(std::uint64_t runs) { all_ += runs; }
    std::uint64_t done() const { return done_; }
    bool stopped() const { return stop_ && *stop_; }

    /// [coalition][quantity][run]
    Values values(const Game& game, std::span<const Coalition> coalitions, Blocks blocks)
    {
        std::vector<Scenario> scenarios;
        for (const Coalition c : coalitions) {
            Played played = game.play(c);
            scenarios.push_back(std::move(played.plus));
            if (played.minus) scenarios.push_back(std::move(*played.minus));
        }
        Values all = of(std::move(scenarios), blocks);
        if (game.scenarios == 1 || all.empty()) return all;
        for (std::size_t c = 0; c < coalitions.size(); ++c) {
            for (std::size_t q = 0; q < quantities_.size(); ++q)
                for (std::size_t run = 0; run < all[2 * c][q].size(); ++run) all[2 * c][q][run] -= all[2 * c + 1][q][run];
            if (c > 0) all[c] = std::move(all[2 * c]);
        }
        all.resize(coalitions.size());
        return all;
    }
    Values of(std::vector<Scenario> scenarios, Blocks blocks)
    {
        const auto done = [&](std::uint64_t runs) {
            done_ += runs;
            if (listener_.progress) listener_.progress({done_, all_});
        };
        return values_of_variants(std::move(scenarios), blocks, quantities_, options_, done, stop_);
    }

private:
    const std::vector<Quantity>& quantities_;
    const EnsembleOptions& options_;
    const Listener& listener_;
    const std::atomic<bool>* stop_;
    std::uint64_t done_ = 0, all_ = 0;
};

std::uint64_t runs_of_all(const Game& game) { return (everybody(game.players) + 1) * game.scenarios * game.runs; }

std::vector<ShapleyParts> all_orders(const Game& game, std::size_t quantities, Runner& runner)
{
    std::vector<ExactShapley> shapley(quantities, ExactShapley(game.players, game.runs));
    const std::size_t at_once = variants_at_once / game.scenarios;
    for (Coalition first = 0; first <= everybody(game.players); first += at_once) {
        std::vector<Coalition> some;
        for (Coalition c = first; c <= everybody(game.players) && some.size() < at_once; ++c) some.push_back(c);
        const Values values = runner.values(game, some, all_blocks(game.runs));
        if (runner.stopped()) return {};
        for (std::size_t i = 0; i < some.size(); ++i)
            for (std::size_t q = 0; q < quantities; ++q) shapley[q].add(some[i], values[i][q]);
    }
    std::vector<ShapleyParts> all;
    for (const ExactShapley& s : shapley) all.push_back(s.parts());
    return all;
}

std::vector<std::vector<std::uint32_t>> orders_of(const Game& game, std::uint64_t seed, std::uint64_t block) { return orders_of_block(game.players, orders_a_block, seed, block); }

std::uint64_t runs_of_some(const Game& game, std::uint64_t seed)
{
    std::uint64_t runs = 0;
    for (std::uint64_t block = 0; block < all_blocks(game.runs).count; ++block)
        runs += coalitions_of(orders_of(game, seed, block), game.players).size() * game.scenarios * std::min<std::uint64_t>(block_runs, game.runs - block * block_runs);
    return runs;
}

std::vector<ShapleyParts> some_orders(const Game& game, std::size_t quantities, std::uint64_t seed, Runner& runner)
{
    std::vector<SampledShapley> shapley(quantities, SampledShapley(game.players));
    for (std::uint64_t block = 0; block < all_blocks(game.runs).count; ++block) {
        const auto orders = orders_of(game, seed, block);
        const std::vector<Coalition> coalitions = coalitions_of(orders, game.players);
        std::vector<std::vector<std::vector<double>>> by_quantity(quantities);
        for (std::size_t first = 0; first < coalitions.size(); first += variants_at_once / game.scenarios) {
            const std::span<const Coalition> some(&coalitions[first], std::min(variants_at_once / game.scenarios, coalitions.size() - first));
            Values values = runner.values(game, some, {block, 1});
            if (runner.stopped()) return {};
            for (std::vector<std::vector<double>>& of_one : values)
                for (std::size_t q = 0; q < quantities; ++q) by_quantity[q].push_back(std::move(of_one[q]));
        }
        for (std::size_t q = 0; q < quantities; ++q) shapley[q].add(orders, by_quantity[q]);
    }
    std::vector<ShapleyParts> all;
    for (const SampledShapley& s : shapley) all.push_back(s.parts());
    return all;
}

Scenario muted(Scenario s, std::size_t mechanism)
{
    s.muted_mechanisms[mechanism] = true;
    return s;
}

Game game_of_settings(const Scenario& a, const Scenario& b, const std::vector<SettingPlayer>& players)
{
    return {players.size(), a.runs, 1, [&](Coalition c) { return Played{in_between(a, b, players, c)}; }};
}

/// Who is out is muted, in both scenarios.
Game game_of_mechanisms(const Scenario& a, const Scenario& b)
{
    return {std::size(mechanism_groups), a.runs, 2, [&](Coalition in) {
                Played played{b, a};
                for (std::size_t g = 0; g < std::size(mechanism_groups); ++g)
                    for (const std::string_view name : mechanism_groups[g].mechanisms)
                        if ((in >> g & 1) == 0) {
                            const std::size_t m = describe().mechanism(name);
                            played.plus.muted_mechanisms[m] = played.minus->muted_mechanisms[m] = true;
                        }
                return played;
            }};
}

/// Mechanisms that can be muted, in the model's order.
std::vector<std::size_t> mutable_mechanisms()
{
    std::vector<std::size_t> all;
    for (std::size_t m = 0; m < describe().mechanisms.size(); ++m)
        for (const MechanismGroup& group : mechanism_groups)
            if (std::ranges::find(group.mechanisms, describe().mechanisms[m].name) != group.mechanisms.end()) all.push_back(m);
    return all;
}

/// What of B - A is gone in each run while one mechanism is muted.
std::vector<MutedMechanism> one_by_one(const Scenario& a, const Scenario& b, std::size_t quantities, Runner& runner)
{
    const Values whole = runner.of({a, b}, all_blocks(a.runs));
    std::vector<MutedMechanism> all;
    for (const std::size_t m : mutable_mechanisms()) {
        const Values out = runner.stopped() ? Values{} : runner.of({muted(a, m), muted(b, m)}, all_blocks(a.runs));
        if (runner.stopped()) return {};
        all.push_back({describe().mechanisms[m].name, {}});
        for (std::size_t q = 0; q < quantities; ++q) {
            Running passes;
            for (std::size_t run = 0; run < a.runs; ++run) {
                const double gone = (whole[1][q][run] - whole[0][q][run]) - (out[1][q][run] - out[0][q][run]);
                if (!std::isnan(gone)) passes.add(gone);
            }
            all.back().passes.push_back(passes.interval());
        }
    }
    return all;
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

    const std::size_t quantities = asked.quantities.size();
    const Game settings = game_of_settings(a, b, players), mechanisms = game_of_mechanisms(a, b);
    const bool exact = players.size() <= std::min(asked.most_exact, most_exact_players);
    Runner runner(found.quantities, options, listener, stop);
    runner.expect(exact ? runs_of_all(settings) : runs_of_some(settings, a.seed));
    if (asked.mechanisms) runner.expect(runs_of_some(mechanisms, a.seed) + 2 * (1 + mutable_mechanisms().size()) * std::uint64_t{a.runs});
    found.by_setting.parts = exact ? all_orders(settings, quantities, runner) : some_orders(settings, quantities, a.seed, runner);
    found.by_setting.runs = runner.done();
    if (asked.mechanisms && !runner.stopped()) {
        found.by_mechanism = ByMechanism{.groups = some_orders(mechanisms, quantities, a.seed, runner), .single = {}};
        if (!runner.stopped()) found.by_mechanism->single = one_by_one(a, b, quantities, runner);
        found.by_mechanism->runs = runner.done() - found.by_setting.runs;
    }
    return runner.stopped() ? std::nullopt : std::optional(std::move(found));
}

} // namespace entente
