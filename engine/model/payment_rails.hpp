// Payment between Russia and China: settlement in yuan, and channels that US enforcement does not reach. C36, C37, C60, C87.
// Equations: ODD.md, 4.10.
#pragma once
#include "mechanism.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct PaymentRails : Page<PaymentRails> {
    static constexpr std::string_view name = "payment_rails", title = "yuan settlement and insulated channels", group = "trade, money and dependence", claims = "C36 C37 C60 C87";

    template <class Value> struct Parameters {
        Value zeta = parameter("zeta", "1/quarter", 0.45, 0.2, 0.8, Mark::calibrated, "speed at which sanctions turn settlement to the yuan", "C36 C60");
        Value ins = parameter("ins", "1/quarter", 0.03, 0.01, 0.08, Mark::prior, "growth of insulated channels", "C36 C37");
        Value n_P = parameter("n_P", "1", 0.8, 0, 1.2, Mark::prior, "insulated channels that political alignment builds, enforcement = 1 (N8)", "C37");
        Value k_split = parameter("k_split", "1", 0.6, 0, 1, Mark::prior, "how far hostility between India and China slows them (N8)", "C87");
        Value yuan_sanctions_from = fixed("yuan_sanctions_from", "index", 0.25, "sanctions that do not yet turn settlement to the yuan", "C36");
        Value yuan_sanctions_span = fixed("yuan_sanctions_span", "index", 0.65, "further sanctions that turn it at full speed", "C36");
        Value yuan_axis = fixed("yuan_axis", "1", 0.10, "what the lever antidollar_axis adds to that speed", "C36");
        Value yuan_drift = fixed("yuan_drift", "1/quarter", 0.0028, "growth of yuan settlement without sanctions: the trend before 2022", "C60");
        Value yuan_return = fixed("yuan_return", "1/quarter", 0.01, "return to other currencies without sanctions", "C60");
        Value rails_yuan_from = fixed("rails_yuan_from", "share", 0.3, "yuan settlement at which insulated channels begin to grow", "C37");
        Value rails_axis = fixed("rails_axis", "1/quarter", 0.05, "insulated channels that the lever antidollar_axis builds", "C37");
        Value rails_decay = fixed("rails_decay", "1/quarter", 0.01, "insulated channels that fall out of use", "C37");
        Value rails_victory = fixed("rails_victory", "share", 0.05, "insulated channels that a Russian victory adds, as a share of what is left (N19)", "C13");
    };

    template <class Value> struct Shared {
        Value yuan_settlement = variable("yuan_settlement", "share", 0.03, 0, 1, "trade between Russia and China that is settled in yuan (Z)", "extrapolated from January 2022");
        Value insulated_rails = variable("insulated_rails", "index", 0, 0, 1, "payment channels out of US reach (N_r)", "definition");
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws&)
    {
        const Lanes z = now.yuan_settlement, rails = now.insulated_rails, axis = now.antidollar_axis;
        const Lanes pressed = square(clip((now.sanctions_total - p.yuan_sanctions_from) / p.yuan_sanctions_span));
        const Lanes back = now.quarter > now.start ? p.yuan_return * (1 - now.sanctions_total) * z : Lanes(0);
        next.yuan_settlement = clip(z + (p.zeta * (pressed + p.yuan_axis * axis) + p.yuan_drift) * (1 - z) - back);

        const Lanes will = max(now.secondary_enforcement, p.n_P * now.political_alignment * now.use_peacetime_rails);
        const Lanes unity = 1 - p.k_split * (now.india_china_hostility - 0.5) * now.use_brics_split;
        next.insulated_rails = clip(rails + (p.ins * will * unity * positive_part(z - p.rails_yuan_from) + p.rails_axis * axis + p.rails_victory * now.victory_event) * (1 - rails)
                                    - p.rails_decay * rails);
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
