#define ENTENTE_KERNEL plain_numbers
#define ENTENTE_REAL double
#define ENTENTE_WIDTH 2
#include "plan.hpp"
#include "../core/draws.hpp"
#include "../scenario/dials.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <numeric>
#include <stdexcept>
#include <thread>

namespace entente {

unsigned thread_count(const EnsembleOptions& options, std::uint64_t pieces)
{
    const unsigned most = options.threads != 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency());
    return static_cast<unsigned>(std::clamp<std::uint64_t>(pieces, 1, most));
}

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

Scenario scenario_at(const Plan& plan, std::size_t policy, std::size_t point)
{
    Scenario scenario = plan.policies[policy];
    for (std::size_t f = 0; f < plan.placements.size(); ++f)
        for (const Placement& p : plan.placements[f]) {
            const double value = plan.values[point * plan.placements.size() + f];
            if (p.kind == Placement::Kind::parameter) hold_parameter(scenario, p.index, value);
            else if (p.kind == Placement::Kind::course) scenario.courses.push_back({p.course(value), {}});
            else if (p.kind == Placement::Kind::dial) scenario.dials[p.index] = value;
            else if (p.kind == Placement::Kind::structure) {
                std::vector<double>& weights = scenario.structures[p.index].weights;
                std::ranges::fill(weights, 0);
                weights[static_cast<std::size_t>(p.codes[static_cast<std::size_t>(value)])] = 1;
            }
        }
    scenario.runs = plan.replicates;
    return scenario;
}

Plan make_plan(std::vector<Scenario> policies, std::vector<Placements> placements, std::vector<double> values, std::uint32_t replicates)
{
    Plan plan{.policies = std::move(policies), .placements = std::move(placements), .values = std::move(values), .replicates = replicates};
    if (!plan.placements.empty()) plan.points = plan.values.size() / plan.placements.size();
    if (plan.policies.empty() || plan.points * plan.placements.size() != plan.values.size() || plan.points * plan.replicates == 0)
        throw std::invalid_argument(fmt::format("a plan of {} policies, {} points and {} replicates, with {} values of {} factors", plan.policies.size(), plan.points,
                                                plan.replicates, plan.values.size(), plan.placements.size()));
    for (const Scenario& policy : plan.policies) plan.courses.push_back(std::make_unique<Point>(policy.point()));
    return plan;
}

Plan plan_of(const Scenario& scenario)
{
    Plan plan = make_plan({scenario}, {}, {}, scenario.runs);
    plan.kept = all_variables();
    return plan;
}

static std::uint64_t pieces_per_policy(const Plan& plan) { return (std::uint64_t{plan.points} * plan.replicates + block_runs - 1) / block_runs; }

std::uint64_t piece_count(const Plan& plan) { return pieces_per_policy(plan) * plan.policies.size(); }

std::vector<std::uint64_t> all_pieces(const Plan& plan)
{
    std::vector<std::uint64_t> pieces(piece_count(plan));
    std::iota(pieces.begin(), pieces.end(), std::uint64_t{0});
    return pieces;
}

Piece piece_of(const Plan& plan, std::uint64_t number)
{
    const std::uint64_t first = number / plan.policies.size() * block_runs;
    return {static_cast<std::uint32_t>(number % plan.policies.size()), first,
            static_cast<std::uint32_t>(std::min<std::uint64_t>(block_runs, std::uint64_t{plan.points} * plan.replicates - first))};
}

std::uint64_t runs_in(const Plan& plan, std::span<const std::uint64_t> pieces)
{
    std::uint64_t runs = 0;
    for (const std::uint64_t piece : pieces) runs += piece_of(plan, piece).runs;
    return runs;
}

/// The same runs, each with the values of its replicate.
static Job spread(const Job& distinct, const std::vector<std::uint32_t>& which)
{
    Job job = distinct;
    const std::size_t from = distinct.runs(), to = which.size();
    const auto take = [&]<class T>(const std::vector<T>& rows) {
        std::vector<T> values(rows.size() / from * to);
        for (std::size_t row = 0; row < rows.size() / from; ++row)
            for (std::size_t r = 0; r < to; ++r) values[row * to + r] = rows[row * from + which[r]];
        return values;
    };
    job.parameters = take(distinct.parameters), job.structures = take(distinct.structures);
    job.replicates.resize(to);
    for (std::size_t r = 0; r < to; ++r) job.replicates[r] = distinct.replicates[which[r]];
    return job;
}

/// What a factor's value does to one run of a job; a run that follows courses has a point of its own.
static void set_in(PlannedJob& planned, const Placement& p, double value, std::uint32_t run, const Scenario& policy)
{
    Job& job = planned.job;
    if (p.kind == Placement::Kind::parameter) job.parameters[p.index * job.runs() + run] = value;
    else if (p.kind == Placement::Kind::structure) job.structures[p.index * job.runs() + run] = p.codes[static_cast<std::size_t>(value)];
    else if (p.kind == Placement::Kind::course) planned.points[run].courses.push_back(p.course(value));
    else if (p.kind == Placement::Kind::dial) {
        move_parameters(p.index, value, run, job.parameters, job.runs());
        for (Course& course : dial_courses(p.index, value, policy.start, policy.horizon)) planned.points[run].courses.push_back(std::move(course));
    }
}

PlannedJob job_of(const Plan& plan, const Piece& piece, const EnsembleOptions& options)
{
    const auto replicate_of = [&](std::uint32_t run) { return static_cast<std::uint32_t>((piece.first + run) / plan.points); };
    const std::uint32_t first_replicate = replicate_of(0);
    std::vector<std::uint32_t> distinct(replicate_of(piece.runs - 1) - first_replicate + 1), which;
    std::iota(distinct.begin(), distinct.end(), first_replicate);
    const Point& common = *plan.courses[piece.policy];
    PlannedJob planned{job_without_points(plan.policies[piece.policy], plan.policies[piece.policy].seed, std::move(distinct), options, plan.together), {}};
    Job& job = planned.job;
    if (plan.points > 1) {
        for (std::uint32_t run = 0; run < piece.runs; ++run) which.push_back(replicate_of(run) - first_replicate);
        job = spread(job, which);
    }
    job.kept = plan.kept;
    job.fingerprint = plan.fingerprint && piece.first == 0;
    job.points.assign(piece.runs, &common);
    const auto has_courses = [](const Placement& p) { return p.kind == Placement::Kind::course || p.kind == Placement::Kind::dial; };
    const bool own_courses = std::ranges::any_of(plan.placements, [&](const Placements& all) { return std::ranges::any_of(all, has_courses); });
    if (own_courses) planned.points.assign(piece.runs, Point{{}, &common});
    for (std::uint32_t run = 0; run < piece.runs; ++run) {
        const double* const value = plan.values.data() + (piece.first + run) % plan.points * plan.placements.size();
        for (std::size_t f = 0; f < plan.placements.size(); ++f)
            for (const Placement& p : plan.placements[f]) set_in(planned, p, value[f], run, plan.policies[piece.policy]);
        if (own_courses) job.points[run] = &planned.points[run];
    }
    return planned;
}

} // namespace entente
