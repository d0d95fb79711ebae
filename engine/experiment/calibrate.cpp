#include "calibrate.hpp"
#include "../core/in_blocks.hpp"
#include "../calibrate/model_simulator.hpp"
#include "../calibrate/moves.hpp"
#include "../calibrate/uniforms.hpp"
#include "../core/text.hpp"
#include "../scenario/reading.hpp"
#include "place.hpp"
#include "provenance.hpp"
#include "ranks/hand_out.hpp"
#include "refusal.hpp"
#include "samplers.hpp"
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <limits>
#include <numeric>
#include <optional>

namespace entente {

namespace {

/// By what a checkpoint or a posterior belongs to this calibration.
std::string identity_text(const Posterior& p)
{
    std::string text = fmt::format("{}\n{}\n{}\n{}\n{}\n", p.method, p.calibration, without_origins(p.scenario_resolved), p.engine_version, p.seed);
    for (const CalibratedTarget& t : p.targets) text += fmt::format("{} {} {} {} {}\n", t.target, t.date, t.value, t.sd, t.fitted);
    return text;
}

/// What is known of the posterior before a run is made.
Posterior head_of(const Calibration& c, const EnsembleOptions& options)
{
    Posterior p;
    p.name = c.name, p.title = c.title, p.method = method_names[static_cast<std::size_t>(c.method)], p.seed = c.scenario.seed;
    const Provenance provenance = provenance_of(c.scenario, options, "");
    p.engine_version = provenance.engine_version, p.created_at = provenance.created_at;
    p.calibration = c.text, p.scenario_resolved = provenance.scenario_resolved;
    for (const Parameter& learned : learned(c)) {
        CalibratedParameter about{.name = learned.name, .unit = "", .meaning = "", .prior = to_text(learned.prior), .alternatives = {}};
        if (const std::size_t row = Description::find(describe().parameters, learned.name); row != Description::npos)
            about.unit = describe().parameters[row].unit, about.meaning = describe().parameters[row].meaning;
        else {
            const Row& structure = describe().structures[Description::find(describe().structures, learned.name)];
            about.meaning = structure.meaning, about.alternatives = split(structure.choices, '|');
        }
        p.parameters.push_back(std::move(about));
    }
    const std::vector<double> values = observed(c.targets);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const Observation& o = c.targets.observations[i];
        const Measurement& m = c.targets.measurements[o.measurement];
        p.targets.push_back({.target = m.target,
                             .date = o.date,
                             .unit = m.unit,
                             .transform = std::string(transform_names[static_cast<std::size_t>(m.transform)]),
                             .value = values[i],
                             .sd = std::sqrt(covariance(c.targets, i, i)),
                             .fitted = o.fitted});
    }
    return p;
}

DrawTable table_of(std::size_t chains, std::size_t draws, std::vector<std::string> names, std::vector<double> values)
{
    return {.chains = chains, .draws = draws, .names = std::move(names), .values = std::move(values)};
}

std::vector<std::string> names_of(const std::vector<Parameter>& parameters)
{
    std::vector<std::string> names;
    for (const Parameter& p : parameters) names.push_back(p.name);
    return names;
}

/// What no parameters can bring about is no matter of fitting: throws ScenarioErrors with each fitted observation that no run of the prior comes near.
void require_reachable(const Calibration& c, const Simulator& fitted, const std::vector<double>& observed, const EnsembleOptions& options, const std::atomic<bool>* stop)
{
    constexpr std::size_t rows = 2000;
    constexpr double far = 3; // deviations of the observation and of what the model leaves out
    const std::size_t k = observed.size();
    const std::vector<double> runs = one_run_each(fitted, prior_draws(c, fitted, rows, SeedOf::reach), seed_of(c, SeedOf::reach_runs), options.threads, stop);
    const Targets targets = targets_of(c, Which::fitted);
    Problems problems;
    for (std::size_t i = 0; i < k; ++i) {
        const double sd = std::sqrt(covariance(targets, i, i));
        double nearest = std::numeric_limits<double>::infinity();
        for (std::size_t row = 0; row < rows; ++row) nearest = std::fmin(nearest, std::abs(runs[row * k + i] - observed[i]) / sd);
        if (nearest <= far || (stop != nullptr && stop->load())) continue;
        problems.add(targets.observations[i].origin, fmt::format("value: {} of {} cannot be met: of {} runs of the prior the nearest is {:.1f} standard deviations away; is value "
                                                                 "or error wrong? With use = check it is only predicted",
                                                                 fitted.summaries[i], targets.observations[i].value, rows, nearest));
    }
    if (!problems.list.empty()) throw ScenarioErrors(std::move(problems.list));
}

/// Every step-th row of each chain.
std::vector<double> every(const std::vector<double>& rows, std::size_t width, std::size_t step)
{
    std::vector<double> some;
    for (std::size_t at = 0; at < rows.size(); at += step * width)
        some.insert(some.end(), rows.begin() + static_cast<std::ptrdiff_t>(at), rows.begin() + static_cast<std::ptrdiff_t>(at + width));
    return some;
}

/// The file's groups from draws. Would-be observations are of half of them, where that is a whole number: they take most of the file.
void fill(Posterior& p, const Calibration& c, const Simulator& fitted, const std::function<Simulator(Which)>& simulator, Sampled sampled, const EnsembleOptions& options,
          const std::atomic<bool>* stop)
{
    const std::size_t d = fitted.parameters.size(), rows = sampled.draws.size() / d, draws = rows / c.chains, step = draws % 2 == 0 ? 2 : 1;
    std::vector<double> prior = prior_draws(c, fitted, rows, SeedOf::prior);
    const Simulator all = simulator(Which::all);
    const auto predictive = [&](const std::vector<double>& parameters, SeedOf part) {
        return table_of(c.chains, draws / step, all.summaries, one_run_each(all, every(parameters, d, step), seed_of(c, part), options.threads, stop));
    };
    p.posterior_predictive = predictive(sampled.draws, SeedOf::posterior_runs);
    p.prior_predictive = predictive(prior, SeedOf::prior_runs);
    p.posterior = table_of(c.chains, draws, names_of(fitted.parameters), std::move(sampled.draws));
    p.prior = table_of(c.chains, draws, names_of(fitted.parameters), std::move(prior));
    p.sample_stats = std::move(sampled.stats), p.steps = std::move(sampled.steps), p.stopped = std::move(sampled.stopped), p.runs = sampled.runs;
}

/// What lies in the place; a posterior of this calibration is given back.
std::optional<Posterior> posterior_there(const PosteriorPlace& place, const std::string& identity)
{
    throw_if_no_file(place.out);
    if (!std::filesystem::exists(place.out)) return std::nullopt;
    std::optional<Posterior> there;
    try {
        there = read_posterior(place.out);
    } catch (const std::runtime_error& e) {
        throw Refused(refusal::NoPosterior{place.out, e.what()});
    }
    if (place.force) return std::nullopt;
    if (identity_text(*there) != identity) throw Refused(refusal::OtherPosterior{place.out});
    return there;
}

} // namespace

std::uint64_t seed_of(const Calibration& c, SeedOf what, std::uint32_t chain) { return mixed(mixed(c.scenario.seed, static_cast<std::uint64_t>(what)), chain); }

std::vector<double> prior_draws(const Calibration& c, const Simulator& simulator, std::size_t rows, SeedOf part)
{
    const std::size_t d = simulator.parameters.size();
    std::vector<double> draws(rows * d);
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t j = 0; j < d; ++j)
            draws[row * d + j] = value_at(simulator.parameters[j].prior, normals_at(seed_of(c, part), simulator.parameters[j].name, static_cast<std::uint32_t>(row))[0]);
    return draws;
}

std::vector<double> one_run_each(const Simulator& simulator, const std::vector<double>& parameters, std::uint64_t seed, unsigned threads, const std::atomic<bool>* stop)
{
    constexpr std::size_t batch = 64;
    const std::size_t d = simulator.parameters.size(), k = simulator.summaries.size(), rows = parameters.size() / d;
    std::vector<double> summaries(rows * k);
    in_blocks((rows + batch - 1) / batch, threads, stop, [&](std::size_t block) {
        const std::size_t first = block * batch, n = std::min(rows, first + batch) - first;
        std::vector<std::uint32_t> replicates(n);
        std::iota(replicates.begin(), replicates.end(), static_cast<std::uint32_t>(first));
        simulator.run({seed, replicates, std::span(parameters).subspan(first * d, n * d), std::span(summaries).subspan(first * k, n * k)});
    });
    return summaries;
}

std::string checkpoint_of(const PosteriorPlace& place) { return (place.out.ends_with(".h5") ? place.out.substr(0, place.out.size() - 3) : place.out) + ".checkpoint"; }

Calibrated calibrate(const Calibration& c, const EnsembleOptions& asked, const PosteriorPlace& place, const CalibrationListener& listener, const std::atomic<bool>* stop, Ranks* ranks)
{
    EnsembleOptions options = asked;
    const std::function<Simulator(Which)> simulator = [&](Which which) {
        if (!ranks) return model_simulator(c, which, asked);
        Simulator by_ranks = simulator_of(*ranks, c, which, asked, stop);
        options.threads = static_cast<unsigned>(ranks->hands().size()); // each waits for one of them
        return by_ranks;
    };
    Calibrated done{.posterior = head_of(c, options)};
    const std::string identity = identity_text(done.posterior), checkpoint = checkpoint_of(place);
    if (auto there = posterior_there(place, identity)) return {.posterior = std::move(*there), .complete = true, .found = true};
    Checkpoint begun;
    if (std::filesystem::exists(checkpoint) && !place.force) {
        if (!place.resume) throw Refused(refusal::CheckpointThere{checkpoint});
        begun = read_checkpoint(checkpoint, key_of(identity));
        if (begun.empty()) throw Refused(refusal::OtherCheckpoint{checkpoint});
    }
    if (const auto folder = std::filesystem::path(place.out).parent_path(); !folder.empty()) std::filesystem::create_directories(folder);
    const Simulator fitted = simulator(Which::fitted);
    const std::vector<double> observed = observed_summaries(c, Which::fitted);
    if (begun.empty()) require_reachable(c, fitted, observed, options, stop);
    else if (listener.resumed) {
        std::size_t steps = begun.synthetic ? begun.synthetic->state.steps : 0;
        for (const SmcState& s : begun.chains) steps += s.generations.size();
        listener.resumed(steps);
    }
    const std::function<void(const Checkpoint&)> keep = [&](const Checkpoint& state) { write_checkpoint(checkpoint, key_of(identity), state); };
    const Sampling sampling{.calibration = c, .simulator = fitted, .observed = observed, .options = options, .listener = listener, .keep = keep, .stop = stop};
    Sampled sampled = c.method == Method::smc_abc ? by_particles(sampling, std::move(begun))
                                                  : by_synthetic_likelihood(sampling, std::move(begun), c.method == Method::robust_synthetic_likelihood);
    done.runs = sampled.runs, done.failure = sampled.failure;
    if (!done.failure.empty()) std::filesystem::remove(checkpoint); // it would fail again
    if (sampling.interrupted() || !done.failure.empty()) return done;
    fill(done.posterior, c, fitted, simulator, std::move(sampled), options, stop);
    if (sampling.interrupted()) return done;
    done.posterior = rounded(std::move(done.posterior)); // so that what is made and what is read again say the same
    write_posterior(place.out, done.posterior);
    std::filesystem::remove(checkpoint);
    done.complete = true;
    return done;
}

} // namespace entente
