// The values of an outcome where they lie, in a result or in parts: read some replicates at a time, as often as they are gone through.
#pragma once
#include "../analysis/estimate.hpp"
#include "../store/sweep_file.hpp"

namespace entente::cli {

/// So many whole replicates, at least one, hold about 16,384 runs of a policy.
std::uint32_t replicates_at_once(std::size_t points);
/// Of all policies of a sweep's result.
SweepValues values_in(const std::string& path, const SweepHead& head, std::size_t outcome);
/// Of a policy in one result, then of one in another of the same replicates and points.
struct Place {
    std::string path;
    bool complete; ///< not of an interrupted sweep
    std::size_t outcome, policy;
};
SweepValues values_in(const Place& a, const Place& b, std::uint32_t replicates, std::size_t points);
/// Of these policies in parts of a plan, up to so many replicates. Both are to stay as long as the values are used.
SweepValues values_in(const Plan& plan, const Parts& parts, std::size_t outcome, std::vector<std::size_t> policies, std::uint32_t replicates);

} // namespace entente::cli
