// assimilate: a result's runs weighed by what was observed since.
#include "../experiment/assimilate.hpp"
#include "../report/assimilation.hpp"
#include "../report/documents.hpp"
#include "../report/words.hpp"
#include "../store/weights.hpp"
#include "inputs.hpp"
#include "options.hpp"
#include "results.hpp"
#include "terminal.hpp"
#include <fmt/format.h>

namespace entente::cli {

namespace po = boost::program_options;

static std::string text_in(const std::string& path)
{
    return reading("assimilate", [&] { return read_file(path); });
}

int assimilate_command(const std::vector<std::string>& arguments)
{
    po::options_description options("FILE: a result of `run`. Its futures are simulated again and weighed by how likely what was observed is in each: the answer before and after. "
                                    "Below 1,000 equal futures that the weighed ones are worth it warns, below 100 it refuses (exit code 2).\n\nOptions");
    options.add_options()("observed", po::value<std::string>(), "table (.csv) of what was observed; `entente new NAME --observed` writes one to fill in")(
        "measurement", po::value<std::string>(), "table (.csv) of what in the model stands for each target; the program's own, calibration/measurement.csv, if not given")(
        "out,o", po::value<std::string>(), "file (.h5) for the weights of the futures")("force", "replace such a file")("json", "the answer as JSON on standard output")(
        "all", all_meaning)("isa", po::value<std::string>()->default_value(""), isa_meaning)("threads", po::value<std::uint32_t>()->default_value(0), threads_meaning);
    const po::variables_map given = parse("assimilate", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    if (given.count("observed") == 0)
        throw UsageError("entente assimilate: --observed FILE.csv is missing: what was observed; `entente new NAME --observed` writes one to fill in");
    if (given.count("out") != 0) throw_if_text_is_kept_from("--out", given["out"].as<std::string>(), given.count("force") != 0);
    throw_if_for_another_command("assimilate", file);
    const ReplaySource source = reading("assimilate", [&] { return replay_source(file); });
    const auto path = given["observed"].as<std::string>();
    const std::string text = text_in(path), measurement = given.count("measurement") != 0 ? text_in(given["measurement"].as<std::string>()) : std::string(measurement_csv());
    const Scenario& s = source.scenario;
    const Observed observed = read_observed({measurement, given.count("measurement") != 0 ? given["measurement"].as<std::string>() : "calibration/measurement.csv"}, {text, path},
                                            s.start, s.horizon);
    say(observed.notes);
    say_if_another_engine(source.provenance);

    const EnsembleOptions ensemble{.isa = given["isa"].as<std::string>(), .threads = threads_from(given)};
    watch_for_interruption();
    const auto answer = assimilate(file, source, observed, ensemble, listener_on(std::make_shared<ProgressLine>(s.name)), &interruption());
    if (!answer) return ended_early();
    if (answer->weighing.effective < few_effective)
        talk("{}: {:.0f} runs are left; intervals are wide, and with fewer than {:.0f} there would be no answer. More runs help: entente run --runs.\n", file,
             answer->weighing.effective, least_effective);
    if (given.count("out") != 0) {
        const Weighing& w = answer->weighing;
        write_weights(given["out"].as<std::string>(), {w.weight, w.log_likelihood, w.effective, file, source.provenance.scenario_resolved, text, measurement});
    }
    const As as = as_given(given);
    if (as == As::json) tell("{}", report::printed(report::document("assimilation", source.provenance), report::json_of(*answer, observed)));
    else tell("{}", report::text_of(*answer, observed, s.name, looks_of_output(as == As::all ? report::Detail::all : report::Detail::first)));
    return done;
}

} // namespace entente::cli
