// How far Moscow and Beijing stand together in politics: a common threat, effort, trust; friction takes away. C01-C07, C13, C129, C151.
// Equations: ODD.md, 4.22.
#pragma once
#include "mechanism.hpp"
#include "states.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct PoliticalAlignment : Page<PoliticalAlignment> {
    static constexpr std::string_view name = "political_alignment", title = "political alignment of Russia and China", group = "the tie itself", claims = "C01 C02 C03 C04 C05 C06 C07 C13 C129 C151";

    template <class Value> struct Parameters {
        Value p_host = parameter("p_host", "logit", 3.4, 2, 5, Mark::weak, "political alignment from a common threat", "C01 C02 C81");
        Value p_fr = parameter("p_fr", "logit", 2.0, 1, 4, Mark::prior, "political alignment lost to friction", "C81");
        Value obedience_on_alignment = parameter("obedience_on_alignment", "logit", 1.5, 0, 3, Mark::prior, "political alignment from concessions where dependence ends in obedience", "C64 C65 C70");
        Value hostility_on_alignment = parameter("hostility_on_alignment", "logit", 6, 0, 9, Mark::prior, "political alignment lost where the two are enemies", "C82 C83");
        Value obedience_centre = fixed("obedience_centre", "index", 0.24, "concessions of 2024", "C65");
        Value alignment_rate = fixed("alignment_rate", "1/quarter", 0.12, "speed of political alignment");
        Value alignment_base_enemy = fixed("alignment_base_enemy", "logit", 0.18, "base of political alignment where only an enemy binds", "C02 C03");
        Value alignment_base_concert = fixed("alignment_base_concert", "logit", 0.89, "base of political alignment where a shared view of order binds", "C07 C129");
        Value concert_threat_share = fixed("concert_threat_share", "share", 0.45, "part of p_host that is left under concert", "C07 C129");
        Value effort_on_alignment = fixed("effort_on_alignment", "logit", 1.1, "political alignment from effort to China less effort to the West", "C04");
        Value trust_on_alignment = fixed("trust_on_alignment", "logit", 1.5, "political alignment from trust", "C06");
        Value pro_west_on_alignment = fixed("pro_west_on_alignment", "logit", 0.3, "political alignment lost under a pro-Western regime", "C05 C99");
        Value incident_on_alignment = fixed("incident_on_alignment", "share", 0.25, "part of political alignment that the worst incident destroys", "C83 C84");
        Value refused_backing_on_alignment = parameter("refused_backing_on_alignment", "share", 0.25, 0, 0.5, Mark::prior,
                                                       "part of political alignment that is lost when Russia refuses to back China over Taiwan", "C53");
        Value refusal_foreseen = fixed("refusal_foreseen", "share", 1, "part of that which is lost where China never counted on Russia", "C53");
        Value victory_on_alignment = fixed("victory_on_alignment", "share", 0.05, "part of the missing alignment that a Russian victory adds (N19)", "C13");
    };

    template <class Value> struct Shared {
        Value political_alignment = variable("political_alignment", "index", 0.52, 0, 1, "how far Russia and China stand together in politics (P)", "expert coding");
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws&)
    {
        const Lanes west = select(now.west_push == west_push::restrain, positive_part(now.west_china_hostility - p.restrain_discount * now.support_hostility), now.west_china_hostility);
        const Lanes threat = p.p_host * (sqrt(now.russia_west_hostility * west) - 0.40);
        const Lanes base = select(now.bond == bond::concert, p.alignment_base_concert + p.concert_threat_share * threat, p.alignment_base_enemy + threat);
        const Lanes obeys = p.obedience_on_alignment * (now.concessions - p.obedience_centre) * when(now.dep == dep::pawn);
        const Lanes target = logistic(base + p.effort_on_alignment * (now.effort_china - now.effort_west - 0.32) - p.p_fr * (now.friction - 0.18) + p.trust_on_alignment * (now.trust - 0.42)
                                      - p.pro_west_on_alignment * now.pro_west_regime + obeys - p.hostility_on_alignment * square(now.mutual_hostility));
        const Lanes refused = when(now.taiwan_backing < backing::none) * select(now.taiwan_back == taiwan_back::never, p.refusal_foreseen, 1);
        const Lanes drawn = clip((now.political_alignment + p.alignment_rate * (target - now.political_alignment)) * (1 - p.incident_on_alignment * now.bilateral_incident)
                                 * (1 - p.refused_backing_on_alignment * refused));
        next.political_alignment = drawn + p.victory_on_alignment * now.victory_event * (1 - drawn);
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
