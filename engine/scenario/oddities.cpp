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
    return all;
}

} // namespace entente
