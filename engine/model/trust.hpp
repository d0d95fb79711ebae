// Trust between the two leaderships. C06, C10-C12, C38, C53, C110; whether cooperation builds it at all is disputed (N24: C150, C126).
// Equations: ODD.md, 4.23.
#pragma once
#include "mechanism.hpp"
#include "states.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct Trust : Page<Trust> {
    static constexpr std::string_view name = "trust", title = "trust between the two leaderships", group = "the tie itself", claims = "C06 C10 C11 C12 C38 C53 C110 C126 C150";

    template <class Value> struct Parameters {
        Value k_up = parameter("k_up", "1/quarter", 0.050, 0.02, 0.10, Mark::weak, "trust built by delivered support and political alignment", "C11 C81");
        Value k_dn = parameter("k_dn", "1/quarter", 0.084, 0.04, 0.15, Mark::weak, "trust lost to friction", "C11 C81");
        Value hostility_on_trust = parameter("hostility_on_trust", "1/quarter", 0.15, 0, 0.3, Mark::prior, "part of trust that is lost where the two are enemies", "C82 C83");
        Value trust_habit = fixed("trust_habit", "1/quarter", 0.010, "trust that grows by habit alone", "C11");
        Value trust_lost_to_west = fixed("trust_lost_to_west", "1/quarter", 0.005, "trust lost to Russian effort towards the West", "C12");
        Value trust_noise = fixed("trust_noise", "index", 0.006, "sd of quarterly noise in trust");
        Value trust_rest = fixed("trust_rest", "index", 0.46, "level to which trust returns if cooperation builds none (N24)", "C150");
        Value trust_rest_friction = fixed("trust_rest_friction", "1", 0.25, "what friction takes from that level (N24)", "C150");
        Value trust_return_rate = fixed("trust_return_rate", "1/quarter", 0.03, "speed of that return (N24)", "C150");
        Value backing_on_trust = fixed("backing_on_trust", "share", 0.20, "part of the missing trust that Russian backing over Taiwan adds", "C53");
        Value refused_backing_on_trust = fixed("refused_backing_on_trust", "share", 0.25, "part of trust that is lost when Russia refuses to back China over Taiwan", "C53");
        Value refusal_on_trust = fixed("refusal_on_trust", "share", 0.04, "part of trust that the costliest refused demand destroys", "C66");
        Value incident_on_trust = fixed("incident_on_trust", "share", 0.55, "part of trust that the worst incident destroys", "C83 C84");
        Value china_change_on_trust = fixed("china_change_on_trust", "share", 0.08, "part of trust that goes with China's leader", "C12");
        Value nuclear_signal_on_trust = fixed("nuclear_signal_on_trust", "share", 0.04, "part of trust that a nuclear signal of size 1 destroys (N3)", "C38");
    };

    template <class Value> struct Shared {
        Value trust = variable("trust", "index", 0.42, 0.01, 0.99, "trust between the two leaderships (tau)", "expert coding");
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws& draw)
    {
        const Lanes x = now.trust;
        const Lanes built = (p.k_up * now.delivered_support * now.political_alignment + p.trust_habit) * (1 - x) - p.k_dn * now.friction * x;
        const Lanes returned = p.trust_return_rate * (p.trust_rest - p.trust_rest_friction * (now.friction - 0.14) - x);
        const Lanes x1 = x + select(now.trust_growth == trust_growth::none, returned, built) - p.trust_lost_to_west * now.effort_west * x + p.trust_noise * normal(draw().a);
        const Mask betrayed = (now.taiwan_backing < backing::none) & !(now.taiwan_back == taiwan_back::never);
        const Lanes x2 = select(now.taiwan_backing > backing::none, x1 + p.backing_on_trust * (1 - x1), select(betrayed, (1 - p.refused_backing_on_trust) * x1, x1));
        const Lanes kept = (1 - p.refusal_on_trust * now.demand_refused) * (1 - p.incident_on_trust * now.bilateral_incident)
                           * (1 - p.china_change_on_trust * now.china_leader_change) * (1 - p.hostility_on_trust * square(now.mutual_hostility));
        next.trust = clip(x2 * kept * (1 - p.nuclear_signal_on_trust * now.nuclear_event * now.use_instability), 0.01, 0.99);
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
