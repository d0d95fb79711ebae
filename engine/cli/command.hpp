// What all commands share: exit codes, the user's mistakes, and how arguments are parsed.
#pragma once
#include <boost/program_options.hpp>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

namespace entente::cli {

inline constexpr int done = 0, failed = 1, bad_usage = 2, interrupted_exit = 130;

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
        throw UsageError(std::string("entente ") + command + ": " + e.what());
    }
}

/// "entente COMMAND ARGUMENTS..."
std::string command_line(const std::string& command, const std::vector<std::string>& arguments);
/// Parses without guessing prefixes; unknown options get a did-you-mean. `positionals` are named and all required; the last may be several, "PARTS...".
/// Handles --help by throwing Help.
struct Help {
    std::string text;
};
boost::program_options::variables_map parse(const std::string& command, const std::vector<std::string>& arguments, boost::program_options::options_description options,
                                            const std::vector<std::string>& positionals);

} // namespace entente::cli
