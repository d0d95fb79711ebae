#include "job_scripts.hpp"
#include "../../core/shell_word.hpp"
#include "../../core/text.hpp"
#include "time_limit.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>
#include <string_view>

namespace entente::report {
namespace {

constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";

/// Of letters that every Slurm takes; the first is none that begins an option.
std::string job_name(const std::string& name)
{
    std::string plain;
    for (const char c : name.substr(0, 60)) plain += letters.find(c) != std::string_view::npos ? c : '_';
    return plain.empty() || plain[0] == '-' ? "entente" + plain : plain;
}

/// In a line of a comment.
std::string said(const std::string& text) { return printable_name(text); }

std::string directives(const JobsAsked& a, const std::vector<std::string>& own)
{
    std::string text;
    for (const std::string& option : own) text += "#SBATCH " + option + "\n";
    for (const std::string& option : a.directives) text += "#SBATCH " + option + "\n";
    return text;
}

std::string command_of(const JobsAsked& a, const std::string& program)
{
    std::string text = fmt::format("{} {} {}", for_shell(program), a.command, for_shell(a.file));
    for (const std::string& argument : a.arguments) text += " " + for_shell(argument);
    return text + fmt::format(" \\\n    --out {} --threads \"$SLURM_CPUS_PER_TASK\" --resume", for_shell(a.result));
}

/// `job`: what the shell makes the job's number of.
std::string goes_on(const JobsAsked& a, const std::string& job)
{
    return fmt::format(R"sh(code=$?
# 130: told to stop {} s before the limit, or earlier, and stopped; what is finished is kept. The job queues again under its number and then goes on.
if [ "$code" -eq 130 ]; then
    if [ "${{SLURM_RESTART_COUNT:-0}}" -lt {} ]; then
        echo "start $((${{SLURM_RESTART_COUNT:-0}} + 1)): stopped in time; queues again" >&2
        if scontrol requeue "{}"; then sleep 300; fi # Slurm ends it here
    fi
    echo "does not queue again: sh submit.sh goes on with what is finished" >&2
fi
exit "$code"
)sh",
                       a.stop_before_s, std::uint64_t{a.cluster.goes} + 9, job);
}

std::string enter(const JobsAsked& a) { return fmt::format("cd {} || exit 1\n", for_shell(a.folder)); }

std::string array_script(const JobsAsked& a)
{
    const ClusterAsked& c = a.cluster;
    return "#!/bin/sh\n"
           + directives(a, {"--job-name=" + job_name(a.name), fmt::format("--array=1-{}", a.tasks), "--nodes=1", "--ntasks=1", fmt::format("--cpus-per-task={}", c.cores),
                            fmt::format("--mem={}M", a.memory_mb), "--time=" + slurm_time(c.limit_s), fmt::format("--signal=TERM@{}", a.stop_before_s), "--requeue",
                            "--open-mode=append", "--output=array-%a.txt"})
           + fmt::format("# {}\n# {}, and goes on with what it finds of them.\n", said(a.title), a.tasks > 1 ? fmt::format("Task i of {} makes the i-th part of the runs", a.tasks) : "Makes all runs")
           + enter(a) + "srun --ntasks=1 --cpus-per-task=\"$SLURM_CPUS_PER_TASK\" " + command_of(a, a.program)
           + (a.tasks > 1 ? fmt::format(" --shard \"$SLURM_ARRAY_TASK_ID/{}\"\n", a.tasks) : "\n")
           + goes_on(a, "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"); // the number of the last task is that of the whole array
}

std::string merge_script(const JobsAsked& a)
{
    const std::string stem = for_shell(a.result.substr(0, a.result.size() - 3));
    return "#!/bin/sh\n"
           + directives(a, {"--job-name=" + job_name(a.name) + "-merge", "--nodes=1", "--ntasks=1", fmt::format("--cpus-per-task={}", a.cluster.cores),
                            fmt::format("--mem={}M", a.memory_mb), "--time=" + slurm_time(a.merge_limit_s), "--open-mode=append", "--output=merge.txt"})
           + fmt::format("# {}\n# Puts the parts of all tasks together, once each of them is done.\n", said(a.title)) + enter(a)
           + fmt::format(R"sh(set --
i=1
while [ "$i" -le {0} ]; do
    set -- "$@" {1}."$i"-of-{0}.parts
    i=$((i + 1))
done
srun --ntasks=1 --cpus-per-task="$SLURM_CPUS_PER_TASK" {2} merge "$@" --out {3} || exit $?
printf '%s\n' 'The parts are in the result; they may go:' {4}
)sh",
                         a.tasks, stem, for_shell(a.program), for_shell(a.result), for_shell(fmt::format("rm -r {}.*-of-{}.parts", stem, a.tasks)));
}

std::string mpi_script(const JobsAsked& a)
{
    const ClusterAsked& c = a.cluster;
    return "#!/bin/sh\n"
           + directives(a, {"--job-name=" + job_name(a.name), fmt::format("--nodes={}", c.nodes), "--ntasks-per-node=1", fmt::format("--cpus-per-task={}", c.cores),
                            fmt::format("--mem={}M", a.memory_mb), "--time=" + slurm_time(c.limit_s), fmt::format("--signal=TERM@{}", a.stop_before_s), "--requeue",
                            "--open-mode=append", "--output=mpi.txt"})
           + fmt::format("# {}\n# One process a node, with a thread for each core; the first hands out the work and writes.\n", said(a.title)) + enter(a)
           + "srun --mpi=pmix --kill-on-bad-exit=1 --cpus-per-task=\"$SLURM_CPUS_PER_TASK\" " + command_of(a, a.mpi_program) + "\n" + goes_on(a, "$SLURM_JOB_ID");
}

/// A refusal of sbatch's ends submit.sh. Among several clusters it says which one after the number.
std::string one_job(const std::string& script) { return fmt::format("    job=$(sbatch --parsable {})\n    echo \"job ${{job%%;*}}; squeue --me shows it\"\n", script); }

std::string submit_script(const JobsAsked& a)
{
    std::string text = fmt::format(R"sh(#!/bin/sh
# {}
# Hands the jobs to Slurm: sh submit.sh{}. Once more after a fault: what is finished is not made again.
set -eu
cd "$(dirname "$0")"
command -v sbatch >/dev/null || {{ echo "sbatch is not on this machine: Slurm takes jobs where it is, as a rule on the cluster's login nodes" >&2; exit 1; }}
case ${{1-{}}} in
)sh",
                                   said(a.title), a.array && a.mpi ? " [array|mpi]" : "", a.array ? "array" : "mpi");
    if (a.array && a.tasks == 1) text += "array)\n" + one_job("array.sh") + "    ;;\n";
    else if (a.array)
        text += "array)\n    [ ! -e " + for_shell(a.result) + " ] || { echo " + for_shell(a.result) + R"sh(: is there already >&2; exit 1; }
    array=$(sbatch --parsable array.sh)
    array=${array%%;*}
    if merge=$(sbatch --parsable --dependency="afterok:$array" --kill-on-invalid-dep=yes merge.sh); then
        echo "job $array makes the parts, job ${merge%%;*} merges them; squeue --me shows both"
    else
        echo "job $array makes the parts; the one that merges them was not taken: sbatch merge.sh once they are done" >&2
        exit 1
    fi
    ;;
)sh";
    if (a.mpi)
        text += fmt::format(R"sh(mpi)
    {}
{}    ;;
)sh",
                            a.launcher.empty()
                                ? fmt::format("[ -x {0} ] || {{ echo {0}: the program for MPI is not there: the package entente-mpi brings it >&2; exit 1; }}", for_shell(a.mpi_program))
                                : fmt::format("{} --mpi --version >/dev/null # builds it on first use", for_shell(a.launcher)),
                            one_job("mpi.sh"));
    const std::string ways = a.array && a.mpi ? "array or mpi" : a.array ? "array" : "mpi";
    return text + fmt::format("*)\n    echo \"submit.sh: {}, got '$1'\" >&2\n    exit 2\n    ;;\nesac\n", ways);
}

} // namespace

std::string fault_of_slurm_name(const std::string& name)
{
    constexpr std::string_view more = ",:@+"; // several partitions, and what sites put into names
    if (name.empty() || name[0] == '-' || name.size() > 200) return "a name";
    const bool plain = std::ranges::all_of(name, [&](char c) { return letters.find(c) != std::string_view::npos || more.find(c) != std::string_view::npos; });
    return plain ? "" : "a name of letters, digits and _ . , : @ + -";
}

std::string fault_of_directive(const std::string& directive)
{
    constexpr std::string_view more = ",:@+=/%*&|()[]";
    static const std::vector<std::string> own = {"array",  "nodes",     "ntasks", "ntasks-per-node", "cpus-per-task", "time",      "signal", "requeue", "no-requeue", "dependency",
                                                 "output", "open-mode", "wrap",   "parsable",        "chdir",         "partition", "account"};
    const bool plain = std::ranges::all_of(directive, [&](char c) { return letters.find(c) != std::string_view::npos || more.find(c) != std::string_view::npos; });
    if (!plain || !directive.starts_with("--") || directive.size() < 3 || directive.size() > 200 || directive[2] == '-' || directive[2] == '=')
        return "a long option of sbatch's in one word of plain signs, such as --qos=long";
    const std::string name = directive.substr(2, directive.find('=') - 2);
    const auto at = std::ranges::find_if(own, [&](const std::string& o) { return o.starts_with(name); }); // Slurm takes what an option begins with for it
    return at == own.end() ? "" : fmt::format("the scripts set --{} themselves", *at);
}

std::vector<JobScript> job_scripts(const JobsAsked& a)
{
    for (const std::string& directive : a.directives) {
        const bool named = directive.starts_with("--partition=") || directive.starts_with("--account=");
        const std::string fault = named ? fault_of_slurm_name(directive.substr(directive.find('=') + 1)) : fault_of_directive(directive);
        if (!fault.empty()) throw std::invalid_argument(fmt::format("'{}': {}", directive, fault));
    }
    if (!a.array && !a.mpi) throw std::invalid_argument("job_scripts: neither an array nor MPI");
    std::vector<JobScript> scripts = {{"submit.sh", submit_script(a)}};
    if (a.array) scripts.push_back({"array.sh", array_script(a)});
    if (a.array && a.tasks > 1) scripts.push_back({"merge.sh", merge_script(a)});
    if (a.mpi) scripts.push_back({"mpi.sh", mpi_script(a)});
    return scripts;
}

} // namespace entente::report
