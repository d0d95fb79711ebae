// The Arctic, and spies. C82, C106-C108. Equations: ODD.md, 4.20.
#pragma once
#include "mechanism.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct ContestedSpaces : Page<ContestedSpaces> {
    static constexpr std::string_view name = "contested_spaces", title = "the Arctic and espionage", group = "Central Asia and friction", claims = "C82 C106 C107 C108";

    template <class Value> struct Parameters {
        Value arctic_rate = fixed("arctic_rate", "1/quarter", 0.02, "speed of Chinese entry into the Arctic", "C82");
        Value arctic_base = fixed("arctic_base", "index", 0.1, "contest over the Arctic of an independent Russia", "C82");
        Value arctic_ceded = fixed("arctic_ceded", "index", 0.5, "entry that dependence and concessions open", "C82");
        Value arctic_lever = fixed("arctic_lever", "index", 0.4, "reach of the lever arctic_push", "C82");
        Value spy_base = fixed("spy_base", "1/quarter", 0.08, "spy affairs without technology ties", "C108");
        Value spy_technology = fixed("spy_technology", "1/quarter", 0.25, "spy affairs that technology ties bring", "C108");
        Value spy_wariness = fixed("spy_wariness", "logit", 1.5, "wariness makes affairs public", "C107");
        Value spy_effort = fixed("spy_effort", "logit", 1, "effort towards China hushes them up", "C106");
        Value spy_publicity = fixed("spy_publicity", "logit", 0.3, "publicity of an affair at the reference levels", "C107");
        Value espionage_keep = fixed("espionage_keep", "1/quarter", 0.90, "how long an affair is remembered", "C106");
        Value espionage_step = fixed("espionage_step", "index", 0.22, "what an affair adds", "C106");
    };

    template <class Value> struct Shared {
        Value arctic_contest = variable("arctic_contest", "index", 0.1, 0, 1, "contest over the Arctic", "expert coding");
        Value espionage = variable("espionage", "index", 0.1, 0, 1, "spy affairs between the two, fading", "expert coding");
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws& draw)
    {
        next.arctic_contest += p.arctic_rate * (clip(p.arctic_base + p.arctic_ceded * now.dependence_index * now.concessions + p.arctic_lever * now.arctic_push) - now.arctic_contest);
        const Lanes publicity = logistic(p.spy_wariness * (now.russian_view_wariness - 0.35) - p.spy_effort * (now.effort_china - 0.5) + p.spy_publicity);
        const Lanes affair = when(draw().a < clip(p.spy_base + p.spy_technology * now.technology_dependence) * publicity);
        next.espionage = clip(p.espionage_keep * now.espionage + p.espionage_step * affair * (1 - now.espionage));
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
