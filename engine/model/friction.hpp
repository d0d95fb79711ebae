// Friction between the two where interests overlap, and bilateral incidents. C81-C86, C90, C146, C158. Equations: ODD.md, 4.21.
#pragma once
#include "mechanism.hpp"
#include "states.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct Friction : Page<Friction> {
    static constexpr std::string_view name = "friction", title = "overlap of interests and bilateral incidents", group = "Central Asia and friction",
                                      claims = "C81 C82 C83 C84 C85 C86 C90 C146 C158";

    template <class Value> struct Parameters {
        Value h_inc = parameter("h_inc", "1/quarter", 0.022, 0.01, 0.06, Mark::prior, "bilateral incidents at a friction of .3", "C83 C84");
        Value k_col = parameter("k_col", "index", 0.30, 0, 1, Mark::prior, "closeness itself makes interests collide (N22)", "C81");
        Value f_nar = parameter("f_nar", "index", 0.03, 0.02, 0.10, Mark::prior, "friction of stories that have parted (N22)", "C85 C158");
        Value k_bloc = parameter("k_bloc", "index", 0.08, 0, 0.3, Mark::prior, "friction over a Russian bloc of its own (N22)", "C86");
        Value contest_habit_rate = parameter("contest_habit_rate", "1/quarter", 0.03, 0, 0.1, Mark::prior, "speed at which both grow used to a contest over Central Asia", "C90 C91 C146");
        Value hostility_on_incidents = parameter("hostility_on_incidents", "1", 8, 0, 12, Mark::prior, "incidents that come besides where the two are enemies", "C83 C84");
        Value friction_rate = fixed("friction_rate", "1/quarter", 0.3, "speed of friction", "");
        Value friction_base = fixed("friction_base", "index", 0.10, "friction that is always there; .08 in the core", "C83 C85");
        Value friction_dependence = fixed("friction_dependence", "index", 0.36, "friction of wary dependence; .42 in the core without N22", "C72");
        Value friction_trusting = fixed("friction_trusting", "1", 0.35, "what is left of closeness as friction under `trust`", "C05 C07");
        Value friction_central_asia = fixed("friction_central_asia", "index", 0.65, "friction over Central Asia", "C82 C90");
        Value friction_ceded = fixed("friction_ceded", "share", 0.6, "part of it that concessions settle", "C146");
        Value friction_unwary = fixed("friction_unwary", "1", 0.4, "part of it that needs no wariness", "C90");
        Value friction_arctic = fixed("friction_arctic", "index", 0.35, "friction over the Arctic", "C82");
        Value friction_grievance = fixed("friction_grievance", "index", 0.9, "friction of grievance", "C42 C146");
        Value friction_espionage = fixed("friction_espionage", "index", 0.22, "friction of spy affairs", "C106");
        Value closeness_support = fixed("closeness_support", "share", 0.4, "weight of Chinese support in closeness (N22)", "C81");
        Value closeness_politics = fixed("closeness_politics", "share", 0.3, "weight of political alignment in closeness (N22)", "C81");
        Value closeness_trade = fixed("closeness_trade", "share", 0.3, "weight of trade in closeness (N22)", "C81");
        Value closeness_threshold = fixed("closeness_threshold", "index", 0.50, "closeness beyond which interests collide (N22)", "C81");
        Value narrative_rate = fixed("narrative_rate", "1/quarter", 0.10, "speed at which stories part in full war (N22)", "C85 C158");
        Value narrative_decay = fixed("narrative_decay", "1/quarter", 0.01, "speed at which they meet again (N22)", "C85 C158");
        Value bloc_threshold = fixed("bloc_threshold", "share", 0.15, "effort to diversify beyond which China is irritated (N22)", "C86");
        Value incidents_in_history = fixed("incidents_in_history", "0/1", 0, "1: incidents are drawn before the free world too, though none is known", "C83");
        Value incident_centre = fixed("incident_centre", "index", 0.3, "friction at which the chance of an incident is h_inc", "C83");
    };

    template <class Value> struct Shared {
        Value friction = variable("friction", "index", 0.14, 0, 1, "friction between Russia and China (Fr)", "expert coding");
        Value contest_habit = variable("contest_habit", "index", 0, 0, 1, "contest over Central Asia that both are used to", "definition");
        Value narrative_gap = variable("narrative_gap", "index", 0, 0, 1, "how far the publics' stories have parted (nar, N22)", "definition");
        Value bilateral_incident = event("bilateral_incident", "index", 0, 1, "gravity of an incident between Russia and China");
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws& draw)
    {
        const Lanes w = now.russian_view_wariness, c = now.trade_share_china, kappa = select(now.closeness == closeness::trust, p.friction_trusting, 1);
        const Lanes close = p.closeness_support * now.china_support + p.closeness_politics * now.political_alignment + p.closeness_trade * c / (c + 0.2);
        const Lanes f[] = {
            p.friction_base,
            kappa * p.friction_dependence * w * now.dependence_index,
            p.friction_central_asia * positive_part(now.central_asia_contest - now.contest_habit) * (1 - p.friction_ceded * now.concessions) * (p.friction_unwary + w),
            p.friction_arctic * w * now.arctic_contest,
            p.friction_grievance * now.grievance,
            p.friction_espionage * now.espionage,
            kappa * p.k_col * positive_part(close - p.closeness_threshold) * now.use_closeness_collision,
            p.f_nar * now.narrative_gap * now.use_narratives,
            p.k_bloc * positive_part(now.effort_diversify - p.bloc_threshold) * now.russian_output * now.use_bloc_irritation,
        };
        Lanes harmony = 1;
        for (const Lanes& one : f) harmony *= 1 - clip(one);
        next.friction = clip(now.friction + p.friction_rate * (1 - harmony - now.friction));
        next.contest_habit += p.contest_habit_rate * (now.central_asia_contest - now.contest_habit);
        next.narrative_gap += select(now.war_state == war::full, p.narrative_rate * (1 - now.narrative_gap), -p.narrative_decay * now.narrative_gap);
        const Four u = draw();
        const Mask happened = u.a < clip(p.h_inc * now.friction / p.incident_centre * (1 + p.hostility_on_incidents * now.mutual_hostility)) * now.use_incidents
                                        * (now.quarter >= now.start ? Lanes(1) : p.incidents_in_history);
        next.bilateral_incident = 0;
        if (any(happened)) next.bilateral_incident = when(happened) * beta_1(u.b, 2);
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
