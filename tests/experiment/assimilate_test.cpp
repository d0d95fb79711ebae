// A result's runs weighed by what was observed since: the same on any number of threads, refused where they say nothing, and never of other runs than the file's.
#include "experiment/assimilate.hpp"
#include "calibrate/diagnostics.hpp"
#include "calibrate/seen.hpp"
#include "small.hpp"
#include <cmath>
#include <numeric>

namespace entente {
namespace {

constexpr int horizon = 51;

struct Assimilate : ExperimentTest {
    void SetUp() override { carry_out(small_run(700), {.out = path("a.h5")}); }
    Assimilated of(const std::string& rows, unsigned threads = 2) const
    {
        return assimilate(path("a.h5"), replay_source(path("a.h5")), read_seen(rows, horizon), {.threads = threads}).value();
    }
};
const std::string trust = "trust,2025,.5,index,.2,,,,fit,s,,\n";

TEST_F(Assimilate, GivesTheSameBitsOnOneThreadAndOnThree)
{
    const Assimilated one = of(trust, 1), three = of(trust, 3);
    EXPECT_EQ(one.weighing.weight, three.weighing.weight);
    EXPECT_EQ(one.classes[0][2].after.share, three.classes[0][2].after.share);
    EXPECT_NEAR(std::accumulate(one.weighing.weight.begin(), one.weighing.weight.end(), 0.), 1, 1e-12);
}

TEST_F(Assimilate, SetsTheAnswerBesideThatOfTheResult)
{
    const Assimilated a = of(trust);
    const Summary summary = read_result(path("a.h5")).summary;
    ASSERT_EQ(a.dates, std::vector<int>{horizon});
    double before = 0, after = 0, change = 0;
    for (std::size_t c = 0; c < a.classes[0].size(); ++c) {
        const UpdatedShare& s = a.classes[0][c];
        std::uint32_t count = 0;
        for (std::size_t code = 0; code < 32; ++code) count += class_of(static_cast<std::uint8_t>(code)) == static_cast<int>(c) ? summary.code_count[horizon * 32 + code] : 0;
        EXPECT_EQ(s.before.count, count);
        EXPECT_LE(s.after.low, s.after.share);
        EXPECT_GE(s.after.high - s.after.low, (s.before.high - s.before.low) * .99) << "fewer are left, so that it is known less well";
        before += s.before.share, after += s.after.share, change += s.change;
    }
    EXPECT_NEAR(before, 1, 1e-12);
    EXPECT_NEAR(after, 1, 1e-12);
    EXPECT_NEAR(change, 0, 1e-12);
}

// What was observed of an event with certainty leaves the runs of which it is true, all alike.
TEST_F(Assimilate, ByACertainEventIsSelection)
{
    const Assimilated a = of("succession,2025,0,0/1,,,,0,fit,s,,\n");
    const auto left = static_cast<double>(std::ranges::count_if(a.weighing.weight, [](double w) { return w > 0; }));
    EXPECT_LT(left, 700);
    EXPECT_NEAR(a.weighing.effective, left, 1e-6);
    EXPECT_NEAR(a.weighing.rows[0].before.median, 1 - left / 700, 1e-12);
    const std::size_t succession = Description::find(describe().events, "succession");
    EXPECT_LT(a.events[succession].after.share, a.events[succession].before.share);
}

TEST_F(Assimilate, RefusesWhatLeavesTooFew)
{
    const auto facts = refused<refusal::TooFewLeft>([&] { of("trust,2025,.5,index,.2,,,,fit,s,,\ntrust,2026,.45,index,.002,,,,fit,s,,\n"); });
    EXPECT_LT(facts.effective, 100);
    ASSERT_EQ(facts.rows.size(), 2u);
    EXPECT_GT(facts.rows[0].effective, 100) << "the second row is what leaves too few";
    EXPECT_EQ(facts.rows[1].effective, facts.effective);
    EXPECT_EQ(facts.rows[1].line, 3u);
}

TEST_F(Assimilate, RefusesRunsThatAreNotTheFiles)
{
    ReplaySource other = replay_source(path("a.h5"));
    other.scenario.seed += 1;
    EXPECT_EQ(refused<refusal::OtherRuns>([&] { assimilate(path("a.h5"), other, read_seen(trust, horizon), {}); }).file, path("a.h5"));
}

TEST_F(Assimilate, StopsWhenItIsTold)
{
    const std::atomic<bool> stop{true};
    EXPECT_FALSE(assimilate(path("a.h5"), replay_source(path("a.h5")), read_seen(trust, horizon), {}, {}, &stop));
}

} // namespace
} // namespace entente
