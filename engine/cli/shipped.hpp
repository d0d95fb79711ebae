// Where a file lies that ships with the program.
#pragma once
#include <string>

namespace entente::cli {

/// `path`, as in the sources; of a program that a package installed, where there is none, /usr/share/entente/NAME, under the program's own prefix.
std::string shipped(const std::string& path, const std::string& name);

} // namespace entente::cli
