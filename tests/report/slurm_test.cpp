// Time limits in Slurm's forms, what fits into them worked by hand, and scripts in which no name from a file is a command.
#include "report/slurm/allotment.hpp"
#include "report/slurm/job_scripts.hpp"
#include "report/slurm/slurm_jobs.hpp"
#include "report/slurm/time_limit.hpp"
#include "core/shell_word.hpp"
#include "core/temporary_folder.hpp"
#include "core/text.hpp"
#include "shell.hpp"
#include "write_file.hpp"
#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace entente::report {
namespace {

TEST(SlurmTime, HasSixForms)
{
    constexpr std::uint64_t hour = 3600, day = 86400;
    for (const auto& [text, seconds] : std::initializer_list<std::pair<const char*, std::uint64_t>>{
             {"90", 5400}, {"90:30", 5430}, {"04:00:00", 4 * hour}, {"1-0", day}, {"2-03", 2 * day + 3 * hour}, {"2-03:04", 2 * day + 3 * hour + 240}, {"2-03:04:05", 2 * day + 3 * hour + 245}})
        EXPECT_EQ(slurm_seconds(text), seconds) << text;
    for (const char* wrong : {"", "x", "1-", "-1", "1:2:3:4", "1-2:3:4:5", "1 0", "1:", ":1", "1.5", "4h", "UNLIMITED", "99999999999", "4000-0", "1-2-3"})
        EXPECT_EQ(slurm_seconds(wrong), std::nullopt) << wrong;
    EXPECT_EQ(slurm_time(5430), "01:30:30");
    EXPECT_EQ(slurm_time(2 * day + 3 * hour + 245), "2-03:04:05");
}

// At 64 runs a second a piece of 256 takes 4 s. A go of an hour is told to stop 120 + 2 x 4 s before its end, perhaps 60 s earlier, and starts in 10 s: of 3402 s, 850 pieces one after the other.
TEST(Allotment, IsThatByHand)
{
    const ClusterAsked cluster{.nodes = 3, .cores = 4, .limit_s = 3600, .goes = 1};
    EXPECT_EQ(stop_before_s(3600, 4), 128u);
    EXPECT_EQ(stop_before_s(300, 0.1), 31u);
    EXPECT_EQ(usable_s(3600, 4), 3402u);
    EXPECT_EQ(usable_s(300, 0.1), 199u);
    const auto asked = [](std::uint64_t runs, double rate = 64) { return WorkAsked{.runs = runs, .pieces = (runs + 255) / 256, .runs_a_piece = 256, .runs_per_s_core = rate}; };
    const std::uint64_t most = 850u * 12 * 256;
    const Allotment all = allotment_of(cluster, asked(most));
    EXPECT_TRUE(all.fits);
    EXPECT_EQ(all.most_runs, most);
    EXPECT_EQ(all.seconds, 3400u);
    EXPECT_EQ(all.tasks, 3u);
    EXPECT_DOUBLE_EQ(all.core_hours, 850. * 12 * 4 / 3600);
    const Allotment more = allotment_of(cluster, asked(most + 1));
    EXPECT_FALSE(more.fits);
    EXPECT_EQ(more.nodes, 4u) << "10201 pieces, 850 x 4 a node";
    EXPECT_EQ(more.goes, 2u);
    EXPECT_EQ(more.limit_s, 3660u) << "851 pieces take 3404 s, with 198 s more 3602";
    EXPECT_TRUE(allotment_of({.nodes = 4, .cores = 4, .limit_s = 3600}, asked(most + 1)).fits);
    EXPECT_TRUE(allotment_of({.nodes = 3, .cores = 4, .limit_s = 3660}, asked(most + 1)).fits);
    EXPECT_TRUE(allotment_of({.nodes = 3, .cores = 4, .limit_s = 3600, .goes = 2}, asked(most + 1)).fits);
    EXPECT_EQ(allotment_of(cluster, asked(300)).tasks, 2u) << "of two pieces";
    const Allotment slow = allotment_of({.nodes = 1, .cores = 1, .limit_s = 300}, asked(256, 1));
    EXPECT_FALSE(slow.fits);
    EXPECT_EQ(slow.nodes, std::nullopt) << "one piece takes longer than a go, on any number of nodes and in any number of goes";
    EXPECT_EQ(slow.goes, std::nullopt);
    EXPECT_EQ(slow.limit_s, 900u) << "a piece of 256 s, 512 s to finish two, 45 and 70: 883";
    const Allotment endless = allotment_of(cluster, {.runs = {}, .runs_a_piece = 256, .runs_per_s_core = 64});
    EXPECT_TRUE(endless.fits);
    EXPECT_EQ(endless.most_runs, all.most_runs);
    EXPECT_THROW(allotment_of({.nodes = 0, .limit_s = 3600}, asked(1)), std::invalid_argument);
    EXPECT_THROW(allotment_of({.limit_s = 60}, asked(1)), std::invalid_argument);
    EXPECT_EQ(memory_mb(110, 2, 2), 1024u);
    EXPECT_EQ(memory_mb(110, 2, 64), 3328u) << "1.5 x (110 + 62 x 32) = 3141";
    EXPECT_EQ(merge_limit_s(merge_s(0, 0, 2, 4)), 600u);
    EXPECT_EQ(merge_limit_s(merge_s(10'000'000, 8000, 2, 4)), 3420u) << "600 + 2 (1000 + 400) = 3400";
}

const std::string hostile_words = "a'b$(touch took)`touch took`\n#SBATCH --wrap=touch\n; touch took; \"%x\\ \xff";

JobsAsked jobs_named(const std::string& name)
{
    return {.name = name,
            .title = name,
            .folder = "/" + name,
            .program = "/bin/echo",
            .mpi_program = "/bin/echo",
            .launcher = "/bin/true",
            .command = "run",
            .file = "/" + name + "/f.toml",
            .arguments = {"--set=" + name},
            .result = "/" + name + "/r.h5",
            .cluster = {.nodes = 3, .cores = 4, .limit_s = 4 * 3600},
            .tasks = 3,
            .stop_before_s = 77,
            .memory_mb = 1024,
            .merge_limit_s = 600,
            .directives = {"--partition=long", "--qos=a"}};
}

std::string text_of_script(const JobsAsked& asked, const std::string& name)
{
    const std::vector<JobScript> all = job_scripts(asked);
    const auto at = std::ranges::find(all, name, &JobScript::name);
    return at == all.end() ? "" : at->text;
}

TEST(JobScripts, HoldNoStrangersCommand)
{
    const TemporaryFolder folder;
    JobsAsked asked = jobs_named(hostile_words);
    asked.folder = folder.path.string() + "/" + hostile_words, asked.result = asked.folder + "/r.h5";
    std::filesystem::create_directories(asked.folder);
    std::filesystem::create_directories(folder / "bin"); // stand-ins that say what they are given
    for (const char* const name : {"srun", "scontrol"}) {
        write_file(folder / "bin/" + name, "#!/bin/sh\nfor word; do printf '%s\\0' \"$word\"; done\n");
        std::filesystem::permissions(folder / "bin/" + name, std::filesystem::perms::owner_all);
    }
    for (const JobScript& script : job_scripts(asked)) {
        write_file(folder / script.name, script.text);
        EXPECT_EQ(shell("sh -n '" + folder.path.string() + "/" + script.name + "'").output, "");
        bool begun = true;
        std::size_t directives = 0;
        for (const std::string& line : split(script.text, '\n')) { // what Slurm reads
            begun = begun && line.starts_with("#");
            EXPECT_TRUE(begun || !line.starts_with("#SBATCH") || line == "#SBATCH --wrap=touch") << line; // the latter within quotes, below the first command
            if (!begun || !line.starts_with("#SBATCH")) continue;
            ++directives;
            EXPECT_EQ(line.find_first_of("'$`;%\\ ", 8), line.find("%a.txt", 8)) << line;
        }
        EXPECT_EQ(directives == 0, script.name == "submit.sh") << script.name;
    }
    const Ran ran = shell(fmt::format("cd '{0}' && PATH=\"$PWD/bin:$PATH\" SLURM_CPUS_PER_TASK=4 SLURM_ARRAY_TASK_ID=2 sh array.sh", folder.path.string()));
    EXPECT_EQ(ran.code, 0) << ran.output;
    const std::vector<std::string> words = split(ran.output, '\0');
    for (const std::string& word : {asked.program, asked.file, asked.arguments[0], asked.result, std::string("2/3"), std::string("--resume")})
        EXPECT_EQ(std::ranges::count(words, word), 1) << word << "\nin\n" << ran.output;
    const Ran merged = shell(fmt::format("cd '{0}' && PATH=\"$PWD/bin:$PATH\" SLURM_CPUS_PER_TASK=4 sh merge.sh", folder.path.string()));
    const std::vector<std::string> parts = split(merged.output, '\0');
    for (int shard = 1; shard <= 3; ++shard)
        EXPECT_EQ(std::ranges::count(parts, fmt::format("{}.{}-of-3.parts", asked.result.substr(0, asked.result.size() - 3), shard)), 1) << merged.output;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path)) EXPECT_NE(entry.path().filename(), "took") << entry.path();
    EXPECT_FALSE(std::filesystem::exists("took"));
}

/// The scripts in a folder, beside a program of this name that does so.
Ran with_stand_in(JobsAsked asked, const std::string& program, const std::string& does, const std::string& command)
{
    const TemporaryFolder folder;
    asked.folder = folder.path.string(), asked.result = folder / "it's.h5";
    std::filesystem::create_directories(folder / "bin");
    write_file(folder / "bin/" + program, "#!/bin/sh\n" + does);
    std::filesystem::permissions(folder / "bin/" + program, std::filesystem::perms::owner_all);
    for (const JobScript& script : job_scripts(asked)) write_file(folder / script.name, script.text);
    return shell(fmt::format("cd '{0}' && PATH=\"$PWD/bin:$PATH\" && SLURM_CPUS_PER_TASK=4 && export PATH SLURM_CPUS_PER_TASK && {1}", folder.path.string(), command));
}

TEST(JobScripts, SayThatSlurmTookNoJob)
{
    const auto refused = "echo 'sbatch: error: invalid partition specified: nowhere' >&2\nexit 1\n", taken = "echo '12;there'\n";
    JobsAsked several = jobs_named("small"), one = several;
    one.tasks = 1;
    for (const auto& [asked, way] : {std::pair{several, "array"}, {several, "mpi"}, {one, "array"}}) {
        const Ran none = with_stand_in(asked, "sbatch", refused, fmt::format("sh submit.sh {}", way));
        EXPECT_NE(none.code, 0) << way;
        EXPECT_EQ(none.output.find("squeue"), std::string::npos) << way << none.output;
        const Ran there = with_stand_in(asked, "sbatch", taken, fmt::format("sh submit.sh {}", way));
        EXPECT_EQ(there.code, 0) << way;
        EXPECT_TRUE(there.output.starts_with("job 12 makes the parts, job 12 merges them; squeue") || there.output.starts_with("job 12; squeue")) << way << there.output;
    }
    const Ran made = with_stand_in(several, "sbatch", taken, "touch \"it's.h5\" && sh submit.sh array");
    EXPECT_EQ(made.code, 1);
    EXPECT_TRUE(made.output.ends_with("/it's.h5: is there already\n")) << made.output;
}

TEST(JobScripts, SayHowToGoOn)
{
    const auto stopped = "exit 130\n", way_on = "does not queue again: sh submit.sh goes on with what is finished\n";
    const Ran last = with_stand_in(jobs_named("small"), "srun", stopped, "SLURM_RESTART_COUNT=10 sh mpi.sh"), // of one go and nine after failures
        refused = with_stand_in(jobs_named("small"), "srun", stopped, "printf '#!/bin/sh\\nexit 1\\n' > bin/scontrol && chmod +x bin/scontrol && SLURM_RESTART_COUNT=9 sh mpi.sh");
    EXPECT_EQ(last.code, 130);
    EXPECT_EQ(last.output, way_on);
    EXPECT_EQ(refused.code, 130);
    EXPECT_EQ(refused.output, std::string("start 10: stopped in time; queues again\n") + way_on);
    const Ran merged = with_stand_in(jobs_named("small"), "srun", "exit 0\n",
                                     "for i in 1 2 3; do mkdir \"it's.$i-of-3.parts\"; done; sh merge.sh > said && tail -n 1 said > rm.sh && sh rm.sh && ls -d *.parts");
    EXPECT_NE(merged.output.find("*.parts"), std::string::npos) << "the line removes the parts: " << merged.output;
}

TEST(JobScripts, AreOfTheWaysAskedFor)
{
    JobsAsked asked = jobs_named("small");
    EXPECT_EQ(job_scripts(asked).size(), 4u);
    const std::string array = text_of_script(asked, "array.sh"), mpi = text_of_script(asked, "mpi.sh");
    for (const char* const line : {"#SBATCH --array=1-3\n", "#SBATCH --time=04:00:00\n", "#SBATCH --signal=TERM@77\n", "#SBATCH --partition=long\n", "#SBATCH --mem=1024M\n",
                                   "#SBATCH --requeue\n", "--shard \"$SLURM_ARRAY_TASK_ID/3\"\n", "scontrol requeue \"${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID\""})
        EXPECT_NE(array.find(line), std::string::npos) << line << array;
    for (const char* const line : {"#SBATCH --nodes=3\n", "#SBATCH --ntasks-per-node=1\n", "srun --mpi=pmix", "scontrol requeue \"$SLURM_JOB_ID\""})
        EXPECT_NE(mpi.find(line), std::string::npos) << line << mpi;
    EXPECT_EQ(mpi.find("--shard"), std::string::npos);
    asked.array = false;
    EXPECT_EQ(job_scripts(asked).size(), 2u);
    EXPECT_EQ(text_of_script(asked, "submit.sh").find("array.sh"), std::string::npos);
    asked.array = true, asked.mpi = false, asked.tasks = 1;
    EXPECT_EQ(job_scripts(asked).size(), 2u) << "one task makes the whole: nothing to merge";
    EXPECT_EQ(text_of_script(asked, "array.sh").find("--shard"), std::string::npos);
    asked.array = false;
    EXPECT_THROW(job_scripts(asked), std::invalid_argument);
    if (shell("command -v shellcheck").code != 0) return;
    const TemporaryFolder folder;
    for (const JobScript& script : job_scripts(jobs_named("small"))) write_file(folder / script.name, script.text);
    const Ran checked = shell("cd '" + folder.path.string() + "' && shellcheck *.sh");
    EXPECT_EQ(checked.code, 0) << checked.output;
}

TEST(JobScripts, TakeOnlyPlainDirectives)
{
    for (const char* const fine : {"--qos=long", "--constraint=a&b", "--exclusive", "--mem=4G", "--nodelist=n[1-4]", "--mail-user=a@b.org"})
        EXPECT_EQ(fault_of_directive(fine), "") << fine;
    for (const char* const wrong : {"", "-p", "qos=long", "--", "--=x", "--qos=a b", "--qos=a\n#SBATCH --wrap=x", "--qos='a'", "--qos=$x", "--array=1-2", "--arr=1", "--no-req",
                                    "--wrap=x", "--time=1", "--out=x", "---x"})
        EXPECT_NE(fault_of_directive(wrong), "") << wrong;
    EXPECT_EQ(fault_of_slurm_name("long,short"), "");
    for (const char* const wrong : {"", "-x", "a b", "a\nb", "a;b", "$a"}) EXPECT_NE(fault_of_slurm_name(wrong), "") << wrong;
    JobsAsked asked = jobs_named("small");
    for (const char* const wrong : {"--partition=a b", "--wrap=x", "--account="}) {
        asked.directives = {wrong};
        EXPECT_THROW(job_scripts(asked), std::invalid_argument) << wrong;
    }
}

TEST(SlurmJobs, SayWhatWouldDo)
{
    SlurmJobs jobs{.folder = "jobs",
                   .command = "run",
                   .result = "r.h5",
                   .cluster = {.nodes = 3, .cores = 4, .limit_s = 3600},
                   .work = {.runs = 2611201, .pieces = 10201, .runs_a_piece = 256, .runs_per_s_core = 64}};
    jobs.allotment = allotment_of(jobs.cluster, jobs.work);
    EXPECT_EQ(refusal_of(jobs), "2,611,201 runs do not fit: 3 nodes of 4 cores make about 2,611,200 in 01:00:00, 57 min of it for runs, at 64 runs a second and core. Would do: "
                                "--nodes 4; or --time 01:01:00; "
                                "or --goes 2 (a job that has to stop queues again and goes on); or --runs 2611200");
    jobs.command = "sweep", jobs.replicates = 10;
    EXPECT_NE(refusal_of(jobs).find("--replicates 9"), std::string::npos) << refusal_of(jobs);
    jobs.work.runs = 2611200, jobs.work.pieces = 10200;
    jobs.allotment = allotment_of(jobs.cluster, jobs.work);
    for (const std::string& line : split(text_of(jobs), '\n')) EXPECT_LE(line.size(), 80u) << line;
    EXPECT_NE(text_of(jobs).find("close to the limit"), std::string::npos) << text_of(jobs);
    EXPECT_EQ(json_of(jobs)["runs_that_fit"], 2611200);

    const auto says = [&](const char* words) { return text_of(jobs).find(words) != std::string::npos; };
    EXPECT_FALSE(says("too little time")) << text_of(jobs);
    EXPECT_FALSE(says("one result holds")) << text_of(jobs);
    jobs.merge_s = 10; // 3,400 s of runs, 3,402 s that may be used
    EXPECT_TRUE(says("By MPI the same job")) << text_of(jobs);
    jobs.cluster.goes = 2;
    EXPECT_FALSE(says("too little time")) << text_of(jobs);
    jobs.merge_s = 3403;
    EXPECT_TRUE(says("too little time")) << "it is put together in one go" << text_of(jobs);
    jobs.mpi = false;
    EXPECT_FALSE(says("too little time")) << "the job that merges has its own limit" << text_of(jobs);
    jobs.allotment.most_runs = 5'000'000'000;
    EXPECT_TRUE(says("one result holds 4295 million")) << text_of(jobs);
    jobs.command = "run", jobs.allotment.most_runs = 1'000'000'001;
    EXPECT_TRUE(says("one result holds 1000 million")) << text_of(jobs);
}

} // namespace
} // namespace entente::report
