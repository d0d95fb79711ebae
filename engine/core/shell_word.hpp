// A word as a POSIX shell is to read it.
#pragma once
#include <string>
#include <string_view>

namespace entente {

/// The word itself, or in quotes if a shell would take it apart.
std::string for_shell(std::string_view word);

} // namespace entente
