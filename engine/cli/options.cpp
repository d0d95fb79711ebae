#include "options.hpp"
#include "../core/number.hpp"
#include "../core/text.hpp"
#include "../experiment/provenance.hpp"
#include "../store/posterior.hpp"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>

namespace entente::cli {

namespace po = boost::program_options;

po::options_description ensemble_options(bool with_keep)
{
    po::options_description options;
    options.add_options()("precision", po::value<std::string>()->default_value("double"),
                          "double or single")("isa", po::value<std::string>()->default_value(""), isa_meaning)("threads", po::value<std::uint32_t>()->default_value(0), threads_meaning);
    if (with_keep)
        options.add_options()("keep", po::value<std::string>()->default_value("outcomes"),
                              "what the file keeps of every run: none, outcomes (classes, events, parameters), trajectories (every variable), agents");
    return options;
}

std::uint32_t threads_from(const po::variables_map& given)
{
    constexpr std::uint32_t most = 4096;
    const auto threads = given["threads"].as<std::uint32_t>();
    if (threads > most) throw UsageError(fmt::format("--threads: a number from 0 to {}, got {}", most, threads));
    return threads;
}

EnsembleOptions ensemble_from(const po::variables_map& given)
{
    EnsembleOptions options;
    options.precision = given["precision"].as<std::string>();
    options.isa = given["isa"].as<std::string>();
    options.threads = threads_from(given);
    try {
        choose_kernel(options.precision, options.isa);
    } catch (const std::invalid_argument& e) {
        throw UsageError(fmt::format("--{}", e.what()));
    }
    if (given.count("run-limit") != 0) {
        options.run_limit_s = given["run-limit"].as<double>();
        if (!(options.run_limit_s > 0)) throw UsageError(fmt::format("--run-limit: seconds, more than 0, got {}", options.run_limit_s));
    }
    if (given.count("keep") != 0) {
        const std::vector<std::string> levels(std::begin(keep_names), std::end(keep_names));
        const auto keep = given["keep"].as<std::string>();
        if (std::find(levels.begin(), levels.end(), keep) == levels.end())
            throw UsageError(fmt::format("--keep: none, outcomes, trajectories or agents, got '{}'{}", keep, did_you_mean(keep, levels)));
        options.keep = keep_of(keep);
    }
    return options;
}

po::options_description setting_options()
{
    po::options_description options;
    options.add_options()("seed", po::value<std::string>(), "seed, instead of the file's")(
        "parameters", po::value<std::string>(), "priors, posterior (that the file names) or default: draw parameters, or fix them at their defaults, where the file does not set them")(
        "set", po::value<std::vector<std::string>>(), "a line of TOML laid over the file, such as 'levers.western_carrot = 0.5'; may be given several times");
    return options;
}

po::options_description overlay_options()
{
    po::options_description options;
    options.add_options()("runs", po::value<std::string>(), "number of futures, instead of the file's (not of a sweep)");
    const po::options_description others = setting_options();
    for (const auto& option : others.options()) options.add(option);
    return options;
}

Overlay overlay_from(const po::variables_map& given)
{
    Overlay overlay;
    overlay.joint = joint_draws;
    for (const char* const name : {"runs", "seed"})
        if (given.count(name) != 0) overlay.options.push_back({fmt::format("--{}", name), name, given[name].as<std::string>()});
    if (given.count("set") != 0)
        for (const std::string& line : given["set"].as<std::vector<std::string>>()) {
            if (trim(line).empty()) throw UsageError("--set: sets nothing, got ''");
            overlay.toml += line + "\n";
        }
    if (given.count("parameters") != 0) {
        const auto which = given["parameters"].as<std::string>();
        if (which != "priors" && which != "posterior" && which != "default")
            throw UsageError(fmt::format("--parameters: priors, posterior or default, got '{}'{}", which, did_you_mean(which, {"priors", "posterior", "default"})));
        overlay.parameters_default = which == "default";
        if (which != "default") overlay.options.push_back({"--parameters", "draw", which});
    }
    return overlay;
}

po::options_description beside_options()
{
    po::options_description options;
    options.add_options()("drivers", po::value<std::string>()->default_value("all"),
                          "what each driver's dial does at either end, all, none, or by how many futures; all: as many as half of the runs allow, from 2,000 runs on")(
        "readings", po::value<std::string>()->default_value("all"),
        "the range of every share over other readings of what the articles dispute, 32 futures each: all, none (or 0), or how many; all: as many as half of the runs allow, from "
        "2,000 runs on")(
        "priors", po::value<std::string>()->default_value("all"),
        "of a scenario that draws from a posterior, what calibration changed: the same futures with parameters from priors instead, all, none, or by how many; all: as "
        "many as a third of the runs allows, from 2,000 runs on (drivers and readings have the other two)");
    return options;
}

/// All (nothing: as much as half of the runs allow), none, or how many.
static std::optional<std::uint32_t> number_asked(const char* option, const std::string& text, std::uint32_t most)
{
    if (text == "all") return std::nullopt;
    if (text == "none") return 0;
    const auto number = number_in<std::uint32_t>(text);
    if (!number || *number == 1 || *number > most)
        throw UsageError(fmt::format("--{}: all, none or a number from 2 to {}, got '{}'{}", option, most, text, did_you_mean(text, {"all", "none"})));
    return number;
}

BesideAsked beside_from(const po::variables_map& given, const Scenario& scenario, const std::string& file)
{
    const BesideAsked asked{.dial_futures = number_asked("drivers", given["drivers"].as<std::string>(), most_dial_futures),
                            .readings = number_asked("readings", given["readings"].as<std::string>(), most_readings),
                            .prior_futures = number_asked("priors", given["priors"].as<std::string>(), most_prior_futures)};
    if (asked.prior_futures.value_or(0) > 0 && scenario.joint.parameters.empty())
        throw UsageError(fmt::format("--priors: {}: draws from no posterior, so there is nothing to set priors against", file));
    return asked;
}

po::options_description calibration_options()
{
    po::options_description options;
    options.add_options()("fit-to", po::value<std::uint32_t>(), "of a calibration, a year: fit what was observed up to its end, predict the rest")(
        "method", po::value<std::string>(), "of a calibration: smc_abc, synthetic_likelihood or robust_synthetic_likelihood, instead of the file's");
    return options;
}

Calibration calibration_from(const std::string& file, const po::variables_map& given)
{
    Calibration calibration = read_calibration(file);
    if (given.count("seed") != 0) {
        const auto seed = number_in<std::uint64_t>(given["seed"].as<std::string>());
        if (!seed) throw UsageError(fmt::format("--seed: a whole number, got '{}'", given["seed"].as<std::string>()));
        calibration.scenario.seed = *seed;
    }
    if (given.count("method") != 0) {
        const std::vector<std::string> names(std::begin(method_names), std::end(method_names));
        const auto name = given["method"].as<std::string>();
        const auto at = std::find(names.begin(), names.end(), name);
        if (at == names.end()) throw UsageError(fmt::format("--method: {}, got '{}'{}", fmt::join(names, ", "), name, did_you_mean(name, names)));
        calibration.method = static_cast<Method>(at - names.begin());
    }
    if (given.count("fit-to") != 0) try {
            calibration = fitted_to(std::move(calibration), given["fit-to"].as<std::uint32_t>());
        } catch (const std::invalid_argument& e) {
            throw UsageError(fmt::format("--fit-to: {}", e.what()));
        }
    return calibration;
}

po::options_description experiment_options()
{
    po::options_description options;
    options.add_options()("out,o", po::value<std::string>(), "result file; results/NAME.h5 if not given")("resume", "go on with what an interrupted run has left")(
        "force", "replace another result, or parts, in that place")("shard", po::value<std::string>(), "i/n: do the i-th of n parts, for `entente merge`")(
        "run-limit", po::value<double>(), "seconds after which a run is given up and stored as failed; which runs that are depends on the machine");
    return options;
}

void throw_if_text_is_kept_from(const std::string& option, const std::string& path, bool force)
{
    if (path.empty() || path == "-") throw UsageError(fmt::format("{}: a file, got '{}'", option, path));
    const Lies what = what_lies_at(path);
    if (what == Lies::folder) throw UsageError(fmt::format("{}: {}: a file, got a folder", option, path));
    if (what == Lies::no_file) throw UsageError(fmt::format("{}: {}: a file, got a fifo, a socket or a device", option, path));
    if (what == Lies::unreachable) throw UsageError(fmt::format("{}: {}: no file can be there", option, path));
    if (what == Lies::nothing) return;
    if (what == Lies::result) throw UsageError(fmt::format("{}: {}: is a result, which no table replaces", option, path));
    if (!force) throw UsageError(fmt::format("{}: {}: is there already; --force replaces it", option, path));
}

void write_file(const std::string& path, const std::string& text)
{
    errno = 0;
    std::ofstream file(path, std::ios::binary);
    file << text;
    if (!file.flush()) throw std::runtime_error(fmt::format("{}: cannot write it{}", path, errno != 0 ? fmt::format(": {}", std::strerror(errno)) : ""));
}

std::string file_from(const po::variables_map& given)
{
    auto out = given["out"].as<std::string>();
    if (out == "-") throw UsageError("--out: a file, got '-': runs that are kept lie in a file, and standard output holds the answer");
    return out;
}

Place place_from(const po::variables_map& given, const std::string& name)
{
    Place place{.out = given.count("out") != 0 ? file_from(given) : fmt::format("results/{}.h5", name)};
    place.resume = given.count("resume") != 0, place.force = given.count("force") != 0;
    if (place.resume && place.force) throw UsageError("--resume goes on with what is there, --force begins anew: one of them");
    if (given.count("shard") == 0) {
        throw_if_no_result_to_replace(place.out);
        return place;
    }
    constexpr std::uint32_t most = 100'000;
    const auto text = given["shard"].as<std::string>();
    const std::vector<std::string> parts = split(text, '/');
    const auto number = [&](std::size_t at) { return at < parts.size() ? number_in<std::uint32_t>(parts[at]).value_or(0) : 0; };
    place.shard = number(0), place.shards = number(1);
    if (parts.size() != 2 || place.shard < 1 || place.shard > place.shards || place.shards > most)
        throw UsageError(fmt::format("--shard: i/n with i from 1 to n and n up to {}, got '{}'", most, text));
    return place;
}

} // namespace entente::cli
