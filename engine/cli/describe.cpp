// describe: all of one thing of the model, or the model's own tables, for readers, for ODD.md and for other programs.
#include "../core/number.hpp"
#include "../core/text.hpp"
#include "../report/base_rates.hpp"
#include "../report/by_meaning.hpp"
#include "../report/documents.hpp"
#include "../report/model.hpp"
#include "../report/thing.hpp"
#include "command.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::cli {

int describe_command(const std::vector<std::string>& arguments)
{
    namespace po = boost::program_options;
    po::options_description options("Options");
    options.add_options()("json", "as JSON")(
        "block", po::value<std::string>(), "of the model, one table only: mechanisms, parameters, variables, derived, events, draws, drivers, dials, levers, forced, structures, switches, columns");
    const auto given = parse("describe", arguments, options, {"WHAT"});
    const auto what = given["WHAT"].as<std::string>();
    const bool json = given.count("json") != 0;
    if (what == "claims") {
        if (given.count("block") != 0) throw UsageError("entente describe: --block is for the model; claims are one table");
        tell("{}", json ? report::printed(report::document("claims"), {{"claims", report::json_of_claims()}}) : report::text_of_claims() + "\n");
        return done;
    }
    if (what == "base_rates") {
        if (given.count("block") != 0) throw UsageError("entente describe: --block is for the model; base rates are one table");
        tell("{}", json ? report::printed(report::document("base_rates"), {{"rates", report::json_of_base_rates()}}) : report::text_of_base_rates());
        return done;
    }
    if (what == "drivers") {
        if (given.count("block") != 0) throw UsageError("entente describe: --block is for the model; drivers are `entente describe model --block drivers` and `--block dials`");
        tell("{}", json ? report::printed(report::document("drivers"), report::json_of_drivers()) : report::text_of_drivers());
        return done;
    }
    if (what != "model") {
        if (given.count("block") != 0) throw UsageError(fmt::format("entente describe: --block is for the model, not for '{}'", what));
        const std::string text = report::text_of_thing(what);
        const std::vector<std::string> blocks = report::model_tables();
        if (text.empty() && std::ranges::find(blocks, what) != blocks.end())
            throw UsageError(fmt::format("entente describe: a table of the model: `entente describe model --block {}`", what));
        const std::vector<std::string> names = report::names_of_things(); // the claims last
        if (text.empty() && what.size() > 1 && (what[0] == 'C' || what[0] == 'c') && number_in<std::uint32_t>(what.substr(1)))
            throw UsageError(fmt::format("entente describe: claims are C01 to {}, got '{}'", names.back(), what));
        if (text.empty()) {
            const std::string meant = report::text_of_meant(what);
            throw UsageError(fmt::format("entente describe: model, claims, drivers, base_rates, or the name of something in the model, got '{}'{}{}{}", what,
                                         did_you_mean(what, names), meant.empty() ? "" : "\nIn whose words it is found:", meant));
        }
        tell("{}", json ? report::printed(report::document("thing"), {{"things", report::json_of_thing(what)}}) : text);
        return done;
    }
    const std::string table = given.count("block") != 0 ? given["block"].as<std::string>() : "";
    const std::vector<std::string> names = report::model_tables();
    if (!table.empty() && std::ranges::find(names, table) == names.end())
        throw UsageError(fmt::format("entente describe: --block: one of {}, got '{}'{}", fmt::join(names, ", "), table, did_you_mean(table, names)));
    tell("{}", json ? report::printed(report::document("model"), report::json_of_model(table)) : report::text_of_model(table));
    return done;
}

} // namespace entente::cli
