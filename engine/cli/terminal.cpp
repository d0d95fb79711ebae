#include "terminal.hpp"
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <unistd.h>

namespace entente::cli {

bool terminal_shows_charts()
{
    if (isatty(STDOUT_FILENO) == 0) return false;
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"})
        if (const char* const value = std::getenv(name); value != nullptr && *value != '\0') return std::strstr(value, "UTF-8") != nullptr || std::strstr(value, "utf8") != nullptr;
    return false;
}

} // namespace entente::cli
