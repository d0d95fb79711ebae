#include "gnuplot.hpp"
#include "../core/text.hpp"
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fmt/format.h>
#include <memory>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace entente::cli {
namespace {

struct Close {
    void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
};
/// A file without a name, which is gone when it is closed.
using Nameless = std::unique_ptr<std::FILE, Close>;
Nameless nameless()
{
    Nameless file(std::tmpfile());
    if (!file) throw std::system_error(errno, std::generic_category(), "cannot make a temporary file for gnuplot");
    return file;
}

std::string content(std::FILE* file)
{
    std::rewind(file);
    std::string all;
    std::array<char, 4096> part{};
    for (std::size_t n; (n = std::fread(part.data(), 1, part.size(), file)) > 0;) all.append(part.data(), n);
    return all;
}

/// Where gnuplot says what is wrong, after the line that it could not read.
std::string last_line(const std::string& text)
{
    const std::string_view words = trim(text);
    return std::string(trim(words.substr(words.find_last_of('\n') == std::string_view::npos ? 0 : words.find_last_of('\n'))));
}

} // namespace

std::string drawn(const std::string& script)
{
    const Nameless in = nameless(), out = nameless(), err = nameless();
    if (std::fwrite(script.data(), 1, script.size(), in.get()) != script.size() || std::fflush(in.get()) != 0)
        throw std::system_error(errno, std::generic_category(), "cannot write gnuplot's script");
    std::rewind(in.get());
    posix_spawn_file_actions_t streams;
    posix_spawn_file_actions_init(&streams);
    for (const auto& [file, stream] : {std::pair{in.get(), STDIN_FILENO}, std::pair{out.get(), STDOUT_FILENO}, std::pair{err.get(), STDERR_FILENO}})
        posix_spawn_file_actions_adddup2(&streams, fileno(file), stream);
    std::string name = "gnuplot", own_settings_alone = "-d";
    char* const arguments[] = {name.data(), own_settings_alone.data(), nullptr};
    pid_t child = 0;
    const int fault = posix_spawnp(&child, "gnuplot", &streams, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&streams);
    if (fault == ENOENT) throw NoGnuplot("gnuplot draws figures and is not installed: sudo apt-get install gnuplot-nox");
    if (fault != 0) throw std::system_error(fault, std::generic_category(), "cannot run gnuplot");
    int status = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "cannot wait for gnuplot");
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw GnuplotFault(fmt::format("gnuplot failed: {}", last_line(content(err.get()))));
    return content(out.get());
}

} // namespace entente::cli
