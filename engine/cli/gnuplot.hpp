// gnuplot, as a program of its own.
#pragma once
#include <string>

namespace entente::cli {

/// What gnuplot writes on its standard output for a script. It is called without a shell, and reads none of the user's settings.
/// Throws std::runtime_error: it is not installed, or it ends with a fault, which is named.
std::string drawn(const std::string& script);

} // namespace entente::cli
