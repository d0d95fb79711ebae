// The tables of the model and of the claims against what they are made of.
#include "report/model.hpp"
#include "core/text.hpp"
#include "model/kernel.hpp"
#include "report/documents.hpp"
#include <algorithm>
#include <gtest/gtest.h>
#include <stdexcept>

namespace entente::report {
namespace {

TEST(ModelTables, HoldARowForEachOfTheDescriptions)
{
    const Description& d = describe();
    const nlohmann::ordered_json all = json_of_model();
    ASSERT_EQ(all.size(), model_tables().size());
    EXPECT_EQ(all["mechanisms"].size(), d.mechanisms.size());
    EXPECT_EQ(all["parameters"].size(), d.parameters.size());
    EXPECT_EQ(all["variables"].size(), d.owned);
    EXPECT_EQ(all["derived"].size(), d.variables.size() - d.owned);
    EXPECT_EQ(all["events"].size(), d.events.size());
    EXPECT_EQ(all["levers"].size(), d.levers.size());
    EXPECT_EQ(all["forced"].size(), d.forced.size());
    EXPECT_EQ(all["structures"].size(), d.structures.size());
    EXPECT_EQ(all["switches"].size(), d.switches.size());
    EXPECT_EQ(all["columns"].size(), d.columns.size());
    for (std::size_t p = 0; p < d.parameters.size(); ++p) EXPECT_EQ(all["parameters"][p]["parameter"], d.parameters[p].name);
}

TEST(ModelTables, OneAloneIsTheSameAsAmongAll)
{
    const nlohmann::ordered_json all = json_of_model();
    const std::string text = text_of_model();
    for (const std::string& name : {std::string("levers"), std::string("structures")}) {
        const nlohmann::ordered_json one = json_of_model(name);
        ASSERT_EQ(one.size(), 1u);
        EXPECT_EQ(one[name], all[name]);
        EXPECT_NE(text.find("## " + name + "\n\n" + text_of_model(name) + "\n"), std::string::npos) << name;
    }
    EXPECT_THROW(json_of_model("nonsense"), std::out_of_range);
    EXPECT_THROW(text_of_model("nonsense"), std::out_of_range);
}

TEST(ModelTables, AreMarkdownWithARuleUnderTheHead)
{
    const std::vector<std::string> lines = split(text_of_model("levers"), '\n');
    ASSERT_GE(lines.size(), 3u);
    EXPECT_EQ(lines[0], "| lever | readers | default | range | unit | meaning | claims |");
    EXPECT_EQ(lines[1], "|---|---|---|---|---|---|---|");
    for (std::size_t i = 2; i < describe().levers.size() + 2; ++i) EXPECT_TRUE(lines[i].starts_with("| " + std::string(describe().levers[i - 2].name) + " | ")) << lines[i];
}

TEST(ModelTables, FixedParametersHaveNeitherRangeNorSpread)
{
    const Description& d = describe();
    const nlohmann::ordered_json rows = json_of_model("parameters")["parameters"];
    std::size_t fixed = 0, swept = 0;
    for (std::size_t p = 0; p < d.parameters.size(); ++p) {
        const bool is_fixed = d.parameters[p].mark == Mark::fixed;
        (is_fixed ? fixed : swept) += 1;
        EXPECT_EQ(rows[p]["mark"] == "fixed", is_fixed);
        EXPECT_EQ(rows[p]["range"] == "", is_fixed) << rows[p];
        EXPECT_EQ(rows[p]["spread"] == "", is_fixed) << rows[p];
    }
    EXPECT_TRUE(fixed > 0 && swept > 0);
}

TEST(ClaimsTable, NamesEachClaimOnce)
{
    const nlohmann::ordered_json claims = json_of_claims();
    std::vector<std::string> ids;
    for (const auto& claim : claims) ids.push_back(claim["id"]);
    std::ranges::sort(ids);
    EXPECT_FALSE(ids.empty());
    EXPECT_EQ(std::ranges::adjacent_find(ids), ids.end());
    const std::string text = text_of_claims();
    EXPECT_TRUE(text.starts_with("| id | sources | how | where | test | whose | note |\n|---|---|---|---|---|---|---|\n| " + std::string(claims[0]["id"]) + " |")) << text.substr(0, 200);
    EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(text, '\n')), claims.size() + 2);
}

} // namespace
} // namespace entente::report
