// Firms, banks and elite as mean fields: what is compared with what, and what is refused.
#include "experiment/ablation.hpp"
#include "small.hpp"

namespace entente {
namespace {

TEST(Ablation, ComparesMeanFieldsWithTheScenarioAsItIs)
{
    Scenario s = small_scenario(300);
    const std::vector<Quantity> quantities = {parse_quantity("mean alignment_index at 2026Q4"), parse_quantity("mean dual_use_flow at 2026Q4"),
                                              parse_quantity("mean elite_polarisation at 2026Q4"), parse_quantity("share_transactional at 2026Q4")};
    const Ablation found = *ablate(s, quantities, one_thread());
    ASSERT_EQ(found.quantities.size(), 4u);
    for (std::size_t arm = 0; arm < ablations; ++arm) {
        Scenario without = s;
        for (std::size_t p = 0; p < std::size(populations); ++p)
            if (arm == p || arm == std::size(populations)) without.muted_switches[Description::find(describe().switches, populations[p].switch_of)] = true;
        const auto a = sample(s, quantities, one_thread()), b = sample(without, quantities, one_thread());
        for (std::size_t q = 0; q < quantities.size(); ++q) {
            EXPECT_EQ(found.quantities[q].without[arm].difference, paired_difference(a[q], b[q]).difference);
            EXPECT_EQ(found.quantities[q].without[arm].pairs, 300u);
        }
    }
    EXPECT_TRUE(found.is_beyond_chance(found.quantities[2].without[2])) << "members of a faction who are alike differ less";
    EXPECT_LT(found.quantities[2].without[2].difference, 0);
    EXPECT_FALSE(found.is_beyond_chance({.pairs = 300})) << "no difference at all";
}

TEST(Ablation, NeedsAgentsToTakeAway)
{
    for (const char* muted : {"mute = [\"single_banks\"]\n", "mute = [\"chinese_firms\"]\n"}) {
        Scenario s = scenario("baseline", std::string("horizon = \"2026Q4\"\n") + muted);
        EXPECT_THROW((void)ablate(s, ablation_quantities(s.horizon), one_thread()), std::invalid_argument) << muted;
    }
    Scenario s = small_scenario(10);
    EXPECT_THROW((void)ablate(s, {parse_quantity("90% of trust at 2026Q1")}, one_thread()), std::invalid_argument);
    std::atomic<bool> stop{true};
    EXPECT_FALSE(ablate(s, ablation_quantities(s.horizon), one_thread(), {}, &stop));
}

} // namespace
} // namespace entente
