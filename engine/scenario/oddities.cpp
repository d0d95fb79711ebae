// Settings that are allowed and yet may not do what their author means.
#include "scenario.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace entente {

/// The mechanisms that read a switch, joined by "and"; empty if one of them is not muted by the same file.
static std::string muted_readers(const Mute& mute, const std::vector<Mute>& mutes)
{
    const Description& d = describe();
    const std::size_t of_switch = Description::find(d.switches, mute.name);
    if (of_switch == Description::npos) return "";
    std::string readers;
    for (std::size_t m = 0; m < d.mechanisms.size(); ++m) {
        if (!reads_of_pages()[m].switches[of_switch]) continue;
        const std::string_view name = d.mechanisms[m].name;
        if (std::ranges::none_of(mutes, [&](const Mute& other) { return other.name == name && other.origin.file == mute.origin.file; })) return "";
        readers += fmt::format("{}{}", readers.empty() ? "" : " and ", name);
    }
    return readers;
}

/// The variables in which each event shows first; one that follows from the outcome code has none.
constexpr std::pair<std::string_view, std::string_view> shows_in[] = {{"succession", "leadership_change"},
                                                                      {"ouster", "leader_ousted"},
                                                                      {"regime_change", "leadership_change"},
                                                                      {"pro_west_leader", "leadership_change"},
                                                                      {"fragmentation", "leadership_change"},
                                                                      {"taiwan_crisis", "taiwan_state"},
                                                                      {"taiwan_war", "taiwan_state"},
                                                                      {"ceasefire", "war_state"},
                                                                      {"settlement", "war_state"},
                                                                      {"military_collapse", "military_collapse"},
                                                                      {"war_relapse", "war_state"},
                                                                      {"overt_support", "overt_support"},
                                                                      {"pipeline", "pipeline_signed"},
                                                                      {"central_asian_flip", "central_asia_flips"},
                                                                      {"west_incident", "west_incident"},
                                                                      {"mutiny", "mutiny"},
                                                                      {"nuclear_signal", "nuclear_event"},
                                                                      {"chinese_succession", "china_leader_change"}};

/// The muted mechanism for which a wait will see nothing move, unless a pin moves it; "" if there is none.
static std::string_view muted_source(const Wait& wait, const Scenario& scenario)
{
    const Description& d = describe();
    std::size_t variable = wait.index;
    if (wait.what == Wait::For::event) {
        const auto at = std::ranges::find(shows_in, d.events[wait.index].name, &std::pair<std::string_view, std::string_view>::first);
        if (at == std::end(shows_in)) return "";
        variable = Description::find(d.variables, at->second);
    }
    if (variable >= d.owned) return "";
    const bool pinned = std::ranges::any_of(scenario.courses, [=](const CourseSetting& c) { return !c.history && c.course.target == Target::variable && c.course.index == variable; });
    const std::size_t owner = d.owner_of_variable(variable);
    return !pinned && scenario.muted_mechanisms[owner] ? d.mechanisms[owner].name : "";
}

static void tell_what_waits_in_vain(const Scenario& scenario, std::vector<Problem>& all)
{
    const Description& d = describe();
    for (const CourseSetting& c : scenario.courses)
        for (const Wait& wait : c.course.waits) { // of a lever or a forced event: variables do not wait
            const std::string_view mechanism = muted_source(wait, scenario), name = (c.course.target == Target::lever ? d.levers : d.forced)[c.course.index].name;
            if (mechanism.empty()) continue;
            if (wait.what == Wait::For::event)
                all.push_back({c.origin, fmt::format("{}: waits for {}, which never comes, since {} is muted", name, d.events[wait.index].name, mechanism)});
            else all.push_back({c.origin, fmt::format("{}: waits for {}, which does not move, since {} is muted", name, d.variables[wait.index].name, mechanism)});
        }
}

std::vector<Problem> oddities(const Scenario& scenario)
{
    const auto set_at = [&](const char* name) -> const Origin& { return scenario.parameters[Description::find(describe().parameters, name)].origin; };
    std::vector<Problem> all;
    if (!set_at("p_deal").file.empty() && set_at("deal_2025").file.empty())
        all.push_back({set_at("p_deal"),
                       "p_deal: counts from 2029 on; the administration of 2025 is set by deal_2025 (1: wants deals, as the one in office; 0: does not; -1: drawn by p_deal)"});
    for (const Mute& mute : scenario.mutes)
        if (const std::string readers = muted_readers(mute, scenario.mutes); !readers.empty())
            all.push_back({mute.origin, fmt::format("mute: '{}' changes nothing, since it switches a term of {}, which the same file mutes as a whole", mute.name, readers)});
    tell_what_waits_in_vain(scenario, all);
    for (const std::string& name : scenario.joint.set_aside)
        all.push_back({set_at(name.c_str()), fmt::format("{}: stands as it is set here; the posterior, whose other parameters were found together with it, draws it elsewhere", name)});
    return all;
}

} // namespace entente
