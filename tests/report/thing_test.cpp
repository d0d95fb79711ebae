// Everything that the model names can be told of.
#include "report/thing.hpp"
#include "core/text.hpp"
#include "model/kernel.hpp"
#include "report/documents.hpp"
#include <algorithm>
#include <gtest/gtest.h>

namespace entente::report {
namespace {

TEST(Thing, IsFoundUnderItsSectionAndByTheWordsOfTheAnswer)
{
    EXPECT_EQ(json_of_thing("levers.western_carrot"), json_of_thing("western_carrot"));
    EXPECT_EQ(json_of_thing("drivers.taiwan_window"), json_of_thing("taiwan_window"));
    EXPECT_EQ(json_of_thing("window for Taiwan"), json_of_thing("taiwan_window"));
    EXPECT_FALSE(json_of_thing("taiwan_window").empty());
}

TEST(Thing, IsFoundUnderEachNameAndLabel)
{
    for (const std::string& name : names_of_things()) {
        if (name == "model" || name == "claims" || name == "drivers" || name == "base_rates") continue;
        const nlohmann::ordered_json things = json_of_thing(name);
        EXPECT_FALSE(things.empty()) << name;
        for (const auto& thing : things) {
            EXPECT_FALSE(thing["kind"].get<std::string>().empty()) << name;
            EXPECT_EQ(thing.dump().find("**"), std::string::npos) << name << ": no markup for other programs";
        }
    }
    EXPECT_EQ(text_of_thing("no such thing"), "");
}

TEST(Thing, OfAParameterHasAllThatItsRowSaysAndMore)
{
    const nlohmann::ordered_json p = json_of_thing("p_deal")[0];
    const Row& row = describe().parameters[Description::find(describe().parameters, "p_deal")];
    EXPECT_EQ(p["kind"], "parameter");
    EXPECT_EQ(p["unit"], row.unit);
    EXPECT_EQ(p["meaning"], row.meaning);
    EXPECT_EQ(p["owner"], "united_states");
    EXPECT_EQ(p["mark means"], "by judgement alone");
    EXPECT_EQ(p["equations"], "engine/model/ODD.md, 4.4 (united_states)");
    EXPECT_EQ(p["use"], "[parameters] p_deal = a number or a distribution");
    EXPECT_EQ(p["claims"][0]["id"], "C15");
    EXPECT_NE(p["claims"][0]["says"].get<std::string>().find("parties differ little on China"), std::string::npos);
    for (const char* test : {"D153", "T56"}) EXPECT_TRUE(std::ranges::count(p["tests"], nlohmann::ordered_json(test))) << p["tests"];
    for (const auto& c : p["claims"]) EXPECT_NE(c["id"], "C10") << "C102 is another";
    EXPECT_EQ(json_of_thing("alliance_index")[0]["use"], "[index] alliance_index = a number or a distribution");
}

TEST(Thing, MayBeTwoUnderOneName)
{
    const auto kinds = [](const char* name) {
        std::vector<std::string> all;
        for (const auto& thing : json_of_thing(name)) all.push_back(thing["kind"]);
        return all;
    };
    EXPECT_EQ(kinds("trust"), (std::vector<std::string>{"mechanism", "variable", "structure"})) << "an alternative is told with its structure";
    EXPECT_EQ(kinds("alliance"), (std::vector<std::string>{"event", "class of the tie"}));
    EXPECT_EQ(kinds("pro west leader"), std::vector<std::string>{"event"}) << "as the answer prints it";
    EXPECT_EQ(kinds("c30"), std::vector<std::string>{"claim"});
}

TEST(Thing, EveryMechanismHasItsEquations)
{
    for (const MechanismText& m : describe().mechanisms) {
        const nlohmann::ordered_json things = json_of_thing(std::string(m.name));
        EXPECT_TRUE(things[0]["equations"].get<std::string>().starts_with("engine/model/ODD.md, 4.")) << m.name;
    }
}

TEST(Thing, ADriverTellsWhatItsDialMoves)
{
    const nlohmann::ordered_json things = json_of_thing("taiwan_window");
    ASSERT_EQ(things.size(), 1u);
    EXPECT_EQ(things[0]["kind"], "driver");
    EXPECT_EQ(things[0]["variable"], "taiwan_hazard");
    EXPECT_EQ(things[0]["moves"][0], "parameters.h_TW: 0.0048 low, 0.016 by default, 0.032 high: chance of a crisis in an open window");
    EXPECT_EQ(json_of_thing("dependence").size(), 2u) << "a mechanism and a driver";
    EXPECT_EQ(text_of_thing("dependence", "driver").find("mechanism"), std::string::npos);
    const std::string all = text_of_drivers();
    for (const char* text : {"sanctions_pressure: driver", "levers.central_asia_push: -0.6 low, 0 by default, 0.6 high", "--set drivers.taiwan_window=1"})
        EXPECT_NE(all.find(text), std::string::npos) << text;
}

} // namespace
} // namespace entente::report
