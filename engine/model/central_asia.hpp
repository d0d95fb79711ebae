// Five Central Asian states between Russia and China: trade (economic channel) and security (military channel). C34, C45, C76, C82, C88-C92.
// Equations: ODD.md, 4.19.
#pragma once
#include "mechanism.hpp"
#include "states.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct CentralAsia : Page<CentralAsia> {
    static constexpr std::string_view name = "central_asia", title = "trade and security of five Central Asian states", group = "Central Asia and friction",
                                      claims = "C34 C45 C76 C82 C88 C89 C90 C91 C92";
    enum State : int { kazakhstan, kyrgyzstan, tajikistan, turkmenistan, uzbekistan, states };

    template <class Value> struct Parameters {
        Value a_CN = parameter("a_CN", "log attraction", 1.8, 0.8, 3, Mark::calibrated, "reach of Chinese growth into Central Asia", "C76 C88 C92");
        Value a_cap = parameter("a_cap", "log attraction", 1.0, 0.4, 2, Mark::calibrated, "weight of Russian capacity", "C76 C88 C92");
        Value g_hedge = parameter("g_hedge", "log attraction", 1.2, 0.5, 3, Mark::weak, "the states balance what grows", "C91");
        Value a_fear = parameter("a_fear", "log attraction", 0.20, 0, 0.6, Mark::prior, "Chinese push as Russia is feared to fail (N23)", "C45 C89");
        Value capacity_base = fixed("capacity_base", "index", 0.80, "Russian capacity in Central Asia at peace", "C76");
        Value capacity_full_war = fixed("capacity_full_war", "index", 0.35, "what full war takes from it", "C76");
        Value capacity_frozen_war = fixed("capacity_frozen_war", "index", 0.08, "what a frozen war takes from it", "C76");
        Value capacity_output = fixed("capacity_output", "index", 0.5, "what output gives to it", "C76");
        Value capacity_defeat = fixed("capacity_defeat", "index", 0.3, "what a defeat takes from it", "C89");
        Value capacity_fragmented = fixed("capacity_fragmented", "index", 0.4, "what fragmentation takes from it", "C45");
        Value central_asia_capacity_trade = fixed("central_asia_capacity_trade", "1", 0.15, "capacity in trade, in units of a_cap", "C76");
        Value central_asia_reexport = fixed("central_asia_reexport", "log attraction", 0.20, "goods that pass Kazakhstan and Kyrgyzstan on their way to Russia", "C34");
        Value central_asia_push_trade = fixed("central_asia_push_trade", "log attraction", 0.4, "reach of the lever central_asia_push in trade", "C82");
        Value central_asia_trade_rate = fixed("central_asia_trade_rate", "1/quarter", 0.08, "speed of trade shares", "C88");
        Value central_asia_trade_noise = fixed("central_asia_trade_noise", "share", 0.004, "noise of trade shares", "");
        Value central_asia_security_rate = fixed("central_asia_security_rate", "1/quarter", 0.04, "speed of security orientation", "C90");
        Value central_asia_capacity_security = fixed("central_asia_capacity_security", "1", 0.6, "capacity in security, in units of a_cap", "C90");
        Value central_asia_push_security = fixed("central_asia_push_security", "index", 0.15, "reach of the lever central_asia_push in security", "C82");
        Value central_asia_contest_scale = fixed("central_asia_contest_scale", "index", 0.30, "mean loss of orientation that counts as full contest", "C90");
        Value central_asia_flip = fixed("central_asia_flip", "index", 0.40, "orientation below which a state is no longer Russia's", "C92");
        Value fear_kaz = fixed("fear_kaz", "1", 1.3, "nearness of Kazakhstan to China (beta, N23)", "C89");
        Value fear_kgz = fixed("fear_kgz", "1", 1.0, "nearness of Kyrgyzstan", "C89");
        Value fear_tjk = fixed("fear_tjk", "1", 1.3, "nearness of Tajikistan", "C89");
        Value fear_tkm = fixed("fear_tkm", "1", 0.6, "nearness of Turkmenistan", "C89");
        Value fear_uzb = fixed("fear_uzb", "1", 0.8, "nearness of Uzbekistan", "C89");
    };

    /// The world before 2014Q1, from which attraction, hedging and orientation are measured.
    static constexpr double russia_0[states] = {0.180, 0.250, 0.176, 0.070, 0.180}, china_0[states] = {0.125, 0.150, 0.200, 0.450, 0.164},
                            other_0[states] = {0.695, 0.600, 0.624, 0.480, 0.656}, security_0[states] = {0.65, 0.80, 0.65, 0.25, 0.35};
    static constexpr double orientation_0(int i) { return 0.5 * russia_0[i] / (russia_0[i] + china_0[i]) + 0.5 * security_0[i]; }

    template <class Value> struct Shared {
        Value central_asia_trade_russia[states] = {variable("central_asia_trade_russia_kaz", "share", russia_0[0], 0, 1, "Russia's share of Kazakh trade", "Russian mirror data 2014"),
                                                   variable("central_asia_trade_russia_kgz", "share", russia_0[1], 0, 1, "Russia's share of Kyrgyz trade", "national data 2014"),
                                                   variable("central_asia_trade_russia_tjk", "share", russia_0[2], 0, 1, "Russia's share of Tajik trade", "Russian mirror data 2014"),
                                                   variable("central_asia_trade_russia_tkm", "share", russia_0[3], 0, 1, "Russia's share of Turkmen trade", "guess"),
                                                   variable("central_asia_trade_russia_uzb", "share", russia_0[4], 0, 1, "Russia's share of Uzbek trade", "national and mirror data 2014")};
        Value central_asia_trade_china[states] = {variable("central_asia_trade_china_kaz", "share", china_0[0], 0, 1, "China's share of Kazakh trade", "national data 2018"),
                                                  variable("central_asia_trade_china_kgz", "share", china_0[1], 0, 1, "China's share of Kyrgyz trade", "national data 2014"),
                                                  variable("central_asia_trade_china_tjk", "share", china_0[2], 0, 1, "China's share of Tajik trade", "guess"),
                                                  variable("central_asia_trade_china_tkm", "share", china_0[3], 0, 1, "China's share of Turkmen trade", "guess"),
                                                  variable("central_asia_trade_china_uzb", "share", china_0[4], 0, 1, "China's share of Uzbek trade", "national data 2014")};
        Value central_asia_trade_other[states] = {variable("central_asia_trade_other_kaz", "share", other_0[0], 0, 1, "others' share of Kazakh trade", "rest"),
                                                  variable("central_asia_trade_other_kgz", "share", other_0[1], 0, 1, "others' share of Kyrgyz trade", "rest"),
                                                  variable("central_asia_trade_other_tjk", "share", other_0[2], 0, 1, "others' share of Tajik trade", "rest"),
                                                  variable("central_asia_trade_other_tkm", "share", other_0[3], 0, 1, "others' share of Turkmen trade", "rest"),
                                                  variable("central_asia_trade_other_uzb", "share", other_0[4], 0, 1, "others' share of Uzbek trade", "rest")};
        Value central_asia_security[states] = {variable("central_asia_security_kaz", "index", security_0[0], 0, 1, "security orientation of Kazakhstan to Russia", "coded memberships"),
                                               variable("central_asia_security_kgz", "index", security_0[1], 0, 1, "security orientation of Kyrgyzstan to Russia", "coded memberships"),
                                               variable("central_asia_security_tjk", "index", security_0[2], 0, 1, "security orientation of Tajikistan to Russia", "coded memberships"),
                                               variable("central_asia_security_tkm", "index", security_0[3], 0, 1, "security orientation of Turkmenistan to Russia", "coded memberships"),
                                               variable("central_asia_security_uzb", "index", security_0[4], 0, 1, "security orientation of Uzbekistan to Russia", "coded memberships")};
        Value flip_quarters[states] = {variable("flip_quarters_kaz", "quarters", 0, 0, 400, "quarters that Kazakhstan has been away from Russia", "definition"),
                                       variable("flip_quarters_kgz", "quarters", 0, 0, 400, "quarters that Kyrgyzstan has been away from Russia", "definition"),
                                       variable("flip_quarters_tjk", "quarters", 0, 0, 400, "quarters that Tajikistan has been away from Russia", "definition"),
                                       variable("flip_quarters_tkm", "quarters", 0, 0, 400, "0: Turkmenistan never was Russia's", "definition"),
                                       variable("flip_quarters_uzb", "quarters", 0, 0, 400, "0: Uzbekistan never was Russia's", "definition")};
        Value central_asia_contest = variable("central_asia_contest", "index", 0, 0, 1, "what China has won of Russia's place", "definition");
        Value central_asia_flips = variable("central_asia_flips", "count", 0, 0, 3, "states that were Russia's and are no longer", "definition");
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws& draw)
    {
        const Lanes capacity = clip(p.capacity_base - p.capacity_full_war * when(now.war_state == war::full) - p.capacity_frozen_war * when(now.war_state == war::frozen)
                                    + p.capacity_output * (now.russian_output - 1.1) - p.capacity_defeat * now.defeat_memory - p.capacity_fragmented * now.fragmented);
        const Lanes strong = p.a_cap * (capacity - 0.8), pull_russia = p.central_asia_capacity_trade * strong, reexport = p.central_asia_reexport * now.intermediated_share * now.sanctions_in_force;
        const Lanes pull_china = p.a_CN * (now.asia_trend + p.central_asia_push_trade * now.central_asia_push), fear = p.a_fear * now.failure_belief * now.use_fear_of_failure;
        const Lanes secure = p.central_asia_capacity_security * strong - p.central_asia_push_security * now.central_asia_push;
        const Lanes nearness[states] = {p.fear_kaz, p.fear_kgz, p.fear_tjk, p.fear_tkm, p.fear_uzb};

        Lanes lost = 0, flips = 0;
        for (int i = 0; i < states; ++i) {
            const Lanes r = now.central_asia_trade_russia[i], c = now.central_asia_trade_china[i], o = now.central_asia_trade_other[i], s = now.central_asia_security[i];
            const Lanes russia = exp(pull_russia + (i == kazakhstan || i == kyrgyzstan ? reexport : Lanes(0)) - p.g_hedge * (r - russia_0[i])) * russia_0[i];
            const Lanes china = exp(pull_china + fear * nearness[i] - p.g_hedge * (c - china_0[i])) * china_0[i];
            const Lanes other = exp(-p.g_hedge * (o - other_0[i])) * other_0[i];
            const Lanes weight = p.central_asia_trade_rate / (russia + china + other), keep = 1 - p.central_asia_trade_rate;
            const Four u = draw(static_cast<std::uint32_t>(i));
            const Lanes r1 = clip(keep * r + weight * russia + p.central_asia_trade_noise * bell(u.a), 0.02, 0.95);
            const Lanes c1 = clip(keep * c + weight * china + p.central_asia_trade_noise * bell(u.b), 0.02, 0.95);
            const Lanes o1 = clip(keep * o + weight * other + p.central_asia_trade_noise * bell(u.c), 0.02, 0.95);
            const Lanes sum = r1 + c1 + o1;
            next.central_asia_trade_russia[i] = r1 / sum;
            next.central_asia_trade_china[i] = c1 / sum;
            next.central_asia_trade_other[i] = o1 / sum;
            next.central_asia_security[i] = s + p.central_asia_security_rate * (clip(secure + security_0[i]) - s);

            const Lanes orientation = 0.5 * r / (r + c) + 0.5 * s;
            lost += orientation_0(i) - orientation;
            if (orientation_0(i) >= 0.5) {
                next.flip_quarters[i] = when(orientation < p.central_asia_flip) * (now.flip_quarters[i] + 1);
                flips += when(next.flip_quarters[i] >= 4);
            }
        }
        next.central_asia_contest = clip(lost / (states * p.central_asia_contest_scale));
        next.central_asia_flips = flips;
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
