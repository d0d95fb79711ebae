// diff and compare on result files, as their user meets them.
#include "analysis/difference.hpp"
#include "core/quarter.hpp"
#include "program.hpp"
#include "property/jobs.hpp"
#include "scenarios.hpp"
#include "store/sweep_file.hpp"
#include "write_file.hpp"
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

namespace entente {
namespace {

class Diff : public ProgramTest {
protected:
    void make(const std::string& name, const std::string& arguments = "", int runs = 300) const
    {
        const Ran made = run(fmt::format("run '{}/scenarios/baseline.toml' --runs {} --set 'horizon = \"2027Q4\"' --out {} {}", SOURCE_DIR, runs, name, arguments));
        ASSERT_EQ(made.code, 0) << made.err;
    }
};

/// A result of 300 runs; `change` may change a block before it is written.
void write_result(const std::string& path, const std::function<void(BlockResult&, std::uint32_t first_run)>& change)
{
    const Scenario s = scenario("baseline", "runs = 300\nhorizon = \"2027Q4\"\n");
    Provenance p;
    p.scenario_name = s.name, p.scenario_resolved = resolved_toml(s), p.precision = "double", p.keep = "outcomes", p.seed = s.seed, p.runs = s.runs;
    ResultWriter writer(path, s, p, Keep::outcomes);
    const Summary summary = run_ensemble(s, {.threads = 1}, [&](const FinishedBlock& finished) {
        BlockResult changed = finished.result;
        change(changed, finished.first_run);
        writer.block({finished.first_run, finished.job, changed});
    });
    writer.finish(summary, 0, true);
}

TEST_F(Diff, OfTheSameRunsIsNothing)
{
    make("a.h5"), make("b.h5", "--threads 1");
    const Ran itself = run("diff a.h5 a.h5"), again = run("diff a.h5 b.h5"), json = run("diff a.h5 b.h5 --json");
    EXPECT_EQ(itself.code, 0) << itself.out << itself.err;
    EXPECT_EQ(again.code, 0) << again.out << again.err;
    EXPECT_TRUE(again.out.starts_with("same:")) << again.out;
    const auto said = nlohmann::json::parse(json.out);
    EXPECT_EQ(said["verdict"], "same");
    EXPECT_GT(said["data"]["same"].size(), 20u);
    EXPECT_TRUE(said["design"].empty());
    make("summary.h5", "--keep none");
    const Ran less = run("diff a.h5 summary.h5");
    EXPECT_EQ(less.code, 0) << less.out << less.err;
    EXPECT_NE(less.out.find("only A keeps: runs/"), std::string::npos) << less.out;
}

TEST_F(Diff, OfAnotherDesignNamesTheLine)
{
    make("a.h5"), make("seed.h5", "--seed 77"), make("runs.h5", "", 200), make("set.h5", "--set 'parameters.kappa = 0.3'");
    const Ran seed = run("diff a.h5 seed.h5"), runs = run("diff a.h5 runs.h5"), set = run("diff a.h5 set.h5");
    EXPECT_EQ(seed.code, 2);
    EXPECT_NE(seed.out.find("seed"), std::string::npos) << seed.out;
    EXPECT_NE(seed.out.find("77"), std::string::npos) << seed.out;
    EXPECT_EQ(seed.out.find("scenario"), std::string::npos) << "all else is the same: " << seed.out;
    EXPECT_EQ(runs.code, 2);
    EXPECT_NE(runs.out.find("200"), std::string::npos) << runs.out;
    EXPECT_EQ(set.code, 2);
    EXPECT_NE(set.out.find("  scenario\n    parameters.kappa  { log_normal = [0.3, 0.25] }  0.3\n"), std::string::npos) << set.out;
    make("peace.h5", "--set 'events.peace = \"2026Q1\"'");
    const Ran peace = run("diff a.h5 peace.h5");
    EXPECT_NE(peace.out.find("    events.peace  (not set)  \"2026Q1\"\n"), std::string::npos) << peace.out;
    make("many.h5", "--set 'parameters.kappa = 0.3' --set 'levers.western_carrot = 0.4' --set 'mute = [\"chinese_firms\"]' --set 'events.peace = \"2026Q1\"'");
    const Ran many = run("diff a.h5 many.h5"), said = run("diff a.h5 many.h5 --json");
    const auto design = nlohmann::json::parse(said.out)["design"];
    ASSERT_EQ(design.size(), 4u) << "every setting that differs: " << many.out;
    EXPECT_EQ(design[1], nlohmann::json({{"what", "scenario"}, {"setting", "levers.western_carrot"}, {"a", "0"}, {"b", "0.4"}})) << "against its default";
    EXPECT_EQ(design[3], nlohmann::json({{"what", "scenario"}, {"setting", "events.peace"}, {"a", nullptr}, {"b", "\"2026Q1\""}}));
    for (const char* setting : {"    mute ", "    levers.western_carrot  0 ", "    parameters.kappa ", "    events.peace "})
        EXPECT_NE(many.out.find(setting), std::string::npos) << many.out;
}

TEST_F(Diff, OfOtherNumbersFindsTheFirstAndTheShift)
{
    constexpr std::uint32_t run = 270; // beyond the runs that the fingerprint covers
    const int quarter = *parse_quarter("2026Q3");
    write_result(path("a.h5"), [](BlockResult&, std::uint32_t) {});
    write_result(path("b.h5"), [&](BlockResult& block, std::uint32_t first) {
        const std::size_t runs = block.failed_quarter.size();
        if (first > run || run >= first + runs) return;
        for (int q = quarter; q <= *parse_quarter("2027Q4"); ++q) { // to another class
            std::uint8_t& code = block.outcome[static_cast<std::size_t>(q) * runs + run - first];
            code = static_cast<std::uint8_t>(code ^ 1);
        }
    });
    const Ran ran = ProgramTest::run("diff a.h5 b.h5"), json = ProgramTest::run("diff a.h5 b.h5 --json");
    EXPECT_EQ(ran.code, 1) << ran.out << ran.err;
    EXPECT_NE(ran.out.find("First other outcome: run 270, 2026Q3"), std::string::npos) << ran.out;
    EXPECT_EQ(json.code, 1);
    const auto said = nlohmann::json::parse(json.out);
    EXPECT_EQ(said["verdict"], "same design, other numbers");
    EXPECT_EQ(said["data"]["other"], nlohmann::json({"runs/outcome"}));
    EXPECT_EQ(said["first_outcome"]["run"], run);
    double moved = 0;
    for (const auto& shift : said["shifts"]) {
        const double d = shift["difference"].get<double>();
        moved += std::abs(d);
        EXPECT_EQ(shift["low"].is_null(), d == 0) << "an interval has ends where some run differs";
        EXPECT_EQ(shift["high"].is_null(), d == 0);
        if (d == 0) continue;
        EXPECT_LE(shift["low"].get<double>(), d);
        EXPECT_GE(shift["high"].get<double>(), d);
    }
    EXPECT_NEAR(moved, 2.0 / 300, 1e-12) << "one run leaves a class for another at the one report date";
}

TEST_F(Diff, FindsTheVariableAndItsMechanism)
{
    const std::size_t v = variable("trust");
    const auto quarter = static_cast<std::size_t>(*parse_quarter("2026Q1"));
    write_result(path("a.h5"), [](BlockResult& block, std::uint32_t first) {
        if (first == 0) block.fingerprint.assign(56 * describe().variables.size() + 256, 1);
    });
    write_result(path("b.h5"), [&](BlockResult& block, std::uint32_t first) {
        if (first != 0) return;
        block.fingerprint.assign(56 * describe().variables.size() + 256, 1);
        block.fingerprint[quarter * describe().variables.size() + v] = 2;
        block.fingerprint[56 * describe().variables.size() + 31] = 2;
    });
    const Ran ran = run("diff a.h5 b.h5");
    EXPECT_EQ(ran.code, 1) << ran.out << ran.err;
    EXPECT_NE(ran.out.find("First other bits: 2026Q1; the lowest run that differs is 31\n  trust (mechanism trust)"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("No run has another outcome"), std::string::npos) << ran.out;
}

std::string sweep_text(const std::string& levels)
{
    return fmt::format("title = \"t\"\nassumes = \"nothing\"\noutcomes = [\"mean trust at 2027Q1\", \"ceasefire by 2027Q1\", \"median trust at 2027Q1\"]\n"
                       "[scenario]\nfile = \"{}/scenarios/baseline.toml\"\nhorizon = \"2027Q4\"\n[[policy]]\nname = \"plain\"\n[[policy]]\nname = \"no deals\"\n"
                       "parameters = {{ p_deal = 0.0 }}\n[[factor]]\nsets = \"levers.western_carrot\"\nlevels = {}\n[design]\nkind = \"factorial\"\nreplicates = 20\n",
                       SOURCE_DIR, levels);
}

TEST_F(Diff, OfSweepsTellsPoliciesAndPointsApart)
{
    write_file(path("one.toml"), sweep_text("[0, 0.4]")), write_file(path("two.toml"), sweep_text("[0, 0.5]"));
    for (const char* name : {"one", "two"}) ASSERT_EQ(run(fmt::format("sweep {0}.toml --out {0}.h5", name)).code, 0) << read_file(path("err"));
    const Ran itself = run("diff one.h5 one.h5"), other = run("diff one.h5 two.h5");
    EXPECT_EQ(itself.code, 0) << itself.out << itself.err;
    EXPECT_EQ(other.code, 2) << other.out;
    EXPECT_NE(other.out.find("  factors\n    western_carrot  levers.western_carrot, 0, 0.4  levers.western_carrot, 0, 0.5\n"), std::string::npos) << other.out;
    EXPECT_NE(other.out.find("  point 1, the first that differs\n    western_carrot  0.4 "), std::string::npos) << other.out;
    make("run.h5");
    const Ran kinds = run("diff one.h5 run.h5");
    EXPECT_EQ(kinds.code, 2);
    EXPECT_NE(kinds.out.find("of a sweep"), std::string::npos) << kinds.out;
}

/// A sweep's result again, with its last policy's runs changed.
void copy_sweep(const std::string& from, const std::string& to, const std::function<void(StoredPiece&)>& change)
{
    const StoredSweep stored = read_sweep_result(from);
    const auto rows = static_cast<std::uint32_t>(stored.head.points * stored.head.replicates), policies = static_cast<std::uint32_t>(stored.head.policies.size());
    SweepWriter writer(to, stored.head, Keep::outcomes);
    for (std::uint32_t policy = 0; policy < policies; ++policy) {
        const StoredRuns runs = read_histories(from, policy, 0, rows);
        StoredPiece piece;
        piece.result.outcome = runs.outcome, piece.result.first_event = runs.first_event, piece.result.failed_quarter = runs.failed_quarter;
        piece.result.failed_variable.assign(rows, -1), piece.result.failed_value.assign(rows, 0);
        for (std::size_t outcome = 0; outcome < stored.head.outcomes.size(); ++outcome) {
            const std::vector<double> all = read_outcome(from, outcome);
            piece.outcomes.insert(piece.outcomes.end(), all.begin() + policy * rows, all.begin() + (policy + 1) * rows);
        }
        if (policy + 1 == policies) change(piece);
        writer.piece({policy, 0, rows}, piece);
    }
    writer.finish(stored.estimates, read_fingerprint(from), 0);
}

TEST_F(Diff, OfSweepsFindsTheRunAndTheShiftOfItsPolicy)
{
    write_file(path("a.toml"), sweep_text("[0, 0.4]"));
    ASSERT_EQ(run("sweep a.toml --out a.h5").code, 0) << read_file(path("err"));
    constexpr std::uint32_t rows = 2 * 20, changed = 7;
    copy_sweep(path("a.h5"), path("b.h5"), [](StoredPiece& piece) { piece.outcomes[changed] += 0.1, piece.result.outcome[50 * rows + changed] ^= 1; });
    const Ran ran = run("diff a.h5 b.h5");
    EXPECT_EQ(ran.code, 1) << ran.out << ran.err;
    EXPECT_NE(ran.out.find("First other outcome, policy no deals: run 3 of point 1, 2026Q3, class or orientation"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("no bit of the first 40 runs differs"), std::string::npos) << ran.out;
    const auto said = nlohmann::json::parse(run("diff a.h5 b.h5 --json").out);
    ASSERT_EQ(said["shifts"].size(), 6u);
    for (const auto& shift : said["shifts"]) {
        if (shift["quantity"] == "median trust at 2027Q1") EXPECT_TRUE(shift["difference"].is_null());
        else EXPECT_NEAR(shift["difference"].get<double>(), shift["quantity"] == "mean trust at 2027Q1" && shift["policy"] == "no deals" ? 0.1 / rows : 0, 1e-12) << shift;
    }
}

TEST_F(Diff, FailsApartFromOtherNumbers)
{
    make("a.h5");
    write_file(path("no.h5"), "not HDF5");
    EXPECT_EQ(run("diff a.h5 nothing.h5").code, 2) << "1 says that numbers differ";
    EXPECT_EQ(run("diff a.h5 no.h5").code, 2);
    EXPECT_EQ(run("diff a.h5").code, 2);
    const Ran help = run("diff --help");
    EXPECT_EQ(help.code, 0);
    EXPECT_NE(help.out.find("1 same design, other numbers"), std::string::npos) << help.out;
}

TEST_F(Diff, CompareReadsResults)
{
    make("a.h5"), make("b.h5", "--set 'parameters.kappa = 0.3'"), make("seed.h5", "--seed 77"), make("none.h5", "--keep none");
    const Ran ran = run("compare a.h5 b.h5 --json"), text = run("compare a.h5 a.h5");
    ASSERT_EQ(ran.code, 0) << ran.err;
    const auto json = nlohmann::json::parse(ran.out);
    EXPECT_EQ(json["differences"].size(), 8 + describe().events.size());
    EXPECT_EQ(json["differences"][0]["quantity"], "share_alliance at 2027Q4");
    EXPECT_EQ(json["runs"], 300);
    EXPECT_TRUE(json["outcomes_part"].contains("quarter"));
    EXPECT_EQ(text.code, 0);
    EXPECT_NE(text.out.find("no quarter up to 2027Q4 parts them"), std::string::npos) << text.out;
    EXPECT_TRUE(text.out.starts_with("A      a.h5\nB      a.h5\nB - A  paired on common random numbers: 300 pairs of runs\n")) << text.out;
    EXPECT_NE(text.out.find(" +0.0000  always the same\n"), std::string::npos) << text.out;
    for (const char* wrong : {"compare a.h5 seed.h5", "compare a.h5 none.h5", "compare a.h5 b.h5 --runs 100", "compare a.h5 x.toml"}) EXPECT_EQ(run(wrong).code, 2) << wrong;
}

TEST_F(Diff, CompareGivesFilesTheNumbersOfScenarios)
{
    make("a.h5"), make("b.h5", "--set 'parameters.kappa = 0.3'");
    write_file(path("b.toml"), fmt::format("extends = '{}/scenarios/baseline.toml'\ntitle = \"b\"\nassumes = \"nothing\"\n[parameters]\nkappa = 0.3\n", SOURCE_DIR));
    const auto files = nlohmann::json::parse(run("compare a.h5 b.h5 --json").out);
    const Ran ran = run(fmt::format("compare '{}/scenarios/baseline.toml' b.toml --runs 300 --set 'horizon = \"2027Q4\"' --json", SOURCE_DIR));
    ASSERT_EQ(ran.code, 0) << ran.err;
    const auto scenarios = nlohmann::json::parse(ran.out);
    EXPECT_EQ(files["outcomes_part"], scenarios["outcomes_part"]);
    std::size_t found = 0;
    for (const auto& f : files["differences"])
        for (const auto& s : scenarios["differences"])
            if (f["quantity"] == s["quantity"]) {
                ++found;
                EXPECT_NEAR(f["difference"].get<double>(), s["difference"].get<double>(), 1e-12) << f;
                ASSERT_EQ(f["standard_error"].is_null(), s["standard_error"].is_null()) << f;
                EXPECT_EQ(f["standard_error"].is_null(), f["difference"] == 0.0) << "no pair differs: " << f;
                if (f["standard_error"].is_null()) continue;
                EXPECT_NEAR(f["standard_error"].get<double>(), s["standard_error"].get<double>(), 1e-12) << f;
            }
    EXPECT_EQ(found, files["differences"].size());
}

/// A standard error is null where no pair differs.
double number_or_0(const nlohmann::json& number) { return number.is_null() ? 0 : number.get<double>(); }

TEST_F(Diff, CompareTakesQuantitiesOfWhatResultsKeep)
{
    make("a.h5"), make("b.h5", "--set 'parameters.kappa = 0.3'");
    const std::string asked =
        "--quantity 'share_alignment at 2027Q4' --quantity 'ceasefire by 2026Q2' --quantity 'mean share_vassal from 2026 to 2027' --quantity 'first ceasefire by 2027'";
    write_file(path("b.toml"), fmt::format("extends = '{}/scenarios/baseline.toml'\ntitle = \"b\"\nassumes = \"nothing\"\n[parameters]\nkappa = 0.3\n", SOURCE_DIR));
    const Ran files = run("compare a.h5 b.h5 --json " + asked);
    const Ran scenarios = run(fmt::format("compare '{}/scenarios/baseline.toml' b.toml --runs 300 --set 'horizon = \"2027Q4\"' --json {}", SOURCE_DIR, asked));
    ASSERT_EQ(files.code, 0) << files.err;
    ASSERT_EQ(scenarios.code, 0) << scenarios.err;
    const auto of_files = nlohmann::json::parse(files.out)["differences"], of_scenarios = nlohmann::json::parse(scenarios.out)["differences"];
    ASSERT_EQ(of_files.size(), 4u);
    for (std::size_t i = 0; i < of_files.size(); ++i) {
        EXPECT_EQ(of_files[i]["quantity"], of_scenarios[i]["quantity"]);
        for (const char* number : {"a", "b", "difference", "standard_error", "unpaired_standard_error"})
            EXPECT_NEAR(number_or_0(of_files[i][number]), number_or_0(of_scenarios[i][number]), 1e-10) << of_files[i] << number;
    }
    EXPECT_GT(of_files[3]["a"].get<double>(), 40) << "quarters since 2014Q1";
    const Ran trust = run("compare a.h5 b.h5 --quantity 'mean trust at 2027Q1'"), late = run("compare a.h5 b.h5 --quantity 'ceasefire by 2030'");
    EXPECT_EQ(trust.code, 2);
    EXPECT_NE(trust.err.find("not variables; comparing the two scenarios does it"), std::string::npos) << trust.err;
    EXPECT_EQ(late.code, 2);
    EXPECT_NE(late.err.find("asks for 2030Q1, but the scenario ends in 2027Q4"), std::string::npos) << late.err;
}

/// Of one policy by replicate: means over two points of the runs that are not NaN in either.
std::array<std::vector<double>, 2> replicate_means(const std::vector<double>& a, const std::vector<double>& b)
{
    std::array<std::vector<double>, 2> means;
    for (std::size_t first = 0; first < a.size(); first += 2) {
        double of_a = 0, of_b = 0, n = 0;
        for (const std::size_t i : {first, first + 1})
            if (!std::isnan(a[i] + b[i])) of_a += a[i], of_b += b[i], ++n;
        means[0].push_back(of_a / n), means[1].push_back(of_b / n);
    }
    return means;
}

TEST_F(Diff, CompareOfSweepsIsByReplicateAndPolicy)
{
    write_file(path("s.toml"), sweep_text("[0, 0.4]"));
    std::string other = sweep_text("[0, 0.4]");
    const std::string plain_first = "name = \"plain\"\n[[policy]]\nname = \"no deals\"\nparameters = { p_deal = 0.0 }\n";
    other.replace(other.find(plain_first), plain_first.size(), "name = \"no deals\"\nparameters = { p_deal = 0.0 }\n[[policy]]\nname = \"alone\"\n");
    write_file(path("t.toml"), other.replace(other.find("\"ceasefire by 2027Q1\", "), 23, ""));
    for (const char* sweep : {"s.toml --out a.h5", "s.toml --replicates 30 --set 'parameters.kappa = 0.3' --out b.h5", "t.toml --set 'parameters.kappa = 0.3' --out c.h5"})
        ASSERT_EQ(run(fmt::format("sweep {}", sweep)).code, 0) << read_file(path("err"));
    const Ran ran = run("compare a.h5 b.h5 --json");
    ASSERT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.err, "Replicates: 20 in a.h5, 30 in b.h5; compared are the first 20.\n");
    const auto said = nlohmann::json::parse(ran.out);
    EXPECT_EQ(said["replicates"], 20);
    EXPECT_EQ(said["left_out"], 0);
    ASSERT_EQ(said["differences"].size(), 3u * 2);
    for (std::size_t outcome : {0, 1})
        for (std::size_t policy : {0, 1}) {
            const std::vector<double> in_a = read_outcome(path("a.h5"), outcome), in_b = StoredOutcome(path("b.h5"), outcome).read(0, 20);
            const auto of = [&](const std::vector<double>& all) { return std::vector<double>(&all[policy * 40], &all[policy * 40] + 40); };
            const auto [a, b] = replicate_means(of(in_a), of(in_b));
            const PairedDifference expected = paired_difference(a, b);
            const auto& d = said["differences"][outcome * 2 + policy];
            EXPECT_EQ(d["policy"], policy == 0 ? "plain" : "no deals");
            EXPECT_EQ(d["pairs"], 20);
            EXPECT_NEAR(d["a"].get<double>(), expected.mean_a, 1e-12) << d;
            EXPECT_NEAR(d["difference"].get<double>(), expected.difference, 1e-12) << d;
            EXPECT_EQ(d["standard_error"].is_null(), expected.standard_error == 0) << d;
            EXPECT_NEAR(number_or_0(d["standard_error"]), expected.standard_error, 1e-12) << d;
            EXPECT_NEAR(d["unpaired_standard_error"].get<double>(), expected.unpaired_error, 1e-12) << d;
        }
    EXPECT_TRUE(said["differences"][4]["a"].is_number()) << "the median";
    EXPECT_TRUE(said["differences"][4]["difference"].is_null());
    EXPECT_EQ(said["outcomes_part"][1]["policy"], "no deals");
    EXPECT_EQ(said["outcomes_part"][1]["text"], "20 pairs are too few to say, it takes 22");
    const Ran part = run("compare a.h5 c.h5"), only = run("compare a.h5 c.h5 --json");
    EXPECT_NE(part.err.find("Only a.h5 has the policy 'plain'.\nOnly c.h5 has the policy 'alone'.\nOnly a.h5 has the outcome 'ceasefire by 2027Q1'.\n"), std::string::npos) << part.err;
    auto matched = nlohmann::json::parse(only.out)["differences"];
    ASSERT_EQ(matched.size(), 2u);
    EXPECT_EQ(matched[0], said["differences"][1]) << "the same 20 replicates of the same policy";
    EXPECT_EQ(matched[1], said["differences"][5]);
    EXPECT_NE(part.out.find("mean trust at 2027Q1\n  no deals "), std::string::npos) << part.out;
}

TEST_F(Diff, CompareOfSweepsLeavesOutPairsWithAFailedRun)
{
    write_file(path("a.toml"), sweep_text("[0, 0.4]"));
    ASSERT_EQ(run("sweep a.toml --replicates 60 --out a.h5").code, 0) << read_file(path("err"));
    constexpr std::uint32_t rows = 2 * 60, failed = 7;
    copy_sweep(path("a.h5"), path("b.h5"), [](StoredPiece& piece) {
        for (std::size_t outcome = 0; outcome < 3; ++outcome) piece.outcomes[outcome * rows + failed] = std::numeric_limits<double>::quiet_NaN();
        piece.result.failed_quarter[failed] = 48;
        for (std::uint32_t run = 0; run < rows; ++run) piece.result.outcome[50 * rows + run] = 0; // all to rupture in 2026Q3
    });
    const Ran text = run("compare a.h5 b.h5");
    EXPECT_NE(text.out.find("Pairs left out because a run failed or is not made: 1; what is printed rests on 60 replicates."), std::string::npos) << text.out;
    const auto said = nlohmann::json::parse(run("compare a.h5 b.h5 --json").out);
    EXPECT_EQ(said["left_out"], 1);
    for (const auto& d : said["differences"]) {
        if (d["quantity"] == "median trust at 2027Q1") EXPECT_EQ(d["a"], d["b"]) << d;
        else EXPECT_EQ(d["difference"], 0.0) << "a run that failed in B counts in A no more than there: " << d;
    }
    EXPECT_TRUE(said["outcomes_part"][0]["quarter"].is_null());
    EXPECT_EQ(said["outcomes_part"][1]["quarter"], "2026Q3");
    EXPECT_EQ(said["outcomes_part"][1]["policy"], "no deals");
}

TEST_F(Diff, CompareOfSweepsSaysWhatTheyDoNotShare)
{
    const std::string one = sweep_text("[0, 0.4]");
    const auto changed = [&](const std::string& from, const std::string& to) {
        std::string text = one;
        return text.replace(text.find(from), from.size(), to);
    };
    write_file(path("one.toml"), one), write_file(path("points.toml"), sweep_text("[0, 0.5]")), write_file(path("more.toml"), sweep_text("[0, 0.4, 1]"));
    write_file(path("factor.toml"), changed("sets = \"levers.western_carrot\"", "name = \"carrot\"\nsets = \"levers.western_carrot\""));
    write_file(path("outcome.toml"), changed("\"mean trust at 2027Q1\", \"ceasefire by 2027Q1\", \"median trust at 2027Q1\"", "\"rupture by 2027Q1\""));
    std::string policies = changed("\"plain\"", "\"x\"");
    write_file(path("policy.toml"), policies.replace(policies.find("\"no deals\""), 10, "\"y\""));
    for (const char* name : {"one", "points", "more", "factor", "outcome", "policy"})
        ASSERT_EQ(run(fmt::format("sweep {0}.toml --keep none --replicates 2 --out {0}.h5", name)).code, 0) << read_file(path("err"));
    ASSERT_EQ(run("sweep one.toml --replicates 2 --seed 9 --out seed.h5").code, 0);
    make("run.h5", "", 10);
    const std::pair<const char*, const char*> refused[] = {
        {"seed.h5", "pairs need the same seed; one.h5 has "},
        {"points.h5", "pairs need the same points; one.h5 has western_carrot = 0.4 at point 1, points.h5 has western_carrot = 0.5 at point 1: sweep both with the same"},
        {"more.h5", "pairs need the same points; one.h5 has 2, more.h5 has 3: sweep both"},
        {"factor.h5", "pairs need the same factors; one.h5 has western_carrot (number), factor.h5 has carrot (number)"},
        {"outcome.h5", "no outcome of one name in both"},
        {"policy.h5", "no policy of one name in both, and only those are compared; one.h5 has 'plain', 'no deals', policy.h5 has 'x', 'y'"},
        {"run.h5", "two results of runs or two of sweeps; run.h5 is of a run, one.h5 of a sweep"}};
    for (const auto& [file, message] : refused) {
        const Ran ran = run(fmt::format("compare one.h5 {}", file));
        EXPECT_EQ(ran.code, 2) << file;
        EXPECT_NE(ran.err.find(message), std::string::npos) << ran.err;
    }
    const Ran chosen = run("compare one.h5 one.h5 --quantity 'ceasefire by 2027Q1' --json"), misspelt = run("compare one.h5 one.h5 --quantity 'ceasefire by 2027'");
    EXPECT_EQ(nlohmann::json::parse(chosen.out)["differences"].size(), 2u);
    EXPECT_EQ(misspelt.code, 2);
    EXPECT_NE(misspelt.err.find("did you mean 'ceasefire by 2027Q1'?"), std::string::npos) << misspelt.err;
    const Ran none = run("compare one.h5 one.h5");
    EXPECT_EQ(none.code, 0) << none.err;
    EXPECT_NE(none.out.find("not known: a file keeps no single runs"), std::string::npos) << none.out;
}

TEST_F(Diff, CompareSaysWhatItsOptionsAreFor)
{
    const Ran help = run("compare --help");
    const std::size_t scenarios = help.out.find("For scenarios alone"), quantity = help.out.find("--quantity"), seed = help.out.find("--seed");
    EXPECT_TRUE(quantity < scenarios && scenarios < seed && seed != std::string::npos) << help.out;
}

TEST_F(Diff, CompareRefusesQuantiles)
{
    const Ran ran = run(fmt::format("compare '{0}/scenarios/baseline.toml' '{0}/scenarios/pawn.toml' --quantity 'median trust at 2027Q1'", SOURCE_DIR));
    EXPECT_EQ(ran.code, 2);
    EXPECT_NE(ran.err.find("quantile"), std::string::npos) << ran.err;
}

} // namespace
} // namespace entente
