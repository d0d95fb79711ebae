#include "gnuplot.hpp"
#include "../core/text.hpp"
#include "../report/paper/table.hpp"
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fmt/format.h>
#include <memory>
#include <set>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <vector>

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

struct Ended {
    int fault = 0, status = 0; ///< fault: of its start
    std::string out, err;
};
Ended ended(std::vector<std::string> words, const std::string& input)
{
    const Nameless in = nameless(), out = nameless(), err = nameless();
    if (std::fwrite(input.data(), 1, input.size(), in.get()) != input.size() || std::fflush(in.get()) != 0)
        throw std::system_error(errno, std::generic_category(), fmt::format("cannot write what {} reads", words[0]));
    std::rewind(in.get());
    posix_spawn_file_actions_t streams;
    posix_spawn_file_actions_init(&streams);
    for (const auto& [file, stream] : {std::pair{in.get(), STDIN_FILENO}, std::pair{out.get(), STDOUT_FILENO}, std::pair{err.get(), STDERR_FILENO}})
        posix_spawn_file_actions_adddup2(&streams, fileno(file), stream);
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t child = 0;
    const int fault = posix_spawnp(&child, arguments[0], &streams, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&streams);
    if (fault != 0) return {.fault = fault};
    int status = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) throw std::system_error(errno, std::generic_category(), fmt::format("cannot wait for {}", words[0]));
    return {0, status, content(out.get()), content(err.get())};
}
bool is_well(const Ended& e) { return e.fault == 0 && WIFEXITED(e.status) && WEXITSTATUS(e.status) == 0; }

/// What every font has that gnuplot brings along: Latin, Greek, Cyrillic, punctuation, arrows and signs of mathematics.
bool is_common(char32_t sign) { return sign < 0x500 || (sign >= 0x2000 && sign < 0x2300); }

/// The signs that no font of this machine has, as "?": of each, cairo would draw a box over the whole page.
std::string in_known_signs(const std::string& script)
{
    const auto each_sign = [&script](auto&& hear) {
        for (std::size_t at = 0; at < script.size();) {
            const std::string_view rest = std::string_view(script).substr(at);
            const std::size_t length = std::max<std::size_t>(1, utf8_length(rest));
            hear(report::decoded(rest.substr(0, length)), rest.substr(0, length));
            at += length;
        }
    };
    std::set<char32_t> rare;
    each_sign([&](char32_t sign, std::string_view) {
        if (!is_common(sign)) rare.insert(sign);
    });
    if (rare.empty()) return script;
    const Ended fonts = ended({"fc-list", ":", "charset"}, "");
    if (is_well(fonts)) {
        std::string ranges = fonts.out;
        std::ranges::replace(ranges, '\n', ' ');
        for (const std::string& range : split(ranges, ' ')) { // ":charset=20-7e a0-17f 192", a line each
            const std::size_t from = range.find('=') == std::string::npos ? 0 : range.find('=') + 1;
            char* end = nullptr;
            const char32_t low = static_cast<char32_t>(std::strtoul(range.c_str() + from, &end, 16)), high = *end == '-' ? static_cast<char32_t>(std::strtoul(end + 1, nullptr, 16)) : low;
            rare.erase(rare.lower_bound(low), rare.upper_bound(std::max(low, high)));
        }
    }
    std::string known;
    each_sign([&](char32_t sign, std::string_view bytes) { known += rare.contains(sign) ? "?" : bytes; });
    return known;
}

} // namespace

std::string drawn(const std::string& script)
{
    const Ended gnuplot = ended({"gnuplot", "-d"}, script.find("cairo size") == std::string::npos ? script : in_known_signs(script)); // -d: without the user's own settings
    if (gnuplot.fault == ENOENT) throw NoGnuplot("gnuplot draws figures and is not installed: sudo apt-get install gnuplot-nox");
    if (gnuplot.fault != 0) throw std::system_error(gnuplot.fault, std::generic_category(), "cannot run gnuplot");
    if (!is_well(gnuplot)) throw GnuplotFault(fmt::format("gnuplot failed: {}", last_line(gnuplot.err)));
    return gnuplot.out;
}

} // namespace entente::cli
