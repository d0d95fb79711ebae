#include "world.hpp"
#include <cmath>

using namespace entente;

namespace {

Hand regime()
{
    Hand h;
    h.now.leader_age = 72, h.now.leader_dominance = 0.5, h.now.leader_orientation = 0.8, h.now.leader_wariness = 0.22, h.now.legitimacy = 0.5;
    h.now.candidate_orientation = 0.3, h.now.candidate_wariness = 0.4, h.now.candidate_age = 42;
    h.now.coalition_weight = 0.7, h.now.coalition_distance = 0.2, h.now.coalition_orientation = 0.1;
    h.now.elite_orientation = 0.4, h.now.elite_wariness = 0.5;
    return h;
}
/// The world with a forced death in which the code of the change, drawn by replicate, is `code`.
Hand after_death(double code)
{
    for (Hand h = regime();; ++h.replicate) {
        h.now.force_death = 1;
        if (value(h.step<RussianLeadership>().leadership_change) == code) return h;
    }
}

TEST(RussianLeadership, AgesAndDominatesUpToItsCap)
{
    Hand h = regime();
    h.now.leader_age = 20; // nobody dies of age at 20
    h.p.h_oust = 0;
    auto next = h.step<RussianLeadership>();
    EXPECT_EQ(value(next.leader_age), 20.25);
    EXPECT_NEAR(value(next.leader_dominance), 0.512, 1e-12);
    EXPECT_EQ(value(next.leader_orientation), 0.8); // the first leader does not drift
    h.now.successions = 1, h.now.leader_dominance = 0.619;
    next = h.step<RussianLeadership>();
    EXPECT_NEAR(value(next.leader_dominance), 0.62, 1e-12);
    EXPECT_NEAR(value(next.leader_orientation), 0.8 + 0.008 * (0.4 - 0.8), 1e-12);
    EXPECT_NEAR(value(next.leader_wariness), 0.22 + 0.015 * (0.5 - 0.22), 1e-12);
}

TEST(RussianLeadership, ExitsAndSuccessionFollowTheDraws)
{
    const double death = 1 - std::exp(-0.25 * 0.024 * 40 * std::exp(0.09 * 2.25)), hands_over = 0.01 * 10 * std::exp(0.14 * (72.25 - 75)),
                 ouster = 0.004 * 30 * std::exp(4.5 * (0.62 - 0.38)) * (1 + 2 * (1 - 0.5 / 0.62));
    const double coalition = 3.0 * ((0.7 - 0.62) - 2 * (0.5 - 0.12));
    int counts[5] = {}, ousters = 0;
    for (std::uint32_t r = 0; r < 400; ++r) {
        Hand h = regime();
        h.replicate = r;
        h.p.mu70 = 0.024 * 40, h.p.h_oust = 0.004 * 30, h.p.h_retire = 0.01 * 10; // often enough to be seen
        h.now.legitimacy = 0.38, h.now.coalition_distance = 0.5, h.now.carrot = 0.5;
        const Four u = h.draws<RussianLeadership>(60)(0, 0), v = h.draws<RussianLeadership>(60)(0, 1);
        const bool dies = value(u.a) < death || value(v.c) < hands_over, ousted = !dies && value(u.b) < ouster,
                   continuity = value(u.c) < lg(std::log(ousted ? 0.43 / 0.57 : 0.87 / 0.13) + coalition);
        const bool fragments = value(u.d) < 0.15 * 2 * 1.5, reformist = value(v.a) < lg(-0.3 - 2 * 0.1 + 1.5 * 0.5);
        const int code = !dies && !ousted ? 0 : continuity ? 1 : fragments ? 4 : reformist ? 2 : 3;
        const auto next = h.step<RussianLeadership>();
        EXPECT_EQ(value(next.leadership_change), code);
        EXPECT_EQ(value(next.leader_ousted), ousted);
        EXPECT_EQ(value(next.leader_retired), value(u.a) >= death && dies);
        EXPECT_EQ(value(next.successions), code > 0);
        ++counts[code], ousters += ousted;
    }
    for (const int n : counts) EXPECT_GT(n, 5);
    EXPECT_GT(ousters, 5);
}

// Below a legitimacy of .4 twice as often, with a coalition more than .4 apart half as often again; at the bounds neither.
TEST(RussianLeadership, AnIllegitimateOrDividedRegimeFallsApartMoreOften)
{
    for (const auto& [legitimacy, distance, chance] : {std::tuple{0.4, 0.4, 0.3}, {0.39, 0.4, 0.6}, {0.4, 0.41, 0.45}, {0.39, 0.41, 0.9}})
        for (std::uint32_t r = 0; r < 200; ++r) {
            Hand h = regime();
            h.replicate = r, h.now.force_death = 1, h.now.legitimacy = legitimacy, h.now.coalition_distance = distance;
            h.p.p_frag = 0.3, h.p.a_coal = 0, h.p.continuity_after_death = 1e-9;
            EXPECT_EQ(value(h.step<RussianLeadership>().fragmented), value(h.draws<RussianLeadership>(60)(0, 0).d) < chance) << legitimacy << " " << distance << " " << r;
        }
}

TEST(RussianLeadership, ASuccessorBringsHisOwnViews)
{
    const double views[5][3] = {{}, {0.3, 0.4, 45}, {-0.45, 0.60, 55}, {0.75, 0.55, 55}, {0.10, 0.50, 55}};
    for (int code = 1; code <= 4; ++code) {
        const auto next = after_death(code).step<RussianLeadership>();
        EXPECT_EQ(value(next.leader_orientation), views[code][0]);
        EXPECT_EQ(value(next.leader_wariness), views[code][1]);
        EXPECT_EQ(value(next.leader_age), views[code][2]);
        EXPECT_EQ(value(next.leader_dominance), 0.32);
        EXPECT_EQ(value(next.pro_west_regime), code == 2);
        EXPECT_EQ(value(next.fragmented), code == 4);
        EXPECT_EQ(value(next.leader_ousted), 0);
    }
    Hand h = after_death(1);
    h.now.candidate_orientation = -0.2; // a candidate of the coalition can turn west too
    EXPECT_EQ(value(h.step<RussianLeadership>().pro_west_regime), 1);
    h.now.candidate_age = 52;
    EXPECT_EQ(value(h.step<RussianLeadership>().leader_age), 52);
}

TEST(RussianLeadership, AFragmentedStateComesTogetherAgainByChance)
{
    int together = 0;
    for (std::uint32_t r = 0; r < 300; ++r) {
        Hand h = regime();
        h.replicate = r, h.now.leader_age = 20, h.p.h_oust = 0, h.now.fragmented = 1;
        const bool ends = value(h.draws<RussianLeadership>(60)(0, 1).b) < 0.03;
        EXPECT_EQ(value(h.step<RussianLeadership>().fragmented), !ends);
        together += ends;
    }
    EXPECT_GT(together, 1);
    EXPECT_LT(together, 30);
}

TEST(RussianLeadership, ForcedEventsHappenWhateverIsDrawn)
{
    for (std::uint32_t r = 0; r < 40; ++r) {
        Hand h = regime();
        h.replicate = r;
        h.now.force_fragmentation = 1;
        auto next = h.step<RussianLeadership>();
        EXPECT_EQ(value(next.leadership_change), leadership::fragmentation);
        EXPECT_EQ(value(next.fragmented), 1);
        h.now.force_reform = 1; // reform never ends in fragmentation
        next = h.step<RussianLeadership>();
        EXPECT_EQ(value(next.leadership_change), leadership::reformist);
        EXPECT_EQ(value(next.pro_west_regime), 1);
        EXPECT_EQ(value(next.leader_ousted), 0);
    }
}

} // namespace
