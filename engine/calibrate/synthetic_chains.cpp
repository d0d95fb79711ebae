#include "synthetic_chains.hpp"
#include "convergence.hpp"
#include "../core/in_blocks.hpp"
#include "moves.hpp"
#include "particles.hpp"
#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace entente {

namespace {

constexpr std::uint32_t block = 10;       ///< steps between which the archive stays as it is
constexpr std::uint32_t together = 3;     ///< chains whose points are one batch
constexpr std::uint32_t first_look = 200; ///< steps before which chains are not said to agree
constexpr std::uint32_t stuck_after = 1000;
constexpr double best_noise = 1.3, least_noise = 1, most_noise = 1.7, useless_noise = 3; ///< of a log likelihood (Doucet et al. 2015; Sherlock et al. 2015)
constexpr std::size_t sets = 10;                                                         ///< of runs by which noise is measured at a chain

std::size_t least_runs(std::size_t summaries) { return std::max(4 * summaries, summaries + 20); }
std::size_t most_runs(std::size_t summaries) { return 50 * least_runs(summaries); }

void check(const Simulator& simulator, std::span<const double> observed, const SyntheticSettings& s)
{
    if (simulator.parameters.empty() || !simulator.run || observed.empty() || simulator.summaries.size() != observed.size())
        throw std::invalid_argument("a simulator needs parameters, a function, and as many names of summaries as there are observed ones");
    if (!std::all_of(observed.begin(), observed.end(), [](double x) { return std::isfinite(x); })) throw std::invalid_argument("an observed summary is not finite");
    if (s.chains < 2 || s.settling % block != 0 || (s.runs != 0 && s.runs < observed.size() + 4))
        throw std::invalid_argument("settings: two chains or more, settling a multiple of ten, four runs a point more than summaries");
}

SyntheticState stopped(SyntheticState state, SyntheticStopped why)
{
    state.stopped = why;
    return state;
}

/// While chains come from where they started, the density that is nowhere 0.
NormalDensity density_of(const SyntheticSettings& s, const SyntheticState& state) { return state.pilot ? s.density : NormalDensity::plug_in; }

/// Runs where chains are, anew: before the first step, and when the number of runs a point is settled. False if `stop` became true.
bool run_again(const Simulator& simulator, std::span<const double> observed, const SyntheticSettings& s, SyntheticState& state, std::uint64_t seed, const std::atomic<bool>* stop)
{
    const bool whole = in_blocks(state.chains.size(), s.threads, stop, [&](std::size_t c) {
        SyntheticChain& chain = state.chains[c];
        const auto item = static_cast<std::uint32_t>(c);
        chain.moments = moments_at(simulator, chain.deviates, {&item, 1}, state.runs_a_point, seed)[0];
        chain.unmoved = 0;
    });
    state.runs += state.chains.size() * state.runs_a_point;
    if (s.shifts) {
        std::vector<double> sum(observed.size(), 0.0);
        double chains = 0;
        for (const SyntheticChain& chain : state.chains) {
            if (chain.moments.runs == 0) continue;
            chains += 1;
            for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += chain.moments.covariance[k * sum.size() + k];
        }
        for (double& x : sum) x = std::sqrt(x / std::max(1.0, chains));
        for (SyntheticChain& chain : state.chains) {
            chain.shifts.resize(sum.size());
            for (std::size_t k = 0; k < state.deviations.size(); ++k) chain.shifts[k] *= sum[k] > 0 ? state.deviations[k] / sum[k] : 0;
        }
        state.deviations = sum;
    }
    for (SyntheticChain& chain : state.chains)
        chain.log_likelihood = log_likelihood_of(chain.moments, without_shifts(observed, chain.shifts, state.deviations), density_of(s, state));
    return whole;
}

/// Chains that are lost where others are not: they go on from one of those.
void bring_home(SyntheticState& state)
{
    const auto finite = [](const SyntheticChain& c) { return std::isfinite(c.log_likelihood); };
    const std::vector<SyntheticChain> before = state.chains;
    std::size_t next = 0;
    for (SyntheticChain& chain : state.chains) {
        if (finite(chain)) continue;
        while (next < before.size() && !finite(before[next])) ++next;
        if (next == before.size()) next = 0;
        if (finite(before[next])) chain = before[next++];
    }
}

double median_of(std::vector<double> x)
{
    std::nth_element(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(x.size() / 2), x.end());
    return x[x.size() / 2];
}

/// Noise of the log likelihood where chains are.
std::optional<double> noise_of(const Simulator& simulator, std::span<const double> observed, const SyntheticSettings& s, SyntheticState& state, std::uint64_t seed, const std::atomic<bool>* stop)
{
    const std::size_t chains = state.chains.size();
    std::vector<double> found(chains * sets);
    if (!in_blocks(chains * sets, s.threads, stop, [&](std::size_t i) {
            const SyntheticChain& chain = state.chains[i / sets];
            const auto item = static_cast<std::uint32_t>(i);
            const RunMoments moments = moments_at(simulator, chain.deviates, {&item, 1}, state.runs_a_point, seed)[0];
            found[i] = log_likelihood_of(moments, without_shifts(observed, chain.shifts, state.deviations), s.density);
        }))
        return std::nullopt;
    state.runs += chains * sets * state.runs_a_point;
    std::vector<double> noise;
    for (std::size_t c = 0; c < chains; ++c) {
        const auto one = std::span<const double>(found).subspan(c * sets, sets);
        double mean = 0, squares = 0;
        for (const double x : one) mean += x / sets;
        for (const double x : one) squares += (x - mean) * (x - mean) / (sets - 1);
        noise.push_back(std::isfinite(squares) ? std::sqrt(squares) : std::numeric_limits<double>::infinity());
    }
    return median_of(noise);
}

/// Of runs where the likeliest chain is.
double skewness_at(const Simulator& simulator, SyntheticState& state, std::uint64_t seed)
{
    const std::size_t d = simulator.parameters.size(), k = simulator.summaries.size(), runs = std::max<std::size_t>(500, 10 * k);
    const SyntheticChain& best = *std::ranges::max_element(state.chains, {}, &SyntheticChain::log_likelihood);
    std::vector<double> parameters, found(runs * k);
    std::vector<std::uint32_t> replicates;
    const std::vector<double> values = values_at(simulator.parameters, best.deviates);
    for (std::size_t i = 0; i < runs; ++i)
        replicates.push_back(static_cast<std::uint32_t>(i)), parameters.insert(parameters.end(), values.begin(), values.begin() + static_cast<std::ptrdiff_t>(d));
    simulator.run({seed, replicates, parameters, found});
    state.runs += runs;
    const bool finite = std::all_of(found.begin(), found.end(), [](double x) { return std::isfinite(x); });
    return finite ? skewness_p(found, k) : std::numeric_limits<double>::quiet_NaN();
}

/// Settles how many runs a point needs. Nothing if `stop` became true.
std::optional<SyntheticState> settled(const Simulator& simulator, std::span<const double> observed, const SyntheticSettings& s, SyntheticState state, const std::atomic<bool>* stop)
{
    const std::size_t least = least_runs(observed.size()), most = most_runs(observed.size());
    state.pilot = SyntheticPilot{.measured = sets};
    const std::uint64_t seed = mixed(s.seed, std::numeric_limits<std::uint64_t>::max());
    bool raised = false;
    for (std::uint64_t round = 0;; ++round) {
        const std::optional<double> noise = noise_of(simulator, observed, s, state, mixed(seed, round), stop);
        if (!noise) return std::nullopt;
        state.pilot->noise = *noise;
        const bool enough = *noise <= most_noise, too_many = *noise < least_noise;
        if (s.runs != 0 || round == 6 || (enough && (!too_many || raised))) break; // fewer than were too few are not tried again
        const double taken = static_cast<double>(observed.size() + 3);             // by the covariance
        const double wanted = taken + (static_cast<double>(state.runs_a_point) - taken) * std::min(4.0, (*noise / best_noise) * (*noise / best_noise));
        const std::size_t runs = std::clamp(static_cast<std::size_t>(wanted), least, most);
        if (runs == state.runs_a_point) break;
        raised = raised || !enough;
        state.runs_a_point = runs;
    }
    if (!(state.pilot->noise < useless_noise)) return stopped(std::move(state), SyntheticStopped::too_noisy);
    state.pilot->skewness_p = skewness_at(simulator, state, mixed(seed, 100));
    state.longest_unmoved = 0;
    if (!run_again(simulator, observed, s, state, mixed(seed, 101), stop)) return std::nullopt;
    bring_home(state);
    return state;
}

/// [chain][draw] of the later half, of values [step][chain][width].
std::vector<double> later_half(const std::vector<double>& values, std::size_t chains, std::size_t width, std::size_t column)
{
    const std::size_t steps = values.size() / (chains * width);
    std::vector<double> draws;
    for (std::size_t c = 0; c < chains; ++c)
        for (std::size_t t = steps - steps / 2; t < steps; ++t) draws.push_back(values[(t * chains + c) * width + column]);
    return draws;
}

void look(SyntheticState& state, std::size_t d)
{
    const std::size_t chains = state.chains.size();
    state.rhat = 0, state.ess = std::numeric_limits<double>::infinity();
    for (std::size_t j = 0; j <= d; ++j) {
        const std::vector<double> draws = j < d ? later_half(state.deviates, chains, d, j) : later_half(state.log_likelihoods, chains, 1, 0);
        const double r = rhat({draws, chains}), e = std::min(ess_bulk({draws, chains}), ess_tail({draws, chains}));
        state.rhat = std::isnan(r) ? std::numeric_limits<double>::infinity() : std::max(state.rhat, r);
        state.ess = std::isnan(e) ? 0 : std::min(state.ess, e);
    }
    state.next_look = state.steps + std::max<std::uint64_t>(50, state.steps / 10);
}

SyntheticStopped verdict(const SyntheticSettings& s, SyntheticState& state, std::size_t d)
{
    const bool last = state.runs + s.chains * block * state.runs_a_point > s.most_runs;
    if (std::ranges::all_of(state.chains, [](const SyntheticChain& c) { return c.unmoved >= stuck_after; })) return SyntheticStopped::stuck;
    if (!last && state.steps < state.next_look) return SyntheticStopped::not_yet;
    look(state, d);
    if (state.pilot && state.rhat < s.most_rhat && state.ess >= s.least_ess) return SyntheticStopped::converged;
    return last ? SyntheticStopped::budget : SyntheticStopped::not_yet;
}

/// A kind of step that more of those which were run were accepted of is the kind of most: nine in ten.
double guessed_share(const SyntheticSettings& s, const SyntheticState& state)
{
    if (s.guesses == 0) return 0;
    const auto rate = [&](std::size_t kind) { return (static_cast<double>(state.accepted[kind]) + 1) / (static_cast<double>(state.tried[kind]) + 2); };
    return rate(1) >= rate(0) ? 0.9 : 0.1;
}

/// What groups of chains did, step by step of all chains.
void take(SyntheticState& state, std::vector<SyntheticStepped>& parts, std::size_t d)
{
    const std::size_t k = state.deviations.size();
    for (std::size_t t = 0; t < block; ++t)
        for (const SyntheticStepped& part : parts) {
            const std::size_t n = part.chains.size();
            append(state.deviates, std::span(part.deviates).subspan(t * n * d, n * d)), append(state.log_likelihoods, std::span(part.log_likelihoods).subspan(t * n, n));
            append(state.shifts, std::span(part.shifts).subspan(t * n * k, n * k));
        }
    state.chains.clear();
    const std::uint64_t whole_blocks = state.steps / block;
    const auto blocks = static_cast<double>(whole_blocks);
    fade(state.seen, blocks / (blocks + 2)); // what was seen long ago, and maybe far away, has less and less of a say
    for (SyntheticStepped& part : parts) {
        for (std::size_t kind = 0; kind < 2; ++kind) state.tried[kind] += part.tried[kind], state.accepted[kind] += part.accepted[kind];
        state.runs += part.runs, state.failed_points += part.failed;
        state.longest_unmoved = std::max(state.longest_unmoved, part.longest_unmoved);
        add(state.seen, part.seen);
        for (SyntheticChain& chain : part.chains) append(state.archive, chain.deviates), state.chains.push_back(std::move(chain));
    }
    state.steps += block;
}

} // namespace

std::string to_text(SyntheticStopped stopped)
{
    switch (stopped) {
    case SyntheticStopped::not_yet: return "not finished";
    case SyntheticStopped::converged: return "chains agree, and are long enough";
    case SyntheticStopped::budget: return "more steps would take more runs than were allowed";
    case SyntheticStopped::nothing_finite: return "no start has a likelihood: runs fail there, or summaries never vary or go together";
    case SyntheticStopped::too_noisy: return "the likelihood differs too much from set to set of runs, with as many as may be at a point";
    case SyntheticStopped::stuck: return "no chain has moved for a thousand steps";
    }
    throw std::logic_error("a reason that is not known");
}

std::optional<SyntheticState> begin_synthetic(const Simulator& simulator, std::span<const double> observed, const SyntheticSettings& s, std::span<const double> starts,
                                              const std::atomic<bool>* stop)
{
    check(simulator, observed, s);
    const std::size_t d = simulator.parameters.size();
    SyntheticState state;
    state.archive.assign(starts.begin(), starts.end());
    state.runs_a_point = s.runs != 0 ? s.runs : std::max(5 * observed.size(), least_runs(observed.size()));
    state.next_look = first_look;
    if (starts.empty())
        for (std::uint32_t i = 0; i < std::max(s.chains, 10 * d); ++i)
            for (std::uint32_t j = 0; j < d; ++j) state.archive.push_back(normals_at(s.seed, "start", i, j / 4)[j % 4]);
    const std::size_t rows = state.archive.size() / d;
    if (rows * d != state.archive.size() || rows < s.chains || !std::all_of(state.archive.begin(), state.archive.end(), [](double z) { return std::isfinite(z); }))
        throw std::invalid_argument("starts: one or more a chain, a finite number for each parameter");
    for (std::size_t c = 0; c < s.chains; ++c) {
        const auto from = state.archive.begin() + static_cast<std::ptrdiff_t>(c * rows / s.chains * d);
        state.chains.push_back({.deviates = {from, from + static_cast<std::ptrdiff_t>(d)}, .moments = {}, .shifts = {}});
    }
    if (!run_again(simulator, observed, s, state, mixed(s.seed, 0), stop)) return std::nullopt;
    bring_home(state);
    if (!std::isfinite(state.chains[0].log_likelihood)) return stopped(std::move(state), SyntheticStopped::nothing_finite);
    return state;
}

std::optional<SyntheticState> next_steps(const Simulator& simulator, std::span<const double> observed, const SyntheticSettings& s, SyntheticState state, const std::atomic<bool>* stop)
{
    check(simulator, observed, s);
    if (state.stopped != SyntheticStopped::not_yet) throw std::invalid_argument("chains that have stopped do not go on");
    const std::size_t d = simulator.parameters.size(), groups = (state.chains.size() + together - 1) / together, states = state.archive.size() / d;
    const Emulator emulator = s.guesses == 0 ? Emulator{} : emulator_of(state.seen);
    const std::span<const double> later = std::span(state.archive).subspan(states / 2 * d); // earlier states may lie far away
    std::vector<SyntheticStepped> parts(groups);
    const bool whole = in_blocks(groups, s.threads, stop, [&](std::size_t g) {
        const std::size_t first = g * together, n = std::min<std::size_t>(together, state.chains.size() - first);
        const SyntheticSteps steps{.observed = observed,
                                   .archive = later,
                                   .deviations = state.deviations,
                                   .emulator = emulator,
                                   .guessed = guessed_share(s, state),
                                   .guesses = s.guesses,
                                   .runs = state.runs_a_point,
                                   .density = density_of(s, state),
                                   .seed = s.seed,
                                   .first = state.steps + 1,
                                   .steps = block,
                                   .first_chain = static_cast<std::uint32_t>(first)};
        parts[g] = step(simulator, steps, std::span(state.chains).subspan(first, n), stop);
    });
    if (!whole || (stop != nullptr && stop->load())) return std::nullopt;
    take(state, parts, d);
    if (!state.pilot && state.steps >= s.settling) {
        std::optional<SyntheticState> ready = settled(simulator, observed, s, std::move(state), stop);
        if (!ready || ready->stopped != SyntheticStopped::not_yet) return ready;
        state = std::move(*ready);
    }
    state.stopped = verdict(s, state, d);
    return state;
}

SyntheticState synthetic_chains(const Simulator& simulator, std::span<const double> observed, const SyntheticSettings& settings, SyntheticState from,
                                const SyntheticListener& listener, const std::atomic<bool>* stop)
{
    while (from.stopped == SyntheticStopped::not_yet) {
        std::optional<SyntheticState> next = next_steps(simulator, observed, settings, from, stop);
        if (!next) break;
        from = std::move(*next);
        if (listener) listener(from);
    }
    return from;
}

SyntheticPosterior posterior_of(const Simulator& simulator, const SyntheticState& state)
{
    const std::size_t chains = state.chains.size(), d = simulator.parameters.size(), k = state.deviations.size(), steps = state.steps;
    SyntheticPosterior posterior{.chains = chains, .draws = {}, .log_likelihoods = later_half(state.log_likelihoods, chains, 1, 0), .shifts = {}};
    for (std::size_t c = 0; c < chains; ++c)
        for (std::size_t t = steps - steps / 2; t < steps; ++t) {
            append(posterior.draws, std::span(state.deviates).subspan((t * chains + c) * d, d));
            append(posterior.shifts, std::span(state.shifts).subspan((t * chains + c) * k, k));
        }
    posterior.draws = values_at(simulator.parameters, posterior.draws);
    return posterior;
}

} // namespace entente
