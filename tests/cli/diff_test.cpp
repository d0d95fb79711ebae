// diff and compare on result files, as their user meets them.
#include "core/quarter.hpp"
#include "core/temporary_folder.hpp"
#include "core/text.hpp"
#include "property/jobs.hpp"
#include "scenarios.hpp"
#include "store/sweep_file.hpp"
#include "write_file.hpp"
#include <cstdlib>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>

namespace entente {
namespace {

struct Ran {
    int code;
    std::string out, err;
};
class Diff : public testing::Test {
protected:
    std::string path(const std::string& name) const { return folder_ / name; }
    Ran call(const std::string& arguments) const
    {
        const std::string command = fmt::format("cd '{}' && '{}' {} >'{}' 2>'{}' </dev/null", folder_.path.string(), PROGRAM, arguments, path("out"), path("err"));
        const int status = std::system(command.c_str());
        return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(path("out")), read_file(path("err"))};
    }
    void make(const std::string& name, const std::string& arguments = "", int runs = 300) const
    {
        const Ran made = call(fmt::format("run '{}/scenarios/baseline.toml' --runs {} --set 'horizon = \"2027Q4\"' --out {} {}", SOURCE_DIR, runs, name, arguments));
        ASSERT_EQ(made.code, 0) << made.err;
    }
    TemporaryFolder folder_;
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
    const Ran itself = call("diff a.h5 a.h5"), again = call("diff a.h5 b.h5"), json = call("diff a.h5 b.h5 --json");
    EXPECT_EQ(itself.code, 0) << itself.out << itself.err;
    EXPECT_EQ(again.code, 0) << again.out << again.err;
    EXPECT_TRUE(again.out.starts_with("same:")) << again.out;
    const auto said = nlohmann::json::parse(json.out);
    EXPECT_EQ(said["verdict"], "same");
    EXPECT_GT(said["data"]["same"].size(), 20u);
    EXPECT_TRUE(said["design"].empty());
    make("summary.h5", "--keep none");
    const Ran less = call("diff a.h5 summary.h5");
    EXPECT_EQ(less.code, 0) << less.out << less.err;
    EXPECT_NE(less.out.find("only A keeps: runs/"), std::string::npos) << less.out;
}

TEST_F(Diff, OfAnotherDesignNamesTheLine)
{
    make("a.h5"), make("seed.h5", "--seed 77"), make("runs.h5", "", 200), make("set.h5", "--set 'parameters.kappa = 0.3'");
    const Ran seed = call("diff a.h5 seed.h5"), runs = call("diff a.h5 runs.h5"), set = call("diff a.h5 set.h5");
    EXPECT_EQ(seed.code, 2);
    EXPECT_NE(seed.out.find("seed"), std::string::npos) << seed.out;
    EXPECT_NE(seed.out.find("77"), std::string::npos) << seed.out;
    EXPECT_EQ(seed.out.find("scenario"), std::string::npos) << "all else is the same: " << seed.out;
    EXPECT_EQ(runs.code, 2);
    EXPECT_NE(runs.out.find("200"), std::string::npos) << runs.out;
    EXPECT_EQ(set.code, 2);
    EXPECT_NE(set.out.find("B  [parameters] kappa = 0.3"), std::string::npos) << set.out;
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
    const Ran ran = call("diff a.h5 b.h5"), json = call("diff a.h5 b.h5 --json");
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
    const Ran ran = call("diff a.h5 b.h5");
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
    for (const char* name : {"one", "two"}) ASSERT_EQ(call(fmt::format("sweep {0}.toml --out {0}.h5", name)).code, 0) << read_file(path("err"));
    const Ran itself = call("diff one.h5 one.h5"), other = call("diff one.h5 two.h5");
    EXPECT_EQ(itself.code, 0) << itself.out << itself.err;
    EXPECT_EQ(other.code, 2) << other.out;
    EXPECT_NE(other.out.find("point 1: western_carrot = 0.4"), std::string::npos) << other.out;
    EXPECT_NE(other.out.find("point 1: western_carrot = 0.5"), std::string::npos) << other.out;
    make("run.h5");
    const Ran kinds = call("diff one.h5 run.h5"), compared = call("compare one.h5 one.h5");
    EXPECT_EQ(kinds.code, 2);
    EXPECT_NE(kinds.out.find("of a sweep"), std::string::npos) << kinds.out;
    EXPECT_EQ(compared.code, 2);
    EXPECT_NE(compared.err.find("entente show"), std::string::npos) << compared.err;
}

TEST_F(Diff, OfSweepsFindsTheRunAndTheShiftOfItsPolicy)
{
    write_file(path("a.toml"), sweep_text("[0, 0.4]"));
    ASSERT_EQ(call("sweep a.toml --out a.h5").code, 0) << read_file(path("err"));
    const StoredSweep stored = read_sweep_result(path("a.h5"));
    const std::uint32_t rows = 2 * 20, changed = 7;
    SweepWriter writer(path("b.h5"), stored.head, Keep::outcomes);
    for (std::uint32_t policy = 0; policy < 2; ++policy) {
        const StoredRuns runs = read_histories(path("a.h5"), policy, 0, rows);
        StoredPiece piece;
        piece.result.outcome = runs.outcome, piece.result.first_event = runs.first_event, piece.result.failed_quarter = runs.failed_quarter;
        piece.result.failed_variable.assign(rows, -1), piece.result.failed_value.assign(rows, 0);
        for (std::size_t outcome = 0; outcome < 3; ++outcome) {
            const std::vector<double> all = read_outcome(path("a.h5"), outcome);
            piece.outcomes.insert(piece.outcomes.end(), all.begin() + policy * rows, all.begin() + (policy + 1) * rows);
        }
        if (policy == 1) piece.outcomes[changed] += 0.1, piece.result.outcome[50 * rows + changed] ^= 1;
        writer.piece({policy, 0, rows}, piece);
    }
    writer.finish(stored.estimates, read_fingerprint(path("a.h5")), 0);
    const Ran ran = call("diff a.h5 b.h5");
    EXPECT_EQ(ran.code, 1) << ran.out << ran.err;
    EXPECT_NE(ran.out.find("First other outcome, policy no deals: run 7, 2026Q3, class or orientation"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("no bit of the first 40 runs differs"), std::string::npos) << ran.out;
    const auto said = nlohmann::json::parse(call("diff a.h5 b.h5 --json").out);
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
    EXPECT_EQ(call("diff a.h5 nothing.h5").code, 2) << "1 says that numbers differ";
    EXPECT_EQ(call("diff a.h5 no.h5").code, 2);
    EXPECT_EQ(call("diff a.h5").code, 2);
    const Ran help = call("diff --help");
    EXPECT_EQ(help.code, 0);
    EXPECT_NE(help.out.find("1 same design, other numbers"), std::string::npos) << help.out;
}

TEST_F(Diff, CompareReadsResults)
{
    make("a.h5"), make("b.h5", "--set 'parameters.kappa = 0.3'"), make("seed.h5", "--seed 77"), make("none.h5", "--keep none");
    const Ran ran = call("compare a.h5 b.h5 --json"), text = call("compare a.h5 a.h5");
    ASSERT_EQ(ran.code, 0) << ran.err;
    const auto json = nlohmann::json::parse(ran.out);
    EXPECT_EQ(json["differences"].size(), 8 + describe().events.size());
    EXPECT_EQ(json["differences"][0]["quantity"], "share_rupture at 2027Q4");
    EXPECT_EQ(json["runs"], 300);
    EXPECT_TRUE(json["outcomes_part"].contains("quarter"));
    EXPECT_EQ(text.code, 0);
    EXPECT_NE(text.out.find("no quarter parts them until 2027Q4"), std::string::npos) << text.out;
    for (const char* wrong : {"compare a.h5 seed.h5", "compare a.h5 none.h5", "compare a.h5 b.h5 --quantity 'ceasefire by 2026'", "compare a.h5 x.toml"})
        EXPECT_EQ(call(wrong).code, 2) << wrong;
}

TEST_F(Diff, CompareGivesFilesTheNumbersOfScenarios)
{
    make("a.h5"), make("b.h5", "--set 'parameters.kappa = 0.3'");
    write_file(path("b.toml"), fmt::format("extends = '{}/scenarios/baseline.toml'\ntitle = \"b\"\nassumes = \"nothing\"\n[parameters]\nkappa = 0.3\n", SOURCE_DIR));
    const auto files = nlohmann::json::parse(call("compare a.h5 b.h5 --json").out);
    const Ran ran = call(fmt::format("compare '{}/scenarios/baseline.toml' b.toml --runs 300 --set 'horizon = \"2027Q4\"' --json", SOURCE_DIR));
    ASSERT_EQ(ran.code, 0) << ran.err;
    const auto scenarios = nlohmann::json::parse(ran.out);
    EXPECT_EQ(files["outcomes_part"], scenarios["outcomes_part"]);
    std::size_t found = 0;
    for (const auto& f : files["differences"])
        for (const auto& s : scenarios["differences"])
            if (f["quantity"] == s["quantity"]) {
                ++found;
                EXPECT_NEAR(f["difference"].get<double>(), s["difference"].get<double>(), 1e-12) << f;
                EXPECT_NEAR(f["standard_error"].get<double>(), s["standard_error"].get<double>(), 1e-12) << f;
            }
    EXPECT_EQ(found, files["differences"].size());
}

TEST_F(Diff, CompareRefusesQuantiles)
{
    const Ran ran = call(fmt::format("compare '{0}/scenarios/baseline.toml' '{0}/scenarios/pawn.toml' --quantity 'median trust at 2027Q1'", SOURCE_DIR));
    EXPECT_EQ(ran.code, 2);
    EXPECT_NE(ran.err.find("quantile"), std::string::npos) << ran.err;
}

} // namespace
} // namespace entente
