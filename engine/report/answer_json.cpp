#include "../core/quarter.hpp"
#include "answer.hpp"
#include "headline.hpp"
#include "numbers.hpp"
#include "uncertainty_table.hpp"
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace entente::report {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Share& s, const Band* band, const KindsOfUncertainty* kinds)
{
    Json out = {{"share", s.share}, {"low", s.low}, {"high", s.high}, {"count", s.count}, {"readings", nullptr}, {"uncertainty", nullptr}};
    if (kinds) out["uncertainty"] = report::json_of(*kinds);
    if (band) out["readings"] = {{"p5", band->low}, {"p95", band->high}, {"outside", lies_outside(s, *band)}};
    return out;
}

Json json_of(const Effect& e) { return {{"mean", e.mean}, {"low", e.low}, {"high", e.high}}; }

Json json_of(const DialEffect& e)
{
    Json out = {{"dial", e.dial}, {"variable", e.variable}, {"alignment_index", json_of(e.alignment_index)}};
    for (const int c : class_order) out["classes"][std::string(class_names[c])] = json_of(e.classes[static_cast<std::size_t>(c)]);
    for (const int o : orientation_order) out["orientations"][std::string(orientation_names[o])] = json_of(e.orientations[static_cast<std::size_t>(o)]);
    return out;
}

Json json_of(const DriverEffects& effects)
{
    Json out = {{"futures", effects.futures}, {"at", quarter_name(effects.quarter)}};
    for (const DriverEffect& d : effects.drivers)
        out["effects"][d.name] = {{"label", d.label}, {"alone", d.alone}, {"variable", d.variable},
                                  {"dial", d.dial},   {"level", d.level}, {"ends", {{"low", json_of(d.low)}, {"high", json_of(d.high)}}}};
    return out;
}

Json json_of(const Readings& r)
{
    Json statements = Json::array();
    for (const Statement& s : r.statements) statements.push_back({{"text", s.text}, {"holds", s.holds}});
    return {{"readings", r.readings}, {"futures", r.futures}, {"at", quarter_name(r.quarter)}, {"statements", statements}};
}

Json json_of(const PriorEffect& e) { return {{"posterior", e.posterior.share}, {"priors", e.priors.share}, {"difference", json_of(e.difference)}}; }

Json json_of(const PriorEffects& p)
{
    Json out = {{"futures", p.futures}, {"pairs", p.pairs}, {"interval", "95 %, paired: both draw the same random numbers but for parameters"}};
    for (std::size_t date = 0; date < p.dates.size(); ++date) {
        Json at;
        for (const int c : class_order) at["classes"][std::string(class_names[c])] = json_of(p.classes[date][static_cast<std::size_t>(c)]);
        for (const int o : orientation_order) at["orientations"][std::string(orientation_names[o])] = json_of(p.orientations[date][static_cast<std::size_t>(o)]);
        out["dates"][quarter_name(p.dates[date])] = at;
    }
    return out;
}

} // namespace

Json json_of(const Answer& a)
{
    Json out = {{"scenario", a.scenario},
                {"title", a.title},
                {"sentence", fmt::format("{}", fmt::join(headline(a, Signs::utf8), " "))},
                {"runs", a.runs},
                {"failed", a.failed},
                {"asked", a.asked},
                {"complete", a.runs == a.asked},
                {"start", quarter_name(a.start)},
                {"horizon", quarter_name(a.horizon)},
                {"interval", "95 % Jeffreys, Monte Carlo error alone"}};
    const Readings* const r = a.readings ? &*a.readings : nullptr;
    for (std::size_t d = 0; d < a.dates.size(); ++d) {
        Json at;
        const auto add = [&](const char* kind, std::string_view name, int which, const std::vector<std::vector<Share>>& shares, const std::vector<std::vector<Band>>* bands,
                             const std::vector<std::vector<KindsOfUncertainty>>* kinds) {
            const auto w = static_cast<std::size_t>(which);
            at[kind][std::string(name)] = json_of(shares[d][w], bands && d < bands->size() ? &(*bands)[d][w] : nullptr, kinds ? &kinds->at(d).at(w) : nullptr);
        };
        const AllUncertainty* const u = a.uncertainty ? &*a.uncertainty : nullptr;
        for (const int c : class_order) add("classes", class_names[c], c, a.classes, r ? &r->classes : nullptr, u ? &u->classes : nullptr);
        for (const int o : orientation_order) add("orientations", orientation_names[o], o, a.orientations, r ? &r->orientations : nullptr, u ? &u->orientations : nullptr);
        for (const IndicatorAnswer& i : a.indicators) at["indicators"][i.name] = {{"median", i.median[d]}, {"p5", i.low[d]}, {"p95", i.high[d]}};
        out["dates"][quarter_name(a.dates[d])] = at;
    }
    for (std::size_t e = 0; e < a.events.size(); ++e) {
        const EventAnswer& event = a.events[e];
        Json one = json_of(event.seen, r ? &r->events[e] : nullptr, a.uncertainty ? &a.uncertainty->events.at(e) : nullptr);
        one["meaning"] = event.meaning;
        one["median"] = event.median ? Json(quarter_name(*event.median)) : Json(nullptr);
        out["events"][event.name] = one;
    }
    out["drivers"] = a.drivers ? json_of(*a.drivers) : Json(nullptr);
    out["readings"] = r ? json_of(*r) : Json(nullptr);
    out["priors"] = a.priors ? json_of(*a.priors) : Json(nullptr);
    out["spread"] = {{"of", "alignment_index"},         {"at", quarter_name(a.attribution_quarter)},
                     {"runs_used", a.attribution_used}, {"parameters", a.by_parameters},
                     {"structures", a.by_structures},   {"method", "adjusted R2 of a linear regression: at least"}};
    return out;
}

} // namespace entente::report
