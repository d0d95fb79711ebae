// check, new and compare: what a user does with scenario files before and beside running them.
#include "../analysis/quantity.hpp"
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

static std::vector<Quantity> compared(int horizon)
{
    std::vector<Quantity> all;
    std::vector<int> dates;
    for (const char* date : {"2030Q1", "2035Q1", "2045Q1"})
        if (*parse_quarter(date) < horizon) dates.push_back(*parse_quarter(date));
    dates.push_back(horizon);
    for (const int date : dates) {
        for (const auto c : class_names) all.push_back(parse_quantity(fmt::format("share_{} at {}", c, quarter_name(date))));
        for (const auto o : orientation_names) all.push_back(parse_quantity(fmt::format("share_{} at {}", o, quarter_name(date))));
        for (const char* v : {"alignment_index", "trade_share_china", "dependence_index", "concessions", "trust", "military_depth", "friction", "tier1_withdrawn", "banks_refusing"})
            all.push_back(parse_quantity(fmt::format("mean {} at {}", v, quarter_name(date))));
    }
    for (const Row& e : describe().events) all.push_back(parse_quantity(fmt::format("{} by {}", e.name, quarter_name(horizon))));
    return all;
}

int compare_command(const std::vector<std::string>& arguments)
{
    po::options_description options("Options");
    options.add(overlay_options()).add(ensemble_options(false));
    options.add_options()("quantity", po::value<std::vector<std::string>>(), "compare this, such as 'mean trust at 2045Q1'; may be given several times")("json", "as JSON");
    const auto given = parse("compare", arguments, options, {"A", "B"});
    const Overlay overlay = overlay_from(given);
    const Scenario a = read_scenario(given["A"].as<std::string>(), overlay), b = read_scenario(given["B"].as<std::string>(), overlay);
    if (a.seed != b.seed || a.runs != b.runs)
        throw UsageError(fmt::format("entente compare: pairs need the same seed and number of runs; {} has {} and {}, {} has {} and {} (--seed and --runs set both)", a.name,
                                     a.seed, a.runs, b.name, b.seed, b.runs));
    std::vector<Quantity> quantities;
    if (given.count("quantity") != 0) {
        for (const std::string& text : given["quantity"].as<std::vector<std::string>>()) {
            try {
                quantities.push_back(parse_quantity(text));
            } catch (const std::invalid_argument& e) {
                throw UsageError(e.what());
            }
        }
    } else quantities = compared(std::min(a.horizon, b.horizon));
    const EnsembleOptions ensemble = ensemble_from(given);
    watch_for_interruption();
    const auto run = [&](const Scenario& s) {
        ProgressLine progress(s.name);
        try {
            return sample(
                s, quantities, ensemble, [&](Progress p) { progress(p); }, &interruption());
        } catch (const std::invalid_argument& e) {
            throw UsageError(fmt::format("entente compare: {}", e.what()));
        }
    };
    const auto in_a = run(a);
    if (interruption()) return interrupted_exit;
    const auto in_b = run(b);
    if (interruption()) return interrupted_exit;
    nlohmann::ordered_json out = {{"a", a.name}, {"b", b.name}, {"runs", a.runs}, {"seed", a.seed}, {"differences", nlohmann::ordered_json::array()}};
    std::string text = fmt::format("{} against {}, {} pairs with common random numbers\n\n{:<44}{:>10}{:>10}{:>12}{:>10}{:>8}{:>14}\n", b.name, a.name, with_commas(a.runs),
                                   "quantity", "A", "B", "B - A", "s.e.", "z", "s.e. ratio");
    for (std::size_t q = 0; q < quantities.size(); ++q) {
        const PairedDifference d = paired_difference(in_a[q], in_b[q]);
        out["differences"].push_back({{"quantity", quantities[q].text},
                                      {"a", d.mean_a},
                                      {"b", d.mean_b},
                                      {"difference", d.difference},
                                      {"standard_error", d.standard_error},
                                      {"unpaired_standard_error", d.unpaired_error},
                                      {"z", d.z()},
                                      {"pairs", d.pairs}});
        text += fmt::format("{:<44}{:>10.4f}{:>10.4f}{:>+12.4f}{:>10.4f}{:>8.1f}{:>14}\n", quantities[q].text, d.mean_a, d.mean_b, d.difference, d.standard_error, d.z(),
                            d.unpaired_error > 0 ? fmt::format("{:.2f}", d.standard_error / d.unpaired_error) : "");
    }
    if (given.count("json") != 0) fmt::print("{}\n", out.dump(2));
    else fmt::print("{}\ns.e. ratio: standard error of the paired difference over that of two independent ensembles.\n", text);
    return done;
}

} // namespace entente::cli
