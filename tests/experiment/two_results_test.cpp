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

TEST_F(TwoResults, OfWhichOneIsInterruptedAreOfTheSameDesign)
{
    const auto cut = [&](const Experiment& e, const char* name) {
        Stopper stopper;
        return carry_out(e, {.out = path(name)}, stopper.listener(), &stopper.flag);
    };
    const Done run = cut(small_run(1000, 1, one_thread()), "cut_run.h5"), sweep = cut(small_sweep_of(100, one_thread()), "cut_sweep.h5");
    const std::string whole_run = carry_out(small_run(1000), {.out = path("run.h5")}).path, whole_sweep = carry_out(small_sweep_of(100), {.out = path("sweep.h5")}).path;
    for (const auto& [part, whole, asked] : {std::tuple(run, whole_run, 1000u), std::tuple(sweep, whole_sweep, 1400u)}) {
        const Difference d = difference_of(part.path, whole);
        EXPECT_EQ(d.verdict, Sameness::fewer_runs) << part.path;
        EXPECT_TRUE(d.design.empty()) << part.path;
        EXPECT_EQ(d.a.runs, part.runs);
        EXPECT_EQ(d.a.asked, asked);
        EXPECT_EQ(d.b.runs, asked);
        EXPECT_EQ(d.both, part.runs) << part.path;
        EXPECT_EQ(difference_of(whole, part.path).verdict, Sameness::fewer_runs);
        EXPECT_EQ(difference_of(part.path, part.path).verdict, Sameness::fewer_runs) << "what is not made is not known to be the same";
    }
    const Done other_run = cut(small_run(1000, 2, one_thread()), "other_run.h5");
    EXPECT_EQ(difference_of(other_run.path, whole_run).verdict, Sameness::other_design);
    EnsembleOptions single = one_thread();
    single.precision = "single";
    const Done in_single = cut(small_sweep_of(100, single), "single.h5");
    const Difference numbers = difference_of(in_single.path, whole_sweep);
    EXPECT_EQ(numbers.verdict, Sameness::other_numbers);
    EXPECT_EQ(numbers.both, in_single.runs);
    ASSERT_TRUE(numbers.first);
    EXPECT_FALSE(numbers.shifts.empty());
}

TEST_F(TwoResults, OfWhichOneIsInterruptedBeforeItStopsAreOfTheSameDesign)
{
    const std::string stop = "replicates = 150\n\n[stop]\noutcome = \"mean alignment_index at 2026\"\nhalf_width = 0.02\nleast = 16\n";
    const auto run = [] { return plain_experiment(small_scenario(20000), one_thread(), {{parse_quantity("succession by 2026Q4"), 0.03}}); };
    const auto sweep = [&] { return changed_sweep("replicates = 150\n", stop, 2000, one_thread()); };
    for (const bool of_sweep : {false, true}) {
        Stopper stopper;
        const Done cut = carry_out(of_sweep ? sweep() : run(), {.out = path("cut.h5"), .force = true}, stopper.listener(), &stopper.flag);
        const Done whole = carry_out(of_sweep ? sweep() : run(), {.out = path("whole.h5"), .force = true});
        ASSERT_TRUE(whole.verdict && !cut.complete && cut.runs < whole.runs);
        const Difference d = difference_of(cut.path, whole.path), turned = difference_of(whole.path, cut.path);
        EXPECT_TRUE(d.design.empty()) << (d.design.empty() ? "" : d.design[0].what) << of_sweep;
        EXPECT_EQ(d.verdict, Sameness::fewer_runs) << of_sweep;
        EXPECT_EQ(turned.verdict, Sameness::fewer_runs) << of_sweep;
        EXPECT_EQ(d.both, cut.runs);
    }
}

TEST_F(TwoResults, ThatStoppedByAnotherRuleAreOfAnotherDesign)
{
    const auto stopped = [&](double half_width, const char* name) {
        return carry_out(plain_experiment(small_scenario(2000), {}, {{parse_quantity("succession by 2026Q4"), half_width}}), {.out = path(name)}).path;
    };
    const std::string a = stopped(0.08, "a.h5"), b = stopped(0.081, "b.h5"), plain = carry_out(small_run(read_result(a).summary.runs), {.out = path("plain.h5")}).path;
    const Difference d = difference_of(a, b);
    ASSERT_EQ(d.design.size(), 1u) << "and not of other numbers";
    EXPECT_EQ(d.design[0], (Disagreement{"stop", "", "succession by 2026Q4 within 0.08, at most 2000 runs", "succession by 2026Q4 within 0.081, at most 2000 runs"}));
    EXPECT_EQ(difference_of(a, plain).verdict, Sameness::same) << "what a run came to does not depend on why it ended";
}

TEST_F(TwoResults, OfSweepsTellASettingThatAllPoliciesShareOnce)
{
    const Done a = carry_out(small_sweep_of(2), {.out = path("a.h5")});
    std::string text = small_sweep;
    text.replace(text.find("elites = 8"), 10, "elites = 9");
    text.replace(text.find("p_deal = 0.0"), 12, "p_deal = 0.5");
    const Done b = carry_out(sweep_experiment(parse_sweep(text, "b.toml"), {}, 2), {.out = path("b.h5")});
    const Difference d = difference_of(a.path, b.path);
    ASSERT_EQ(d.design.size(), 2u);
    EXPECT_EQ(d.design[0], (Disagreement{"scenario of every policy", "agents.elites", "8", "9"}));
    EXPECT_EQ(d.design[1], (Disagreement{"scenario of policy no deals", "parameters.p_deal", "0", "0.5"}));
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
    EXPECT_THROW(compare_scenarios(a, b, {parse_quantity("median trust at 2026Q4")}, {}), std::invalid_argument);
    EXPECT_THROW(compare_scenarios(a, b, {parse_quantity("mean trust at 2027Q1")}, {}), std::invalid_argument);
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

TEST_F(TwoResults, PairSweepsByNamesAndNotByPlaces)
{
    std::string text = small_sweep;
    const std::string first = "[[policy]]\nname = \"as it is\"\n\n", outcomes = "\"mean alignment_index at 2026\", \"succession by 2026Q4\", \"median trust at 2026Q4\"";
    text.erase(text.find(first), first.size());
    text.insert(text.find("[design]"), first);
    text.replace(text.find(outcomes), outcomes.size(), "\"rupture by 2026Q4\", \"succession by 2026Q4\", \"mean alignment_index at 2026\"");
    const Done a = carry_out(small_sweep_of(40), {.out = path("a.h5")}), b = carry_out(sweep_experiment(parse_sweep(text, "b.toml"), {}, 30), {.out = path("b.h5")});
    const SweepPairs pairs = pair_sweeps(a.path, b.path);
    EXPECT_EQ(pairs.replicates(), 30u);
    ASSERT_EQ(pairs.policies.size(), 2u);
    EXPECT_EQ(pairs.policies[0].in_b, 1u);
    ASSERT_EQ(pairs.left_out.size(), 2u);
    EXPECT_EQ(pairs.left_out[0].file + ": " + pairs.left_out[0].name, a.path + ": median trust at 2026Q4");
    EXPECT_EQ(pairs.left_out[1].file + ": " + pairs.left_out[1].name, b.path + ": rupture by 2026Q4");
    EXPECT_STREQ(pairs.left_out[1].what, "outcome");
    const SweepComparison compared = compare_sweeps(pairs);
    ASSERT_EQ(compared.shifts.size(), 4u);
    for (const Shift& shift : compared.shifts) {
        EXPECT_EQ(shift.difference.difference, 0) << shift.quantity << ": the scenarios are the same";
        EXPECT_GT(shift.difference.mean_a, 0) << shift.quantity;
    }
    for (const auto& policy : compared.class_shares)
        for (const PairedDifference& d : policy) EXPECT_EQ(d.difference, 0);
}

TEST_F(TwoResults, OfOtherFactorsOrPointsAreNoPairs)
{
    const std::string a = carry_out(small_sweep_of(10), {.out = path("a.h5")}).path;
    const auto facts = [&](const std::string& from, const std::string& to) {
        const std::string b = carry_out(changed_sweep(from, to, 10), {.out = path("b.h5"), .force = true}).path;
        return refused<refusal::NoPairs>([&] { pair_sweeps(a, b); });
    };
    EXPECT_EQ(facts("name = \"carrot\"", "name = \"offer\"").what_differs, "factors");
    EXPECT_EQ(facts("points = 7", "points = 8").of_b, "8");
    const refusal::NoPairs values = facts("range = [0, 1]", "range = [0, 0.9]");
    EXPECT_EQ(values.what_differs, "points");
    EXPECT_NE(values.of_b.find("carrot = "), std::string::npos) << values.of_b;
}

TEST_F(TwoResults, OfSweepsTellTheFirstRunAndTheShifts)
{
    EnsembleOptions single;
    single.precision = "single";
    const Done a = carry_out(small_sweep_of(100), {.out = path("a.h5")}), b = carry_out(small_sweep_of(100, single), {.out = path("b.h5")});
    const Difference d = difference_of(a.path, b.path);
    EXPECT_EQ(d.verdict, Sameness::other_numbers);
    ASSERT_EQ(d.shifts.size(), 6u);
    const std::vector<double> in_a = read_outcome(a.path, 0), in_b = read_outcome(b.path, 0);
    for (std::size_t k = 0; k < 2; ++k) {
        double mean_a = 0, mean_b = 0;
        for (std::size_t row = 0; row < 700; ++row) mean_a += in_a[k * 700 + row] / 700, mean_b += in_b[k * 700 + row] / 700;
        EXPECT_NE(mean_a, mean_b);
        EXPECT_NEAR(d.shifts[k].a, mean_a, 1e-12);
        EXPECT_NEAR(d.shifts[k].b, mean_b, 1e-12);
        EXPECT_NEAR(d.shifts[k].shift.estimate, mean_b - mean_a, 1e-12);
        EXPECT_FALSE(d.shifts[k].same);
    }
    ASSERT_TRUE(d.first && d.first->point);
    EXPECT_FALSE(d.first->quarter) << "no class differs, so that it is told by the first outcome's value";
    EXPECT_EQ(d.first->what, "mean alignment_index at 2026");
    EXPECT_EQ(d.first->policy, "as it is");
    std::size_t row = 0;
    while (in_a[row] == in_b[row]) ++row;
    EXPECT_EQ(d.first->run, row / 7);
    EXPECT_EQ(*d.first->point, row % 7);
}

} // namespace
} // namespace entente
