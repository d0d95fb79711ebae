// The program as its user meets it: exit codes, what goes where, what a second call does.
#include "interrupted.hpp"
#include "experiment/provenance.hpp"
#include "program.hpp"
#include "report/lines.hpp"
#include "store/store.hpp"
#include "sweeps.hpp"
#include "write_file.hpp"
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

namespace entente {
namespace {

class Program : public ProgramTest {
protected:
    void write(const std::string& name, const std::string& text) const { write_file(path(name), text); }
    static std::string scenario(const std::string& name) { return fmt::format("'{}/scenarios/{}.toml'", SOURCE_DIR, name); }
};

TEST_F(Program, SaysWhatItCanDo)
{
    EXPECT_EQ(run("").code, 2);
    const Ran help = run("--help");
    EXPECT_EQ(help.code, 0);
    for (const char* command : {"run",      "sweep",     "design", "robust",     "merge",   "show", "plot",     "replay", "rates", "calibrate", "sbc",  "backtest",
                                "contrast", "signposts", "claims", "assimilate", "compare", "diff", "diagnose", "check",  "new",   "describe",  "bench"}) {
        EXPECT_NE(help.out.find(command), std::string::npos);
        EXPECT_EQ(run(fmt::format("{} --help", command)).code, 0) << command;
    }
    EXPECT_NE(run("--version").out.find("futures at a time"), std::string::npos);
}

TEST_F(Program, NamesTheNearestCommandAndOption)
{
    const Ran command = run("rnu x.toml");
    EXPECT_EQ(command.code, 2);
    EXPECT_NE(command.err.find("did you mean 'run'"), std::string::npos) << command.err;
    const Ran option = run("run --threds 2 x.toml");
    EXPECT_EQ(option.code, 2);
    EXPECT_NE(option.err.find("did you mean '--threads'"), std::string::npos) << option.err;
    EXPECT_EQ(run("run --thread 2 x.toml").code, 2) << "prefixes are not guessed";
    EXPECT_EQ(run("run --isa v9 " + scenario("core")).code, 2);
    EXPECT_EQ(run("run --precision half " + scenario("core")).code, 2);
    EXPECT_EQ(run("run --keep all " + scenario("core")).code, 2);
    EXPECT_EQ(run("run").code, 2);
    EXPECT_NE(run("run --threads -1 " + scenario("core")).err.find("--threads: a whole number from 0 to 4294967295, got '-1'"), std::string::npos);
    write("expect.toml", "title = \"t\"\nassumes = \"x\"\n[[expect]]\nquantity = \"mean trst at 2045Q1\"\nsign = \"+\"\n");
    EXPECT_NE(run("check expect.toml").err.find("expect.toml:4:12: "), std::string::npos) << run("check expect.toml").err;
    write("expect.toml", "title = \"t\"\nassumes = \"x\"\n[[expect]]\nquantity = \"rupture by 2027Q1\"\nmost = 50\n");
    EXPECT_EQ(run("check expect.toml").err, "expect.toml:5:8: expect: 'rupture by 2027Q1': a share from 0 to 1, got 50; 0.5 is 50 %\n");
    write("text.h5", "no result");
    for (const char* unreadable : {"show nothing.h5", "show text.h5", "run nothing.h5", "robust text.h5", "compare text.h5 text.h5", "diff text.h5 text.h5",
                                   "replay text.h5 --run 0", "merge nothing.parts --out m.h5"}) {
        const Ran ran = run(unreadable);
        EXPECT_EQ(ran.code, 2) << unreadable;
        EXPECT_EQ(ran.err.substr(0, ran.err.find(':')), "entente " + std::string(unreadable).substr(0, std::string(unreadable).find(' '))) << ran.err;
    }
}

TEST_F(Program, ASecondIdenticalCallAnswersFromTheFile)
{
    const std::string call = "run " + scenario("baseline") + " --runs 300 --set 'horizon = \"2027Q4\"'";
    const Ran first = run(call);
    ASSERT_EQ(first.code, 0) << first.err;
    EXPECT_NE(first.out.find("Most likely in 2027Q4"), std::string::npos) << first.out;
    EXPECT_TRUE(std::filesystem::exists(path("results/baseline.h5")));
    EXPECT_EQ(first.err, "") << "silent in a pipe";
    const Ran second = run(call);
    EXPECT_EQ(second.code, 0);
    EXPECT_EQ(second.out, first.out);
    EXPECT_NE(second.err.find("nothing to simulate"), std::string::npos);
    const Ran shown = run("show results/baseline.h5");
    EXPECT_EQ(shown.out, first.out);
    const Ran other = run(call + " --seed 2");
    EXPECT_EQ(other.code, 2);
    EXPECT_NE(other.err.find("--force"), std::string::npos) << other.err;
    EXPECT_EQ(run(call + " --seed 2 --force").code, 0);
    EXPECT_EQ(run(call + " --out other.h5").code, 0);
}

TEST_F(Program, AFileRepeatsItselfToTheBit)
{
    for (const char* precision : {"double", "single"}) {
        const std::vector<Kernel> built = kernels(precision);
        if (built.empty()) continue; // a build without that precision
        const Ran first = run(fmt::format("run {} --runs 300 --precision {} --force --set 'horizon = \"2027Q4\"'", scenario("baseline"), precision));
        ASSERT_EQ(first.code, 0) << first.err;
        const Ran again = run(fmt::format("run results/baseline.h5 --threads 1 --isa {}", built.front().isa));
        EXPECT_EQ(again.code, 0) << again.out << again.err;
        EXPECT_NE(again.out.find("identical"), std::string::npos);
    }
}

TEST_F(Program, JsonIsDataAndOnlyData)
{
    const Ran ran = run("run " + scenario("history") + " --runs 200 --json");
    ASSERT_EQ(ran.code, 0) << ran.err;
    const auto json = nlohmann::json::parse(ran.out);
    EXPECT_EQ(json["runs"], 200);
    EXPECT_EQ(json["patterns"].size() > 40, true);
    double sum = 0;
    for (const auto& [name, share] : json["dates"]["2024Q4"]["classes"].items()) sum += share["share"].get<double>();
    EXPECT_NEAR(sum, 1, 1e-12);
    EXPECT_EQ(nlohmann::json::parse(run("check --json " + scenario("baseline")).out)["runs"], 10000);
    EXPECT_EQ(run("check " + scenario("baseline") + " --set ''").err, "--set: sets nothing, got ''\n");
    EXPECT_EQ(nlohmann::json::parse(run("describe claims --json").out)["claims"].size(), 161u);
    EXPECT_TRUE(nlohmann::json::parse(run("describe model --json --block parameters").out).contains("parameters"));
    const Ran mistyped = run("describe model --block paramters");
    EXPECT_EQ(mistyped.code, 2);
    EXPECT_NE(mistyped.err.find("structures, "), std::string::npos) << mistyped.err;
    EXPECT_NE(mistyped.err.find("got 'paramters'; did you mean 'parameters'?"), std::string::npos) << mistyped.err;
    const Ran compared = run(fmt::format("compare {} {} --runs 200 --json --quantity 'mean trust at 2027Q1'", scenario("baseline"), scenario("pawn")));
    EXPECT_EQ(nlohmann::json::parse(compared.out)["differences"].size(), 1u) << compared.err;
}

TEST_F(Program, ABenchmarkCountsWhatAgentsCost)
{
    write("few.toml", fmt::format("extends = '{}/scenarios/baseline.toml'\ntitle = \"few\"\nassumes = \"nothing\"\nagents = {{ firms = 6, banks = 3, elites = 8 }}\n", SOURCE_DIR));
    const Ran all = run("bench --runs 32 --rounds 1 --json --scenario " + scenario("baseline")), few = run("bench --runs 32 --rounds 1 --json --scenario few.toml");
    ASSERT_EQ(all.code, 0) << all.err;
    ASSERT_EQ(few.code, 0) << few.err;
    EXPECT_EQ(all.err, "");
    const auto a = nlohmann::json::parse(all.out), b = nlohmann::json::parse(few.out);
    // 42 firms less, with half a draw and two exponentials each; 9 banks with one exponential; 32 members with two
    EXPECT_NEAR(a["floor"]["draws"].get<double>() - b["floor"]["draws"].get<double>(), (42 + 9 + 32) / 2., 2);
    EXPECT_NEAR(a["floor"]["exps"].get<double>() - b["floor"]["exps"].get<double>(), 2 * 42 + 9 + 2 * 32, 3);
    EXPECT_EQ(b["agents"], 17);
    double sum = 0;
    for (const auto& part : a["parts"]) sum += part["share"].get<double>();
    EXPECT_NEAR(sum, 1, 1e-9);
    for (const auto& kernel : a["model_alone"]) EXPECT_GT(kernel["futures_per_s"].get<double>(), 0) << kernel;
    EXPECT_EQ(run("bench --runs 8").code, 2);
    EXPECT_EQ(run("bench --rounds 0").code, 2);
    for (const char* const arguments :
         {"--hand-out", "--hand-out --schedule", "--workers 10", "--schedule --workers 10,0", "--schedule --runs 100", "--schedule --rate 0", "--schedule --days nan"}) {
        const Ran refused = run(std::string("bench ") + arguments);
        EXPECT_EQ(refused.code, 2) << arguments << ": " << refused.err;
    }
    EXPECT_NE(run("bench --hand-out").err.find("mpirun -n 2 ./entente --mpi bench --hand-out"), std::string::npos);
}

TEST_F(Program, AScenarioAgainstItselfDiffersByExactlyNothing)
{
    const Ran ran = run(fmt::format("compare {0} {0} --runs 100 --json --quantity 'mean trust at 2027Q1' --quantity 'ceasefire by 2027Q1'", scenario("baseline")));
    ASSERT_EQ(ran.code, 0) << ran.err;
    const auto json = nlohmann::json::parse(ran.out);
    for (const auto& d : json["differences"]) EXPECT_EQ(d["difference"], 0.0);
    const Ran wrong = run(fmt::format("compare {0} {0} --quantity 'mean trst at 2027Q1'", scenario("baseline")));
    EXPECT_EQ(wrong.code, 2);
    EXPECT_NE(wrong.err.find("did you mean 'trust'"), std::string::npos) << wrong.err;
}

TEST_F(Program, EveryMistakeOfAFileIsPrintedWithItsPlace)
{
    write("bad.toml", "title = 1\nassumes = \"x\"\nruns = 0\n[parameters]\nkapa = 0.3\n[levers]\nwestern_carrot = 2\n");
    const Ran ran = run("check bad.toml");
    EXPECT_EQ(ran.code, 2);
    EXPECT_EQ(ran.out, "");
    for (const char* wanted : {"bad.toml:1:", "bad.toml:3:", "bad.toml:5:1", "did you mean 'kappa'", "bad.toml:7:"})
        EXPECT_NE(ran.err.find(wanted), std::string::npos) << wanted << "\n" << ran.err;
}

TEST_F(Program, CheckShowsWhatTheFileSetsAndCountsTheRest)
{
    write("few.toml", fmt::format("extends = '{}/scenarios/baseline.toml'\ntitle = \"few\"\nassumes = \"nothing\"\ndraw = \"priors\"\nparameters.kappa = 0.25\n", SOURCE_DIR));
    const std::string few = run("check few.toml").out, all = run("check --all few.toml").out;
    EXPECT_NE(few.find("\n[parameters]\nkappa = 0.25 "), std::string::npos) << few;
    EXPECT_EQ(few.find("# default"), std::string::npos);
    const std::size_t defaults = static_cast<std::size_t>(std::ranges::count(all, '\n')) - static_cast<std::size_t>(std::ranges::count(few, '\n'));
    EXPECT_GT(defaults, 400u);
    EXPECT_NE(few.find("settings stand at their defaults: `entente check few.toml --all` prints them"), std::string::npos);
    EXPECT_LT(all.find("\nkappa = 0.25 "), all.find("\np_host = "));
    const auto come_to = [](const std::string& text) { return without_origins(resolved_toml(parse_scenario(text, "few.toml"))); };
    EXPECT_EQ(come_to(few), come_to(all)) << "both read as the same scenario";
    const std::string drawn = run("check few.toml --set 'draw = \"posterior\"'").out;
    EXPECT_NE(drawn.find("\nlam = posterior("), std::string::npos) << "not a thousand draws: " << drawn;
    EXPECT_EQ(drawn.find("\nkappa = posterior("), std::string::npos) << "what the file sets stands above them";
}

TEST_F(Program, DescribeTellsAllOfOneThing)
{
    const Ran lever = run("describe western_carrot"), label = run("describe 'dependence of Russia on China'"), two = run("describe succession --json"), claim = run("describe c99");
    for (const char* wanted : {"western_carrot: lever\n", "offer of integration", "united_states", "engine/model/ODD.md, 4.", "C99 ", "entente test -R ", "[levers] western_carrot"})
        EXPECT_NE(lever.out.find(wanted), std::string::npos) << wanted << "\n" << lever.out;
    EXPECT_TRUE(label.out.starts_with("dependence_index: derived quantity\n")) << label.out;
    std::vector<std::string> kinds;
    const auto both = nlohmann::json::parse(two.out);
    for (const auto& thing : both["things"]) kinds.push_back(thing["kind"]);
    EXPECT_EQ(kinds, (std::vector<std::string>{"event", "structure"}));
    EXPECT_TRUE(claim.out.starts_with("C99: claim\n")) << claim.out;
    const Ran unknown = run("describe western_carot");
    EXPECT_EQ(unknown.code, 2);
    EXPECT_EQ(unknown.err, "entente describe: model, claims, drivers, base_rates, or the name of something in the model, got 'western_carot'; did you mean 'western_carrot'?\n");
}

TEST_F(Program, RatesStandBesideThoseOfTheWorld)
{
    EXPECT_EQ(run("run " + scenario("baseline") + " --runs 300 --set 'horizon = \"2036Q4\"' -o a.h5").code, 0);
    const Ran table = run("rates a.h5"), again = run(fmt::format("rates a.h5 --threads 1 --isa {}", kernels("double").front().isa));
    EXPECT_TRUE(table.out.starts_with("300 futures of 'baseline', 2025Q1 to 2036Q4\n")) << table.out << table.err;
    EXPECT_EQ(table.out, again.out);
    EXPECT_NE(line_of(table.out, "  within 25 years").find("10.0  c           never at risk"), std::string::npos) << table.out;
    EXPECT_NE(line_of(table.out, "  ends   ").find("3.2  c        not in the model"), std::string::npos) << table.out;
    EXPECT_NE(run("describe base_rates").out.find("| a ceasefire | fails within five years | case | 30.0 to 45.0 | unverified | Fortna"), std::string::npos);
    EXPECT_EQ(run("rates a.h5 --point 3").err, "entente rates: --policy and --point belong to the result of a sweep\n");
    EXPECT_EQ(run("rates " + scenario("baseline")).code, 2);
    write("s.toml", small_sweep);
    EXPECT_EQ(run("sweep s.toml --replicates 20 --out s.h5").code, 0);
    EXPECT_TRUE(run("rates s.h5 --policy 'no deals' --point 3").out.starts_with("20 futures of ")) << run("rates s.h5 --policy 'no deals' --point 3").err;
}

TEST_F(Program, ExpectationsAreHeldToWhatComes)
{
    const std::string agents = "agents = { firms = 4, banks = 2, elites = 8 }\nhorizon = \"2026Q4\"\n";
    write("base.toml", fmt::format("extends = '{}/scenarios/baseline.toml'\ntitle = \"base\"\nassumes = \"nothing\"\n{}", SOURCE_DIR, agents));
    write("mine.toml", "extends = 'base.toml'\ntitle = \"mine\"\nassumes = \"nothing\"\nlevers.enforcement_push = 0.35\n"
                       "[[expect]]\nquantity = \"mean trust at 2026\"\nleast = 0.1\nmost = 0.9\n[[expect]]\nquantity = \"mean trust at 2026\"\nmost = 0.1\n"
                       "[[expect]]\nquantity = \"mean secondary_enforcement at 2026Q4\"\nsign = \"+\"\n");
    const Ran alone = run("run mine.toml --runs 200 --json");
    ASSERT_EQ(alone.code, 0) << alone.err;
    const auto expected = nlohmann::json::parse(alone.out)["expectations"];
    EXPECT_EQ(expected[0]["verdict"], "held");
    EXPECT_EQ(expected[1]["verdict"], "not held") << "a finding, and no error";
    EXPECT_EQ(expected[2]["verdict"], "not evaluated");
    EXPECT_EQ(expected[2]["evaluated_by"].get<std::string>().substr(0, 16), "entente compare ");
    EXPECT_NE(run("show results/mine.h5").out.find("\n  held          mean trust at 2026, 0.1 to 0.9: 0."), std::string::npos);
    const std::string root = SOURCE_DIR "/scenarios/baseline.toml";
    const Ran both = run(fmt::format("compare {} mine.toml --runs 200", root));
    EXPECT_NE(both.out.find("  held          mean secondary_enforcement at 2026Q4, difference +: +0."), std::string::npos) << both.out;
    EXPECT_EQ(both.out.find("Not evaluated is"), std::string::npos) << both.out;
    write("offer.toml", fmt::format("extends = '{}'\n{}title = \"offer\"\nassumes = \"nothing\"\nlevers.enforcement_push = 0.35\n"
                                    "[[expect]]\nquantity = \"share_transactional at 2026Q4\"\nsign = \"report\"\n"
                                    "[[expect]]\nquantity = \"mean trust at 2026Q4\"\nsign = \"+\"\n[[expect]]\nquantity = \"mean trust at 2026\"\nmost = 0.1\n",
                                    root, agents));
    EXPECT_EQ(run("run offer.toml --runs 200").code + run(fmt::format("run {} --runs 200 --out root.h5", root)).code, 0);
    const auto of_results = nlohmann::json::parse(run("compare root.h5 results/offer.h5 --json").out)["expectations"];
    EXPECT_EQ(of_results[0]["verdict"], "reported");
    EXPECT_TRUE(of_results[0]["came"].is_number());
    EXPECT_EQ(of_results[1]["verdict"], "not evaluated") << "results keep no variable of single runs";
    EXPECT_EQ(of_results[2]["verdict"], "not held");
    EXPECT_EQ(nlohmann::json::parse(run("compare results/mine.h5 results/offer.h5 --json").out)["expectations"][0]["verdict"], "not evaluated") << "expected against another file";
    EXPECT_NE(run("compare base.toml mine.toml --runs 200").out.find("Not evaluated is what takes another scenario"), std::string::npos) << "its root is another file";
    write("mine.toml", "title = \"mine\"\nassumes = \"nothing\"\n[[expect]]\nquantity = \"mean trst at 2026\"\nmost = 1\n");
    EXPECT_EQ(run("run mine.toml --runs 200").code, 2) << "before anything is simulated";
}

TEST_F(Program, ANewScenarioPassesItsCheck)
{
    std::filesystem::create_directories(path("scenarios"));
    write("scenarios/baseline.toml", "title = \"b\"\nassumes = \"a\"\nextends = \"" SOURCE_DIR "/tests/by_priors/baseline.toml\"\n");
    EXPECT_EQ(run("new my_idea").out, "scenarios/my_idea.toml\n");
    EXPECT_EQ(run("check scenarios/my_idea.toml").code, 0) << run("check scenarios/my_idea.toml").err;
    EXPECT_EQ(run("new my_idea").code, 2) << "nothing is overwritten";
    EXPECT_EQ(run("new 'My Idea'").code, 2);
    EXPECT_EQ(run("new --sweep far -o 'else where/far.toml'").code, 0);
    EXPECT_NE(read_file(path("else where/far.toml")).find("file = \"../scenarios/baseline.toml\""), std::string::npos) << "as seen from there";
    EXPECT_EQ(run("check 'else where/far.toml'").code, 0);
}

TEST_F(Program, AnInterruptedRunLeavesAValidFileAndSaysSo)
{
    const int code = interrupted(folder_.path.string(), fmt::format("run {} --runs 50000000 --threads 1", scenario("baseline")), "results/baseline.parts");
    EXPECT_EQ(code, 130) << read_file(path("err"));
    EXPECT_NE(read_file(path("err")).find("Interrupted after"), std::string::npos);
    const Ran shown = run("show results/baseline.h5");
    EXPECT_EQ(shown.code, 0) << shown.err;
    EXPECT_NE(shown.out.find(" of 50,000,000 futures were simulated."), std::string::npos) << shown.out;
    const Ran parts = run("show results/baseline.parts");
    EXPECT_EQ(parts.code, 0) << parts.err;
    EXPECT_EQ(parts.out.substr(0, parts.out.rfind("results/")), shown.out.substr(0, shown.out.rfind("results/"))) << "the parts hold the same answer";
    EXPECT_NE(parts.err.find(" of 50,000,000 runs are summed up so far"), std::string::npos) << parts.err;
}

TEST_F(Program, ACommandLineIsKeptAsAShellTakesIt)
{
    write("baseline.toml", "title = \"b\"\nassumes = \"a\"\nextends = \"" SOURCE_DIR "/tests/by_priors/baseline.toml\"\n");
    ASSERT_EQ(run("run baseline.toml --runs 3 --set 'horizon = \"2025Q4\"' -o 'a b.h5'").code, 0);
    const std::string line = read_result(path("a b.h5")).provenance.command_line;
    EXPECT_EQ(line, "entente run baseline.toml --runs 3 --set 'horizon = \"2025Q4\"' -o 'a b.h5'");
}

// What HDF5 says to itself reaches nobody, whichever thread meets the damage.
TEST_F(Program, ADamagedResultIsOneLine)
{
    ASSERT_EQ(run("run " + scenario("baseline") + " --runs 300 --set 'horizon = \"2025Q4\"' -o a.h5").code, 0);
    const std::string whole = read_file(path("a.h5"));
    std::size_t refused = 0;
    for (int k = 1; k < 40; ++k) {
        std::string bytes = whole;
        bytes[bytes.size() * static_cast<std::size_t>(k) / 40] ^= 1;
        write("a.h5", bytes);
        const Ran ran = run("run a.h5");
        EXPECT_TRUE(ran.code == 0 || ran.code == 2) << k << ": " << ran.code << "\n" << ran.err;
        EXPECT_EQ(ran.err.find("HDF5-DIAG"), std::string::npos) << ran.err;
        refused += ran.code == 2 ? 1 : 0;
    }
    EXPECT_GT(refused, 20u);
}

} // namespace
} // namespace entente
