// Where Russia trades: shares of its goods trade with China, the West, India and others follow attraction. C54-C57, C61, C77, C86, C93, C133.
// Equations: ODD.md, 4.25.
#pragma once
#include "mechanism.hpp"
#include "states.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct Trade : Page<Trade> {
    static constexpr std::string_view name = "trade", title = "shares of Russian goods trade", group = "trade, money and dependence", claims = "C54 C55 C56 C57 C61 C77 C86 C93 C133";

    template <class Value> struct Parameters {
        Value kappa = parameter("kappa", "1/quarter", 0.30, 0.15, 0.5, Mark::calibrated, "speed of re-routing", "C61");
        Value kappa_forced = parameter("kappa_forced", "1/quarter", 0.45, 0.1, 0.6, Mark::weak, "extra speed when re-routing is forced", "C61");
        Value eta_S = parameter("eta_S", "log attraction", 1.95, 1.3, 3, Mark::calibrated, "what sanctions in force take from the West", "C77");
        Value psi_C = parameter("psi_C", "log attraction", 0.30, 0.1, 0.7, Mark::calibrated,
                                "what sanctions give to China; .36 for the core alone, as the additions raise China's share", "C54 C77 C133");
        Value psi_I = parameter("psi_I", "log attraction", 1.75, 1, 2.5, Mark::calibrated, "what sanctions give to India", "C54 C87 C121");
        Value iota = parameter("iota", "log attraction", 0.10, 0.05, 0.15, Mark::prior, "trade through a full pipeline", "C79");
        Value pi_P = parameter("pi_P", "log attraction", 0.45, 0.1, 1, Mark::weak, "trade follows politics", "C78 C133");
        Value phi_B = parameter("phi_B", "log attraction", 0.22, 0.05, 0.5, Mark::prior, "trade lost when banks refuse", "C20");
        Value h_scar = parameter("h_scar", "share", 0.9, 0, 1, Mark::prior, Spread::limited_normal, 0.12, "part of the lost Western trade that comes back only as the scar fades", "C61 C77");
        Value scar_fade = fixed("scar_fade", "1/quarter", 0.006, "speed at which the scar of sanctions on trade fades", "C61");
        Value scar_heals = fixed("scar_heals", "1/quarter", 0.05, "... and what a full Western offer adds to it, or full Russian effort towards the West", "C99 C100");
        Value sanctions_curvature = fixed("sanctions_curvature", "1", 1.6, "trade answers to this power of sanctions", "C77");
        Value diversify_from_china = fixed("diversify_from_china", "log attraction", 0.25, "what effort to diversify takes from China", "C86");
        Value diversify_to_india = fixed("diversify_to_india", "log attraction", 0.9, "what effort to diversify gives to India", "C86");
        Value diversify_to_others = fixed("diversify_to_others", "log attraction", 0.5, "what effort to diversify gives to others", "C93");
        Value effort_to_west_trade = fixed("effort_to_west_trade", "log attraction", 0.6, "what effort towards the West gives to it", "C99");
        Value trend_from_west = fixed("trend_from_west", "1", 0.30, "what the Asian trend takes from the West, as a share of it", "C140");
        Value trend_to_india = fixed("trend_to_india", "1", 0.8, "what the Asian trend gives to India, as a share of it", "C140");
        Value hostility_from_west = fixed("hostility_from_west", "log attraction", 0.30, "what Russian hostility above its level of 2014 takes from the West", "C01");
        Value pull_to_india = fixed("pull_to_india", "log attraction", 0.5, "reach of the lever india_pull in trade", "C87");
        Value reliance_to_china = fixed("reliance_to_china", "log attraction", 0.4, "reach of the lever reliance_push in trade", "C63");
        Value taiwan_crisis_trade = fixed("taiwan_crisis_trade", "share", 0.92, "China's total trade in a Taiwan crisis", "C50");
        Value taiwan_war_trade = fixed("taiwan_war_trade", "share", 0.75, "China's total trade in a Taiwan war", "C50");
        Value d_S = parameter("d_S", "log price", 0.35, 0.1, 0.5, Mark::calibrated, "energy discount at full sanctions without Western buyers (N9)", "C157");
        Value discount_rate = fixed("discount_rate", "1/quarter", 0.3, "speed at which the energy discount follows (N9)", "C157");
        Value discount_china_keep = fixed("discount_china_keep", "share", 0.6, "part of psi_C that is not the discount (N9)", "C157");
        Value discount_to_china = fixed("discount_to_china", "log attraction", 0.5, "what the energy discount gives to China (N9)", "C157");
        Value discount_india_keep = fixed("discount_india_keep", "share", 0.8, "part of psi_I that is not the discount (N9)", "C157");
        Value discount_to_india = fixed("discount_to_india", "log attraction", 1.4, "what the energy discount gives to India (N9)", "C157");
    };

    template <class Value> struct Shared {
        Value trade_share_china = variable("trade_share_china", "share", 0.1125, 0, 1, "China's share of Russian goods trade", "data 2014");
        Value trade_share_west = variable("trade_share_west", "share", 0.585, 0, 1, "the West's share of Russian goods trade", "data 2014");
        Value trade_share_india = variable("trade_share_india", "share", 0.0121, 0, 1, "India's share of Russian goods trade", "data 2014");
        Value trade_share_other = variable("trade_share_other", "share", 0.2904, 0, 1, "all others' share of Russian goods trade", "data 2014 (rest)");
        Value china_trade_share_russia = variable("china_trade_share_russia", "share", 0.0209, 0, 0.2, "Russia's share of Chinese goods trade", "data 2014");
        Value trade_scar = variable("trade_scar", "index", 0, 0, 1, "the hardest sanctions on trade that are still remembered, curved as trade answers to them", "definition");
        Value energy_discount = variable("energy_discount", "log price", 0, 0, 0.5, "discount of Russian energy for want of Western buyers (N9)", "definition");
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws&)
    {
        const Lanes in_force = power(now.sanctions_in_force, p.sanctions_curvature), announced = power(now.sanctions_total, p.sanctions_curvature);
        const Lanes scar = max(in_force, (1 - p.scar_fade - p.scar_heals * (now.delivered_carrot + now.effort_west)) * now.trade_scar), lost = (1 - p.h_scar) * in_force + p.h_scar * scar;
        const Lanes shift = now.effort_diversify - 0.25;
        const Mask discounted = holds(now.use_energy_discount);
        const Lanes pull_china = select(discounted, p.discount_china_keep * p.psi_C * announced + p.discount_to_china * now.energy_discount, p.psi_C * announced);
        const Lanes pull_india = select(discounted, p.discount_india_keep * p.psi_I * announced + p.discount_to_india * now.energy_discount, p.psi_I * announced);
        const Lanes crowd = p.k_crowd * now.use_crowding_out * when(now.war_state == war::full);

        const Lanes china = exp(now.asia_trend + pull_china * now.supply_willingness / 0.80 + p.pi_P * (now.political_alignment - 0.52) + p.iota * now.pipeline_effective
                                - p.phi_B * (1 - now.bank_acceptance) - p.diversify_from_china * shift + crowd + p.reliance_to_china * now.reliance_push)
                            * (0.1125 / 0.2904);
        const Lanes west = exp(p.effort_to_west_trade * (now.effort_west - 0.05) - p.trend_from_west * now.asia_trend - p.eta_S * lost
                               - p.hostility_from_west * positive_part(now.russia_west_hostility - 0.40))
                           * (0.585 / 0.2904);
        const Lanes india = exp(p.trend_to_india * now.asia_trend + pull_india * now.india_purchase / 0.60 + p.diversify_to_india * shift + p.pull_to_india * now.india_pull) * (0.0121 / 0.2904);
        const Lanes others = exp(p.diversify_to_others * shift);

        const Lanes speed = min(p.kappa + p.kappa_forced * clip((now.sanctions_in_force - 0.4) / 0.5), 0.9), all = china + west + india + others;
        next.trade_share_china += speed * (china / all - now.trade_share_china);
        next.trade_share_west += speed * (west / all - now.trade_share_west);
        next.trade_share_india += speed * (india / all - now.trade_share_india);
        next.trade_share_other += speed * (others / all - now.trade_share_other);
        const Lanes sum = next.trade_share_china + next.trade_share_west + next.trade_share_india + next.trade_share_other;
        next.trade_share_china = next.trade_share_china / sum;
        next.trade_share_west = next.trade_share_west / sum;
        next.trade_share_india = next.trade_share_india / sum;
        next.trade_share_other = next.trade_share_other / sum;
        next.trade_scar = scar;
        next.energy_discount = clip(now.energy_discount + p.discount_rate * (p.d_S * now.sanctions_total * clip(1 - now.trade_share_west / 0.6) - now.energy_discount), 0, 0.5);
        const Lanes disturbed = select(now.taiwan_state == taiwan::war, p.taiwan_war_trade, select(now.taiwan_state == taiwan::crisis, p.taiwan_crisis_trade, 1));
        next.china_trade_share_russia = next.trade_share_china * now.total_trade_russia / (now.total_trade_china * disturbed);
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
