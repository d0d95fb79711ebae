// Taiwan's one decision, an assertive or a status-quo policy, taken at its elections, and how well it is deterred to attack it. C51, T75, T76.
// Equations: ODD.md, 4.7.
#pragma once
#include "mechanism.hpp"
#include "states.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct Taiwan : Page<Taiwan> {
    static constexpr std::string_view name = "taiwan", title = "Taiwan's policy and deterrence", group = "Taiwan", claims = "C51";

    template <class Value> struct Parameters {
        Value assertive_base = fixed("assertive_base", "logit", -0.4, "an assertive party wins", "T75");
        Value assertive_rivalry = fixed("assertive_rivalry", "logit", 1.5, "what US rivalry with China adds to its chance", "T75");
        Value assertive_crisis = fixed("assertive_crisis", "logit", 1, "what a crisis takes from its chance", "T75");
        Value deterrence_base = fixed("deterrence_base", "index", 0.30, "deterrence without US rivalry or Western resolve", "T76");
        Value deterrence_rivalry = fixed("deterrence_rivalry", "index", 0.30, "what US rivalry with China adds to deterrence", "T76");
        Value deterrence_resolve = fixed("deterrence_resolve", "index", 0.25, "what the memory of Western resolve adds to deterrence", "C51");
        Value deterrence_assertive = fixed("deterrence_assertive", "index", 0.10, "what an assertive policy takes from deterrence", "T76");
        Value deterrence_rate = fixed("deterrence_rate", "1/quarter", 0.05, "speed at which deterrence follows", "T76");
    };

    template <class Value> struct Shared {
        Value taiwan_assertive = variable("taiwan_assertive", "0/1", 0, 0, 1, "1: Taiwan's policy is assertive, 0: status quo", "definition");
        Value taiwan_deterrence = variable("taiwan_deterrence", "index", 0.45, 0, 1, "what an attack on Taiwan would meet", "expert coding");
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws& draw)
    {
        if ((now.quarter - 57) % 16 == 0) { // elections; those of 2016, 2020 and 2024 went to the assertive side
            const Mask won = happens(draw().a, p.assertive_base + p.assertive_rivalry * (now.us_china_rivalry - 0.75) - p.assertive_crisis * when(now.taiwan_state > taiwan::calm));
            next.taiwan_assertive = now.quarter < now.start ? Lanes(posture::assertive) : when(won);
        }
        next.taiwan_assertive = select(now.taiwan_posture < posture::status_quo, next.taiwan_assertive, now.taiwan_posture);
        const Lanes target = clip(p.deterrence_base + p.deterrence_rivalry * now.us_china_rivalry + p.deterrence_resolve * now.western_resolve_memory - p.deterrence_assertive * next.taiwan_assertive);
        next.taiwan_deterrence = now.taiwan_deterrence + p.deterrence_rate * (target - now.taiwan_deterrence);
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
