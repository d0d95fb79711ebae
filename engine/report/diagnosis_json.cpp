#include "diagnosis.hpp"

namespace entente::report {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const std::optional<double>& x) { return x ? Json(*x) : Json(); }

Json json_of(const DrawSummary& s) { return {{"mean", s.mean}, {"sd", s.sd}, {"p5", s.low}, {"median", s.median}, {"p95", s.high}}; }

Json json_of(const std::optional<JointFit>& fit)
{
    if (!fit) return nullptr;
    return {{"distance", fit->distance}, {"directions", fit->directions}, {"p", fit->p}};
}

Json json_of(const ParameterDiagnosis& d)
{
    const Learning& l = d.learned;
    return {{"name", d.parameter.name},
            {"unit", d.parameter.unit},
            {"meaning", d.parameter.meaning},
            {"prior_text", d.parameter.prior},
            {"posterior", json_of(d.posterior)},
            {"prior", json_of(d.prior)},
            {"rhat", d.trust.rhat},
            {"ess_bulk", d.trust.ess_bulk},
            {"ess_tail", d.trust.ess_tail},
            {"mcse", {{"mean", d.trust.mcse_mean}, {"sd", d.trust.mcse_sd}, {"p5", d.trust.mcse_low}, {"median", d.trust.mcse_median}, {"p95", d.trust.mcse_high}}},
            {"trusted", trusted(d.trust)},
            {"scale", d.by_logarithm ? "logarithm" : "own"},
            {"contraction", l.contraction},
            {"contraction_error", l.contraction_error},
            {"shift", l.shift},
            {"shift_error", l.shift_error},
            {"learned", l.learned},
            {"prior_p", d.prior_p}};
}

Json json_of(const StructureDiagnosis& d)
{
    Json alternatives = Json::array();
    for (std::size_t a = 0; a < d.structure.alternatives.size(); ++a)
        alternatives.push_back({{"name", d.structure.alternatives[a]}, {"prior", d.prior[a]}, {"posterior", d.learned.posterior[a]}, {"error", d.learned.error[a]}});
    return {{"name", d.structure.name}, {"meaning", d.structure.meaning}, {"alternatives", alternatives}, {"learned", d.learned.learned},
            {"rhat", d.rhat},           {"effective", d.effective}};
}

Json json_of(const TargetDiagnosis& d)
{
    Json observations = Json::array();
    for (const ObservationDiagnosis& o : d.observations)
        observations.push_back(
            {{"date", o.observed.date}, {"observed", o.observed.value}, {"sd", o.observed.sd}, {"fitted", o.observed.fitted}, {"predicted", json_of(o.predicted)}, {"p", o.p}, {"prior_p", json_of(o.prior_p)}});
    const CalibratedTarget& first = d.observations.front().observed;
    return {{"target", d.target}, {"unit", first.unit}, {"transform", first.transform}, {"observations", observations}, {"joint", json_of(d.joint)}, {"met", d.met}};
}

template <class Rows> Json list_of(const Rows& rows)
{
    Json all = Json::array();
    for (const auto& r : rows) all.push_back(json_of(r));
    return all;
}

} // namespace

Json json_of(const Diagnosis& d, const Posterior& p)
{
    return {{"title", p.title},
            {"method", p.method},
            {"stopped", p.stopped},
            {"runs", p.runs},
            {"chains", d.chains},
            {"draws", d.draws},
            {"different", d.different},
            {"trusted", d.trusted},
            {"parameters", list_of(d.parameters)},
            {"structures", list_of(d.structures)},
            {"targets", list_of(d.targets)},
            {"fitted", json_of(d.fitted)},
            {"only_predicted", json_of(d.only_predicted)}};
}

} // namespace entente::report
