#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "dials.hpp"
#include "history.hpp"
#include "layers.hpp"
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>
#include <tuple>

namespace entente {
namespace {

void set_top(Scenario& s, Merged& all, const Overlay& overlay, Problems& problems)
{
    const auto given = [&](const char* key) -> const GivenValue* {
        const auto at = all.top.find(key);
        if (at == all.top.end()) return nullptr;
        s.origins[key] = at->second.origin();
        return &at->second;
    };
    if (const GivenValue* g = given("title")) s.title = g->value->text;
    if (const GivenValue* g = given("assumes")) s.assumes = g->value->text;
    if (const GivenValue* g = given("runs")) s.runs = static_cast<std::uint32_t>(read_whole(*g, 1, most_runs, problems).value_or(1));
    if (const GivenValue* g = given("seed")) s.seed = static_cast<std::uint64_t>(read_whole(*g, 0, std::numeric_limits<std::int64_t>::max(), problems).value_or(1));
    if (const GivenValue* g = given("draw")) {
        const std::vector<std::string> ways = {"priors", "defaults", "posterior"};
        const std::string& way = g->value->text;
        if (std::find(ways.begin(), ways.end(), way) == ways.end())
            problems.add(g->origin(), fmt::format("draw: \"priors\", \"defaults\" or \"posterior\", got {}{}", got(*g->value), did_you_mean(way, ways)));
        s.draw_priors = way != "defaults";
    }
    if (overlay.parameters_default) s.draw_priors = false, s.origins["draw"] = {"--parameters", 0, 0};
    const std::size_t before = problems.list.size();
    if (const GivenValue* g = given("start")) s.start = read_quarter(*g, 0, 44, ", where the history ends", problems).value_or(0);
    if (const GivenValue* g = given("horizon"))
        s.horizon = read_quarter(*g, 3, last_horizon, ", from a year of history to where total_trade_china outgrows its range", problems).value_or(last_horizon);
    if (problems.list.size() > before) s.start = 0, s.horizon = last_horizon; // so that no date is called wrong for want of them

    const std::pair<const char*, std::pair<int, int>> counts[] = {{"firms", {1, 512}}, {"banks", {1, 512}}, {"elites", {8, 160}}};
    std::uint32_t* const fields[] = {&s.counts.firms, &s.counts.banks, &s.counts.elites};
    for (const auto& [name, g] : all.sections["agents"]) {
        const auto at = std::find_if(std::begin(counts), std::end(counts), [&called = name](const auto& c) { return c.first == called; });
        if (at == std::end(counts)) {
            problems.add(g.key(), fmt::format("unknown population '{}'{}", name, hint(name, {"firms", "banks", "elites"})));
            continue;
        }
        if (const auto n = read_whole(g, at->second.first, at->second.second, problems)) *fields[at - counts] = static_cast<std::uint32_t>(*n);
        s.origins[name] = g.origin();
    }
}

void set_parameters(Scenario& s, Merged& all, Problems& problems)
{
    const Description& d = describe();
    for (const Row& row : d.parameters) s.parameters.push_back({at_rest(row, s.draw_priors), {}});
    for (const auto& [name, g] : all.sections["parameters"]) {
        if (name == "from") continue; // see set_joint()
        const std::size_t i = row_of(g, d.parameters, "parameter", problems);
        if (i == Description::npos) continue;
        if (in_index(d, i)) {
            problems.add(g.key(), fmt::format("{}: a weight or threshold of the outcome belongs to [index], got it under [parameters]", name));
        } else if (const auto distribution = read_distribution(g, d.parameters[i], problems)) {
            s.parameters[i] = {*distribution, g.origin()};
        }
    }
    std::vector<std::string> index_names;
    for (std::size_t i = 0; i < d.parameters.size(); ++i)
        if (in_index(d, i)) index_names.emplace_back(d.parameters[i].name);
    const auto is_weight = [](std::string_view name) { return name.starts_with("weight_"); };
    for (const auto& [name, g] : all.sections["index"]) {
        const std::size_t i = Description::find(d.parameters, name);
        if (i == Description::npos || !in_index(d, i)) {
            problems.add(g.key(), fmt::format("unknown weight or threshold '{}'{}", name, hint(name, index_names)));
            continue;
        }
        const auto x = read_number(g, is_weight(name) ? 0 : d.parameters[i].low, is_weight(name) ? 1 : d.parameters[i].high, problems);
        if (x) s.parameters[i] = {{.shape = Shape::value, .a = *x}, g.origin()};
    }
    double sum = 0;
    Origin first;
    std::vector<std::string> parts;
    for (const std::string& name : index_names) {
        if (!is_weight(name)) continue;
        const ParameterSetting& setting = s.parameters[Description::find(d.parameters, name)];
        if (first.file.empty()) first = setting.origin;
        sum += setting.distribution.a;
        parts.push_back(fmt::format("{} {} ({})", name, setting.distribution.a, setting.origin.file.empty() ? "default" : place_text(setting.origin)));
    }
    if (std::abs(sum - 1) > 1e-9) problems.add(first, fmt::format("the weights of the index: a sum of 1, got {}: {}", sum, fmt::join(parts, ", ")));
    for (const auto& [lower, upper] : ordered_parameters) {
        const ParameterSetting &low = s.parameters[Description::find(d.parameters, lower)], &high = s.parameters[Description::find(d.parameters, upper)];
        const float least = quantile(low.distribution, 0.5), most = quantile(high.distribution, 0.5);
        if (least <= most) continue;
        const auto whence = [](const ParameterSetting& setting) { return setting.origin.file.empty() ? "the default" : "set at " + place_text(setting.origin); };
        const bool drawn = low.distribution.shape != Shape::value || high.distribution.shape != Shape::value;
        problems.add(low.origin.file.empty() ? high.origin : low.origin,
                     fmt::format("{}: up to {}, which is {} ({}), got {} ({}){}", lower, upper, most, whence(high), least, whence(low), drawn ? "; drawn ones by their medians" : ""));
    }
}

void set_structures(Scenario& s, Merged& all, Problems& problems)
{
    const Description& d = describe();
    for (const Row& row : d.structures) {
        s.structures.push_back({std::vector<double>(alternatives(row).size(), 0.0), {}});
        s.structures.back().weights[0] = 1;
    }
    for (const auto& [name, g] : all.sections["structures"]) {
        const std::size_t i = row_of(g, d.structures, "structure", problems);
        if (i == Description::npos) continue;
        if (const auto weights = read_mixture(g, d.structures[i], problems)) s.structures[i] = {*weights, g.origin()};
    }
}

void set_mutes(Scenario& s, const Merged& all, Problems& problems)
{
    const Description& d = describe();
    s.muted_mechanisms.assign(d.mechanisms.size(), false);
    s.muted_switches.assign(d.switches.size(), false);
    std::vector<std::string> candidates = names_of(d.switches);
    for (const MechanismText& m : d.mechanisms)
        if (m.variables) candidates.emplace_back(m.name);
    for (const GivenValue& g : all.mutes) {
        const auto name = read_text(g, problems);
        if (!name) continue;
        const std::size_t m = d.mechanism(*name), t = Description::find(d.switches, *name);
        if (std::find(candidates.begin(), candidates.end(), *name) == candidates.end()) {
            problems.add(g.origin(), m != Description::npos ? fmt::format("mute: '{}' owns no variable, so there is nothing to mute", *name)
                                                            : fmt::format("unknown mechanism or switch '{}'{}", *name, hint(*name, candidates)));
            continue;
        }
        const auto first = std::find_if(all.mutes.begin(), all.mutes.end(), [&](const GivenValue& x) { return x.file == g.file && x.value->text == *name; });
        if (first->value != g.value) problems.add(g.origin(), fmt::format("mute: '{}' is named already at {}", *name, place_text(first->origin())));
        if (std::any_of(s.mutes.begin(), s.mutes.end(), [&](const Mute& x) { return x.name == *name; })) continue; // two files may mute the same
        if (m != Description::npos) s.muted_mechanisms[m] = true;
        if (t != Description::npos) s.muted_switches[t] = true;
        s.mutes.push_back({*name, g.origin()});
    }
    std::sort(s.mutes.begin(), s.mutes.end(), [](const Mute& x, const Mute& y) { return x.name < y.name; });
}

void set_courses(Scenario& s, Merged& all, Problems& problems)
{
    const Description& d = describe();
    const Span span{s.start, s.horizon};
    s.courses = history_courses(s.start);
    const std::vector<CourseSetting> history = s.courses;
    const auto add = [&](const char* section, const std::vector<Row>& rows, std::string_view kind, auto read) {
        std::vector<CourseSetting> found;
        for (const auto& [name, g] : all.sections[section]) {
            const std::size_t i = row_of(g, rows, kind, problems);
            if (i == Description::npos) continue;
            CourseSetting setting{read(g, i, span, problems), g.origin()};
            if (!is_idle(setting.course)) found.push_back(std::move(setting));
        }
        std::sort(found.begin(), found.end(), [](const CourseSetting& x, const CourseSetting& y) { return x.course.index < y.course.index; });
        s.courses.insert(s.courses.end(), found.begin(), found.end());
    };
    add("levers", d.levers, "lever", read_lever);
    add("events", d.forced, "event", read_event);
    add("pins", d.variables, "variable", [&](const GivenValue& g, std::size_t i, Span within, Problems& p) {
        if (i >= d.owned) {
            p.add(g.key(), fmt::format("{}: follows from other variables and cannot be pinned", g.name));
            return Course{.target = Target::variable, .index = i, .how = {}, .value = {}};
        }
        Course course = read_pin(g, i, within, p);
        for (const CourseSetting& h : history) {
            if (h.course.target != Target::variable || h.course.index != i) continue;
            for (int q = 0; q < s.start; ++q) {
                if (imposition(course, q) == Imposition::none || imposition(h.course, q) == Imposition::none) continue;
                p.add(g.origin(), fmt::format("{}: quarters from start on, {}, as the history has the earlier ones ({}), got {}", g.name, quarter_name(s.start),
                                              place_text(h.origin), quarter_name(q)));
                break;
            }
        }
        return course;
    });
}

void set_dials(Scenario& s, Merged& all, Problems& problems)
{
    for (const auto& [name, g] : all.sections["drivers"]) {
        const std::size_t d = row_of(g, driver_rows(), "driver", problems);
        if (d == Description::npos) continue;
        if (const auto dial = read_number(g, 0, 1, problems)) s.dials[d] = *dial;
        if (s.dials[d] != dial_at_rest && moves_levers(d)) can_act(g, {s.start, s.horizon}, problems);
        s.origins[fmt::format("drivers.{}", name)] = g.origin();
    }
    for (std::size_t d = 0; d < drivers.size(); ++d) {
        if (s.dials[d] == dial_at_rest) continue;
        const std::string key = fmt::format("drivers.{}", drivers[d].name);
        for (const Clash& clash : clashes(s, d))
            problems.add(s.origins[key], fmt::format("{}: moves {}, which is set at {}; one of the two", key, clash.row->name, place_text(clash.set_at)));
    }
}

void set_expectations(Scenario& s, const Merged& all, Problems& problems)
{
    for (const GivenValue& g : all.expectations) {
        if (g.value->kind != TomlValue::Kind::table) {
            problems.add(g.origin(), fmt::format("expect: tables [[expect]], got {}", got(*g.value)));
            continue;
        }
        only_keys(g, {"quantity", "sign", "least", "most"}, problems);
        Expectation expectation{.quantity = {}, .sign = 0, .least = {}, .most = {}, .origin = g.origin()};
        if (const TomlEntry* e = g.value->find("quantity"))
            expectation.quantity = read_text(g.entry(*e, "quantity"), problems).value_or(""), expectation.origin = g.entry(*e, "").origin();
        else problems.add(g.origin(), "expect: `quantity` is missing");
        constexpr double infinity = std::numeric_limits<double>::infinity();
        const auto bound = [&](const char* key, Origin& at) -> std::optional<double> {
            const TomlEntry* e = g.value->find(key);
            if (e) at = g.entry(*e, "").origin();
            return e ? read_number(g.entry(*e, fmt::format("expect: {}", key)), -infinity, infinity, problems) : std::nullopt;
        };
        expectation.least = bound("least", expectation.at_least), expectation.most = bound("most", expectation.at_most);
        if (expectation.least && expectation.most && *expectation.least > *expectation.most)
            problems.add(g.origin(), fmt::format("expect: least up to most, got {} and {}", *expectation.least, *expectation.most));
        const TomlEntry* const e = g.value->find("sign");
        const bool bounded = g.value->find("least") || g.value->find("most");
        if (e && bounded)
            problems.add(g.entry(*e, "").origin(), "expect: `sign` is of the difference to another scenario, `least` and `most` of the quantity itself: one of the two");
        else if (!e && !bounded) problems.add(g.origin(), "expect: `sign` of the difference to another scenario, or `least` and `most` of the quantity itself, got none of them");
        else if (e && (e->value.text == "+" || e->value.text == "-")) expectation.sign = e->value.text == "+" ? 1 : -1;
        else if (e && e->value.text != "report") problems.add(g.entry(*e, "").origin(), fmt::format("sign: \"+\", \"-\" or \"report\", got {}", got(e->value)));
        s.expectations.push_back(std::move(expectation));
    }
}

std::vector<Problem> sorted(std::vector<Problem> list)
{
    const auto key = [](const Problem& p) { return std::tie(p.where.file, p.where.line, p.where.column, p.message); };
    std::sort(list.begin(), list.end(), [&](const Problem& x, const Problem& y) { return key(x) < key(y); });
    list.erase(std::unique(list.begin(), list.end(), [&](const Problem& x, const Problem& y) { return key(x) == key(y); }), list.end());
    return list;
}

} // namespace

ScenarioErrors::ScenarioErrors(std::vector<Problem> found) : problems(sorted(std::move(found)))
{
    for (const Problem& p : problems) text += fmt::format("{}{}: {}", text.empty() ? "" : "\n", printable_name(place_text(p.where)), printable(p.message));
}

static Merged merged(const std::deque<Layer>& layers, const std::deque<Layer>& over, Problems& problems)
{
    Merged all;
    for (std::size_t i = layers.size(); i-- > 0;) merge(all, layers[i], i == 0 ? Role::scenario : Role::extended, problems);
    for (const Layer& layer : over) merge(all, layer, Role::overlay, problems);
    return all;
}

Scenario build_scenario(const std::deque<Layer>& layers, const std::deque<Layer>& over, const Overlay& overlay, const std::vector<std::array<std::string, 2>>& elsewhere, Problems& problems)
{
    Merged all = merged(layers, over, problems);
    for (const auto& [section, name] : elsewhere) all.sections[section].erase(name);
    Scenario s;
    s.name = std::filesystem::path(layers[0].file).stem().string();
    for (const Layer& layer : layers) s.files.push_back(layer.file), s.texts.push_back(layer.text);
    set_top(s, all, overlay, problems);
    set_parameters(s, all, problems);
    set_joint(s, all, overlay, problems);
    set_structures(s, all, problems);
    set_mutes(s, all, problems);
    set_courses(s, all, problems);
    set_dials(s, all, problems);
    set_expectations(s, all, problems);
    return s;
}

static Scenario parse(const std::string& text, const std::string& path, const Overlay& overlay, Reach reach)
{
    Problems problems;
    std::deque<Layer> layers, over;
    const bool loaded = load(layers, text, path, reach, problems), laid = lay_over(over, overlay, problems);
    if (loaded && has_sweep_tables(layers[0].tree)) throw ScenarioErrors({{{path, 1, 1}, "is a sweep, not a scenario: `entente sweep` runs it"}});
    if (!loaded || !laid) { // with a file missing, what follows might not be wrong
        merged(layers, over, problems);
        throw ScenarioErrors(problems.list);
    }
    Scenario s = build_scenario(layers, over, overlay, {}, problems);
    if (!problems.list.empty()) throw ScenarioErrors(problems.list);
    return s;
}

Scenario parse_scenario(const std::string& text, const std::string& path, const Overlay& overlay) { return parse(text, path, overlay, Reach::files); }
Scenario parse_resolved(const std::string& text, const std::string& path) { return parse(text, path, {}, Reach::itself); }

Scenario read_scenario(const std::string& path, const Overlay& overlay)
{
    Bytes bytes = bytes_of(path);
    if (!bytes.fault.empty()) throw ScenarioErrors({{{path, 0, 0}, bytes.fault}});
    return parse_scenario(bytes.text, path, overlay);
}

} // namespace entente
