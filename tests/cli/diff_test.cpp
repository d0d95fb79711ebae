// diff on result files, as its user meets it.
#include "analysis/difference.hpp"
#include "core/quarter.hpp"
#include "held_results.hpp"
#include "property/jobs.hpp"
#include "scenarios.hpp"
#include "store/sweep_file.hpp"
#include "write_file.hpp"
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

namespace entente {
namespace {

using Diff = HeldResults;

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
    ASSERT_EQ(design.size(), 5u) << "every setting that differs, and that kappa is not drawn from the posterior any more: " << many.out;
    EXPECT_EQ(design[1], nlohmann::json({{"what", "scenario"}, {"setting", "levers.western_carrot"}, {"a", "0"}, {"b", "0.4"}})) << "against its default";
    EXPECT_EQ(design[4], nlohmann::json({{"what", "scenario"}, {"setting", "events.peace"}, {"a", nullptr}, {"b", "\"2026Q1\""}}));
    for (const char* setting : {"    mute ", "    levers.western_carrot  0 ", "    parameters.kappa ", "    posterior.kappa", "    events.peace "})
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

} // namespace
} // namespace entente
