// Ukraine's one decision: to accept a ceasefire or not. No article's; T71-T74. Equations: ODD.md, 4.16.
#pragma once
#include "mechanism.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct Ukraine : Page<Ukraine> {
    static constexpr std::string_view name = "ukraine", title = "Ukraine's willingness to accept a ceasefire", group = "war and Ukraine", claims = "modeller's";

    template <class Value> struct Parameters {
        Value u_base = parameter("u_base", "logit", -0.9, -1.8, 0, Mark::prior, Spread::normal, 0.15, "acceptance of a ceasefire at the outset", "T71 T72 T73 T74");
        Value ukraine_exhaustion = fixed("ukraine_exhaustion", "logit/quarter", 0.03, "what a quarter of full war adds to acceptance", "T74");
        Value ukraine_exhaustion_limit = fixed("ukraine_exhaustion_limit", "quarters", 60, "when exhaustion stops growing", "T74");
        Value ukraine_aid = fixed("ukraine_aid", "logit", 1.5, "what Western aid takes from acceptance", "T72");
        Value ukraine_front = fixed("ukraine_front", "logit", 2.5, "what Russian strength adds to acceptance", "T73");
        Value ukraine_lever = fixed("ukraine_lever", "logit", 2, "reach of the lever ukraine_resolve", "T71");
        Value ukraine_rate = fixed("ukraine_rate", "1/quarter", 0.25, "speed at which willingness follows the decision", "T71");
    };

    template <class Value> struct Shared {
        Value ukraine_willingness = variable("ukraine_willingness", "index", 0.3, 0, 1, "Ukraine's willingness to accept a ceasefire", "expert coding");
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws& draw)
    {
        const Lanes accepts = when(happens(draw().a, p.u_base + p.ukraine_exhaustion * min(now.war_quarters, p.ukraine_exhaustion_limit) - p.ukraine_aid * (now.western_aid - 0.75)
                                                         + p.ukraine_front * (now.russian_strength - 0.50) - p.ukraine_lever * now.ukraine_resolve));
        next.ukraine_willingness += p.ukraine_rate * (accepts - now.ukraine_willingness);
    }
    static void muted(const auto&, Shared<Lanes>& next) { next.ukraine_willingness = 0.35; }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
