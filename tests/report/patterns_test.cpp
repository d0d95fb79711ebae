// Three numbers of the data with the model's, made by hand.
#include "report/patterns.hpp"
#include "report/documents.hpp"
#include <gtest/gtest.h>

namespace entente::report {
namespace {

const std::vector<Pattern> by_hand = {{.name = "share", .variable = "trade_share_china", .date = "2014", .series = "customs", .definition = "of all trade", .data = 0.1125, .model = 0.1},
                                      {.name = "share", .variable = "trade_share_china", .date = "2022Q4", .series = "customs", .definition = "of all trade", .data = 0.25, .model = 0.375},
                                      {.name = "fall", .variable = "trade_west", .date = "2023/2021", .series = "Eurostat", .definition = "goods", .data = 0.5, .model = 0.5}};

TEST(PatternsText, PutsModelBesideDataUnderEachPatternsName)
{
    EXPECT_EQ(text_of(by_hand, 80), "The model (ensemble mean) beside the data\n"
                                    "\nshare = trade_share_china\n"
                                    "        date      data     model  model-data  series: definition\n"
                                    "        2014    0.1125    0.1000     -0.0125  customs: of all trade\n"
                                    "      2022Q4    0.2500    0.3750     +0.1250  customs: of all trade\n"
                                    "\nfall = trade_west\n"
                                    "        date      data     model  model-data  series: definition\n"
                                    "   2023/2021    0.5000    0.5000     +0.0000  Eurostat: goods\n\n");
}

TEST(PatternsText, NamesTheVariableOfEachRowWhereThereAreSeveral)
{
    std::vector<Pattern> two = {by_hand[0], by_hand[1]};
    two[1].variable = "trade_share_west";
    EXPECT_EQ(text_of(two, 100), "The model (ensemble mean) beside the data\n"
                                 "\nshare\n"
                                 "        date      data     model  model-data  variable, series: definition\n"
                                 "        2014    0.1125    0.1000     -0.0125  trade_share_china, customs: of all trade\n"
                                 "      2022Q4    0.2500    0.3750     +0.1250  trade_share_west, customs: of all trade\n\n");
}

TEST(PatternsJson, IsAListEvenOfNothing)
{
    const nlohmann::ordered_json json = json_of(by_hand);
    ASSERT_EQ(json.size(), 3u);
    EXPECT_EQ(json[1], nlohmann::ordered_json(
                           {{"pattern", "share"}, {"variable", "trade_share_china"}, {"date", "2022Q4"}, {"data", 0.25}, {"model", 0.375}, {"series", "customs"}, {"definition", "of all trade"}}));
    EXPECT_EQ(json_of(std::vector<Pattern>{}).dump(), "[]");
}

} // namespace
} // namespace entente::report
