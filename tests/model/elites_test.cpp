#include "world.hpp"
#include <cmath>

using namespace entente;

namespace {

/// Eight members (3, 3, 2) who agree: o .4, w .3, stake .1, b .2, o0 .5, w0 -.8, aged 50, calm, of equal weight.
struct Council : Hand {
    Elites::Agents<Column>& own = agents;
    explicit Council(std::uint32_t r = 0)
    {
        replicate = r;
        counts.elites = 8;
        begin<Elites>();
        const auto set = [](Column& c, double x) { c.assign(8, Lanes(x)); };
        set(own.orientation, 0.4), set(own.wariness, 0.3), set(own.stake, 0.1), set(own.propensity, 0.2), set(own.own_orientation, 0.5), set(own.own_wariness, -0.8);
        set(own.age, 50), set(own.exit_by_age, 0), set(own.alarm, 0), set(own.weight, 0.125);
        now.elite_wariness = 0.3, now.elite_stake = 0.1;
        now.espionage = 0.2, now.grievance = 0.3, now.concessions = 0.2, now.china_support = 0.5, now.leader_dominance = 0.6, now.leader_wariness = 0.25, now.leader_orientation = 0.8;
        now.trade_share_china = 0.45, now.technology_dependence = 0, now.pipeline_stock = 0, now.gas_contract_stock = 0, now.use_financial_dependence = 0; // D = .7
        now.us_sanctions = now.eu_sanctions = 0.7, now.sanctions_habit = 0.7, now.status_gap = 0;
        p.alarm_by_chance = 0, p.alarm_by_espionage = 0, p.elite_exit_base = 0, p.elite_exit_chance = 0; // nothing happens by chance
    }
    Council(const Council&) = delete;
};
const double wary = 2.6 * (0.7 - 0.35) + 1.0 * (0.2 - 0.1) + 0.8 * (0.3 - 0.1) + 0.5 * 0.2 - 0.6 * (0.5 - 0.45) - 1.2 * 0.45 * 0.6 * 0.75 - 1.6 * 0.20;
const double calm_target = -0.8 - 2.2 * 0.1 + wary;

TEST(EliteNetwork, HasRingsAndBridges)
{
    const FactionOrder forty(40), eight(8);
    const std::uint32_t of_forty[] = {16, 14, 10}, of_eight[] = {3, 3, 2};
    for (std::uint32_t k = 0; k < factions; ++k) {
        EXPECT_EQ(forty.size(k), of_forty[k]);
        EXPECT_EQ(eight.size(k), of_eight[k]);
    }
    const EliteNetwork siloed(forty, 0), clustered(forty, 3), small(eight, 3), mixed(forty, 1);
    for (const std::uint32_t j : {1u, 2u, 14u, 15u}) EXPECT_EQ(siloed.weight(0, j), 0.25);
    EXPECT_EQ(siloed.weight(0, 3) + siloed.weight(0, 16), 0);
    EXPECT_NEAR(clustered.weight(3, 16 + 2), 0.5 / (4 + 3 * 0.5), 1e-12); // to floor(3 14 / 16) = 2 and floor(3 10 / 16) = 1; technocrat 3 has a bridge back: floor(3 16 / 14) = 3
    EXPECT_NEAR(clustered.weight(3, 30 + 1), 0.5 / (4 + 3 * 0.5), 1e-12);
    EXPECT_NEAR(clustered.weight(3, 16 + 3), 0.5 / (4 + 3 * 0.5), 1e-12);
    EXPECT_NEAR(small.weight(0, 1), 1. / 3, 1e-12); // a ring of three has two links, the bridges add 1/2 each
    EXPECT_NEAR(small.weight(0, 6), 0.5 / 3, 1e-12);
    EXPECT_EQ(small.weight(6, 6), 0);
    for (std::uint32_t i = 0; i < 40; ++i) {
        double sum = 0;
        for (std::uint32_t j = 0; j < 40; ++j) sum += mixed.weight(i, j);
        EXPECT_NEAR(sum, 1, 1e-12);
    }
}

TEST(Elites, StartsFromItsDraws)
{
    Hand h;
    h.begin<Elites>();
    const Elites::Agents<Column>& own = h.agents;
    double sum = 0, orientation = 0;
    for (std::uint32_t i = 0; i < 40; ++i) sum += value(own.weight[i]), orientation += value(own.weight[i] * own.orientation[i]);
    EXPECT_NEAR(sum, 1, 1e-12);
    EXPECT_NEAR(value(h.now.elite_orientation), orientation, 1e-12);
    const Four u = h.draws<Elites>(initial_quarter)(17 + 1, 1), v = h.draws<Elites>(initial_quarter)(35 + 1, 1); // a technocrat, a regional leader
    EXPECT_NEAR(value(own.age[17]), std::fmin(std::fmax(57 + 7 * value(bell(u.a)), 40), 80), 1e-12);
    EXPECT_NEAR(value(own.own_orientation[17]), std::fmin(std::fmax(0.32 + 0.30 * value(bell(u.b)), -0.95), 0.95), 1e-12);
    EXPECT_NEAR(value(own.wariness[17]), lg(-1.0 + 0.7 * value(bell(u.c))), by_exp);
    EXPECT_NEAR(value(own.stake[17]), 0.25 * (1 - std::pow(value(u.d), 1 / 2.4)), 1e-9);
    const double w = value(h.draws<Elites>(initial_quarter)(35 + 1, 2).a);
    EXPECT_NEAR(value(own.stake[35]), 0.25 * std::pow(value(v.d), 1 / 1.6) * std::pow(w, 1 / 2.6), 1e-9);
}

TEST(Elites, ViewsFollowTheirTargets)
{
    Council c;
    c.now.war_state = war::full, c.now.carrot = 0.5, c.now.defeat_memory = 0.4;
    auto next = c.step<Elites>();
    EXPECT_NEAR(value(next.elite_wariness), 0.3 + 0.08 * (lg(calm_target) - 0.3), 1e-12);
    const double lure[] = {0, 0.5, 1}; // siloviki, technocrats, regional
    for (int k = 0; k < 3; ++k) {
        const double goal = 0.5 + 0.15 - 0.5 * 0.8 * 0.5 * lure[k] - 0.25 * 0.4 + 0.8 * 0.45 * 0.6 * (0.8 - 0.5);
        EXPECT_NEAR(value(next.faction_orientation[k]), 0.4 + 0.06 * (goal - 0.4), 1e-12);
    }
    EXPECT_NEAR(value(next.elite_stake), 0.1 + 0.05 * (0.2 * std::fmin(1.3 * 0.7, 1) - 0.1), 1e-12);
    EXPECT_NEAR(value(next.faction_weight[0]), 0.98 * 3 * std::exp(0.004) / (3 * std::exp(0.004) + 5) + 0.02 * 3 / 8, 1e-12);
    Council ideological;
    ideological.now.succession = succession::ideological;
    EXPECT_NEAR(value(ideological.step<Elites>().elite_orientation), 0.4 + 0.06 * (0.5 + 0.8 * 0.45 * 0.6 * 0.35 * (0.8 - 0.5) - 0.4), 1e-12);
}

TEST(Elites, NewSanctionsAndALowRankMoveWariness)
{
    const auto wariness = [](double habit, double gap, double on) {
        Council c;
        c.now.sanctions_habit = habit, c.now.status_gap = gap, c.now.use_sanctions_hedge = on;
        const auto next = c.step<Elites>();
        EXPECT_NEAR(value(next.sanctions_habit), habit + 0.05 * (0.7 - habit), 1e-12);
        return value(next.elite_wariness);
    };
    EXPECT_NEAR(wariness(0.4, 0, 1), 0.3 + 0.08 * (lg(calm_target - 0.8 * (0.7 - 0.4)) - 0.3), 1e-12);
    EXPECT_NEAR(wariness(0.1, 0, 1), 0.3 + 0.08 * (lg(calm_target - 0.8 * 0.5) - 0.3), 1e-12);
    EXPECT_NEAR(wariness(0.4, 0, 0), 0.3 + 0.08 * (lg(calm_target) - 0.3), 1e-12);
    EXPECT_NEAR(wariness(0.7, 0.3, 1), 0.3 + 0.08 * (lg(calm_target + 0.6 * 0.3) - 0.3), 1e-12);
}

TEST(Elites, ListensToNeighboursInsideTheBound)
{
    double o[2], w[2];
    for (const int on : {0, 1}) {
        Council c;
        c.now.network = network::siloed, c.now.use_network = on;
        c.own.orientation[1] = 0.6, c.own.wariness[1] = 0.5, c.own.orientation[2] = -0.1, c.own.wariness[2] = 0.9; // |.2| is heard, |.5| is not
        c.step<Elites>();
        o[on] = value(c.own.orientation[0]), w[on] = value(c.own.wariness[0]);
    }
    EXPECT_NEAR(o[1] - o[0], 0.08 * 0.5 * 0.2, 1e-12);
    EXPECT_NEAR(w[1] - w[0], 0.08 * 0.5 * 0.2, 1e-12);
}

TEST(Elites, AlarmSpreadsAndCalms)
{
    int alarmed = 0, calmed = 0;
    for (std::uint32_t r = 0; r < 100; ++r) {
        Council c(r);
        c.now.network = network::siloed, c.now.bilateral_incident = 0.5;
        for (int i = 1; i < 8; ++i) c.own.alarm[i] = 1; // member 0 is calm among the alarmed
        c.step<Elites>();
        const Pair first = pair_of(c.draws<Elites>(60), 1, 1), other = pair_of(c.draws<Elites>(60), 2, 1);
        const bool starts = value(first.a) < (1 - 0.1) * (1.6 * 0.12 * 0.5 + 0.25), calms = value(other.a) < 0.10;
        EXPECT_EQ(value(c.own.alarm[0]), starts);
        EXPECT_EQ(value(c.own.alarm[1]), !calms); // half its neighbours are alarmed
        alarmed += starts, calmed += calms;
        const double w1 = 0.3 + 0.08 * (lg(calm_target) - 0.3);
        EXPECT_NEAR(value(c.own.wariness[0]), w1 + 0.25 * 0.5 * (1 - w1), 1e-12);
    }
    EXPECT_GT(alarmed, 10);
    EXPECT_GT(calmed, 2);
}

TEST(Elites, ANewLeaderPurgesAndSeatsPassOn)
{
    int purged = 0, left = 0;
    for (std::uint32_t r = 0; r < 40; ++r) {
        Council c(r);
        c.now.leadership_change = leadership::reformist, c.now.russia_west_hostility = 0.8, c.now.formative_hostility = 0.5;
        c.p.elite_exit_chance = 0.3, c.p.elite_exit_base = 0.001;
        EXPECT_NEAR(value(c.step<Elites>().formative_hostility), 0.5 + 0.0125 * 0.3, 1e-12);
        const Pair u = pair_of(c.draws<Elites>(60), 4, 1); // member 3, a technocrat
        const Four v = c.draws<Elites>(60)(4, 1);
        const double z = value(bell(v.b)), z_wary = value(bell(v.c)), z_age = value(bell(v.a)), purge = 0.30 * 1.6, age = value(c.own.age[3]);
        if (value(u.b) < purge) {
            ++purged;
            EXPECT_NEAR(value(c.own.orientation[3]), std::fmin(std::fmax(0.8 + 0.25 * z, -0.95), 0.95), 1e-12);
            EXPECT_NEAR(value(c.own.wariness[3]), lg(0.35 * std::log(0.25 / 0.75) + 0.65 * (-1.0 + 0.6) + 0.7 * z_wary), by_exp);
            EXPECT_EQ(value(c.own.propensity[3]), 0.2);
            EXPECT_NEAR(age, std::fmin(std::fmax(value(c.p.appointee_age) + value(c.p.appointee_age_sd) * z_age, 40), 65), 1e-12);
        } else if (value(u.b) < purge + (1 - purge) * 0.3) { // those who stay leave as they would without a purge
            ++left;
            const double o0 = std::fmin(std::fmax(0.32 - 0.18 + 0.9 * (0.5 - 0.6) + 0.30 * z, -0.95), 0.95);
            EXPECT_NEAR(value(c.own.orientation[3]), 0.5 * o0 + 0.5 * 0.8, 1e-12);
            EXPECT_NEAR(value(c.own.wariness[3]), lg(-1.0 + 0.6 + 0.7 * z_wary), by_exp);
            EXPECT_NEAR(value(c.own.stake[3]), 0.5 * value(c.own.propensity[3]) * 0.7, 1e-12);
            EXPECT_NEAR(age, std::fmin(std::fmax(value(c.p.entrant_age) + value(c.p.entrant_age_sd) * z_age, 38), 58), 1e-12);
        } else {
            EXPECT_EQ(age, 50.25);
            continue;
        }
        EXPECT_NEAR(value(c.own.exit_by_age[3]), 0.001 * std::exp(0.085 * (age - 60)), by_exp) << "the old go first";
    }
    EXPECT_GT(purged, 5);
    EXPECT_GT(left, 1);
}

TEST(Elites, TheAlarmedGrowWaryAndSpiesAlarm)
{
    int alarmed = 0;
    for (std::uint32_t r = 0; r < 100; ++r) {
        Council c(r);
        c.now.use_network = 0, c.p.alarm_by_espionage = 1, c.own.alarm[2] = 1;
        c.step<Elites>();
        EXPECT_NEAR(value(c.own.wariness[2]), 0.3 + 0.08 * (lg(calm_target + 1.6) - 0.3), 1e-12);
        const bool starts = value(pair_of(c.draws<Elites>(60), 1, 1).a) < (1 - 0.1) * 1.6 * 0.2;
        EXPECT_EQ(value(c.own.alarm[0]), starts);
        alarmed += starts;
    }
    EXPECT_GT(alarmed, 10);
    EXPECT_LT(alarmed, 60);
}

TEST(Elites, AlarmCountsByInfluence)
{
    Council c;
    c.p.alarm_calms = 0, c.p.alarm_calms_among_alarmed = 0, c.p.alarm_by_neighbours = 0, c.p.weight_spread = 0, c.p.g_inf = 0;
    c.own.alarm[0] = c.own.alarm[4] = 1, c.own.weight[0] = 0.225, c.own.weight[1] = 0.025;
    EXPECT_NEAR(value(c.step<Elites>().elite_alarm), 0.225 + 0.125, 1e-12);
}

TEST(Elites, ARefusedDemandAlarms)
{
    int alarmed = 0;
    for (std::uint32_t r = 0; r < 100; ++r) {
        Council c(r);
        c.now.demand_refused = 0.5, c.p.alarm_by_refusal = 0.5;
        c.step<Elites>();
        const bool starts = value(pair_of(c.draws<Elites>(60), 1, 1).a) < (1 - 0.1) * 1.6 * 0.5 * 0.5;
        EXPECT_EQ(value(c.own.alarm[0]), starts);
        alarmed += starts;
    }
    EXPECT_GT(alarmed, 15);
    EXPECT_LT(alarmed, 85);
}

TEST(Elites, TheWaryRiseUnlessObedienceIsWhatIsChosen)
{
    for (const bool pawn : {false, true}) {
        Council c;
        c.own.wariness[0] = 0.9, c.now.use_network = 0, c.p.weight_spread = 0, c.p.g_inf = 0.1, c.p.wariness_selection = 0.5;
        c.now.dep = pawn ? dep::pawn : dep::limits;
        c.step<Elites>();
        EXPECT_NEAR(value(c.own.weight[0] / c.own.weight[1]), pawn ? 1 : std::exp(0.1 * 0.5 * (0.9 - 0.3)), by_exp);
    }
}

TEST(Elites, ThoseWithStakesRiseAndMostSoWhereObedienceIsWhatIsChosen)
{
    for (const bool pawn : {false, true}) {
        Council c;
        c.own.stake[0] = 0.5, c.p.weight_spread = 0, c.p.g_inf = 0.1;
        c.now.dep = pawn ? dep::pawn : dep::limits;
        c.step<Elites>();
        EXPECT_NEAR(value(c.own.weight[0] / c.own.weight[1]), std::exp(0.1 * (pawn ? 1.8 : 1) * (1 - 0.05) * (0.5 - 0.1)), by_exp);
    }
}

TEST(Elites, AQuarterOfAYearOlderASeatIsLikelierToBeLeft)
{
    Council c;
    c.own.exit_by_age.assign(8, Lanes(1e-9)), c.p.elite_exit_slope = 0.2;
    c.step<Elites>();
    EXPECT_NEAR(value(c.own.exit_by_age[3]) / 1e-9, std::exp(0.2 * 0.25), by_exp);
}

TEST(Elites, TheClosestMajorityRules)
{
    Council c;
    c.p.elite_orientation_rate = 0, c.p.elite_wariness_rate = 0, c.p.weight_spread = 0, c.p.g_inf = 0, c.now.use_network = 0;
    const double o[8] = {0.9, 0.9, 0.9, 0.5, 0.5, 0.5, 0.4, 0.4};
    for (int i = 0; i < 8; ++i) c.own.orientation[i] = o[i];
    auto next = c.step<Elites>(); // weights 3/8, 3/8, 2/8: technocrats and regional leaders are .1 apart
    EXPECT_NEAR(value(next.coalition_weight), 5. / 8, 1e-12);
    EXPECT_NEAR(value(next.coalition_distance), 0.1, 1e-12);
    EXPECT_NEAR(value(next.coalition_orientation), (3 * 0.5 + 2 * 0.4) / 5, 1e-12);
    EXPECT_NEAR(value(next.candidate_orientation), 0.5, 1e-12);
    const double mean = (3 * 0.9 + 3 * 0.5 + 2 * 0.4) / 8;
    EXPECT_NEAR(value(next.elite_polarisation), std::sqrt((3 * 0.81 + 3 * 0.25 + 2 * 0.16) / 8 - mean * mean), 1e-12);
    for (int i = 0; i < 8; ++i) c.own.weight[i] = i < 3 ? 0.2 : 0.08; // the siloviki alone
    next = c.step<Elites>();
    EXPECT_NEAR(value(next.coalition_weight), 0.6, 1e-12);
    EXPECT_EQ(value(next.coalition_distance), 0);
    EXPECT_NEAR(value(next.candidate_orientation), 0.9, 1e-12);
}

TEST(Elites, PartnersInRuleArePartedByOrientationAndWariness)
{
    Council c;
    c.p.elite_orientation_rate = 0, c.p.elite_wariness_rate = 0, c.p.weight_spread = 0, c.p.g_inf = 0, c.p.wariness_in_distance = 0.5, c.now.use_network = 0;
    for (int i = 0; i < 8; ++i) c.own.orientation[i] = i < 3 ? 0.9 : i < 6 ? 0.5 : 0.4;
    for (const double warier : {0.2, -0.2}) {
        for (int i = 0; i < 8; ++i) c.own.wariness[i] = i < 6 ? 0.3 : 0.3 + warier;
        const auto next = c.step<Elites>();
        EXPECT_NEAR(value(next.coalition_distance), 0.1 + 0.5 * 0.2, 1e-12);
        EXPECT_NEAR(value(next.coalition_wariness), (3 * 0.3 + 2 * (0.3 + warier)) / 5, 1e-12);
    }
}

/// A council of one mean field a faction, from the start.
struct MeanField : Hand {
    MeanField()
    {
        counts.elites = 8, now.use_single_elites = 0;
        begin<Elites>();
    }
};

TEST(Elites, AMeanFieldStartsFromMeans)
{
    const MeanField m;
    const double size[] = {3, 3, 2}, influence[] = {1.3, 1, 0.8}, orientation[] = {0.58, 0.32, 0.24}, wariness[] = {-0.65, -1, -1.2}, stake[] = {1 / 4.5, 1 / 3.4, 1.6 / 3.6};
    const double total = 3 * 1.3 + 3 + 2 * 0.8;
    double o = 0, s = 0;
    for (std::uint32_t k = 0, i = 0; k < 3; ++k)
        for (std::uint32_t n = 0; n < size[k]; ++n, ++i) {
            EXPECT_NEAR(value(m.agents.orientation[i]), orientation[k], 1e-12);
            EXPECT_NEAR(value(m.agents.wariness[i]), lg(wariness[k]), by_exp);
            EXPECT_NEAR(value(m.agents.stake[i]), 0.25 * stake[k], 1e-12);
            EXPECT_NEAR(value(m.agents.weight[i]), influence[k] / total, 1e-12);
            EXPECT_NEAR(value(m.agents.age[i]), 57, 1e-12);
            o += influence[k] / total * orientation[k], s += influence[k] / total * 0.25 * stake[k];
        }
    EXPECT_NEAR(value(m.now.elite_orientation), o, 1e-12);
    EXPECT_NEAR(value(m.now.elite_stake), s, 1e-12);
}

TEST(Elites, AMeanFieldTakesAlarmAndPassesOnInShares)
{
    MeanField m;
    m.now.leadership_change = leadership::nationalist, m.now.leader_orientation = -0.2, m.now.leader_wariness = 0.5, m.now.leader_dominance = 0,
    m.now.russia_west_hostility = m.now.formative_hostility = 0.5;
    m.now.bilateral_incident = 0.3, m.now.espionage = 0.2, m.now.demand_refused = 0, m.p.elite_orientation_rate = m.p.elite_wariness_rate = 0; // views do not move by themselves
    m.p.incident_on_wariness = 0, m.p.stake_rate = 0;
    m.agents.alarm.assign(8, Lanes(0.4));
    m.step<Elites>();
    const double purge = 0.30 * 1.6, age = 57.25, exit = 0.0025 * std::exp(0.085 * (age - 60)) + 0.004, enters = (1 - purge) * exit, stays = 1 - purge - enters;
    const double frights = 1.6 * (0.003 + 0.02 * 0.2 + 0.12 * 0.3), stake = 0.25 / 4.5; // of the siloviki
    EXPECT_NEAR(value(m.agents.alarm[0]), stays * (0.4 * 0.8 + 0.6 * (1 - stake) * frights), by_exp);
    EXPECT_NEAR(value(m.agents.age[0]), stays * age + purge * 50 + enters * 47, 1e-9);
    const double young = 0.58 - 0.18 + 0.9 * (0.5 - 0.6);
    EXPECT_NEAR(value(m.agents.own_orientation[0]), stays * 0.58 + purge * -0.2 + enters * young, 1e-9);
    EXPECT_NEAR(value(m.agents.orientation[0]), stays * 0.58 + purge * -0.2 + enters * (young + 0.5 * (-0.2 - young)), 1e-9);
    EXPECT_NEAR(value(m.agents.own_wariness[0]), stays * -0.65 + purge * 0.65 * (-0.65 + 0.6) + enters * (-0.65 + 0.6), 1e-9) << "the leader's own is logit .5 = 0";
    for (const Column* c : {&m.agents.orientation, &m.agents.alarm, &m.agents.weight})
        for (std::uint32_t i = 0; i < 3; ++i) EXPECT_EQ(value((*c)[i]), value((*c)[0])) << "one agent stands for all";
}

} // namespace
