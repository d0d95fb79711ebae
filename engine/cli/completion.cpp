// completion: what a shell completes of a command line of this program, as that shell's script.
#include "../report/manual/completion.hpp"
#include "command.hpp"
#include "told.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::cli {

int completion_command(const std::vector<std::string>& arguments)
{
    const auto given = parse(
        "completion", arguments,
        boost::program_options::options_description("What SHELL, bash, zsh or fish, completes of a command line: commands, options, what these may be, files by their "
                                                    "ending. A package brings it along; else, in bash:\n  source <(entente completion bash)\nin zsh, after compinit:\n"
                                                    "  source <(entente completion zsh)\nin fish:\n  entente completion fish | source\n\nOptions"),
        {"SHELL"});
    const auto shell = given["SHELL"].as<std::string>();
    if (shell == "bash") tell("{}", report::bash_completion(all_told()));
    else if (shell == "zsh") tell("{}", report::zsh_completion(all_told()));
    else if (shell == "fish") tell("{}", report::fish_completion(all_told()));
    else {
        const std::vector<std::string> names(std::begin(report::shell_names), std::end(report::shell_names));
        throw UsageError(fmt::format("entente completion: {}, got '{}'{}", fmt::join(names, ", "), shell, did_you_mean(shell, names)));
    }
    return done;
}

} // namespace entente::cli
