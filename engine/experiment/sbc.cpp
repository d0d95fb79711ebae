#include "sbc.hpp"
#include "../calibrate/model_simulator.hpp"
#include "../calibrate/moves.hpp"
#include "../calibrate/uniforms.hpp"
#include "../core/text.hpp"
#include "../store/temporary_file.hpp"
#include "calibrate.hpp"
#include "place.hpp"
#include "provenance.hpp"
#include "refusal.hpp"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <numeric>

namespace entente {

namespace {

enum class Part : std::uint64_t { truth = 0x73626300, data, fit, draws, box };
std::uint64_t seed_of(const Calibration& c, Part part) { return mixed(c.scenario.seed, static_cast<std::uint64_t>(part)); }

/// What is in the table's place, if it goes on.
SbcTable begun(SbcTable empty, const SbcAsked& asked)
{
    throw_if_no_file(asked.out);
    if (!std::filesystem::exists(asked.out) || asked.force) return empty;
    SbcTable there;
    try {
        there = sbc_table_of(read_file(asked.out));
    } catch (const std::runtime_error& e) {
        throw Refused(refusal::NoPosterior{asked.out, e.what()});
    }
    if (there.identity != empty.identity || there.names != empty.names) throw Refused(refusal::OtherPosterior{asked.out});
    if (!asked.resume && there.worlds.size() < asked.worlds) throw Refused(refusal::CheckpointThere{asked.out});
    return there;
}

void keep(const SbcTable& table, const std::string& path)
{
    store::TemporaryFile file(path);
    std::ofstream(file.name(), std::ios::binary) << to_csv(table);
    file.take_final_name();
}

/// Where nearly all of each prior lies.
PriorRanges box_of(const std::vector<Parameter>& parameters)
{
    PriorRanges box;
    for (const Parameter& p : parameters) {
        const double low = value_at(p.prior, -2.6), high = value_at(p.prior, 2.6);
        box.low.push_back(low), box.high.push_back(high > low ? high : low + 1); // of alternatives one may be nearly all there is
    }
    return box;
}

SbcWorld fitted_world(const Calibration& c, const Simulator& simulator, std::uint32_t world, std::uint32_t draws, const EnsembleOptions& options, const std::atomic<bool>* stop)
{
    const std::size_t d = simulator.parameters.size(), k = simulator.summaries.size();
    std::vector<double> truth, data(k);
    for (const Parameter& p : simulator.parameters) truth.push_back(value_at(p.prior, normals_at(seed_of(c, Part::truth), p.name, world)[0]));
    simulator.run({seed_of(c, Part::data), std::span(&world, 1), truth, data});
    SmcSettings settings = chain_settings(c, 0, options);
    settings.seed = mixed(seed_of(c, Part::fit), world);
    const SmcState state = smc_abc(simulator, data, settings, {}, {}, stop);
    SbcWorld found{.world = world, .ranks = {}};
    if (failed(state.stopped) || state.generations.empty() || (stop != nullptr && stop->load())) return found;
    const std::vector<double> all = equal_draws(posterior_of(simulator, data, state), d, draws, mixed(seed_of(c, Part::draws), world));
    for (std::size_t j = 0; j < d; ++j) {
        std::vector<double> one;
        for (std::size_t i = 0; i < draws; ++i) one.push_back(all[i * d + j]);
        found.ranks.push_back(rank_among(truth[j], one, tie_breaker(c.scenario.seed, world, static_cast<std::uint32_t>(j)).rank));
    }
    found.ranks.push_back(tarp_rank(truth, all, box_of(simulator.parameters), seed_of(c, Part::box), world));
    return found;
}

} // namespace

SbcTable empty_table(const Calibration& c, const SbcAsked& asked)
{
    std::string identity = fmt::format("{}\n{} {} {} {}\n", without_origins(resolved_toml(c.scenario)), c.scenario.seed, c.particles, c.least_acceptance, asked.draws);
    const Targets targets = targets_of(c, Which::fitted);
    for (std::size_t i = 0; i < targets.observations.size(); ++i) { // their values have no say: each world has its own
        const Measurement& m = targets.measurements[targets.observations[i].measurement];
        identity += fmt::format("{} {} {} {} {} {} {} {} {} {}\n", m.expression, m.relative_to, targets.observations[i].date, m.centre, m.level, m.level_sd, m.slope, m.slope_sd,
                                m.error_correlation, covariance(targets, i, i));
    }
    SbcTable table{.calibration = c.name, .identity = fmt::format("{:016x}", key_of(identity)), .draws = asked.draws, .names = {}, .worlds = {}};
    for (const Parameter& p : learned(c)) table.names.push_back(p.name);
    table.names.emplace_back(joint_name);
    return table;
}

SbcTable calibrate_worlds(const Calibration& c, const EnsembleOptions& options, const SbcAsked& asked, const std::function<void(Progress)>& progress, const std::atomic<bool>* stop)
{
    SbcTable table = begun(empty_table(c, asked), asked);
    if (const auto folder = std::filesystem::path(asked.out).parent_path(); !folder.empty()) std::filesystem::create_directories(folder);
    const Simulator simulator = model_simulator(c, Which::fitted, options);
    const std::size_t before = table.worlds.size();
    while (table.worlds.size() < asked.worlds) {
        SbcWorld world = fitted_world(c, simulator, static_cast<std::uint32_t>(table.worlds.size()), asked.draws, options, stop);
        if (stop != nullptr && stop->load()) break;
        table.worlds.push_back(std::move(world));
        keep(table, asked.out);
        if (progress) progress({table.worlds.size() - before, asked.worlds - before});
    }
    return table;
}

} // namespace entente
