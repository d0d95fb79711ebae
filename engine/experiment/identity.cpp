#include "identity.hpp"
#include "asked.hpp"
#include "../core/text.hpp"
#include "../store/layout.hpp"
#include "provenance.hpp"
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <stdexcept>

namespace entente {

static std::string stop_text(const Experiment& e, const Stop& stop) { return text_of({e.outcomes[stop.outcome], stop.half_width}); }

Identity identity_of(const Experiment& e)
{
    Identity identity = {{"engine", e.provenance.engine_sources}, {"precision", e.provenance.precision}, {"keep", e.provenance.keep}, {"run limit", fmt::format("{} s", e.options.run_limit_s)}};
    for (std::size_t k = 0; k < e.plan.policies.size(); ++k)
        identity.emplace_back(e.sweep ? "policy " + e.policy_names[k] : "scenario", without_origins(resolved_toml(e.plan.policies[k])));
    std::string outcomes, stops;
    for (const Quantity& q : e.outcomes) outcomes += q.text + "\n";
    for (const Stop& s : e.stops) stops += fmt::format("{}{}\n", stop_text(e, s), s.difference ? ", difference" : "");
    if (e.sweep && !e.stops.empty()) stops += fmt::format("after {} replicates at least\n", e.least);
    identity.emplace_back("outcomes", outcomes);
    identity.emplace_back("stop", stops);
    identity.emplace_back("replicates", fmt::format("{}", e.plan.replicates));
    if (e.sweep) identity.emplace_back("points", design_csv(e.design, e.sweep->factors));
    return identity;
}

Identity about_of(const Experiment& e)
{
    Identity about;
    for (const store::ProvenanceText& text : store::provenance_texts()) about.emplace_back(text.name, e.provenance.*text.member);
    about.emplace_back("seed", fmt::format("{}", e.provenance.seed));
    about.emplace_back("runs", fmt::format("{}", e.provenance.runs));
    about.emplace_back("replicates", fmt::format("{}", e.plan.replicates));
    if (e.sweep) about.emplace_back("points", design_csv(e.design, e.sweep->factors));
    about.emplace_back("base", fmt::format("{}", fmt::join(e.design.base, " ")));
    about.emplace_back("moved", fmt::format("{}", fmt::join(e.design.moved, " ")));
    std::string stops;
    for (const Stop& s : e.stops) stops += stop_text(e, s) + "\n";
    about.emplace_back("stops", stops);
    for (const auto& [name, asked] : {std::pair{"dial futures", e.beside.dial_futures}, std::pair{"readings", e.beside.readings}, std::pair{"prior futures", e.beside.prior_futures}})
        about.emplace_back(name, asked ? fmt::format("{}", *asked) : "");
    return about;
}

std::optional<refusal::OtherResult> difference_to(const Provenance& stored, const Provenance& asked)
{
    using In = refusal::OtherResult::In;
    const auto other = [](In in, const std::string& there) { return refusal::OtherResult{.path = "", .in = in, .there = there}; };
    if (without_origins(stored.scenario_resolved) != without_origins(asked.scenario_resolved)) return other(In::scenario, "");
    if (stored.engine_sources != asked.engine_sources)
        return other(In::engine, fmt::format("{} {}, this is {} {}", stored.engine_version, stored.engine_commit, asked.engine_version, asked.engine_commit));
    if (stored.precision != asked.precision) return other(In::precision, stored.precision);
    if (stored.keep != asked.keep) return other(In::keep, stored.keep);
    return std::nullopt;
}

} // namespace entente
