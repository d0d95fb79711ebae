#include "completion.hpp"
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::report {
namespace {

/// Within single quotes and within a specification of _arguments or _describe.
std::string quoted_part(const std::string& text)
{
    std::string out;
    for (const char c : text)
        if (c == '\'') out += "'\\''";
        else out += c == '[' || c == ']' || c == ':' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    return out;
}

std::string action(const ValueTaken& value)
{
    if (!value.words.empty()) return fmt::format("({})", fmt::join(plain_words(value), " "));
    if (!value.endings.empty()) return fmt::format("_files -g \"*.({})\"", fmt::join(value.endings, "|"));
    return value.folders ? "_files -/" : " ";
}

std::string specification(const OptionTold& option)
{
    const std::string says = fmt::format("[{}]{}", quoted_part(gist_of(option.meaning, 60)), option.takes_value ? fmt::format(":value:{}", action(option.value)) : "");
    const std::string name = option.takes_value ? "--" + option.name + "=" : "--" + option.name; // = or a blank
    if (option.letter.empty()) return fmt::format("            '*{}{}' \\\n", name, says);
    return fmt::format("            '*'{{-{}{},{}}}'{}' \\\n", option.letter, option.takes_value ? "+" : "", name, says);
}

} // namespace

std::string zsh_completion(const std::vector<CommandTold>& commands)
{
    std::string list, cases;
    for (const CommandTold& command : commands) {
        list += fmt::format("        '{}:{}'\n", command.name, quoted_part(gist_of(command.summary, 60)));
        cases += fmt::format("    {})\n        _arguments -s \\\n", command.name);
        for (const OptionTold& option : command.options) cases += specification(option);
        for (std::size_t i = 0; i < command.places.size(); ++i)
            cases += fmt::format("            '{}:{}:{}' \\\n", i + 1 < command.places.size() ? fmt::format("{}", i + 1) : "*", i == 0 ? "what" : "which", action(command.places[i]));
        cases += "            && return\n        ;;\n";
    }
    return fmt::format(R"(#compdef entente
# What zsh completes of a command line of entente. Printed by `entente completion zsh`.
_entente()
{{
    local -a commands=(
{}    )
    if (( CURRENT == 2 )); then
        _describe command commands
        compadd -- --help --version
        return
    fi
    local command=$words[2]
    shift words
    (( CURRENT-- ))
    case $command in
{}    esac
}}
_entente "$@"
)",
                       list, cases);
}

} // namespace entente::report
