#include "../calibrate/inversion.hpp"
#include "../calibrate/reduced.hpp"
#include "../calibrate/uniforms.hpp"
#include "samplers.hpp"
#include <algorithm>
#include <cmath>
#include <limits>

namespace entente {

namespace {

/// One summary a target: the mean over its dates of what lies between simulated and observed, in standard deviations of its errors. The observed is 0.
Simulator by_target(const Sampling& sampling)
{
    const Targets targets = targets_of(sampling.calibration, Which::fitted);
    std::vector<std::size_t> target; // of each observation
    std::vector<double> scale, count;
    Simulator by{.parameters = sampling.simulator.parameters, .summaries = {}, .run = {}};
    for (std::size_t i = 0; i < targets.observations.size(); ++i) {
        const std::string& name = targets.measurements[targets.observations[i].measurement].target;
        const auto at = static_cast<std::size_t>(std::ranges::find(by.summaries, name) - by.summaries.begin());
        if (at == by.summaries.size()) by.summaries.push_back(name), count.push_back(0);
        ++count[at];
        target.push_back(at), scale.push_back(std::sqrt(covariance(targets, i, i)));
    }
    const std::size_t k = target.size(), means = count.size();
    by.run = [run = sampling.simulator.run, seen = std::vector<double>(sampling.observed.begin(), sampling.observed.end()), target, scale, count, k, means](const Batch& runs) {
        std::vector<double> found(runs.size() * k);
        run({runs.seed, runs.replicates, runs.parameters, found});
        std::ranges::fill(runs.summaries, 0.0);
        for (std::size_t r = 0; r < runs.size(); ++r)
            for (std::size_t i = 0; i < k; ++i) runs.summaries[r * means + target[i]] += (found[r * k + i] - seen[i]) / scale[i] / count[target[i]];
    };
    return by;
}

/// Where chains start, and the ruler that reduces summaries to what tells parameters apart there; nothing if it was interrupted.
struct Start {
    std::vector<double> deviates;
    Ruler ruler;
};
std::optional<Start> start_of(const Sampling& sampling, Sampled& sampled)
{
    constexpr std::size_t seen_runs = 20000;
    constexpr double around = 0.3; // of a prior's deviation: the ensemble is narrower than the posterior, and runs are to surround it
    const Calibration& c = sampling.calibration;
    const Simulator& simulator = sampling.simulator;
    const std::size_t d = simulator.parameters.size();
    const InversionState ensemble = inversion(simulator, sampling.observed, {.seed = seed_of(c, SeedOf::inversion), .threads = sampling.options.threads}, {}, {}, sampling.stop);
    sampled.runs += ensemble.runs + seen_runs;
    if (failed(ensemble.stopped)) sampled.failure = to_text(ensemble.stopped);
    if (sampling.interrupted() || !sampled.failure.empty()) return std::nullopt;
    Seen seen{.deviates = std::vector<double>(seen_runs * d), .summaries = {}};
    const std::size_t members = ensemble.deviates.size() / d;
    for (std::uint32_t i = 0; i < seen_runs; ++i)
        for (std::size_t j = 0; j < d; ++j)
            seen.deviates[i * d + j] = ensemble.deviates[i % members * d + j] + around * normals_at(seed_of(c, SeedOf::around), simulator.parameters[j].name, i)[0];
    seen.summaries = one_run_each(simulator, values_at(simulator.parameters, seen.deviates), seed_of(c, SeedOf::around_runs), sampling.options.threads, sampling.stop);
    if (sampling.interrupted()) return std::nullopt;
    const std::size_t k = sampling.observed.size();
    Seen whole;
    for (std::size_t i = 0; i < seen_runs; ++i) {
        const auto summaries = std::span(seen.summaries).subspan(i * k, k), deviates = std::span(seen.deviates).subspan(i * d, d);
        if (!std::ranges::all_of(summaries, [](double x) { return std::isfinite(x); })) continue;
        whole.deviates.insert(whole.deviates.end(), deviates.begin(), deviates.end()), whole.summaries.insert(whole.summaries.end(), summaries.begin(), summaries.end());
    }
    return Start{ensemble.deviates, ruler_of(Reduction::linear, whole, sampling.observed)};
}

SyntheticSettings settings_of(const Sampling& sampling, bool robust)
{
    const Calibration& c = sampling.calibration;
    return {.seed = seed_of(c, SeedOf::synthetic),
            .chains = c.chains,
            .shifts = robust,
            .most_runs = c.most_runs == 0 ? std::numeric_limits<std::uint64_t>::max() : c.most_runs,
            .threads = sampling.options.threads};
}

/// Of each chain's later half, `draws` draws at equal distances; what a draw has beside its parameters stands in `stats`.
void take_draws(Sampled& sampled, const SyntheticPosterior& found, const Simulator& less, std::size_t draws)
{
    const std::size_t d = less.parameters.size(), k = found.shifts.empty() ? 0 : less.summaries.size(), each = found.log_likelihoods.size() / found.chains;
    sampled.stats = {.chains = found.chains, .draws = draws, .names = {"log_likelihood"}, .values = {}};
    for (std::size_t i = 0; i < k; ++i) sampled.stats.names.push_back(shift_prefix + less.summaries[i]);
    for (std::size_t chain = 0; chain < found.chains; ++chain)
        for (std::size_t i = 0; i < draws; ++i) {
            const std::size_t at = chain * each + i * each / draws;
            const auto row = std::span(found.draws).subspan(at * d, d), shifts = std::span(found.shifts).subspan(at * k, k);
            sampled.draws.insert(sampled.draws.end(), row.begin(), row.end());
            sampled.stats.values.push_back(found.log_likelihoods[at]);
            sampled.stats.values.insert(sampled.stats.values.end(), shifts.begin(), shifts.end());
        }
}

} // namespace

Sampled by_synthetic_likelihood(const Sampling& sampling, Checkpoint checkpoint, bool robust)
{
    Sampled sampled;
    const SyntheticSettings settings = settings_of(sampling, robust);
    std::optional<SyntheticProgress>& progress = checkpoint.synthetic;
    std::optional<Start> start;
    if (!progress) {
        start = start_of(sampling, sampled);
        if (!start) return sampled;
        progress = {.ruler = start->ruler, .runs_before = sampled.runs, .state = {}};
    }
    const Simulator less = robust ? by_target(sampling) : reduced(sampling.simulator, progress->ruler, sampling.observed);
    const std::vector<double> zero(less.summaries.size(), 0.0);
    if (start) {
        auto begun = begin_synthetic(less, zero, settings, start->deviates, sampling.stop);
        if (!begun) return sampled;
        progress->state = std::move(*begun);
    }
    std::uint64_t kept = 0; // steps that are on disk
    const auto listen = [&](const SyntheticState& s) {
        constexpr double longer = 1.05; // the file grows with the steps
        if (static_cast<double>(s.steps) >= longer * static_cast<double>(kept) || s.stopped != SyntheticStopped::not_yet) {
            progress->state = s;
            sampling.keep(checkpoint);
            kept = s.steps;
        }
        if (!sampling.listener.progress) return;
        const double tried = static_cast<double>(s.tried[0] + s.tried[1]), accepted = static_cast<double>(s.accepted[0] + s.accepted[1]);
        sampling.listener.progress({.chains = settings.chains == 0 ? 0 : static_cast<std::uint32_t>(settings.chains),
                                    .step = s.steps,
                                    .acceptance = tried > 0 ? accepted / tried : 0,
                                    .effective = s.ess,
                                    .rhat = s.rhat,
                                    .left = s.ess > 0 ? std::max(0.0, settings.least_ess / s.ess - 1) : 0});
    };
    const SyntheticState state = synthetic_chains(less, zero, settings, progress->state, listen, sampling.stop);
    sampled.runs = progress->runs_before + state.runs;
    sampled.stopped = to_text(state.stopped);
    if (failed(state.stopped)) sampled.failure = sampled.stopped;
    if (sampling.interrupted() || !sampled.failure.empty()) return sampled;
    const std::size_t half = state.steps / 2;
    take_draws(sampled, posterior_of(less, state), less, std::min<std::size_t>(sampling.calibration.draws, half));
    return sampled;
}

} // namespace entente
