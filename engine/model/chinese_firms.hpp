// Chinese firms choose whether to supply controlled goods directly, through intermediaries, or not at all; the first tier has much to lose in
// the West, the second little. The sum is the dual-use flow that the West sees. C20, C27-C35, C77, C132. Equations: ODD.md, 4.11.
#pragma once
#include "mechanism.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct ChineseFirms : Page<ChineseFirms> {
    static constexpr std::string_view name = "chinese_firms", title = "supply of controlled goods by Chinese firms", group = "trade, money and dependence",
                                      claims = "C20 C27 C28 C29 C30 C31 C32 C33 C34 C35 C77 C132";
    static constexpr std::string_view agents = "firm";

    template <class Value> struct Parameters {
        Value c_firm = parameter("c_firm", "utility", 1.6, 0.8, 3, Mark::weak, "firms' aversion to risk", "C20 C30");
        Value rho_S = parameter("rho_S", "1", 1.0, 0.4, 2, Mark::weak, "what sanctions add to firms' margin", "C27 C28");
        Value v_via = parameter("v_via", "probability", 0.6, 0.3, 0.85, Mark::weak, Spread::limited_normal, 0.12, "protection by intermediaries", "C33 C34");
        Value nu = parameter("nu", "utility", 0.6, 0.2, 1.2, Mark::prior, "weight of Beijing's signals", "C29");
        Value chi = parameter("chi", "utility", 0.35, 0.1, 0.8, Mark::prior, "cost of payment when banks refuse", "C20");
        Value k_fill = parameter("k_fill", "utility", 2.5, 0, 5, Mark::prior, "how hard the second tier fills what the first leaves (N7)", "C31");
        Value firm_sanctions_risk = fixed("firm_sanctions_risk", "index", 0.20, "risk in sanctions in force alone", "C20");
        Value firm_noise = fixed("firm_noise", "index", 0.12, "sd of what a firm hears of enforcement", "");
        Value firm_designated_exposure = fixed("firm_designated_exposure", "index", 0.02, "what a designated firm still has to lose", "C35");
        Value firm_designated_fear = parameter("firm_designated_fear", "share", 0.3, 0, 1, Mark::prior,
                                               "part of its exposure that a designated firm can still lose: its bank, its group, its other goods", "C35");
        Value firm_cost = fixed("firm_cost", "utility", 0.25, "cost of supplying at all", "C27");
        Value firm_rails_shelter = fixed("firm_rails_shelter", "share", 0.3, "risk that insulated rails take away", "C37");
        Value firm_via_cost = fixed("firm_via_cost", "utility", 0.12, "cost of an intermediary", "C33");
        Value firm_via_payment = fixed("firm_via_payment", "share", 0.5, "payment trouble that is left with an intermediary", "C33 C34");
        Value firm_precision = fixed("firm_precision", "1/utility", 6, "precision of firms' choices", "");
        Value firm_designated_supply = fixed("firm_designated_supply", "share", 0.85, "what a designated firm can still supply", "C35");
        Value firm_release = fixed("firm_release", "1/quarter", 0.02, "chance that a designated firm is replaced by a free one", "C35");
        Value flow_without_sanctions = fixed("flow_without_sanctions", "share", 0.35, "dual-use demand without sanctions, full sanctions = 1", "C27");
        Value gap_threshold = fixed("gap_threshold", "index", 0.55, "first tier's supply below which it leaves a gap (N7); first version .68, which lies inside the noise", "C31");
        Value gap_rate = fixed("gap_rate", "1/quarter", 0.20, "speed at which the gap is seen (N7)", "C31");
        Value reach_exposure = fixed("reach_exposure", "index", 0.45, "least exposure of a firm if the dollar reaches all (N7)", "C20 C132");
    };

    template <class Value> struct Shared {
        Value supply_willingness = variable("supply_willingness", "share", 0.7, 0, 1, "supply of controlled goods, of what all firms could supply (U)", "equilibrium of 2014");
        Value supply_tier1 = variable("supply_tier1", "share", 0.69, 0, 1, "the same in the first tier", "equilibrium of 2014");
        Value supply_tier2 = variable("supply_tier2", "share", 0.74, 0, 1, "the same in the second tier", "equilibrium of 2014");
        Value intermediated_share = variable("intermediated_share", "share", 0.3, 0, 1, "supplying firms that use intermediaries", "equilibrium of 2014");
        Value dual_use_flow = variable("dual_use_flow", "index", 0.25, 0, 1, "flow of dual-use goods to Russia", "equilibrium of 2014");
        Value designated_share = variable("designated_share", "share", 0, 0, 1, "capacity of designated firms", "definition");
        Value supply_gap = variable("supply_gap", "share", 0, 0, 1, "supply that the first tier has left open (N7)", "definition");
    };

    template <class Value> struct Agents : With<Drawn, Value> {
        Value firm_exposure = column("firm_exposure", "index", "what the firm has to lose in the West");
        Value firm_quality = column("firm_quality", "index", "what the firm can supply");
        Value firm_margin = column("firm_margin", "utility", "what the firm earns on Russia");
        Value firm_risk = column("firm_risk", "probability", "punishment that the firm expects");
        Value firm_designated = column("firm_designated", "0/1", "the firm is designated");
    };

    /// The first third of the firms is the first tier.
    static std::size_t first_tier(const Agents<Column>& own) { return own.firm_risk.size() / 3; }

    static void begin(Shared<Lanes>&, Agents<Column>& own, const auto&, const Draws& draw, const Counts& counts, const Switches<Lanes>& on)
    {
        const std::uint32_t n = counts.firms;
        own.make_room(n);
        own.firm_exposure.resize(n), own.firm_quality.resize(n), own.firm_margin.resize(n);
        own.firm_risk.assign(n, Lanes(0.05));
        own.firm_designated.assign(n, Lanes(0));
        const bool one_by_one = any(holds(on.use_single_firms));
        for (std::uint32_t f = 0; f < n; ++f) {
            const Four u = one_by_one ? draw(f) : Four{0.5, 0.5, 0.5, 0.5};
            const bool first = f < first_tier(own);
            own.firm_exposure[f] = first ? 0.4 + 0.5 * u.a : 0.15 * u.a;
            own.firm_quality[f] = first ? 0.7 + 0.3 * u.b : 0.3 + 0.3 * u.b;
            own.firm_margin[f] = 0.2 + 0.4 * u.c;
        }
    }

    /// What all firms of a tier share, and what they come to.
    struct Tier {
        std::size_t begin, end;
        Lanes rest, pay, least_exposure, capacity = 0, supply = 0;
    };
    struct Terms {
        Lanes heard, premium, fear, seen, rate_direct, rate_via; ///< premium and fear times the precision of choices
    };
    struct Together {
        Lanes capacity, supply, suppliers, with_intermediary, designated_capacity;
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>& own, const auto& p, const Draws& draw)
    {
        const Mask reaches_all = now.reach == reach::all_abstain;
        const Lanes refill = p.k_fill * now.supply_gap * now.use_tier2_refill * when(!reaches_all);
        next.supply_gap = now.supply_gap + p.gap_rate * (positive_part(p.gap_threshold - now.supply_tier1) - now.supply_gap);

        const Lanes in_force = now.sanctions_in_force, threat = now.secondary_enforcement + p.firm_sanctions_risk * in_force, k = p.firm_precision;
        const Lanes premium = k * (1 + p.rho_S * in_force), fear = k * p.c_firm * now.china_western_exposure * (1 - p.firm_rails_shelter * now.insulated_rails), seen = 1 - p.v_via;
        const Lanes rate_direct = now.designation_rate * now.secondary_enforcement, rate_via = rate_direct * seen;
        const std::size_t n = own.firm_risk.size(), n_first = first_tier(own);
        const Lanes rest = k * (p.nu * (now.china_support - 0.45) - p.firm_cost);
        Tier tiers[2] = {{0, n_first, rest, k * p.chi * (1 - now.bank_acceptance), 0},
                         {n_first, n, rest + k * refill, k * p.chi * (1 - now.small_bank_acceptance), select(reaches_all, p.reach_exposure, 0)}};
        Lanes suppliers = 0, with_intermediary = 0, designated_capacity = 0;
        if (any(holds(now.use_single_firms))) draw.fill(own.drawn);
        for (Tier& tier : tiers) {
            if (any(!holds(now.use_single_firms))) {
                const Together all = act_as_one(tier, {threat, premium, fear, seen, rate_direct, rate_via}, own, p);
                tier.capacity = all.capacity, tier.supply = all.supply;
                suppliers += all.suppliers, with_intermediary += all.with_intermediary, designated_capacity += all.designated_capacity;
            }
            if (!any(holds(now.use_single_firms))) continue;
            const Lanes detour = k * p.firm_via_cost + p.firm_via_payment * tier.pay;
            Lanes capacity = 0, supply = 0;
            for (std::size_t f = tier.begin; f < tier.end; ++f) {
                const auto& [noise, choice] = own.drawn[f];
                const Mask designated = holds(own.firm_designated[f]);
                own.firm_risk[f] += p.lam_p * (clip(threat + p.firm_noise * bell(noise)) - own.firm_risk[f]);
                const Lanes at_stake = max(own.firm_exposure[f], tier.least_exposure);
                const Lanes exposure = select(designated, max(p.firm_designated_exposure, p.firm_designated_fear * at_stake), at_stake);
                const Lanes base = own.firm_margin[f] * premium + tier.rest, penalty = fear * exposure * own.firm_risk[f];
                const Lanes direct = exp(base - tier.pay - penalty), by_detour = exp(base - detour - penalty * seen), up_to_direct = 1 + direct;

                const Lanes mark = choice * (up_to_direct + by_detour);
                const Mask supplies = mark >= 1, via = mark >= up_to_direct;
                const Lanes quality = own.firm_quality[f];
                capacity += quality;
                supply += select(supplies, select(designated, p.firm_designated_supply * quality, quality), 0);
                suppliers += when(supplies);
                with_intermediary += when(via);
                // How far into its alternative the mark falls is uniform again, and decides whether the firm is designated or released.
                const Lanes beyond = mark - select(via, up_to_direct, when(supplies)), width_of_choice = select(via, by_detour, select(supplies, direct, 1));
                const Lanes rate = select(designated, p.firm_release, select(via, rate_via, select(supplies, rate_direct, 0)));
                own.firm_designated[f] = when((beyond < rate * width_of_choice) ^ designated);
                designated_capacity += own.firm_designated[f] * quality;
            }
            tier.capacity = capacity, tier.supply = supply;
        }
        const auto [first, second] = tiers;
        const Lanes capacity = first.capacity + second.capacity;
        next.supply_willingness = (first.supply + second.supply) / capacity;
        next.supply_tier1 = n_first == 0 ? next.supply_willingness : first.supply / first.capacity;
        next.supply_tier2 = second.supply / second.capacity;
        next.intermediated_share = with_intermediary / max(suppliers, 1);
        next.dual_use_flow = (p.flow_without_sanctions + (1 - p.flow_without_sanctions) * in_force) * next.supply_willingness;
        next.designated_share = designated_capacity / capacity;
    }

    /// The tier's mean field: firms of mean exposure, quality and margin, who hear without noise, and whose choices are their probabilities; part of them is designated.
    static Together act_as_one(Tier tier, Terms terms, Agents<Column>& own, const auto& p)
    {
        if (tier.begin == tier.end) return {0, 0, 0, 0, 0};
        const Lanes k = p.firm_precision, detour = k * p.firm_via_cost + p.firm_via_payment * tier.pay, quality = own.firm_quality[tier.begin], firms = double(tier.end - tier.begin);
        Lanes risk = own.firm_risk[tier.begin], designated = own.firm_designated[tier.begin];
        risk += p.lam_p * (clip(terms.heard) - risk);
        const Lanes at_stake = max(own.firm_exposure[tier.begin], tier.least_exposure);
        struct Choice {
            Lanes direct, via;
        };
        const auto choice = [&](Lanes exposed) -> Choice {
            const Lanes base = own.firm_margin[tier.begin] * terms.premium + tier.rest, penalty = terms.fear * exposed * risk;
            const Lanes direct = exp(base - tier.pay - penalty), by_detour = exp(base - detour - penalty * terms.seen), each = Lanes(1) / (1 + direct + by_detour);
            return {direct * each, by_detour * each};
        };
        const Choice free = choice(at_stake), named = choice(max(p.firm_designated_exposure, p.firm_designated_fear * at_stake));
        const Lanes of_free = 1 - designated;
        Together all{.capacity = firms * quality, .supply = 0, .suppliers = 0, .with_intermediary = 0, .designated_capacity = 0};
        all.supply = all.capacity * (of_free * (free.direct + free.via) + designated * p.firm_designated_supply * (named.direct + named.via));
        all.suppliers = firms * (of_free * (free.direct + free.via) + designated * (named.direct + named.via));
        all.with_intermediary = firms * (of_free * free.via + designated * named.via);
        designated = clip(designated + of_free * (free.direct * terms.rate_direct + free.via * terms.rate_via) - designated * p.firm_release);
        all.designated_capacity = all.capacity * designated;
        for (std::size_t f = tier.begin; f < tier.end; ++f) own.firm_risk[f] = risk, own.firm_designated[f] = designated;
        return all;
    }

    /// Without the firms no controlled goods are supplied.
    static void muted(const auto&, Shared<Lanes>& next)
    {
        next.supply_willingness = next.supply_tier1 = next.supply_tier2 = next.intermediated_share = next.dual_use_flow = next.designated_share = 0;
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
