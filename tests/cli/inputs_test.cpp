// Commands that are given a file of another kind than they take say what to do instead.
#include "core/text.hpp"
#include "program.hpp"
#include "sweeps.hpp"
#include "write_file.hpp"

namespace entente {
namespace {

using Inputs = ProgramTest;

TEST_F(Inputs, OfAnotherKindAreMetWithWhatToDoInstead)
{
    const std::string scenario = fmt::format("extends = '{}/scenarios/baseline.toml'\ntitle = \"a\"\nassumes = \"nothing\"\nhorizon = \"2026Q4\"\n", SOURCE_DIR);
    write_file(path("a.toml"), scenario), write_file(path("s.toml"), small_sweep);
    ASSERT_EQ(run("run a.toml --runs 20 --out a.h5").code, 0) << read_file(path("err"));
    ASSERT_EQ(run("sweep s.toml --replicates 2 --out s.h5").code, 0) << read_file(path("err"));
    ASSERT_EQ(run("run a.toml --runs 600 --shard 1/2 --out p.h5").code, 0) << read_file(path("err"));
    std::filesystem::create_directory(path("empty"));
    const std::pair<const char*, const char*> cases[] = {
        {"run s.toml", "entente run: s.toml is a sweep; `entente sweep s.toml` runs it\n"},
        {"run p.1-of-2.parts",
         "entente run: p.1-of-2.parts is a folder of parts; `entente show p.1-of-2.parts` prints what is finished so far, and the command that made it goes on with --resume\n"},
        {"run empty", "entente run: empty is a folder, and no folder of parts; a file is meant\n"},
        {"sweep a.toml", "a sweep names it under [scenario]"},
        {"sweep s.h5",
         "entente sweep: s.h5 is the result of a sweep; `entente show s.h5` prints it, `entente run s.h5` simulates it again, `entente robust s.h5` ranks its policies\n"},
        {"sweep a.h5", "entente sweep: a.h5 is the result of a run; `entente show a.h5` prints it"},
        {"check a.h5", "entente check: a.h5 is the result of a run; "},
        {"design s.h5", "entente design: s.h5 is the result of a sweep; `entente show s.h5 --csv points` prints its points\n"},
        {"show a.toml", "entente show: a.toml is a scenario; `entente run a.toml` makes a result of it"},
        {"show s.toml", "entente show: s.toml is a sweep; `entente sweep s.toml` makes a result of it"},
        {"replay a.toml --run 1", "entente replay: a.toml is a scenario; `entente run a.toml` makes a result of it"},
        {"replay p.1-of-2.parts --run 1", "is a folder of parts; "},
        {"compare s.toml s.toml", "entente compare: s.toml is a sweep; two results of sweeps are compared, and `entente sweep s.toml` makes one\n"},
        {"compare a.toml a.h5", "two scenarios or two results, not one of each"},
        {"diff a.h5 a.toml", "entente diff: a.toml is a scenario; two results are held against each other: `entente run a.toml` makes one; "},
        {"diff p.1-of-2.parts a.h5", "is a folder of parts; "},
        {"robust a.h5", "entente robust: a.h5 is the result of a run; it has no policies to rank; `entente show a.h5` prints it\n"},
        {"robust s.toml", "entente robust: s.toml is a sweep; `entente sweep s.toml` makes the result that is ranked\n"},
        {"run a.toml --out s.h5", "s.h5: holds the result of a sweep; --force replaces it, --out FILE writes elsewhere\n"},
        {"sweep s.toml --out a.h5", "a.h5: holds the result of a run; --force replaces it, --out FILE writes elsewhere\n"},
        {"run a.toml --runs 600 --seed 9 --shard 1/2 --out p.h5 --resume", "; --force begins anew, --out FILE writes elsewhere\n"},
        {"run a.toml --stop 'rupture by 2026Q4 within 5' --out x.h5", "--stop: 'rupture by 2026Q4' within a share from 0 to 1, got 5; 0.05 is 5 %\n"},
        {"robust s.h5 --of 'succession by 2026Q4' --less --satisfied 'at most 50'", "--satisfied: a share from 0 to 1, got 50; 0.5 is 50 %\n"},
        {"robust s.h5 --of 'succession by 2026Q4' --percentile 90", "--percentile: a share from 0.5 to 1, got 90; 0.9 is 90 %\n"},
        {"run --csv x", "entente run: unknown option '--csv'; it is of show, plot, survival, discover\n"},
        {"show s.h5 --csv", "entente show: --csv takes a value: a table on standard output, "},
        {"describe levers", "entente describe: a table of the model: `entente describe model --block levers`\n"},
        {"describe C162", "entente describe: claims are C01 to C161, got 'C162'\n"},
        {"merge a.h5 --out x.h5", "entente merge: a.h5 is the result of a run; shards are folders, NAME.i-of-n.parts; "}};
    for (const auto& [command, message] : cases) {
        const Ran ran = run(command);
        EXPECT_EQ(ran.code, 2) << command;
        EXPECT_NE(ran.err.find(message), std::string::npos) << command << ": " << ran.err;
    }
}

TEST_F(Inputs, OddOnesAreNotedAndTaken)
{
    std::string twins = small_sweep;
    twins.replace(twins.find("parameters = { p_deal = 0.0 }"), 29, "");
    write_file(path("t.toml"), twins);
    const Ran checked = run("check t.toml");
    EXPECT_EQ(checked.code, 0);
    EXPECT_NE(checked.err.find("t.toml:1:1: policies 'as it is' and 'no deals' set the same, so all their runs are equal\n"), std::string::npos) << checked.err;
    const std::string head = fmt::format("extends = '{}/scenarios/baseline.toml'\ntitle = \"a\"\nassumes = \"nothing\"\nruns = 4\nhorizon = ", SOURCE_DIR);
    write_file(path("a.toml"), head + "\"2025Q4\"\n"), write_file(path("b.toml"), head + "\"2026Q1\"\n");
    const Ran compared = run("compare a.toml b.toml");
    EXPECT_NE(compared.err.find("Horizons: 2025Q4 in a.toml, 2026Q1 in b.toml; compared is what comes until 2025Q4.\n"), std::string::npos) << compared.err;
}

TEST_F(Inputs, TablesThatAResultDoesNotHaveAreRefused)
{
    write_file(path("s.toml"), small_sweep);
    ASSERT_EQ(run("sweep s.toml --replicates 2 --out s.h5").code, 0) << read_file(path("err"));
    EXPECT_TRUE(run("show s.h5 --csv points").out.starts_with("policy,point,carrot,dep,death,outcome,unit,estimate,low,high,failed\nas it is,0,"));
    EXPECT_EQ(run("show s.h5 --csv summary").err,
              "entente show: --csv: of the result of a sweep outcomes, points, policies, indices, sensitivity, boxes, factors, structures, parameters, claims, got 'summary'\n");
    EXPECT_NE(run("show s.h5 --csv outcome").err.find("did you mean 'outcomes'?"), std::string::npos);
    EXPECT_EQ(run("show s.h5 --csv points --json").code, 2);
}

TEST_F(Inputs, AResultIsRepeatedWhateverItsName)
{
    write_file(path("s.toml"), small_sweep);
    ASSERT_EQ(run("sweep s.toml --replicates 2 --out s.h5").code, 0) << read_file(path("err"));
    std::filesystem::rename(path("s.h5"), path("mine.hdf5"));
    const Ran again = run("run mine.hdf5");
    EXPECT_EQ(again.code, 0) << again.err;
    EXPECT_EQ(again.out,
              "mine.hdf5: 28 runs simulated again (2 policies, 7 points, 2 replicates); the bits are identical: outcomes, failed runs, histories, fingerprints, estimates.\n");
    EXPECT_NE(run("run mine.hdf5 --json").out.find("\"identical\": true"), std::string::npos);
}

} // namespace
} // namespace entente
