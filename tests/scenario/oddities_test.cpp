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

TEST(Oddities, AWaitForWhatAMutedMechanismMakes)
{
    const std::string lever = "[levers]\nwestern_carrot = ", after = lever + "{ value = 0.8, after = \"succession\" }\n", below = lever + "{ value = 0.8, once = \"successions\", above = 0.5 }\n";
    EXPECT_EQ(said_of("mute = [\"russian_leadership\"]\n" + after), "x.toml:5:18: western_carrot: waits for succession, which never comes, since russian_leadership is muted\n");
    EXPECT_EQ(said_of("mute = [\"russian_leadership\"]\n" + below), "x.toml:5:18: western_carrot: waits for successions, which does not move, since russian_leadership is muted\n");
    EXPECT_EQ(said_of("mute = [\"russian_leadership\"]\n" + after + "[pins]\nleadership_change = { set = 1, from = \"2030Q1\", to = \"2030Q1\" }\n"), "") << "a pin makes it come";
    EXPECT_EQ(said_of("mute = [\"trust\"]\n" + after), "");
    std::string all_muted = "mute = [";
    for (const MechanismText& m : describe().mechanisms) all_muted += m.variables ? fmt::format("\"{}\", ", m.name) : "";
    for (const Row& event : describe().events) {
        const bool of_the_outcome = event.name == "rupture" || event.name == "alliance" || event.name == "vassalage" || event.name == "western_turn";
        EXPECT_EQ(said_of(fmt::format("{}]\n[levers]\nwestern_carrot = {{ value = 0.8, after = \"{}\" }}\n", all_muted, event.name)).empty(), of_the_outcome) << event.name;
    }
}

} // namespace
} // namespace entente
