#include "settings_between.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "../model/drivers.hpp"
#include "../scenario/layers.hpp"
#include "provenance.hpp"
#include "refusal.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <functional>

namespace entente {
namespace {

std::string section_of(const Disagreement& d)
{
    const std::size_t dot = d.setting.find('.');
    return dot == std::string::npos ? "" : d.setting.substr(0, dot);
}
std::string key_of(const Disagreement& d) { return d.setting.substr(d.setting.find('.') + 1); }

/// What one setting of a section is called, and several.
struct SectionWords {
    std::string_view section, one, several;
};
constexpr SectionWords section_words[] = {{"agents", "number of", "numbers of agents"},
                                          {"drivers", "dial", "dials"},
                                          {"structures", "structure", "structures"},
                                          {"levers", "lever", "levers"},
                                          {"events", "event", "events"},
                                          {"pins", "pin", "pins"},
                                          {"parameters", "parameter", "parameters"},
                                          {"mute", "mute", "mutes"}};
constexpr const char *drawing = "how parameters are drawn", *index_words = "weights and thresholds of the outcome";

const SectionWords& words_of(const std::string& section) { return *std::ranges::find(section_words, section, &SectionWords::section); }

/// Mechanisms and switches that one mutes and the other does not.
std::vector<Disagreement> mutes_between(const Scenario& a, const Scenario& b)
{
    std::vector<Disagreement> all;
    const auto mutes = [](const Scenario& s, const std::string& name) { return std::ranges::find(s.mutes, name, &Mute::name) != s.mutes.end(); };
    for (const Mute& m : a.mutes)
        if (!mutes(b, m.name)) all.push_back({"scenario", "mute." + m.name, "muted", ""});
    for (const Mute& m : b.mutes)
        if (!mutes(a, m.name)) all.push_back({"scenario", "mute." + m.name, "", "muted"});
    return all;
}

/// Of one setting.
std::string name_of(const Disagreement& d)
{
    const std::string section = section_of(d);
    return section == "index" ? index_words : fmt::format("{} {}", words_of(section).one, key_of(d));
}

/// The other parameter of a pair of which the lower may not pass the upper.
std::string partner_of(const std::string& parameter)
{
    for (const auto& [lower, upper] : ordered_parameters)
        if (lower == parameter || upper == parameter) return std::string(lower == parameter ? upper : lower);
    return "";
}

void add_to(std::vector<SettingPlayer>& players, const std::string& name, const Disagreement& d)
{
    const auto at = std::ranges::find(players, name, &SettingPlayer::name);
    if (at == players.end()) players.push_back({name, {d}});
    else at->settings.push_back(d);
}

std::vector<SettingPlayer> one_each(const std::vector<Disagreement>& all)
{
    std::vector<SettingPlayer> players;
    for (const Disagreement& d : all) {
        const std::string section = section_of(d), key = key_of(d);
        if (section.empty()) add_to(players, drawing, d);
        else if (section == "parameters" && !partner_of(key).empty()) {
            const auto with_partner = std::ranges::find_if(players, [&](const SettingPlayer& p) { return p.settings[0].setting == "parameters." + partner_of(key); });
            if (with_partner == players.end()) add_to(players, name_of(d), d);
            else with_partner->settings.push_back(d), with_partner->name = fmt::format("parameters {} and {}", partner_of(key), key);
        } else add_to(players, name_of(d), d);
    }
    return players;
}

/// Players for whom `group` gives a name are one player of that name, where the first of them stood; a group of one keeps its name.
std::vector<SettingPlayer> grouped(const std::vector<SettingPlayer>& players, const std::function<std::string(const SettingPlayer&)>& group)
{
    std::vector<SettingPlayer> all;
    std::vector<std::string> groups;
    for (const SettingPlayer& p : players) {
        const std::string name = group(p);
        const auto at = name.empty() ? groups.end() : std::ranges::find(groups, name);
        if (at == groups.end()) all.push_back(p), groups.push_back(name);
        else {
            SettingPlayer& to = all[static_cast<std::size_t>(at - groups.begin())];
            to.settings.insert(to.settings.end(), p.settings.begin(), p.settings.end());
            to.name = fmt::format("{} {}", to.settings.size(), name);
        }
    }
    return all;
}

std::string owner_of(const std::string& parameter)
{
    const Description& d = describe();
    return std::string(d.mechanisms[d.owner_of_parameter(Description::find(d.parameters, parameter))].name);
}

void take_parameter(Scenario& to, const Scenario& from, std::size_t parameter)
{
    const auto place = std::ranges::find(from.joint.parameters, parameter) - from.joint.parameters.begin();
    const bool jointly = static_cast<std::size_t>(place) < from.joint.parameters.size();
    if (!jointly) hold_parameter(to, parameter, 0); // out of the joint draws
    to.parameters[parameter] = from.parameters[parameter];
    if (!jointly || std::ranges::find(to.joint.parameters, parameter) != to.joint.parameters.end() || to.joint.draws.draws() != from.joint.draws.draws()) return;
    JointDraws& draws = to.joint.draws; // the same file, from which the other scenario does not take this one
    const std::size_t names = draws.names.size(), of_from = from.joint.draws.names.size();
    std::vector<double> values;
    for (std::size_t draw = 0; draw < from.joint.draws.draws(); ++draw) {
        values.insert(values.end(), draws.values.begin() + static_cast<std::ptrdiff_t>(draw * names), draws.values.begin() + static_cast<std::ptrdiff_t>((draw + 1) * names));
        values.push_back(from.joint.draws.values[draw * of_from + static_cast<std::size_t>(place)]);
    }
    draws.values = std::move(values), draws.names.emplace_back(describe().parameters[parameter].name), to.joint.parameters.push_back(parameter);
}

void take_course(Scenario& to, const Scenario& from, Target target, std::size_t index)
{
    const auto is_it = [&](const CourseSetting& c) { return !c.history && c.course.target == target && c.course.index == index; };
    std::erase_if(to.courses, is_it);
    for (const CourseSetting& c : from.courses)
        if (is_it(c)) to.courses.push_back(c);
}

void take_mute(Scenario& to, const Scenario& from, const std::string& name)
{
    const Description& d = describe();
    std::erase_if(to.mutes, [&](const Mute& m) { return m.name == name; });
    std::ranges::copy_if(from.mutes, std::back_inserter(to.mutes), [&](const Mute& m) { return m.name == name; });
    if (const std::size_t m = d.mechanism(name); m != Description::npos) to.muted_mechanisms[m] = from.muted_mechanisms[m];
    if (const std::size_t s = Description::find(d.switches, name); s != Description::npos) to.muted_switches[s] = from.muted_switches[s];
}

void take(Scenario& to, const Scenario& from, const Disagreement& setting)
{
    const Description& d = describe();
    const std::string section = section_of(setting), key = key_of(setting);
    if (section == "levers") take_course(to, from, Target::lever, Description::find(d.levers, key));
    else if (section == "events") take_course(to, from, Target::forced, Description::find(d.forced, key));
    else if (section == "pins") take_course(to, from, Target::variable, Description::find(d.variables, key));
    else if (section == "structures") to.structures[Description::find(d.structures, key)] = from.structures[Description::find(d.structures, key)];
    else if (section == "parameters" || section == "index") take_parameter(to, from, Description::find(d.parameters, key));
    else if (section == "mute") take_mute(to, from, key);
    else if (section == "drivers") to.dials[Description::find(driver_rows(), key)] = from.dials[Description::find(driver_rows(), key)];
    else if (key == "firms") to.counts.firms = from.counts.firms;
    else if (key == "banks") to.counts.banks = from.counts.banks;
    else if (key == "elites") to.counts.elites = from.counts.elites;
}

} // namespace

std::vector<SettingPlayer> settings_between(const Scenario& a, const Scenario& b, std::size_t most)
{
    const std::string file_a = a.files.empty() ? a.name : a.files[0], file_b = b.files.empty() ? b.name : b.files[0];
    if (a.start != b.start) throw Refused(refusal::NoPairs{"start", file_a, quarter_name(a.start), file_b, quarter_name(b.start), refusal::NoPairs::Remedy::none});
    std::vector<Disagreement> settings, of_draws;
    const bool other_draws = a.draw_priors != b.draw_priors || a.joint.draws.draws() != b.joint.draws.draws();
    for (const Disagreement& d : disagreements({{"scenario", without_origins(resolved_toml(a))}}, {{"scenario", without_origins(resolved_toml(b))}})) {
        const std::string section = section_of(d), key = key_of(d);
        if (section == "posterior") {
            if (other_draws || (!d.a.empty() && !d.b.empty())) of_draws = {{"scenario", "draw", a.joint.file, b.joint.file}};
        } else if (d.setting == "draw") {
            of_draws = {{"scenario", "draw", d.a, d.b}};
        } else if (section == "parameters" && other_draws) {
            const std::size_t i = Description::find(describe().parameters, key);
            if (!a.parameters[i].origin.file.empty() || !b.parameters[i].origin.file.empty()) settings.push_back(d); // else it is drawn or not
        } else if (!section.empty()) settings.push_back(d);
    }
    settings.insert(settings.begin(), of_draws.begin(), of_draws.end());
    const std::vector<Disagreement> mutes = mutes_between(a, b);
    settings.insert(settings.end(), mutes.begin(), mutes.end());
    std::vector<SettingPlayer> players = one_each(settings);
    const auto section = [](const SettingPlayer& p) { return section_of(p.settings[0]); };
    if (players.size() > most)
        players = grouped(players, [&](const SettingPlayer& p) { return section(p) == "parameters" ? "parameters of " + owner_of(key_of(p.settings[0])) : std::string(); });
    if (players.size() > most)
        players = grouped(players, [&](const SettingPlayer& p) { return section(p) == "pins" || section(p) == "mute" ? std::string(words_of(section(p)).several) : std::string(); });
    if (players.size() > most)
        players = grouped(players, [&](const SettingPlayer& p) { return section(p).empty() || section(p) == "index" ? std::string() : std::string(words_of(section(p)).several); });
    return players;
}

Scenario in_between(const Scenario& a, const Scenario& b, const std::vector<SettingPlayer>& players, Coalition from_b)
{
    Scenario s = a;
    const auto in = [&](std::size_t i) { return (from_b >> i & 1) != 0; };
    const auto own = [](const ParameterSetting& setting) { return !setting.origin.file.empty(); };
    for (std::size_t i = 0; i < players.size(); ++i) // how all are drawn comes before what single ones are set to
        if (in(i) && players[i].name == drawing) {
            s.joint = b.joint, s.draw_priors = b.draw_priors;
            for (std::size_t p = 0; p < s.parameters.size(); ++p)
                if (own(a.parameters[p])) take_parameter(s, a, p);
                else if (!own(b.parameters[p])) s.parameters[p] = b.parameters[p];
        }
    for (std::size_t i = 0; i < players.size(); ++i)
        for (const Disagreement& d : players[i].settings)
            if (in(i) && players[i].name != drawing) take(s, b, d);
    return s;
}

} // namespace entente
