// A scenario as bytes: what comes back makes the same jobs, and bytes that are cut or of another kind are nothing.
#include "scenario/bytes.hpp"
#include "ensemble/plan.hpp"
#include "scenario/turned.hpp"
#include "scenarios.hpp"
#include <gtest/gtest.h>

namespace entente {
namespace {

/// Everything that a kernel reads.
void expect_same_jobs(const Scenario& a, const Scenario& b)
{
    const Point of_a = a.point(), of_b = b.point();
    const Job here = block_job(a, of_a, 0, 12, {}), there = block_job(b, of_b, 0, 12, {});
    EXPECT_EQ(here.seed, there.seed);
    EXPECT_EQ(here.quarters, there.quarters);
    EXPECT_EQ(here.start, there.start);
    EXPECT_EQ(here.counts, there.counts);
    EXPECT_EQ(here.muted_mechanisms, there.muted_mechanisms);
    EXPECT_EQ(here.muted_switches, there.muted_switches);
    EXPECT_EQ(here.parameters, there.parameters);
    EXPECT_EQ(here.structures, there.structures);
    ASSERT_EQ(of_a.courses.size(), of_b.courses.size());
    for (std::size_t c = 0; c < of_a.courses.size(); ++c) {
        const Course &x = of_a.courses[c], &y = of_b.courses[c];
        EXPECT_TRUE(x.target == y.target && x.index == y.index && x.how == y.how && x.value == y.value && x.waits == y.waits) << "course " << c;
    }
}

TEST(ScenarioBytes, MakeTheSameJobs)
{
    std::size_t drawn_together = 0, waiting = 0, muted = 0;
    for (const char* name : {"baseline", "core_levers", "offer_after_succession", "deep_dependence", "core", "two_front_war"}) {
        SCOPED_TRACE(name);
        const Scenario s = shipped_scenario(name);
        const auto back = scenario_in(bytes_of(s));
        ASSERT_TRUE(back);
        EXPECT_EQ(back->runs, s.runs);
        expect_same_jobs(s, *back);
        drawn_together += s.joint.parameters.size(), muted += s.mutes.size();
        for (const CourseSetting& c : s.courses) waiting += c.course.waits.size();
    }
    EXPECT_TRUE(drawn_together > 0 && waiting > 0 && muted > 0) << "the scenarios hold all kinds of things";
}

TEST(ScenarioBytes, AreNothingIfTheyAreCutOrOthers)
{
    const std::string bytes = bytes_of(shipped_scenario("deep_dependence"));
    for (const std::size_t n : {std::size_t{0}, std::size_t{3}, bytes.size() / 2, bytes.size() - 1}) EXPECT_FALSE(scenario_in(std::string_view(bytes).substr(0, n))) << n;
    EXPECT_FALSE(scenario_in(bytes + " "));
    std::string other = bytes;
    other[0] ^= 1;
    EXPECT_FALSE(scenario_in(other));
}

TEST(Turned, LeversAndStructuresAreAsAFileSetsThem)
{
    Scenario s = shipped_scenario("offer_after_succession"); // its offer waits
    const Description& d = describe();
    hold_lever(s, Description::find(d.levers, "western_carrot"), 0.35);
    hold_structure(s, Description::find(d.structures, "warpref"), 2);
    const Scenario file = parse_scenario("title = \"t\"\nassumes = \"nothing\"\nextends = \"" SOURCE_DIR
                                         "/scenarios/offer_after_succession.toml\"\nlevers.western_carrot = 0.35\nstructures.warpref = \"fear_defeat\"\n",
                                         "s.toml", {.joint = joint_draws});
    expect_same_jobs(s, file);
    Scenario other = s;
    hold_lever(other, Description::find(d.levers, "western_carrot"), 0.4);
    EXPECT_NE(other.point().courses.back().value, s.point().courses.back().value);
}

} // namespace
} // namespace entente
