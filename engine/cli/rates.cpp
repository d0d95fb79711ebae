// rates: how often things happen in a result's runs, beside how often they happened in the world.
#include "../core/quarter.hpp"
#include "../experiment/rates.hpp"
#include "../report/base_rates.hpp"
#include "../report/documents.hpp"
#include "../report/words.hpp"
#include "inputs.hpp"
#include "options.hpp"
#include "results.hpp"
#include "terminal.hpp"
#include <fmt/format.h>

namespace entente::cli {

namespace po = boost::program_options;

int rates_command(const std::vector<std::string>& arguments)
{
    po::options_description options("FILE: a result of `run` or `sweep`. Its runs are simulated again, and what happens in them is set beside base rates. Options");
    options.add(source_options());
    options.add_options()("json", "the table as JSON on standard output")("save", save_meaning)("isa", po::value<std::string>()->default_value(""),
                                                                                                isa_meaning)("threads", po::value<std::uint32_t>()->default_value(0), threads_meaning);
    const po::variables_map given = parse("rates", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    const ReplaySource source = source_of("rates", file, given);
    say_if_another_engine(source.provenance);
    const EnsembleOptions ensemble{.isa = given["isa"].as<std::string>(), .threads = threads_from(given)};
    watch_for_interruption();
    const auto rates = rates_of(source, ensemble, listener_on(std::make_shared<ProgressLine>(source.scenario.name)), &interruption());
    if (!rates) return ended_early();
    const Scenario& s = source.scenario;
    const std::string heading = fmt::format("{} of '{}', {} to {}", report::counted(s.runs, "future", "futures"), s.name, quarter_name(s.start), quarter_name(s.horizon));
    const std::string json = report::printed(report::document("base_rates", source.provenance), {{"runs", s.runs}, {"rates", report::json_of(*rates)}});
    keep_if_asked(given, file, "rates", json);
    tell("{}", given.count("json") != 0 ? json : report::text_of(*rates, heading));
    return done;
}

} // namespace entente::cli
