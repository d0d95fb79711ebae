// Sweeps on common random numbers: what a design, a policy or another replicate may change, and what not.
#include "property/jobs.hpp"
#include "sweeps.hpp"
#include "design/sweep.hpp"
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

/// What a policy changes, as a scenario has it.
struct Way {
    const char *name, *levers, *events, *parameters;
};
constexpr Way ways[] = {{"as it is", "", "", ""},
                        {"push", "enforcement_push = 0.4", "peace = \"2025Q3\"", ""},
                        {"pull", "enforcement_push = -0.4\nsanctions_push = -0.3", "taiwan = \"2025Q3\"", ""},
                        {"other trade", "", "", "psi_C = 0.5"}};
/// The small sweep with these as its policies, and a fourth factor: they are laid on a lever, a structure, an event and a pin.
Sweep sweep_of_ways()
{
    std::string text = small_sweep, policies;
    for (const Way& w : ways)
        policies += fmt::format("[[policy]]\nname = \"{}\"\n[policy.levers]\n{}\n[policy.events]\n{}\n[policy.parameters]\n{}\n\n", w.name, w.levers, w.events, w.parameters);
    const std::string pin = "[[factor]]\nname = \"sanctions\"\nsets = \"pins.us_sanctions\"\nrange = [0, 1]\nas = { set = \"value\", from = \"2025Q2\", to = \"2025Q4\" }\n\n";
    const std::size_t from = text.find("[[policy]]"), to = text.find("[design]");
    return parse_sweep(text.replace(from, to - from, pin + policies), "s.toml");
}
/// A policy at a point, written as a scenario.
Scenario written(const Sweep& s, const Way& way, std::span<const double> values)
{
    const std::string &dep = s.factors[1].choices.at(static_cast<std::size_t>(values[1])), &death = s.factors[2].choices.at(static_cast<std::size_t>(values[2]));
    return parse_scenario(fmt::format("title = \"Alone\"\nassumes = \"nothing\"\nextends = \"baseline.toml\"\nhorizon = \"2026Q4\"\n"
                                      "agents = {{ firms = 8, banks = 4, elites = 8 }}\n[structures]\ndep = \"{}\"\n[levers]\nwestern_carrot = "
                                      "{:.17g}\n{}\n[events]\n{}\n{}\n[parameters]\ndeal_2025 = -1\n{}\n[pins]\n"
                                      "us_sanctions = {{ set = {:.17g}, from = \"2025Q2\", to = \"2025Q4\" }}\n",
                                      dep, values[0], way.levers, death == "never" ? "" : fmt::format("death = \"{}\"", death), way.events, way.parameters, values[3]),
                          SOURCE_DIR "/tests/by_priors/alone.toml");
}

TEST(Sweeps, PoliciesThatDifferByALeverAnEventAndAParameterAreScenariosOfTheirOwn)
{
    constexpr std::uint32_t points = 7, replicates = 40; // 280 runs of a policy: two pieces
    const Sweep sweep = sweep_of_ways();
    Plan plan = plan_for(sweep, points, replicates);
    plan.fingerprint = true;
    const Kernel kernel = choose_kernel("double");
    struct Alone {
        Block block;
        BlockResult result;
    };
    std::vector<Alone> alone; // [policy][point]
    for (std::size_t k = 0; k < std::size(ways); ++k)
        for (std::size_t p = 0; p < points; ++p) {
            const auto run = [&](const Scenario& s) {
                Block b = block(s, replicates, 144);
                b.job.fingerprint = true;
                BlockResult result = kernel.run(b.job);
                return Alone{std::move(b), std::move(result)};
            };
            alone.push_back(run(written(sweep, ways[k], std::span(plan.values).subspan(p * 4, 4))));
            EXPECT_EQ(difference(alone.back().block.job, alone.back().result, run(scenario_at(plan, k, p)).result), "") << ways[k].name << " at point " << p;
            for (std::size_t other = 0; other < k; ++other) // a test that could not fail
                for (std::size_t r = 0; r < replicates; ++r)
                    EXPECT_NE(alone[other * points + p].result.fingerprint.end()[-static_cast<std::ptrdiff_t>(r) - 1], alone.back().result.fingerprint.end()[-static_cast<std::ptrdiff_t>(r) - 1])
                        << ways[k].name << " and " << ways[other].name << " at point " << p;
        }
    std::size_t runs = 0, fingerprints = 0;
    run_pieces(plan, all_pieces(plan), {.threads = 1}, [&](unsigned, const FinishedPiece& f) {
        for (std::size_t run = 0; run < f.piece.runs; ++run, ++runs) {
            const std::size_t row = f.piece.first + run, point = row % points, replicate = row / points;
            const Alone& a = alone[f.piece.policy * points + point];
            ASSERT_EQ(difference(OneRun{f.job, f.result, run}, OneRun{a.block.job, a.result, replicate}), "") << ways[f.piece.policy].name << ", point " << point << ", replicate " << replicate;
            if (f.result.fingerprint.empty()) continue;
            EXPECT_EQ(f.result.fingerprint.end()[static_cast<std::ptrdiff_t>(run) - f.piece.runs], a.result.fingerprint.end()[static_cast<std::ptrdiff_t>(replicate) - replicates]);
            ++fingerprints;
        }
    });
    EXPECT_EQ(runs, std::size(ways) * points * replicates);
    EXPECT_EQ(fingerprints, std::size(ways) * block_runs) << "of the first piece of each policy";
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
