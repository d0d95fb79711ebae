// sbc: whether a calibration's method finds what made a world.
#include "../experiment/sbc.hpp"
#include "../report/documents.hpp"
#include "../report/sbc.hpp"
#include "command.hpp"
#include "options.hpp"
#include "terminal.hpp"
#include <fmt/format.h>

namespace entente::cli {

namespace po = boost::program_options;

int sbc_command(const std::vector<std::string>& arguments)
{
    po::options_description options("Simulation-based calibration: draws parameters from a calibration's prior, simulates from them what would be observed, a world, and fits that "
                                    "world as the observed one is. If the method is right, what made a world ranks anywhere among the draws that are found of it, equally often, "
                                    "and lies in 90 % of all 90 % intervals.\nFILE: a calibration (.toml), or the table of a trial that was made (.csv), to be shown.\nExit codes: "
                                    "0 the method is not found wrong; 1 it is; 2 a faulty file, or usage; 130 interrupted.\n\nOptions");
    options.add_options()("worlds", po::value<std::uint32_t>()->default_value(100), "how many")("particles", po::value<std::uint32_t>(),
                                                                                                "particles of the chain, one, that fits a world, instead of the file's")(
        "draws", po::value<std::uint32_t>()->default_value(99), "draws of each world's posterior, among which is ranked: a multiple of ten less one")(
        "out", po::value<std::string>(), "table (.csv) of ranks, a row for each world; results/NAME_sbc.csv if not given")(
        "resume", "go on with the worlds of a trial that was interrupted, or add worlds to one")("force", "replace another trial, or begin anew")(
        "threads", po::value<std::uint32_t>()->default_value(0), threads_meaning)("isa", po::value<std::string>()->default_value(""),
                                                                                  isa_meaning)("json", "the findings as JSON on standard output");
    const po::variables_map given = parse("sbc", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    SbcTable table;
    if (file.ends_with(".csv"))
        table = reading("sbc", [&] {
            try {
                return sbc_table_of(read_file(file));
            } catch (const std::runtime_error& e) {
                throw std::runtime_error(fmt::format("{}: {}", file, e.what()));
            }
        });
    else {
        Calibration calibration = read_calibration(file);
        if (calibration.method != Method::smc_abc)
            throw UsageError(fmt::format("{}: method: worlds are fitted by smc_abc alone, got {}", file, method_names[static_cast<std::size_t>(calibration.method)]));
        if (given.count("particles") != 0) calibration.particles = given["particles"].as<std::uint32_t>();
        if (calibration.particles < least_particles || calibration.particles > most_particles)
            throw UsageError(fmt::format("--particles: from {} to {}, got {}", least_particles, most_particles, calibration.particles));
        const SbcAsked asked{.worlds = given["worlds"].as<std::uint32_t>(),
                             .draws = given["draws"].as<std::uint32_t>(),
                             .out = given.count("out") != 0 ? file_from(given) : fmt::format("results/{}_sbc.csv", calibration.name),
                             .resume = given.count("resume") != 0,
                             .force = given.count("force") != 0};
        if (asked.resume && asked.force) throw UsageError("--resume goes on with what is there, --force begins anew: one of them");
        if (asked.worlds < 20 || asked.worlds > 100'000) throw UsageError(fmt::format("--worlds: from 20 to 100000, got {}", asked.worlds));
        if (asked.draws < sbc_bins - 1 || asked.draws > 9999 || (asked.draws + 1) % sbc_bins != 0)
            throw UsageError(fmt::format("--draws: a multiple of {} less one, up to 9999, got {}", sbc_bins, asked.draws));
        const EnsembleOptions ensemble{.isa = given["isa"].as<std::string>(), .threads = threads_from(given)};
        watch_for_interruption();
        table = calibrate_worlds(calibration, ensemble, asked, listener_on(std::make_shared<ProgressLine>(calibration.name + " worlds")).progress, &interruption());
        if (interruption()) {
            talk("Interrupted after {} of {} worlds. {} holds them; --resume goes on.\n", table.worlds.size(), asked.worlds, asked.out);
            return interrupted_exit;
        }
    }
    const SbcSummary summary = reading("sbc", [&] { return summary_of(table); });
    const bool ascii = looks_of_output(report::Detail::first).signs == report::Signs::ascii;
    tell("{}", given.count("json") != 0 ? report::printed(report::document("sbc"), report::json_of(summary, table)) : report::text_of(summary, table, ascii));
    return summary.calibrated ? done : failed;
}

} // namespace entente::cli
