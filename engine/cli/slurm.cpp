// slurm: job scripts for a cluster, with what fits into the time asked for.
#include "../core/number.hpp"
#include "../experiment/rate_here.hpp"
#include "../report/documents.hpp"
#include "../report/slurm/job_scripts.hpp"
#include "../report/slurm/slurm_jobs.hpp"
#include "../report/slurm/time_limit.hpp"
#include "folder.hpp"
#include "inputs.hpp"
#include "options.hpp"
#include "results.hpp"
#include "terminal.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <thread>

namespace entente::cli {

namespace po = boost::program_options;
namespace fs = std::filesystem;

namespace {

/// What is to be made, and how fast that goes here.
struct Made {
    std::string name, title, command, result; ///< result: as it is given if nothing else is said
    std::vector<std::string> arguments{};     ///< of the command
    report::WorkAsked work{};
    RateHere here{};
    std::uint64_t runs_beside = 0;
    std::uint32_t replicates = 0;
    std::string why_no_array{};
    report::Document document;
};

std::uint32_t number_from(const po::variables_map& given, const char* option, std::uint32_t least, std::uint32_t most, std::vector<std::string>& faults)
{
    const auto number = given[option].as<std::uint32_t>();
    if (number < least || number > most) faults.push_back(fmt::format("--{}: {} to {}, got {}", option, least, most, number));
    return number;
}

report::ClusterAsked cluster_from(const po::variables_map& given, std::vector<std::string>& faults)
{
    for (const char* const option : {"nodes", "time"})
        if (given.count(option) == 0) faults.push_back(fmt::format("--{} is missing", option));
    report::ClusterAsked asked{.cores = std::max(1u, std::thread::hardware_concurrency()), .limit_s = report::least_limit_s};
    if (given.count("nodes") != 0) asked.nodes = number_from(given, "nodes", 1, report::most_nodes, faults);
    if (given.count("cores") != 0) asked.cores = number_from(given, "cores", 1, report::most_cores, faults);
    asked.goes = number_from(given, "goes", 1, report::most_goes, faults);
    if (given.count("time") != 0) {
        const auto text = given["time"].as<std::string>();
        const auto seconds = report::slurm_seconds(text);
        if (!seconds) faults.push_back(fmt::format("--time: {}, got '{}'", report::slurm_time_forms, text));
        else if (*seconds < report::least_limit_s) faults.push_back(fmt::format("--time: five minutes at least, got '{}': a job is told to stop a minute or two before", text));
        asked.limit_s = std::max(report::least_limit_s, seconds.value_or(0));
    }
    return asked;
}

std::vector<std::string> directives_from(const po::variables_map& given, std::vector<std::string>& faults)
{
    std::vector<std::string> all;
    for (const char* const option : {"partition", "account"}) {
        if (given.count(option) == 0) continue;
        const auto name = given[option].as<std::string>();
        if (const std::string fault = report::fault_of_slurm_name(name); !fault.empty()) faults.push_back(fmt::format("--{}: {}, got {}", option, fault, quoted_text(name)));
        all.push_back(fmt::format("--{}={}", option, name));
    }
    if (given.count("extra") != 0)
        for (const std::string& extra : given["extra"].as<std::vector<std::string>>()) {
            if (const std::string fault = report::fault_of_directive(extra); !fault.empty()) faults.push_back(fmt::format("--extra: {}, got {}", fault, quoted_text(extra)));
            all.push_back(extra);
        }
    return all;
}

/// Options of the command that makes the runs, as they were given to this one.
std::vector<std::string> passed_on(const po::variables_map& given, std::initializer_list<const char*> names)
{
    std::vector<std::string> words;
    for (const char* const name : names) {
        if (given.count(name) == 0 || given[name].defaulted()) continue;
        if (const auto* several = boost::any_cast<std::vector<std::string>>(&given[name].value()))
            for (const std::string& text : *several) words.push_back(fmt::format("--{}={}", name, text));
        else if (const auto* number = boost::any_cast<std::uint32_t>(&given[name].value())) words.push_back(fmt::format("--{}={}", name, *number));
        else words.push_back(fmt::format("--{}={}", name, given[name].as<std::string>()));
    }
    return words;
}

void throw_if_of_another(const po::variables_map& given, std::initializer_list<const char*> names, const char* whose)
{
    for (const char* const name : names)
        if (given.count(name) != 0 && !given[name].defaulted()) throw UsageError(fmt::format("entente slurm: --{} belongs to {}", name, whose));
}

EnsembleOptions kept_from(const po::variables_map& given)
{
    po::variables_map all = given; // what is not asked for here
    all.insert({"isa", po::variable_value(boost::any(std::string()), true)});
    all.insert({"threads", po::variable_value(boost::any(std::uint32_t{0}), true)});
    return ensemble_from(all);
}

Made of_run(const std::string& file, const po::variables_map& given, double seconds)
{
    throw_if_of_another(given, {"replicates"}, "a sweep");
    throw_if_of_another(given, {"fit-to", "method"}, "a calibration");
    Scenario scenario = read_scenario(file, overlay_from(given));
    const EnsembleOptions options = kept_from(given);
    const Experiment experiment = plain_experiment(scenario, options, {}, "", beside_from(given, scenario, file));
    Made made{.name = scenario.name, .title = scenario.title, .command = "run", .result = fmt::format("results/{}.h5", scenario.name), .document = report::document("slurm", scenario)};
    made.arguments = passed_on(given, {"runs", "seed", "parameters", "set", "precision", "keep", "drivers", "readings", "priors"});
    made.work = {.runs = scenario.runs, .pieces = piece_count(experiment.plan), .runs_a_piece = block_runs};
    made.runs_beside = beside_sizes(experiment.beside, scenario, scenario.runs).runs();
    scenario.runs = endless_replicates(experiment);
    made.here = rate_here(plain_experiment(scenario, options), seconds);
    return made;
}

Made of_sweep(const std::string& file, const po::variables_map& given, double seconds)
{
    throw_if_of_another(given, {"runs"}, "a scenario; --replicates says how many runs each point and policy has");
    throw_if_of_another(given, {"drivers", "readings", "priors"}, "a scenario");
    throw_if_of_another(given, {"fit-to", "method"}, "a calibration");
    EnsembleOptions options = kept_from(given);
    if (options.keep > Keep::outcomes) throw UsageError("entente slurm: --keep: of a sweep none or outcomes");
    const auto replicates = given.count("replicates") != 0 ? std::optional(given["replicates"].as<std::uint32_t>()) : std::nullopt;
    if (replicates == 0u) throw UsageError("--replicates: at least 1, got 0");
    const Sweep sweep = read_sweep(file, overlay_from(given));
    const Experiment experiment = sweep_experiment(sweep, options, replicates);
    say(experiment.notes);
    Made made{.name = sweep.name,
              .title = sweep.title,
              .command = "sweep",
              .result = fmt::format("results/{}.h5", sweep.name),
              .replicates = experiment.plan.replicates,
              .document = report::document("slurm", experiment.scenario())};
    made.document.scenario = sweep.name;
    made.arguments = passed_on(given, {"replicates", "seed", "parameters", "set", "precision", "keep"});
    const std::vector<std::uint64_t> pieces = all_pieces(experiment.plan);
    made.work = {.runs = runs_in(experiment.plan, pieces), .pieces = pieces.size(), .runs_a_piece = block_runs};
    if (!experiment.stops.empty()) made.why_no_array = "a sweep that stops by precision looks at all its runs";
    made.here = rate_here(sweep_experiment(sweep, options, endless_replicates(experiment)), seconds);
    return made;
}

Made of_calibration(const std::string& file, const po::variables_map& given, double seconds)
{
    throw_if_of_another(given, {"runs", "replicates", "parameters", "set", "precision", "keep", "drivers", "readings", "priors"}, "runs and sweeps, and this is a calibration");
    const Calibration calibration = calibration_from(file, given);
    Made made{.name = calibration.name,
              .title = calibration.title,
              .command = "calibrate",
              .result = fmt::format("results/{}_posterior.h5", calibration.name),
              .why_no_array = "a calibration's steps build on each other",
              .document = report::document("slurm", calibration.scenario)};
    made.arguments = passed_on(given, {"seed", "fit-to", "method"});
    made.work = {.runs_a_piece = block_runs};
    made.here = rate_here(calibration, {}, seconds);
    return made;
}

std::string beside_program(const std::string& program)
{
    const fs::path path(program);
    return path.filename() == "entente-mpi" ? program : (path.parent_path() / "entente-mpi").string();
}
/// The script that builds the program, if that is how it came here.
std::string launcher_of(const std::string& program)
{
    const fs::path launcher = fs::path(program).parent_path().parent_path() / "entente";
    std::error_code none;
    return fs::path(program).parent_path().filename() == "build" && fs::is_regular_file(launcher, none) ? launcher.string() : "";
}

po::options_description all_options()
{
    po::options_description options(
        "FILE: a scenario, a sweep or a calibration. Writes job scripts for Slurm that make it on a cluster, into a folder, and says what to type there. Nothing is handed in.\n"
        "Two ways to the same result, bit for bit: a job array, in which each task makes a part of the runs on one node, and a job after it that merges the parts; or one job on "
        "all nodes "
        "by MPI. A calibration has only the latter. A job that reaches its time limit stops before, queues again and goes on; so does one whose node fails.\n"
        "How many runs fit is worked out from how fast they are made here, which is measured for a second or two. If they do not fit, nothing is written.\nExit codes: 0 done; 2 "
        "the runs "
        "do not fit, a faulty file, or usage.\n\nOptions");
    options.add_options()("nodes", po::value<std::uint32_t>(), "how many nodes")("time", po::value<std::string>(),
                                                                                 "time limit of a job, as Slurm writes it: MINUTES, MM:SS, HH:MM:SS, D-HH, D-HH:MM or D-HH:MM:SS")(
        "cores", po::value<std::uint32_t>(), "cores of a node; as many as here if not given")(
        "goes", po::value<std::uint32_t>()->default_value(1), "how many times a job may take its time limit: it stops before it, queues again and goes on")(
        "rate", po::value<double>(), "runs a second and core on the cluster, instead of those measured here")("array", "the job array alone")("mpi", "the MPI job alone")(
        "out,o", po::value<std::string>(), "folder for the scripts and for what the jobs say; beside the result if not given, results/NAME_slurm")(
        "result", po::value<std::string>(), "file that the jobs make; the one that `run`, `sweep` or `calibrate` would make if not given")(
        "force", "replace scripts in a folder that is there")("partition", po::value<std::string>(), "partition of the cluster")("account", po::value<std::string>(), "whom the time is charged to")(
        "extra", po::value<std::vector<std::string>>(), "one more option of sbatch's for every job, such as --extra=--qos=long; may be given several times")(
        "replicates", po::value<std::uint32_t>(), "of a sweep: runs per point and policy, instead of the file's")("precision", po::value<std::string>()->default_value("double"), "double or single")(
        "keep", po::value<std::string>()->default_value("outcomes"), "what is kept of every run: as for run or sweep")("json", "print JSON");
    options.add(overlay_options()).add(beside_options()).add(calibration_options());
    return options;
}

} // namespace

int slurm_command(const std::vector<std::string>& arguments)
{
    const po::variables_map given = parse("slurm", arguments, all_options(), {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    std::vector<std::string> faults;
    report::SlurmJobs jobs{.file = file, .cluster = cluster_from(given, faults), .cores_given = given.count("cores") != 0, .rate_given = given.count("rate") != 0};
    const std::vector<std::string> directives = directives_from(given, faults);
    if (jobs.rate_given && !(given["rate"].as<double>() > 0)) faults.push_back(fmt::format("--rate: runs a second, more than 0, got {}", given["rate"].as<double>()));
    const bool array_alone = given.count("array") != 0, mpi_alone = given.count("mpi") != 0;
    if (array_alone && mpi_alone) faults.emplace_back("--array and --mpi: one of them, or neither for both");
    if (given.count("result") != 0 && !given["result"].as<std::string>().ends_with(".h5"))
        faults.push_back(fmt::format("--result: a name that ends with .h5, got {}", quoted_text(given["result"].as<std::string>())));
    if (!faults.empty()) throw UsageError(fmt::format("entente slurm: {}", fmt::join(faults, "\nentente slurm: ")));
    throw_if_for_another_command("slurm", file);
    const Input input = input_of(file);
    end_at_interruption();
    const double seconds = jobs.rate_given ? 0.2 : 1.5; // what a run takes on disk and in memory is looked at in any case
    if (!jobs.rate_given && isatty(STDERR_FILENO) == 1) draw("measuring ...");
    const Made made = input == Input::sweep ? of_sweep(file, given, seconds) : input == Input::calibration ? of_calibration(file, given, seconds) : of_run(file, given, seconds);
    if (!jobs.rate_given && isatty(STDERR_FILENO) == 1) draw("\r\033[K");

    if (array_alone && !made.why_no_array.empty()) throw UsageError(fmt::format("entente slurm: --array: {}, so it cannot be shared out; --mpi can", made.why_no_array));
    jobs.array = !mpi_alone && made.why_no_array.empty(), jobs.mpi = !array_alone;
    jobs.why_no_array = mpi_alone ? "" : made.why_no_array;
    jobs.command = made.command, jobs.replicates = made.replicates;
    jobs.measured_rate = made.here.runs_per_s_core, jobs.measured_threads = made.here.threads, jobs.measured_s = made.here.seconds;
    jobs.work = made.work;
    jobs.work.runs_per_s_core = jobs.rate_given ? given["rate"].as<double>() : made.here.runs_per_s_core;
    jobs.allotment = report::allotment_of(jobs.cluster, jobs.work);
    if (!jobs.allotment.fits) throw UsageError(fmt::format("entente slurm: {}", report::refusal_of(jobs)));
    const std::uint64_t runs = jobs.work.runs.value_or(0);
    jobs.memory_mb = report::memory_mb(made.here.memory_mb, made.here.threads, jobs.cluster.cores);
    jobs.runs_beside = made.runs_beside;
    jobs.merge_s = report::merge_s(runs, made.runs_beside, jobs.work.runs_per_s_core, jobs.cluster.cores);
    jobs.merge_limit_s = report::merge_limit_s(jobs.merge_s);
    jobs.parts_bytes = static_cast<double>(runs) * made.here.bytes_a_run + jobs.allotment.tasks * made.here.bytes_a_shard;

    jobs.result = given.count("result") != 0 ? given["result"].as<std::string>() : made.result;
    throw_if_no_file(jobs.result);
    if (what_lies_at(jobs.result) != Lies::nothing) throw UsageError(fmt::format("entente slurm: {}: is there already; --result FILE.h5 names another place", jobs.result));
    jobs.folder = given.count("out") != 0 ? given["out"].as<std::string>() : made.result.substr(0, made.result.size() - 3) + "_slurm";
    throw_if_folder_is_kept_from("--out", jobs.folder, given.count("force") != 0);
    while (jobs.folder.size() > 1 && jobs.folder.ends_with('/')) jobs.folder.pop_back();

    const std::string program = fs::read_symlink("/proc/self/exe").string();
    const std::vector<report::JobScript> scripts = report::job_scripts({.name = made.name,
                                                                        .title = made.title,
                                                                        .folder = fs::current_path().string(),
                                                                        .program = program,
                                                                        .mpi_program = beside_program(program),
                                                                        .launcher = launcher_of(program),
                                                                        .command = made.command,
                                                                        .file = fs::absolute(file).lexically_normal().string(),
                                                                        .arguments = made.arguments,
                                                                        .result = fs::absolute(jobs.result).lexically_normal().string(),
                                                                        .cluster = jobs.cluster,
                                                                        .tasks = jobs.allotment.tasks,
                                                                        .stop_before_s = report::stop_before_s(jobs.cluster.limit_s, jobs.work.piece_s()),
                                                                        .memory_mb = jobs.memory_mb,
                                                                        .merge_limit_s = jobs.merge_limit_s,
                                                                        .directives = directives,
                                                                        .array = jobs.array,
                                                                        .mpi = jobs.mpi});
    FolderToBe folder(jobs.folder);
    for (const report::JobScript& script : scripts) folder.write(script.name, script.text), jobs.scripts.push_back(script.name);
    folder.take_its_place();
    if (given.count("json") != 0) tell("{}", report::printed(made.document, report::json_of(jobs)));
    else tell("{}", report::text_of(jobs));
    constexpr std::uint32_t usual_array = 1000;
    if (jobs.array && jobs.allotment.tasks > usual_array)
        talk("An array of {} tasks is more than many clusters take: `scontrol show config | grep MaxArraySize` there.\n", jobs.allotment.tasks);
    return done;
}

} // namespace entente::cli
