// States that last, by hand: which world is in which state, and what is said when one follows another.
#include "made_run.hpp"
#include <array>

namespace entente {
namespace {

/// Values that put a run into a state of a condition; those of one state lie at its edges. Parameters are set to numbers that single precision holds exactly.
struct World {
    int state;
    std::vector<std::pair<const char*, double>> values;
    std::uint8_t code = 2;
};
/// What a row of the table should say, and the worlds that it is tried in.
struct Expected {
    const char *condition, *who;
    Kind kind;
    int rank;
    std::vector<const char*> says; ///< by state
    std::vector<World> worlds;
};

std::vector<World> efforts(std::initializer_list<std::pair<int, std::array<double, 3>>> all)
{
    std::vector<World> worlds;
    for (const auto& [state, e] : all) worlds.push_back({state, {{"effort_china", e[0]}, {"effort_diversify", e[1]}, {"effort_west", e[2]}}});
    return worlds;
}
std::vector<World> levels_of(const char* variable, std::initializer_list<std::pair<int, double>> all)
{
    std::vector<World> worlds;
    for (const auto& [state, value] : all) worlds.push_back({state, {{variable, value}}});
    return worlds;
}

const std::vector<std::pair<const char*, double>> parameters = {{"level_low", 0.25}, {"level_middle", 0.75}, {"collapse_brink", 0.25}, {"gap_threshold", 0.5}, {"mutual_spiral", 2}};

const std::vector<Expected> all = {
    {"class",
     "Russia, China",
     Kind::change,
     1,
     {"the tie ruptures", "estrangement", "a transactional tie", "alignment", "alliance"},
     {{0, {}, 0}, {1, {}, 1}, {2, {}, 2}, {3, {}, 3}, {4, {}, 4}, {0, {}, 0 + 8}, {4, {}, 4 + 16}}},
    {"orientation",
     "Russia",
     Kind::change,
     1,
     {"goes its own way, neither vassal nor turned West", "a vassal of China: dependent, and it has conceded much", "has turned West"},
     {{0, {}, 2}, {1, {}, 2 + 8}, {2, {}, 2 + 16}, {0, {}, 4}, {2, {}, 0 + 16}}},
    // the largest of four that sum to 1, the fourth being to hold back; of equals China, then others, then the West
    {"stance",
     "Russia",
     Kind::decision,
     2,
     {"turns first of all to China", "holds back and turns to nobody", "turns first of all to other partners", "turns first of all to the West"},
     efforts({{0, {.5, .25, .125}}, {0, {.25, .25, .25}}, {1, {.25, .125, .125}}, {1, {.25, .25, 0}}, {2, {.125, .5, .25}}, {2, {0, .5, .5}}, {2, {.125, .375, .125}}, {3, {.125, .25, .5}}, {3, {.125, .125, .375}}})},
    // halfway between 0, .25, .75 and 1: .125, .5 and .875
    {"support",
     "China",
     Kind::decision,
     2,
     {"lets Russia down: hardly any support", "gives a little support", "gives much support", "gives full support"},
     levels_of("china_support", {{0, 0}, {0, .12}, {1, .125}, {1, .49}, {2, .5}, {2, .87}, {3, .875}, {3, 1}})},
    {"belief of failure",
     "China",
     Kind::threshold,
     2,
     {"no longer believes that Russia is failing", "comes to believe that Russia is failing"},
     levels_of("failure_belief", {{0, 0}, {0, .49}, {1, .5}, {1, 1}})},
    {"first partner",
     "Trade",
     Kind::threshold,
     2,
     {"the West is Russia's first trading partner again", "China is Russia's first trading partner"},
     {{0, {{"trade_share_china", .25}, {"trade_share_west", .26}}}, {0, {{"trade_share_china", .25}, {"trade_share_west", .25}}}, {1, {{"trade_share_china", .26}, {"trade_share_west", .25}}}}},
    {"brink", "Russia", Kind::threshold, 2, {"its army is back from the brink of collapse", "its army stands at the brink of collapse"}, levels_of("russian_strength", {{0, 1}, {0, .25}, {1, .24}, {1, 0}})},
    {"willingness", "Ukraine", Kind::threshold, 3, {"would rather fight on than accept a ceasefire", "would rather accept a ceasefire than fight on"}, levels_of("ukraine_willingness", {{0, .49}, {1, .5}})},
    {"alarm", "Russia's elite", Kind::threshold, 2, {"is calm about China again", "most of it is alarmed about China"}, levels_of("elite_alarm", {{0, .49}, {1, .5}})},
    {"enmity", "Russia, China", Kind::threshold, 1, {"are no longer enemies", "become enemies: hostility feeds itself"}, levels_of("mutual_hostility", {{0, 0}, {0, .5}, {1, .51}, {1, 1}})},
    {"gap", "Chinese firms", Kind::threshold, 3, {"the first tier supplies again", "the first tier leaves a gap for the second"}, levels_of("supply_tier1", {{0, .5}, {1, .49}})},
};

void be(Made& made, const World& world, int from)
{
    for (const auto& [variable, value] : world.values) made.set(variable, from, value);
    std::fill(made.result.outcome.begin() + from, made.result.outcome.end(), world.code);
}

TEST(Conditions, AreToldFromTheQuarterInWhichTheStateBegins)
{
    for (const Expected& t : all)
        for (const World& before : t.worlds)
            for (const World& after : t.worlds) {
                SCOPED_TRACE(std::string(t.condition) + ", " + std::to_string(&before - t.worlds.data()) + " to " + std::to_string(&after - t.worlds.data()));
                Made made(12);
                for (const auto& [name, value] : parameters) made.set_parameter(name, value);
                be(made, before, 0), be(made, after, 6);
                const std::vector<Entry> told = named(made.story(), t.condition);
                ASSERT_EQ(told.size(), before.state == after.state ? 0u : 1u);
                if (told.empty()) continue;
                EXPECT_EQ(told[0].quarter, 6);
                EXPECT_EQ(told[0].what, t.says[static_cast<std::size_t>(after.state)]);
                EXPECT_EQ(told[0].who, t.who);
                EXPECT_EQ(told[0].kind, t.kind);
                EXPECT_EQ(told[0].rank, t.rank);
            }
}

TEST(Conditions, AreAllHere)
{
    ASSERT_EQ(conditions().size(), all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_STREQ(conditions()[i].name, all[i].condition);
        ASSERT_EQ(conditions()[i].becomes.size(), all[i].says.size());
        for (std::size_t state = 0; state < all[i].says.size(); ++state)
            EXPECT_TRUE(std::ranges::any_of(all[i].worlds, [=](const World& w) { return w.state == static_cast<int>(state); })) << all[i].condition << " " << state;
    }
}

TEST(Conditions, OfHistoryAreDetailsUnlessTheyAreTurningPoints)
{
    for (const auto& [from, stance, change] : {std::array{9, 3, 1}, {10, 2, 1}}) {
        Made made(20, 10);
        made.set("effort_china", from, 0.1), made.set("effort_west", from, 0.6);
        std::fill(made.result.outcome.begin() + from, made.result.outcome.end(), std::uint8_t{3});
        EXPECT_EQ(named(made.story(), "stance").at(0).rank, stance) << from;
        EXPECT_EQ(named(made.story(), "class").at(0).rank, change) << from;
    }
}

TEST(Conditions, HaveTheirDriversAsTheRuleFoundThem)
{
    Made made(12);
    made.set("failure_belief", 0, 0.2), made.set("failure_belief", 6, 0.7);
    made.set("legitimacy", 0, 0.75, 1), made.set("legitimacy", 2, 0.5, 5), made.set("legitimacy", 6, 0.125);
    const Entry told = named(made.story(), "belief of failure").at(0);
    ASSERT_EQ(told.why.size(), 5u);
    EXPECT_EQ(describe().variables[told.why[0].variable].name, "legitimacy");
    EXPECT_EQ(told.why[0].value, 0.5) << "at the end of the quarter before";
    EXPECT_EQ(told.why[0].change, -0.25) << "against the end of quarter 1, a year before that";
}

} // namespace
} // namespace entente
