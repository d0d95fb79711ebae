// A program, interrupted while it is at work.
#pragma once
#include "core/text.hpp"
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fmt/format.h>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace entente {

/// Starts a program in a folder and sends it a signal as soon as `folder/parts` holds another file of finished pieces; what it prints goes to the files `out`
/// and `err` there. `first`: what the shell does before. Returns its exit code, or -1 if a signal ended it.
inline int interrupted(const std::string& folder, const std::string& arguments, const std::string& parts, const std::string& program = PROGRAM, int signal = SIGINT,
                       const std::string& first = "true")
{
    const std::filesystem::path path = std::filesystem::path(folder) / parts;
    const auto files = [&] {
        std::size_t n = 0;
        std::error_code ignored; // it may not be there, or change while it is read
        for (std::filesystem::directory_iterator entry(path, ignored), end; entry != end; entry.increment(ignored)) n += entry->path().extension() == ".part" ? 1 : 0;
        return n;
    };
    const std::size_t before = files();
    const std::string command = fmt::format("cd '{}' && {} && exec '{}' {} >out 2>err </dev/null", folder, first, program, arguments);
    const pid_t child = fork();
    if (child == 0) {
        std::signal(signal, SIG_DFL); // whoever started the tests may ignore it
        execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char*>(nullptr));
        _exit(98);
    }
    int status = 0;
    while (files() <= before) {
        if (waitpid(child, &status, WNOHANG) == child) return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    kill(child, signal);
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace entente
