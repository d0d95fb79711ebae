// What the commands share: their table, their options, how they talk. Data goes to stdout, talk to stderr.
#pragma once
#include "../analysis/answer.hpp"
#include "../ensemble/ensemble.hpp"
#include "../report/words.hpp"
#include "../store/store.hpp"
#include <atomic>
#include <boost/program_options.hpp>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

namespace entente::cli {

inline constexpr int done = 0, failed = 1, bad_usage = 2, interrupted_exit = 130;

/// A mistake of the user's: printed, exit code 2.
struct UsageError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Command {
    const char *name, *usage, *summary;
    int (*run)(const std::vector<std::string>& arguments);
};
const std::vector<Command>& commands();
int run_command(const std::vector<std::string>& arguments);
int check_command(const std::vector<std::string>& arguments);
int new_command(const std::vector<std::string>& arguments);
int compare_command(const std::vector<std::string>& arguments);
int replay_command(const std::vector<std::string>& arguments);
int diff_command(const std::vector<std::string>& arguments);
int show_command(const std::vector<std::string>& arguments);
int describe_command(const std::vector<std::string>& arguments);
int bench_command(const std::vector<std::string>& arguments);
int robust_command(const std::vector<std::string>& arguments);
int merge_command(const std::vector<std::string>& arguments);
int sweep_command(const std::vector<std::string>& arguments);
int design_command(const std::vector<std::string>& arguments);

/// What `read` returns; a file of the user's that it cannot read is a mistake of the user's.
template <class Read> auto reading(const char* command, Read read)
{
    try {
        return read();
    } catch (const UsageError&) {
        throw;
    } catch (const std::filesystem::filesystem_error& e) {
        throw UsageError(std::string("entente ") + command + ": " + e.path1().string() + ": cannot be read: " + e.code().message());
    } catch (const std::system_error&) { // printing
        throw;
    } catch (const std::runtime_error& e) {
        throw UsageError(std::string("entente ") + command + ": " + e.what());
    }
}

/// "entente COMMAND ARGUMENTS..."
std::string command_line(const std::string& command, const std::vector<std::string>& arguments);
/// Parses without guessing prefixes; unknown options get a did-you-mean. `positionals` are named and all required; the last may be several, "PARTS...".
/// Handles --help by throwing Help.
struct Help {
    std::string text;
};
boost::program_options::variables_map parse(const std::string& command, const std::vector<std::string>& arguments, boost::program_options::options_description options,
                                            const std::vector<std::string>& positionals);
inline constexpr const char* isa_meaning = "instruction set (scalar, v2, v3, v4; on Arm scalar, native); the widest of this machine if not given";
/// --precision, --isa, --threads, --keep, as far as a command takes them.
boost::program_options::options_description ensemble_options(bool with_keep);
EnsembleOptions ensemble_from(const boost::program_options::variables_map& given);
/// --runs, --seed, --parameters, --set, as an overlay over a scenario file.
boost::program_options::options_description overlay_options();
Overlay overlay_from(const boost::program_options::variables_map& given);

/// Set by Ctrl-C; a second one ends the program at once.
const std::atomic<bool>& interruption();
void watch_for_interruption();

/// A line on stderr with done, rate and time left, if that is a terminal.
class ProgressLine {
public:
    explicit ProgressLine(std::string what);
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    void operator()(Progress progress);

private:
    std::string what_;
    bool shown_;
    std::chrono::steady_clock::time_point begin_, last_{};
};

/// First difference between a block in memory and what the file holds of it, as text; empty if there is none.
std::string first_difference(const FinishedBlock& block, const StoredRuns& stored);
/// Puts what the runs come to now in place of what is stored of them after they failed: a run that was given up is not known further.
void forget_what_failed(StoredRuns& stored, const BlockResult& again);
/// On stderr, if the file was written by other sources than this program's.
void say_if_another_engine(const Provenance& provenance);

using report::cause_text;
using report::with_commas;

} // namespace entente::cli
