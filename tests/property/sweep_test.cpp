// Sweeps on common random numbers: what a design, a policy or another replicate may change, and what not.
#include "property/jobs.hpp"
#include "sweeps.hpp"
#include "design/design.hpp"
#include <algorithm>
#include <map>
#include <mutex>

using namespace entente;

namespace {

Sweep sweep_of(const std::string& extra = "") { return parse_sweep(small_sweep + extra, "s.toml"); }
Plan plan_for(const Sweep& s, std::uint32_t points, std::uint32_t replicates)
{
    DesignChoice choice = s.design;
    choice.points = points;
    Plan plan = make_plan(s.policies, s.placements, make_design(s.factors, choice).value, replicates);
    plan.kept = all_variables();
    return plan;
}

/// Every value of every run: [policy][replicate][point], each a trajectory of all variables.
using All = std::map<std::array<std::uint64_t, 3>, std::vector<float>>;
All all_runs(const Plan& plan, unsigned threads = 2)
{
    All all;
    std::mutex one_at_a_time;
    const std::vector<std::uint64_t> pieces = all_pieces(plan);
    run_pieces(plan, pieces, {.threads = threads}, [&](unsigned, const FinishedPiece& f) {
        const std::scoped_lock lock(one_at_a_time);
        for (std::uint32_t run = 0; run < f.piece.runs; ++run) {
            const std::uint64_t row = f.piece.first + run;
            std::vector<float>& values = all[{f.piece.policy, row / plan.points, row % plan.points}];
            for (std::size_t q = 44; q < f.result.quarters; ++q)
                for (const std::uint32_t v : f.result.kept) values.push_back(f.result.value(q, v, run));
        }
    });
    return all;
}
/// Runs of `few` that are missing in `many` or differ there.
std::size_t differing(const All& few, const All& many)
{
    std::size_t n = 0;
    for (const auto& [where, values] : few) {
        const auto at = many.find(where);
        n += at == many.end() || std::memcmp(at->second.data(), values.data(), values.size() * sizeof(float)) != 0 ? 1 : 0;
    }
    return n;
}

TEST(Sweeps, PiecesCoverEveryRunOnce)
{
    const Plan plan = plan_for(sweep_of(), 7, 150);
    std::map<std::uint32_t, std::vector<bool>> seen;
    for (std::uint64_t number = 0; number < piece_count(plan); ++number) {
        const Piece p = piece_of(plan, number);
        seen[p.policy].resize(1050);
        for (std::uint64_t row = p.first; row < p.first + p.runs; ++row) {
            EXPECT_FALSE(seen[p.policy].at(row));
            seen[p.policy][row] = true;
        }
    }
    ASSERT_EQ(seen.size(), 2u);
    for (const auto& [policy, rows] : seen) EXPECT_EQ(std::ranges::count(rows, true), 1050);
}

TEST(Sweeps, MoreReplicatesOrPointsLeaveTheOthersAsTheyWere)
{
    const Sweep s = sweep_of();
    const All few = all_runs(plan_for(s, 7, 20)), replicates = all_runs(plan_for(s, 7, 40), 1), points = all_runs(plan_for(s, 14, 20));
    ASSERT_EQ(few.size(), 280u);
    EXPECT_EQ(replicates.size(), 560u);
    EXPECT_EQ(differing(few, replicates), 0u);
    EXPECT_EQ(differing(few, points), 0u);
    const Sweep reseeded = parse_sweep(small_sweep + "", "s.toml", {.toml = "seed = 2"});
    EXPECT_GT(differing(few, all_runs(plan_for(reseeded, 7, 20))), 270u) << "a test that cannot fail";
}

TEST(Sweeps, AFactorThatTheModelIgnoresChangesNothing)
{
    std::string muted = small_sweep;
    muted.insert(muted.find("[[factor]]"), "mute = [\"war\"]\n\n");
    std::string more_factors = muted;
    more_factors.insert(more_factors.find("[[policy]]"), "[[factor]]\nname = \"spare\"\nsets = \"parameters.h_peace\"\nrange = [0, 0.05]\n\n");
    const Sweep with = parse_sweep(more_factors, "s.toml"), without = parse_sweep(muted, "s.toml");
    ASSERT_EQ(with.factors.size(), without.factors.size() + 1);
    const Plan base = plan_for(without, 7, 12);
    std::vector<double> values;
    for (std::size_t p = 0; p < 7; ++p) {
        values.insert(values.end(), base.values.begin() + static_cast<std::ptrdiff_t>(p * 3), base.values.begin() + static_cast<std::ptrdiff_t>(p * 3 + 3));
        values.push_back(p % 2 == 0 ? 0.0 : 0.05);
    }
    Plan more = make_plan(with.policies, with.placements, values, 12);
    more.kept = all_variables();
    EXPECT_EQ(differing(all_runs(base), all_runs(more)), 0u);
}

TEST(Sweeps, TheSamePolicyTwiceDiffersByExactlyNothing)
{
    std::string text = small_sweep;
    text.replace(text.find("parameters = { p_deal = 0.0 }"), 29, "levers = { enforcement_push = 0.2 }");
    text.replace(text.find("name = \"as it is\""), 17, "name = \"as it is\"\nlevers = { enforcement_push = 0.2 }");
    const All all = all_runs(plan_for(parse_sweep(text, "s.toml"), 7, 20));
    for (const auto& [where, values] : all)
        if (where[0] == 0) { EXPECT_EQ(std::memcmp(values.data(), all.at({1, where[1], where[2]}).data(), values.size() * sizeof(float)), 0); }
}

TEST(Sweeps, AnyRunIsThatOfAScenarioOfItsOwn)
{
    const Plan plan = plan_for(sweep_of(), 7, 40);
    const All all = all_runs(plan);
    for (const auto& [policy, replicate, point] : {std::array<std::size_t, 3>{0, 0, 0}, {1, 39, 6}, {0, 17, 3}, {1, 5, 2}}) {
        const Scenario alone = scenario_at(plan, policy, point);
        const Point courses = alone.point();
        const BlockResult result = choose_kernel("double").run(block_job(alone, courses, static_cast<std::uint32_t>(replicate), 1, {}));
        std::vector<float> values;
        for (std::size_t q = 44; q < result.quarters; ++q)
            for (const std::uint32_t v : result.kept) values.push_back(result.value(q, v, 0));
        EXPECT_EQ(std::memcmp(values.data(), all.at({policy, replicate, point}).data(), values.size() * sizeof(float)), 0) << policy << " " << replicate << " " << point;
    }
}

TEST(Sweeps, KeptVariablesAreThoseOfAll)
{
    Plan plan = plan_for(sweep_of(), 7, 20);
    const PlannedJob whole = job_of(plan, piece_of(plan, 1), {});
    plan.kept = {static_cast<std::uint32_t>(variable("trust")), static_cast<std::uint32_t>(variable("alignment_index"))};
    std::ranges::sort(plan.kept);
    const PlannedJob some = job_of(plan, piece_of(plan, 1), {});
    const BlockResult a = choose_kernel("double").run(whole.job), b = choose_kernel("double").run(some.job);
    for (const std::uint32_t v : plan.kept)
        for (std::size_t run = 0; run < 100; ++run) EXPECT_EQ(a.value(50, v, run), b.value(50, v, run));
    EXPECT_LT(b.trajectory.size(), a.trajectory.size() / 50);
    EXPECT_EQ(a.outcome, b.outcome);
}

} // namespace
