#include "../core/text.hpp"
#include "../scenario/dials.hpp"
#include "../scenario/layers.hpp"
#include "sweep_reading.hpp"
#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <limits>

namespace entente {
namespace {

using Kind = TomlValue::Kind;
/// Tables of an array [[name]], or of one table [name].
std::vector<GivenValue> tables_of(const TomlValue& tree, const std::string& file, const char* name, Problems& problems)
{
    const TomlEntry* const e = tree.find(name);
    if (!e) return {};
    const GivenValue all{&e->value, file, name, e->line, e->column};
    std::vector<GivenValue> list;
    if (e->value.kind == Kind::array)
        for (const TomlValue& v : e->value.items) list.push_back(all.item(v));
    else list.push_back(all);
    for (const GivenValue& g : list)
        if (g.value->kind != Kind::table) problems.add(g.origin(), fmt::format("{0}: tables [[{0}]], got {1}", name, got(*g.value)));
    std::erase_if(list, [](const GivenValue& g) { return g.value->kind != Kind::table; });
    return list;
}

void read_stops(Sweep& s, const TomlValue& tree, const std::string& file, Problems& problems)
{
    for (const GivenValue& given : tables_of(tree, file, "stop", problems)) {
        only_keys(given, {"outcome", "half_width", "of", "least"}, problems);
        StopRule rule{.outcome = {}, .half_width = 0, .difference = false, .origin = given.origin()};
        if (const auto g = required(given, "outcome", problems)) {
            rule.outcome = read_text(*g, problems).value_or("");
            std::vector<std::string> names;
            for (const Asked& asked : s.outcomes) names.push_back(asked.text);
            if (std::ranges::find(names, rule.outcome) == names.end())
                problems.add(g->origin(), fmt::format("stop: outcome: one of `outcomes`, got '{}'{}", rule.outcome, did_you_mean(rule.outcome, names)));
        }
        if (const auto g = required(given, "half_width", problems)) {
            rule.half_width = read_number(*g, 0, std::numeric_limits<double>::max(), problems).value_or(1);
            rule.of_width = g->origin();
            if (rule.half_width == 0) problems.add(g->origin(), "stop: half_width: above 0, got 0");
        }
        if (const auto g = entry_of(given, "of")) {
            const std::string of = read_text(*g, problems).value_or("");
            rule.difference = of == "difference";
            if (of != "difference" && of != "value") problems.add(g->origin(), fmt::format("stop: of: \"value\" or \"difference\" (to the first policy, paired), got '{}'", of));
            if (rule.difference && s.policy_names.size() < 2) problems.add(g->origin(), "stop: of: a difference needs two policies");
        }
        if (const auto g = entry_of(given, "least")) s.least = std::max(s.least, static_cast<std::uint32_t>(read_whole(*g, 1, most_runs, problems).value_or(1)));
        s.stops.push_back(rule);
    }
    if (s.least > s.replicates && !s.stops.empty()) problems.add(s.stops[0].origin, fmt::format("stop: least: up to the design's {} replicates, got {}", s.replicates, s.least));
}

/// A table without some of its keys, as a layer of its own.
Layer layer_of(const GivenValue& given, const std::vector<std::string>& without)
{
    Layer layer{given.file, "", *given.value};
    std::erase_if(layer.tree.entries, [&](const TomlEntry& e) { return std::ranges::find(without, e.key) != without.end(); });
    return layer;
}

/// Everything that reads the scenario's files.
struct Base {
    std::deque<Layer> scenario, over;
    const Overlay& overlay;
};

/// Sections and names that factors set, and which factor does.
struct Elsewhere {
    std::vector<std::array<std::string, 2>> sets;
    std::vector<std::size_t> factor;
};

void read_policies(Sweep& s, const Base& base, const TomlValue& tree, const std::string& path, const Elsewhere& elsewhere, Problems& problems)
{
    std::vector<GivenValue> tables = tables_of(tree, path, "policy", problems);
    for (const GivenValue& given : tables) {
        std::string name;
        const auto g = entry_of(given, "name");
        if (!g) problems.add(given.origin(), "policy: `name` is missing");
        else {
            name = read_text(*g, problems).value_or("");
            if (name.empty() || std::ranges::any_of(name, [](unsigned char c) { return c < ' ' || c == '"' || c == '\\'; }))
                problems.add(g->origin(), "policy: name: a line without quotation marks and backslashes");
            const auto bare = [](std::string text) { return std::erase(text, ' '), text; };
            if (const auto other = std::ranges::find(s.policy_names, bare(name), bare); other != s.policy_names.end())
                problems.add(g->origin(), fmt::format("policy: name: '{}' is there already{}", *other, *other == name ? "" : ", and only blanks differ"));
        }
        for (std::size_t i = 0; i < elsewhere.sets.size(); ++i)
            if (const TomlEntry* section = given.value->find(elsewhere.sets[i][0]))
                if (const TomlEntry* what = section->value.find(elsewhere.sets[i][1]))
                    problems.add({path, what->line, what->column}, fmt::format("policy {}: {}.{} is a factor, see {}", name, elsewhere.sets[i][0], elsewhere.sets[i][1],
                                                                               place_text(s.factors[elsewhere.factor[i]].origin)));
        for (const char* key : {"start", "horizon", "seed", "runs", "draw", "agents", "title", "assumes", "expect"})
            if (const TomlEntry* e = given.value->find(key))
                problems.add({path, e->line, e->column}, fmt::format("policy {}: {} is the same for all policies: it belongs to [scenario]", name, key));
        s.policy_names.push_back(name);
        std::deque<Layer> over = base.over;
        over.push_front(layer_of(given, {"name", "start", "horizon", "seed", "runs", "draw", "agents", "title", "assumes", "expect"}));
        if (over.size() > 1) std::swap(over[0], over[1]); // [scenario], then the policy, then the command line
        s.policies.push_back(build_scenario(base.scenario, over, base.overlay, elsewhere.sets, problems));
        s.policies.back().name = name;
    }
    if (!tables.empty()) return;
    s.policy_names = {"scenario"};
    s.policies.push_back(build_scenario(base.scenario, base.over, base.overlay, elsewhere.sets, problems));
}

/// What a parameter lies between, under a policy and all points.
struct Extremes {
    double low, high;
    const Factor* factor; ///< that sets it, if one does
};
Extremes extremes_of(const Sweep& s, const Scenario& policy, std::string_view parameter)
{
    for (std::size_t i = 0; i < s.factors.size(); ++i)
        if (std::ranges::find(s.placements[i], fmt::format("parameters.{}", parameter), &Placement::sets) != s.placements[i].end())
            return {s.factors[i].low, s.factors[i].high, &s.factors[i]};
    const double value = drawn_quantile(policy, Description::find(describe().parameters, parameter), 0.5);
    return {value, value, nullptr};
}
/// As the scenario's reader does it, where a factor sets one of two parameters.
void check_order(const Sweep& s, Problems& problems)
{
    for (const auto& [lower, upper] : ordered_parameters)
        for (const Scenario& policy : s.policies) {
            const Extremes low = extremes_of(s, policy, lower), high = extremes_of(s, policy, upper);
            if ((!low.factor && !high.factor) || !std::isfinite(low.high) || !std::isfinite(high.low) || low.high <= high.low) continue;
            problems.add((low.factor ? low.factor : high.factor)->origin, fmt::format("{}: up to {}, which is {} at least, got up to {}", lower, upper, high.low, low.high));
            break;
        }
}

/// The factor that sets this, "drivers.taiwan_window"; null if none does.
const Factor* factor_of(const Sweep& s, const std::string& sets)
{
    for (std::size_t i = 0; i < s.factors.size(); ++i)
        if (std::ranges::find(s.placements[i], sets, &Placement::sets) != s.placements[i].end()) return &s.factors[i];
    return nullptr;
}
/// As the scenario's reader does it, where a factor sets a dial or what one moves.
void check_dials(const Sweep& s, Problems& problems)
{
    for (std::size_t d = 0; d < drivers.size(); ++d) {
        const std::string key = fmt::format("drivers.{}", drivers[d].name);
        const Factor* const dial = factor_of(s, key);
        for (const DialRow& row : dial_rows) {
            const Factor* const other = row.driver == drivers[d].name ? factor_of(s, fmt::format("{}.{}", row.section, row.name)) : nullptr;
            if (!other) continue;
            const std::string what = fmt::format("{}: moves {}, which is a factor, see {}; one of the two", key, row.name, place_text(other->origin));
            if (dial) problems.add(dial->origin, what);
            for (const Scenario& policy : s.policies)
                if (const auto at = policy.origins.find(key); policy.dials[d] != dial_at_rest && at != policy.origins.end()) problems.add(at->second, what);
        }
        if (dial)
            for (const Scenario& policy : s.policies)
                for (const Clash& clash : clashes(policy, d))
                    problems.add(dial->origin, fmt::format("{}: moves {}, which is set at {}; one of the two", key, clash.row->name, place_text(clash.set_at)));
    }
}

void read_outcomes(Sweep& s, const TomlValue& tree, const std::string& path, Problems& problems)
{
    const TomlEntry* const e = tree.find("outcomes");
    if (!e && is_mistyped({&tree, path, "sweep", 1, 1}, "outcomes")) return;
    if (!e) return problems.add({path, 1, 1}, "outcomes is missing: what is asked of each run, such as [\"rupture by 2045Q1\"]");
    const GivenValue given{&e->value, path, "outcomes", e->line, e->column};
    if (e->value.kind != Kind::array || e->value.items.empty()) problems.add(given.origin(), fmt::format("outcomes: an array of texts, got {}", got(e->value)));
    for (const TomlValue& v : e->value.items) {
        const auto text = read_text(given.item(v), problems);
        if (!text) continue;
        if (std::ranges::any_of(s.outcomes, [&](const Asked& a) { return a.text == *text; }))
            problems.add(given.item(v).origin(), fmt::format("outcomes: '{}' is there already", *text));
        s.outcomes.push_back({*text, given.item(v).origin()});
    }
}

} // namespace

bool is_sweep(const std::string& path)
{
    Problems ignored;
    std::deque<Layer> layers;
    const Bytes bytes = bytes_of(path);
    return bytes.fault.empty() && add_layer(layers, path, bytes.text, ignored) && has_sweep_tables(layers[0].tree);
}

Sweep parse_sweep(const std::string& text, const std::string& path, const Overlay& overlay, const std::vector<std::string>& policies)
{
    Problems problems;
    std::deque<Layer> own;
    if (!add_layer(own, path, text, problems)) throw ScenarioErrors(problems.list);
    const TomlValue& tree = own[0].tree;
    if (!has_sweep_tables(tree))
        throw ScenarioErrors({{{path, 1, 1}, "no sweep: neither [scenario] nor [[factor]] (a scenario: `entente run` runs it, and a sweep names it under [scenario])"}});
    Sweep s;
    s.path = path, s.name = std::filesystem::path(path).stem().string(), s.text = text;
    if (const TomlEntry* e = tree.find("file"); e && !tree.find("scenario"))
        throw ScenarioErrors({{{path, e->line, e->column}, "file: belongs under [scenario], and that line is missing"}});
    if (!tree.find("scenario") && (tree.find("policy") || tree.find("outcomes") || tree.find("stop")))
        throw ScenarioErrors({{{path, 1, 1}, "[scenario] is missing: what the sweep starts from (factors and a design alone are enough for `entente design`)"}});
    const GivenValue whole{&tree, path, "sweep", 1, 1};
    only_keys(whole, {"title", "assumes", "scenario", "factor", "policy", "design", "stop", "outcomes"}, problems);
    for (auto [key, into] : {std::pair{"title", &s.title}, std::pair{"assumes", &s.assumes}})
        if (const TomlEntry* e = tree.find(key)) *into = read_text({&e->value, path, key, e->line, e->column}, problems).value_or("");

    Base base{.scenario = {}, .over = {}, .overlay = overlay};
    const TomlEntry* const scenario = tree.find("scenario");
    s.has_scenario = scenario != nullptr;
    std::optional<Scenario> plain; // without policies and factors
    if (scenario) {
        const GivenValue given{&scenario->value, path, "scenario", scenario->line, scenario->column};
        if (given.value->kind != Kind::table) throw ScenarioErrors({{given.origin(), fmt::format("scenario: a table [scenario], got {}", got(*given.value))}});
        const auto file = entry_of(given, "file");
        if (!file) problems.add(given.origin(), "scenario: `file` is missing: the scenario to start from");
        const std::string where = file ? (std::filesystem::path(path).parent_path() / read_text(*file, problems).value_or("")).lexically_normal().string() : "";
        const std::string at = policies.empty() ? where : path;
        const Bytes bytes = policies.empty() && file ? bytes_of(where) : Bytes{policies.empty() ? "" : policies[0], ""};
        if (file && !bytes.fault.empty()) problems.add(file->origin(), fmt::format("scenario: {}: {}", where, bytes.fault));
        if (!file || !bytes.fault.empty() || !load(base.scenario, bytes.text, at, policies.empty() ? Reach::files : Reach::itself, problems)) throw ScenarioErrors(problems.list);
        for (const auto& [key, instead] : {std::pair{"runs", "`replicates` under [design] says how many"}, std::pair{"expect", "a sweep holds none"}})
            if (const TomlEntry* e = given.value->find(key)) problems.add({path, e->line, e->column}, fmt::format("scenario: {}: {}", key, instead));
        if (policies.empty()) base.over.push_back(layer_of(given, {"file", "runs", "expect"}));
        if (!lay_over(base.over, overlay, problems)) throw ScenarioErrors(problems.list);
        Problems ignored; // said again with the policies
        plain = build_scenario(base.scenario, base.over, overlay, {}, ignored);
    }

    Elsewhere elsewhere;
    for (const GivenValue& given : tables_of(tree, path, "factor", problems)) {
        FactorSetting found = read_factor(given, plain ? std::optional(Span{plain->start, plain->horizon}) : std::nullopt, problems);
        if (plain) found.factor.own = own_value(found.factor, found.placements, *plain);
        if (const auto same = std::ranges::find(s.factors, found.factor.name, &Factor::name); same != s.factors.end())
            problems.add(given.origin(), fmt::format("factor: '{}' is named already at {}", found.factor.name, place_text(same->origin)));
        for (const auto& [section, name] : found.sets) {
            if (const Factor* const other = factor_of(s, fmt::format("{}.{}", section, name)))
                problems.add(given.origin(), fmt::format("{}: {}.{} is set by a factor already at {}", found.factor.name, section, name, place_text(other->origin)));
            elsewhere.sets.push_back({section, name}), elsewhere.factor.push_back(s.factors.size());
        }
        s.factors.push_back(std::move(found.factor)), s.placements.push_back(std::move(found.placements));
    }
    if (scenario && policies.empty()) // what the command line sets, a factor would take back in silence
        for (std::size_t i = 0; i < elsewhere.sets.size(); ++i)
            if (const TomlEntry* section = base.over.back().tree.find(elsewhere.sets[i][0]))
                if (const TomlEntry* what = section->value.find(elsewhere.sets[i][1]))
                    problems.add({overlay_name, what->line, what->column},
                                 fmt::format("{}.{} is a factor, see {}", elsewhere.sets[i][0], elsewhere.sets[i][1], place_text(s.factors[elsewhere.factor[i]].origin)));
    if (scenario && policies.empty()) {
        read_policies(s, base, tree, path, elsewhere, problems);
        check_dials(s, problems);
    }
    for (const std::string& resolved : policies) s.policies.push_back(parse_resolved(resolved, path));
    if (!policies.empty())
        for (const GivenValue& given : tables_of(tree, path, "policy", problems)) {
            const auto name = entry_of(given, "name");
            s.policy_names.push_back(name ? read_text(*name, problems).value_or("") : "");
        }
    if (s.policy_names.empty() && scenario) s.policy_names = {"scenario"};

    check_order(s, problems);
    const TomlEntry* const design = tree.find("design");
    if (design) read_design(s, {&design->value, path, "design", design->line, design->column}, problems);
    else if (!s.factors.empty() && !is_mistyped(whole, "design")) problems.add({path, 1, 1}, "[design] is missing: how points are laid between the factors' values");
    if (s.factors.empty() && !scenario) problems.add({path, 1, 1}, "neither [scenario] nor [[factor]]");
    if (scenario) read_outcomes(s, tree, path, problems), read_stops(s, tree, path, problems);
    if (!problems.list.empty()) throw ScenarioErrors(problems.list);
    return s;
}

Sweep read_sweep(const std::string& path, const Overlay& overlay)
{
    Bytes bytes = bytes_of(path);
    if (!bytes.fault.empty()) throw ScenarioErrors({{{path, 0, 0}, bytes.fault}});
    return parse_sweep(bytes.text, path, overlay);
}

} // namespace entente
