#include "generation_line.hpp"
#include "../core/text.hpp"
#include "command.hpp"
#include "terminal.hpp"
#include <fmt/format.h>
#include <unistd.h>

namespace entente::cli {

static std::string duration_text(double seconds) { return seconds < 100 ? fmt::format("{:.0f} s", seconds) : fmt::format("{:.0f} min", seconds / 60); }

GenerationLine::GenerationLine(std::string what) : what_(std::move(what)), shown_(isatty(STDERR_FILENO) == 1), begin_(std::chrono::steady_clock::now())
{
    if (shown_) draw(fmt::format("{}: runs of the prior", printable_name(what_)));
}

GenerationLine::~GenerationLine()
{
    if (shown_) draw("\r\033[K");
}

void GenerationLine::operator()(const CalibrationProgress& p)
{
    if (!shown_) return;
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    const std::string left = p.left > 0 ? fmt::format(", ~{} left", duration_text(p.left * seconds)) : "";
    const std::string text = p.chain > 0 ? fmt::format("{}: chain {}/{}, gen. {}{}, tolerance {:.2g}, accepts {:.2g} %, ESS {:.0f}", printable_name(what_), p.chain, p.chains,
                                                       p.step, left, p.tolerance, 100 * p.acceptance, p.effective)
                                         : fmt::format("{}: {} chains, step {}{}, accepts {:.0f} %, R-hat {:.3f}, ESS {:.0f}", printable_name(what_), p.chains, p.step, left,
                                                       100 * p.acceptance, p.rhat, p.effective);
    draw_line(text);
}

CalibrationListener listener_on(const std::shared_ptr<GenerationLine>& line)
{
    return {.progress = [line](const CalibrationProgress& progress) { (*line)(progress); },
            .resumed = [](std::size_t generations) { talk("Going on after {} generations.\n", generations); }};
}

} // namespace entente::cli
