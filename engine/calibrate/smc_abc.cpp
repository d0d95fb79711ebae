#include "smc_abc.hpp"
#include "../design/sobol.hpp"
#include "adjustment.hpp"
#include "diagnostics.hpp"
#include "../core/in_blocks.hpp"
#include "moves.hpp"
#include "particles.hpp"
#include "uniforms.hpp"
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace entente {

namespace {

constexpr double left_unmoved = 0.01; ///< share of particles for which moves are to be too few, if all had the mean acceptance
constexpr double most_unmoved = 0.05; ///< share for which they may be: where acceptance differs much between particles, moves go on

void check(const Simulator& simulator, std::span<const double> observed, const SmcSettings& s)
{
    if (simulator.parameters.empty() || !simulator.run || observed.empty() || simulator.summaries.size() != observed.size())
        throw std::invalid_argument("a simulator needs parameters, a function, and as many names of summaries as there are observed ones");
    if (!std::all_of(observed.begin(), observed.end(), [](double x) { return std::isfinite(x); })) throw std::invalid_argument("an observed summary is not finite");
    if (!s.deviations.empty() && s.deviations.size() != observed.size()) throw std::invalid_argument("not each summary has a deviation");
    if (!(s.kept > 0 && s.kept < 1) || s.particles < 20 || s.pilot < 1 || s.most_moves < 1 || !(s.least_acceptance >= 0 && s.least_acceptance < 1))
        throw std::invalid_argument("settings: kept in (0, 1), 20 particles or more, pilot and most_moves 1 or more, least_acceptance in [0, 1)");
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
    const double moves = acceptance <= 0 ? std::numeric_limits<double>::infinity() : acceptance >= 1 ? 1 : std::ceil(std::log(left_unmoved) / std::log1p(-acceptance));
    return static_cast<std::uint32_t>(std::clamp(moves, std::min(5.0, static_cast<double>(most)), static_cast<double>(most)));
}

double share(const StepCounts& accepted, const StepCounts& tried)
{
    const auto sum = [](const StepCounts& c) { return static_cast<double>(std::accumulate(c.begin(), c.end(), std::uint64_t{0})); };
    return sum(tried) > 0 ? sum(accepted) / sum(tried) : 0;
}

/// By the newest rule: what is nearer weighs more, nothing on the edge. All the same where nothing else makes sense.
std::vector<double> weights_of(const SmcState& state, std::span<const double> observed)
{
    const Rule& rule = state.rules.back();
    std::vector<double> same(state.summaries.size() / observed.size(), 1.0);
    if (!(rule.tolerance > 0)) return same;
    std::vector<double> weights = epanechnikov_weights(distances_of(rule.ruler, state.summaries, observed), rule.tolerance);
    return std::count_if(weights.begin(), weights.end(), [](double w) { return w > 0; }) < 2 ? same : weights;
}

/// Those particles that are nearest by the next ruler, about so many, and the rule that they keep to.
SmcState nearer(const SmcState& before, std::span<const double> observed, std::size_t d, double wanted, Generation& g)
{
    const std::size_t k = observed.size();
    const std::vector<double> distances = distances_of(before.next, before.summaries, observed);
    SmcState state{.deviates = {}, .summaries = {}, .rules = before.rules, .next = before.next, .generations = before.generations, .runs = before.runs, .failed_runs = before.failed_runs};
    g.tolerance = smallest(distances, std::max<std::size_t>(2, static_cast<std::size_t>(wanted)));
    for (std::size_t i = 0; i < distances.size(); ++i)
        if (distances[i] <= g.tolerance) append(state.deviates, row(before.deviates, i, d)), append(state.summaries, row(before.summaries, i, k));
    if (!before.generations.empty()) g.tolerance_before = std::ranges::max(distances_of(before.rules.back().ruler, state.summaries, observed));
    if (!state.rules.empty() && state.rules.back().ruler == before.next) state.rules.pop_back();
    state.rules.push_back({before.next, g.tolerance});
    return state;
}

/// With copies of any of them, drawn at random; of more than enough the first.
void fill_up(SmcState& state, std::size_t d, std::size_t k, std::size_t particles, std::uint64_t seed)
{
    const std::size_t kept = state.deviates.size() / d;
    state.deviates.resize(particles * d), state.summaries.resize(particles * k);
    for (std::size_t i = kept; i < particles; ++i) {
        const auto from = static_cast<std::size_t>(uniforms_at(seed, "ancestor", static_cast<std::uint32_t>(i))[0] * static_cast<double>(kept));
        std::ranges::copy(row(state.deviates, from, d), state.deviates.begin() + static_cast<std::ptrdiff_t>(i * d));
        std::ranges::copy(row(state.summaries, from, k), state.summaries.begin() + static_cast<std::ptrdiff_t>(i * k));
    }
}

struct Round {
    const Simulator& simulator;
    std::span<const double> observed;
    const SmcSettings& settings;
    const std::atomic<bool>* stop;
    std::uint64_t runs; ///< before it
};

/// Moves more; false if it was stopped.
bool move_more(const Round& r, Moves& moves, SmcState& state, Moved& moved)
{
    moves.one_in = std::max<std::uint64_t>(1, std::uint64_t{moves.first + moves.moves} * r.settings.particles * 2 / r.settings.remembered);
    const Moved more = move(r.simulator, r.observed, moves, state.deviates, state.summaries, r.settings.threads, r.stop);
    for (std::size_t kind = 0; kind < step_kinds; ++kind) moved.tried[kind] += more.tried[kind], moved.accepted[kind] += more.accepted[kind];
    moved.runs += more.runs, moved.failed += more.failed;
    append(moved.seen.deviates, more.seen.deviates), append(moved.seen.summaries, more.seen.summaries);
    moves.first += moves.moves;
    return more.whole;
}

/// A few moves tell how many are needed, and of which kind; then those, and as many again while too many particles are where they were. Nothing if it was stopped; state.stopped says if it must end.
std::optional<Moved> move_enough(const Round& r, Moves& moves, SmcState& state, Generation& g)
{
    const SmcSettings& s = r.settings;
    const std::size_t d = r.simulator.parameters.size();
    const std::vector<double> start = state.deviates;
    Moved moved;
    if (r.runs + s.particles * moves.moves > s.most_runs) {
        state.stopped = Stopped::budget;
        return moved;
    }
    if (!move_more(r, moves, state, moved)) return std::nullopt;
    const double pilot = share(moved.accepted, moved.tried);
    g.moves = std::max(moves.moves, moves_for(pilot, s.most_moves));
    const std::uint64_t needed = moved.runs + moved.runs / moves.moves * (g.moves - moves.moves);
    if (pilot < s.least_acceptance / 10) state.stopped = Stopped::stuck;
    else if (r.runs + needed > s.most_runs) state.stopped = Stopped::budget;
    if (state.stopped != Stopped::not_yet) return moved;
    moves.odds = odds_of(moved.tried, moved.accepted, d);
    moves.moves = g.moves - moves.moves;
    while (moves.moves > 0) {
        if (!move_more(r, moves, state, moved)) return std::nullopt;
        if (unmoved(start, state.deviates, d) <= most_unmoved || r.runs + 2 * moved.runs > s.most_runs) break;
        moves.moves = std::min(g.moves, s.most_moves - std::min(g.moves, s.most_moves)), g.moves += moves.moves;
    }
    return moved;
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
    if (g.back().unique * 4 < s.particles || g.back().effective * 10 < static_cast<double>(s.particles)) return Stopped::too_few_particles;
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
    case Stopped::too_few_particles: return "less than a quarter of the particles are different, or they are worth less than a tenth of them: no more than a hint of a posterior";
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
    const std::size_t d = simulator.parameters.size(), k = observed.size();
    Generation g;
    SmcState state = nearer(before, observed, d, s.kept * static_cast<double>(s.particles), g);
    state.budget = s.most_runs;
    if (!before.generations.empty() && state.summaries.size() == before.summaries.size()) return stopped(before, Stopped::tolerance);
    std::vector<double> pool;
    for (const std::size_t i : different(state.deviates, d)) append(pool, row(state.deviates, i, d));
    if (pool.size() < 2 * d) return stopped(before, Stopped::too_few_particles);

    const std::uint64_t seed = mixed(s.seed, before.generations.size() + 1);
    fill_up(state, d, k, s.particles, seed);
    const Round round{.simulator = simulator, .observed = observed, .settings = s, .stop = stop, .runs = before.runs};
    Moves moves{.pool = pool, .rules = state.rules, .seed = seed, .first = 0, .moves = 0, .odds = odds_of({}, {}, d), .one_in = 1};
    moves.moves = before.generations.empty() ? std::min(5u, s.most_moves) : std::max(1u, before.generations.back().moves / 2);
    const std::optional<Moved> moved = move_enough(round, moves, state, g);
    if (!moved) return std::nullopt;
    if (state.stopped != Stopped::not_yet) {
        SmcState same = stopped(before, state.stopped);
        same.runs += moved->runs, same.failed_runs += moved->failed, same.budget = s.most_runs;
        return same;
    }
    g.acceptance = share(moved->accepted, moved->tried), g.runs = moved->runs, g.failed_runs = moved->failed;
    g.unique = different(state.deviates, d).size(), g.effective = different_number(state.deviates, d, weights_of(state, observed));
    g.moved = wasserstein(before.deviates, state.deviates, d);
    state.runs += g.runs, state.failed_runs += g.failed_runs;
    state.generations.push_back(g);
    if (moved->seen.summaries.size() / k > 5 * terms_of(before.next.reduction, k)) state.next = ruler_of(s.reduction, moved->seen, observed);
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

/// What particles are regressed on, 0 where the observed is: all terms, or if they are many beside the particles those combinations of them by which the ruler tells parameters apart. A regression on
/// too many would take what is chance for what the summaries say, and leave a posterior too narrow.
namespace {
struct Regressors {
    std::size_t count;
    std::vector<double> of; ///< [particle][regressor]
    bool reduced;           ///< combinations that are as many as parameters
};
} // namespace
static Regressors regressors_of(const SmcState& state, std::span<const double> observed, double effective)
{
    constexpr double particles_a_term = 20;
    const Ruler& ruler = state.rules.back().ruler;
    const std::size_t k = observed.size(), particles = state.summaries.size() / k, terms = terms_of(ruler.reduction, k);
    const bool few = ruler.slopes.empty() || particles_a_term * static_cast<double>(terms) <= effective;
    Regressors all{few ? terms : ruler.slopes.size() / terms, {}, !few};
    all.of.resize(particles * all.count);
    std::vector<double> term(terms);
    for (std::size_t i = 0; i < particles; ++i) {
        write_terms(ruler, row(state.summaries, i, k), observed, term);
        for (std::size_t c = 0; c < all.count; ++c)
            all.of[i * all.count + c] = few ? term[c] : std::inner_product(term.begin(), term.end(), ruler.slopes.begin() + static_cast<std::ptrdiff_t>(c * terms), 0.0);
    }
    return all;
}

SmcPosterior posterior_of(const Simulator& simulator, std::span<const double> observed, const SmcState& state)
{
    const std::size_t k = observed.size(), d = simulator.parameters.size(), draws = state.summaries.size() / k;
    SmcPosterior posterior{.raw = values_at(simulator.parameters, state.deviates), .adjusted = {}, .weights = std::vector<double>(draws, 1.0)};
    posterior.adjusted = posterior.raw;
    if (state.generations.empty() || !(state.rules.back().tolerance > 0)) return posterior; // all are where they should be
    posterior.weights = weights_of(state, observed);
    const double n = effective_number(posterior.weights);
    const Regressors told = regressors_of(state, observed, n);
    const std::vector<double> none(told.count, 0.0);
    const Adjusted regression = adjusted({state.deviates, told.of, none, posterior.weights}, told.reduced ? ResidualSpread::same : ResidualSpread::varies);
    std::vector<double> deviates = regression.parameters;
    for (std::size_t i = 0; i < deviates.size(); ++i) {
        if (simulator.parameters[i % d].prior.shape == Shape::table) { // an alternative is one or another: no regression leads from this to that
            deviates[i] = state.deviates[i];
            continue;
        }
        // what slopes took from the residuals by chance; and where many are told by few, that the place to which they are moved is not known better than that
        const double there = regression.at_observed[i % d], taken = 1 + regression.degrees[i % d], left = std::max(n - taken, n / 2);
        deviates[i] = there + (deviates[i] - there) * std::sqrt(n / left * (told.reduced ? 1 + taken / n : 1));
    }
    posterior.adjusted = values_at(simulator.parameters, deviates);
    return posterior;
}

} // namespace entente
