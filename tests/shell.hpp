// Commands that tests run.
#pragma once
#include <cstdio>
#include <string>
#include <sys/wait.h>

namespace entente {

struct Ran {
    int code;           ///< the exit code, or 128 if something ended the command
    std::string output; ///< what it printed, errors included
};
inline Ran shell(const std::string& command)
{
    FILE* const pipe = popen(("exec 2>&1; " + command).c_str(), "r");
    if (pipe == nullptr) return {128, "cannot run " + command};
    std::string output;
    for (int c; (c = std::fgetc(pipe)) != EOF;) output += static_cast<char>(c);
    const int status = pclose(pipe);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128, output};
}

} // namespace entente
