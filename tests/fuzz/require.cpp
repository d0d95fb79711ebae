#include "targets.hpp"
#include <cstdio>
#include <cstdlib>

void entente::fuzz::require(bool holds, std::string_view what)
{
    if (holds) return;
    std::fprintf(stderr, "not so: %.*s\n", static_cast<int>(what.size()), what.data());
    std::abort();
}
