// Options with values that they cannot have, or that do not go together, or not with such a file: exit code 2, and on standard error what is allowed and what was got.
#include "program.hpp"
#include "sweeps.hpp"
#include "write_file.hpp"

namespace entente {
namespace {

using Refusals = ProgramTest;

TEST_F(Refusals, SayWhatIsAllowedAndWhatWasGot)
{
    write_file(path("a.toml"), fmt::format("extends = '{}/scenarios/baseline.toml'\ntitle = \"a\"\nassumes = \"nothing\"\nhorizon = \"2026Q4\"\n", SOURCE_DIR));
    write_file(path("s.toml"), small_sweep);
    ASSERT_EQ(run("run a.toml --runs 20 --out a.h5").code, 0) << read_file(path("err"));
    ASSERT_EQ(run("sweep s.toml --replicates 2 --out s.h5").code, 0) << read_file(path("err"));
    ASSERT_EQ(run("run a.toml --runs 600 --shard 1/2 --out p.h5").code, 0) << read_file(path("err"));
    write_file(path("there_scenario.toml"), "");
    const std::string calibration = SOURCE_DIR "/calibration/baseline.toml";
    const std::pair<std::string, std::string> cases[] = {
        {"assimilate a.toml", "entente assimilate: --observed FILE.csv is missing: what was observed; "},
        {"bench --runs 8", "--runs: 16 to 1,000,000, got 8\n"},
        {"bench --rounds 0", "--rounds: 1 to 100, got 0\n"},
        {"calibrate " + calibration + " --seed x", "--seed: a whole number, got 'x'\n"},
        {"claims a.toml --futures 1", "entente claims: --futures: a number from 200 to 1000000, got 1\n"},
        {"claims a.toml --runs 300", "entente claims: unknown option '--runs'"},
        {"claims a.toml --save", "--save keeps it in a result, and this is a scenario\n"},
        {"compare a.h5 a.h5 --runs 10", "entente compare: --runs is for scenarios, which are run; the runs of a result are made\n"},
        {"compare a.h5 a.h5 --why", "the runs of a result are made: give the two scenarios\n"},
        {"conventions a.h5 --at 2030", "entente conventions: --at: 2026Q4, the dates of which values are kept, got '2030'\n"},
        {"conventions a.h5 --joint 100000000", "entente conventions: --joint: at most 100000, got 100000000\n"},
        {"convergence a.h5 --within 0.7", "--within: a half-width above 0 and below .5, such as .005, half a point, got 0.7\n"},
        {"convergence s.h5 --within -1", "--within: a half-width above 0, got -1\n"},
        {"describe claims --block levers", "entente describe: --block is for the model; claims are one table\n"},
        {"describe base_rates --block levers", "entente describe: --block is for the model; base rates are one table\n"},
        {"describe drivers --block levers", "entente describe: --block is for the model; drivers are `entente describe model --block drivers`"},
        {"describe trust --block levers", "entente describe: --block is for the model, not for 'trust'\n"},
        {"describe model --block leves", ", got 'leves'; did you mean 'levers'?\n"},
        {"discover s.h5 --of 'succession by 2026Q4' --density 2", "entente discover: --density: 0 to 1, got 2\n"},
        {"discover --table x.csv --policy y", "entente discover: --policy is for a result, and the tables are of another program\n"},
        {"discover --table x.csv", "entente discover: --output is missing: a CSV with the outcome of each row of --table\n"},
        {"discover s.h5 --output x.csv", "entente discover: --output goes with --table\n"},
        {"discover a.h5", "entente discover: --of is missing: what is looked for, such as "},
        {"discover a.h5 --of 'rupture by 2026Q4' --policy x", "entente discover: --policy is for the result of a sweep\n"},
        {"discover a.h5 --of 'nothing at all'", "entente discover: --of: condition: "},
        {"discover s.h5 --of 'succession by 2026Q4' --sweep o.toml --scenario ./o.toml",
         "entente discover: --scenario: ./o.toml: --sweep writes a file of this name; another one\n"},
        {"discover s.h5 --of 'succession by 2026Q4' --sweep o.toml --scenario o_scenario.toml", "--sweep writes a file of this name; another one\n"},
        {"discover s.h5 --of 'succession by 2026Q4' --sweep there.toml", "--sweep: there_scenario.toml: is there already; --force replaces it\n"},
        {"explore s.toml --out x.html", "entente explore: s.toml: a scenario, got a sweep\n"},
        {"explore a.toml --out x.txt", "entente explore: --out: a name that ends with .html, got 'x.txt'\n"},
        {"explore a.toml --out x.html --module a.toml", "--module: a.toml: is no WebAssembly module\n"},
        {"merge p.1-of-2.parts", "entente merge: --out FILE.h5 is missing\n"},
        {"new x --sweep --observed", "entente new: --sweep or --observed: one of them\n"},
        {"new X", "entente new: NAME: lower-case letters, digits and _, got 'X'\n"},
        {"new x --out .", "entente new: --out: a file, got '.'\n"},
        {"plot a.h5 clases", ", got 'clases'"},
        {"plot s.h5 points --policy x", "points: policy: as it is, no deals, got 'x'\n"},
        {"replay a.h5", "entente replay: --run N or --pick \"median of QUANTITY\" says which run, one of the two\n"},
        {"replay a.h5 --pick median", "entente replay: --pick: 'median of QUANTITY' or 'P% of QUANTITY' expected, got 'median'\n"},
        {"replay a.h5 --run 20", "entente replay: --run: a number from 0 to 19, got 20\n"},
        {"report a.h5 --out r --resamples 1", "entente report: --resamples: 20 to 100000, got 1\n"},
        {"report a.h5 --out r --of 'nothing at all'", "entente report: --of: "},
        {"report a.h5 --out a.h5", "--out: a.h5: a folder, got a file\n"},
        {"report a.h5 --out a.h5/r", "--out: a.h5/r: no folder can be there\n"},
        {"robust s.h5", "--of is missing: one of 'mean alignment_index at 2026', 'succession by 2026Q4', 'median trust at 2026Q4'\n"},
        {"robust s.h5 --of 'mean alignment_index at 2027'", ", got 'mean alignment_index at 2027'; did you mean 'mean alignment_index at 2026'?\n"},
        {"run a.toml --threads 100000000", "--threads: a number from 0 to 4096, got 100000000\n"},
        {"run a.toml --run-limit 0", "--run-limit: seconds, more than 0, got 0\n"},
        {"run a.toml --keep some", "--keep: none, outcomes, trajectories or agents, got 'some'\n"},
        {"run a.toml --parameters prior", "--parameters: priors, posterior or default, got 'prior'; did you mean 'priors'?\n"},
        {"run a.toml --shard 3/2", "--shard: i/n with i from 1 to n and n up to 100000, got '3/2'\n"},
        {"run a.toml --stop rupture", "--stop: EXPR within HALF_WIDTH, such as 'rupture by 2045Q1 within 0.005', got 'rupture'\n"},
        {"run a.toml --no-file --out x.h5", "--no-file and --out FILE: one of them\n"},
        {"run a.toml --no-file --keep agents", "--keep: needs what a file keeps of the runs, and --no-file keeps nothing\n"},
        {"run a.toml --drivers 1", "--drivers: all, none or a number from 2 to 100000, got '1'\n"},
        {"run a.toml --out a.toml/x.h5", "--out: a.toml/x.h5: no file can be there: "},
        {"run a.toml --seed x", "--seed: a whole number from 0 to 9223372036854775807, got 'x'\n"},
        {"sbc " + calibration + " --worlds 1", "--worlds: from 20 to 100000, got 1\n"},
        {"sbc " + calibration + " --draws 10", "--draws: a multiple of 10 less one, up to 9999, got 10\n"},
        {"sbc " + calibration + " --particles 1", "--particles: from 100 to 100000, got 1\n"},
        {"sensitivity a.h5 --group x", "entente sensitivity: --group: NAME=a,b,c, got 'x'\n"},
        {"sensitivity a.h5 --groups x", "entente sensitivity: --groups: drivers or articles, got 'x'; "},
        {"sensitivity a.h5 --method x", "entente sensitivity: --method: one of first_order, pawn, regional, delta, all, got 'x'"},
        {"sensitivity a.h5 --resamples 1", "entente sensitivity: --resamples: 100 to 100000, got 1\n"},
        {"sensitivity a.h5 --slices 1", "entente sensitivity: --slices: 2 to 1000, got 1\n"},
        {"sensitivity a.h5 --screen", "entente sensitivity: --screen: a scenario, got a.h5\n"},
        {"sensitivity a.h5 --table x.csv", "entente sensitivity: --table and --output go with a sweep's file"},
        {"sensitivity a.toml --save", "entente sensitivity: --save keeps it in a result, and this is a scenario"},
        {"sensitivity s.h5 --given 'rupture by 2026Q4'", "entente sensitivity: --given is for results of `run`\n"},
        {"sensitivity s.toml --table x.csv", "entente sensitivity: a sweep's file goes with both --table POINTS.csv and --output Y.csv"},
        {"slurm a.toml --array --mpi --result r",
         "entente slurm: --nodes is missing\nentente slurm: --time is missing\nentente slurm: --array and --mpi: one of them, or neither for both\n"
         "entente slurm: --result: a name that ends with .h5, got 'r'\n"},
        {"show a.h5 s.h5", "entente show: too many arguments\n"},
        {"show a.h5 --analysis x", "entente show: --analysis: none is kept in this file; "},
        {"show a.h5 --against x", "entente show: --against is for the result of a sweep\n"},
        {"show a.h5 --csv outcomes --against x", "entente show: --against is for the answer, not for a table\n"},
        {"show a.h5 --given 'rupture by 2026Q4' --csv outcomes", "entente show: --given is for the answer alone\n"},
        {"show s.h5 --given 'rupture by 2026Q4'", "entente show: --given is for the result of a run\n"},
        {"show p.1-of-2.parts --analysis sensitivity", "entente show: --analysis is for a result, and this is a folder of parts\n"},
        {"show p.1-of-2.parts --csv outcomes", "entente show: --csv is for a result, and this is a folder of parts\n"},
        {"signposts a.h5 --of 'rupture by 2026Q4' --at 2026Q1 --runs 10", "entente signposts: --runs is for a scenario, which is run; the runs of a result are made\n"},
        {"signposts a.toml --of 'rupture by 2026Q4' --at 2026Q1 --save", "entente signposts: --save keeps it in a result, and this is a scenario\n"},
        {"survival a.toml --save", "entente survival: --save is for a result; scenarios are run and not kept\n"},
        {"survival a.h5 a.h5 a.h5", "entente survival: one or two files, got 3\n"},
        {"survival a.h5 --csv curves --json", "entente survival: --csv alone, or --json, or --save\n"},
        {"survival a.h5 a.toml", "entente survival: a.h5 and a.toml: two results or two scenarios, not one of each\n"},
        {"survival a.h5 --runs 10", "entente survival: --runs is for scenarios, which are run; the runs of a result are made\n"},
        {"sweep s.toml --runs 10", "entente sweep: --runs belongs to a plain run; "},
        {"sweep s.toml --replicates 0", "--replicates: at least 1, got 0\n"},
        {"sweep s.toml --keep agents", "entente sweep: --keep: none or outcomes; "}};
    for (const auto& [command, message] : cases) {
        const Ran ran = run(command);
        EXPECT_EQ(ran.code, 2) << command;
        EXPECT_EQ(ran.out, "") << command;
        EXPECT_NE(ran.err.find(message), std::string::npos) << command << ": " << ran.err;
    }
}

} // namespace
} // namespace entente
