// check: what a scenario or sweep comes to, without running it.
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "experiment.hpp"
#include "provenance.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::cli {

namespace po = boost::program_options;

static std::string place(const Origin& origin) { return origin.file.empty() ? "default" : fmt::format("{}:{}:{}", origin.file, origin.line, origin.column); }

namespace {

/// A line of a resolved scenario as "section.name = value", and with where that comes from.
struct Setting {
    std::string plain, shown;
};
std::vector<Setting> settings_of(const Scenario& scenario)
{
    std::vector<Setting> all;
    std::string section;
    for (const std::string& line : split(resolved_toml(scenario), '\n')) {
        if (line.starts_with('[')) section = line.substr(1, line.find(']') - 1) + ".";
        else if (!trim(line).empty() && !line.starts_with('#') && !line.starts_with("runs = ")) { // a plain run's number
            const std::string bare = split(without_origins(line), '\n').front(), plain = section + bare;
            if (!bare.empty()) all.push_back({plain, fmt::format("{:<56} {}", plain, line.substr(std::min(line.rfind("# "), line.size())))});
        }
    }
    return all;
}

std::string values_text(const Factor& f)
{
    if (!f.choices.empty()) return fmt::format("{}", fmt::join(f.choices, ", "));
    if (!f.levels.empty()) return fmt::format("{}", fmt::join(f.levels, ", "));
    if (f.kind == Factor::Kind::number) return to_text(f.distribution);
    return fmt::format("{} to {}", value_text(f, f.low), value_text(f, f.high));
}

std::string design_text(const Sweep& s, std::size_t points)
{
    using K = DesignChoice::Kind;
    const DesignChoice& d = s.design;
    if (s.factors.empty()) return "no factors: one point";
    const bool random = d.kind == K::latin_hypercube || d.kind == K::sobol || d.kind == K::saltelli || d.kind == K::morris;
    const bool grid = d.kind == K::factorial || d.kind == K::one_at_a_time || d.kind == K::morris;
    return fmt::format("{}, {} points{}{}{}{}", design_kinds()[static_cast<std::size_t>(d.kind)], with_commas(points),
                       grid ? fmt::format(", {} levels of a continuum", d.levels) : "", d.kind == K::saltelli ? d.second_order ? ", with pairs" : ", without pairs" : "",
                       random ? fmt::format(", seed {}", d.seed) : "", d.kind == K::table ? ", " + d.table : "");
}

int check_sweep(const std::string& file, const Overlay& overlay, bool json)
{
    const Experiment e = sweep_experiment(file, overlay, {}, std::nullopt, "");
    const Sweep& s = *e.sweep;
    std::vector<std::vector<Setting>> settings;
    for (const Scenario& policy : s.policies) {
        settings.push_back(settings_of(policy));
        std::erase_if(settings.back(),
                      [&](const Setting& setting) { return std::ranges::any_of(s.placements, [&](const Placement& p) { return setting.plain.starts_with(p.sets + " = "); }); });
    }
    const auto in_all = [&](const Setting& setting) {
        return std::ranges::all_of(settings, [&](const auto& lines) { return std::ranges::find(lines, setting.plain, &Setting::plain) != lines.end(); });
    };
    nlohmann::ordered_json out = {{"name", s.name},
                                  {"title", s.title},
                                  {"assumes", s.assumes},
                                  {"runs", e.provenance.runs},
                                  {"points", e.plan.points},
                                  {"replicates", e.plan.replicates},
                                  {"seed", e.provenance.seed},
                                  {"horizon", quarter_name(e.scenario().horizon)},
                                  {"design", design_text(s, e.plan.points)}};
    std::string text = fmt::format("{}\nassumes: {}\n\n{} policies x {} points x {} replicates = {} runs, 2014Q1 to {}, seed {}\ndesign: {}\n", s.title, s.assumes,
                                   s.policies.size(), with_commas(e.plan.points), with_commas(e.plan.replicates), with_commas(e.provenance.runs),
                                   quarter_name(e.scenario().horizon), e.provenance.seed, design_text(s, e.plan.points));
    for (std::size_t f = 0; f < s.factors.size(); ++f) {
        text += fmt::format("{}  {:<28}{:<36}{}\n", f == 0 ? "factors\n" : "", s.factors[f].name, s.placements[f].sets, values_text(s.factors[f]));
        out["factors"].push_back({{"name", s.factors[f].name}, {"sets", s.placements[f].sets}, {"values", values_text(s.factors[f])}});
    }
    text += "outcomes\n";
    for (const Asked& asked : s.outcomes) text += fmt::format("  {}\n", asked.text), out["outcomes"].push_back(asked.text);
    for (const StopRule& stop : s.stops)
        text += fmt::format("stops when {}'{}' is known within {}, after {} replicates at least\n", stop.difference ? "the difference in " : "", stop.outcome, stop.half_width, e.least);
    text += "policies, where they are not alike\n";
    for (std::size_t k = 0; k < s.policies.size(); ++k) {
        text += fmt::format("  {}\n", s.policy_names[k]);
        for (const Setting& setting : settings[k])
            if (!in_all(setting)) text += fmt::format("      {}\n", setting.shown);
        out["policies"].push_back({{"name", s.policy_names[k]}, {"resolved", resolved_toml(s.policies[k])}});
    }
    text += "in all policies alike\n";
    for (const Setting& setting : settings[0])
        if (in_all(setting)) text += fmt::format("  {}\n", setting.shown);
    fmt::print("{}{}", json ? out.dump(2) : text, json ? "\n" : "");
    return done;
}

} // namespace

int check_command(const std::vector<std::string>& arguments)
{
    po::options_description options("Options");
    options.add(overlay_options());
    options.add_options()("json", "the same as JSON");
    const auto given = parse("check", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    const bool json = given.count("json") != 0;
    if (is_sweep(file)) return check_sweep(file, overlay_from(given), json);
    const Scenario s = read_scenario(file, overlay_from(given));
    std::vector<Asked> expected;
    for (const Expectation& e : s.expectations) expected.push_back({e.quantity, e.origin});
    quantities_of(expected, s.start, s.horizon);
    if (!json) {
        fmt::print("{}", resolved_toml(s));
        return done;
    }
    const Description& d = describe();
    nlohmann::ordered_json out = {
        {"name", s.name}, {"title", s.title}, {"assumes", s.assumes}, {"runs", s.runs}, {"seed", s.seed}, {"start", quarter_name(s.start)}, {"horizon", quarter_name(s.horizon)}};
    for (std::size_t p = 0; p < d.parameters.size(); ++p)
        out["parameters"][std::string(d.parameters[p].name)] = {{"value", to_text(s.parameters[p].distribution)}, {"unit", d.parameters[p].unit}, {"from", place(s.parameters[p].origin)}};
    for (std::size_t i = 0; i < d.structures.size(); ++i) {
        const auto names = split(d.structures[i].choices, '|');
        for (std::size_t c = 0; c < names.size(); ++c) out["structures"][std::string(d.structures[i].name)][names[c]] = s.structures[i].weights[c];
    }
    out["mute"] = nlohmann::ordered_json::array();
    for (const Mute& m : s.mutes) out["mute"].push_back(m.name);
    out["resolved"] = resolved_toml(s);
    fmt::print("{}\n", out.dump(2));
    return done;
}

} // namespace entente::cli
