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
    po::options_description options("FILE: a calibration, whose method is tried on worlds that its prior makes; or the CSV of such a trial, to be shown. Options");
    options.add_options()("worlds", po::value<std::uint32_t>()->default_value(100), "how many")("particles", po::value<std::uint32_t>(), "of the one chain of each world, instead of the file's")(
        "draws", po::value<std::uint32_t>()->default_value(99), "of each posterior; a multiple of ten, less one")(
        "out", po::value<std::string>(), "the table; results/NAME_sbc.csv if not given")("resume", "go on with the worlds that an interrupted trial has left, or add some")(
        "force", "begin anew")("threads", po::value<std::uint32_t>()->default_value(0), threads_meaning)("isa", po::value<std::string>()->default_value(""),
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
    return report::is_calibrated(summary) ? done : failed;
}

} // namespace entente::cli
