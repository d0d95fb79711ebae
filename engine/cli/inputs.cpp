#include "inputs.hpp"
#include "../calibrate/calibration.hpp"
#include "../design/sweep.hpp"
#include "../store/parts.hpp"
#include "../store/posterior.hpp"
#include "../store/sweep_file.hpp"
#include "command.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace entente::cli {

namespace po = boost::program_options;

/// Files that a command does not take; FILE in the words stands for the name.
struct Instead {
    std::string_view command;
    Input input;
    const char* words;
};
static constexpr const char *of_parts = "`entente show FILE` prints what is finished so far, and the command that made it goes on with --resume",
                            *of_scenario = "`entente run FILE` makes a result of it, `entente check FILE` prints what it comes to",
                            *of_sweep = "`entente sweep FILE` makes a result of it, `entente check FILE` prints what it comes to",
                            *of_run = "`entente show FILE` prints it, `entente run FILE` simulates it again",
                            *of_sweep_result = "`entente show FILE` prints it, `entente run FILE` simulates it again, `entente robust FILE` ranks its policies",
                            *of_calibration = "`entente calibrate FILE` makes a posterior of it", *of_posterior = "`entente diagnose FILE` says what it is worth",
                            *of_two_posteriors = "`entente diagnose A.h5 --against B.h5` says how far two posteriors are apart";
static constexpr Instead table[] = {
    {"run", Input::sweep, "`entente sweep FILE` runs it"},
    {"run", Input::parts, of_parts},
    {"sweep", Input::run_result, of_run},
    {"sweep", Input::sweep_result, of_sweep_result},
    {"sweep", Input::parts, of_parts},
    {"check", Input::run_result, of_run},
    {"check", Input::sweep_result, of_sweep_result},
    {"check", Input::parts, of_parts},
    {"design", Input::run_result, of_run},
    {"design", Input::sweep_result, "`entente show FILE --csv points` prints its points"},
    {"design", Input::parts, of_parts},
    {"show", Input::scenario, of_scenario},
    {"show", Input::sweep, of_sweep},
    {"plot", Input::scenario, "`entente run FILE` makes the result that is drawn"},
    {"plot", Input::sweep, "`entente sweep FILE` makes the result that is drawn"},
    {"plot", Input::parts, of_parts},
    {"report", Input::scenario, "`entente run FILE` makes the result that is reported"},
    {"report", Input::sweep, "`entente sweep FILE` makes the result that is reported"},
    {"report", Input::parts, of_parts},
    {"explore", Input::run_result, "a page simulates a scenario by itself; `entente report FILE` makes one that shows the result"},
    {"explore", Input::sweep_result, "a page simulates a scenario by itself; `entente report FILE` makes one that shows the result"},
    {"explore", Input::parts, "a page simulates a scenario by itself; this is what is finished of a result"},
    {"replay", Input::scenario, of_scenario},
    {"replay", Input::sweep, of_sweep},
    {"replay", Input::parts, of_parts},
    {"rates", Input::scenario, of_scenario},
    {"rates", Input::sweep, of_sweep},
    {"rates", Input::parts, of_parts},
    {"survival", Input::sweep, of_sweep},
    {"survival", Input::sweep_result, "the runs of one scenario are followed, and `entente run` makes them"},
    {"survival", Input::parts, of_parts},
    {"convergence", Input::scenario, of_scenario},
    {"convergence", Input::sweep, of_sweep},
    {"convergence", Input::parts, of_parts},
    {"assimilate", Input::scenario, of_scenario},
    {"assimilate", Input::sweep, of_sweep},
    {"assimilate", Input::sweep_result, "the runs of one scenario are weighed, and `entente run` makes them"},
    {"assimilate", Input::parts, of_parts},
    {"discover", Input::scenario, of_scenario},
    {"discover", Input::sweep, of_sweep},
    {"discover", Input::parts, of_parts},
    {"conventions", Input::scenario, of_scenario},
    {"conventions", Input::sweep, of_sweep},
    {"conventions", Input::sweep_result, "the runs of one scenario are classified again, and `entente run` makes them"},
    {"conventions", Input::parts, of_parts},
    {"contrast", Input::run_result, "a scenario is run as it is and with the event; `entente show FILE --given` says what is seen"},
    {"contrast", Input::sweep_result, "a scenario is run as it is and with the event"},
    {"contrast", Input::sweep, "a scenario is run as it is and with the event"},
    {"contrast", Input::parts, of_parts},
    {"signposts", Input::sweep, "the futures of one scenario are looked at"},
    {"signposts", Input::sweep_result, "the futures of one scenario are looked at, and `entente run` makes them"},
    {"signposts", Input::parts, of_parts},
    {"claims", Input::sweep, "the futures of one scenario are looked at"},
    {"claims", Input::sweep_result, "the futures of one scenario are looked at, and `entente run` makes them"},
    {"claims", Input::parts, of_parts},
    {"ablation", Input::sweep, "a scenario is run with and without its agents, and a sweep names one under [scenario]"},
    {"ablation", Input::run_result, "its runs are made; give the scenario that made it"},
    {"ablation", Input::sweep_result, "its runs are made; give the scenario that made it"},
    {"ablation", Input::parts, of_parts},
    {"compare", Input::sweep, "two results of sweeps are compared, and `entente sweep FILE` makes one"},
    {"compare", Input::parts, of_parts},
    {"diff", Input::scenario, "two results are held against each other: `entente run FILE` makes one; `entente compare` takes two scenarios"},
    {"diff", Input::sweep, "two results are held against each other: `entente sweep FILE` makes one"},
    {"diff", Input::parts, of_parts},
    {"sensitivity", Input::parts, of_parts},
    {"robust", Input::scenario, "the policies of a sweep are ranked, and a sweep names it under [scenario]: `entente new --sweep` writes one"},
    {"robust", Input::sweep, "`entente sweep FILE` makes the result that is ranked"},
    {"robust", Input::run_result, "it has no policies to rank; `entente show FILE` prints it"},
    {"robust", Input::parts, of_parts},
    {"merge", Input::scenario, "shards are folders, NAME.i-of-n.parts; `entente run FILE --shard i/n` makes one"},
    {"merge", Input::sweep, "shards are folders, NAME.i-of-n.parts; `entente sweep FILE --shard i/n` makes one"},
    {"merge", Input::run_result, "shards are folders, NAME.i-of-n.parts; `entente show FILE` prints it"},
    {"merge", Input::sweep_result, "shards are folders, NAME.i-of-n.parts; `entente show FILE` prints it"},
    {"slurm", Input::run_result, "its runs are made; give the scenario that made it"},
    {"slurm", Input::sweep_result, "its runs are made; give the sweep that made it"},
    {"slurm", Input::parts, of_parts},
    {"diagnose", Input::scenario, "a posterior is meant, which `entente calibrate` makes"},
    {"diagnose", Input::sweep, "a posterior is meant, which `entente calibrate` makes"},
    {"diagnose", Input::run_result, "a posterior is meant; `entente show FILE` prints it"},
    {"diagnose", Input::sweep_result, "a posterior is meant; `entente show FILE` prints it"},
    {"diagnose", Input::parts, "a posterior is meant; `entente show FILE` prints what is finished so far"},
};

static const char* noun(Input input)
{
    switch (input) {
    case Input::scenario: return "a scenario";
    case Input::sweep: return "a sweep";
    case Input::calibration: return "a calibration";
    case Input::run_result: return "the result of a run";
    case Input::sweep_result: return "the result of a sweep";
    case Input::posterior: return "a posterior";
    case Input::parts: return "a folder of parts";
    case Input::folder: return "a folder";
    case Input::unknown: break;
    }
    return "";
}

Input input_of(const std::string& path)
{
    std::error_code code;
    const std::filesystem::file_status status = std::filesystem::status(path, code);
    if (std::filesystem::is_directory(status)) return holds_parts(path) ? Input::parts : Input::folder;
    if (!std::filesystem::is_regular_file(status)) return Input::unknown;
    try {
        const Stored kind = stored_kind(path);
        if (kind == Stored::neither) return is_posterior(path) ? Input::posterior : Input::unknown;
        return kind == Stored::run ? Input::run_result : Input::sweep_result;
    } catch (const std::runtime_error&) { // not HDF5
        return is_calibration(path) ? Input::calibration : is_sweep(path) ? Input::sweep : path.ends_with(".toml") ? Input::scenario : Input::unknown;
    }
}

void throw_if_for_another_command(const char* command, const std::string& path)
{
    const Input input = input_of(path);
    if (input == Input::folder) throw UsageError(fmt::format("entente {}: {} is a folder, and no folder of parts; a file is meant", command, path));
    const auto at = std::ranges::find_if(table, [&](const Instead& i) { return i.command == command && i.input == input; });
    const std::string_view name = command;
    const bool two = name == "diff" || name == "compare";
    const char* const astray = input == Input::posterior && two                                                        ? of_two_posteriors
                               : input == Input::calibration && name != "plot" && name != "slurm"                      ? of_calibration
                               : input == Input::posterior && name != "plot" && name != "report" && name != "diagnose" ? of_posterior
                                                                                                                       : nullptr; // whatever the command
    if (at == std::end(table) && !astray) return;
    std::string words = astray ? astray : at->words;
    for (std::size_t place = 0; (place = words.find("FILE", place)) != std::string::npos; place += path.size()) words.replace(place, 4, path);
    throw UsageError(fmt::format("entente {}: {} is {}; {}", command, path, noun(input), words));
}

po::options_description source_options()
{
    po::options_description options("Of a sweep");
    options.add_options()("policy", po::value<std::string>(), "the policy; the first if not given")("point", po::value<std::int64_t>(), "number of the point; 0 if not given");
    return options;
}

ReplaySource source_of(const char* command, const std::string& file, const po::variables_map& given)
{
    throw_if_for_another_command(command, file);
    return reading(command, [&] {
        if (stored_kind(file) == Stored::sweep)
            return replay_source(file, read_sweep_result(file), given.count("policy") != 0 ? std::optional(given["policy"].as<std::string>()) : std::nullopt,
                                 given.count("point") != 0 ? given["point"].as<std::int64_t>() : 0);
        if (given.count("policy") + given.count("point") != 0) throw UsageError(fmt::format("entente {}: --policy and --point belong to the result of a sweep", command));
        return replay_source(file);
    });
}

} // namespace entente::cli
