#include "completion.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::report {
namespace {

std::string quoted(const std::string& text)
{
    std::string out = "'";
    for (const char c : text) out += c == '\'' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    return out + "'";
}

/// What follows -a, or none.
std::string arguments(const ValueTaken& value)
{
    if (!value.words.empty()) return fmt::format(" -a '{}'", fmt::join(plain_words(value), " "));
    if (value.endings.empty()) return value.folders ? " -a '(__fish_complete_directories)'" : "";
    std::string suffixes;
    for (const std::string& ending : value.endings) suffixes += fmt::format("{}__fish_complete_suffix .{}", suffixes.empty() ? "" : "; ", ending);
    return fmt::format(" -a '({})'", suffixes);
}

} // namespace

std::vector<std::string> plain_words(const ValueTaken& value)
{
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";
    std::vector<std::string> all;
    for (const std::string& word : value.words)
        if (word.find_first_not_of(plain) == std::string::npos && std::ranges::find(all, word) == all.end()) all.push_back(word);
    return all;
}

std::string gist_of(const std::string& text, std::size_t most)
{
    std::string gist = text.substr(0, text.find('\n'));
    for (const char* const end : {"; ", ": ", ". "}) gist = gist.substr(0, gist.find(end));
    if (gist.size() <= most) return gist;
    const std::size_t blank = gist.rfind(' ', most - 3);
    return gist.substr(0, blank == std::string::npos ? most - 3 : blank) + "...";
}

std::string fish_completion(const std::vector<CommandTold>& commands)
{
    constexpr std::size_t line = 60;
    std::string out = "# What fish completes of a command line of entente. Printed by `entente completion fish`.\ncomplete -c entente -f\n"
                      "complete -c entente -n __fish_use_subcommand -l help -d 'the commands'\ncomplete -c entente -n __fish_use_subcommand -l version -d 'version, build'\n";
    for (const CommandTold& command : commands) {
        out += fmt::format("complete -c entente -n __fish_use_subcommand -a {} -d {}\n", command.name, quoted(gist_of(command.summary, line)));
        const std::string within = fmt::format("complete -c entente -n '__fish_seen_subcommand_from {}'", command.name);
        for (const ValueTaken& place : command.places)
            if (const std::string taken = arguments(place); !taken.empty()) out += within + taken + "\n";
        for (const OptionTold& option : command.options) {
            const std::string letter = option.letter.empty() ? "" : " -s " + option.letter;
            out += fmt::format("{} -l {}{}{}{} -d {}\n", within, option.name, letter, option.takes_value ? " -x" : "", arguments(option.value), quoted(gist_of(option.meaning, line)));
        }
    }
    return out;
}

} // namespace entente::report
