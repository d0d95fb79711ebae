#include "command.hpp"
#include "../core/text.hpp"
#include <cmath>
#include <csignal>
#include <ctime>
#include <fmt/format.h>
#include <sstream>
#include <typeinfo>
#include <unistd.h>

namespace entente::cli {

namespace po = boost::program_options;

static std::atomic<bool> stop_requested{false}; // a signal handler can reach nothing else

const std::atomic<bool>& interruption() { return stop_requested; }

/// The first signal asks for an end; the next ends at once, unless it is the same one sent to the process and to its group.
static void interrupt(int)
{
    static volatile std::sig_atomic_t asked_at = 0;
    timespec now = {};
    clock_gettime(CLOCK_MONOTONIC, &now);
    const auto tenths = static_cast<std::sig_atomic_t>(now.tv_sec % 10'000'000 * 10 + now.tv_nsec / 100'000'000 + 1);
    if (!stop_requested.exchange(true)) {
        asked_at = tenths;
        return;
    }
    if (tenths - asked_at < 5) return;
    constexpr std::string_view words = "\nEnded at once; --resume goes on with what is finished.\n";
    [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, words.data(), words.size());
    _exit(interrupted_exit);
}

void watch_for_interruption()
{
    struct sigaction action = {};
    action.sa_handler = interrupt;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

/// In quotes if a shell would take it apart.
static std::string for_shell(const std::string& word)
{
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=,:@%+";
    if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
    std::string quoted = "'";
    for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

std::string command_line(const std::string& command, const std::vector<std::string>& arguments)
{
    std::string line = "entente " + command;
    for (const std::string& a : arguments) line += " " + for_shell(a);
    return line;
}

/// Boost reads -1 as the greatest count there is.
static void refuse_negative_count(const po::option& given, const po::options_description& all)
{
    const po::option_description* const known = all.find_nothrow(given.string_key, false);
    const auto* const typed = known ? dynamic_cast<const po::typed_value_base*>(known->semantic().get()) : nullptr;
    if (typed && typed->value_type() == typeid(std::uint32_t) && !given.value.empty() && given.value[0].starts_with('-'))
        throw UsageError(fmt::format("--{}: a whole number, 0 or more, got {}", given.string_key, given.value[0]));
}

po::variables_map parse(const std::string& command, const std::vector<std::string>& arguments, po::options_description options, const std::vector<std::string>& positionals)
{
    options.add_options()("help,h", "this text");
    po::options_description all;
    all.add(options);
    po::positional_options_description places;
    for (const std::string& name : positionals) {
        if (name.ends_with("...")) all.add_options()(name.c_str(), po::value<std::vector<std::string>>()), places.add(name.c_str(), -1);
        else all.add_options()(name.c_str(), po::value<std::string>()), places.add(name.c_str(), 1);
    }
    std::string usage = fmt::format("Usage: entente {}", command);
    for (const std::string& name : positionals) usage += fmt::format(" {}", name);
    po::variables_map given;
    try {
        const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
        const po::parsed_options parsed = po::command_line_parser(arguments).options(all).positional(places).style(style).run();
        for (const po::option& option : parsed.options) refuse_negative_count(option, all);
        po::store(parsed, given);
        if (given.count("help") != 0) {
            std::ostringstream explained;
            explained << options;
            throw Help{fmt::format("{} [options]\n\n{}", usage, explained.str())};
        }
        po::notify(given);
    } catch (const po::unknown_option& e) {
        std::vector<std::string> names;
        for (const auto& option : options.options()) names.push_back("--" + option->long_name());
        throw UsageError(fmt::format("entente {}: unknown option '{}'{}", command, e.get_option_name(), did_you_mean(e.get_option_name(), names)));
    } catch (const po::too_many_positional_options_error&) {
        throw UsageError(fmt::format("entente {}: too many arguments\n{}", command, usage));
    } catch (const po::error& e) {
        throw UsageError(fmt::format("entente {}: {}", command, e.what()));
    }
    for (const std::string& name : positionals)
        if (given.count(name) == 0) throw UsageError(fmt::format("entente {}: {} is missing\n{}", command, name, usage));
    return given;
}

po::options_description ensemble_options(bool with_keep)
{
    po::options_description options;
    options.add_options()("precision", po::value<std::string>()->default_value("double"),
                          "double or single")("isa", po::value<std::string>()->default_value(""), isa_meaning)("threads", po::value<int>()->default_value(0), "threads; 0: all cores");
    if (with_keep)
        options.add_options()("keep", po::value<std::string>()->default_value("outcomes"),
                              "what the file keeps of every run: none, outcomes (classes, events, parameters), trajectories (every variable), agents");
    return options;
}

EnsembleOptions ensemble_from(const po::variables_map& given)
{
    EnsembleOptions options;
    options.precision = given["precision"].as<std::string>();
    options.isa = given["isa"].as<std::string>();
    const int threads = given["threads"].as<int>();
    if (threads < 0 || threads > 4096) throw UsageError(fmt::format("--threads: a number from 0 to 4096, got {}", threads));
    options.threads = static_cast<unsigned>(threads);
    try {
        choose_kernel(options.precision, options.isa);
    } catch (const std::invalid_argument& e) {
        throw UsageError(fmt::format("--{}", e.what()));
    }
    if (given.count("run-limit") != 0) {
        options.run_limit_s = given["run-limit"].as<double>();
        if (!(options.run_limit_s > 0)) throw UsageError(fmt::format("--run-limit: seconds, more than 0, got {}", options.run_limit_s));
    }
    if (given.count("keep") != 0) {
        const std::vector<std::string> levels = {"none", "outcomes", "trajectories", "agents"};
        const auto keep = given["keep"].as<std::string>();
        const auto at = std::find(levels.begin(), levels.end(), keep);
        if (at == levels.end()) throw UsageError(fmt::format("--keep: none, outcomes, trajectories or agents, got '{}'{}", keep, did_you_mean(keep, levels)));
        options.keep = static_cast<Keep>(at - levels.begin());
    }
    return options;
}

po::options_description overlay_options()
{
    po::options_description options;
    options.add_options()("runs", po::value<std::string>(), "number of futures, instead of the file's (not of a sweep)")("seed", po::value<std::string>(), "seed, instead of the file's")(
        "parameters", po::value<std::string>(), "priors or default: draw parameters or fix them at their defaults, where the file does not set them")(
        "set", po::value<std::vector<std::string>>(), "a line of TOML laid over the file, such as 'levers.western_carrot = 0.5'; may be given several times");
    return options;
}

Overlay overlay_from(const po::variables_map& given)
{
    Overlay overlay;
    for (const char* const name : {"runs", "seed"})
        if (given.count(name) != 0) overlay.options.push_back({fmt::format("--{}", name), name, given[name].as<std::string>()});
    if (given.count("set") != 0)
        for (const std::string& line : given["set"].as<std::vector<std::string>>()) overlay.toml += line + "\n";
    if (given.count("parameters") != 0) {
        const auto which = given["parameters"].as<std::string>();
        if (which != "priors" && which != "default")
            throw UsageError(fmt::format("--parameters: priors or default, got '{}'{}", which, did_you_mean(which, {"priors", "default"})));
        overlay.parameters_default = which == "default";
        if (which == "priors") overlay.options.push_back({"--parameters", "draw", "priors"});
    }
    return overlay;
}

ProgressLine::ProgressLine(std::string what) : what_(std::move(what)), shown_(isatty(STDERR_FILENO) == 1), begin_(std::chrono::steady_clock::now()) {}

ProgressLine::~ProgressLine()
{
    if (shown_) fmt::print(stderr, "\r\033[K");
}

void ProgressLine::operator()(Progress progress)
{
    const auto now = std::chrono::steady_clock::now();
    if (!shown_ || (now - last_ < std::chrono::milliseconds(100) && progress.done < progress.all)) return;
    last_ = now;
    const double seconds = std::chrono::duration<double>(now - begin_).count(), rate = static_cast<double>(progress.done) / seconds;
    const double share = double(progress.done) / double(progress.all);
    std::string bar(static_cast<std::size_t>(share * 24), '=');
    bar.resize(24, ' ');
    fmt::print(stderr, "\r\033[K{} [{}] {} of {}  {}/s  {:.0f} s left", what_, bar, with_commas(progress.done), with_commas(progress.all),
               with_commas(static_cast<std::uint64_t>(rate)), static_cast<double>(progress.all - progress.done) / rate);
    std::fflush(stderr);
}

} // namespace entente::cli
