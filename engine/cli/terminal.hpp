// The terminal: what it can show, the progress line, and Ctrl-C with its like.
#pragma once
#include "../experiment/carry_out.hpp"
#include "../report/looks.hpp"
#include <atomic>
#include <chrono>
#include <memory>
#include <string>

namespace entente::cli {

/// What standard output shows: as wide as it is if it is a terminal, and 80 signs at least; UTF-8 if the locale says so.
report::Looks looks_of_output(report::Detail detail);
/// Whether standard output is a terminal that takes colours, and nobody asked for none (NO_COLOR).
bool output_takes_colours();

/// Set by SIGINT (Ctrl-C), SIGTERM, SIGHUP or SIGQUIT; the next one ends the program at once. One that is ignored when the program starts stays so.
const std::atomic<bool>& interruption();
void watch_for_interruption();
/// The first signal ends the program, with a word: for what can be stopped nowhere and keeps nothing.
void end_at_interruption();
/// Says that what was begun is given up, and returns the exit code.
int ended_early();

/// Writes on stderr what a terminal is to obey, such as a line that is written over.
void draw(const std::string& line);

/// Writes a line of text on stderr in place of the last one. What is wider than the terminal is cut: a second line would stay.
void draw_line(const std::string& text);

/// A line on stderr with done, rate and time left, if that is a terminal; it is wiped away at the end.
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
/// Shows progress on a line, which lives as long as the listener, and notes on stderr. While the result is put together, another line takes its place.
Listener listener_on(const std::shared_ptr<ProgressLine>& line);

} // namespace entente::cli
