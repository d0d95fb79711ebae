// What the terminal can show.
#pragma once

namespace entente::cli {

/// Whether standard output is a terminal whose locale says UTF-8.
bool terminal_shows_charts();

} // namespace entente::cli
