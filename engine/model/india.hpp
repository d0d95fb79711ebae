// India, a hedging buyer between the discount and US pressure, which buys fewer Russian arms as Russia moves to China. C54, C68, C87, C121.
// Equations: ODD.md, 4.26.
#pragma once
#include "mechanism.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct India : Page<India> {
    static constexpr std::string_view name = "india", title = "what India buys from Russia", group = "trade, money and dependence", claims = "C54 C68 C87 C121";

    template <class Value> struct Parameters {
        Value g_press = parameter("g_press", "utility", 0.8, 0.3, 1.6, Mark::prior, "weight of US pressure in India's choice", "C87 C121");
        Value g_disc = parameter("g_disc", "utility", 1.0, 0.5, 1.8, Mark::weak, "weight of the discount that sanctions bring in India's choice", "C54 C121");
        Value india_pressure_deal = fixed("india_pressure_deal", "share", 0.3, "part of secondary enforcement that a dealing US administration turns on India", "C87");
        Value india_pressure_hawk = fixed("india_pressure_hawk", "share", 0.3, "what another administration adds to it", "C87");
        Value india_cut_satiation = fixed("india_cut_satiation", "utility", 0.5, "appeal of cutting for one who buys much", "C121");
        Value india_cut_discount = fixed("india_cut_discount", "utility", 0.3, "appeal of cutting lost to the discount", "C54");
        Value india_cut_cost = fixed("india_cut_cost", "utility", 0.35, "cost of cutting", "C121");
        Value india_hold_appeal = fixed("india_hold_appeal", "utility", 0.30, "appeal of holding", "C121");
        Value india_expand_china = fixed("india_expand_china", "utility", 0.6, "appeal of expanding as China's share of Russian trade grows", "C68 C87");
        Value india_expand_satiation = fixed("india_expand_satiation", "utility", 0.8, "appeal of expanding lost for one who buys much", "C121");
        Value india_expand_pull = fixed("india_expand_pull", "utility", 0.4, "reach of the lever india_pull in India's choice", "C87");
        Value india_expand_appeal = fixed("india_expand_appeal", "utility", 0.10, "appeal of expanding", "C54");
        Value india_purchase_rate = fixed("india_purchase_rate", "1/quarter", 0.10, "speed of India's purchases", "C54");
        Value india_arms_rate = fixed("india_arms_rate", "1/quarter", 0.03, "speed of India's demand for Russian arms", "C87");
        Value india_arms_base = fixed("india_arms_base", "index", 0.25, "demand for Russian arms without purchases", "C87");
        Value india_arms_purchase = fixed("india_arms_purchase", "1", 0.5, "demand for Russian arms from purchases", "C87");
        Value india_arms_distrust = fixed("india_arms_distrust", "index", 0.3, "demand for Russian arms when Moscow and Beijing distrust each other", "C87");
        Value india_arms_military = fixed("india_arms_military", "1", 0.9, "demand for Russian arms lost to Russian-Chinese military depth", "C87");
        Value india_arms_pressure = fixed("india_arms_pressure", "1", 0.4, "demand for Russian arms lost to US pressure", "C87");
    };

    template <class Value> struct Shared {
        Value india_purchase = variable("india_purchase", "index", 0.6, 0, 1, "how willingly India buys from Russia", "expert coding");
        Value india_arms_demand = variable("india_arms_demand", "index", 0.8, 0, 1, "India's demand for Russian arms", "expert coding");
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws& draw)
    {
        const Lanes x = now.india_purchase, pressure = clip(now.secondary_enforcement * (p.india_pressure_deal + p.india_pressure_hawk * (1 - now.us_administration_deal)) + now.india_pressure);
        const Lanes cut = exp(p.lam * (p.g_press * pressure + p.india_cut_satiation * x - p.india_cut_discount * now.sanctions_total - p.india_cut_cost));
        const Lanes hold = exp(p.lam * p.india_hold_appeal);
        const Lanes expand = exp(p.lam
                                 * (p.g_disc * now.sanctions_total + p.india_expand_china * positive_part(now.trade_share_china - 0.15) - p.india_expand_satiation * x
                                    - p.g_press * pressure + p.india_expand_pull * now.india_pull + p.india_expand_appeal));
        const Lanes chosen = draw().a * (cut + hold + expand);
        next.india_purchase = clip(x + p.india_purchase_rate * select(chosen < cut, -x, select(chosen < cut + hold, 0, 1 - x)));
        const Lanes arms = clip(p.india_arms_base + p.india_arms_purchase * x + p.india_arms_distrust * when(now.trust < 0.3)
                                - p.india_arms_military * positive_part(now.military_depth - 0.25) - p.india_arms_pressure * pressure);
        next.india_arms_demand += p.india_arms_rate * (arms - now.india_arms_demand);
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
