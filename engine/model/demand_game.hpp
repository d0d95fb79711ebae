// China demands a piece of Russian sovereignty, Russia answers in the same quarter. C42, C43, C66-C70, C113, C138, C142.
// Equations: ODD.md, 4.13.
#pragma once
#include "mechanism.hpp"
#include "states.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct DemandGame : Page<DemandGame> {
    static constexpr std::string_view name = "demand_game", title = "Chinese demands and Russian concessions", group = "China's policy", claims = "C42 C43 C66 C67 C68 C69 C70 C113 C138 C142";

    template <class Value> struct Parameters {
        Value p_dem = parameter("p_dem", "1/quarter", 0.22, 0.05, 0.5, Mark::prior, "how often China demands", "C43 C66");
        Value a_acc = parameter("a_acc", "1", 4, 2, 8, Mark::prior, "sharpness of Russia's answer", "C66 C67");
        Value c_sov = parameter("c_sov", "cost", 0.6, 0.4, 0.8, Mark::prior, Spread::limited_normal, 0.12, "the most that Russia gives at once under `limits`", "C67 C68");
        Value a_stag = parameter("a_stag", "logit", 3.0, 0, 10, Mark::prior, "what stagnation adds to acceptance (N13)", "C43 C70");
        Value k_brk = parameter("k_brk", "1/quarter", 0.02, 0, 0.08, Mark::prior, "decay of concessions after the leader who made them (N21)", "C113");
        Value s_d = parameter("s_d", "1/quarter", 0.012, 0, 0.03, Mark::prior, "grievance from a rank below the claimed one (N15)", "C138");
        Value need_on_demands = parameter("need_on_demands", "share", 0.8, 0, 1, Mark::prior, Spread::limited_normal, 0.12, "demands that a China which needs Russia does not make", "C53");
        Value demand_frequency = fixed("demand_frequency", "1", 0.8, "scale of p_dem", "C43");
        Value demand_base = fixed("demand_base", "index", 0.25, "demands without dependence", "C43");
        Value demand_noise = fixed("demand_noise", "cost", 0.22, "spread of the size of demands", "C142");
        Value demand_leader_share = fixed("demand_leader_share", "share", 0.4, "weight of the leader's wariness in the answer; the elite has the rest", "C142");
        Value demand_need_limits = fixed("demand_need_limits", "1", 0.75, "weight of dependence under `limits`", "C66 C68");
        Value demand_need_base = fixed("demand_need_base", "1", 0.6, "dependence counts without sanctions", "C43");
        Value demand_need_sanctions = fixed("demand_need_sanctions", "1", 0.4, "dependence counts more under sanctions", "C43");
        Value demand_cost_base = fixed("demand_cost_base", "1", 0.35, "cost of a demand to an unwary Russia", "C67");
        Value demand_wariness_limits = fixed("demand_wariness_limits", "1", 1.2, "what wariness adds to the cost under `limits`", "C67 C72");
        Value demand_wariness_pawn = fixed("demand_wariness_pawn", "1", 0.8, "what wariness adds to the cost under `pawn`", "C65 C70");
        Value concession_step = fixed("concession_step", "index", 0.26, "what an accepted demand adds to concessions", "C69");
        Value concession_decay = fixed("concession_decay", "1/quarter", 0.008, "decay of concessions", "C113");
        Value concession_loan = fixed("concession_loan", "index", 0.03, "what a granted loan adds to concessions (N14)", "C24");
        Value concession_break_base = fixed("concession_break_base", "1", 0.3, "decay after a leader's exit under an unwary successor (N21)", "C113");
        Value concession_break_wariness = fixed("concession_break_wariness", "1", 1.4, "what the successor's wariness adds to it (N21)", "C113");
        Value concession_break_keep = fixed("concession_break_keep", "1/quarter", 0.95, "how the break fades (N21)", "C113");
        Value grievance_keep = fixed("grievance_keep", "1/quarter", 0.88, "how long a grievance lasts", "C42");
        Value grievance_step = fixed("grievance_step", "index", 0.20, "grievance of a refused demand", "C42");
        Value obedience_rate = fixed("obedience_rate", "share", 0.2, "weight of the last answer in the record of obedience", "C71");
        Value tolerance_accepted = fixed("tolerance_accepted", "cost", 0.035, "what China learns from an accepted demand", "C69");
        Value tolerance_refused = fixed("tolerance_refused", "cost", 0.06, "what China learns from a refused demand", "C69");
    };

    template <class Value> struct Shared {
        Value concessions = variable("concessions", "index", 0.1, 0, 1, "sovereignty that Russia has ceded (X)", "expert coding");
        Value grievance = variable("grievance", "index", 0, 0, 1, "quarrel over refused demands and rank", "definition");
        Value expected_tolerance = variable("expected_tolerance", "cost", 0.35, 0.05, 0.95, "what China thinks that Russia will bear", "expert coding");
        Value obedience = variable("obedience", "share", 0.5, 0, 1, "part of Chinese demands that Russia has granted, the last ones most", "expert coding");
        Value concession_break = variable("concession_break", "index", 0, 0, 1, "how fresh the exit of the leader who conceded is (N21)", "definition");
        Value demand_accepted = event("demand_accepted", "index", 0, 1, "size of a demand that Russia accepted");
        Value demand_refused = event("demand_refused", "index", 0, 1, "size of a demand that Russia refused");
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws& draw)
    {
        const Four u = draw();
        const Mask demanded = u.a < p.demand_frequency * p.p_dem * (p.demand_base + now.dependence_index) * (1 - p.need_on_demands * now.china_need), pawn = now.dep == dep::pawn;
        const Lanes cost = clip(now.expected_tolerance + p.demand_noise * normal(u.b) + now.perception_china_on_russia);
        const Lanes wariness = p.demand_leader_share * now.leader_wariness + (1 - p.demand_leader_share) * now.elite_wariness;
        const Lanes need = select(pawn, 1, p.demand_need_limits) * now.dependence_index * (p.demand_need_base + p.demand_need_sanctions * now.sanctions_total);
        const Lanes pain = cost * (p.demand_cost_base + select(pawn, p.demand_wariness_pawn, p.demand_wariness_limits) * wariness);
        const Mask yes = happens(u.c, p.a_acc * (need - pain) + p.a_stag * now.stagnation * now.use_stagnation) & (pawn | (cost < p.c_sov));
        const Lanes accepted = when(demanded & yes), refused = when(demanded & !yes);

        const Lanes decay = p.concession_decay + p.k_brk * now.use_concession_break * now.concession_break * (p.concession_break_base + p.concession_break_wariness * now.leader_wariness);
        next.concessions = clip(now.concessions + (p.concession_step * accepted * cost + p.concession_loan * now.loan_granted) * (1 - now.concessions) - decay * now.concessions);
        next.grievance = clip(p.grievance_keep * now.grievance + (p.grievance_step * refused * cost + p.s_d * now.status_gap) * (1 - now.grievance));
        next.expected_tolerance = clip(now.expected_tolerance + p.tolerance_accepted * accepted - p.tolerance_refused * refused, 0.05, 0.95);
        next.obedience += p.obedience_rate * when(demanded) * (when(yes) - now.obedience);
        next.concession_break = select(now.leadership_change > leadership::stays, 1, p.concession_break_keep * now.concession_break);
        next.demand_accepted = accepted * cost;
        next.demand_refused = refused * cost;
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
