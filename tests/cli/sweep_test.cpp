// Sweeps as their user meets them: what is printed, what is refused, what other commands make of the file.
#include "sweeps.hpp"
#include "core/temporary_folder.hpp"
#include "core/text.hpp"
#include "shell.hpp"
#include "store/sweep_file.hpp"
#include "write_file.hpp"
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace entente {
namespace {

struct SweepProgram : testing::Test {
    TemporaryFolder folder;
    SweepProgram() { write_file(folder / "s.toml", small_sweep); }
    Ran run(const std::string& arguments) const { return shell(fmt::format("cd '{}' && '{}' {} </dev/null", folder.path.string(), PROGRAM, arguments)); }
    static bool holds(const Ran& ran, const std::string& text) { return ran.output.find(text) != std::string::npos; }
    std::string changed(const std::string& from, const std::string& to) const
    {
        std::string text = small_sweep;
        text.replace(text.find(from), from.size(), to);
        return write_file(folder / "changed.toml", text);
    }
};

TEST_F(SweepProgram, PrintsEstimatesAndPairedDifferences)
{
    const Ran text = run("sweep s.toml");
    ASSERT_EQ(text.code, 0) << text.output;
    EXPECT_TRUE(holds(text, "2 policies, 7 points, 150 replicates: 2,100 of 2,100 runs finished, 0 failed")) << text.output;
    EXPECT_TRUE(holds(text, "results/s.h5")) << text.output;
    EXPECT_EQ(run("show results/s.h5").output, text.output);
    const Ran json = run("show results/s.h5 --json");
    const auto out = nlohmann::json::parse(json.output);
    const StoredSweep stored = read_sweep_result(folder / "results/s.h5");
    const std::vector<double> values = read_outcome(folder / "results/s.h5", 0);
    double sum = 0;
    for (std::size_t i = 0; i < 7 * 150; ++i) sum += values[i] / (7 * 150);
    EXPECT_NEAR(out["outcomes"][0]["policies"][0]["value"]["estimate"].get<double>(), sum, 1e-12);
    EXPECT_LT(out["outcomes"][0]["policies"][1]["standard_error_ratio"].get<double>(), 0.5) << "common random numbers";
    EXPECT_EQ(stored.head.provenance.sweep_text, small_sweep);
    std::filesystem::create_directory(folder / "results/s.parts"); // as a program leaves it that is killed while it removes its parts
    write_file(folder / "results/s.parts/lock", "");
    const Ran again = run("sweep s.toml --resume");
    EXPECT_EQ(again.code, 0) << again.output;
    EXPECT_EQ(again.output, "results/s.h5 holds this very result; nothing to simulate.\n" + text.output);
    EXPECT_FALSE(std::filesystem::exists(folder / "results/s.parts"));
    const Ran other = run("sweep s.toml --seed 77");
    EXPECT_EQ(other.code, 2) << "a finished result is not overwritten";
    EXPECT_TRUE(
        holds(other, "results/s.h5: holds the result of another sweep; --force replaces it, --out FILE writes elsewhere. policy as it is: 'seed = 1' there, 'seed = 77' here"))
        << other.output;
    EXPECT_EQ(out["outcomes"][0]["unit"], "");
    EXPECT_TRUE(holds(text, "less the first point, paired")) << text.output;
    for (std::size_t p = 1; p < 7; ++p) { // of the second policy
        double apart = 0;
        for (std::size_t r = 0; r < 150; ++r) apart += (values[1050 + r * 7 + p] - values[1050 + r * 7]) / 150;
        EXPECT_NEAR(out["outcomes"][0]["policies"][1]["at_points"][p]["less_first_point"]["estimate"].get<double>(), apart, 1e-12);
    }
    const Ran against = run("show results/s.h5 --against 'no deals'");
    EXPECT_TRUE(holds(against, "Differences: to 'no deals', paired")) << against.output;
    const auto other_way = nlohmann::json::parse(run("show results/s.h5 --against 'no deals' --json").output);
    EXPECT_EQ(other_way["against"], "no deals");
    EXPECT_EQ(other_way["outcomes"][0]["policies"][0]["difference"]["estimate"].get<double>(), -out["outcomes"][0]["policies"][1]["difference"]["estimate"].get<double>());
    EXPECT_EQ(other_way["outcomes"][0]["policies"][0]["difference"]["low"].get<double>(), -out["outcomes"][0]["policies"][1]["difference"]["high"].get<double>());
    EXPECT_FALSE(other_way["outcomes"][0]["policies"][1].contains("difference"));
    EXPECT_TRUE(holds(run("show results/s.h5 --against 'no deal'"), "entente show: --against: one of as it is, no deals, got 'no deal'; did you mean 'no deals'?"));
    for (std::size_t p = 0; p < 7; ++p) {
        EXPECT_EQ(out["factors"][0]["values"][p].get<double>(), stored.head.values[p * stored.head.factors.size()]);
        EXPECT_EQ(out["outcomes"][0]["policies"][1]["at_points"][p]["estimate"].get<double>(), stored.estimates.estimate[7 + p]);
    }
    EXPECT_EQ(run("sweep s.toml --force").code, 0);
    EXPECT_TRUE(holds(run("sweep s.toml --out few.h5 --replicates 20"), "280 of 280 runs"));
    EXPECT_TRUE(holds(run("show few.h5"), "20 replicates"));
    const Ran five = run("sweep s.toml --out five.h5 --replicates 5");
    EXPECT_TRUE(holds(five, " (too few runs)")) << "a median of few: " << five.output;
    EXPECT_FALSE(holds(five, "0.0000 (too few runs)")) << "without an interval it is a number still: " << five.output;
    EXPECT_TRUE(holds(five, "5 replicates set the intervals; 20 would halve them. Of the variance behind them ")) << five.output;
    const Ran one = run("sweep s.toml --out one.h5 --replicates 1");
    EXPECT_TRUE(holds(one, " (no interval)")) << one.output;
    EXPECT_TRUE(holds(one, "One replicate, whose random numbers all points share: ")) << one.output;
    EXPECT_FALSE(holds(one, "inf")) << one.output;
    EXPECT_TRUE(holds(run("sweep s.toml --out x.h5 --runs 20"), "--replicates says how many"));
    EXPECT_TRUE(holds(run("sweep s.toml --out x.h5 --set 'levers.western_carrot = 0.5'"), "--set:1:8: levers.western_carrot is a factor, see s.toml:10:1"));
}

TEST_F(SweepProgram, AnOutcomeThatDoesNotParseIsShownWithACaret)
{
    changed("succession by 2026Q4", "sucession by 2026Q4");
    const Ran ran = run("sweep changed.toml");
    EXPECT_EQ(ran.code, 2);
    EXPECT_TRUE(holds(ran, "changed.toml:3:45: quantity: ")) << ran.output;
    EXPECT_TRUE(holds(ran, "or an event expected, got 'sucession'; did you mean 'succession'?\n  sucession by 2026Q4\n  ^")) << ran.output;
    changed("2026Q4\", \"median", "2036Q4\", \"median");
    EXPECT_TRUE(holds(run("sweep changed.toml"), "asks for 2036Q4, but the scenario ends in 2026Q4"));
    changed("succession by 2026Q4", "succession by 2020Q4");
    EXPECT_TRUE(holds(run("sweep changed.toml"), "asks for 2020Q4, but events are counted from start on, 2025Q1"));
}

TEST_F(SweepProgram, FailedRunsAreCountedAndPlaced)
{
    changed("name = \"carrot\"\nsets = \"levers.western_carrot\"\nrange = [0, 1]",
            "name = \"half\"\nsets = \"parameters.economic_half\"\nrange = [-0.6, 0.4]"); // the index divides by China's share plus this
    const std::string text = read_file(folder / "changed.toml");
    std::string more = text;
    write_file(folder / "changed.toml", more.replace(more.find("points = 7"), 10, "points = 64"));
    const Ran ran = run("sweep changed.toml --out f.h5");
    ASSERT_EQ(ran.code, 0) << ran.output;
    EXPECT_TRUE(holds(ran, "failed runs, left out above")) << ran.output;
    EXPECT_TRUE(holds(ran, "runs: alignment_index outside its range, 0 to 1")) << ran.output;
    EXPECT_TRUE(holds(ran, "where half <= ")) << ran.output;
    const StoredFailures failures = read_failures(folder / "f.h5");
    const std::vector<double> values = read_outcome(folder / "f.h5", 0);
    std::size_t failed = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        EXPECT_EQ(std::isnan(values[i]), failures.quarter[i] >= 0);
        failed += failures.quarter[i] >= 0 ? 1 : 0;
        if (failures.quarter[i] < 0) continue;
        const Row& row = describe().variables[static_cast<std::size_t>(failures.variable[i])];
        EXPECT_FALSE(failures.value[i] >= row.low && failures.value[i] <= row.high);
    }
    EXPECT_GT(failed, 1000u);
    EXPECT_LT(failed, values.size() * 9 / 10);
}

TEST_F(SweepProgram, StopsOncePreciseEnough)
{
    changed("replicates = 150\n", "replicates = 4000\n\n[stop]\noutcome = \"mean alignment_index at 2026\"\nhalf_width = 0.004\nof = \"difference\"\nleast = 64\n");
    const Ran ran = run("sweep changed.toml --out p.h5");
    ASSERT_EQ(ran.code, 0) << ran.output;
    const StoredSweep stored = read_sweep_result(folder / "p.h5");
    const Ran twice = run("sweep changed.toml --out p.h5");
    EXPECT_EQ(twice.output, "p.h5 holds this very result; nothing to simulate.\n" + ran.output) << "the same command again: it is there, and says how it stopped";
    std::string more = read_file(folder / "changed.toml");
    write_file(folder / "more.toml", more.replace(more.find("replicates = 4000"), 17, "replicates = 5000"));
    EXPECT_EQ(run("sweep more.toml --out p.h5").code, 2) << "more are allowed";
    EXPECT_TRUE(holds(ran, "mean over points, no deals less as it is: ")) << ran.output;
    EXPECT_TRUE(holds(ran, ", within 0.004")) << ran.output;
    EXPECT_LT(stored.head.replicates, 4000u);
    EXPECT_GE(stored.head.replicates, 64u);
    const Ran one = run("sweep changed.toml --out q.h5 --threads 1");
    EXPECT_EQ(read_sweep_result(folder / "q.h5").head.replicates, stored.head.replicates);
    EXPECT_EQ(read_outcome(folder / "q.h5", 0), read_outcome(folder / "p.h5", 0));
    const std::string plain = fmt::format("run '{}/scenarios/baseline.toml' --runs 20000 --set 'horizon = \"2026Q4\"' --out r.h5", SOURCE_DIR);
    ASSERT_EQ(run(plain + " --stop 'mean trust at 2026Q4 within 0.005'").code, 0);
    const Ran again = run(plain + " --stop 'mean trust at 2026Q4 within 0.005'");
    EXPECT_TRUE(holds(again, "r.h5 holds this very result; nothing to simulate.\n")) << again.output;
    EXPECT_TRUE(holds(again, "Stopped by precision: ") && holds(again, " runs of at most 20,000\n  mean trust at 2026Q4: ")) << again.output;
    EXPECT_TRUE(holds(run(plain + " --stop 'mean trust at 2026Q4 within 0.006'"), "another rule ('mean trust at 2026Q4 within 0.005, at most 20000 runs')"));
    const auto stopped = nlohmann::json::parse(run("show r.h5 --json").output)["stopped_by_precision"];
    EXPECT_EQ(stopped["most"], 20000);
    EXPECT_EQ(stopped["known"][0]["half_width_asked"], 0.005);
    EXPECT_LE(stopped["known"][0]["high"].get<double>() - stopped["known"][0]["low"].get<double>(), 0.01);
    const StoredResult result = read_result(folder / "r.h5");
    EXPECT_LT(result.summary.runs, 20000u);
    EXPECT_EQ(result.summary.runs % 256, 0u);
    EXPECT_EQ(run("run r.h5").code, 0) << "it repeats itself";
    const Ran short_of_it = run(fmt::format("run '{}/scenarios/baseline.toml' --runs 300 --set 'horizon = \"2026Q4\"' --out x.h5 --stop 'mean trust at 2026Q4 within 0.00001'", SOURCE_DIR));
    EXPECT_TRUE(holds(short_of_it, "NOT within 1e-05")) << short_of_it.output;
    EXPECT_EQ(run(plain + " --stop 'mean trust at 2026Q4' --force").code, 2);
    EXPECT_EQ(run(plain + " --stop 'mean trust at 2036Q4 within 0.1' --force").code, 2);
}

TEST_F(SweepProgram, OfPoliciesAloneNeedsNoFactorAndNoKindOfDesign)
{
    const std::string policies = small_sweep.substr(0, small_sweep.find("[[factor]]")) + small_sweep.substr(small_sweep.find("[[policy]]"));
    write_file(folder / "p.toml", policies.substr(0, policies.find("[design]")) + "[design]\nreplicates = 40\n");
    const Ran made = run("sweep p.toml");
    ASSERT_EQ(made.code, 0) << made.output;
    EXPECT_TRUE(holds(made, "2 policies, 1 point, 40 replicates: 80 of 80 runs finished")) << made.output;
    EXPECT_TRUE(holds(made, "40 replicates set the intervals; 160 would halve them. Monte Carlo error alone.")) << made.output;
    EXPECT_TRUE(holds(run("sweep p.toml"), "holds this very result"));
    EXPECT_TRUE(holds(run("check p.toml"), "no factors: one point"));
    for (const char* const command : {"show results/p.h5", "diff results/p.h5 results/p.h5", "compare results/p.h5 results/p.h5", "replay results/p.h5 --run 3 --samples 0",
                                      "robust results/p.h5 --of 'succession by 2026Q4' --resamples 100"}) {
        const Ran ran = run(command);
        EXPECT_EQ(ran.code, 0) << command << ran.output;
        EXPECT_FALSE(holds(ran, "nan") || holds(ran, "inf)")) << ran.output;
    }
    EXPECT_TRUE(holds(run("design p.toml"), "has no [[factor]], so there are no points"));
    write_file(folder / "q.toml", policies.substr(0, policies.find("[design]")) + "[design]\npoints = 4\nreplicates = 40\n");
    EXPECT_TRUE(holds(run("check q.toml"), "design: points: without [[factor]] there is one point"));
}

TEST_F(SweepProgram, IsCheckedWithoutBeingRun)
{
    const Ran ran = run("check s.toml");
    ASSERT_EQ(ran.code, 0) << ran.output;
    EXPECT_TRUE(holds(ran, "2 policies x 7 points x 150 replicates = 2,100 runs, 2014Q1 to 2026Q4, seed 1")) << ran.output;
    EXPECT_TRUE(holds(ran, "design: sobol, 7 points, seed 1"));
    EXPECT_TRUE(holds(ran, "levers.western_carrot               uniform(0, 1)")) << ran.output;
    EXPECT_LT(ran.output.find("no deals\n      parameters.p_deal = 0 "), ran.output.find("in all policies alike")) << ran.output;
    EXPECT_GT(ran.output.find("agents.firms = 8"), ran.output.find("in all policies alike")) << ran.output;
    EXPECT_EQ(ran.output.find("structures.dep = "), std::string::npos) << "a factor stands still nowhere";
    EXPECT_EQ(nlohmann::json::parse(run("check s.toml --json").output)["runs"], 2100);
    changed("mean alignment_index at 2026", "mean alignment_indx at 2026");
    EXPECT_EQ(run("check changed.toml").code, 2) << "outcomes are checked too";
    EXPECT_EQ(run("new --sweep mine --out mine.toml").code, 0);
    EXPECT_TRUE(holds(run("new --sweep mine --out mine.toml"), "exists; nothing was written"));
}

TEST_F(SweepProgram, DesignsNeedNoScenario)
{
    write_file(folder / "d.toml",
               "[[factor]]\nname = \"x\"\nrange = [1, 3]\n\n[[factor]]\nname = \"kind\"\nlevels = [\"a\", \"b\"]\n\n[design]\nkind = \"factorial\"\nlevels = 3\n");
    EXPECT_EQ(run("design d.toml").output, "point,x,kind,base,moved\n0,1,a,0,-1\n1,1,b,1,-1\n2,2,a,2,-1\n3,2,b,3,-1\n4,3,a,4,-1\n5,3,b,5,-1\n");
    EXPECT_EQ(run("sweep d.toml").code, 2);
    // points that were written are a table to sweep
    ASSERT_EQ(run("design s.toml --out points.csv").code, 0);
    changed("kind = \"sobol\"\npoints = 7", "kind = \"table\"\ntable = \"points.csv\"");
    ASSERT_EQ(run("sweep changed.toml --out table.h5").code, 0);
    ASSERT_EQ(run("sweep s.toml --out made.h5").code, 0);
    EXPECT_EQ(read_outcome(folder / "table.h5", 0), read_outcome(folder / "made.h5", 0));
}

TEST_F(SweepProgram, PoliciesAreRankedAndRunsReplayed)
{
    ASSERT_EQ(run("sweep s.toml --out s.h5").code, 0);
    const Ran robust = run("robust s.h5 --of 'mean alignment_index at 2026' --satisfied 'at least 0.6' --resamples 100");
    EXPECT_EQ(run("robust s.h5 --of 'mean alignment_index at 2026' --satisfied 'at most 0.6'").code, 2);
    EXPECT_EQ(robust.code, 0) << robust.output;
    for (const char* measure : {"greatest_regret", "satisficing", "maximin", "hurwicz", "laplace"}) EXPECT_TRUE(holds(robust, measure)) << robust.output;
    EXPECT_EQ(run("robust s.h5 --of 'mean alignment_index at 2027'").code, 2);
    EXPECT_TRUE(holds(run("robust s.h5 --of 'median trust at 2026Q4'"), "is a quantile over runs"));
    EXPECT_TRUE(holds(run("robust s.h5 --of 'mean alignment_index at 2026' --resamples -5"), "--resamples: a whole number from 0 to 4294967295, got '-5'"));
    EXPECT_TRUE(holds(run("sweep s.toml --replicates -1 --out n.h5"), "--replicates: a whole number from 0 to 4294967295, got '-1'"));
    EXPECT_EQ(run("robust s.h5 --of 'mean alignment_index at 2026' --satisfied 'over 0.6'").code, 2);
    const Ran replay = run("replay s.h5 --policy 'no deals' --point 5 --run 149 --samples 0");
    EXPECT_EQ(replay.code, 0) << replay.output;
    EXPECT_TRUE(holds(replay, "no deals")) << replay.output;
    EXPECT_EQ(run("replay s.h5 --policy 'no deal' --run 1").code, 2);
    EXPECT_EQ(run("replay s.h5 --point 7 --run 1").code, 2);
    EXPECT_EQ(run("replay s.h5 --run 150").code, 2);
}

// 7 points under 2 policies, 30 runs each: 420 runs in 2 pieces, of which a node each makes one.
TEST_F(SweepProgram, GetsScriptsForSlurmWithAllItsRuns)
{
    const Ran ran = run("slurm s.toml --nodes 3 --cores 4 --time 60 --rate 100 --replicates 30 --seed 5 --account physics --extra=--qos=long --json");
    ASSERT_EQ(ran.code, 0) << ran.output;
    const auto json = nlohmann::json::parse(ran.output);
    EXPECT_EQ(json["runs"], 420);
    const std::string array = read_file(folder / "results/s_slurm/array.sh");
    for (const char* const said : {"#SBATCH --array=1-2\n", "#SBATCH --account=physics\n#SBATCH --qos=long\n", " sweep ", "/s.toml --replicates=30 --seed=5 ", "/results/s.h5 "})
        EXPECT_NE(array.find(said), std::string::npos) << said << "\n" << array;
    const Ran precise = run(fmt::format("slurm '{}' --nodes 1 --time 60 --rate 100 --out precise",
                                        changed("replicates = 150", "replicates = 150\n[stop]\noutcome = \"succession by 2026Q4\"\nhalf_width = 0.05\nleast = 64\n")));
    ASSERT_EQ(precise.code, 0) << precise.output;
    EXPECT_TRUE(holds(precise, "no job array: a sweep that stops by precision looks at all its runs")) << precise.output;
    EXPECT_FALSE(std::filesystem::exists(folder / "precise/array.sh"));
    EXPECT_NE(read_file(folder / "precise/mpi.sh").find("changed.toml"), std::string::npos);
}

// A calibration's runs nobody knows before; it gets the one job on all nodes.
TEST_F(SweepProgram, ACalibrationGetsOneJob)
{
    const Ran ran = run("slurm '" SOURCE_DIR "/calibration/baseline.toml' --nodes 2 --time 60 --rate 100 --seed 9 --out c --json");
    ASSERT_EQ(ran.code, 0) << ran.output;
    EXPECT_TRUE(nlohmann::json::parse(ran.output)["runs"].is_null());
    EXPECT_FALSE(std::filesystem::exists(folder / "c/array.sh"));
    EXPECT_NE(read_file(folder / "c/mpi.sh").find("calibrate " SOURCE_DIR "/calibration/baseline.toml --seed=9 "), std::string::npos);
    for (const auto& [arguments, said] : {std::pair{"'" SOURCE_DIR "/calibration/baseline.toml' --runs 3", "--runs belongs to runs and sweeps, and this is a calibration"},
                                          {"s.toml --runs 3", "--replicates says how many runs each point and policy has"},
                                          {"s.toml --keep trajectories", "--keep: of a sweep none or outcomes"},
                                          {"s.toml --partition 'a b' --extra x", "--partition: a name of letters, digits and _"}}) {
        const Ran refused = run(fmt::format("slurm {} --nodes 1 --time 60 --out d", arguments));
        EXPECT_EQ(refused.code, 2) << arguments;
        EXPECT_TRUE(holds(refused, said)) << refused.output;
    }
}

} // namespace
} // namespace entente
