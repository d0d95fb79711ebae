// What is odd about a scenario and yet no fault is said with its place, and nothing is said of what is plain.
#include "scenario/scenario.hpp"
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace entente {
namespace {

std::string said_of(const std::string& text, const Overlay& overlay = {})
{
    std::string all;
    for (const Problem& p : oddities(parse_scenario("title = \"t\"\nassumes = \"a\"\n" + text, "x.toml", overlay)))
        all += fmt::format("{}:{}:{}: {}\n", p.where.file, p.where.line, p.where.column, p.message);
    return all;
}

TEST(Oddities, AChanceOfDealsWithoutTheAdministrationThatCame)
{
    EXPECT_EQ(
        said_of("[parameters]\np_deal = 0.9\n"),
        "x.toml:4:10: p_deal: counts from 2029 on; the administration of 2025 is set by deal_2025 (1: wants deals, as the one in office; 0: does not; -1: drawn by p_deal)\n");
    EXPECT_EQ(said_of("[parameters]\np_deal = 0.9\ndeal_2025 = -1\n"), "");
    EXPECT_EQ(said_of("[parameters]\ndeal_2025 = 0\n"), "");
}

TEST(Oddities, ASwitchWhoseOnlyReaderIsMutedAsAWhole)
{
    EXPECT_EQ(said_of("mute = [\"dosing\", \"china_policy\"]\n"),
              "x.toml:3:9: mute: 'dosing' changes nothing, since it switches a term of china_policy, which the same file mutes as a whole\n");
    EXPECT_EQ(said_of("mute = [\"dosing\", \"trust\"]\n"), "");
    EXPECT_EQ(said_of("mute = [\"flow_reaction\", \"europe\"]\n"), "") << "united_states reads it too";
    EXPECT_EQ(said_of("mute = [\"dosing\"]\n", {.toml = "mute = [\"china_policy\"]"}), "") << "one file may mute more than the other";
}

} // namespace
} // namespace entente
