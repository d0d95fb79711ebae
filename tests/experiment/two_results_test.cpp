// Two results side by side.
#include "experiment/two_results.hpp"
#include "experiment/paired_runs.hpp"
#include "experiment/paired_sweeps.hpp"
#include "small.hpp"

namespace entente {
namespace {

using TwoResults = ExperimentTest;

TEST_F(TwoResults, AreTheSameOrOfAnotherDesign)
{
    const std::string a = carry_out(small_run(300), {.out = path("a.h5")}).path, b = carry_out(small_run(300), {.out = path("b.h5")}).path,
                      c = carry_out(small_run(300, 2), {.out = path("c.h5")}).path, s = carry_out(small_sweep_of(20), {.out = path("s.h5")}).path;
    EXPECT_EQ(difference_of(a, b).verdict, Sameness::same);
    const Difference other = difference_of(a, c);
    EXPECT_EQ(other.verdict, Sameness::other_design);
    ASSERT_EQ(other.design.size(), 1u);
    EXPECT_EQ(other.design[0].what, "seed");
    EXPECT_EQ(difference_of(a, s).verdict, Sameness::other_design);
}

TEST_F(TwoResults, OfOneDesignInTwoPrecisionsHaveOtherNumbers)
{
    EnsembleOptions single;
    single.precision = "single";
    const std::string a = carry_out(small_run(600), {.out = path("a.h5")}).path, b = carry_out(small_run(600, 1, single), {.out = path("b.h5")}).path;
    const Difference d = difference_of(a, b);
    EXPECT_EQ(d.verdict, Sameness::other_numbers);
    EXPECT_FALSE(d.bits);
    EXPECT_NE(d.about_bits, "");
    EXPECT_TRUE(d.single_runs);
    EXPECT_GT(d.shifts.size(), 8u);
    ASSERT_FALSE(d.programs.empty());
    EXPECT_EQ(d.programs[0].what, "precision");
}

TEST_F(TwoResults, PairRunsOfTheSameNumber)
{
    Scenario a = small_scenario(400), b = a;
    b.name = "other";
    for (ParameterSetting& p : b.parameters)
        if (&p == &b.parameters[Description::find(describe().parameters, "h_peace")]) p.distribution = {.shape = Shape::value, .a = 0.08};
    const std::vector<Quantity> asked = {parse_quantity("share_alignment at 2026Q4"), parse_quantity("ceasefire by 2026Q4")};
    const auto run = compare_scenarios(a, b, asked, {});
    ASSERT_TRUE(run);
    EXPECT_EQ(run->used(), 400u);
    EXPECT_GT(run->shifts[1].difference.difference, 0.05) << "ceasefires are likelier";
    const std::string in_a = carry_out(plain_experiment(a, {}), {.out = path("a.h5")}).path, in_b = carry_out(plain_experiment(b, {}), {.out = path("b.h5")}).path;
    const RunComparison stored = compare_results(pair_results(in_a, in_b), asked);
    for (std::size_t i = 0; i < asked.size(); ++i) {
        EXPECT_NEAR(stored.shifts[i].difference.difference, run->shifts[i].difference.difference, 1e-12);
        EXPECT_NEAR(stored.shifts[i].difference.standard_error, run->shifts[i].difference.standard_error, 1e-12);
    }
    EXPECT_EQ(refused<refusal::NoPairs>([&] { compare_scenarios(a, small_scenario(401), asked, {}); }).of_b, "1 and 401");
    EXPECT_EQ(refused<refusal::NotKept>([&] { compare_results(pair_results(in_a, in_b), {parse_quantity("mean trust at 2026Q4")}); }).quantity, "mean trust at 2026Q4");
    EnsembleOptions none;
    none.keep = Keep::none;
    const std::string bare = carry_out(plain_experiment(a, none), {.out = path("bare.h5")}).path;
    EXPECT_EQ(refused<refusal::NoSingleRuns>([&] { pair_results(in_a, bare); }).path, bare);
}

TEST_F(TwoResults, PairSweepsByPolicyOutcomeAndPoint)
{
    std::string text = small_sweep;
    text.replace(text.find("p_deal = 0.0"), 12, "p_deal = 0.5");
    const Done a = carry_out(small_sweep_of(40), {.out = path("a.h5")}), b = carry_out(sweep_experiment(parse_sweep(text, "b.toml"), {}, 40), {.out = path("b.h5")});
    const SweepPairs pairs = pair_sweeps(a.path, b.path);
    ASSERT_EQ(pairs.policies.size(), 2u);
    ASSERT_EQ(pairs.outcomes.size(), 3u);
    const SweepComparison compared = compare_sweeps(pairs);
    ASSERT_EQ(compared.shifts.size(), 6u);
    EXPECT_EQ(compared.shifts[0].difference.difference, 0) << "the first policy is the same in both";
    const std::vector<double> in_a = read_outcome(a.path, 0), in_b = read_outcome(b.path, 0);
    double difference = 0;
    for (std::size_t row = 0; row < 280; ++row) difference += (in_b[280 + row] - in_a[280 + row]) / 280;
    EXPECT_NEAR(compared.shifts[1].difference.difference, difference, 1e-12);
    EXPECT_GT(std::abs(difference), 1e-6);
    EXPECT_EQ(chosen(pairs.outcomes, {"succession by 2026Q4"})[0].in_a, 1u);
    EXPECT_EQ(refused<refusal::NotInBoth>([&] { chosen(pairs.outcomes, {"rupture by 2026Q4"}); }).outcomes.size(), 3u);
    Sweep seeded = parse_sweep(small_sweep, "c.toml");
    for (Scenario& policy : seeded.policies) policy.seed = 9;
    const Done c = carry_out(sweep_experiment(std::move(seeded), {}, 40), {.out = path("c.h5")});
    EXPECT_EQ(refused<refusal::NoPairs>([&] { pair_sweeps(a.path, c.path); }).of_b, "9");
}

} // namespace
} // namespace entente
