// Runs that take their parameters together from one draw of a posterior.
#include "ensemble/plan.hpp"
#include "model/kernel.hpp"
#include "small_posterior.hpp"
#include "scenarios.hpp"
#include "statistical/z_test.hpp"
#include <algorithm>
#include <array>
#include <gtest/gtest.h>

namespace entente {
namespace {

std::size_t row(std::string_view name) { return Description::find(describe().parameters, name); }

const std::string few = "horizon = \"2026Q4\"\nagents = { firms = 8, banks = 4, elites = 8 }\n";
Scenario small() { return scenario("baseline", few); }
Scenario small(const std::string& posterior) { return shipped_scenario("baseline", few + posterior); }

Job job_of_runs(const Scenario& s, const Point& point, std::uint32_t first, std::uint32_t runs) { return block_job(s, point, first, runs, {}); }

/// Number of the draw that a run of the job took; -1 if what it has is of no draw.
int draw_of(const Job& job, std::size_t run)
{
    const auto value = [&](const char* name) { return static_cast<float>(job.parameters[row(name) * job.runs() + run]); };
    for (int draw = 0; draw < 4; ++draw)
        if (value("kappa") == std::array{0.2f, 0.25f, 0.3f, 0.35f}[static_cast<std::size_t>(draw)] && value("psi_C") == std::array{0.24f, 0.28f, 0.32f, 0.36f}[static_cast<std::size_t>(draw)])
            return draw;
    return -1;
}

} // namespace

TEST(JointDraw, IsOneForAllParametersOfARun)
{
    const Scenario s = small(small_posterior);
    const Point point = s.point();
    constexpr std::uint32_t runs = 4096;
    const Job job = job_of_runs(s, point, 0, runs);
    std::array<std::size_t, 4> taken{};
    for (std::size_t run = 0; run < runs; ++run) {
        const int draw = draw_of(job, run);
        ASSERT_GE(draw, 0) << "run " << run;
        ++taken[static_cast<std::size_t>(draw)];
        EXPECT_EQ(job.parameters[row("eta_S") * runs + run], 2);
    }
    for (const std::size_t n : taken) EXPECT_Z_WITHIN(share_estimate(n, runs, 0.25, s.seed), 0.25, 1e-6);
    EXPECT_Z_OUTSIDE(share_estimate(taken[0], runs, 0.2, s.seed), 0.2, 1e-6); // as of five draws
    // The run of a number takes the same draw in any block.
    const Job later = job_of_runs(s, point, 1000, 3);
    for (std::size_t run = 0; run < 3; ++run) EXPECT_EQ(draw_of(later, run), draw_of(job, 1000 + run));
    Scenario reseeded = s;
    reseeded.seed = 2;
    const Job other = job_of_runs(reseeded, point, 0, 256);
    int same = 0;
    for (std::size_t run = 0; run < 256; ++run) same += draw_of(other, run) == draw_of(job, run);
    EXPECT_LT(same, 128) << "another seed, other draws";
}

TEST(JointDraw, LeavesEverythingElseAsItWas)
{
    const Scenario with = small(small_posterior), without = small();
    const Point point = with.point();
    const Job a = job_of_runs(with, point, 0, 64), b = job_of_runs(without, point, 0, 64);
    for (std::size_t p = 0; p < describe().parameters.size(); ++p) {
        const bool same = std::equal(&a.parameters[p * 64], &a.parameters[p * 64] + 64, &b.parameters[p * 64]);
        const bool drawn = p == row("kappa") || p == row("psi_C") || p == row("eta_S");
        EXPECT_NE(same, drawn) << describe().parameters[p].name;
    }
    EXPECT_EQ(a.structures, b.structures);
    const Job priors = job_of_runs(small(std::string("draw = \"priors\"\n") + small_posterior), point, 0, 64), again = job_of_runs(with_priors(with), point, 0, 64);
    EXPECT_EQ(priors.parameters, b.parameters) << "bit for bit what a scenario without a posterior draws";
    EXPECT_EQ(again.parameters, b.parameters);
}

TEST(JointDraw, HasAnAddressOfItsOwn)
{
    for (const auto* rows : {&describe().parameters, &describe().structures})
        for (const Row& r : *rows) EXPECT_NE(r.name, "joint_draw");
}

TEST(JointDraw, IsMovedByADial)
{
    const std::string dial = "[drivers]\ntaiwan_window = 1\n[posterior]\nh_TW = \"0.01 0.02\"\n";
    const Scenario turned = small(dial), still = small("[posterior]\nh_TW = \"0.01 0.02\"\n");
    const Point point = turned.point();
    const Job a = job_of_runs(turned, point, 0, 32), b = job_of_runs(still, point, 0, 32);
    const std::size_t p = row("h_TW");
    for (std::size_t run = 0; run < 32; ++run) EXPECT_GT(a.parameters[p * 32 + run], b.parameters[p * 32 + run]);
}

TEST(JointDraw, IsSharedByReplicatesThatAreDrawnTogether)
{
    Plan plan = make_plan({small(small_posterior)}, {}, {}, 64);
    plan.together = 8;
    const PlannedJob planned = job_of(plan, piece_of(plan, 0), {});
    const Job alone = job_of_runs(plan.policies[0], *plan.courses[0], 0, 8);
    for (std::size_t run = 0; run < 64; ++run) {
        EXPECT_GE(draw_of(planned.job, run), 0);
        EXPECT_EQ(draw_of(planned.job, run), draw_of(alone, run / 8)) << run;
    }
}

TEST(JointDraw, StandsBelowAFactorAndIsThatOfTheReplicateElsewhere)
{
    const Scenario base = small(small_posterior);
    Scenario policy = base;
    policy.dials[0] = 0.75;
    const Plan plan = make_plan({base, policy}, {{{.kind = Placement::Kind::parameter, .sets = "parameters.psi_C", .index = row("psi_C")}}}, {0.5, 0.6}, 16);
    const PlannedJob of_base = job_of(plan, piece_of(plan, 0), {}), of_policy = job_of(plan, piece_of(plan, 1), {});
    const auto value = [](const PlannedJob& planned, const char* name, std::size_t run) { return planned.job.parameters[row(name) * planned.job.runs() + run]; };
    for (std::size_t run = 0; run < 32; ++run) {
        EXPECT_EQ(value(of_base, "psi_C", run), run % 2 == 0 ? 0.5 : 0.6);
        EXPECT_EQ(value(of_base, "kappa", run), value(of_base, "kappa", run - run % 2)) << "all points of a replicate";
        EXPECT_EQ(value(of_base, "kappa", run), value(of_policy, "kappa", run)) << "both policies";
    }
    const Scenario there = scenario_at(plan, 0, 1);
    EXPECT_EQ(std::ranges::count(there.joint.draws.names, "psi_C"), 0);
    const Point point = there.point();
    const Job replayed = job_of_runs(there, point, 0, 16);
    for (std::size_t p = 0; p < describe().parameters.size(); ++p)
        for (std::size_t replicate = 0; replicate < 16; ++replicate)
            EXPECT_EQ(static_cast<float>(replayed.parameters[p * 16 + replicate]), static_cast<float>(of_base.job.parameters[p * 32 + replicate * 2 + 1]))
                << describe().parameters[p].name;
}

} // namespace entente
