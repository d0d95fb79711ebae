#include "smc_abc.hpp"
#include "../design/sobol.hpp"
#include "adjustment.hpp"
#include "in_blocks.hpp"
#include "moves.hpp"
#include "uniforms.hpp"
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace entente {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double left_unmoved = 0.01; ///< share of particles for which moves are to be too few, if all had the mean acceptance
constexpr double most_unmoved = 0.05; ///< share for which they may be: where acceptance differs much between particles, moves go on

std::span<const double> row(const std::vector<double>& table, std::size_t i, std::size_t width) { return std::span(table).subspan(i * width, width); }
void append(std::vector<double>& table, std::span<const double> row) { table.insert(table.end(), row.begin(), row.end()); }

void check(const Simulator& simulator, std::span<const double> observed, const SmcSettings& s)
{
    if (simulator.parameters.empty() || !simulator.run || observed.empty() || simulator.summaries.size() != observed.size())
        throw std::invalid_argument("a simulator needs parameters, a function, and as many names of summaries as there are observed ones");
    if (!std::all_of(observed.begin(), observed.end(), [](double x) { return std::isfinite(x); })) throw std::invalid_argument("an observed summary is not finite");
    if (!s.deviations.empty() && s.deviations.size() != observed.size()) throw std::invalid_argument("not each summary has a deviation");
    if (!(s.kept > 0 && s.kept < 1) || s.particles < 20 || s.pilot < 1 || s.most_moves < 1 || !(s.least_acceptance >= 0 && s.least_acceptance < 1))
        throw std::invalid_argument("settings: kept in (0, 1), 20 particles or more, pilot and most_moves 1 or more, least_acceptance in [0, 1)");
}

/// Indices of rows of which no two are the same.
std::vector<std::size_t> different(const std::vector<double>& table, std::size_t width)
{
    std::vector<std::size_t> order(table.size() / width);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto compare = [&](std::size_t a, std::size_t b) {
        const auto x = row(table, a, width), y = row(table, b, width);
        return std::lexicographical_compare_three_way(x.begin(), x.end(), y.begin(), y.end());
    };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return compare(a, b) < 0; });
    order.erase(std::unique(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return compare(a, b) == 0; }), order.end());
    return order;
}

/// Mean over parameters of the distance between two sets of as many draws, in deviations of the second.
double wasserstein(const std::vector<double>& before, const std::vector<double>& after, std::size_t d)
{
    if (before.size() != after.size()) return infinity;
    const std::size_t n = after.size() / d;
    std::vector<double> a(n), b(n);
    double sum = 0;
    for (std::size_t j = 0; j < d; ++j) {
        for (std::size_t i = 0; i < n; ++i) a[i] = before[i * d + j], b[i] = after[i * d + j];
        std::sort(a.begin(), a.end()), std::sort(b.begin(), b.end());
        double apart = 0, mean = 0, squares = 0;
        for (std::size_t i = 0; i < n; ++i) apart += std::abs(a[i] - b[i]) / static_cast<double>(n), mean += b[i] / static_cast<double>(n);
        for (const double x : b) squares += (x - mean) * (x - mean) / static_cast<double>(n);
        if (apart > 0) sum += squares > 0 ? apart / std::sqrt(squares) : infinity;
    }
    return sum / static_cast<double>(d);
}

std::vector<double> distances_of(const Ruler& ruler, const std::vector<double>& summaries, std::span<const double> observed)
{
    std::vector<double> all(summaries.size() / observed.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = distance(ruler, row(summaries, i, observed.size()), observed);
    return all;
}

/// Share of rows that are as they were.
double unmoved(const std::vector<double>& before, const std::vector<double>& after, std::size_t width)
{
    std::size_t same = 0, rows = after.size() / width;
    for (std::size_t i = 0; i < rows; ++i) same += std::ranges::equal(row(before, i, width), row(after, i, width)) ? 1 : 0;
    return static_cast<double>(same) / static_cast<double>(rows);
}

/// The count-th smallest.
double smallest(std::vector<double> values, std::size_t count)
{
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(std::min(count, values.size()) - 1);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

/// Prior draws, some of which failed.
std::optional<Seen> prior_runs(const Simulator& simulator, std::size_t k, const SmcSettings& settings, const std::atomic<bool>* stop)
{
    constexpr std::size_t batch = 64;
    const std::size_t d = simulator.parameters.size(), runs = settings.pilot * settings.particles;
    Seen all{.deviates = scrambled_sobol(runs, d, settings.seed), .summaries = std::vector<double>(runs * k)};
    for (double& u : all.deviates) u = normal_at(u);
    const bool whole = in_blocks((runs + batch - 1) / batch, settings.threads, stop, [&](std::size_t b) {
        const std::size_t first = b * batch, n = std::min(runs, first + batch) - first;
        std::vector<std::uint32_t> replicates(n);
        std::iota(replicates.begin(), replicates.end(), static_cast<std::uint32_t>(first));
        const std::vector<double> values = values_at(simulator.parameters, std::span(all.deviates).subspan(first * d, n * d));
        simulator.run({mixed(settings.seed, 0), replicates, values, std::span(all.summaries).subspan(first * k, n * k)});
    });
    return whole ? std::optional(std::move(all)) : std::nullopt;
}

std::uint32_t moves_for(double acceptance, std::uint32_t most)
{
    const double moves = acceptance <= 0 ? infinity : acceptance >= 1 ? 1 : std::ceil(std::log(left_unmoved) / std::log1p(-acceptance));
    return static_cast<std::uint32_t>(std::clamp(moves, std::min(5.0, static_cast<double>(most)), static_cast<double>(most)));
}

double share(const StepCounts& accepted, const StepCounts& tried)
{
    const auto sum = [](const StepCounts& c) { return static_cast<double>(std::accumulate(c.begin(), c.end(), std::uint64_t{0})); };
    return sum(tried) > 0 ? sum(accepted) / sum(tried) : 0;
}

SmcState stopped(SmcState state, Stopped why)
{
    state.stopped = why;
    return state;
}

/// What there is to stop a generation that is whole.
Stopped verdict(const SmcSettings& s, const SmcState& state)
{
    const std::vector<Generation>& g = state.generations;
    if (g.back().unique * 4 < s.particles) return Stopped::too_few_particles;
    if (g.back().tolerance <= s.least_tolerance) return Stopped::tolerance;
    if (g.back().acceptance < s.least_acceptance) return Stopped::acceptance;
    if (g.size() > 1 && g.back().moved < s.settled && g[g.size() - 2].moved < s.settled) return Stopped::settled;
    if (g.size() >= s.most_generations) return Stopped::generations;
    return state.runs >= s.most_runs ? Stopped::budget : Stopped::not_yet;
}

} // namespace

std::string to_text(Stopped stopped)
{
    switch (stopped) {
    case Stopped::not_yet: return "not finished";
    case Stopped::tolerance: return "as near to what was observed as was asked for, or as runs can come";
    case Stopped::settled: return "two generations in a row moved hardly";
    case Stopped::acceptance: return "too few moves are accepted for a smaller tolerance to be worth its cost";
    case Stopped::budget: return "another generation would take more runs than were allowed";
    case Stopped::generations: return "as many generations as were asked for";
    case Stopped::nothing_near: return "no run of the prior is finite and near what was observed: the data contradict the prior or the model";
    case Stopped::stuck: return "hardly a move of the next generation was accepted: particles are those of the one before";
    case Stopped::too_few_particles: return "less than a quarter of the particles are different: no more than a hint of a posterior";
    }
    throw std::logic_error("a reason that is not known");
}

std::optional<SmcState> begin_smc(const Simulator& simulator, std::span<const double> observed, const SmcSettings& settings, const std::atomic<bool>* stop)
{
    check(simulator, observed, settings);
    const std::size_t d = simulator.parameters.size(), k = observed.size();
    const std::optional<Seen> all = prior_runs(simulator, k, settings, stop);
    if (!all) return std::nullopt;
    SmcState state;
    if (!settings.deviations.empty()) state.rules.push_back({implausibility(settings.deviations), 3});
    state.runs = all->summaries.size() / k;
    Seen finite;
    for (std::size_t i = 0; i < state.runs; ++i) {
        const auto summaries = row(all->summaries, i, k);
        if (!std::all_of(summaries.begin(), summaries.end(), [](double x) { return std::isfinite(x); })) {
            ++state.failed_runs;
            continue;
        }
        if (finite.summaries.size() / k < settings.remembered) append(finite.deviates, row(all->deviates, i, d)), append(finite.summaries, summaries);
        if (!state.rules.empty() && !(distance(state.rules[0].ruler, summaries, observed) <= state.rules[0].tolerance)) continue;
        append(state.deviates, row(all->deviates, i, d)), append(state.summaries, summaries);
    }
    if (state.deviates.size() / d < 2) return stopped(std::move(state), Stopped::nothing_near);
    state.next = ruler_of(settings.reduction, finite, observed);
    return state;
}

std::optional<SmcState> next_generation(const Simulator& simulator, std::span<const double> observed, const SmcSettings& s, const SmcState& before, const std::atomic<bool>* stop)
{
    check(simulator, observed, s);
    if (before.stopped != Stopped::not_yet) throw std::invalid_argument("a calibration that has stopped does not go on");
    const std::size_t d = simulator.parameters.size(), k = observed.size(), target = std::max<std::size_t>(2, static_cast<std::size_t>(s.kept * static_cast<double>(s.particles)));
    const std::vector<double> distances = distances_of(before.next, before.summaries, observed);
    SmcState state{.deviates = {}, .summaries = {}, .rules = before.rules, .next = before.next, .generations = before.generations, .runs = before.runs, .failed_runs = before.failed_runs};
    Generation g{.tolerance = smallest(distances, target)};

    for (std::size_t i = 0; i < distances.size(); ++i)
        if (distances[i] <= g.tolerance) append(state.deviates, row(before.deviates, i, d)), append(state.summaries, row(before.summaries, i, k));
    const std::size_t kept = state.deviates.size() / d;
    if (!before.generations.empty() && kept == distances.size()) return stopped(before, Stopped::tolerance);
    if (!before.generations.empty()) g.tolerance_before = smallest(distances_of(before.rules.back().ruler, state.summaries, observed), kept);
    std::vector<double> pool;
    for (const std::size_t i : different(state.deviates, d)) append(pool, row(state.deviates, i, d));
    if (pool.size() < 2 * d) return stopped(before, Stopped::too_few_particles);

    const std::uint64_t seed = mixed(s.seed, before.generations.size() + 1);
    state.deviates.resize(s.particles * d), state.summaries.resize(s.particles * k); // of more that are equally near, the first
    for (std::size_t i = kept; i < s.particles; ++i) {
        const auto from = static_cast<std::size_t>(uniforms_at(seed, "ancestor", static_cast<std::uint32_t>(i))[0] * static_cast<double>(kept));
        std::copy_n(state.deviates.begin() + static_cast<std::ptrdiff_t>(from * d), d, state.deviates.begin() + static_cast<std::ptrdiff_t>(i * d));
        std::copy_n(state.summaries.begin() + static_cast<std::ptrdiff_t>(from * k), k, state.summaries.begin() + static_cast<std::ptrdiff_t>(i * k));
    }
    if (!state.rules.empty() && state.rules.back().ruler == before.next) state.rules.pop_back();
    state.rules.push_back({before.next, g.tolerance});

    const std::vector<double> start = state.deviates;
    // A few moves tell how many are needed, and of which kind.
    Moves moves{.pool = pool, .rules = state.rules, .seed = seed, .first = 0, .moves = 0, .odds = odds_of({}, {}, d), .one_in = 1};
    const auto one_in = [&](std::uint32_t n) { return std::max<std::uint64_t>(1, std::uint64_t{n} * s.particles * 2 / s.remembered); };
    moves.moves = before.generations.empty() ? std::min(5u, s.most_moves) : std::max(1u, before.generations.back().moves / 2);
    if (state.runs + s.particles * moves.moves > s.most_runs) return stopped(before, Stopped::budget);
    moves.one_in = one_in(moves.moves);
    Moved moved = move(simulator, observed, moves, state.deviates, state.summaries, s.threads, stop);
    if (!moved.whole) return std::nullopt;
    const double pilot = share(moved.accepted, moved.tried);
    g.moves = std::max(moves.moves, moves_for(pilot, s.most_moves));
    const std::uint64_t needed = moved.runs + moved.runs / moves.moves * (g.moves - moves.moves);
    if (pilot < s.least_acceptance / 10 || state.runs + needed > s.most_runs) {
        SmcState same = stopped(before, pilot < s.least_acceptance / 10 ? Stopped::stuck : Stopped::budget);
        same.runs += moved.runs, same.failed_runs += moved.failed;
        return same;
    }
    moves.odds = odds_of(moved.tried, moved.accepted, d), moves.first = moves.moves, moves.moves = g.moves - moves.moves;
    for (; moves.moves > 0; moves.first = g.moves, moves.moves = std::min(g.moves, s.most_moves - std::min(g.moves, s.most_moves)), g.moves += moves.moves) {
        moves.one_in = one_in(g.moves);
        Moved round = move(simulator, observed, moves, state.deviates, state.summaries, s.threads, stop);
        if (!round.whole) return std::nullopt;
        for (std::size_t kind = 0; kind < step_kinds; ++kind) moved.tried[kind] += round.tried[kind], moved.accepted[kind] += round.accepted[kind];
        moved.runs += round.runs, moved.failed += round.failed;
        append(moved.seen.deviates, round.seen.deviates), append(moved.seen.summaries, round.seen.summaries);
        if (unmoved(start, state.deviates, d) <= most_unmoved || state.runs + 2 * moved.runs > s.most_runs) break;
    }
    g.acceptance = share(moved.accepted, moved.tried), g.runs = moved.runs, g.failed_runs = moved.failed;
    g.unique = different(state.deviates, d).size();
    g.moved = wasserstein(before.deviates, state.deviates, d);
    state.runs += g.runs, state.failed_runs += g.failed_runs;
    state.generations.push_back(g);
    if (moved.seen.summaries.size() / k > 5 * terms_of(s.reduction, k)) state.next = ruler_of(s.reduction, moved.seen, observed);
    state.stopped = verdict(s, state);
    return state;
}

SmcState smc_abc(const Simulator& simulator, std::span<const double> observed, const SmcSettings& settings, SmcState from, const SmcListener& listener, const std::atomic<bool>* stop)
{
    if (from.runs == 0) {
        std::optional<SmcState> begun = begin_smc(simulator, observed, settings, stop);
        if (!begun) return from;
        from = std::move(*begun);
    }
    while (from.stopped == Stopped::not_yet) {
        std::optional<SmcState> next = next_generation(simulator, observed, settings, from, stop);
        if (!next) break;
        from = std::move(*next);
        if (listener) listener(from);
    }
    return from;
}

SmcPosterior posterior_of(const Simulator& simulator, std::span<const double> observed, const SmcState& state)
{
    const std::size_t k = observed.size(), draws = state.summaries.size() / k;
    SmcPosterior posterior{.raw = values_at(simulator.parameters, state.deviates), .adjusted = {}, .weights = std::vector<double>(draws, 1.0)};
    posterior.adjusted = posterior.raw;
    if (state.generations.empty()) return posterior;
    const Rule& rule = state.rules.back();
    if (!(rule.tolerance > 0)) return posterior; // all are where they should be
    const std::vector<double> weights = epanechnikov_weights(distances_of(rule.ruler, state.summaries, observed), rule.tolerance);
    if (std::count_if(weights.begin(), weights.end(), [](double w) { return w > 0; }) < 2) return posterior;
    const std::size_t count = terms_of(rule.ruler.reduction, k);
    std::vector<double> terms(draws * count);
    for (std::size_t i = 0; i < draws; ++i) write_terms(rule.ruler, row(state.summaries, i, k), observed, std::span(terms).subspan(i * count, count));
    const std::vector<double> none(count, 0.0);
    posterior.adjusted = values_at(simulator.parameters, adjusted({state.deviates, terms, none, weights}).parameters);
    posterior.weights = weights;
    return posterior;
}

} // namespace entente
