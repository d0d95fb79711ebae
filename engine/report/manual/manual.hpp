// The program's manual page, in the macros of man(7).
#pragma once
#include "commands_told.hpp"

namespace entente::report {

struct ManualHead {
    std::string version, date; ///< "0.3.0"; of the release, "2026-11-30"
    std::string overview;      ///< one sentence
};
/// What man(1) shows; clean to `man --warnings` and `mandoc -Tlint`.
std::string manual_page(const std::vector<CommandTold>& commands, const ManualHead& head);
/// A text as the body of a page: nothing in it is a command of roff; what stands in `backticks` is bold.
std::string roff_text(const std::string& text);

} // namespace entente::report
