#include "completion.hpp"
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::report {
namespace {

/// As the script's own functions name it; empty: nothing can be listed.
std::string taken_in_words(const ValueTaken& value)
{
    if (!value.words.empty()) return fmt::format("words {}", fmt::join(plain_words(value), " "));
    if (!value.endings.empty()) return fmt::format("files {}", fmt::join(value.endings, " "));
    return value.folders ? "folders" : "";
}

std::string case_of(const CommandTold& command)
{
    std::string names, valued, values;
    for (const OptionTold& option : command.options) {
        const std::string letter = option.letter.empty() ? "" : "-" + option.letter;
        names += fmt::format("{}--{}", names.empty() ? "" : " ", option.name);
        if (!option.takes_value) continue;
        const std::string pattern = fmt::format("--{}{}", option.name, letter.empty() ? "" : " | " + letter);
        valued += fmt::format("{}{}", valued.empty() ? "" : " | ", pattern);
        if (const std::string taken = taken_in_words(option.value); !taken.empty()) values += fmt::format("        {}) taken='{}' ;;\n", pattern, taken);
    }
    std::string places;
    for (const ValueTaken& place : command.places) places += fmt::format("{}'{}'", places.empty() ? "" : " ", taken_in_words(place));
    std::string out = fmt::format("    {})\n        options='{}'\n        places=({})\n", command.name, names, places);
    if (!valued.empty()) out += fmt::format("        case $1 in {}) valued=yes ;; esac\n", valued);
    if (!values.empty()) out += fmt::format("        case $1 in\n{}        esac\n", values);
    return out + "        ;;\n";
}

constexpr const char* head = R"(# What bash completes of a command line of entente. Printed by `entente completion bash`.

# Of the command, given an option: all options, what stands at each place, whether that option takes a value, and which.
_entente_knows()
{
    options= places=() valued= taken=
    case $command in
)";
constexpr const char* tail = R"(    esac
}

_entente_complete() # WHAT WORD
{
    local ending
    case $1 in
    'words '*) mapfile -t COMPREPLY < <(compgen -W "${1#words }" -- "$2") ;;
    'files '*)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -d -- "$2"; for ending in ${1#files }; do compgen -f -X "!*.$ending" -- "$2"; done)
        ;;
    folders)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -d -- "$2")
        ;;
    esac
}

_entente()
{
    local command=${COMP_WORDS[1]} word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} options places valued taken i place=0
    COMPREPLY=()
    if [ "$COMP_CWORD" -le 1 ]; then
        _entente_complete "words $_entente_commands" "$word"
        return
    fi
    # bash takes --option=value apart
    if [ "$word" = = ]; then word=
    elif [ "$before" = = ]; then before=${COMP_WORDS[COMP_CWORD-2]}
    fi
    _entente_knows "$before"
    if [ -n "$valued" ]; then
        _entente_complete "$taken" "$word"
        return
    fi
    case $word in
    -*)
        _entente_complete "words $options" "$word"
        return
        ;;
    esac
    for ((i = 2; i < COMP_CWORD; ++i)); do
        case ${COMP_WORDS[i]} in
        =) ;;
        -*)
            _entente_knows "${COMP_WORDS[i]}"
            [ "${COMP_WORDS[i+1]}" != = ] || ((++i))
            [ -z "$valued" ] || ((++i))
            ;;
        *) ((++place)) ;;
        esac
    done
    [ "$place" -lt ${#places[@]} ] || place=$((${#places[@]} - 1))
    [ "$place" -lt 0 ] || _entente_complete "${places[place]}" "$word"
}
complete -F _entente entente ./entente
)";

} // namespace

std::string bash_completion(const std::vector<CommandTold>& commands)
{
    std::string names, cases;
    for (const CommandTold& command : commands) names += command.name + " ", cases += case_of(command);
    return fmt::format("{}{}{}_entente_commands='{}--help --version'\n", head, cases, tail, names);
}

} // namespace entente::report
