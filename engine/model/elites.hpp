// The Russian elite: members of three factions with views of the West (o) and of China (w), stakes in business with China, alarm that spreads
// through a network, turnover, and the coalition that picks a successor. C10, C65, C72, C74, C94-C97, C100, C106-C109, C138, C153.
// Equations: ODD.md, 4.27.
#pragma once
#include "elite_network.hpp"
#include "states.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct Elites : Page<Elites> {
    static constexpr std::string_view name = "elites", title = "Russia's elite: factions, wariness of China, alarm, coalition", group = "Russia's elite and leaders",
                                      claims = "C10 C65 C72 C74 C94 C95 C96 C97 C100 C106 C107 C108 C109 C138 C153", agents = "member";
    /// Member i draws at i + 1: what it meets in a quarter at block 0, two members from one address; the traits of who takes its seat at 1 and 2.
    /// The candidate is drawn at 0.
    static constexpr std::uint32_t blocks = 3;

    template <class Value> struct Parameters {
        Value a_D = parameter("a_D", "logit/index", 2.6, 1, 5, Mark::prior, "wariness from dependence above what is tolerated", "C72");
        Value a_E = parameter("a_E", "logit", 1.0, 0.3, 3, Mark::prior, "wariness from Chinese espionage", "C106 C107 C108");
        Value d_tol = parameter("d_tol", "index", 0.35, 0.2, 0.5, Mark::prior, "dependence that is tolerated", "C72");
        Value dw_young = parameter("dw_young", "logit", 0.6, 0, 1.2, Mark::prior, "extra wariness of the rising cohort", "C95 C96");
        Value do_young = parameter("do_young", "index", -0.18, -0.5, 0.1, Mark::prior, Spread::normal, 0.15, "orientation of the rising cohort against the old one", "C95 C96");
        Value conf = parameter("conf", "share", 0.45, 0.2, 0.7, Mark::prior, Spread::limited_normal, 0.12, "conformity with the leader", "C97");
        Value purge = parameter("purge", "probability", 0.30, 0.1, 0.6, Mark::prior, "chance of being replaced when the leader changes", "C97");
        Value a_K = parameter("a_K", "index", 0.8, 0.3, 1.5, Mark::prior, "reach of the West's offer among the elite", "C100");
        Value a_stake = parameter("a_stake", "logit", 2.2, 1, 4, Mark::prior, "wariness bought off by stakes in business with China", "C10");
        Value g_inf = parameter("g_inf", "1/quarter", 0.03, 0.01, 0.08, Mark::prior, "influence gained by those whom the times favour", "C10 C65");
        Value soc = parameter("soc", "1/quarter", 0.08, 0.02, 0.2, Mark::prior, "influence of neighbours on views", "C97");
        Value bound = parameter("bound", "index", 0.40, 0.2, 0.9, Mark::prior, Spread::limited_normal, 0.12, "difference in orientation up to which members listen to each other", "C97");
        Value alarm_thr = parameter("alarm_thr", "share", 0.30, 0.2, 0.5, Mark::prior, Spread::limited_normal, 0.05, "share of alarmed neighbours from which alarm spreads", "C106 C107");
        Value alarm_gain = parameter("alarm_gain", "logit", 1.6, 0.5, 3, Mark::prior, "wariness of an alarmed member", "C106 C107");
        Value s_w = parameter("s_w", "logit", 0.6, 0, 1.5, Mark::prior, "wariness from a rank below the claimed one (N15)", "C138");
        Value a_hedge = parameter("a_hedge", "logit", 0.8, 0, 2, Mark::prior, "wariness lost while sanctions are new: China as a hedge (N16)", "C10");
        Value faction_mean_orientation[factions] = {fixed("siloviki_orientation", "index", 0.58, "mean orientation of the siloviki", "C94"),
                                                    fixed("technocrats_orientation", "index", 0.32, "mean orientation of the technocrats", "C94"),
                                                    fixed("regional_orientation", "index", 0.24, "mean orientation of regional and business leaders", "C94")};
        Value faction_mean_wariness[factions] = {fixed("siloviki_wariness", "logit", -0.65, "mean wariness of the siloviki", "C106"),
                                                 fixed("technocrats_wariness", "logit", -1.0, "mean wariness of the technocrats", "C10"),
                                                 fixed("regional_wariness", "logit", -1.2, "mean wariness of regional and business leaders", "C10")};
        Value faction_stake_shape[factions] = {fixed("siloviki_stake_shape", "1", 3.5, "b of the Beta(1, b) of siloviki's propensity to hold stakes", "C10"),
                                               fixed("technocrats_stake_shape", "1", 2.4, "b of the Beta(1, b) of technocrats' propensity to hold stakes", "C10"),
                                               fixed("regional_stake_shape", "1", 1.6, "a of the Beta(a, 2) of regional and business leaders' propensity to hold stakes", "C10")};
        Value faction_influence[factions] = {fixed("siloviki_influence", "1", 1.3, "starting influence of one of the siloviki", "C74"),
                                             fixed("technocrats_influence", "1", 1.0, "starting influence of a technocrat", "C74"),
                                             fixed("regional_influence", "1", 0.8, "starting influence of a regional or business leader", "C74")};
        Value faction_alarm[factions] = {fixed("siloviki_alarm", "1", 1.6, "how easily the siloviki take alarm", "C106"),
                                         fixed("technocrats_alarm", "1", 1.0, "how easily technocrats take alarm", "C106"),
                                         fixed("regional_alarm", "1", 0.6, "how easily regional and business leaders take alarm", "C106")};
        Value elite_orientation_sd = fixed("elite_orientation_sd", "index", 0.30, "spread of orientation in a faction");
        Value elite_wariness_sd = fixed("elite_wariness_sd", "logit", 0.7, "spread of wariness in a faction");
        Value elite_first_stake = fixed("elite_first_stake", "share", 0.25, "part of the propensity that is a stake in 2014", "C10");
        Value elite_orientation_rate = fixed("elite_orientation_rate", "1/quarter", 0.06, "speed of a member's orientation", "C97");
        Value elite_wariness_rate = fixed("elite_wariness_rate", "1/quarter", 0.08, "speed of a member's wariness", "C72");
        Value grievance_on_wariness = fixed("grievance_on_wariness", "logit", 0.8, "wariness from grievance", "C72");
        Value concessions_on_wariness = fixed("concessions_on_wariness", "logit", 0.5, "wariness from concessions", "C72");
        Value support_on_wariness = fixed("support_on_wariness", "logit", 0.6, "wariness allayed by Chinese support", "C10");
        Value leader_on_wariness = fixed("leader_on_wariness", "logit", 1.2, "wariness hushed to please an unwary leader", "C97");
        Value war_on_orientation = fixed("war_on_orientation", "index", 0.15, "orientation from full war", "C97");
        Value carrot_on_orientation = fixed("carrot_on_orientation", "1", 0.5, "part of a_K by which the West's offer moves orientation", "C100");
        Value defeat_on_orientation = fixed("defeat_on_orientation", "index", 0.25, "orientation lost after a defeat", "C46");
        Value leader_on_orientation = fixed("leader_on_orientation", "1", 0.8, "how far conformity draws orientation to the leader's", "C97");
        Value ideological_following = fixed("ideological_following", "share", 0.35, "conformity of an ideological elite against an opportunist one", "C99");
        Value incident_on_wariness = fixed("incident_on_wariness", "share", 0.25, "part of the missing wariness that the worst incident adds", "C83 C84");
        Value sanctions_habit_rate = fixed("sanctions_habit_rate", "1/quarter", 0.05, "speed at which Russia grows used to sanctions (N16)", "C153");
        Value alarm_by_chance = fixed("alarm_by_chance", "1/quarter", 0.003, "alarm of a member without a cause", "C106");
        Value alarm_by_espionage = fixed("alarm_by_espionage", "1/quarter", 0.02, "alarm from espionage", "C107");
        Value alarm_by_incident = fixed("alarm_by_incident", "1/quarter", 0.12, "alarm from the worst incident", "C83");
        Value alarm_by_refusal = fixed("alarm_by_refusal", "1/quarter", 0.04, "alarm from the costliest refused demand", "C66");
        Value alarm_by_neighbours = fixed("alarm_by_neighbours", "1/quarter", 0.25, "alarm from enough alarmed neighbours", "C107");
        Value alarm_calms = fixed("alarm_calms", "1/quarter", 0.20, "chance that an alarmed member calms", "C107");
        Value alarm_calms_among_alarmed = fixed("alarm_calms_among_alarmed", "1/quarter", 0.10, "the same with enough alarmed neighbours", "C107");
        Value stake_rate = fixed("stake_rate", "1/quarter", 0.05, "speed at which stakes follow dependence", "C10");
        Value stake_reach = fixed("stake_reach", "1", 1.3, "stakes per dependence", "C10");
        Value pawn_selection = fixed("pawn_selection", "1", 1.8, "factor on influence from stakes where Russia becomes a pawn", "C65");
        Value wariness_selection = fixed("wariness_selection", "1", 0.5, "influence from wariness where dependence has limits", "C72");
        Value faction_lure[factions] = {fixed("siloviki_lure", "1", 0, "reach of the West's offer among the siloviki, against a_K", "C100"),
                                        fixed("technocrats_lure", "1", 0.5, "its reach among technocrats", "C100"),
                                        fixed("regional_lure", "1", 1, "its reach among regional and business leaders", "C100")};
        Value siloviki_in_war = fixed("siloviki_in_war", "1/quarter", 0.004, "influence that full war gives the siloviki", "C74");
        Value weight_spread = fixed("weight_spread", "1/quarter", 0.02, "part of all influence that is spread evenly each quarter");
        Value elite_exit_base = fixed("elite_exit_base", "1/quarter", 0.0025, "exit of a member aged 60 by age", "C94");
        Value elite_exit_slope = fixed("elite_exit_slope", "1/year", 0.085, "growth of exit with age", "C94");
        Value elite_exit_chance = fixed("elite_exit_chance", "1/quarter", 0.004, "exit of a member at any age", "C94");
        Value entrant_age = fixed("entrant_age", "years", 47, "mean age of an entrant", "C95");
        Value entrant_age_sd = fixed("entrant_age_sd", "years", 4, "spread of the age of entrants", "C95");
        Value entrant_hostility = fixed("entrant_hostility", "1", 0.9, "how far hostility to the West forms entrants", "C95");
        Value formative_share = parameter("formative_share", "share", 1, 0, 1, Mark::prior, Spread::none, 0, "how far entrants are formed by the hostility of their youth, not of the day", "C95");
        Value formative_rate = fixed("formative_rate", "1/quarter", 0.0125, "speed at which the hostility that formed a cohort follows the day's: twenty years", "C95");
        Value entrant_stake = fixed("entrant_stake", "share", 0.5, "part of the stake reached that an entrant brings", "C10");
        Value entrant_conformity = fixed("entrant_conformity", "share", 0.5, "part of an entrant's first orientation that is the leader's", "C97");
        Value purge_other_change = fixed("purge_other_change", "1", 1.6, "factor on purges after a change that is not continuity", "C97");
        Value appointee_age = fixed("appointee_age", "years", 50, "mean age of those whom a new leader appoints", "C97");
        Value appointee_age_sd = fixed("appointee_age_sd", "years", 5, "spread of their age", "C97");
        Value appointee_orientation_sd = fixed("appointee_orientation_sd", "index", 0.25, "spread of their orientation around the leader's", "C97");
        Value appointee_wariness_share = fixed("appointee_wariness_share", "share", 0.35, "part of their wariness that is the leader's", "C97");
        Value sole_rule = fixed("sole_rule", "share", 0.55, "weight above which one faction rules alone", "C96");
        Value wariness_in_distance = fixed("wariness_in_distance", "1", 0.5, "weight of wariness in the distance between factions", "C96");
    };

    template <class Value> struct Shared {
        Value elite_orientation = variable("elite_orientation", "index", 0.4, -1, 1, "confrontation with the West as the elite wants it, by weight", "draws");
        Value elite_wariness = variable("elite_wariness", "index", 0.3, 0, 1, "the elite's wariness of China, by weight", "draws");
        Value elite_alarm = variable("elite_alarm", "index", 0, 0, 1, "part of the elite, by weight, that is alarmed about China", "draws");
        Value formative_hostility = variable("formative_hostility", "index", 0.4, 0, 1, "hostility to the West that formed those who now enter office (G)", "definition");
        Value elite_polarisation = variable("elite_polarisation", "index", 0.3, 0, 1, "spread of orientation in the elite, by weight", "draws");
        Value elite_stake = variable("elite_stake", "index", 0.08, 0, 1, "stakes in business with China, by weight", "draws");
        Value faction_weight[factions] = {variable("faction_weight_siloviki", "share", 0.48, 0, 1, "weight of the siloviki", "draws"),
                                          variable("faction_weight_technocrats", "share", 0.32, 0, 1, "weight of the technocrats", "draws"),
                                          variable("faction_weight_regional", "share", 0.2, 0, 1, "weight of regional and business leaders", "draws")};
        Value faction_orientation[factions] = {variable("faction_orientation_siloviki", "index", 0.58, -1, 1, "orientation of the siloviki", "draws"),
                                               variable("faction_orientation_technocrats", "index", 0.32, -1, 1, "orientation of the technocrats", "draws"),
                                               variable("faction_orientation_regional", "index", 0.24, -1, 1, "orientation of regional and business leaders", "draws")};
        Value faction_wariness[factions] = {variable("faction_wariness_siloviki", "index", 0.34, 0, 1, "wariness of the siloviki", "draws"),
                                            variable("faction_wariness_technocrats", "index", 0.27, 0, 1, "wariness of the technocrats", "draws"),
                                            variable("faction_wariness_regional", "index", 0.23, 0, 1, "wariness of regional and business leaders", "draws")};
        Value candidate_orientation = variable("candidate_orientation", "index", 0.5, -1, 1, "orientation of the coalition's candidate for leader", "draws");
        Value candidate_wariness = variable("candidate_wariness", "index", 0.3, 0, 1, "wariness of the candidate", "draws");
        Value candidate_age = variable("candidate_age", "years", 57, 38, 130, "age of the candidate", "draws");
        Value coalition_weight = variable("coalition_weight", "share", 0.62, 0, 1, "weight of the ruling coalition of factions", "draws");
        Value coalition_orientation = variable("coalition_orientation", "index", 0.45, -1, 1, "orientation of the ruling coalition", "draws");
        Value coalition_wariness = variable("coalition_wariness", "index", 0.3, 0, 1, "wariness of the ruling coalition", "draws");
        Value coalition_distance = variable("coalition_distance", "index", 0.12, 0, 3, "how far apart the coalition's factions are; 0 if one rules alone", "draws");
        Value sanctions_habit = variable("sanctions_habit", "index", 0, 0, 1, "sanctions to which Russia has grown used (N16)", "definition");
    };

    /// What a quarter needs besides the columns.
    struct Workspace : Drawn {
        EliteNetwork networks[3]; ///< in the order of the structure `network`
        std::vector<Influence> felt;
        Column exit_by_age; ///< chance of exit by age alone, which grows by the same factor every quarter
    };
    template <class Value> struct Agents : With<Workspace, Value> {
        Value orientation = column("orientation", "index", "confrontation with the West as the member wants it (o)");
        Value wariness = column("wariness", "index", "wariness of China (w)");
        Value alarm = column("alarm", "0/1", "alarmed about China (a)");
        Value stake = column("stake", "index", "stake in business with China");
        Value weight = column("weight", "share", "influence; all sum to 1");
        Value age = column("age", "years", "age");
        Value own_orientation = column("own_orientation", "index", "orientation without influences (o0)");
        Value own_wariness = column("own_wariness", "logit", "wariness without influences (w0)");
        Value propensity = column("propensity", "index", "propensity to hold stakes (b)");
    };

    static void begin(Shared<Lanes>& first, Agents<Column>& own, const auto& p, const Draws& draw, const Counts& counts, const Switches<Lanes>& on)
    {
        const bool one_by_one = any(holds(on.use_single_elites));
        const std::uint32_t members = counts.elites;
        const FactionOrder order(members);
        if (own.networks[0].members() != members)
            for (std::uint32_t k = 0; k < 3; ++k) own.networks[k] = EliteNetwork(order, k == std::uint32_t(network::clustered) ? 3 : k == std::uint32_t(network::mixed) ? 1 : 0);
        for (Column* c : {&own.orientation, &own.wariness, &own.alarm, &own.stake, &own.weight, &own.age, &own.own_orientation, &own.own_wariness, &own.propensity, &own.exit_by_age})
            c->assign(members, Lanes(0));
        own.make_room(members), own.felt.resize(members);

        Lanes total = 0;
        for (std::uint32_t k = 0; k < factions; ++k)
            for (std::uint32_t i = order.first[k]; i < order.first[k + 1]; ++i) {
                const Four u = draw(i + 1);
                const Traits traits = one_by_one ? drawn_traits(draw, i, k, p) : mean_traits(k, p);
                own.age[i] = clip(57 + 7 * traits.age, 40, 80);
                own.exit_by_age[i] = exit_hazard(own.age[i], p);
                own.orientation[i] = own.own_orientation[i] = clip(p.faction_mean_orientation[k] + p.elite_orientation_sd * traits.orientation, -0.95, 0.95);
                own.own_wariness[i] = p.faction_mean_wariness[k] + p.elite_wariness_sd * traits.wariness;
                own.wariness[i] = logistic(own.own_wariness[i]);
                own.propensity[i] = traits.propensity;
                own.stake[i] = p.elite_first_stake * own.propensity[i];
                own.weight[i] = (one_by_one ? -log(u.a * u.b) : Lanes(2)) * p.faction_influence[k]; // Gamma(2, 1), and its mean
                total += own.weight[i];
            }
        const Lanes share = Lanes(1) / total;
        for (Lanes& weight : own.weight) weight *= share;
        publish(first, own, order, p, draw().a);
    }

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>& own, const auto& p, const Draws& draw)
    {
        const auto members = static_cast<std::uint32_t>(own.weight.size());
        const FactionOrder order(members);
        const Lanes full_war = when(now.war_state == war::full), dependence = now.dependence_index;
        const Lanes following = select(now.succession == succession::ideological, p.ideological_following, 1), conformity = p.conf * now.leader_dominance;

        // Terms that are the same for every member.
        next.sanctions_habit += p.sanctions_habit_rate * (now.sanctions_total - now.sanctions_habit);
        next.formative_hostility += p.formative_rate * (now.russia_west_hostility - now.formative_hostility);
        const Lanes hedge = p.a_hedge * now.use_sanctions_hedge * clip(now.sanctions_total - now.sanctions_habit, -0.5, 0.5);
        const Lanes wary = p.a_D * max(dependence - p.d_tol, -0.2) + p.a_E * (now.espionage - 0.1) + p.grievance_on_wariness * (now.grievance - 0.1)
                           + p.concessions_on_wariness * now.concessions - p.support_on_wariness * (now.china_support - 0.45)
                           - p.leader_on_wariness * conformity * (1 - now.leader_wariness) - p.alarm_gain * 0.20 + p.s_w * now.status_gap - hedge;
        const Lanes drawn_to_leader = p.leader_on_orientation * conformity * following;
        const Lanes offered = p.carrot_on_orientation * p.a_K * now.carrot, drawn = drawn_to_leader * now.leader_orientation, beaten = p.defeat_on_orientation * now.defeat_memory;
        const Lanes shock = p.incident_on_wariness * now.bilateral_incident;
        const Lanes cause = p.alarm_by_chance + p.alarm_by_espionage * now.espionage + p.alarm_by_incident * now.bilateral_incident + p.alarm_by_refusal * now.demand_refused;
        const Lanes reached = clip(p.stake_reach * dependence);
        const Mask pawn = now.dep == dep::pawn;
        const Lanes stakes_favoured = p.g_inf * select(pawn, p.pawn_selection, 1), wariness_favoured = p.g_inf * select(pawn, 0, p.wariness_selection);
        const Lanes average = stakes_favoured * now.elite_stake + wariness_favoured * now.elite_wariness; // the means that it published last quarter
        const Lanes purge = select(now.leadership_change > leadership::stays, p.purge * following * select(now.leadership_change > leadership::continuity, p.purge_other_change, 1), 0);
        const Lanes leader_wariness = any(purge > 0) ? logit(clip(now.leader_wariness, 0.001, 0.999)) : 0;

        // What all of them hear comes before anybody's views change; stakes and alarm change last.
        listen(now, own, p);
        const auto later_stake = [&](std::uint32_t i) { return own.stake[i] + p.stake_rate * (own.propensity[i] * reached - own.stake[i]); };
        Lanes total = 0;
        for (std::uint32_t k = 0; k < factions; ++k) {
            const Lanes favour = (k == siloviki ? p.siloviki_in_war * full_war : Lanes(0)) - average;
            for (std::uint32_t i = order.first[k]; i < order.first[k + 1]; ++i) {
                own.weight[i] *= exp(stakes_favoured * later_stake(i) + wariness_favoured * own.wariness[i] + favour);
                total += own.weight[i];
            }
        }
        for (std::uint32_t k = 0; k < factions; ++k) {
            const Lanes drift = p.war_on_orientation * full_war - offered * p.faction_lure[k] - beaten + drawn;
            for (std::uint32_t i = order.first[k]; i < order.first[k + 1]; ++i) {
                const Lanes o = own.orientation[i], w = own.wariness[i], o0 = own.own_orientation[i];
                const Lanes w_target = logistic(own.own_wariness[i] - p.a_stake * own.stake[i] + p.alarm_gain * own.alarm[i] + wary);
                const Lanes w1 = clip(w + p.elite_wariness_rate * (w_target - w) + p.soc * own.felt[i].wariness);
                own.wariness[i] = w1 + shock * (1 - w1);
                const Lanes o_target = clip(o0 - drawn_to_leader * o0 + drift, -1, 1);
                own.orientation[i] = clip(o + p.elite_orientation_rate * (o_target - o) + p.soc * own.felt[i].orientation, -1, 1);
            }
        }
        const bool one_by_one = any(holds(now.use_single_elites)), as_one = any(!holds(now.use_single_elites));
        if (one_by_one) draw.fill(own.drawn, 1);
        const Lanes ageing = exp(p.elite_exit_slope * 0.25);
        for (std::uint32_t k = 0; k < factions; ++k) {
            const Lanes frights = p.faction_alarm[k] * cause;
            if (as_one) turn_over_as_one(own, order, k, frights, min(purge, 1), leader_wariness, later_stake(order.first[k]), now, p);
            if (!one_by_one) continue;
            for (std::uint32_t i = order.first[k]; i < order.first[k + 1]; ++i) {
                const auto& [fright, exit] = own.drawn[i];
                const Mask alarmed = holds(own.alarm[i]), on = own.felt[i].alarmed >= p.alarm_thr - 1e-6; // shares are sums of a few weights: a tie counts, however it rounds
                const Mask starts = fright < (1 - own.stake[i]) * (frights + only(on, p.alarm_by_neighbours)), stays = fright >= select(on, p.alarm_calms_among_alarmed, p.alarm_calms);
                own.alarm[i] = when((alarmed & stays) | (!alarmed & starts));
                own.stake[i] = later_stake(i);

                own.age[i] += 0.25;
                own.exit_by_age[i] *= ageing;
                const Lanes goes = min(own.exit_by_age[i] + p.elite_exit_chance, 0.5);
                const Mask purged = exit < purge, anew = exit < purge + (1 - purge) * goes;
                if (any(anew)) replace(own, i, k, anew, purged, leader_wariness, now, p, drawn_traits(draw, i, k, p));
            }
        }
        const Lanes share = (1 - p.weight_spread) / total, even = p.weight_spread * (1. / members);
        for (Lanes& weight : own.weight) weight = weight * share + even;
        publish(next, own, order, p, draw().a);
    }

private:
    static Lanes exit_hazard(Lanes age, const auto& p) { return p.elite_exit_base * exp(p.elite_exit_slope * (age - 60)); }

    /// What a person brings along. Propensity apart, in standard deviations from the mean.
    struct Traits {
        Lanes age, orientation, wariness, propensity;
    };
    static Traits drawn_traits(const Draws& draw, std::uint32_t member, std::uint32_t faction, const auto& p)
    {
        const Four u = draw(member + 1, 1);
        const Lanes shape = p.faction_stake_shape[faction];
        return {bell(u.a), bell(u.b), bell(u.c), faction == regional ? beta_2(u.d, draw(member + 1, 2).a, shape) : beta_1(u.d, shape)};
    }

    static Traits mean_traits(std::uint32_t faction, const auto& p)
    {
        const Lanes shape = p.faction_stake_shape[faction];
        return {0, 0, 0, faction == regional ? shape / (shape + 2) : 1 / (1 + shape)};
    }

    /// What every member hears in the network of its lane.
    static void listen(const auto& now, Agents<Column>& own, const auto& p)
    {
        for (Influence& felt : own.felt) felt = {0, 0, 0};
        for (int n = 0; n < 3; ++n) {
            const Mask listens = (now.network == n) & holds(now.use_network) & holds(now.use_single_elites);
            if (any(listens)) own.networks[n].pass_on({own.orientation, own.wariness, own.alarm}, p.bound, listens, own.felt);
        }
    }

    /// Who takes a seat: views with and without influences, wariness without influences.
    struct Newcomer {
        Lanes age, own_orientation, orientation, own_wariness;
    };
    static Newcomer entrant(std::uint32_t faction, const auto& now, const auto& p, const Traits& traits)
    {
        const Lanes formed_by = now.russia_west_hostility + p.formative_share * (now.formative_hostility - now.russia_west_hostility);
        const Lanes o = clip(p.faction_mean_orientation[faction] + p.do_young + p.entrant_hostility * (formed_by - 0.6) + p.elite_orientation_sd * traits.orientation, -0.95, 0.95);
        return {clip(p.entrant_age + p.entrant_age_sd * traits.age, 38, 58), o, o + p.entrant_conformity * (now.leader_orientation - o), p.faction_mean_wariness[faction] + p.dw_young};
    }
    static Newcomer appointee(std::uint32_t faction, Lanes leader_wariness, const auto& now, const auto& p, const Traits& traits)
    {
        const Lanes o = clip(now.leader_orientation + p.appointee_orientation_sd * traits.orientation, -0.95, 0.95);
        return {clip(p.appointee_age + p.appointee_age_sd * traits.age, 40, 65), o, o,
                p.appointee_wariness_share * leader_wariness + (1 - p.appointee_wariness_share) * (p.faction_mean_wariness[faction] + p.dw_young)};
    }

    /// Where `anew`, seat i passes to a new leader's appointee, if `purged`, or else to an entrant. The seat keeps its weight, and an appointee its stake.
    static void replace(Agents<Column>& own, std::uint32_t i, std::uint32_t faction, Mask anew, Mask purged, Lanes leader_wariness, const auto& now, const auto& p, const Traits& traits)
    {
        const Mask enters = anew & !purged;
        const Newcomer young = entrant(faction, now, p, traits), named = appointee(faction, leader_wariness, now, p, traits);
        const Lanes age = select(purged, named.age, young.age), w0 = select(purged, named.own_wariness, young.own_wariness) + p.elite_wariness_sd * traits.wariness;
        own.age[i] = select(anew, age, own.age[i]);
        own.exit_by_age[i] = select(anew, exit_hazard(age, p), own.exit_by_age[i]);
        own.own_orientation[i] = select(anew, select(purged, named.own_orientation, young.own_orientation), own.own_orientation[i]);
        own.orientation[i] = select(anew, select(purged, named.orientation, young.orientation), own.orientation[i]);
        own.own_wariness[i] = select(anew, w0, own.own_wariness[i]);
        own.wariness[i] = select(anew, logistic(w0), own.wariness[i]);
        own.alarm[i] = only(!anew, own.alarm[i]);
        own.propensity[i] = select(enters, traits.propensity, own.propensity[i]);
        own.stake[i] = select(enters, p.entrant_stake * traits.propensity * now.dependence_index, own.stake[i]);
    }

    /// Alarm and turnover of a faction's mean field: all of its members are one of mean traits, of whom a share is alarmed, and a share passes to newcomers of mean traits; nobody hears neighbours.
    static void turn_over_as_one(Agents<Column>& own, const FactionOrder& order, std::uint32_t faction, Lanes frights, Lanes purge, Lanes leader_wariness, Lanes stake,
                                 const auto& now, const auto& p)
    {
        const std::uint32_t one = order.first[faction];
        const Traits traits = mean_traits(faction, p);
        const Newcomer young = entrant(faction, now, p, traits), named = appointee(faction, leader_wariness, now, p, traits);
        const Lanes alarm = own.alarm[one], alarmed = alarm * (1 - p.alarm_calms) + (1 - alarm) * min((1 - own.stake[one]) * frights, 1);
        const Lanes age = own.age[one] + 0.25, enters = (1 - purge) * min(exit_hazard(age, p) + p.elite_exit_chance, 0.5), stays = 1 - purge - enters;
        const auto mixed = [&](Lanes old, Lanes appointed, Lanes entering) { return stays * old + purge * appointed + enters * entering; };
        const Lanes propensity = mixed(own.propensity[one], own.propensity[one], traits.propensity), o0 = mixed(own.own_orientation[one], named.own_orientation, young.own_orientation);
        const Lanes o = mixed(own.orientation[one], named.orientation, young.orientation), w0 = mixed(own.own_wariness[one], named.own_wariness, young.own_wariness);
        const Lanes w = mixed(own.wariness[one], logistic(named.own_wariness), logistic(young.own_wariness)), later_age = mixed(age, named.age, young.age);
        const Lanes later_stake = mixed(stake, stake, p.entrant_stake * traits.propensity * now.dependence_index);
        for (std::uint32_t i = one; i < order.first[faction + 1]; ++i) {
            own.age[i] = later_age, own.exit_by_age[i] = exit_hazard(later_age, p), own.propensity[i] = propensity, own.stake[i] = later_stake, own.alarm[i] = stays * alarmed;
            own.own_orientation[i] = o0, own.orientation[i] = o, own.own_wariness[i] = w0, own.wariness[i] = w;
        }
    }

    /// Means, the ruling coalition and its candidate, from the new state of the members. `u` draws the candidate.
    static void publish(Shared<Lanes>& next, const Agents<Column>& own, const FactionOrder& order, const auto& p, Lanes u)
    {
        Lanes sum_o[factions], sum_w[factions], square_o = 0, alarm = 0, stake = 0;
        for (std::uint32_t k = 0; k < factions; ++k) {
            Lanes weight = 0, o = 0, w = 0;
            for (std::uint32_t i = order.first[k]; i < order.first[k + 1]; ++i) {
                const Lanes part = own.weight[i] * own.orientation[i];
                weight += own.weight[i];
                o += part;
                w += own.weight[i] * own.wariness[i];
                square_o += part * own.orientation[i];
                alarm += own.weight[i] * own.alarm[i];
                stake += own.weight[i] * own.stake[i];
            }
            next.faction_weight[k] = weight, sum_o[k] = o, sum_w[k] = w;
            const Lanes each = Lanes(1) / weight;
            next.faction_orientation[k] = clip(o * each, -1, 1);
            next.faction_wariness[k] = clip(w * each);
        }
        next.elite_orientation = clip(sum_o[0] + sum_o[1] + sum_o[2], -1, 1);
        next.elite_wariness = clip(sum_w[0] + sum_w[1] + sum_w[2]);
        next.elite_alarm = clip(alarm);
        next.elite_stake = clip(stake);
        next.elite_polarisation = sqrt(positive_part(square_o - square(next.elite_orientation)));

        // The closest pair with a majority rules, unless one faction can rule alone.
        const Lanes* f = next.faction_weight;
        Lanes leading = 0, orientation = 0, wariness = 0, weight = 0, distance = 10;
        for (std::uint32_t a = 0; a < 2; ++a)
            for (std::uint32_t b = a + 1; b < factions; ++b) {
                const Lanes both = f[a] + f[b], o = next.faction_orientation[a] - next.faction_orientation[b], w = next.faction_wariness[a] - next.faction_wariness[b];
                const Lanes apart = max(o, -o) + p.wariness_in_distance * max(w, -w);
                const Mask closer = (both > 0.5) & (apart < distance);
                distance = select(closer, apart, distance);
                weight = select(closer, both, weight);
                orientation = select(closer, sum_o[a] + sum_o[b], orientation);
                wariness = select(closer, sum_w[a] + sum_w[b], wariness);
                leading = select(closer, select(f[b] > f[a], b, a), leading);
            }
        for (std::uint32_t k = 0; k < factions; ++k) {
            const Mask alone = f[k] > p.sole_rule;
            distance = select(alone, 0, distance);
            weight = select(alone, f[k], weight);
            orientation = select(alone, sum_o[k], orientation);
            wariness = select(alone, sum_w[k], wariness);
            leading = select(alone, k, leading);
        }
        next.coalition_weight = min(weight, 1);
        next.coalition_distance = distance;
        next.coalition_orientation = clip(orientation / weight, -1, 1);
        next.coalition_wariness = clip(wariness / weight);

        // The candidate: the last member of the leading faction before whom not more than u of its weight stands.
        for (std::uint32_t k = 0; k < factions; ++k) {
            const Mask leads = leading == k;
            if (!any(leads)) continue;
            const Lanes target = u * f[k];
            Lanes before = 0;
            for (std::uint32_t i = order.first[k]; i < order.first[k + 1]; ++i) {
                const Mask here = leads & (before <= target);
                next.candidate_orientation = select(here, own.orientation[i], next.candidate_orientation);
                next.candidate_wariness = select(here, own.wariness[i], next.candidate_wariness);
                next.candidate_age = select(here, own.age[i], next.candidate_age);
                before += own.weight[i];
            }
        }
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
