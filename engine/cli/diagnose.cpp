// diagnose: what a posterior is worth: whether its draws can be trusted, what was learned, and what the model cannot meet.
#include "../calibrate/diagnosis.hpp"
#include "../report/agreement.hpp"
#include "../report/diagnosis.hpp"
#include "../report/documents.hpp"
#include "command.hpp"
#include "inputs.hpp"
#include "terminal.hpp"

namespace entente::cli {

/// Exit codes of its own.
static int code_of(const Diagnosis& d) { return d.trusted ? 0 : 1; }

int diagnose_command(const std::vector<std::string>& arguments)
{
    boost::program_options::options_description options(
        "Says of a posterior that `calibrate` has written whether its draws can be trusted as a sample, what the data said of each parameter and reading, and which of the "
        "observations the model makes.\n"
        "Exit codes: 0 the draws can be trusted; 1 they cannot (R-hat of 1.01 or more, or an effective size below 400); 2 a file that cannot be read, or usage.\n\nOptions");
    options.add_options()("all", "every observation with its prediction")("against", boost::program_options::value<std::string>(),
                                                                          "a second posterior of the same assumptions, by another method, say: how far the two are apart")(
        "json", "the diagnosis as JSON on standard output");
    const auto given = parse("diagnose", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    throw_if_for_another_command("diagnose", file);
    const Posterior posterior = reading("diagnose", [&] { return read_posterior(file); });
    const Diagnosis diagnosis = diagnose(posterior);
    report::Document document = report::document("diagnosis");
    document.seed = posterior.seed, document.scenario = posterior.name;
    const std::vector<TargetShift> shifts = shifts_of(posterior);
    std::optional<Agreement> agreement;
    if (given.count("against") != 0) {
        const auto other = given["against"].as<std::string>();
        throw_if_for_another_command("diagnose", other);
        agreement = reading("diagnose", [&] { return agreement_of(posterior, read_posterior(other)); });
    }
    if (given.count("json") != 0) {
        nlohmann::ordered_json all = report::json_of(diagnosis, posterior);
        if (!shifts.empty()) all["shifts"] = report::json_of(shifts);
        if (agreement) all["agreement"] = report::json_of(*agreement);
        tell("{}", report::printed(document, all));
        return code_of(diagnosis);
    }
    tell("{}", report::text_of(diagnosis, posterior, file, looks_of_output(given.count("all") != 0 ? report::Detail::all : report::Detail::first)));
    if (!shifts.empty()) tell("\n{}", report::text_of(shifts));
    if (agreement) tell("\n{}", report::text_of(*agreement, file, given["against"].as<std::string>()));
    return code_of(diagnosis);
}

} // namespace entente::cli
