#include "world.hpp"
#include <algorithm>

namespace entente {

TEST(ChineseBanks, Begin)
{
    Hand h;
    h.begin<ChineseBanks>();
    ASSERT_EQ(h.agents.bank_exposure.size(), 12u);
    for (std::uint32_t b = 0; b < 12; ++b) {
        const double u = value(h.draws<ChineseBanks>(initial_quarter)(b).a);
        EXPECT_NEAR(value(h.agents.bank_exposure[b]), b < 4 ? 0.60 + 0.35 * u : 0.05 + 0.45 * u, 1e-12);
        EXPECT_EQ(value(h.agents.bank_risk[b]), 0.03);
    }
}

TEST(ChineseBanks, LearnAndAnswer)
{
    Hand h;
    h.begin<ChineseBanks>();
    h.now.secondary_enforcement = 0.65, h.now.yuan_settlement = 0.9, h.now.insulated_rails = 0.1, h.now.sanctions_in_force = 0.9, h.now.china_western_exposure = 0.95;
    for (Lanes& risk : h.agents.bank_risk) risk = 0.5;
    const auto next = h.step<ChineseBanks>();
    const double theta = 0.65 * (1 - 0.15 * 0.9) * (1 - 0.75 * 0.1) + 0.05 * 0.9;
    double large = 0, other = 0;
    for (std::uint32_t b = 0; b < 12; ++b) {
        const Pair u = pair_of(h.draws<ChineseBanks>(60), b);
        const double heard = std::min(1., std::max(0., theta + 0.10 * value(bell(u.a)))), risk = 0.5 + 0.35 * (heard - 0.5);
        EXPECT_NEAR(value(h.agents.bank_risk[b]), risk, 1e-12);
        const bool accepts = value(u.b) < lg(10 * (0.34 - value(h.agents.bank_exposure[b]) * risk * 0.95));
        (b < 4 ? large : other) += accepts;
    }
    EXPECT_NEAR(value(next.small_bank_acceptance), other / 8, 1e-12);
    EXPECT_NEAR(value(next.bank_acceptance), 0.6 * large / 4 + 0.4 * other / 8, 1e-12);
}

TEST(ChineseBanks, MeetAnEnforcementOfTheirOwn)
{
    const auto risk = [](double enforcement, double push) {
        Hand h;
        h.begin<ChineseBanks>();
        h.now.secondary_enforcement = enforcement, h.now.bank_enforcement_push = push, h.now.yuan_settlement = 0.5, h.p.bank_noise = 0;
        h.step<ChineseBanks>();
        return value(h.agents.bank_risk[0]);
    };
    EXPECT_NEAR(risk(0.3, 0.2), 0.03 + 0.35 * (0.5 * (1 - 0.15 * 0.5) - 0.03), 1e-12);
    EXPECT_EQ(risk(0.9, 0.5), risk(1, 0)) << "no more than all";
    EXPECT_EQ(risk(0.3, -0.8), risk(0, 0)) << "no less than none";
}

TEST(ChineseBanks, AcceptAllWhenMuted)
{
    Hand h;
    ChineseBanks::Shared<Lanes> next{0.2, 0.3};
    ChineseBanks::muted(h.now, next);
    EXPECT_EQ(value(next.bank_acceptance), 1);
    EXPECT_EQ(value(next.small_bank_acceptance), 1);
}

TEST(ChineseBanks, AMeanFieldAcceptsByItsProbability)
{
    Hand h;
    h.now.use_single_banks = 0;
    h.begin<ChineseBanks>();
    h.now.secondary_enforcement = 0.65, h.now.yuan_settlement = 0.9, h.now.insulated_rails = 0.1, h.now.sanctions_in_force = 0.9, h.now.china_western_exposure = 0.95;
    for (Lanes& risk : h.agents.bank_risk) risk = 0.5;
    const auto next = h.step<ChineseBanks>();
    const double theta = 0.65 * (1 - 0.15 * 0.9) * (1 - 0.75 * 0.1) + 0.05 * 0.9, risk = 0.5 + 0.35 * (theta - 0.5);
    const double large = lg(10 * (0.34 - 0.775 * risk * 0.95)), other = lg(10 * (0.34 - 0.275 * risk * 0.95));
    EXPECT_NEAR(value(next.small_bank_acceptance), other, by_exp);
    EXPECT_NEAR(value(next.bank_acceptance), 0.6 * large + 0.4 * other, by_exp);
    for (std::uint32_t b = 0; b < 12; ++b) {
        EXPECT_NEAR(value(h.agents.bank_risk[b]), risk, 1e-12);
        EXPECT_NEAR(value(h.agents.bank_exposure[b]), b < 4 ? 0.775 : 0.275, 1e-12);
    }
    ++h.replicate;
    for (Lanes& same : h.agents.bank_risk) same = 0.5;
    EXPECT_EQ(value(h.step<ChineseBanks>().bank_acceptance), value(next.bank_acceptance)) << "no draw has part in it";
}

} // namespace entente
