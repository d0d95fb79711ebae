// compare on result files, as its user meets it.
#include "analysis/sample.hpp"
#include "held_results.hpp"
#include "scenarios.hpp"
#include "write_file.hpp"
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

namespace entente {
namespace {

using Compare = HeldResults;

TEST_F(Compare, ReadsResults)
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

TEST_F(Compare, GivesFilesTheNumbersOfScenarios)
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

TEST_F(Compare, TakesQuantitiesOfWhatResultsKeep)
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

TEST_F(Compare, OfSweepsIsByReplicateAndPolicy)
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

TEST_F(Compare, OfSweepsLeavesOutPairsWithAFailedRun)
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

TEST_F(Compare, OfSweepsSaysWhatTheyDoNotShare)
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

TEST_F(Compare, SaysWhatItsOptionsAreFor)
{
    const Ran help = run("compare --help");
    const std::size_t scenarios = help.out.find("For scenarios alone"), quantity = help.out.find("--quantity"), seed = help.out.find("--seed");
    EXPECT_TRUE(quantity < scenarios && scenarios < seed && seed != std::string::npos) << help.out;
}

TEST_F(Compare, RefusesQuantiles)
{
    const Ran ran = run(fmt::format("compare '{0}/scenarios/baseline.toml' '{0}/scenarios/pawn.toml' --quantity 'median trust at 2027Q1'", SOURCE_DIR));
    EXPECT_EQ(ran.code, 2);
    EXPECT_NE(ran.err.find("quantile"), std::string::npos) << ran.err;
}

} // namespace
} // namespace entente
