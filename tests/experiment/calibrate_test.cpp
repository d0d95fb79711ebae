// Calibrations carried out: the same posterior however often it is interrupted, on any number of threads; what is refused; worlds and years that were not seen.
#include "calibrations.hpp"
#include "small.hpp"
#include "calibrate/model_simulator.hpp"
#include "core/text.hpp"
#include "experiment/backtest.hpp"
#include "experiment/calibrate.hpp"
#include "experiment/sbc.hpp"
#include "property/jobs.hpp"
#include <filesystem>

namespace entente {
namespace {

struct Calibrate : ExperimentTest {
    Calibration small = small_calibration(folder);
    Calibrate() { small.particles = 50; } // fewer than a file may ask for: nearly all here is about the same bits
    Calibrated made(const std::string& name, const EnsembleOptions& options = one_thread(), const Calibration* other = nullptr) const
    {
        return calibrate(other ? *other : small, options, {.out = path(name)});
    }
};
void expect_same(const Posterior& a, const Posterior& b)
{
    EXPECT_TRUE(a.posterior == b.posterior && a.prior == b.prior && a.posterior_predictive == b.posterior_predictive && a.steps == b.steps);
    EXPECT_EQ(a.runs, b.runs);
}

TEST_F(Calibrate, WritesWhatItFinds)
{
    const Calibrated c = made("p.h5");
    ASSERT_TRUE(c.complete && !c.found);
    const Posterior& p = c.posterior;
    EXPECT_EQ(p.posterior.names, (std::vector<std::string>{"psi_C", "psi_I", "dep"}));
    EXPECT_EQ(p.posterior.chains, 2u);
    EXPECT_EQ(p.posterior.draws, 60u);
    EXPECT_EQ(p.prior.values.size(), p.posterior.values.size());
    EXPECT_EQ(p.posterior_predictive.names.size(), 7u);
    EXPECT_EQ(p.parameters[2].alternatives.size(), 2u);
    EXPECT_FALSE(p.targets[4].fitted);
    EXPECT_FALSE(std::filesystem::exists(path("p.checkpoint")));
    expect_same(read_posterior(path("p.h5")), p);
    const Calibrated again = made("p.h5");
    EXPECT_TRUE(again.found);
    expect_same(again.posterior, p);
}

TEST_F(Calibrate, GivesTheSameBitsOnAnyNumberOfThreads)
{
    EnsembleOptions three;
    three.threads = 3;
    const Posterior a = made("1.h5").posterior;
    expect_same(a, made("3.h5", three).posterior);
    Calibration other = small;
    other.scenario.seed = 2;
    EXPECT_FALSE(a.posterior == made("o.h5", one_thread(), &other).posterior.posterior);
}

TEST_F(Calibrate, GoesOnWhereItWasStopped)
{
    const Posterior whole = made("w.h5").posterior;
    std::atomic<bool> stop{false};
    const Calibrated cut = calibrate(small, one_thread(), {.out = path("c.h5")}, {.progress = [&](const CalibrationProgress&) { stop = true; }}, &stop);
    EXPECT_FALSE(cut.complete);
    EXPECT_GT(cut.runs, 0u);
    EXPECT_FALSE(std::filesystem::exists(path("c.h5")));
    EXPECT_EQ(refused<refusal::CheckpointThere>([&] { made("c.h5"); }).path, path("c.checkpoint"));
    Calibration other = small;
    other.scenario.seed = 2;
    EXPECT_EQ(refused<refusal::OtherCheckpoint>([&] { calibrate(other, one_thread(), {.out = path("c.h5"), .resume = true}); }).path, path("c.checkpoint"));
    std::size_t resumed = 0;
    const Calibrated on = calibrate(small, one_thread(), {.out = path("c.h5"), .resume = true}, {.resumed = [&](std::size_t generations) { resumed = generations; }});
    EXPECT_TRUE(on.complete);
    EXPECT_EQ(resumed, 1u);
    expect_same(on.posterior, whole);
}

// Few runs: what is asked is that they are the same, not that chains agree.
TEST_F(Calibrate, GoesOnInTheMiddleOfChainsOfSyntheticLikelihood)
{
    for (const Method method : {Method::synthetic_likelihood, Method::robust_synthetic_likelihood}) {
        if (test_scale() < 1 && method == Method::synthetic_likelihood) continue; // the robust one does all that it does
        Calibration c = small;
        c.method = method, c.most_runs = 4000;
        const Posterior whole = calibrate(c, {.threads = 3}, {.out = path("w.h5"), .force = true}).posterior;
        ASSERT_EQ(whole.sample_stats.names.size(), method == Method::synthetic_likelihood ? 1u : 3u);
        std::atomic<bool> stop{false};
        EXPECT_FALSE(calibrate(c, one_thread(), {.out = path("c.h5"), .force = true}, {.progress = [&](const CalibrationProgress& p) { stop = p.step >= 20; }}, &stop).complete);
        std::size_t resumed = 0;
        const Calibrated on = calibrate(c, one_thread(), {.out = path("c.h5"), .resume = true}, {.resumed = [&](std::size_t steps) { resumed = steps; }});
        ASSERT_TRUE(on.complete);
        EXPECT_EQ(resumed, 20u);
        expect_same(on.posterior, whole);
        EXPECT_TRUE(on.posterior.sample_stats == whole.sample_stats);
        EXPECT_NE(refused<refusal::OtherPosterior>([&] { calibrate(small, one_thread(), {.out = path("c.h5")}); }).path, "") << "of another method";
        std::filesystem::remove(path("c.h5"));
    }
}

TEST_F(Calibrate, BeginsAnewWhereTheCheckpointIsDamaged)
{
    std::atomic<bool> stop{false};
    calibrate(small, one_thread(), {.out = path("c.h5")}, {.progress = [&](const CalibrationProgress&) { stop = true; }}, &stop);
    std::string bytes = read_file(path("c.checkpoint"));
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    write_file(path("c.checkpoint"), bytes);
    refused<refusal::OtherCheckpoint>([&] { calibrate(small, one_thread(), {.out = path("c.h5"), .resume = true}); });
    const Calibrated forced = calibrate(small, one_thread(), {.out = path("c.h5"), .force = true});
    expect_same(forced.posterior, made("w.h5").posterior);
}

TEST_F(Calibrate, ReplacesNothingUnasked)
{
    made("p.h5");
    Calibration other = small;
    other.scenario.seed = 2;
    EXPECT_EQ(refused<refusal::OtherPosterior>([&] { made("p.h5", one_thread(), &other); }).path, path("p.h5"));
    std::string equations = small_equations;
    equations.replace(equations.find("trade_share_india"), 17, "1.1 * trade_share_india");
    const Calibration measured = read_calibration(write_small_calibration(folder, small_calibration_text, small_values, equations));
    refused<refusal::OtherPosterior>([&] { made("p.h5", one_thread(), &measured); });
    EXPECT_TRUE(calibrate(other, one_thread(), {.out = path("p.h5"), .force = true}).complete);
    write_file(path("text.h5"), "no posterior");
    EXPECT_EQ(refused<refusal::NoPosterior>([&] { made("text.h5"); }).path, path("text.h5"));
    EXPECT_EQ(refused<refusal::NoPosterior>([&] { calibrate(small, one_thread(), {.out = path("text.h5"), .force = true}); }).path, path("text.h5"));
    refused<refusal::NoFile>([&] { calibrate(small, one_thread(), {.out = folder.path.string()}); });
}

TEST_F(Calibrate, SaysThatItsBudgetIsTooSmall)
{
    Calibration c = small;
    c.most_runs = 3000;
    EXPECT_EQ(made("p.h5", one_thread(), &c).failure, "another generation would take more runs than were allowed");
    EXPECT_FALSE(std::filesystem::exists(path("p.h5")));
    EXPECT_FALSE(std::filesystem::exists(path("p.checkpoint"))) << "it would fail again";
}

TEST_F(Calibrate, NamesTheTargetThatCannotBeMet)
{
    std::string values = small_values;
    values.replace(values.find("china,2022,.225"), 15, "china,2022,.925");
    const Calibration c = read_calibration(write_small_calibration(folder, small_calibration_text, values));
    try {
        made("p.h5", one_thread(), &c);
        ADD_FAILURE() << "not refused";
    } catch (const ScenarioErrors& e) {
        ASSERT_EQ(e.problems.size(), 1u);
        EXPECT_EQ(e.problems[0].where.line, 5u);
        EXPECT_NE(e.text.find("value: china 2022 of 0.925 cannot be met"), std::string::npos) << e.text;
    }
}

// Two worlds in which psi_I is 1.3 of its prior's standard deviations below and 2.2 above its mean, observed with small errors: what is found lies to either side of it, a third as far apart or more.
TEST_F(Calibrate, FindsParametersAgain)
{
    const Simulator simulator = model_simulator(small, Which::all, one_thread());
    std::vector<double> found;
    for (const double psi : {1.2, 2.8}) {
        std::vector<double> mean(7), one(7);
        for (std::uint32_t r = 0; r < 200; ++r) {
            simulator.run({9, std::span(&r, 1), std::vector<double>{0.3, psi, 0}, one});
            for (std::size_t i = 0; i < one.size(); ++i) mean[i] += one[i] / 200;
        }
        Calibration c = small;
        c.particles = 100;
        for (std::size_t i = 0; i < mean.size(); ++i) c.targets.observations[i].value = mean[i], c.targets.observations[i].sd = 0.001;
        for (Measurement& m : c.targets.measurements) m.model_sd = 0.001;
        const Calibrated made = calibrate(c, one_thread(), {.out = path("r.h5"), .force = true});
        ASSERT_TRUE(made.complete) << made.failure;
        double sum = 0;
        for (const double x : made.posterior.posterior.of(1)) sum += x / 120;
        found.push_back(sum);
    }
    EXPECT_GT(found[1] - found[0], 0.5); // of 1.6: the discount that India gets, which is not learned, explains the same shares
    EXPECT_LT(found[0], 1.8);
    EXPECT_GT(found[1], 1.8);
}

TEST_F(Calibrate, TriesItsMethodOnWorldsOfThePrior)
{
    const SbcAsked asked{.worlds = 4, .draws = 19, .out = path("s.csv")};
    std::atomic<bool> stop{false};
    SbcTable part = calibrate_worlds(
        small, one_thread(), asked, [&](Progress p) { stop = p.done == 2; }, &stop);
    EXPECT_EQ(part.worlds.size(), 2u);
    refused<refusal::CheckpointThere>([&] { calibrate_worlds(small, one_thread(), asked); });
    Calibration measured = small;
    measured.targets.observations[0].sd *= 2;
    refused<refusal::OtherPosterior>([&] { calibrate_worlds(measured, one_thread(), asked); });
    Calibration poor = small;
    poor.most_runs = 3000; // no generation
    EXPECT_TRUE(calibrate_worlds(poor, one_thread(), {.worlds = 1, .draws = 19, .out = path("poor.csv")}).worlds[0].ranks.empty()) << "the prior is no posterior";
    SbcAsked on = asked;
    on.resume = true;
    const SbcTable whole = calibrate_worlds(small, one_thread(), on);
    SbcAsked other = asked;
    other.out = path("o.csv");
    EXPECT_EQ(to_csv(whole), to_csv(calibrate_worlds(small, {.threads = 2}, other)));
    ASSERT_EQ(whole.names, (std::vector<std::string>{"psi_C", "psi_I", "dep", joint_name}));
    for (const SbcWorld& w : whole.worlds)
        for (const std::uint32_t rank : w.ranks) EXPECT_LE(rank, 19u);
    EXPECT_EQ(to_csv(sbc_table_of(read_file(path("s.csv")))), to_csv(whole));
}

TEST_F(Calibrate, IsScoredOnYearsThatItDidNotSee)
{
    std::string values = small_values;
    for (const char* year : {"2015", "2017", "2019"}) values += fmt::format("china,{},.15,share,.01,,,fit,a,b,c\n", year);
    std::vector<std::string> lines = split(values, '\n'); // dates in order, as a series has them
    std::sort(lines.begin() + 1, lines.end() - 1);
    std::string sorted;
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) sorted += lines[i] + "\n";
    Calibration c = read_calibration(write_small_calibration(folder, small_calibration_text, sorted));
    c.particles = scaled(c.particles, 50);
    std::string failure;
    const BacktestPlace place{.folder = folder.path.string()};
    const auto scored = backtest(c, 2019, place, one_thread(), failure);
    ASSERT_TRUE(scored) << failure;
    ASSERT_EQ(scored->targets.size(), 1u);
    EXPECT_EQ(scored->targets[0].target, "china");
    EXPECT_EQ(scored->targets[0].years, 3u);
    EXPECT_EQ(scored->left_out, std::vector<std::string>{"india"});
    const auto again = backtest(c, 2019, place, one_thread(), failure);
    EXPECT_EQ(again->crps, scored->crps) << "from the posterior that is kept";
    EXPECT_THROW(backtest(c, 2023, place, one_thread(), failure), std::invalid_argument);
    EXPECT_FALSE(std::filesystem::exists(posterior_up_to(place.folder, c, 2023))) << "said before the work";
    Calibration other = c;
    other.scenario.seed = 2;
    refused<refusal::OtherPosterior>([&] { backtest(other, 2019, place, one_thread(), failure); });
    EXPECT_TRUE(backtest(other, 2019, {.folder = place.folder, .force = true}, one_thread(), failure));
    Calibration still = c;
    for (Observation& o : still.targets.observations)
        if (o.measurement == 0 && o.to < 24) o.value = 0.15;
    EXPECT_THROW(throw_if_no_score(still, 2019), std::invalid_argument) << "what does not change has no unit";
}

} // namespace
} // namespace entente
