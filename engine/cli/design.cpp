// design: a sweep's points as CSV, for this or another simulator.
#include "../experiment/experiment.hpp"
#include "inputs.hpp"
#include "options.hpp"
#include "results.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fstream>

namespace entente::cli {

namespace po = boost::program_options;

int design_command(const std::vector<std::string>& arguments)
{
    po::options_description options("Options");
    options.add_options()("out,o", po::value<std::string>(), "CSV file; standard output if not given, or -")("force", "replace that file");
    const auto given = parse("design", arguments, options, {"FILE"});
    throw_if_for_another_command("design", given["FILE"].as<std::string>());
    const Sweep sweep = read_sweep(given["FILE"].as<std::string>(), overlay_from(given));
    if (sweep.factors.empty()) throw UsageError(fmt::format("{}: has no [[factor]], so there are no points", sweep.path));
    const TableDesign points = points_of(sweep);
    say(points.notes);
    const std::string csv = design_csv(points.design, sweep.factors);
    const std::string out = given.count("out") != 0 ? given["out"].as<std::string>() : "-";
    if (out == "-") {
        tell("{}", csv);
        return done;
    }
    throw_if_text_is_kept_from("--out", out, given.count("force") != 0);
    std::ofstream file(out, std::ios::binary);
    file << csv;
    file.close();
    if (!file) throw std::runtime_error(fmt::format("{}: cannot write", out));
    talk("{}: {} points of {} factors\n", out, std::ranges::count(csv, '\n') - 1, sweep.factors.size());
    return done;
}

} // namespace entente::cli
