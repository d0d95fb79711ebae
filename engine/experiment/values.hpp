// The values of an outcome where they lie, in a result or in parts: read some replicates at a time, as often as they are gone through.
#pragma once
#include "../analysis/estimate.hpp"
#include "../store/sweep_file.hpp"
#include "refusal.hpp"
#include <algorithm>
#include <functional>

namespace entente {

/// Calls `use` with the first and the number of some whole replicates, about 16,384 runs of a policy, until all have been.
template <class Use> void some_at_a_time(std::uint32_t replicates, std::size_t points, Use use)
{
    const auto some = static_cast<std::uint32_t>(std::max<std::size_t>(1, 16384 / points));
    for (std::uint32_t first = 0; first < replicates; first += std::min(some, replicates - first)) use(first, std::min(some, replicates - first));
}
/// The place of a policy in a sweep. Throws Refused if there is none of this name.
std::size_t policy_number(const SweepHead& head, const std::string& name, refusal::NoSuchPolicy::For what_for);
/// Of all policies of a sweep's result.
SweepValues values_in(const std::string& path, const SweepHead& head, std::size_t outcome);
/// Of a policy in one result, then of one in another of the same replicates and points.
struct OutcomeAt {
    std::string path;
    bool complete; ///< not of an interrupted sweep
    std::size_t outcome, policy;
};
/// b's as a second policy.
SweepValues values_in(const OutcomeAt& a, const OutcomeAt& b, std::uint32_t replicates, std::size_t points);
/// Of these policies in parts of a plan, up to so many replicates. Both are to stay as long as the values are used.
SweepValues values_in(const Plan& plan, const Parts& parts, std::size_t outcome, std::vector<std::size_t> policies, std::uint32_t replicates);

/// Of an outcome under a policy, at each point. Its values, [replicate][point] of what is asked for, are read again: those of a few points at once, or of a long
/// column again and again.
std::vector<Interval> quantiles(const std::function<std::vector<double>(Range replicates, Range points)>& read, double level, std::size_t replicates, std::size_t points);

} // namespace entente
