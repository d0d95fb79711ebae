// The Taiwan Strait: when a crisis begins, whether it becomes a war, when it ends. Consequences only, no combat. C50-C53.
// Equations: ODD.md, 4.8.
#pragma once
#include "mechanism.hpp"
#include "states.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct TaiwanStrait : Page<TaiwanStrait> {
    static constexpr std::string_view name = "taiwan_strait", title = "crisis and war over Taiwan", group = "Taiwan", claims = "C50 C51 C52 C53";

    template <class Value> struct Parameters {
        Value h_TW = parameter("h_TW", "1/quarter", 0.016, 0.004, 0.04, Mark::prior, "chance of a crisis in an open window", "C51");
        Value th_d = parameter("th_d", "log", 1.0, 0, 2, Mark::prior, "what a West distracted by full war adds", "C50 C51 C52");
        Value th_x = parameter("th_x", "log", 2.0, 0.5, 4, Mark::prior, "what China's Western exposure takes", "C50 C51 C52");
        Value tw_post = parameter("tw_post", "log", 0.6, 0, 1.2, Mark::prior, "what an assertive Taiwan adds", "C50 C51 C52");
        Value tw_det = parameter("tw_det", "log", 1.5, 0, 3, Mark::prior, "what deterrence takes", "C50 C51 C52");
        Value window_opens = fixed("window_opens", "year", 2028, "the window for Taiwan is half open", "C51");
        Value window_opens_width = fixed("window_opens_width", "years", 2.5, "how slowly it opens", "C51");
        Value window_closes = fixed("window_closes", "year", 2038, "the window is half closed, if it closes", "C51");
        Value window_closes_width = fixed("window_closes_width", "years", 2, "how slowly it closes", "C51");
        Value window_closed = fixed("window_closed", "share", 0.85, "part of it that closes", "C51");
        Value window_patient = fixed("window_patient", "share", 0.45, "the window of a patient China", "");
        Value strait_resolve = fixed("strait_resolve", "log", 1.2, "what the memory of Western resolve takes", "C51");
        Value strait_depth = fixed("strait_depth", "log", 1, "what military depth with Russia adds", "C52");
        Value strait_rivalry = fixed("strait_rivalry", "log", 1, "what US rivalry with China adds", "C51");
        Value strait_hazard_limit = fixed("strait_hazard_limit", "1/quarter", 0.5, "largest chance of a crisis", "");
        Value crisis_to_war = fixed("crisis_to_war", "1/quarter", 0.06, "chance that a crisis becomes a war", "C50");
        Value crisis_to_calm = fixed("crisis_to_calm", "1/quarter", 0.20, "chance that a crisis ends", "C50");
        Value strait_war_to_calm = fixed("strait_war_to_calm", "1/quarter", 0.12, "chance that a war over Taiwan ends", "C50");
        Value strait_cooldown = fixed("strait_cooldown", "quarters", 16, "time without a new crisis after one", "");
        Value scar_keep = fixed("scar_keep", "1/quarter", 0.98, "how the scar of a war over Taiwan fades", "C50");
        Value resolve_rate = fixed("resolve_rate", "1/quarter", 0.05, "speed at which the memory of Western resolve follows", "C51");
        Value resolve_in_peace = fixed("resolve_in_peace", "index", 0.3, "Western resolve as remembered after a settlement", "C51");
    };

    template <class Value> struct Shared {
        Value taiwan_state = variable("taiwan_state", "0/1/2", 0, 0, 2, "0 calm, 1 crisis, 2 war over Taiwan (TW)", "definition");
        Value taiwan_onset = event("taiwan_onset", "a crisis over Taiwan begins");
        Value taiwan_cooldown = variable("taiwan_cooldown", "quarters", 0, 0, 16, "quarters until a new crisis is possible", "definition");
        Value taiwan_hazard = variable("taiwan_hazard", "1/quarter", 0, 0, 0.5, "chance of a crisis over Taiwan while it is calm", "definition");
        Value taiwan_scar = variable("taiwan_scar", "index", 0, 0, 1, "what a war over Taiwan has left: 1 in war, then fading", "definition");
        Value western_resolve_memory = variable("western_resolve_memory", "index", 0.5, 0, 1, "how firm the West is remembered to have been", "expert coding");
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws& draw)
    {
        const Lanes u = draw().a;
        const Lanes shown = select(now.war_state > war::settled, 0.5 * (now.us_sanctions + now.eu_sanctions), p.resolve_in_peace);
        next.western_resolve_memory = now.western_resolve_memory + p.resolve_rate * (shown - now.western_resolve_memory);

        const Lanes year = 2014 + now.quarter / 4.0;
        const Lanes open = logistic((year - p.window_opens) / p.window_opens_width);
        const Lanes window = open * select(now.window == window::patient, p.window_patient, 1 - p.window_closed * logistic((year - p.window_closes) / p.window_closes_width));
        const Lanes push = p.th_d * (when(now.war_state == war::full) - 0.4) - p.th_x * (now.china_western_exposure - 0.8) + p.strait_resolve * (0.55 - now.western_resolve_memory)
                           + p.strait_depth * (now.military_depth - 0.4) + p.strait_rivalry * (now.us_china_rivalry - 0.75) + p.tw_post * (now.taiwan_assertive - 0.5)
                           - p.tw_det * (now.taiwan_deterrence - 0.6);
        const Lanes hazard = clip(p.h_TW * window * exp(push), 0, p.strait_hazard_limit);

        next.taiwan_hazard = min(hazard, 0.5);

        const Lanes cooldown = positive_part(now.taiwan_cooldown - 1);
        const Mask calm = now.taiwan_state == taiwan::calm, crisis = now.taiwan_state == taiwan::crisis, war = now.taiwan_state == taiwan::war;
        next.taiwan_scar = select(war, 1, p.scar_keep * now.taiwan_scar);
        const Mask onset = calm & (cooldown == 0) & (u < hazard);
        const Mask escalates = crisis & (u < p.crisis_to_war);
        const Mask ends = (crisis & !escalates & (u < p.crisis_to_war + p.crisis_to_calm)) | (war & (u < p.strait_war_to_calm));
        const Mask force_crisis = holds(now.force_taiwan), force_war = holds(now.force_taiwan_war);
        const Lanes drawn = select(onset, taiwan::crisis, select(escalates, taiwan::war, select(ends, taiwan::calm, now.taiwan_state)));
        next.taiwan_state = select(force_war, taiwan::war, select(force_crisis, max(now.taiwan_state, taiwan::crisis), drawn));
        next.taiwan_onset = when(((force_war | force_crisis) & calm) | (!force_war & !force_crisis & onset));
        next.taiwan_cooldown = select(ends, p.strait_cooldown, cooldown);
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
