// What the runs of a block have drawn: parameters and structures, addressed by their names.
#define ENTENTE_KERNEL plain_numbers
#define ENTENTE_REAL double
#define ENTENTE_WIDTH 2
#include "../core/draws.hpp"
#include "../scenario/dials.hpp"
#include "plan.hpp"
#include <algorithm>
#include <numeric>

namespace entente {

/// The uniforms of a parameter or structure in these replicates: addressed by its name.
static std::vector<double> uniforms_of(std::uint64_t seed, std::span<const std::uint32_t> replicates, std::uint32_t stream)
{
    std::vector<double> uniforms;
    for (std::size_t r = 0; r < replicates.size(); r += width) {
        std::uint32_t some[width];
        for (std::size_t lane = 0; lane < width; ++lane) some[lane] = replicates[std::min(r + lane, replicates.size() - 1)];
        const Lanes u = Draws(seed, some, parameter_quarter, stream)().a;
        for (std::size_t lane = 0; lane < width && r + lane < replicates.size(); ++lane) uniforms.push_back(u.v[lane]);
    }
    return uniforms;
}

/// Each run takes one of the joint draws whole.
static void draw_jointly(const JointSetting& joint, std::uint64_t seed, std::span<const std::uint32_t> drawn_as, std::vector<double>& parameters)
{
    const std::size_t runs = drawn_as.size(), names = joint.parameters.size(), draws = joint.draws.draws();
    const std::vector<double> uniforms = uniforms_of(seed, drawn_as, hash_of("joint_draw"));
    for (std::size_t run = 0; run < runs; ++run) {
        const std::size_t draw = std::min(static_cast<std::size_t>(uniforms[run] * static_cast<double>(draws)), draws - 1);
        for (std::size_t name = 0; name < names; ++name) parameters[joint.parameters[name] * runs + run] = joint.draws.values[draw * names + name];
    }
}

Job job_without_points(const Scenario& scenario, std::uint64_t seed, std::vector<std::uint32_t> replicates, const EnsembleOptions& options, std::uint32_t together)
{
    const Description& d = describe();
    const std::size_t runs = replicates.size();
    std::vector<std::uint32_t> drawn_as = replicates;
    for (std::uint32_t& replicate : drawn_as) replicate /= together;
    Job job{.seed = seed,
            .quarters = static_cast<std::uint32_t>(scenario.horizon + 1),
            .start = static_cast<std::uint32_t>(scenario.start),
            .counts = scenario.counts,
            .muted_mechanisms = scenario.muted_mechanisms,
            .muted_switches = scenario.muted_switches,
            .order = options.order,
            .replicates = std::move(replicates),
            .agents = options.keep == Keep::agents,
            .run_limit_s = options.run_limit_s};
    job.parameters.resize(d.parameters.size() * runs);
    std::vector<bool> jointly(d.parameters.size());
    for (const std::size_t p : scenario.joint.parameters) jointly[p] = true;
    for (std::size_t p = 0; p < d.parameters.size(); ++p) {
        const Distribution& distribution = scenario.parameters[p].distribution;
        if (jointly[p]) continue;
        const auto first = job.parameters.begin() + static_cast<std::ptrdiff_t>(p * runs);
        if (distribution.shape == Shape::value) std::fill_n(first, runs, quantile(distribution, 0.5));
        else quantiles(distribution, uniforms_of(seed, drawn_as, hash_of(d.parameters[p].name)), {first, runs});
    }
    if (!scenario.joint.parameters.empty()) draw_jointly(scenario.joint, seed, drawn_as, job.parameters);
    for (std::size_t driver = 0; driver < scenario.dials.size(); ++driver)
        for (std::size_t run = 0; run < runs; ++run) move_parameters(driver, scenario.dials[driver], run, job.parameters, runs);
    job.structures.resize(d.structures.size() * runs);
    for (std::size_t s = 0; s < d.structures.size(); ++s) {
        const std::vector<double>& weights = scenario.structures[s].weights;
        const std::vector<double> uniforms = uniforms_of(seed, drawn_as, hash_of(d.structures[s].name));
        for (std::size_t r = 0; r < runs; ++r) {
            double u = uniforms[r];
            std::size_t choice = 0;
            while (choice + 1 < weights.size() && u >= weights[choice]) u -= weights[choice++];
            while (choice > 0 && weights[choice] == 0) --choice; // rounding past the last alternative with any weight
            job.structures[s * runs + r] = static_cast<float>(choice);
        }
    }
    return job;
}

Job block_job(const Scenario& scenario, const Point& point, std::uint32_t first_run, std::uint32_t runs, const EnsembleOptions& options)
{
    std::vector<std::uint32_t> replicates(runs);
    std::iota(replicates.begin(), replicates.end(), first_run);
    Job job = job_without_points(scenario, scenario.seed, std::move(replicates), options);
    job.points.assign(runs, &point);
    job.kept = all_variables();
    return job;
}

} // namespace entente
