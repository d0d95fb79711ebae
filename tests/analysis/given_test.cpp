// What a condition asks of a run, and what is no condition.
#include "analysis/given.hpp"
#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace entente {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

TEST(Given, HoldsOnItsSideOfTheBound)
{
    const auto of = [](const char* text, double value) { return holds(parse_given(text), value); };
    EXPECT_TRUE(of("taiwan_war by 2030Q1", 1));
    EXPECT_FALSE(of("taiwan_war by 2030Q1", 0));
    EXPECT_FALSE(of("not taiwan_war by 2030Q1", 1));
    EXPECT_TRUE(of("not share_vassal at 2030Q1", 0));
    for (const double value : {0.3, 0.4, 0.5}) {
        EXPECT_EQ(of("mean trust at 2040Q1 < 0.4", value), value < 0.4);
        EXPECT_EQ(of("mean trust at 2040Q1 <= 0.4", value), value <= 0.4);
        EXPECT_EQ(of("mean trust at 2040Q1 > 0.4", value), value > 0.4);
        EXPECT_EQ(of("mean trust at 2040Q1>=0.4", value), value >= 0.4);
    }
    for (const char* text : {"rupture by 2040", "not rupture by 2040", "mean trust at 2040Q1 < 0.4", "mean trust at 2040Q1 > 0.4", "mean trust at 2040Q1 <= 0.4"})
        EXPECT_FALSE(of(text, none)) << text;
}

TEST(Given, KeepsWhatWasAsked)
{
    const Given g = parse_given(" first rupture by 2040 <= 80 ");
    EXPECT_EQ(g.text, "first rupture by 2040 <= 80");
    EXPECT_EQ(g.quantity.kind, Quantity::Kind::first);
    EXPECT_EQ(g.bound, 80);
    EXPECT_EQ(parse_given("change trust from 2030 to 2040 < -0.1").bound, -0.1);
    EXPECT_EQ(parse_given("mean trust - friction at 2040 < -0.5").bound, -0.5);
}

TEST(Given, SaysWhatIsNoCondition)
{
    const auto says = [](const char* text, const std::string& wanted) {
        try {
            parse_given(text);
            FAIL() << text;
        } catch (const std::invalid_argument& e) {
            EXPECT_NE(std::string(e.what()).find(wanted), std::string::npos) << e.what();
            EXPECT_NE(std::string(e.what()).find(text), std::string::npos) << e.what();
            EXPECT_TRUE(std::string(e.what()).starts_with("condition: ")) << e.what();
        }
    };
    says("mean trust at 2040Q1", "'mean trust at 2040Q1' is a number, and needs '<', '<=', '>' or '>=' and a bound");
    says("share_vassal from 2030 to 2040", "is a number, and needs");
    says("median trust at 2040 < 0.4", "a quantile is over runs");
    says("mean trust at 2040 = 0.4", "expected, got '='");
    says("mean trust at 2040 <", "a finite number after '<' expected, got nothing more");
    says("mean trust at 2040 < many", "got 'many'");
    says("mean trust at 2040 < inf", "got 'inf'");
    says("mean trust at 2040 < 1e999", "got '1e999'");
    says("not mean trust at 2040 < 0.4", "turn the sign");
    says("mean friction at 2040 < 0", "values lie from 0 to 1, so that 0 leaves no runs");
    says("mean friction at 2040 >= 0", "0 leaves all runs");
    says("mean friction at 2040 <= 1", "1 leaves all runs");
    says("share_vassal from 2030 to 2040 > 40", "40 leaves no runs; 0.4 is 40 %");
    says("change friction from 2030 to 2040 < -1.1", "values lie from -1 to 1");
    says("first rupture by 2040 > 104", "values lie from 0 to 104");
    says("taiwan_wor by 2030", "did you mean 'taiwan_war'?");
    says("", "expected, got nothing more");
}

} // namespace
} // namespace entente
