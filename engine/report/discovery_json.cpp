#include "../core/quarter.hpp"
#include "discovery.hpp"
#include "discovery_words.hpp"
#include <nlohmann/json.hpp>

namespace entente::report {

using Json = nlohmann::ordered_json;

namespace {

Json value_of(const InputColumn& column, double x)
{
    if (column.kind == Factor::Kind::date) return quarter_name(static_cast<int>(x));
    return column.kind == Factor::Kind::choice ? Json(column.choices[static_cast<std::size_t>(x)]) : Json(x);
}

Json limit_of(const Searched& s, const BoxLimit& l, const Box& box)
{
    static constexpr const char* sides[] = {"lower", "upper", "choices"};
    const InputColumn& column = s.cases.columns[l.column];
    Json out = {{"input", column.name}, {"meaning", meaning_of_input(column)}, {"sets", column.sets}, {"side", sides[static_cast<std::size_t>(l.side)]}};
    if (l.side == BoxLimit::Side::choices) {
        out["choices"] = Json::array(), out["inside"] = Json::object();
        for (std::size_t k = 0; k < column.choices.size(); ++k) {
            if (box[l.column].inside[k]) out["choices"].push_back(column.choices[k]);
            out["inside"][column.choices[k]] = k < l.inside.size() ? Json(l.inside[k]) : Json();
        }
    } else {
        out["at"] = value_of(column, l.at), out["low"] = value_of(column, l.interval.low), out["high"] = value_of(column, l.interval.high);
    }
    out["comes_back"] = l.returns, out["quasi_p"] = l.quasi_p;
    return out;
}

Json trajectory_of(const Searched& s, const FoundBox& b)
{
    static constexpr const char* limits[] = {"", "lower", "upper", "without", "with"};
    Json all = Json::array();
    for (const PrimStep& step : b.path.steps) {
        const bool start = step.limit == PrimStep::Limit::none;
        all.push_back({{"input", start ? Json() : Json(s.cases.columns[step.column].name)},
                       {"change", start ? Json() : Json(limits[static_cast<std::size_t>(step.limit)])},
                       {"to", start ? Json() : value_of(s.cases.columns[step.column], step.to)},
                       {"pasted", step.pasted},
                       {"rows", step.in.rows},
                       {"runs", step.in.runs},
                       {"hits", step.in.hits},
                       {"mass", step.mass},
                       {"coverage", step.coverage},
                       {"density", step.density},
                       {"restricted", step.restricted}});
    }
    return all;
}

Json box_of(const Searched& s, const FoundBox& b)
{
    Json limits = Json::array(), loose = Json::array(), searched = Json::array();
    for (const std::size_t c : b.columns) searched.push_back(s.cases.columns[c].name);
    const Box found = box_at(b.path, b.step);
    for (const BoxLimit& l : b.limits) limits.push_back(limit_of(s, l, b.box));
    for (const BoxLimit& l : b.loose) loose.push_back(limit_of(s, l, found));
    const HeldOut& h = b.held_out;
    return {{"sentence", sentence_of(s, b)},
            {"stands", b.stands},
            {"step", b.step},
            {"rows", b.in.rows},
            {"runs", b.in.runs},
            {"hits", b.in.hits},
            {"mass", b.mass},
            {"coverage", b.coverage},
            {"density", {{"estimate", b.density.estimate}, {"low", b.density.low}, {"high", b.density.high}}},
            {"rest_density", b.rest_density},
            {"held_out", {{"halves", h.halves}, {"density", h.density}, {"coverage", h.coverage}, {"mass", h.mass}, {"all_density", h.all_density}, {"p", h.p}}},
            {"searched", b.columns.empty() ? Json() : searched},
            {"limits", limits},
            {"loose", loose},
            {"trajectory", trajectory_of(s, b)}};
}

} // namespace

Json json_of(const Found& f)
{
    const Searched& s = f.searched;
    static constexpr const char* sources[] = {"run", "sweep", "tables"};
    static constexpr const char* ends[] = {"enough", "never", "always", "no_better", "does_not_stand", "not_dense", "no_inputs"};
    Json inputs = Json::array(), boxes = Json::array(), tree = Json::array();
    for (const InputColumn& c : s.cases.columns) inputs.push_back({{"name", c.name}, {"sets", c.sets}, {"meaning", meaning_of_input(c)}});
    for (const FoundBox& b : f.discovery.boxes) boxes.push_back(box_of(s, b));
    for (const TreeLeaf& leaf : f.tree)
        tree.push_back({{"where", leaf.text}, {"hits", leaf.share.count}, {"runs", leaf.share.runs}, {"share", leaf.share.share}, {"low", leaf.share.low}, {"high", leaf.share.high}});
    const CaseCount& all = f.discovery.all;
    return {{"of", s.of},
            {"from", sources[static_cast<std::size_t>(s.from)]},
            {"file", s.file},
            {"title", s.title},
            {"policy", s.policy.empty() ? Json() : Json(s.policy)},
            {"rows", all.rows},
            {"runs", all.runs},
            {"hits", all.hits},
            {"density", all.density()},
            {"runs_left_out", s.runs_left_out},
            {"rows_left_out", s.rows_left_out},
            {"draws", s.draws > 0 ? Json(s.draws) : Json()},
            {"inputs", inputs},
            {"constant", s.constant},
            {"resamples", f.options.resamples},
            {"resampling_seed", f.options.seed},
            {"ended", ends[static_cast<std::size_t>(f.discovery.end)]},
            {"says", end_text(s, f.discovery, f.options)},
            {"boxes", boxes},
            {"tree", tree}};
}

} // namespace entente::report
