#include "world.hpp"
#include <cmath>

using namespace entente;

TEST(ContestedSpaces, ArcticOpensWithDependenceAndConcessions)
{
    Hand h;
    h.now.dependence_index = 0.7, h.now.concessions = 0.4, h.now.arctic_contest = 0.2;
    EXPECT_NEAR(value(h.step<ContestedSpaces>(false).arctic_contest), 0.2 + 0.02 * (0.1 + 0.5 * 0.7 * 0.4 - 0.2), 1e-12);
    h.now.arctic_push = 0.5;
    EXPECT_NEAR(value(h.step<ContestedSpaces>(false).arctic_contest), 0.2 + 0.02 * (0.1 + 0.5 * 0.7 * 0.4 + 0.4 * 0.5 - 0.2), 1e-12);
}

TEST(ContestedSpaces, SpyAffairsAsTheAddressedUniformSays)
{
    Hand h;
    h.now.technology_dependence = 0.6, h.now.russian_view_wariness = 0.5, h.now.effort_china = 0.7, h.now.espionage = 0.3;
    const double chance = (0.08 + 0.25 * 0.6) / (1 + std::exp(-(1.5 * (0.5 - 0.35) - (0.7 - 0.5) + 0.3)));
    int affairs = 0;
    for (h.now.quarter = 0; h.now.quarter < 144; ++h.now.quarter) {
        const bool affair = value(h.draws<ContestedSpaces>(h.now.quarter)().a) < chance;
        EXPECT_NEAR(value(h.step<ContestedSpaces>(false).espionage), 0.90 * 0.3 + 0.22 * affair * 0.7, 1e-12);
        affairs += affair;
    }
    EXPECT_GT(affairs, 8);
    EXPECT_LT(affairs, 40);
}
