// Hostility between Russia and China that feeds itself: incidents and high friction start it, and beyond a threshold it grows without them, until
// one of the rare settlements ends it. The allies of 1950 fought at the Ussuri in 1969. C82, C83. Equations: ODD.md, 4.32.
#pragma once
#include "mechanism.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct MutualHostility : Page<MutualHostility> {
    static constexpr std::string_view name = "mutual_hostility", title = "hostility between Russia and China", group = "Central Asia and friction", claims = "C82 C83";

    template <class Value> struct Parameters {
        Value mutual_incident = parameter("mutual_incident", "index", 1.2, 0.6, 2, Mark::prior, "hostility to which the gravest incident would lead, if it lasted", "C83");
        Value mutual_friction = parameter("mutual_friction", "1", 1, 0, 2, Mark::prior, "hostility per unit of friction beyond what ordinary neighbours have", "C82");
        Value mutual_spiral = parameter("mutual_spiral", "1", 2.0, 1.2, 2.5, Mark::prior, Spread::none, 0, "hostility that answers hostility; above its inverse hostility grows by itself", "C83");
        Value mutual_end = parameter("mutual_end", "1/quarter", 0.008, 0.004, 0.016, Mark::prior, "chance of a settlement between the two: rivalries end so often", "");
        Value mutual_rate = fixed("mutual_rate", "1/quarter", 0.25, "speed of hostility between the two", "C83");
        Value mutual_ordinary = fixed("mutual_ordinary", "index", 0.6, "friction that ordinary neighbours have", "C82");
        Value mutual_left = fixed("mutual_left", "share", 0.3, "hostility that is left after a settlement", "");
    };

    template <class Value> struct Shared {
        Value mutual_hostility = variable("mutual_hostility", "index", 0, 0, 1, "hostility between Russia and China (H)", "definition");
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws& draw)
    {
        const Lanes h = now.mutual_hostility;
        const Lanes cause = p.mutual_incident * now.bilateral_incident + p.mutual_friction * positive_part(now.friction - p.mutual_ordinary) + p.mutual_spiral * h * h;
        next.mutual_hostility = clip(h + p.mutual_rate * (cause - h)) * select(draw().a < p.mutual_end, p.mutual_left, 1);
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
