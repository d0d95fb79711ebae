#include "terminal.hpp"
#include "../core/text.hpp"
#include "../report/work.hpp"
#include "../report/words.hpp"
#include "command.hpp"
#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <fmt/format.h>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

namespace entente::cli {

using report::with_commas;

static bool is_set(const char* variable)
{
    const char* const value = std::getenv(variable);
    return value != nullptr && *value != '\0';
}

/// By the first of these that is set, as the C library has it.
static bool locale_is_utf8()
{
    for (const char* const name : {"LC_ALL", "LC_CTYPE", "LANG"})
        if (is_set(name)) {
            const std::string_view value = std::getenv(name);
            return std::ranges::any_of(std::array{"UTF-8", "utf-8", "UTF8", "utf8"}, [&](const char* utf8) { return value.find(utf8) != std::string_view::npos; });
        }
    return false;
}

/// Open MPI's mpirun gives each copy a terminal of its own, and writes on to where its own output goes.
static bool output_is_a_terminal() { return isatty(STDOUT_FILENO) == 1 && !is_set("OMPI_COMM_WORLD_SIZE"); }

report::Looks looks_of_output(report::Detail detail)
{
    report::Looks looks{.signs = locale_is_utf8() ? report::Signs::utf8 : report::Signs::ascii, .detail = detail};
    if (winsize size = {}; output_is_a_terminal() && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) looks.width = std::max<std::size_t>(looks.width, size.ws_col);
    return looks;
}

bool output_takes_colours() { return output_is_a_terminal() && !is_set("NO_COLOR") && is_set("TERM") && std::string_view(std::getenv("TERM")) != "dumb"; }

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
    constexpr std::string_view words = "\nEnded at once; of a run, a sweep or a calibration --resume goes on with what is finished.\n";
    [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, words.data(), words.size());
    _exit(interrupted_exit);
}

static void end(int)
{
    constexpr std::string_view words = "\nInterrupted: there is no answer, and nothing is kept.\n";
    [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, words.data(), words.size());
    _exit(interrupted_exit);
}

static void at_signals(void (*act)(int))
{
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
        struct sigaction action = {};
        if (sigaction(signal, nullptr, &action) != 0 || action.sa_handler == SIG_IGN) continue; // nohup, or a shell that puts the program in the background
        action = {};
        action.sa_handler = act;
        sigaction(signal, &action, nullptr);
    }
}

void watch_for_interruption() { at_signals(interrupt); }
void end_at_interruption() { at_signals(end); }

int ended_early()
{
    talk("Interrupted: there is no answer, and nothing is kept.\n");
    return interrupted_exit;
}

void draw(const std::string& line)
{
    static_cast<void>(std::fwrite(line.data(), 1, line.size(), stderr));
    static_cast<void>(std::fflush(stderr));
}

void draw_line(const std::string& text) { draw("\r\033[K\033[?7l" + text + "\033[?7h"); }

ProgressLine::ProgressLine(std::string what) : what_(std::move(what)), shown_(isatty(STDERR_FILENO) == 1), begin_(std::chrono::steady_clock::now()) {}

ProgressLine::~ProgressLine()
{
    if (shown_) draw("\r\033[K");
}

void ProgressLine::operator()(Progress progress)
{
    const auto now = std::chrono::steady_clock::now();
    if (!shown_ || progress.done == 0 || (now - last_ < std::chrono::milliseconds(100) && progress.done < progress.all)) return;
    last_ = now;
    const double seconds = std::chrono::duration<double>(now - begin_).count(), rate = static_cast<double>(progress.done) / seconds;
    const double share = double(progress.done) / double(progress.all);
    std::string bar(static_cast<std::size_t>(share * 24), '=');
    bar.resize(24, ' ');
    draw_line(fmt::format("{} [{}] {} of {}  {}/s  {:.0f} s left", printable_name(what_), bar, with_commas(progress.done), with_commas(progress.all),
                          with_commas(static_cast<std::uint64_t>(rate)), static_cast<double>(progress.all - progress.done) / rate));
}

Listener listener_on(const std::shared_ptr<ProgressLine>& line)
{
    const auto second = std::make_shared<std::unique_ptr<ProgressLine>>(); // begun when its work begins
    return {.progress = [line](Progress progress) { (*line)(progress); },
            .note = [](const Note& note) { talk("{}\n", report::text_of(note)); },
            .together =
                [second](Progress progress) {
                    if (!*second) *second = std::make_unique<ProgressLine>("writing");
                    (**second)(progress);
                }};
}

} // namespace entente::cli
