// Who listens to whom in the Russian elite: a fixed graph. Inside a faction a ring, links of weight 1 to the members at ring distance 1 and 2;
// between factions bridges of weight .5: member j of a faction with j mod B = 0 and member floor(j n_other / n_own) of each other faction.
// B = 3 (clustered), 1 (mixed), no bridges (siloed). Each member's weights are divided by their sum.
#pragma once
#include "mechanism.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

inline constexpr std::uint32_t factions = 3; ///< siloviki, technocrats, regional and business leaders

/// Members stand in the order of their factions: faction k has the members from first[k] up to first[k + 1].
struct FactionOrder {
    std::uint32_t first[factions + 1];

    explicit FactionOrder(std::uint32_t members)
    {
        const std::uint32_t siloviki = (40 * members + 50) / 100, technocrats = (35 * members + 50) / 100;
        first[0] = 0;
        first[1] = siloviki > 0 ? siloviki : 1;
        first[2] = first[1] + (technocrats > 0 ? technocrats : 1);
        first[3] = members;
    }
    std::uint32_t size(std::uint32_t faction) const { return first[faction + 1] - first[faction]; }
    std::uint32_t faction_of(std::uint32_t member) const { return member < first[1] ? 0 : member < first[2] ? 1 : 2; }
};

/// What a member's neighbours do to it.
struct Influence {
    Lanes orientation, wariness; ///< weighted sum of differences, over neighbours inside the confidence bound
    Lanes alarmed;               ///< weighted share of alarmed neighbours
};

class EliteNetwork {
public:
    /// A graph over as many members as `order` has; `bridge` is B, 0 for none.
    EliteNetwork(const FactionOrder& order, std::uint32_t bridge)
    {
        const std::uint32_t members = order.first[factions];
        for (std::uint32_t i = 0; i < members; ++i) {
            double sum = 0;
            for (std::uint32_t j = 0; j < members; ++j) sum += weight(order, bridge, i, j);
            const auto first = static_cast<std::uint32_t>(links_.size());
            for (std::uint32_t j = 0; j < members; ++j)
                if (const double w = weight(order, bridge, i, j); w > 0) links_.push_back({j, static_cast<Real>(w / sum)});
            of_.push_back({first, static_cast<std::uint32_t>(links_.size())});
        }
    }
    EliteNetwork() = default;

    std::uint32_t members() const { return static_cast<std::uint32_t>(of_.size()); }
    /// Normalised weight with which member i listens to member j.
    double weight(std::uint32_t i, std::uint32_t j) const
    {
        for (std::uint32_t l = of_[i].first; l < of_[i].end; ++l)
            if (links_[l].member == j) return links_[l].weight;
        return 0;
    }
    Influence influence(std::uint32_t i, const Column& orientation, const Column& wariness, const Column& alarm, Lanes bound) const
    {
        Influence sum{0, 0, 0};
        const Lanes o = orientation[i], w = wariness[i];
        for (std::uint32_t l = of_[i].first; l < of_[i].end; ++l) {
            const std::uint32_t j = links_[l].member;
            const Lanes weight = links_[l].weight, apart = orientation[j] - o, heard = select(magnitude(apart) < bound, weight, 0);
            sum.orientation += heard * apart;
            sum.wariness += heard * (wariness[j] - w);
            sum.alarmed += weight * alarm[j];
        }
        return sum;
    }

private:
    struct Link {
        std::uint32_t member;
        Real weight;
    };
    struct Range {
        std::uint32_t first, end;
    };
    static double weight(const FactionOrder& order, std::uint32_t bridge, std::uint32_t i, std::uint32_t j)
    {
        const std::uint32_t a = order.faction_of(i), b = order.faction_of(j), na = order.size(a), nb = order.size(b), ia = i - order.first[a], jb = j - order.first[b];
        if (a == b) {
            const std::uint32_t d = ia < jb ? jb - ia : ia - jb, ring = d < na - d ? d : na - d;
            return ring == 1 || ring == 2 ? 1 : 0;
        }
        if (bridge == 0) return 0;
        return (ia % bridge == 0 && ia * nb / na == jb) || (jb % bridge == 0 && jb * na / nb == ia) ? 0.5 : 0;
    }

    std::vector<Link> links_;
    std::vector<Range> of_; ///< where each member's links lie
};

} // namespace ENTENTE_KERNEL
} // namespace entente
