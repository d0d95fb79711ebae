#include "held.hpp"
#include "../core/quarter.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <stdexcept>

namespace entente {
namespace {

Scenario cut(Scenario s, const std::vector<Quantity>& quantities)
{
    int horizon = 0;
    for (const Quantity& q : quantities) horizon = std::max(horizon, q.to);
    if (horizon > s.horizon) throw std::invalid_argument(fmt::format("a quantity asks for {}, but the scenario ends in {}", quarter_name(horizon), quarter_name(s.horizon)));
    s.horizon = horizon;
    return s;
}

/// A variable's course in one run.
Course course_of(const BlockResult& made, std::size_t variable, std::size_t run)
{
    Course course{.target = Target::variable, .index = variable, .how = std::vector(made.quarters, Imposition::set), .value = std::vector<double>(made.quarters)};
    for (std::size_t q = 0; q < made.quarters; ++q) course.value[q] = made.value(q, variable, run);
    return course;
}

} // namespace

std::vector<std::size_t> variables_of_mechanisms(std::span<const std::string_view> names)
{
    const Description& d = describe();
    std::vector<std::size_t> all;
    for (const std::string_view name : names) {
        const MechanismText& m = d.mechanisms[d.mechanism(name)];
        for (std::size_t v = m.first_variable; v < m.first_variable + m.variables; ++v) all.push_back(v);
    }
    return all;
}

HeldMechanisms::HeldMechanisms(const Scenario& a, const Scenario& b, std::vector<Quantity> quantities, const EnsembleOptions& options)
    : quantities_(std::move(quantities)), options_(options), kernel_(options.kernel ? *options.kernel : choose_kernel(options.precision, options.isa)),
      a_(plan_of(cut(a, quantities_))), b_(plan_of(cut(b, quantities_)))
{
    b_.kept = variables_of(quantities_);
}

std::vector<std::vector<std::vector<double>>> HeldMechanisms::differences(std::uint64_t first, std::uint32_t runs, const std::vector<std::vector<std::size_t>>& held) const
{
    const Piece piece{.policy = 0, .first = first, .runs = runs};
    const BlockResult in_a = kernel_.run(job_of(a_, piece, options_).job);
    std::vector<std::vector<Course>> courses(describe().owned); ///< [variable][run] of those that are held in any
    for (const std::vector<std::size_t>& variables : held)
        for (const std::size_t v : variables)
            if (courses[v].empty())
                for (std::size_t run = 0; run < runs; ++run) courses[v].push_back(course_of(in_a, v, run));
    std::vector all(held.size(), std::vector(quantities_.size(), std::vector<double>(runs, std::numeric_limits<double>::quiet_NaN())));
    PlannedJob planned = job_of(b_, piece, options_);
    const Point* const common = planned.job.points[0];
    BlockResult made;
    for (std::size_t h = 0; h < held.size(); ++h) {
        planned.points.assign(runs, Point{{}, common});
        for (std::size_t run = 0; run < runs; ++run) {
            for (const std::size_t v : held[h]) planned.points[run].courses.push_back(courses[v][run]);
            planned.job.points[run] = &planned.points[run];
        }
        kernel_.run(planned.job, made);
        for (std::size_t run = 0; run < runs; ++run)
            if (in_a.failed_quarter[run] < 0 && made.failed_quarter[run] < 0)
                for (std::size_t q = 0; q < quantities_.size(); ++q) all[h][q][run] = evaluate(quantities_[q], made, run, runs) - evaluate(quantities_[q], in_a, run, runs);
    }
    return all;
}

} // namespace entente
