// Who listens to whom in the Russian elite, a fixed graph: a ring inside each faction, bridges between them; many, few or none by the structure
// `network`. Equations: ODD.md, 4.27.
#pragma once
#include "mechanism.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

/// The last stands for regional and business leaders.
enum Faction : std::uint32_t { siloviki, technocrats, regional, factions };

/// Members stand in the order of their factions: faction k has the members from first[k] up to first[k + 1].
struct FactionOrder {
    std::uint32_t first[factions + 1];

    explicit FactionOrder(std::uint32_t members)
    {
        const std::uint32_t first_share = (40 * members + 50) / 100, second_share = (35 * members + 50) / 100;
        first[siloviki] = 0;
        first[technocrats] = first_share > 0 ? first_share : 1;
        first[regional] = first[technocrats] + (second_share > 0 ? second_share : 1);
        first[factions] = members;
    }
    std::uint32_t size(std::uint32_t faction) const { return first[faction + 1] - first[faction]; }
    std::uint32_t faction_of(std::uint32_t member) const { return member < first[technocrats] ? siloviki : member < first[regional] ? technocrats : regional; }
};

/// What a member's neighbours do to it.
struct Influence {
    Lanes orientation, wariness; ///< weighted sum of differences, over neighbours inside the confidence bound
    Lanes alarmed;               ///< weighted share of alarmed neighbours
};
/// The columns that members see of each other.
struct Views {
    const Column &orientation, &wariness, &alarm;
};

class EliteNetwork {
public:
    /// A graph over as many members as `order` has; `bridge` is B, 0 for none.
    EliteNetwork(const FactionOrder& order, std::uint32_t bridge)
    {
        const std::uint32_t members = order.first[factions];
        for (std::uint32_t i = 0; i < members; ++i) {
            double sum = 0;
            const std::size_t before = ring_.size();
            for (std::uint32_t j = 0; j < members; ++j) {
                const double w = weight(order, bridge, i, j);
                sum += w;
                if (w == 1) ring_.push_back({j});
                else if (w > 0 && i < j) bridges_.push_back({i, j});
            }
            seats_.push_back({static_cast<std::uint32_t>(ring_.size() - before), static_cast<Real>(sum > 0 ? 1 / sum : 0)});
        }
    }
    EliteNetwork() = default;

    std::uint32_t members() const { return static_cast<std::uint32_t>(seats_.size()); }
    /// Normalised weight with which member i listens to member j.
    double weight(std::uint32_t i, std::uint32_t j) const
    {
        std::size_t first = 0;
        for (std::uint32_t k = 0; k < i; ++k) first += seats_[k].neighbours;
        for (std::size_t n = first; n < first + seats_[i].neighbours; ++n)
            if (ring_[n].member == j) return seats_[i].share;
        for (const Bridge& b : bridges_)
            if ((b.from == i && b.to == j) || (b.from == j && b.to == i)) return seats_[i].share * bridge_weight;
        return 0;
    }
    /// Adds to what every member feels what its neighbours here do to it, in the lanes that listen. A bridge is crossed once for both its ends.
    void pass_on(const Views& of, Lanes bound, Mask listens, std::vector<Influence>& felt) const
    {
        const Lanes *const o = of.orientation.data(), *const w = of.wariness.data(), *const a = of.alarm.data();
        const Neighbour* neighbour = ring_.data();
        for (std::uint32_t i = 0; i < seats_.size(); ++i) {
            const Lanes share = only(listens, seats_[i].share);
            Influence sum{0, 0, 0};
#pragma GCC unroll 4
            for (std::uint32_t n = 0; n < seats_[i].neighbours; ++n) {
                const std::uint32_t j = (neighbour++)->member;
                const Lanes apart = o[i] - o[j];
                const Mask heard = magnitude(apart) < bound;
                sum.orientation -= only(heard, apart);
                sum.wariness -= only(heard, w[i] - w[j]);
                sum.alarmed += a[j];
            }
            felt[i].orientation += share * sum.orientation;
            felt[i].wariness += share * sum.wariness;
            felt[i].alarmed += share * sum.alarmed;
        }
        for (const auto [i, j] : bridges_) {
            const Lanes to_i = only(listens, seats_[i].share * bridge_weight), to_j = only(listens, seats_[j].share * bridge_weight);
            const Lanes apart = o[j] - o[i];
            const Mask heard = magnitude(apart) < bound;
            const Lanes orientation = only(heard, apart), wariness = only(heard, w[j] - w[i]);
            felt[i].orientation += to_i * orientation, felt[j].orientation -= to_j * orientation;
            felt[i].wariness += to_i * wariness, felt[j].wariness -= to_j * wariness;
            felt[i].alarmed += to_i * a[j], felt[j].alarmed += to_j * a[i];
        }
    }

private:
    static constexpr Real bridge_weight = 0.5;
    struct Seat {
        std::uint32_t neighbours; ///< in the ring: so many of `ring_`, after those of the members before
        Real share;               ///< 1 over the sum of its weights
    };
    struct Neighbour {
        std::uint32_t member;
    };
    struct Bridge {
        std::uint32_t from, to;
    };
    static double weight(const FactionOrder& order, std::uint32_t bridge, std::uint32_t i, std::uint32_t j)
    {
        const std::uint32_t a = order.faction_of(i), b = order.faction_of(j), na = order.size(a), nb = order.size(b), ia = i - order.first[a], jb = j - order.first[b];
        if (a == b) {
            const std::uint32_t d = ia < jb ? jb - ia : ia - jb, ring = d < na - d ? d : na - d;
            return ring == 1 || ring == 2 ? 1 : 0;
        }
        if (bridge == 0) return 0;
        return (ia % bridge == 0 && ia * nb / na == jb) || (jb % bridge == 0 && jb * na / nb == ia) ? bridge_weight : 0;
    }

    std::vector<Neighbour> ring_; ///< of one member after the other
    std::vector<Bridge> bridges_;
    std::vector<Seat> seats_;
};

} // namespace ENTENTE_KERNEL
} // namespace entente
