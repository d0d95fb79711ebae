#include "calibrate.hpp"
#include "../calibrate/in_blocks.hpp"
#include "../calibrate/model_simulator.hpp"
#include "../calibrate/moves.hpp"
#include "../calibrate/uniforms.hpp"
#include "../core/text.hpp"
#include "checkpoint.hpp"
#include "place.hpp"
#include "provenance.hpp"
#include "refusal.hpp"
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <limits>
#include <numeric>
#include <optional>

namespace entente {

namespace {

/// Addresses of random numbers that no chain's own runs use.
enum class Part : std::uint64_t { chain = 0x63616C00, resampling, prior, prior_runs, posterior_runs };
std::uint64_t seed_of(const Calibration& c, Part part, std::uint32_t chain = 0) { return mixed(mixed(c.scenario.seed, static_cast<std::uint64_t>(part)), chain); }

/// By what a checkpoint or a posterior belongs to this calibration.
std::string identity_text(const Posterior& p)
{
    std::string text = fmt::format("{}\n{}\n{}\n{}\n", p.calibration, without_origins(p.scenario_resolved), p.engine_version, p.seed);
    for (const CalibratedTarget& t : p.targets) text += fmt::format("{} {} {} {} {}\n", t.target, t.date, t.value, t.sd, t.fitted);
    return text;
}

/// What is known of the posterior before a run is made.
Posterior head_of(const Calibration& c, const EnsembleOptions& options)
{
    Posterior p;
    p.name = c.name, p.title = c.title, p.method = "smc_abc", p.seed = c.scenario.seed;
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
        p.targets.push_back({.target = m.target, .date = o.date, .unit = m.unit, .transform = "", .value = values[i], .sd = std::sqrt(covariance(c.targets, i, i)), .fitted = o.fitted});
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

/// One run at each row of parameters, on all threads: [row][summary].
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

/// The file's groups from chains that are whole.
void fill(Posterior& p, const Calibration& c, const Simulator& fitted, const std::vector<double>& observed, const ChainStates& states, const EnsembleOptions& options,
          const std::atomic<bool>* stop)
{
    const std::size_t d = fitted.parameters.size(), rows = std::size_t{c.chains} * c.draws;
    std::vector<double> posterior, prior(rows * d), distances;
    for (std::uint32_t chain = 0; chain < c.chains; ++chain) {
        const SmcPosterior found = posterior_of(fitted, observed, states[chain]);
        const std::vector<double> draws = equal_draws(found, d, c.draws, seed_of(c, Part::resampling, chain));
        posterior.insert(posterior.end(), draws.begin(), draws.end());
        p.runs += states[chain].runs;
        std::vector<SamplerStep>& steps = p.steps.emplace_back();
        for (const Generation& g : states[chain].generations) steps.push_back({g.tolerance, g.acceptance, static_cast<double>(g.unique), g.moved, g.runs});
    }
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t j = 0; j < d; ++j)
            prior[row * d + j] = value_at(fitted.parameters[j].prior, normals_at(seed_of(c, Part::prior), fitted.parameters[j].name, static_cast<std::uint32_t>(row))[0]);
    const Simulator all = model_simulator(c, Which::all, options);
    p.posterior_predictive = table_of(c.chains, c.draws, all.summaries, one_run_each(all, posterior, seed_of(c, Part::posterior_runs), options.threads, stop));
    p.prior_predictive = table_of(c.chains, c.draws, all.summaries, one_run_each(all, prior, seed_of(c, Part::prior_runs), options.threads, stop));
    p.posterior = table_of(c.chains, c.draws, names_of(fitted.parameters), std::move(posterior));
    p.prior = table_of(c.chains, c.draws, names_of(fitted.parameters), std::move(prior));
    p.stopped = to_text(states.front().stopped);
}

/// How much work is left in units of what is done: chains take as long as each other, and acceptance goes on falling as it fell.
double work_left(const ChainStates& states, std::uint32_t chains, double least_acceptance)
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

std::string checkpoint_of(const PosteriorPlace& place) { return (place.out.ends_with(".h5") ? place.out.substr(0, place.out.size() - 3) : place.out) + ".checkpoint"; }

SmcSettings chain_settings(const Calibration& c, std::uint32_t chain, const EnsembleOptions& options)
{
    return {.seed = seed_of(c, Part::chain, chain),
            .particles = c.particles,
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

Calibrated calibrate(const Calibration& c, const EnsembleOptions& options, const PosteriorPlace& place, const CalibrationListener& listener, const std::atomic<bool>* stop)
{
    Calibrated done{.posterior = head_of(c, options)};
    const std::string identity = identity_text(done.posterior), checkpoint = checkpoint_of(place);
    if (auto there = posterior_there(place, identity)) return {.posterior = std::move(*there), .complete = true, .found = true};
    ChainStates states;
    if (std::filesystem::exists(checkpoint) && !place.force) {
        if (!place.resume) throw Refused(refusal::CheckpointThere{checkpoint});
        states = read_checkpoint(checkpoint, key_of(identity));
        if (states.empty()) throw Refused(refusal::OtherCheckpoint{checkpoint});
    }
    if (const auto folder = std::filesystem::path(place.out).parent_path(); !folder.empty()) std::filesystem::create_directories(folder);
    const Simulator fitted = model_simulator(c, Which::fitted, options);
    const std::vector<double> observed = observed_summaries(c, Which::fitted);
    if (!states.empty() && listener.resumed) {
        std::size_t generations = 0;
        for (const SmcState& s : states) generations += s.generations.size();
        listener.resumed(generations);
    }
    const auto interrupted = [&] { return stop != nullptr && stop->load(); };
    for (std::uint32_t chain = states.empty() ? 0 : static_cast<std::uint32_t>(states.size() - 1); chain < c.chains; ++chain) {
        const SmcSettings settings = chain_settings(c, chain, options);
        if (states.size() <= chain) states.emplace_back();
        const auto listen = [&](const SmcState& s) {
            states.back() = s;
            write_checkpoint(checkpoint, key_of(identity), states);
            if (listener.progress && !s.generations.empty())
                listener.progress({chain + 1, c.chains, s.generations.size(), s.generations.back(), c.particles, work_left(states, c.chains, settings.least_acceptance)});
        };
        states.back() = smc_abc(fitted, observed, settings, std::move(states.back()), listen, stop);
        if (interrupted()) break;
        if (failed(states.back().stopped)) {
            done.failure = to_text(states.back().stopped);
            break;
        }
    }
    for (const SmcState& s : states) done.runs += s.runs;
    if (interrupted() || !done.failure.empty()) return done;
    fill(done.posterior, c, fitted, observed, states, options, stop);
    if (interrupted()) return done;
    write_posterior(place.out, done.posterior);
    std::filesystem::remove(checkpoint);
    done.complete = true;
    return done;
}

} // namespace entente
