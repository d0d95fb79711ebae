// gnuplot, as a program of its own.
#pragma once
#include <stdexcept>
#include <string>

namespace entente::cli {

/// It is not installed.
struct NoGnuplot : std::runtime_error {
    using std::runtime_error::runtime_error;
};
/// It ends with a fault, which is named.
struct GnuplotFault : std::runtime_error {
    using std::runtime_error::runtime_error;
};
/// What gnuplot writes on its standard output for a script. It is called without a shell, and reads none of the user's settings.
/// Throws NoGnuplot or GnuplotFault.
std::string drawn(const std::string& script);

} // namespace entente::cli
