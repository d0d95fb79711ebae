// What all commands share: exit codes, the user's mistakes, and how arguments are parsed.
#pragma once
#include "../core/text.hpp"
#include "../report/manual/commands_told.hpp"
#include <boost/program_options.hpp>
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

namespace entente::cli {

inline constexpr int done = 0, failed = 1, bad_usage = 2, interrupted_exit = 130;

/// Says something on standard error, with nothing in it that a terminal would obey. That it may be closed or full changes neither what is done nor the exit code.
template <class... Words> void talk(fmt::format_string<Words...> text, Words&&... words)
{
    const std::string said = printable(fmt::format(text, std::forward<Words>(words)...));
    static_cast<void>(std::fwrite(said.data(), 1, said.size(), stderr));
}
/// Prints on standard output, with nothing in it that a terminal would obey, whatever names and texts of a file it holds.
template <class... Words> void tell(fmt::format_string<Words...> text, Words&&... words)
{
    const std::string said = printable(fmt::format(text, std::forward<Words>(words)...));
    static_cast<void>(std::fwrite(said.data(), 1, said.size(), stdout)); // a fault shows when it is flushed
}

/// A mistake of the user's: printed, exit code 2.
struct UsageError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Command {
    const char *name, *usage, *summary;
    int (*run)(const std::vector<std::string>& arguments);
};
const std::vector<Command>& commands();

/// What `read` returns; a file of the user's that it cannot read is a mistake of the user's.
template <class Read> auto reading(const char* command, Read read)
{
    try {
        return read();
    } catch (const UsageError&) {
        throw;
    } catch (const std::filesystem::filesystem_error& e) {
        throw UsageError(std::string("entente ") + command + ": " + e.path1().string() + ": cannot be read: " + e.code().message());
    } catch (const std::system_error&) { // printing
        throw;
    } catch (const std::runtime_error& e) {
        throw UsageError(std::string("entente ") + command + ": " + printable(e.what()));
    } catch (const std::logic_error& e) { // a quantity that is none, or shapes that do not agree: the file says what cannot be
        throw UsageError(std::string("entente ") + command + ": the file is damaged: " + printable(e.what()));
    }
}

/// "entente COMMAND ARGUMENTS..."
std::string command_line(const std::string& command, const std::vector<std::string>& arguments);
/// Parses without guessing prefixes; unknown options get a did-you-mean. `positionals` are named and required, but for those in brackets; the last may be several, "PARTS..." or "[PARTS...]".
/// Handles --help by throwing Help.
struct Help {
    std::string text;
    report::CommandTold told; ///< the same as values
};
boost::program_options::variables_map parse(const std::string& command, const std::vector<std::string>& arguments, boost::program_options::options_description options,
                                            const std::vector<std::string>& positionals);

} // namespace entente::cli
