#include "../calibrate/uniforms.hpp"
#include "samplers.hpp"
#include <cmath>
#include <limits>
#include <numeric>

namespace entente {

namespace {

constexpr std::uint32_t most_moves = 400; // four accepted ones at the least acceptance that makes sense; what differs more between particles is not waited for

/// How much work is left in units of what is done: chains take as long as each other, and acceptance goes on falling as it fell.
double work_left(const std::vector<SmcState>& states, std::uint32_t chains, double least_acceptance)
{
    const std::vector<Generation>& g = states.back().generations;
    double rest = 1; // of this chain, in generations such as the last
    if (states.back().stopped != Stopped::not_yet) rest = 0;
    else if (g.size() > 1 && g.back().acceptance < g[g.size() - 2].acceptance && g.back().acceptance > least_acceptance)
        rest = std::ceil(std::log(least_acceptance / g.back().acceptance) / std::log(g.back().acceptance / g[g.size() - 2].acceptance));
    double done = 0;
    for (const SmcState& s : states) done += static_cast<double>(s.runs);
    const double of_this = static_cast<double>(states.back().runs) + rest * static_cast<double>(g.empty() ? 0 : g.back().runs);
    const double a_chain = states.size() > 1 ? static_cast<double>(states.front().runs) : of_this;
    return (std::max(of_this, states.size() > 1 ? a_chain : 0.0) - static_cast<double>(states.back().runs) + a_chain * static_cast<double>(chains - states.size())) / done;
}

} // namespace

SmcSettings chain_settings(const Calibration& c, std::uint32_t chain, const EnsembleOptions& options)
{
    return {.seed = seed_of(c, SeedOf::chain, chain),
            .particles = c.particles,
            .most_moves = most_moves,
            .least_acceptance = c.least_acceptance,
            .most_runs = c.most_runs == 0 ? std::numeric_limits<std::uint64_t>::max() : c.most_runs / c.chains,
            .threads = options.threads};
}

std::vector<double> equal_draws(const SmcPosterior& posterior, std::size_t parameters, std::size_t draws, std::uint64_t seed)
{
    const double sum = std::accumulate(posterior.weights.begin(), posterior.weights.end(), 0.0), step = sum / static_cast<double>(draws);
    double at = uniforms_at(seed, "first draw", 0)[0] * step, below = posterior.weights.front();
    std::vector<double> all;
    std::size_t particle = 0;
    for (std::size_t i = 0; i < draws; ++i, at += step) {
        while (below < at && particle + 1 < posterior.weights.size()) below += posterior.weights[++particle];
        const auto row = posterior.adjusted.begin() + static_cast<std::ptrdiff_t>(particle * parameters);
        all.insert(all.end(), row, row + static_cast<std::ptrdiff_t>(parameters));
    }
    return all;
}

Sampled by_particles(const Sampling& sampling, Checkpoint checkpoint)
{
    const Calibration& c = sampling.calibration;
    std::vector<SmcState>& states = checkpoint.chains;
    Sampled sampled;
    for (std::uint32_t chain = states.empty() ? 0 : static_cast<std::uint32_t>(states.size() - 1); chain < c.chains; ++chain) {
        const SmcSettings settings = chain_settings(c, chain, sampling.options);
        if (states.size() <= chain) states.emplace_back();
        const auto listen = [&](const SmcState& s) {
            states.back() = s;
            sampling.keep(checkpoint);
            if (!sampling.listener.progress || s.generations.empty()) return;
            const Generation& last = s.generations.back();
            sampling.listener.progress({.chain = chain + 1,
                                        .chains = c.chains,
                                        .step = s.generations.size(),
                                        .tolerance = last.tolerance,
                                        .acceptance = last.acceptance,
                                        .effective = last.effective,
                                        .left = work_left(states, c.chains, settings.least_acceptance)});
        };
        states.back() = smc_abc(sampling.simulator, sampling.observed, settings, std::move(states.back()), listen, sampling.stop);
        if (failed(states.back().stopped) || (states.back().generations.empty() && !sampling.interrupted())) sampled.failure = to_text(states.back().stopped);
        if (sampling.interrupted() || !sampled.failure.empty()) break;
    }
    for (const SmcState& s : states) sampled.runs += s.runs;
    if (sampling.interrupted() || !sampled.failure.empty()) return sampled;
    for (std::uint32_t chain = 0; chain < c.chains; ++chain) {
        const std::vector<double> draws = equal_draws(posterior_of(sampling.simulator, sampling.observed, states[chain]), sampling.simulator.parameters.size(), c.draws,
                                                      seed_of(c, SeedOf::resampling, chain));
        sampled.draws.insert(sampled.draws.end(), draws.begin(), draws.end());
        std::vector<SamplerStep>& steps = sampled.steps.emplace_back();
        for (const Generation& g : states[chain].generations) steps.push_back({g.tolerance, g.acceptance, static_cast<double>(g.unique), g.moved, g.runs});
    }
    sampled.stopped = to_text(states.front().stopped);
    return sampled;
}

} // namespace entente
