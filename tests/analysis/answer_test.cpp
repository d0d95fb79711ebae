// The answer from a summary made by hand: every number says where it was taken from.
#include "analysis/answer.hpp"
#include "core/quarter.hpp"
#include <algorithm>
#include <array>
#include <gtest/gtest.h>

namespace entente {
namespace {

constexpr std::uint32_t quarters = 144; // up to 2049Q4
/// 100 runs, of which 20 failed. Of the 80, as many in each class and orientation as the quarter's last digit says; see counts().
struct Counted {
    std::array<std::uint32_t, outcome_classes> classes;
    std::array<std::uint32_t, orientations> ways;
};
Counted counted_at(std::size_t quarter)
{
    const auto d = static_cast<std::uint32_t>(quarter % 10);
    return {{1 + d, 2 + d, 40 - 3 * d, 30, 7 + d}, {50, 25 - d, 5 + d}};
}
/// Quantiles of variable v in quarter q at the l-th level: v + q / 1000 + l / 100,000.
float quantile_of(std::size_t l, std::size_t v, std::size_t q)
{
    return static_cast<float>(static_cast<double>(v) + static_cast<double>(q) * 1e-3 + static_cast<double>(l) * 1e-5);
}

Summary made()
{
    const Description& d = describe();
    Summary s;
    s.runs = 100, s.failed = 20, s.quarters = quarters, s.start = 44;
    s.code_count.resize(quarters * 32), s.event_count.resize(d.events.size() * quarters);
    for (std::size_t q = 0; q < quarters; ++q) {
        // as many in the cells of the table as its margins ask for, filled from the corner
        Counted left = counted_at(q);
        for (std::size_t c = 0; c < outcome_classes; ++c)
            for (std::size_t o = 0; o < orientations; ++o) {
                const std::uint32_t n = std::min(left.classes[c], left.ways[o]);
                s.code_count[q * 32 + c + 8 * o] = n;
                left.classes[c] -= n, left.ways[o] -= n;
            }
    }
    s.quantile.resize(quantile_count * d.variables.size() * quarters);
    for (std::size_t l = 0; l < quantile_count; ++l)
        for (std::size_t v = 0; v < d.variables.size(); ++v)
            for (std::size_t q = 0; q < quarters; ++q) s.quantile[(l * d.variables.size() + v) * quarters + q] = quantile_of(l, v, q);
    return s;
}

TEST(Answer, HasTheSharesOfEachDate)
{
    const Answer a = answer(made(), "x", "X", 120);
    ASSERT_EQ(a.dates, (std::vector<int>{64, 84, 117, 124, 143})); // 2030Q1, 2035Q1, 2043Q2, 2045Q1 and the horizon
    EXPECT_EQ(a.runs, 100u);
    EXPECT_EQ(a.asked, 120u);
    EXPECT_EQ(a.failed, 20u);
    EXPECT_EQ(a.horizon, 143);
    for (std::size_t i = 0; i < a.dates.size(); ++i) {
        const Counted wanted = counted_at(static_cast<std::size_t>(a.dates[i]));
        ASSERT_EQ(a.classes[i].size(), wanted.classes.size());
        ASSERT_EQ(a.orientations[i].size(), wanted.ways.size()) << "the western turn too";
        for (std::size_t c = 0; c < wanted.classes.size(); ++c) {
            EXPECT_EQ(a.classes[i][c].count, wanted.classes[c]) << class_names[c] << " in " << quarter_name(a.dates[i]);
            EXPECT_DOUBLE_EQ(a.classes[i][c].share, wanted.classes[c] / 80.0) << "of the runs that did not fail";
        }
        for (std::size_t o = 0; o < wanted.ways.size(); ++o) {
            EXPECT_EQ(a.orientations[i][o].count, wanted.ways[o]) << orientation_names[o] << " in " << quarter_name(a.dates[i]);
            EXPECT_DOUBLE_EQ(a.orientations[i][o].share, wanted.ways[o] / 80.0);
        }
    }
}

TEST(Answer, HasTheMedianAndTheFivePercentOnEitherSide)
{
    const Answer a = answer(made(), "x", "X", 100);
    ASSERT_EQ(a.indicators.size(), 13u);
    for (const IndicatorAnswer& i : a.indicators) {
        const std::size_t v = Description::find(describe().variables, i.name);
        ASSERT_NE(v, Description::npos) << i.name;
        for (std::size_t date = 0; date < a.dates.size(); ++date) { // levels are 1, 2.5, 5, 10, 25, 50, 75, 90, 95, 97.5 and 99 %
            const auto q = static_cast<std::size_t>(a.dates[date]);
            EXPECT_EQ(i.low[date], static_cast<double>(quantile_of(2, v, q))) << i.name;
            EXPECT_EQ(i.median[date], static_cast<double>(quantile_of(5, v, q))) << i.name;
            EXPECT_EQ(i.high[date], static_cast<double>(quantile_of(8, v, q))) << i.name;
        }
        ASSERT_EQ(i.course.size(), quarters);
        for (std::size_t q = 0; q < quarters; ++q) EXPECT_EQ(i.course[q], static_cast<double>(quantile_of(5, v, q)));
    }
}

// Survival of 10 runs without censoring before the end: 1, then .8 after quarter 3, .5 after 5, .4 after 7. The median is the first quarter after which less
// than half survive, or the middle between it and the one after which exactly half do: 6 of 10 runs. Of 11 runs 6/11 survive quarter 5 and 5/11 quarter 7; of 13 more than half survive them all.
TEST(MedianDate, IsTheQuarterAfterWhichLessThanHalfAreLeft)
{
    const std::vector<std::uint32_t> seen = {0, 0, 0, 2, 0, 3, 0, 1};
    const auto median = [&](std::uint32_t runs) { return median_quarter(seen.data(), static_cast<std::uint32_t>(seen.size()), runs); };
    EXPECT_EQ(median(10), 6) << "half of them, exactly, from 5 to 7";
    EXPECT_EQ(median(9), 5);
    EXPECT_EQ(median(11), 7);
    EXPECT_EQ(median(12), 7) << "half again, at the last one, and to the end";
    EXPECT_EQ(median(13), std::nullopt);
    EXPECT_EQ(median(6), 5);
    EXPECT_EQ(median(0), std::nullopt);
    EXPECT_EQ(median_quarter(seen.data(), 5, 10), std::nullopt) << "seen too late";
}

TEST(MedianDate, IsThatOfTheRunsThatDidNotFail)
{
    Summary s = made();
    const std::size_t e = Description::find(describe().events, "succession"), other = Description::find(describe().events, "ouster");
    s.event_count[e * quarters + 70] = 39, s.event_count[e * quarters + 90] = 1, s.event_count[e * quarters + 143] = 4;
    s.event_count[other * quarters + 50] = 39;
    const Answer a = answer(s, "x", "X", 100);
    EXPECT_EQ(a.events[e].name, "succession");
    EXPECT_EQ(a.events[e].median, 116) << "40 of 80 from 90 to 143";
    EXPECT_EQ(a.events[e].seen.count, 44u);
    EXPECT_DOUBLE_EQ(a.events[e].seen.share, 44 / 80.0);
    EXPECT_EQ(a.events[other].median, std::nullopt);
    EXPECT_EQ(a.events[other].seen.count, 39u);
}

TEST(Answer, CountsAClassTogetherOverOrientations)
{
    Summary s = made();
    for (std::size_t code = 0; code < 32; ++code) s.code_count[124 * 32 + code] = 0;
    s.code_count[124 * 32 + 4] = 20, s.code_count[124 * 32 + 4 + 8] = 20, s.code_count[124 * 32 + 3] = 40;
    const Answer a = answer(s, "x", "X", 100);
    EXPECT_EQ(a.classes[3][4].count, 40u) << "20 vassals and 20 not";
    EXPECT_EQ(a.orientations[3][1].count, 20u);
    EXPECT_EQ(a.course[124], (std::vector<double>{0, 0, 0, 0.5, 0.5}));
}

TEST(Answer, HasTheCourseOfTheClassesOverAllQuarters)
{
    const Answer a = answer(made(), "x", "X", 100);
    ASSERT_EQ(a.course.size(), quarters);
    for (std::size_t q = 0; q < quarters; ++q)
        for (std::size_t c = 0; c < outcome_classes; ++c) EXPECT_DOUBLE_EQ(a.course[q][c], counted_at(q).classes[c] / 80.0) << "of the runs that did not fail";
}

TEST(Dates, AreThoseBeforeTheHorizonAndIt)
{
    EXPECT_EQ(report_dates(143), (std::vector<int>{64, 84, 117, 124, 143}));
    EXPECT_EQ(report_dates(124), (std::vector<int>{64, 84, 117, 124}));
    EXPECT_EQ(report_dates(125), (std::vector<int>{64, 84, 117, 124, 125}));
    EXPECT_EQ(report_dates(50), std::vector<int>{50});
    EXPECT_EQ(report_quarter(143), 124);
    EXPECT_EQ(report_quarter(100), 100);
}

} // namespace
} // namespace entente
