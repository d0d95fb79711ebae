#include "slurm_jobs.hpp"
#include "../../core/shell_word.hpp"
#include "../../scenario/scenario.hpp"
#include "../words.hpp"
#include "time_limit.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>
#include <nlohmann/json.hpp>

namespace entente::report {
namespace {

/// To two digits, as people say it: "40 s", "12 min", "3.5 h", "4.2 days".
std::string duration(double seconds)
{
    constexpr double minute = 60, hour = 3600, day = 86400;
    const auto said = [](double number, const char* unit) {
        const double tenths = std::round(10 * number) / 10;
        return tenths < 10 ? fmt::format("{:g} {}", tenths, unit) : fmt::format("{} {}", with_commas(static_cast<std::uint64_t>(std::round(number))), unit);
    };
    if (seconds <= 90) return fmt::format("{:.0f} s", std::ceil(seconds));
    if (seconds < 90 * minute) return said(seconds / minute, "min");
    return seconds < 3 * day ? said(seconds / hour, "h") : said(seconds / day, "days");
}
std::string size(double bytes)
{
    constexpr double mega = 1e6, giga = 1e9, tera = 1e12;
    if (bytes < giga) return fmt::format("{:.0f} MB", std::ceil(bytes / mega));
    return bytes < tera ? fmt::format("{:.1f} GB", bytes / giga) : fmt::format("{:.1f} TB", bytes / tera);
}
std::string rate(double runs) { return runs < 100 ? fmt::format("{:.2g}", runs) : with_commas(static_cast<std::uint64_t>(std::round(runs))); }
std::string nodes(const ClusterAsked& c) { return fmt::format("{} of {}", counted(c.nodes, "node", "nodes"), counted(c.cores, "core", "cores")); }

/// What to type, each line with what it does.
std::string to_type(const SlurmJobs& j)
{
    constexpr std::size_t width = 80, indent = 6;
    const std::string submit = for_shell(j.folder + "/submit.sh");
    const auto line = [&](const std::string& command, const std::string& does) { return fmt::format("  {}\n{:{}}{}", command, "", indent, wrapped(does, width, indent, indent)); };
    const std::string by_mpi = fmt::format("one job on {}, by MPI", j.cluster.nodes == 1 ? "a node" : counted(j.cluster.nodes, "node", "nodes at once"));
    std::string text = fmt::format("{}: job scripts. Where the cluster takes jobs, type\n\n", j.folder);
    if (j.array)
        text += line("sh " + submit, j.allotment.tasks == 1
                                         ? "one task on a node"
                                         : fmt::format("a job array of {} tasks, each a part of the runs on a node, and a job that merges them", with_commas(j.allotment.tasks)));
    if (j.mpi) text += line("sh " + submit + (j.array ? " mpi" : ""), (j.array ? "the same as " : "") + by_mpi);
    if (!j.why_no_array.empty()) text += fmt::format("      (no job array: {})\n", j.why_no_array);
    return text + fmt::format("\nIt makes {}.\n\n", j.result);
}

std::string row(const char* name, const std::string& text)
{
    constexpr std::size_t width = 80, indent = 10;
    return fmt::format("{:<{}}{}", name, indent, wrapped(text, width, indent, indent));
}

std::string rate_row(const SlurmJobs& j)
{
    const std::string measured = fmt::format("measured here for {:.1f} s on {}, in processor time", j.measured_s, counted(j.measured_threads, "core", "cores at once"));
    if (j.rate_given) return fmt::format("{} runs a second and core, as given; {}: {}.", rate(j.work.runs_per_s_core), measured, rate(j.measured_rate));
    return fmt::format("{} runs a second and core, {}. The cluster's cores may be faster or slower. There, srun -N 1 -n 1 -c {} before this command measures on a node (with "
                       "--force, to write the scripts "
                       "anew), and --rate takes a number that you know.",
                       rate(j.work.runs_per_s_core), measured, j.cluster.cores);
}

/// Nothing goes on with half a result: it is put together in one go.
std::string too_short_row(const SlurmJobs& j, double usable)
{
    const bool within = j.mpi || j.allotment.tasks == 1;
    if (!within || (j.merge_s <= usable && static_cast<double>(j.allotment.seconds) + j.merge_s <= usable * j.cluster.goes)) return "";
    const char* const which = j.array && j.allotment.tasks > 1 ? "By MPI the same job" : "The same job";
    return row("", fmt::format("{} then puts the result together, in up to {}, and may have too little time left for that: {}a longer --time.", which, duration(j.merge_s),
                               j.array && j.allotment.tasks > 1 ? "take the array, or " : "ask for "));
}

/// What a result holds, or no limit.
double most_of_result(const SlurmJobs& j)
{
    return j.command == "run" ? most_runs : j.command == "sweep" ? std::numeric_limits<std::uint32_t>::max() : std::numeric_limits<double>::infinity();
}

} // namespace

std::string text_of(const SlurmJobs& j)
{
    const Allotment& a = j.allotment;
    const double limit = static_cast<double>(j.cluster.limit_s), usable = static_cast<double>(usable_s(j.cluster.limit_s, j.work.piece_s()));
    std::string text = to_type(j);
    text += row("Asked", fmt::format("{}, {}{}{}", nodes(j.cluster), slurm_time(j.cluster.limit_s), j.cluster.goes > 1 ? fmt::format(", {} times", j.cluster.goes) : "",
                                     j.cores_given ? "." : fmt::format("; {} as this machine has, --cores says otherwise.", j.cluster.cores == 1 ? "one core" : "cores")));
    text += row("Rate", rate_row(j));
    text += row("Fit", fmt::format("{} runs at most{}. Of {} the last {} are kept free to stop in.", with_commas(a.most_runs),
                                   static_cast<double>(a.most_runs) > most_of_result(j) ? fmt::format("; one result holds {:.0f} million", most_of_result(j) / 1e6) : "",
                                   duration(limit), duration(limit - usable)));
    if (j.work.runs) {
        text += row("Takes", fmt::format("{} on each node for {} runs; {} core-hours.", duration(static_cast<double>(a.seconds)), with_commas(*j.work.runs),
                                         a.core_hours < 10 ? fmt::format("{:.2g}", a.core_hours) : with_commas(static_cast<std::uint64_t>(a.core_hours))));
        if (j.array && a.tasks > 1)
            text += row("", fmt::format("The job that merges may take up to {} more, on one node{}.", duration(static_cast<double>(j.merge_limit_s)),
                                        j.runs_beside > 0 ? fmt::format(": it also makes the {} runs that stand beside the answer", with_commas(j.runs_beside)) : ""));
        text += too_short_row(j, usable);
        if (a.tasks < j.cluster.nodes)
            text += row("", fmt::format("The runs are {} of {}, so that {} have work.", counted(j.work.pieces, "piece", "pieces"), j.work.runs_a_piece, counted(a.tasks, "node", "nodes")));
        if (static_cast<double>(a.seconds) > 0.8 * usable * j.cluster.goes)
            text += row("", "That is close to the limit. What a slower node does not finish it goes on with by itself, after waiting in the queue once more.");
    } else text += row("Takes", "how many runs nobody knows before: a calibration stops by its own rule. At its limit the job stops, queues again and goes on.");
    text += row("Memory", fmt::format("{} a node are asked for.", size(static_cast<double>(j.memory_mb) * 1048576)));
    if (j.work.runs)
        text += row("Disk",
                    fmt::format("{} for the parts. The result beside them takes one to two and a half times as much, of a short horizon up to five. All nodes must see both.",
                                size(j.parts_bytes)));
    return text;
}

std::string refusal_of(const SlurmJobs& j)
{
    const Allotment& a = j.allotment;
    const auto usable = static_cast<double>(usable_s(j.cluster.limit_s, j.work.piece_s()));
    std::vector<std::string> ways;
    if (a.nodes && *a.nodes <= most_nodes) ways.push_back(fmt::format("--nodes {}", *a.nodes));
    if (a.limit_s <= most_slurm_days * 86400) ways.push_back("--time " + slurm_time(a.limit_s));
    if (a.goes && *a.goes <= most_goes) ways.push_back(fmt::format("--goes {} (a job that has to stop queues again and goes on)", *a.goes));
    const auto replicates = static_cast<std::uint64_t>(static_cast<double>(j.replicates) * static_cast<double>(a.most_runs) / static_cast<double>(*j.work.runs));
    if (j.command == "sweep" && replicates > 0) ways.push_back(fmt::format("--replicates {}", replicates));
    if (j.command == "run" && a.most_runs > 0) ways.push_back(fmt::format("--runs {}", a.most_runs));
    return fmt::format("{} runs do not fit: {} make about {} in {}{}, {} of it for runs, at {} runs a second and core. Would do: {}", with_commas(*j.work.runs), nodes(j.cluster),
                       with_commas(a.most_runs), slurm_time(j.cluster.limit_s), j.cluster.goes > 1 ? fmt::format(", {} times", j.cluster.goes) : "", duration(usable),
                       rate(j.work.runs_per_s_core), fmt::join(ways, "; or "));
}

nlohmann::ordered_json json_of(const SlurmJobs& j)
{
    using Json = nlohmann::ordered_json;
    const Allotment& a = j.allotment;
    return {{"file", j.file},
            {"command", j.command},
            {"folder", j.folder},
            {"scripts", j.scripts},
            {"submit", fmt::format("sh {}", for_shell(j.folder + "/submit.sh"))},
            {"result", j.result},
            {"array", j.array},
            {"mpi", j.mpi},
            {"nodes", j.cluster.nodes},
            {"cores", j.cluster.cores},
            {"limit_s", j.cluster.limit_s},
            {"usable_s", usable_s(j.cluster.limit_s, j.work.piece_s())},
            {"goes", j.cluster.goes},
            {"tasks", a.tasks},
            {"runs", j.work.runs ? Json(*j.work.runs) : Json()},
            {"runs_that_fit", a.most_runs},
            {"rate", {{"runs_per_s_core", j.work.runs_per_s_core}, {"given", j.rate_given}, {"measured_here", j.measured_rate}, {"measured_s", j.measured_s}, {"cores_at_once", j.measured_threads}}},
            {"seconds", j.work.runs ? Json(a.seconds) : Json()},
            {"core_hours", j.work.runs ? Json(a.core_hours) : Json()},
            {"merge_limit_s", j.array && a.tasks > 1 ? Json(j.merge_limit_s) : Json()},
            {"memory_mb", j.memory_mb},
            {"parts_bytes", j.work.runs ? Json(j.parts_bytes) : Json()}};
}

} // namespace entente::report
