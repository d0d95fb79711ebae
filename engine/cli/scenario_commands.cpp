// check and new: what a user does with scenario files before running them.
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "command.hpp"
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>

namespace entente::cli {

namespace po = boost::program_options;

static std::string place(const Origin& origin) { return origin.file.empty() ? "default" : fmt::format("{}:{}:{}", origin.file, origin.line, origin.column); }

int check_command(const std::vector<std::string>& arguments)
{
    po::options_description options("Options");
    options.add(overlay_options());
    options.add_options()("json", "the resolved scenario as JSON");
    const auto given = parse("check", arguments, options, {"FILE"});
    const Scenario s = read_scenario(given["FILE"].as<std::string>(), overlay_from(given));
    if (given.count("json") == 0) {
        fmt::print("{}", resolved_toml(s));
        return done;
    }
    const Description& d = describe();
    nlohmann::ordered_json out = {
        {"name", s.name}, {"title", s.title}, {"assumes", s.assumes}, {"runs", s.runs}, {"seed", s.seed}, {"start", quarter_name(s.start)}, {"horizon", quarter_name(s.horizon)}};
    for (std::size_t p = 0; p < d.parameters.size(); ++p)
        out["parameters"][std::string(d.parameters[p].name)] = {{"value", to_text(s.parameters[p].distribution)}, {"unit", d.parameters[p].unit}, {"from", place(s.parameters[p].origin)}};
    for (std::size_t i = 0; i < d.structures.size(); ++i) {
        const auto names = split(d.structures[i].choices, '|');
        for (std::size_t c = 0; c < names.size(); ++c) out["structures"][std::string(d.structures[i].name)][names[c]] = s.structures[i].weights[c];
    }
    out["mute"] = nlohmann::ordered_json::array();
    for (const Mute& m : s.mutes) out["mute"].push_back(m.name);
    out["resolved"] = resolved_toml(s);
    fmt::print("{}\n", out.dump(2));
    return done;
}

int new_command(const std::vector<std::string>& arguments)
{
    po::options_description options("Options");
    options.add_options()("out,o", po::value<std::string>(), "file; scenarios/NAME.toml if not given");
    const auto given = parse("new", arguments, options, {"NAME"});
    const auto name = given["NAME"].as<std::string>();
    if (name.empty() || name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != std::string::npos)
        throw UsageError(fmt::format("entente new: NAME: lower-case letters, digits and _, got '{}'", name));
    const std::string path = given.count("out") != 0 ? given["out"].as<std::string>() : fmt::format("scenarios/{}.toml", name);
    if (std::filesystem::exists(path)) throw UsageError(fmt::format("entente new: {} exists; nothing was written", path));
    std::ofstream file(path);
    file << new_scenario(name);
    file.close();
    if (!file) throw std::runtime_error(fmt::format("{}: cannot be written: {}", path, std::strerror(errno)));
    fmt::print("{}\n", path);
    return done;
}

} // namespace entente::cli
