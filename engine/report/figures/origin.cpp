#include "figures.hpp"

namespace entente::report {

Origin origin_of(const StoredResult& r)
{
    return {.scenario = r.provenance.scenario_title, .version = r.provenance.engine_version, .seed = r.provenance.seed, .runs = r.summary.runs - r.summary.failed};
}

Origin origin_of(const StoredSweep& s)
{
    std::uint64_t failed = 0;
    for (const std::uint32_t f : s.estimates.failed) failed += f;
    return {.scenario = s.head.provenance.scenario_title,
            .version = s.head.provenance.engine_version,
            .seed = s.head.provenance.seed,
            .runs = std::uint64_t{s.head.policies.size()} * s.head.points * s.head.replicates - failed};
}

Origin origin_of(const Posterior& p) { return {.scenario = p.title, .version = p.engine_version, .seed = p.seed, .runs = std::uint64_t{p.posterior.chains} * p.posterior.draws}; }

} // namespace entente::report
