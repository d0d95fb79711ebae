// What no actor of the model moves: the totals of Russian and Chinese trade, the slow pull of Asia, the oil price. C59, C114, C140.
// Equations: ODD.md, 4.2.
#pragma once
#include "mechanism.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct Exogenous : Page<Exogenous> {
    static constexpr std::string_view name = "exogenous", title = "totals and slow trends", claims = "C59 C114 C140";
    static constexpr bool history_never_muted = true;

    template <class Value> struct Parameters {
        Value asia_trend_step = fixed("asia_trend_step", "log/quarter", 0.0045, "growth of the pull of Asia in 2025", "C140");
        Value asia_trend_floor = fixed("asia_trend_floor", "share", 0.3, "part of that growth which never fades", "C140");
        Value asia_trend_fade = fixed("asia_trend_fade", "quarters", 120, "time in which that growth would fade to nothing", "C140");
        Value oil_persistence = fixed("oil_persistence", "share", 0.9, "oil price shock that is left after a quarter", "C114");
        Value oil_noise = fixed("oil_noise", "log", 0.06, "sd of a quarter's oil price shock", "C114");
        Value russia_trade_growth = fixed("russia_trade_growth", "log/quarter", 0.003, "growth of Russia's total trade", "C59");
        Value oil_in_russia_trade = fixed("oil_in_russia_trade", "1/quarter", 0.003, "growth of Russia's total trade per unit of oil price shock", "C114");
        Value china_trade_growth = fixed("china_trade_growth", "log/quarter", 0.007, "growth of China's total trade", "C59");
    };

    template <class Value> struct Shared {
        Value total_trade_russia = variable("total_trade_russia", "bn USD/year", 784.4, 1, 5000, "Russia's goods trade with all countries", "Russian customs 2014");
        Value total_trade_china = variable("total_trade_china", "bn USD/year", 4223.44, 1, 50000, "China's goods trade with all countries", "bilateral / share, 2014");
        Value asia_trend = variable("asia_trend", "log", 0, 0, 2, "how far Asia has drawn trade to itself since 2014", "definition");
        Value oil_price_shock = variable("oil_price_shock", "log", 0, -2, 2, "oil price relative to its norm", "definition");
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws& draw)
    {
        next.asia_trend = now.asia_trend + p.asia_trend_step * max(1 - Lanes(now.quarter - 44) / p.asia_trend_fade, p.asia_trend_floor);
        next.oil_price_shock = p.oil_persistence * now.oil_price_shock + p.oil_noise * normal(draw().a);
        next.total_trade_russia = now.total_trade_russia * exp(p.russia_trade_growth + p.oil_in_russia_trade * now.oil_price_shock);
        next.total_trade_china = now.total_trade_china * exp(p.china_trade_growth);
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
