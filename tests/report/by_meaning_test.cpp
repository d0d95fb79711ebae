#include "report/by_meaning.hpp"
#include <gtest/gtest.h>

namespace entente::report {
namespace {

TEST(ByMeaning, FindsWhatAPlainWordMeansLeversFirst)
{
    EXPECT_TRUE(text_of_meant("offer").starts_with("\n  western_carrot: lever, offer of integration that the West makes to Russia")) << text_of_meant("offer");
    EXPECT_TRUE(text_of_meant("Banks").starts_with("\n  bank_enforcement_push: lever, ")) << text_of_meant("Banks");
    EXPECT_NE(text_of_meant("banks").find("\n  and "), std::string::npos);
    EXPECT_EQ(text_of_meant("leader dies"), "\n  death: forced event, the Russian leader dies; continuity rules apply");
}

TEST(ByMeaning, SaysNothingOfWordsThatNothingHas)
{
    for (const char* words : {"", "the", "of the", "submarine", "leader submarine", "\x1b[2J", "'; rm"}) EXPECT_EQ(text_of_meant(words), "") << words;
}

} // namespace
} // namespace entente::report
