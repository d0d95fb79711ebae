// Russian hostility to the West, which can renew itself after a peace by incidents. C01, C103, C137. Equations: ODD.md, 4.15.
#pragma once
#include "mechanism.hpp"
#include "states.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct RussiaHostility : Page<RussiaHostility> {
    static constexpr std::string_view name = "russia_hostility", title = "Russian hostility to the West", group = "Russia's course to the West", claims = "C01 C103 C137";

    template <class Value> struct Parameters {
        Value h_ren = parameter("h_ren", "1/quarter", 0.06, 0, 0.15, Mark::prior, "incidents between Russia and the West outside full war", "C103");
        Value hostility_rate = fixed("hostility_rate", "1/quarter", 0.15, "speed of Russian hostility", "C01");
        Value hostility_rate_converge = fixed("hostility_rate_converge", "1/quarter", 0.03, "its speed on the way down under `converge`", "C103");
        Value hostility_base = fixed("hostility_base", "index", 0.08, "Russian hostility in the calmest of worlds", "C137");
        Value hostility_full_war = fixed("hostility_full_war", "index", 0.26, "what full war adds", "C01");
        Value hostility_frozen_war = fixed("hostility_frozen_war", "index", 0.12, "what a frozen war adds", "C01");
        Value hostility_sanctions = fixed("hostility_sanctions", "index", 0.26, "what sanctions add", "C01");
        Value hostility_view = fixed("hostility_view", "index", 0.32, "what a confrontational view adds", "C137");
        Value hostility_echo = fixed("hostility_echo", "index", 0.24, "what Western hostility adds", "C103");
        Value hostility_effort_west = fixed("hostility_effort_west", "index", 0.50, "what effort towards the West takes", "C99");
        Value hostility_carrot = fixed("hostility_carrot", "index", 0.20, "what the Western offer takes", "C100");
        Value hostility_incident = fixed("hostility_incident", "index", 0.15, "step at an incident with the West", "C103");
        Value west_incident_base = fixed("west_incident_base", "1", 0.4, "incidents without hostility", "C103");
        Value west_incident_carrot = fixed("west_incident_carrot", "1", 0.6, "incidents that the Western offer prevents", "C103");
    };

    template <class Value> struct Shared {
        Value russia_west_hostility = variable("russia_west_hostility", "index", 0.4, 0, 1, "Russian hostility to the West (h_RW)", "expert coding");
        Value west_incident = event("west_incident", "incident between Russia and the West");
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws& draw)
    {
        const Lanes h = now.russia_west_hostility;
        const Lanes target = clip(p.hostility_base + p.hostility_full_war * when(now.war_state == war::full) + p.hostility_frozen_war * when(now.war_state == war::frozen)
                                  + p.hostility_sanctions * now.sanctions_total + p.hostility_view * now.russian_view_orientation + p.hostility_echo * now.west_russia_hostility
                                  - p.hostility_effort_west * now.effort_west - p.hostility_carrot * now.delivered_carrot);
        const Lanes drifted = h + select((target <= h) & (now.postpeace == postpeace::converge), p.hostility_rate_converge, p.hostility_rate) * (target - h);
        next.russia_west_hostility = clip(drifted + p.hostility_incident * now.west_incident * (1 - drifted));
        const Lanes chance = p.h_ren * (p.west_incident_base + h) * (1 - p.west_incident_carrot * now.delivered_carrot) * (1 - now.effort_west) * now.use_hostility_renewal;
        next.west_incident = when((now.war_state < war::full) & (draw().a < chance));
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
