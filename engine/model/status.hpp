// The rank that Russia claims against the rank that China grants, and against its means (N15). C118, C138. Its effects are elsewhere: grievance,
// elites' wariness, relapse and nuclear signals. Equations: ODD.md, 4.29.
#pragma once
#include "mechanism.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct Status : Page<Status> {
    static constexpr std::string_view name = "status", title = "claimed rank, granted rank and means", group = "Russia's course to the West", claims = "C118 C138";

    template <class Value> struct Parameters {
        Value status_claim_base = fixed("status_claim_base", "index", 0.45, "rank that a neutral Russia claims", "C138");
        Value status_claim_view = fixed("status_claim_view", "index", 0.40, "what a confrontational view adds to the claim", "C118");
        Value status_dependence = fixed("status_dependence", "index", 0.9, "rank that dependence costs once all is conceded", "C138");
        Value status_concession_base = fixed("status_concession_base", "share", 0.5, "part of it that needs no concessions", "C138");
        Value status_concession = fixed("status_concession", "share", 0.5, "part of it in proportion to concessions", "C138");
        Value status_support = fixed("status_support", "index", 0.5, "rank that Chinese support grants", "C138");
        Value status_support_centre = fixed("status_support_centre", "index", 0.45, "support that neither flatters nor slights", "C138");
        Value status_rate = fixed("status_rate", "1/quarter", 0.10, "speed at which a gap in rank is felt", "C138");
        Value status_strength_norm = fixed("status_strength_norm", "index", 0.62, "military strength of the self-image", "C118");
        Value status_means = fixed("status_means", "index", 0.75, "claim that the means of the self-image carry", "C118");
    };

    template <class Value> struct Shared {
        Value status_gap = variable("status_gap", "index", 0, 0, 1, "claimed rank above the one that China grants (G_C)", "definition");
        Value felt_weakness = variable("felt_weakness", "index", 0, 0, 2, "claimed rank above the means (G_M)", "definition");
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws&)
    {
        const Lanes claim = p.status_claim_base + p.status_claim_view * now.russian_view_orientation;
        const Lanes treatment = clip(1 - p.status_dependence * now.dependence_index * (p.status_concession_base + p.status_concession * now.concessions)
                                     + p.status_support * (now.china_support - p.status_support_centre));
        next.status_gap += p.status_rate * (positive_part(claim - treatment) - now.status_gap);
        next.felt_weakness = positive_part(claim + (p.output_norm - now.russian_output) + (p.status_strength_norm - now.russian_strength) - p.status_means);
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
