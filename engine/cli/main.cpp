// The program: finds the command, and turns what went wrong into a message and an exit code.
#include "command.hpp"
#include "../core/text.hpp"
#include "../experiment/carry_out.hpp"
#include "../experiment/ranks/orders.hpp"
#include "../experiment/refusal.hpp"
#include "../model/kernel.hpp"
#include "../report/refusals.hpp"
#include "../report/words.hpp"
#include "../scenario/scenario.hpp"
#include "../version.hpp"
#include "ranks_here.hpp"
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fmt/format.h>
#include <optional>
#include <system_error>
#include <unistd.h>

namespace entente::cli {

// One file each.
int run_command(const std::vector<std::string>& arguments);
int sweep_command(const std::vector<std::string>& arguments);
int design_command(const std::vector<std::string>& arguments);
int sensitivity_command(const std::vector<std::string>& arguments);
int robust_command(const std::vector<std::string>& arguments);
int merge_command(const std::vector<std::string>& arguments);
int show_command(const std::vector<std::string>& arguments);
int plot_command(const std::vector<std::string>& arguments);
int explore_command(const std::vector<std::string>& arguments);
int report_command(const std::vector<std::string>& arguments);
int replay_command(const std::vector<std::string>& arguments);
int conventions_command(const std::vector<std::string>& arguments);
int survival_command(const std::vector<std::string>& arguments);
int convergence_command(const std::vector<std::string>& arguments);
int rates_command(const std::vector<std::string>& arguments);
int contrast_command(const std::vector<std::string>& arguments);
int signposts_command(const std::vector<std::string>& arguments);
int claims_command(const std::vector<std::string>& arguments);
int calibrate_command(const std::vector<std::string>& arguments);
int sbc_command(const std::vector<std::string>& arguments);
int backtest_command(const std::vector<std::string>& arguments);
int assimilate_command(const std::vector<std::string>& arguments);
int discover_command(const std::vector<std::string>& arguments);
int compare_command(const std::vector<std::string>& arguments);
int ablation_command(const std::vector<std::string>& arguments);
int diff_command(const std::vector<std::string>& arguments);
int diagnose_command(const std::vector<std::string>& arguments);
int check_command(const std::vector<std::string>& arguments);
int new_command(const std::vector<std::string>& arguments);
int describe_command(const std::vector<std::string>& arguments);
int slurm_command(const std::vector<std::string>& arguments);
int bench_command(const std::vector<std::string>& arguments);
int man_command(const std::vector<std::string>& arguments);
int completion_command(const std::vector<std::string>& arguments);

const std::vector<Command>& commands()
{
    static const std::vector<Command> all = {
        {"run", "run FILE", "simulate a scenario (FILE.toml) and print the answer; or repeat a result (FILE.h5) and compare the bits", run_command},
        {"sweep", "sweep FILE.toml", "run policies under the same uncertainties: factors, points, replicates", sweep_command},
        {"design", "design FILE.toml", "write a sweep's points as CSV, for this or another simulator", design_command},
        {"sensitivity", "sensitivity FILE.h5", "say which inputs drive what came in a result or a table, how much, and what is luck; or screen every row of the model", sensitivity_command},
        {"robust", "robust FILE.h5", "rank a sweep's policies: regret, satisficing, maximin and more across its points", robust_command},
        {"merge", "merge PARTS... --out FILE.h5", "put the shards of a run or sweep together", merge_command},
        {"show", "show FILE.h5|PARTS", "print the answer from a result file, or from what is finished so far; with --csv, --latex or --markdown a table", show_command},
        {"plot", "plot FILE [KIND]", "draw a figure of a result: shares, fans, events, drivers, sensitivity, heat maps and more, as SVG, PDF or PNG", plot_command},
        {"explore", "explore FILE.toml... --out PAGE.html", "make a page in which a reader turns dials and simulates scenarios anew, with the model in it", explore_command},
        {"report", "report FILES.h5 --out DIR", "write figures, tables, methods and a page of results as a folder for a paper, without new simulations", report_command},
        {"replay", "replay FILE.h5", "simulate one run of a result file again and tell its story: what happened, who chose what, and why", replay_command},
        {"survival", "survival FILE.h5 [B.h5]", "say when events come and which comes first, with intervals; of two results or scenarios also how they differ", survival_command},
        {"convergence", "convergence FILE.h5", "say how sure each number of a result is: how it changed as runs were added, how many it needs, and what else it depends on", convergence_command},
        {"rates", "rates FILE.h5", "set how often things happen in a result beside how often they happened in the world", rates_command},
        {"conventions", "conventions FILE.h5", "read a result's classes off again under other weights and thresholds: what stands, and what moves", conventions_command},
        {"contrast", "contrast FILE.toml", "make an event happen in all futures, beside those in which it is seen: what is cause, and what is selection", contrast_command},
        {"signposts", "signposts FILE", "say what can be seen at a date that foretells an outcome: lines to watch, hits, false alarms, lead", signposts_command},
        {"claims", "claims FILE", "say which article's prediction holds under which reading of what the articles dispute, and how often", claims_command},
        {"calibrate", "calibrate FILE.toml", "learn a scenario's assumptions from what was observed: a posterior, with its prior and its predictions", calibrate_command},
        {"sbc", "sbc FILE.toml|FILE.csv", "fit worlds that a calibration's prior makes, and say whether what made them is found as often as it should be", sbc_command},
        {"backtest", "backtest FILE.toml", "fit a calibration to the years up to one, and score what it predicts of the rest beside simple forecasts", backtest_command},
        {"assimilate", "assimilate FILE.h5", "weigh a result's runs by what was observed since, and print the answer with and without", assimilate_command},
        {"discover", "discover FILE.h5", "find where, among what is not known, an outcome is frequent: boxes told in sentences", discover_command},
        {"compare", "compare A.toml B.toml", "run two scenarios with common random numbers, or read two results, and print the paired differences", compare_command},
        {"ablation", "ablation FILE.toml", "replace firms, banks and elite by their mean field: does it matter that there are agents?", ablation_command},
        {"diff", "diff A.h5 B.h5", "say whether two results are the same, the same design with other numbers, or another design", diff_command},
        {"diagnose", "diagnose FILE.h5", "say what a posterior is worth: can its draws be trusted, what was learned, what is not met", diagnose_command},
        {"check", "check FILE.toml", "read a scenario and print it with every default and where each value comes from", check_command},
        {"new", "new NAME", "write a commented scenario to start from; or a sweep, or a table of what was observed", new_command},
        {"describe", "describe NAME|model|claims|drivers|base_rates",
         "tell all of one thing; or print the model's tables, how every claim is accounted for, or how often things happen in the world", describe_command},
        {"slurm", "slurm FILE --nodes N --time T", "write job scripts that make a scenario's runs, a sweep or a calibration on a cluster, and say what fits into the time", slurm_command},
        {"bench", "bench", "measure how fast this program is on this machine", bench_command},
        {"man", "man", "print the manual page: entente man | man -l -", man_command},
        {"completion", "completion SHELL", "print what bash, zsh or fish completes of a command line", completion_command},
    };
    return all;
}

static std::string overview()
{
    std::string text = "entente simulates futures of the tie between Russia and China under stated\nassumptions.\n\nUsage: entente COMMAND [options]\n\n";
    for (const Command& c : commands())
        text += fmt::format("  {:<32} {}", c.usage, report::wrapped(c.summary, 80, 35, std::max<std::size_t>(35, 3 + std::string_view(c.usage).size())));
    text += fmt::format("  {:<32} {}\n  {:<32} {}\n\nEach command explains itself with --help. Data goes to standard output, talk to\nstandard error. Exit codes: 0 done, 1 a run "
                        "or the machine failed, 2 usage or a\n"
                        "bad input file, 130 interrupted (SIGINT, SIGTERM, SIGHUP, SIGQUIT), and of a\nrun or sweep --resume goes on; diff has its own.\n",
                        "--version", "version, build, instruction sets in use", "--help", "this text");
    return text;
}

static void print_version()
{
    const Build& b = build();
    tell("entente {} ({}, sources {})\ncompiler: {} {}\nlibraries: {}\n", b.version, b.commit, b.sources, b.compiler, b.flags, b.libraries);
    for (const char* precision : {"double", "single"}) {
        const Kernel k = choose_kernel(precision);
        tell("{} precision: {}, {} futures at a time\n", precision, k.isa, k.width);
    }
}

static int run(const std::vector<std::string>& arguments)
{
    if (arguments.empty()) {
        talk("{}", overview());
        return bad_usage;
    }
    if (arguments[0] == "--help" || arguments[0] == "-h" || arguments[0] == "help") {
        tell("{}", overview());
        return done;
    }
    if (arguments[0] == "--version") {
        print_version();
        return done;
    }
    std::vector<std::string> names;
    for (const Command& c : commands()) {
        if (arguments[0] == c.name) return c.run({arguments.begin() + 1, arguments.end()});
        names.emplace_back(c.name);
    }
    throw UsageError(fmt::format("entente: unknown command '{}'{}", arguments[0], did_you_mean(arguments[0], names)));
}

} // namespace entente::cli

/// A standard stream that is closed would be the next file to be opened, and what is said would be written into a result.
static void hold_standard_streams()
{
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) // in this order the file opened takes the place of the one missing; it takes no writing, as before
        if (fcntl(stream, F_GETFD) < 0) static_cast<void>(open("/dev/null", O_RDONLY));
}

/// Copies that a launcher of MPI's has started together; 1 if none has.
static int copies_started()
{
    for (const char* const variable : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"})
        if (const char* const copies = std::getenv(variable)) return std::atoi(copies);
    return 1;
}

/// The work of a rank that another one leads, which alone hears of signals.
static int follow(const entente::Wire& wire)
{
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) std::signal(signal, SIG_IGN);
    try {
        entente::serve(wire, entente::answering);
        return entente::cli::done;
    } catch (const std::exception& e) {
        entente::cli::talk("entente, rank {}: {}\n", wire.rank, e.what());
        return entente::cli::failed;
    }
}

static entente::Ranks* led = nullptr; // while main() has it
entente::Ranks* entente::cli::ranks() { return led; }

int main(int argc, char** argv)
{
    using namespace entente;
    using cli::talk;
    hold_standard_streams();
    std::signal(SIGXFSZ, SIG_IGN); // a file beyond the limit is an error like a full disk, with a message
    std::optional<Wire> wire = wire_here(argc, argv);
    if (wire && wire->rank != 0) return follow(*wire);
    if (!wire && copies_started() > 1)
        talk("{} copies of this program were started, and each works alone; `./entente --mpi` builds the one whose copies work together.\n", copies_started());
    std::optional<Ranks> ranks; // the others end with it
    try {
        if (wire) led = &ranks.emplace(std::move(*wire), answering);
        const int code = [&] {
            try {
                return cli::run({argv + 1, argv + argc});
            } catch (const cli::Help& help) {
                cli::tell("{}", help.text);
                return cli::done;
            }
        }();
        if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) throw std::system_error(errno, std::generic_category(), "cannot write to standard output");
        return code;
    } catch (const cli::UsageError& e) {
        talk("{}\n", e.what());
        return cli::bad_usage;
    } catch (const Refused& e) {
        talk("{}\n", report::text_of(e.why));
        return cli::bad_usage;
    } catch (const ScenarioErrors& e) {
        talk("{}{}", e.text, e.text.ends_with('\n') ? "" : "\n");
        return cli::bad_usage;
    } catch (const DamagedFile& e) {
        talk("entente: {}\n", e.what());
        return cli::bad_usage;
    } catch (const CutShort& e) {
        talk("entente: {}\nWhat is finished is in {}; the same command with --resume goes on.\n", e.what(), e.folder);
        return cli::failed;
    } catch (const std::bad_alloc&) {
        talk("entente: out of memory\n");
        return cli::failed;
    } catch (const std::exception& e) {
        talk("entente: {}\n", e.what());
        return cli::failed;
    }
}
