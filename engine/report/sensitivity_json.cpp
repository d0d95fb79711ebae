#include "../core/quarter.hpp"
#include "sensitivity.hpp"
#include <cmath>
#include <nlohmann/json.hpp>

namespace entente::report {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Index& i) { return {{"value", i.value}, {"low", i.low}, {"high", i.high}, {"zero", std::isnan(i.value) ? Json() : Json(is_no_share(i))}}; }
/// Of an effect, which has a sign.
Json signed_json(const Index& i) { return {{"value", i.value}, {"low", i.low}, {"high", i.high}, {"zero", std::isnan(i.value) ? Json() : Json(is_zero(i))}}; }
Json json_of(const Pawn& p) { return {{"least", p.least}, {"mean", p.mean}, {"median", p.median}, {"most", p.most}, {"noise", p.noise}, {"zero", p.is_zero()}}; }
Json json_of(const Delta& d) { return {{"value", d.index.value}, {"low", d.index.low}, {"high", d.index.high}, {"raw", d.raw}, {"noise", d.noise}, {"zero", d.is_zero()}}; }
Json json_of(const Regional& r) { return {{"distance", r.distance}, {"p", r.p}, {"direction", r.direction}}; }
Json json_of(const Rank& r) { return r.best == 0 ? Json() : Json({{"best", r.best}, {"worst", r.worst}}); }

/// What the methods of an outcome say of one input.
Json input_json(const OutcomeIndices& o, const Sensitivity& s, std::size_t k, const std::vector<std::pair<const char*, std::vector<Rank>>>& ranks)
{
    Json one = {{"input", s.inputs[k].name}};
    if (o.sobol) one["first"] = json_of(o.sobol->first[k]), one["total"] = json_of(o.sobol->total[k]);
    if (o.morris) one["mu"] = signed_json(o.morris->factors[k].mu), one["mu_star"] = json_of(o.morris->factors[k].mu_star), one["sigma"] = json_of(o.morris->factors[k].sigma);
    if (o.given && !o.given->first.empty()) one["rank_first"] = json_of(o.given->first[k]), one["curve"] = json_of(o.given->curve[k]), one["zero"] = bool(o.given->zero()[k]);
    if (o.given && !o.given->pawn.empty()) one["pawn"] = json_of(o.given->pawn[k]);
    if (o.given && !o.given->delta.empty()) one["delta"] = json_of(o.given->delta[k]);
    if (o.given && !o.given->regional.empty()) one["regional"] = json_of(o.given->regional[k]);
    one["rank"] = Json::object();
    for (const auto& [by, of] : ranks) one["rank"][by] = json_of(of[k]);
    return one;
}

Json outcome_json(const OutcomeIndices& o, const Sensitivity& s)
{
    Json out = {{"outcome", o.outcome}, {"rows", o.rows}, {"failed", o.failed}, {"mean", o.mean}, {"variance", o.variance}, {"always_the_same", o.is_always_the_same}};
    out["fault"] = o.fault.empty() ? Json() : Json(o.fault);
    out["seed"] = {{"share", json_of(o.seed.share)}, {"common", o.seed.common}, {"variance", o.seed.variance}, {"points", o.seed.points}, {"replicates", o.seed.replicates}};
    if (o.sobol) {
        out["base_rows"] = o.sobol->rows, out["additive"] = json_of(o.sobol->additive), out["design_variance"] = json_of(o.sobol->variance);
        if (!o.sobol->pairs.empty()) out["pairs"] = Json::array();
        for (const auto& p : o.sobol->pairs) out["pairs"].push_back({{"a", s.inputs[p.a].name}, {"b", s.inputs[p.b].name}, {"second", json_of(p.second)}});
    }
    if (o.morris) out["trajectories"] = o.morris->trajectories;
    if (o.given) {
        out["together"] = json_of(o.given->together), out["squares"] = o.given->squares;
        out["split"] = o.given->split ? Json(*o.given->split) : Json();
    }
    out["groups"] = Json::array();
    for (std::size_t g = 0; g < s.groups.size(); ++g) {
        Json group = {{"group", s.groups[g].name}, {"inputs", Json::array()}};
        for (const std::size_t k : s.groups[g].inputs) group["inputs"].push_back(s.inputs[k].name);
        if (o.sobol) group["at_least"] = json_of(o.sobol->groups[g].alone), group["at_most"] = json_of(o.sobol->groups[g].total);
        if (o.given && !o.given->groups.empty()) group["together"] = json_of(o.given->groups[g]);
        out["groups"].push_back(std::move(group));
    }
    std::vector<std::pair<const char*, std::vector<Rank>>> ranks;
    if (o.sobol) ranks.emplace_back("total", ranks_among(o.sobol->total)), ranks.emplace_back("first", ranks_among(o.sobol->first));
    if (o.morris) {
        std::vector<Index> sizes;
        for (const auto& f : o.morris->factors) sizes.push_back(f.mu_star);
        ranks.emplace_back("mu_star", ranks_among(sizes));
    }
    if (o.given && !o.given->first.empty()) ranks.emplace_back("strongest", ranks_among(o.given->strongest()));
    out["inputs"] = Json::array();
    if (o.sobol || o.morris || o.given)
        for (std::size_t k = 0; k < s.inputs.size(); ++k) out["inputs"].push_back(input_json(o, s, k, ranks));
    return out;
}

constexpr const char* layout_names[] = {"given", "saltelli", "morris"};

} // namespace

Json json_of(const SensitivityStudy& study)
{
    const Sensitivity& s = study.found;
    Json out = {{"title", study.title},
                {"of", study.rows},
                {"design", layout_names[static_cast<std::size_t>(s.layout)]},
                {"rows", s.rows},
                {"replicates", s.replicates},
                {"given", study.given.empty() ? Json() : Json(study.given)},
                {"given_from", study.given.empty() ? Json() : Json(study.given_from)},
                {"drawn_together", study.drawn_together},
                {"resamples", study.asked.resampling.resamples},
                {"resampling_seed", study.asked.resampling.seed},
                {"slices", study.asked.slices},
                {"inputs", Json::array()},
                {"constant", s.constant}};
    for (const InputColumn& input : s.inputs) out["inputs"].push_back({{"input", input.name}, {"sets", input.sets}});
    out["outcomes"] = Json::array();
    for (const OutcomeIndices& o : s.outcomes) out["outcomes"].push_back(outcome_json(o, s));
    out["series"] = Json::array();
    for (const SeriesIndices& series : s.series) {
        Json one = {{"quantity", series.name}, {"dates", Json::array()}, {"inputs", Json::array()}};
        for (const int quarter : series.quarters) one["dates"].push_back(quarter_name(quarter));
        for (std::size_t k = 0; k < series.first.size(); ++k) {
            one["inputs"].push_back({{"input", s.inputs[k].name}, {"first", json_of(series.first[k])}});
            if (!series.total.empty()) one["inputs"].back()["total"] = json_of(series.total[k]);
        }
        out["series"].push_back(std::move(one));
    }
    return out;
}

} // namespace entente::report
