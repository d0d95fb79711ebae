#include "world.hpp"
#include <algorithm>
#include <array>
#include <cmath>

using namespace entente;

namespace {

Hand afterDefeat()
{
    Hand h;
    h.now.war_state = war::frozen, h.now.russian_output = 1.0, h.now.defeat_memory = 0.5, h.now.intermediated_share = 0.5, h.now.sanctions_in_force = 0.8, h.now.asia_trend = 0.4,
    h.now.central_asia_push = 0.5, h.now.failure_belief = 0.6;
    h.now.central_asia_trade_russia[0] = 0.15, h.now.central_asia_trade_china[0] = 0.20, h.now.central_asia_trade_other[0] = 0.65, h.now.central_asia_security[0] = 0.5;
    return h;
}
constexpr double capacity = 0.80 - 0.08 + 0.5 * (1.0 - 1.1) - 0.3 * 0.5;

} // namespace

TEST(CentralAsia, TradeOfKazakhstan)
{
    Hand h = afterDefeat();
    for (const double on : {0.0, 1.0}) {
        h.now.use_fear_of_failure = on;
        const Four u = h.draws<CentralAsia>(60)(0);
        const double a[3] = {0.180 * std::exp(0.15 * (capacity - 0.8) + 0.20 * 0.5 * 0.8 - 1.2 * (0.15 - 0.180)),
                             0.125 * std::exp(1.8 * (0.4 + 0.4 * 0.5) + on * 0.20 * 1.3 * 0.6 - 1.2 * (0.20 - 0.125)), 0.695 * std::exp(-1.2 * (0.65 - 0.695))};
        const double sum = a[0] + a[1] + a[2], share[3] = {0.15, 0.20, 0.65}, noise[3] = {value(bell(u.a)), value(bell(u.b)), value(bell(u.c))};
        double after[3], all = 0;
        for (int i = 0; i < 3; ++i) all += after[i] = std::clamp(share[i] + 0.08 * (a[i] / sum - share[i]) + 0.004 * noise[i], 0.02, 0.95);
        const auto next = h.step<CentralAsia>(false);
        EXPECT_NEAR(value(next.central_asia_trade_russia[0]), after[0] / all, by_exp);
        EXPECT_NEAR(value(next.central_asia_trade_china[0]), after[1] / all, by_exp);
        EXPECT_NEAR(value(next.central_asia_trade_other[0]), after[2] / all, by_exp);
        EXPECT_NEAR(value(next.central_asia_security[0]), 0.5 + 0.04 * (0.65 + 0.6 * (capacity - 0.8) - 0.15 * 0.5 - 0.5), 1e-12);
    }
}

// The logarithm of China's share against Russia's moves with the belief that Russia fails, in each state by its nearness to China.
TEST(CentralAsia, FearOfFailureReachesEachStateByItsNearness)
{
    Hand h;
    h.p.central_asia_trade_rate = 1, h.p.central_asia_trade_noise = 0;
    const auto expect_moved = [&](const std::array<double, 5>& nearness) {
        h.now.failure_belief = 0;
        const auto calm = h.step<CentralAsia>(false);
        h.now.failure_belief = 0.5;
        const auto afraid = h.step<CentralAsia>(false);
        const auto odds = [](const auto& world, int i) { return std::log(value(world.central_asia_trade_china[i] / world.central_asia_trade_russia[i])); };
        for (int i = 0; i < 5; ++i) EXPECT_NEAR(odds(afraid, i) - odds(calm, i), 0.20 * 0.5 * nearness[static_cast<std::size_t>(i)], 1e-9) << i;
    };
    expect_moved({1.3, 1.0, 1.3, 0.6, 0.8});
    h.p.fear_kaz = 1.1, h.p.fear_kgz = 1.2, h.p.fear_tjk = 1.4, h.p.fear_tkm = 0.5, h.p.fear_uzb = 0.7; // no two alike
    expect_moved({1.1, 1.2, 1.4, 0.5, 0.7});
}

TEST(CentralAsia, ReexportOnlyThroughKazakhstanAndKyrgyzstan)
{
    Hand h;
    h.now.sanctions_in_force = 0.8, h.now.intermediated_share = 0;
    const auto without = h.step<CentralAsia>(false);
    h.now.intermediated_share = 0.6;
    const auto with = h.step<CentralAsia>(false);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(value(with.central_asia_trade_russia[i]) > value(without.central_asia_trade_russia[i]), i < 2) << i;
}

TEST(CentralAsia, AWarThatIsFoughtTakesMoreThanOneThatIsFrozen)
{
    Hand h = afterDefeat();
    h.now.war_state = war::full;
    EXPECT_NEAR(value(h.step<CentralAsia>(false).central_asia_security[0]), 0.5 + 0.04 * (0.65 + 0.6 * (capacity + 0.08 - 0.35 - 0.8) - 0.15 * 0.5 - 0.5), 1e-12);
}

TEST(CentralAsia, AFragmentedRussiaSecuresNobody)
{
    Hand h = afterDefeat();
    h.now.fragmented = 1;
    EXPECT_NEAR(value(h.step<CentralAsia>(false).central_asia_security[0]), 0.5 + 0.04 * (0.65 + 0.6 * (capacity - 0.4 - 0.8) - 0.15 * 0.5 - 0.5), 1e-12);
}

TEST(CentralAsia, ContestIsTheMeanLossOfOrientation)
{
    Hand h;
    EXPECT_NEAR(value(h.step<CentralAsia>(false).central_asia_contest), 0, 1e-12);
    h = afterDefeat();
    const double before = 0.5 * 0.18 / 0.305 + 0.5 * 0.65, after = 0.5 * 0.15 / 0.35 + 0.5 * 0.5;
    EXPECT_NEAR(value(h.step<CentralAsia>(false).central_asia_contest), (before - after) / 5 / 0.30, 1e-12);
}

TEST(CentralAsia, AStateFlipsAfterAYearAwayFromRussia)
{
    Hand h;
    for (int i = 0; i < 5; ++i) h.now.central_asia_security[i] = 0.05;
    h.now.flip_quarters[1] = 3, h.now.flip_quarters[2] = 2;
    auto next = h.step<CentralAsia>(false);
    const double quarters[5] = {1, 4, 3, 0, 0}; // Turkmenistan and Uzbekistan never were Russia's
    for (int i = 0; i < 5; ++i) EXPECT_EQ(value(next.flip_quarters[i]), quarters[i]) << i;
    EXPECT_EQ(value(next.central_asia_flips), 1);
    h.now.central_asia_security[1] = 0.8;
    next = h.step<CentralAsia>(false);
    EXPECT_EQ(value(next.flip_quarters[1]), 0);
    EXPECT_EQ(value(next.central_asia_flips), 0);
}
