// Output of the Russian economy, its stagnation, and the regime's legitimacy with failed mutinies. C13, C24, C43, C47, C70, C75, C79, C104,
// C105, C157, C161. Equations: ODD.md, 4.18.
#pragma once
#include "mechanism.hpp"
#include "states.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct RussianEconomy : Page<RussianEconomy> {
    static constexpr std::string_view name = "russian_economy", title = "Russian output, legitimacy and mutinies", group = "trade, money and dependence",
                                      claims = "C13 C24 C43 C47 C70 C75 C79 C104 C105 C157 C161";

    template <class Value> struct Parameters {
        Value i_ins = parameter("i_ins", "output", 0.06, 0, 0.15, Mark::prior, "what gas sold to China insures against sanctions (N12)", "C79");
        Value h_mut = parameter("h_mut", "1/quarter", 0.003, 0.001, 0.01, Mark::prior, "failed mutinies in full war (N20)", "C161 C105");
        Value budget_on_legitimacy = parameter("budget_on_legitimacy", "logit", 0.6, 0, 2, Mark::prior, "legitimacy that oil income buys", "C43 C47 C157");
        Value output_rate = fixed("output_rate", "1/quarter", 0.06, "speed of output", "C47");
        Value output_base = fixed("output_base", "output", 0.95, "output under full sanctions without Chinese supply or trade", "C47");
        Value output_open = fixed("output_open", "output", 0.24, "what freedom from sanctions gives", "C47");
        Value output_flow = fixed("output_flow", "output", 0.18, "what Chinese supply replaces under sanctions", "C75");
        Value output_trade = fixed("output_trade", "output", 0.25, "what trade with China replaces under sanctions", "C75");
        Value output_war = fixed("output_war", "output", 0.06, "what full war costs", "C75");
        Value output_fragmented = fixed("output_fragmented", "output", 0.25, "what fragmentation costs", "C45");
        Value output_oil = fixed("output_oil", "output", 0.3, "what the oil price gives", "");
        Value output_discount = fixed("output_discount", "output", 0.15, "what the energy discount costs (N9)", "C157");
        Value output_loan = fixed("output_loan", "output", 0.010, "what a granted loan gives (N14)", "C24");
        Value output_norm = fixed("output_norm", "output", 1.10, "trend of output: what it would be without sanctions; below it the economy stagnates (y*)", "C43 C47 C118");
        Value budget_rate = fixed("budget_rate", "1/quarter", 0.25, "speed at which the budget follows oil income", "C157");
        Value budget_norm = fixed("budget_norm", "index", 0.82, "oil income that balances the budget, 1 at the usual price without a discount", "C157");
        Value stagnation_rate = fixed("stagnation_rate", "1/quarter", 0.12, "speed at which stagnation is felt (N13)", "C43");
        Value legitimacy_rate = fixed("legitimacy_rate", "1/quarter", 0.08, "speed of legitimacy", "C104");
        Value legitimacy_base = fixed("legitimacy_base", "logit", 0.95, "legitimacy at peace and output 1", "C105");
        Value legitimacy_output = fixed("legitimacy_output", "logit", 2.5, "output in legitimacy", "C105");
        Value legitimacy_long_war = fixed("legitimacy_long_war", "logit/quarter", 0.035, "what a quarter of full war costs", "C104");
        Value legitimacy_defeat = fixed("legitimacy_defeat", "logit", 1.6, "what a defeat costs", "C104");
        Value legitimacy_rally = fixed("legitimacy_rally", "logit", 0.25, "rally in the first six quarters of war", "C104");
        Value legitimacy_fragmented = fixed("legitimacy_fragmented", "logit", 0.8, "what fragmentation costs", "C45");
        Value legitimacy_won = fixed("legitimacy_won", "logit", 0.6, "what a victory gives while remembered (N19)", "C104");
        Value legitimacy_victory = fixed("legitimacy_victory", "index", 0.10, "step at a victory (N19)", "C104");
        Value legitimacy_heir = fixed("legitimacy_heir", "index", 0.62, "legitimacy of a successor by continuity", "C105");
        Value legitimacy_rupture = fixed("legitimacy_rupture", "index", 0.50, "legitimacy after any other change", "C105");
        Value mutiny_weakness = fixed("mutiny_weakness", "log hazard", 4.5, "lost legitimacy in the chance of a mutiny (N20)", "C105");
        Value mutiny_least = fixed("mutiny_least", "index", 0.05, "the least that a mutiny costs (N20)", "C161");
        Value mutiny_spread = fixed("mutiny_spread", "index", 0.10, "the most that it costs, above the least (N20)", "C161");
    };

    template <class Value> struct Shared {
        Value russian_output = variable("russian_output", "2013 = 1", 1, 0.6, 1.5, "Russian output (Y)", "definition");
        Value legitimacy = variable("legitimacy", "index", 0.72, 0, 1, "legitimacy of the Russian regime (L)", "expert coding");
        Value stagnation = variable("stagnation", "output", 0, 0, 0.5, "shortfall of output as long felt (N13)", "definition");
        Value budget = variable("budget", "index", 0.18, -1, 7, "oil income above what balances the budget", "definition");
        Value mutiny = event("mutiny", "index", 0, 1, "legitimacy that a failed mutiny costs (N20)");
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws& draw)
    {
        const Lanes y = now.russian_output, s = now.sanctions_total, war = when(now.war_state == war::full);
        const Lanes target = p.output_base + p.output_open * (1 - s)
                             + (p.output_flow * (now.dual_use_flow - 0.3) + p.output_trade * (now.trade_share_china - 0.1) + p.i_ins * now.use_gas_contract * now.pipeline_effective) * s
                             - p.output_war * war - p.output_fragmented * now.fragmented + p.output_oil * now.oil_price_shock - p.output_discount * now.use_energy_discount * now.energy_discount;
        next.russian_output = clip(y + p.output_rate * (target - y) + p.output_loan * now.loan_granted, 0.6, 1.5);
        next.stagnation += p.stagnation_rate * (positive_part(p.output_norm - y) - now.stagnation);

        next.budget += p.budget_rate * (exp(now.oil_price_shock) * (1 - now.use_energy_discount * now.energy_discount) - p.budget_norm - now.budget);

        const Four u = draw();
        const Lanes hazard = when(now.war_state == war::full) * (now.quarter >= now.start ? 1.0 : 0.0) * p.h_mut * exp(p.mutiny_weakness * (0.62 - now.legitimacy)); // history's one mutiny is data
        next.mutiny = now.use_mutinies * max(when(u.a < hazard) * (p.mutiny_least + p.mutiny_spread * u.b), now.force_mutiny);
        const Lanes mood = p.legitimacy_base + p.legitimacy_output * (y - 1) - p.legitimacy_long_war * min(now.war_quarters, 40) * war - p.legitimacy_defeat * now.defeat_memory
                           + p.legitimacy_rally * war * when(now.war_quarters < 6) - p.legitimacy_fragmented * now.fragmented + p.legitimacy_won * now.victory
                           + p.budget_on_legitimacy * now.budget;
        const Lanes drifted = now.legitimacy + p.legitimacy_rate * (logistic(mood) - now.legitimacy) + p.legitimacy_victory * now.victory_event;
        const Lanes change = now.leadership_change, led = select(change > leadership::continuity, p.legitimacy_rupture, select(change == leadership::continuity, p.legitimacy_heir, drifted));
        next.legitimacy = clip(led - next.mutiny);
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
