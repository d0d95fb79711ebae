#include "world.hpp"
#include <cmath>

namespace entente {

TEST(Perception, ErrorFadesAndBiasStays)
{
    Hand h;
    h.begin<Perception>();
    const Four start = h.draws<Perception>(initial_quarter)(), u = h.draws<Perception>(60)();
    const double bias = 0.5 * 0.12 * value(normal(start.b));
    h.agents.judgement_error[1] = 0.3;
    const auto next = h.step<Perception>();
    const double error = 0.8 * 0.3 + 0.6 * 0.12 * value(normal(u.b));
    EXPECT_NEAR(value(h.agents.judgement_bias[1]), bias, 1e-12);
    EXPECT_NEAR(value(next.perception_china_on_russia), bias + error, 1e-12);
    EXPECT_NEAR(value(next.perception_west_on_russia), 0.06 * value(normal(start.c)) + 0.072 * value(normal(u.c)), 1e-12);
    h.now.quarter = 61;
    EXPECT_NEAR(value(h.step<Perception>().perception_china_on_russia), bias + 0.8 * error + 0.072 * value(normal(h.draws<Perception>(61)().b)), 1e-12);
}

TEST(Perception, BeginsAfreshInEveryRun)
{
    Hand h;
    h.begin<Perception>();
    h.step<Perception>();
    h.begin<Perception>();
    ASSERT_EQ(h.agents.judgement_bias.size(), 3u);
    EXPECT_EQ(value(h.agents.judgement_error[0]), 0);
}

TEST(Perception, ExactWithoutErrorAndWhenMuted)
{
    Hand h;
    h.p.sig = 0;
    h.begin<Perception>();
    EXPECT_EQ(value(h.step<Perception>().perception_russia_on_china), 0);
    Perception::Shared<Lanes> next{0.1, 0.2, 0.3};
    Perception::muted(h.now, next);
    EXPECT_EQ(value(next.perception_russia_on_china) + value(next.perception_china_on_russia) + value(next.perception_west_on_russia), 0);
}

} // namespace entente
