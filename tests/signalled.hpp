// The program, ended at a moment.
#pragma once
#include <csignal>
#include <fcntl.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace entente {

/// Starts the program in a folder, sends a signal once `wait` has returned, which is given the process, and returns how it ended.
template <class Wait> int signalled(const std::string& folder, const std::vector<std::string>& arguments, int signal, Wait wait)
{
    const pid_t child = fork();
    if (child == 0) {
        if (chdir(folder.c_str()) != 0) _exit(99);
        const int nowhere = open("/dev/null", O_RDWR);
        for (const int stream : {0, 1, 2}) dup2(nowhere, stream);
        std::vector<char*> words = {const_cast<char*>(PROGRAM)};
        for (const std::string& word : arguments) words.push_back(const_cast<char*>(word.c_str()));
        words.push_back(nullptr);
        execv(PROGRAM, words.data());
        _exit(98);
    }
    wait(child);
    kill(child, signal);
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}
/// The same after so many microseconds.
inline int signalled(const std::string& folder, const std::vector<std::string>& arguments, int signal, unsigned microseconds)
{
    return signalled(folder, arguments, signal, [&](pid_t) { usleep(microseconds); });
}

} // namespace entente
