// What a shell completes of a command line, as that shell's script.
#pragma once
#include "commands_told.hpp"

namespace entente::report {

inline constexpr const char* shell_names[] = {"bash", "zsh", "fish"};
/// For bash, with the program's name as entente.
std::string bash_completion(const std::vector<CommandTold>& commands);
/// The same for zsh.
std::string zsh_completion(const std::vector<CommandTold>& commands);
/// The same for fish.
std::string fish_completion(const std::vector<CommandTold>& commands);
/// Words that no shell takes apart or for something else, each once; the others are not completed.
std::vector<std::string> plain_words(const ValueTaken& value);
/// The first thing that a text says, in at most so many signs: up to its first colon, semicolon or full stop.
std::string gist_of(const std::string& text, std::size_t most);

} // namespace entente::report
