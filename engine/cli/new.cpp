// new: a commented file to start from.
#include "../calibrate/observed.hpp"
#include "../design/sweep.hpp"
#include "../experiment/place.hpp"
#include "command.hpp"
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>

namespace entente::cli {

/// A file's path from where another one lies.
static std::string seen_from(const std::string& path, const std::string& file)
{
    namespace fs = std::filesystem;
    return fs::absolute(file).lexically_normal().lexically_relative(fs::absolute(path).lexically_normal().parent_path()).generic_string();
}

int new_command(const std::vector<std::string>& arguments)
{
    namespace po = boost::program_options;
    po::options_description options("Options");
    options.add_options()("sweep", "a sweep instead of a scenario")("observed", "a table of what was observed, for assimilate")(
        "out,o", po::value<std::string>(), "file; scenarios/NAME.toml, scenarios/sweeps/NAME.toml or calibration/NAME.csv if not given");
    const auto given = parse("new", arguments, options, {"NAME"});
    const bool sweep = given.count("sweep") != 0, observed = given.count("observed") != 0;
    if (sweep && observed) throw UsageError("entente new: --sweep or --observed: one of them");
    const auto name = given["NAME"].as<std::string>();
    if (name.empty() || name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != std::string::npos)
        throw UsageError(fmt::format("entente new: NAME: lower-case letters, digits and _, got '{}'", name));
    const std::string path = given.count("out") != 0 ? given["out"].as<std::string>()
                             : observed              ? fmt::format("calibration/{}.csv", name)
                                                     : fmt::format("scenarios/{}{}.toml", sweep ? "sweeps/" : "", name);
    const Lies what = what_lies_at(path);
    if (what == Lies::folder || what == Lies::unreachable || path == "-") throw UsageError(fmt::format("entente new: --out: a file, got '{}'", path));
    if (what != Lies::nothing) throw UsageError(fmt::format("entente new: {} exists; nothing was written", path));
    std::error_code ignored; // said when the file cannot be written
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), ignored);
    std::ofstream file(path);
    file << (observed ? new_observed() : sweep ? new_sweep(name, seen_from(path, "scenarios/baseline.toml")) : new_scenario(name));
    file.close();
    if (!file) throw std::runtime_error(fmt::format("{}: cannot be written: {}", path, std::strerror(errno)));
    tell("{}\n", path);
    return done;
}

} // namespace entente::cli
