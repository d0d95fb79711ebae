#include "samples.hpp"
#include <gtest/gtest.h>

namespace entente {
namespace {

Factor drawn(const Distribution& distribution) { return {.name = "x", .distribution = distribution, .levels = {}, .choices = {}, .origin = {}}; }

TEST(Factor, CountsItsLevels)
{
    EXPECT_EQ(level_count(uniform_factor("x", 0, 1)), 0u);
    EXPECT_EQ(level_count(normal_factor("x", 0, 1)), 0u);
    EXPECT_EQ(level_count(drawn({.shape = Shape::value, .a = 3})), 1u);
    EXPECT_EQ(level_count(drawn({.shape = Shape::table, .values = {5, 1, 3}, .weights = {0.5, 0, 0.5}})), 2u); // one never occurs
    EXPECT_EQ(level_count(listed_factor("x", {1, 2, 3}, 1, 3)), 3u);
    EXPECT_EQ(level_count(whole_factor("x", -2, 2)), 5u);
    EXPECT_EQ(level_count(date_factor("x", 44, 47)), 4u);
    EXPECT_EQ(level_count(choice_factor("x", {"a", "b"})), 2u);
}

TEST(Factor, HasAValueAtEachProbability)
{
    for (const double u : {0.001, 0.3, 0.5, 0.9}) {
        EXPECT_EQ(value_at(normal_factor("x", 1, 2), u), quantile({.shape = Shape::normal, .a = 1, .b = 2}, u));
        EXPECT_EQ(value_at(uniform_factor("x", 1, 2), u), static_cast<float>(1 + u));
    }
    const Factor listed = listed_factor("x", {0.1, 0.7, 0.4}, 0.1, 0.7);
    EXPECT_EQ(value_at(listed, 0), 0.1);
    EXPECT_EQ(value_at(listed, 0.33), 0.1);
    EXPECT_EQ(value_at(listed, 0.34), 0.7);
    EXPECT_EQ(value_at(listed, 0.67), 0.4);
    EXPECT_EQ(value_at(listed, 1), 0.4);
    EXPECT_EQ(value_at(whole_factor("x", -2, 2), 0.5), 0);
    EXPECT_EQ(value_at(whole_factor("x", -2, 2), 1), 2);
    EXPECT_EQ(value_at(date_factor("x", 44, 47), 0.25), 45);
    EXPECT_EQ(value_at(choice_factor("x", {"a", "b"}), 0.499), 0);
    EXPECT_EQ(value_at(choice_factor("x", {"a", "b"}), 0.5), 1);
}

TEST(Factor, EndsWhereItsDistributionEnds)
{
    const Distribution bounded[] = {{.shape = Shape::uniform, .a = 0.1, .b = 0.9},
                                    {.shape = Shape::log_uniform, .a = 0.1, .b = 0.9},
                                    {.shape = Shape::beta, .a = 2, .b = 50, .low = 0.1, .high = 0.9},
                                    {.shape = Shape::normal, .a = 0.5, .b = 0.2, .cut = Cut::truncate, .low = 0.1, .high = 0.9},
                                    {.shape = Shape::log_normal, .a = 0.5, .b = 0.2, .cut = Cut::limit, .low = 0.1, .high = 0.9},
                                    {.shape = Shape::table, .values = {5, 0.1, 0.3, 0.9, 7}, .weights = {0, 0.25, 0.25, 0.5, 0}}};
    for (const Distribution& d : bounded) {
        EXPECT_TRUE(is_bounded(drawn(d)));
        EXPECT_EQ(value_at(drawn(d), 0), 0.1f) << to_text(d);
        EXPECT_EQ(value_at(drawn(d), 1), 0.9f) << to_text(d);
    }
    EXPECT_FALSE(is_bounded(normal_factor("x", 0, 1)));
    EXPECT_FALSE(is_bounded(drawn({.shape = Shape::log_normal, .a = 1, .b = 1})));
    EXPECT_TRUE(is_bounded(whole_factor("x", 0, 1)));
#ifndef NDEBUG
    EXPECT_DEATH(value_at(normal_factor("x", 0, 1), 0), "is_bounded");
    EXPECT_DEATH(value_at(uniform_factor("x", 0, 1), 1.01), "u <= 1");
#endif
}

TEST(Factor, HasEachLevelInTheMiddleOfItsShare)
{
    const Factor table = drawn({.shape = Shape::table, .values = {5, 1, 3}, .weights = {0.5, 0, 0.5}});
    EXPECT_EQ(level_middle(table, 0), 0.25);
    EXPECT_EQ(level_middle(table, 1), 0.75);
    EXPECT_EQ(value_at(table, level_middle(table, 1)), 3);
    EXPECT_EQ(level_middle(drawn({.shape = Shape::value, .a = 3}), 0), 0.5);
    EXPECT_EQ(level_middle(choice_factor("x", {"a", "b"}), 1), 0.75);
    for (int levels = 1; levels < 300; ++levels)
        for (std::size_t i = 0; i < static_cast<std::size_t>(levels); ++i) {
            const Factor f = whole_factor("x", 1, levels);
            ASSERT_EQ(value_at(f, level_middle(f, i)), static_cast<double>(i) + 1);
        }
}

TEST(Factor, WritesValuesAsFilesHaveThem)
{
    EXPECT_EQ(value_text(uniform_factor("x", 0, 1), 0.4f), "0.4");
    EXPECT_EQ(value_text(uniform_factor("x", 0, 1), -0.0), "0");
    EXPECT_EQ(value_text(uniform_factor("x", 0, 1), 1 / 3.f), "0.33333334");
    EXPECT_EQ(value_text(listed_factor("x", {}, 0, 1), 0.1f), "0.1"); // no levels: drawn
    EXPECT_EQ(value_text(listed_factor("x", {0.1, 1 / 3.}, 0, 1), 1 / 3.), "0.3333333333333333");
    EXPECT_EQ(value_text(whole_factor("x", -5, 5000000), 1234567), "1234567");
    EXPECT_EQ(value_text(whole_factor("x", -5, 5), -3), "-3");
    EXPECT_EQ(value_text(date_factor("x", 44, 99), 68), "2031Q1");
    EXPECT_EQ(value_text(choice_factor("x", {"king", "pawn"}), 1), "pawn");
    EXPECT_THROW(value_text(choice_factor("x", {"king", "pawn"}), 2), std::out_of_range);
}

} // namespace
} // namespace entente
