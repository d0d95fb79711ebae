// China's policy: how far it supports Russia, how much it has at stake in the West, who leads it, and how near to failure it believes its
// partner to be. C09, C12, C14, C16-C19, C24-C26, C38, C41, C44-C47, C86, C126, C145, C147-C149, C151. Equations: ODD.md, 4.6.
#pragma once
#include "mechanism.hpp"
#include "states.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct ChinaPolicy : Page<ChinaPolicy> {
    static constexpr std::string_view name = "china_policy", title = "China's support, Western exposure, leader and belief of failure", group = "China's policy",
                                      claims = "C09 C12 C14 C16 C17 C18 C19 C24 C25 C26 C38 C41 C44 C45 C46 C47 C86 C126 C145 C147 C148 C149 C151";

    template <class Value> struct Parameters {
        Value lam = parameter("lam", "1/utility", 3, 1.5, 6, Mark::weak, "precision of choices by states", "");
        Value g_riv = parameter("g_riv", "utility", 1.1, 0.6, 1.8, Mark::weak, "worth of support per unit of Western hostility", "C04 C16");
        Value g_west = parameter("g_west", "utility", 1.0, 0.5, 2, Mark::weak, "cost of support per unit of Western exposure", "C16 C17 C18 C19 C20");
        Value g_coll = parameter("g_coll", "utility", 2.5, 1, 4, Mark::prior, "worth of full support when the Russian army nears collapse", "C26 C44");
        Value g_lob = parameter("g_lob", "1", 0.60, 0, 1.5, Mark::prior, "what designated firms' lobbying adds to the cost", "C16 C20");
        Value x_des = parameter("x_des", "index", 0.30, 0.1, 0.8, Mark::prior, "Western exposure lost when all firms are designated", "C35");
        Value g_prev = parameter("g_prev", "utility", 0.35, 0, 1, Mark::prior, "worth of preventing a failure of Russia (N1)", "C148 C46");
        Value b_CR = parameter("b_CR", "index", 0.03, 0, 0.05, Mark::prior, Spread::none, 0, "China's pessimism about Russian output (N1)", "C47");
        Value f_0 = parameter("f_0", "index", 0.25, 0.08, 0.35, Mark::prior, Spread::none, 0, "signs of failure at which China believes in it by half (N1)", "C148");
        Value g_dose = parameter("g_dose", "utility", 0.8, 0, 1.5, Mark::prior, "how hard China doses its help (N2)", "C147");
        Value mstar = parameter("mstar", "index", 0.52, 0.45, 0.60, Mark::prior, Spread::none, 0, "Russian strength at which China would hold the front (m*, N2)", "C147");
        Value k_x = parameter("k_x", "utility", 1.0, 0, 2, Mark::prior, "weight of instability, welcome in small amounts (N3)", "C38 C149");
        Value g_fear = parameter("g_fear", "utility", 0.8, 0.2, 1.5, Mark::prior, "cost of hostility that support causes, if it restrains (N4)", "C151");
        Value need_on_support = parameter("need_on_support", "utility", 0.5, 0, 1.5, Mark::prior, "worth of support to a China that a war over Taiwan has cut off from the West", "C50 C53");
        Value g_bloc = parameter("g_bloc", "utility", 0.15, 0, 0.6, Mark::prior, "support lost when Russia builds partners of its own (N22)", "C86");
        Value restrain_discount = fixed("restrain_discount", "1", 0.35, "hostility caused by support that does not count as a common threat, if it restrains (N4)", "C151");
        Value war_worth_protract = fixed("war_worth_protract", "utility", 0.20, "worth of the war to a China that wants it protracted", "C41 C42");
        Value war_worth_stability = fixed("war_worth_stability", "utility", -0.20, "worth of the war to a China that wants stability", "C38 C39");
        Value support_trust = fixed("support_trust", "utility", 0.35, "worth of support per unit of trust", "C09");
        Value support_collapse = fixed("support_collapse", "utility", 0.25, "worth of any support when the Russian army nears collapse", "C26");
        Value collapse_feared_at = fixed("collapse_feared_at", "index", 0.30, "Russian strength at which China fears a collapse", "C26");
        Value collapse_fear_width = fixed("collapse_fear_width", "index", 0.04, "width of that threshold", "C26");
        Value collapse_misjudged = fixed("collapse_misjudged", "1", 0.25, "weight of China's misjudgement in it", "C125");
        Value motive_rivalry_prevent = fixed("motive_rivalry_prevent", "1", 0.4, "weight of rivalry if prevention is the motive (mu_r, N1)", "C148");
        Value motive_prevention_prevent = fixed("motive_prevention_prevent", "1", 2.5, "weight of prevention if it is the motive (mu_p, N1)", "C148");
        Value f_0_prevent = fixed("f_0_prevent", "index", 0.10, "f_0 if prevention is the motive (N1)", "C148");
        Value failure_legitimacy = fixed("failure_legitimacy", "1", 0.8, "sign of failure per unit of legitimacy lost (N1)", "C44 C46");
        Value failure_legitimacy_norm = fixed("failure_legitimacy_norm", "index", 0.75, "legitimacy below which it counts as lost (N1)", "C46");
        Value failure_defeat_weight = fixed("failure_defeat_weight", "index", 0.5, "sign of failure in a losing army (omega, N1)", "C44");
        Value failure_defeat_at = fixed("failure_defeat_at", "index", 0.38, "strength of a losing army (theta, N1)", "C44");
        Value fear_defeat_weight = fixed("fear_defeat_weight", "index", 1.0, "omega if China fears defeat (N1, N3)", "C149");
        Value fear_defeat_at = fixed("fear_defeat_at", "index", 0.36, "theta if China fears defeat (N1, N3)", "C149");
        Value failure_defeat_width = fixed("failure_defeat_width", "index", 0.05, "width of the threshold theta (N1)", "C44");
        Value failure_fragmented = fixed("failure_fragmented", "index", 0.5, "sign of failure in fragmentation (N1)", "C45");
        Value failure_memory = fixed("failure_memory", "index", 0.4, "sign of failure in the memory of a defeat (N1)", "C44");
        Value failure_width = fixed("failure_width", "index", 0.06, "width of the threshold f_0 (N1)", "C148");
        Value failure_rate = fixed("failure_rate", "1/quarter", 0.3, "speed at which the belief of failure follows the signs (N1)", "C148");
        Value dose_limit = fixed("dose_limit", "index", 0.2, "largest distance from m* that dosing answers (N2)", "C147");
        Value instability_welcome = fixed("instability_welcome", "1", 0.4, "instability at which welcome and fear are equal (N3)", "C38 C149");
        Value instability_war = fixed("instability_war", "index", 0.4, "instability of full war (N3)", "C38");
        Value instability_frozen = fixed("instability_frozen", "index", 0.2, "instability of a frozen war (N3)", "C38");
        Value instability_nuclear = fixed("instability_nuclear", "index", 0.6, "instability of nuclear signals (N3)", "C38");
        Value instability_fragmented = fixed("instability_fragmented", "index", 0.4, "instability of fragmentation (N3)", "C45");
        Value bloc_tolerated = fixed("bloc_tolerated", "index", 0.2, "Russian effort to diversify that does not irritate China (N22)", "C86");
        Value support_cost_base = fixed("support_cost_base", "1", 0.4, "cost of support without enforcement or war", "C16");
        Value support_cost_war = fixed("support_cost_war", "1", 0.1, "what full war adds to it", "C16");
        Value rails_shelter = fixed("rails_shelter", "share", 0.5, "cost that insulated rails take away", "C37");
        Value level_low = fixed("level_low", "index", 0.33, "support of the lowest level above none", "C145");
        Value level_middle = fixed("level_middle", "index", 0.67, "support of the middle level; the highest is 1", "C145");
        Value level_low_cost = fixed("level_low_cost", "1", 0.15, "cost of the lowest level", "C16");
        Value level_middle_cost = fixed("level_middle_cost", "1", 0.45, "cost of the middle level in the grey zone", "C28 C29");
        Value level_high_cost = fixed("level_high_cost", "1", 1.9, "cost of overt support in the grey zone", "C28 C29");
        Value level_middle_restrained = fixed("level_middle_restrained", "1", 0.65, "cost of the middle level if China restrains itself", "C16 C24");
        Value level_high_restrained = fixed("level_high_restrained", "1", 2.2, "cost of overt support if China restrains itself", "C16 C24");
        Value support_rate = fixed("support_rate", "1/quarter", 0.35, "speed at which support follows the level chosen", "C145");
        Value support_for_acceptance = fixed("support_for_acceptance", "index", 0.02, "support gained by an accepted demand", "C43");
        Value support_for_refusal = fixed("support_for_refusal", "index", 0.03, "support lost by a refused demand", "C43");
        Value cover_rate = fixed("cover_rate", "1/quarter", 0.2, "speed at which political cover follows the level chosen (N5)", "C49");
        Value exposure_rate = fixed("exposure_rate", "1/quarter", 0.03, "speed of China's Western exposure in calm times", "C14");
        Value exposure_shock_rate = fixed("exposure_shock_rate", "1/quarter", 0.5, "its speed beside a Taiwan crisis or war", "C50");
        Value exposure_hostility = fixed("exposure_hostility", "index", 0.25, "exposure lost at full Western hostility", "C14");
        Value exposure_in_crisis = fixed("exposure_in_crisis", "index", 0.60, "exposure that a Taiwan crisis leaves", "C50");
        Value exposure_in_war = fixed("exposure_in_war", "index", 0.20, "exposure that a Taiwan war leaves", "C50");
        Value scar_on_exposure = fixed("scar_on_exposure", "index", 0.2, "Western exposure that a war over Taiwan has cost, while it is remembered", "C50");
        Value china_mortality_70 = fixed("china_mortality_70", "1/year", 0.017, "mortality of the Chinese leader at 70", "C14");
        Value china_mortality_slope = fixed("china_mortality_slope", "1/year", 0.09, "growth of that mortality with age", "C14");
        Value china_retirement = fixed("china_retirement", "1/quarter", 0.004, "chance of another exit after 2027Q1", "C14");
        Value h_congress = parameter("h_congress", "probability", 0.15, 0, 0.5, Mark::prior, Spread::log_normal, 0.75, "chance that a party congress replaces a leader aged 75", "C94");
        Value congress_slope = fixed("congress_slope", "1/year", 0.14, "growth of that chance with age: it doubles in five years", "C94");
        Value congress_limit = fixed("congress_limit", "probability", 0.9, "the most that this chance comes to", "C94");
        Value china_new_age = fixed("china_new_age", "years", 58, "age of a new Chinese leader", "C14");
        Value china_offset_sd = fixed("china_offset_sd", "index", 0.14, "sd of what a new Chinese leader adds to rivalry", "C14");
    };

    template <class Value> struct Shared {
        Value china_support = variable("china_support", "index", 0.4, 0, 1, "China's support of Russia in words and policy (s_C)", "expert coding");
        Value overt_support = event("overt_support", "China supports the war openly");
        Value china_western_exposure = variable("china_western_exposure", "index", 1, 0, 1, "what China has to lose in the West, 2014 = 1 (E)", "definition");
        Value china_leader_age = variable("china_leader_age", "years", 60.6, 58, 130, "age of the Chinese leader", "date of birth");
        Value china_rivalry_offset = variable("china_rivalry_offset", "index", 0, -0.35, 0.25, "what the Chinese leader adds to rivalry with the United States", "definition");
        Value china_leader_change = event("china_leader_change", "China has a new leader");
        Value failure_belief = variable("failure_belief", "index", 0.1, 0, 1, "China's belief that Russia is failing (phi, N1)", "expert coding");
        Value political_cover = variable("political_cover", "index", 0.8, 0, 1, "cover that China's words give to Moscow (cov, N5)", "expert coding");
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws& draw)
    {
        const Four u = draw();
        const Mask full_war = now.war_state == war::full, prevent = now.motive == motive::prevent, fears_defeat = now.warpref == warpref::fear_defeat,
                   restrains = now.west_push == west_push::restrain;
        const Lanes in_war = when(full_war), strength = now.russian_strength;

        // benefit
        const Lanes hostility = select(restrains, positive_part(now.west_china_hostility - p.restrain_discount * now.support_hostility), now.west_china_hostility);
        const Lanes collapse = logistic((p.collapse_feared_at - strength - p.collapse_misjudged * now.perception_china_on_russia) / p.collapse_fear_width) * in_war * now.use_collapse_support;
        const Mask protracts = now.warpref == warpref::protract;
        const Lanes war_worth = select(protracts, p.war_worth_protract, select(fears_defeat, 0, p.war_worth_stability));
        const Lanes dose = p.g_dose * clip(p.mstar - strength, -p.dose_limit, p.dose_limit) * in_war * when(protracts) * now.use_dosing;
        const Lanes prevention = select(prevent, p.motive_prevention_prevent, 1) * p.g_prev * now.failure_belief * now.use_prevention;
        const Lanes x = p.instability_war * in_war + p.instability_frozen * when(now.war_state == war::frozen) + p.instability_nuclear * now.nuclear_signal
                        + p.instability_fragmented * now.fragmented;
        const Lanes instability = p.k_x * (p.instability_welcome * x - x * x) * now.use_instability;
        const Lanes irritation = p.g_bloc * positive_part(now.effort_diversify - p.bloc_tolerated) * now.russian_output * now.use_bloc_irritation;
        const Lanes benefit = p.g_riv * select(prevent, p.motive_rivalry_prevent, 1) * hostility + war_worth * in_war + p.support_trust * (now.trust - 0.4)
                              + p.support_collapse * collapse + dose + prevention + instability - irritation + p.need_on_support * now.china_need;

        // cost
        const Lanes danger = p.support_cost_base + now.secondary_enforcement + p.support_cost_war * in_war + p.g_fear * now.support_hostility * when(restrains);
        const Lanes cost = p.g_west * now.china_western_exposure * (1 - p.rails_shelter * now.insulated_rails) * danger * (1 + p.g_lob * now.designated_share);
        const Mask grey = now.quarter < 38 ? now.covert == covert::grey : !(now.covert == covert::restrained); // 38: 2023Q3
        const Lanes middle_cost = select(grey, p.level_middle_cost, p.level_middle_restrained), high_cost = select(grey, p.level_high_cost, p.level_high_restrained);

        // choice
        const Lanes precision = 2 * p.lam, rescue = p.g_coll * collapse;
        const auto utility = [&](Lanes level, Lanes level_cost) { return precision * (benefit * level + rescue * level * level - cost * level_cost); };
        const Lanes low = utility(p.level_low, p.level_low_cost), middle = utility(p.level_middle, middle_cost), high = utility(1, high_cost);
        const Lanes top = max(max(low, middle), max(high, 0));
        const Lanes up_to_none = exp(-top), up_to_low = up_to_none + exp(low - top), up_to_middle = up_to_low + exp(middle - top), all = up_to_middle + exp(high - top);
        const Lanes mark = u.a * all;
        const Mask some = mark >= up_to_none, much = mark >= up_to_low, full = mark >= up_to_middle;
        const Lanes level = select(full, 1, select(much, p.level_middle, select(some, p.level_low, 0)));
        next.china_support = clip(now.china_support + p.support_rate * (level - now.china_support) + p.support_for_acceptance * when(now.demand_accepted > 0)
                                  - p.support_for_refusal * when(now.demand_refused > 0));
        next.overt_support = when(full & full_war);
        next.political_cover = now.political_cover + p.cover_rate * (when(some) - now.political_cover);

        // belief of failure
        const Lanes losing = select(fears_defeat, p.fear_defeat_weight, p.failure_defeat_weight)
                             * logistic((select(fears_defeat, p.fear_defeat_at, p.failure_defeat_at) - strength) / p.failure_defeat_width);
        const Lanes signs = p.failure_legitimacy * positive_part(p.failure_legitimacy_norm - now.legitimacy) + positive_part(p.output_norm - now.russian_output + p.b_CR)
                            + losing * in_war + p.failure_fragmented * now.fragmented + p.failure_memory * now.defeat_memory;
        const Lanes belief = logistic((signs - select(prevent, p.f_0_prevent, p.f_0)) / p.failure_width);
        next.failure_belief = now.failure_belief + p.failure_rate * (belief - now.failure_belief);

        // Western exposure
        const Mask calm_strait = now.taiwan_state == taiwan::calm;
        const Lanes in_calm = 1 - p.exposure_hostility * positive_part(now.west_china_hostility - 0.6) / 0.4 - p.x_des * now.designated_share - p.scar_on_exposure * now.taiwan_scar;
        const Lanes exposure = select(calm_strait, in_calm, select(now.taiwan_state == taiwan::crisis, p.exposure_in_crisis, p.exposure_in_war));
        next.china_western_exposure = clip(now.china_western_exposure + select(calm_strait, p.exposure_rate, p.exposure_shock_rate) * (exposure - now.china_western_exposure));

        // leader
        const Lanes death = 1 - exp(-0.25 * p.china_mortality_70 * exp(p.china_mortality_slope * (now.china_leader_age - 70)));
        Lanes leaves = now.quarter > 52 ? death + p.china_retirement : death;
        if (now.quarter % 20 == 15) leaves += min(p.h_congress * exp(p.congress_slope * (now.china_leader_age - 75)), p.congress_limit); // 2027Q4 and every five years
        const Mask exit = u.b < leaves;
        next.china_leader_change = when(exit);
        next.china_leader_age = select(exit, p.china_new_age, now.china_leader_age + 0.25);
        if (any(exit)) next.china_rivalry_offset = select(exit, clip(p.china_offset_sd * normal(u.c), -0.35, 0.25), now.china_rivalry_offset);
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
