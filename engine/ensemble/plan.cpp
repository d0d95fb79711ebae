#include "plan.hpp"
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
