#include "estimates.hpp"
#include "consolidate.hpp"
#include "../store/parts.hpp"
#include "pieces.hpp"
#include "provenance.hpp"
#include "values.hpp"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace entente {

std::uint64_t failed_runs(const StoredSweep& s) { return std::accumulate(s.estimates.failed.begin(), s.estimates.failed.end(), std::uint64_t{0}); }

static SweepFailures failures_in(const std::string& path, const SweepHead& h)
{
    SweepFailures found{.causes = {}, .by_point = {.factors = {}, .value = h.values, .hits = std::vector<std::uint32_t>(h.points), .runs = std::vector<std::uint32_t>(h.points)}};
    some_at_a_time(h.replicates, h.points, [&](std::uint32_t first, std::uint32_t replicates) {
        const StoredFailures failures = read_failures(path, first, replicates);
        for (std::size_t i = 0; i < failures.quarter.size(); ++i) {
            const Fate fate = fate_of(failures.quarter[i]);
            if (fate == Fate::not_made) {
                ++found.not_made;
                continue;
            }
            ++found.by_point.runs[i % h.points];
            if (fate == Fate::whole) continue;
            ++found.by_point.hits[i % h.points];
            ++found.causes[{failures.variable[i], !std::isnan(failures.value[i])}];
        }
    });
    return found;
}

SweepEstimate estimate_of(const StoredSweep& s, const std::string& path, const std::optional<std::string>& against)
{
    const SweepHead& h = s.head;
    const std::size_t held_against = against ? policy_number(h, *against, refusal::NoSuchPolicy::For::differences) : 0;
    SweepEstimate e{.title = title_of(h.provenance),
                    .policies = h.policies,
                    .outcomes = {},
                    .estimates = {},
                    .against = held_against,
                    .points = h.points,
                    .replicates = h.replicates_asked(),
                    .finished = std::uint64_t{h.replicates} * h.points * h.policies.size(),
                    .asked = h.provenance.runs,
                    .failed = failed_runs(s)};
    if (!h.complete || e.failed > 0) e.failures = failures_in(path, h), e.finished -= e.failures.not_made;
    for (std::size_t o = 0; o < h.outcomes.size(); ++o) {
        e.outcomes.push_back(parse_quantity(h.outcomes[o]));
        e.estimates.push_back(policy_estimates(e.outcomes[o], values_in(path, h, o), held_against));
        if (h.points > 1) e.point_differences.push_back(point_differences(e.outcomes[o], values_in(path, h, o)));
    }
    return e;
}

SweepEstimate estimate_of(const Parts& parts, const Experiment& e)
{
    SweepEstimate so_far{.title = title_of(e.provenance),
                         .policies = e.policy_names,
                         .outcomes = e.outcomes,
                         .estimates = {},
                         .points = e.plan.points,
                         .replicates = e.plan.replicates,
                         .asked = runs_in(e.plan, parts.shard())};
    for (const std::uint64_t number : parts.finished()) {
        const BlockResult result = read_piece(e, parts, number).result;
        so_far.finished += result.failed_quarter.size();
        so_far.failed += static_cast<std::uint64_t>(std::ranges::count_if(result.failed_quarter, [](int quarter) { return fate_of(quarter) == Fate::failed; }));
    }
    std::vector<std::size_t> policies(e.plan.policies.size());
    std::iota(policies.begin(), policies.end(), std::size_t{0});
    const std::uint32_t replicates = std::max(1u, replicates_begun(e.plan, {&parts}));
    for (std::size_t o = 0; o < e.outcomes.size(); ++o) so_far.estimates.push_back(policy_estimates(e.outcomes[o], values_in(e.plan, parts, o, policies, replicates)));
    return so_far;
}

} // namespace entente
