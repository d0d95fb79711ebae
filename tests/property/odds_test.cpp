// Odds beside a story: of a year before those that the entry would have had then, and none of few samples.
#include "analysis/explained.hpp"
#include "property/jobs.hpp"
#include <cmath>

using namespace entente;

namespace {

TEST(OddsOfAStory, OfAYearBeforeAreThoseOfThatQuarter)
{
    const Block b = block(scenario("baseline"), 1, 144, 5);
    const Kernel kernel = choose_kernel("double");
    const BlockResult result = kernel.run(b.job);
    const Told told{b.job, result, 0};
    const std::vector<Entry> story = shortened(narrative(told), 60);
    std::vector<Entry> earlier = story;
    for (Entry& e : earlier) e.quarter = std::max(e.quarter - 4, 0);
    const std::vector<Entry> now = explained(story, told, kernel, 300), then = explained(earlier, told, kernel, 300);
    std::size_t compared = 0, alternatives = 0;
    for (std::size_t i = 0; i < now.size(); ++i) {
        if (now[i].quarter < 5) continue;
        for (std::size_t k = 0; k < now[i].odds.size(); ++k) {
            if (then[i].odds.empty()) {
                EXPECT_TRUE(std::isnan(now[i].odds[k].year_before)) << now[i].name << ": decided too rarely to say";
                continue;
            }
            EXPECT_EQ(now[i].odds[k].of, then[i].odds[k].of);
            EXPECT_EQ(now[i].odds[k].year_before, then[i].odds[k].chance) << now[i].name << ", " << now[i].odds[k].of;
            ++compared, alternatives += k > 0 ? 1 : 0;
        }
    }
    EXPECT_GT(compared, 20u);
    EXPECT_GT(alternatives, 10u);
}

// Fewer than fifty say nothing.
TEST(OddsOfAStory, AreNotGivenOfFewSamples)
{
    const Block b = block(scenario("baseline"), 1, 144, 5);
    const Kernel kernel = choose_kernel("double");
    const BlockResult result = kernel.run(b.job);
    const Told told{b.job, result, 0};
    const auto given = [&](std::uint32_t samples) {
        std::size_t n = 0;
        for (const Entry& e : explained(narrative(told), told, kernel, samples)) n += e.odds.size() == 1 && !std::isnan(e.odds[0].chance) ? 1 : 0;
        return n;
    };
    EXPECT_EQ(given(49), 0u);
    EXPECT_GT(given(50), 5u);
}

} // namespace
