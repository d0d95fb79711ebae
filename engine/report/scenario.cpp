#include "scenario.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "../design/kinds.hpp"
#include "../experiment/provenance.hpp"
#include "../model/drivers.hpp"
#include <nlohmann/json.hpp>
#include "words.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::report {

using Json = nlohmann::ordered_json;

namespace {

std::string place(const Origin& origin) { return origin.file.empty() ? "default" : fmt::format("{}:{}:{}", origin.file, origin.line, origin.column); }

bool is_default_line(const std::string& line) { return line.ends_with("# default") || line.ends_with("# none") || line.ends_with(fmt::format("# default{}", draws_stand_above)); }

/// The resolved scenario as a person reads it: of draws not each, but where they lie.
std::vector<std::string> lines_of(const Scenario& scenario)
{
    std::vector<std::string> lines = split(resolved_toml(scenario), '\n');
    auto line = std::ranges::find(lines, "[posterior]");
    for (std::size_t name = 0; line != lines.end(); ++line)
        if (!line->starts_with('[') && !line->starts_with('#') && !line->empty()) {
            const std::size_t p = scenario.joint.parameters[name];
            const std::string setting = fmt::format("{} = {}", scenario.joint.draws.names[name++], drawn_text(scenario, p));
            *line = fmt::format("{:<56} # instead of {}", setting, to_text(scenario.parameters[p].distribution));
        }
    return lines;
}

std::string how_to_see(std::size_t defaults, const std::string& path)
{
    return fmt::format("{} settings stand at their defaults: `entente check {} --all` prints them", defaults, path);
}

/// A table of a resolved scenario: what files set, then the rest.
struct TableLines {
    std::string head;
    std::vector<std::string> set, rest;
};
std::vector<TableLines> tables_of(const Scenario& scenario)
{
    std::vector<TableLines> tables(1);
    for (const std::string& line : lines_of(scenario)) {
        if (line.starts_with('[')) tables.push_back({line, {}, {}});
        else if (!line.empty()) (line.starts_with('#') || is_default_line(line) ? tables.back().rest : tables.back().set).push_back(line);
    }
    return tables;
}

/// A line of a resolved scenario as "section.name = value", and with where that comes from.
struct Setting {
    std::string plain, shown;
    bool is_default() const { return is_default_line(shown); }
};
std::vector<Setting> settings_of(const Scenario& scenario)
{
    std::vector<Setting> all;
    std::string section;
    for (const std::string& line : lines_of(scenario)) {
        if (line.starts_with('[')) section = line.substr(1, line.find(']') - 1) + ".";
        else if (!line.starts_with("runs = ")) { // a plain run's number
            const std::string bare = split(without_origins(line), '\n').front(), plain = section + bare;
            if (!bare.empty()) all.push_back({plain, fmt::format("{:<56} {}", plain, line.substr(std::min(line.rfind("# "), line.size())))});
        }
    }
    return all;
}

std::string design_text(const Sweep& s, std::size_t points)
{
    if (s.factors.empty()) return "no factors: one point";
    return fmt::format("{}, {} points{}", s.design.kind->name, with_commas(points), options_text(s.design));
}

/// Where the design leaves a factor that it does not move; "" if it moves all at once.
std::string standing_text(const Experiment& e, std::size_t factor)
{
    const Sweep& s = *e.sweep;
    return s.design.kind == &designs::one_at_a_time ? value_text(s.factors[factor], e.design.value[factor]) : "";
}

/// A policy's settings but those that a factor varies.
std::vector<Setting> unvaried_settings(const Scenario& policy, const Sweep& sweep)
{
    std::vector<Setting> all = settings_of(policy);
    for (const Placements& placements : sweep.placements)
        for (const Placement& p : placements) std::erase_if(all, [&](const Setting& setting) { return setting.plain.starts_with(p.sets + " = "); });
    return all;
}

} // namespace

Json json_of(const Scenario& s)
{
    const Description& d = describe();
    Json out = {
        {"name", s.name}, {"title", s.title}, {"assumes", s.assumes}, {"runs", s.runs}, {"seed", s.seed}, {"start", quarter_name(s.start)}, {"horizon", quarter_name(s.horizon)}};
    for (std::size_t p = 0; p < d.parameters.size(); ++p) {
        const bool jointly = std::ranges::find(s.joint.parameters, p) != s.joint.parameters.end();
        out["parameters"][std::string(d.parameters[p].name)] = {
            {"value", drawn_text(s, p)}, {"unit", d.parameters[p].unit}, {"from", place(jointly ? s.joint.origin : s.parameters[p].origin)}};
    }
    for (std::size_t i = 0; i < d.structures.size(); ++i) {
        const auto names = split(d.structures[i].choices, '|');
        for (std::size_t c = 0; c < names.size(); ++c) out["structures"][std::string(d.structures[i].name)][names[c]] = s.structures[i].weights[c];
    }
    for (std::size_t i = 0; i < drivers.size(); ++i) {
        const auto at = s.origins.find(fmt::format("drivers.{}", drivers[i].name));
        out["drivers"][std::string(drivers[i].name)] = {{"dial", s.dials[i]}, {"from", place(at == s.origins.end() ? Origin{} : at->second)}};
    }
    out["mute"] = Json::array();
    for (const Mute& m : s.mutes) out["mute"].push_back(m.name);
    out["resolved"] = resolved_toml(s);
    return out;
}

std::string text_of(const Scenario& s, Defaults shown)
{
    std::string text;
    std::size_t defaults = 0;
    for (const TableLines& table : tables_of(s)) {
        defaults += static_cast<std::size_t>(std::ranges::count_if(table.rest, is_default_line));
        if (table.set.empty() && (shown == Defaults::counted || table.rest.empty())) continue;
        if (!table.head.empty()) text += "\n" + table.head + "\n";
        for (const std::string& line : table.set) text += line + "\n";
        if (shown == Defaults::shown)
            for (const std::string& line : table.rest) text += line + "\n";
    }
    return shown == Defaults::shown ? text : fmt::format("{}\n# {}\n", text, how_to_see(defaults, s.files.front()));
}

std::string text_of(const Experiment& e, Defaults shown)
{
    const Sweep& s = *e.sweep;
    std::vector<std::vector<Setting>> settings;
    for (const Scenario& policy : s.policies) settings.push_back(unvaried_settings(policy, s));
    const auto in_all = [&](const Setting& setting) {
        return std::ranges::all_of(settings, [&](const auto& lines) { return std::ranges::find(lines, setting.plain, &Setting::plain) != lines.end(); });
    };
    std::string text = fmt::format("{}\nassumes: {}\n\n{} x {} x {} = {} runs, 2014Q1 to {}, seed {}\ndesign: {}\n", s.title, s.assumes,
                                   counted(s.policies.size(), "policy", "policies"), counted(e.plan.points, "point", "points"), counted(e.plan.replicates, "replicate", "replicates"),
                                   with_commas(e.provenance.runs), quarter_name(e.scenario().horizon), e.provenance.seed, design_text(s, e.plan.points));
    for (std::size_t f = 0; f < s.factors.size(); ++f)
        text += fmt::format("{}  {:<28}{:<35} {}{}\n", f == 0 ? "factors\n" : "", s.factors[f].name, sets_text(s.placements[f]), values_text(s.factors[f]),
                            standing_text(e, f).empty()    ? ""
                            : s.factors[f].own.has_value() ? fmt::format("; else {}, as the scenario has it", standing_text(e, f))
                                                           : fmt::format("; else {}, the middle: the scenario has none of these", standing_text(e, f)));
    text += "outcomes\n";
    for (const Asked& asked : s.outcomes) text += fmt::format("  {}\n", asked.text);
    for (const StopRule& stop : s.stops)
        text += fmt::format("stops when {}'{}' is known within {}, after {} replicates at least\n", stop.difference ? "the difference in " : "", stop.outcome, stop.half_width, e.least);
    text += "policies, where they are not alike\n";
    for (std::size_t k = 0; k < s.policies.size(); ++k) {
        text += fmt::format("  {}\n", s.policy_names[k]);
        for (const Setting& setting : settings[k])
            if (!in_all(setting)) text += fmt::format("      {}\n", setting.shown);
    }
    text += "in all policies alike\n";
    std::erase_if(settings[0], [&](const Setting& setting) { return !in_all(setting); });
    std::stable_partition(settings[0].begin(), settings[0].end(), [](const Setting& setting) { return !setting.is_default(); });
    const auto defaults = static_cast<std::size_t>(std::ranges::count_if(settings[0], &Setting::is_default));
    for (const Setting& setting : settings[0])
        if (shown == Defaults::shown || !setting.is_default()) text += fmt::format("  {}\n", setting.shown);
    if (shown == Defaults::counted) text += fmt::format("{}\n", how_to_see(defaults, s.path));
    return text;
}

Json json_of(const Experiment& e)
{
    const Sweep& s = *e.sweep;
    Json out = {{"name", s.name},
                {"title", s.title},
                {"assumes", s.assumes},
                {"runs", e.provenance.runs},
                {"points", e.plan.points},
                {"replicates", e.plan.replicates},
                {"seed", e.provenance.seed},
                {"horizon", quarter_name(e.scenario().horizon)},
                {"design", design_text(s, e.plan.points)}};
    for (std::size_t f = 0; f < s.factors.size(); ++f) {
        out["factors"].push_back({{"name", s.factors[f].name}, {"sets", sets_text(s.placements[f])}, {"values", values_text(s.factors[f])}});
        if (const std::string standing = standing_text(e, f); !standing.empty()) out["factors"].back()["else"] = standing;
    }
    for (const Asked& asked : s.outcomes) out["outcomes"].push_back(asked.text);
    for (std::size_t k = 0; k < s.policies.size(); ++k) out["policies"].push_back({{"name", s.policy_names[k]}, {"resolved", resolved_toml(s.policies[k])}});
    return out;
}

} // namespace entente::report
