// conventions: a result's classes under other weights and thresholds.
#include "../core/quarter.hpp"
#include "../ensemble/reported.hpp"
#include "../report/conventions.hpp"
#include "../report/documents.hpp"
#include "inputs.hpp"
#include "options.hpp"
#include "results.hpp"
#include "terminal.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::cli {

namespace po = boost::program_options;

constexpr std::uint32_t most_joint = 100'000;

static int date_in(const std::string& text, int horizon)
{
    const std::vector<int> dates = report_dates(horizon);
    const std::optional<int> date = parse_quarter(text);
    if (date && std::ranges::find(dates, *date) != dates.end()) return *date;
    std::vector<std::string> names;
    for (const int d : dates) names.push_back(quarter_name(d));
    throw UsageError(fmt::format("entente conventions: --at: {}, the dates of which values are kept, got '{}'", fmt::join(names, ", "), text));
}

int conventions_command(const std::vector<std::string>& arguments)
{
    po::options_description options("FILE: a result of `run`. The weights of the alignment index and the thresholds between classes are conventions, no article's. The classes of "
                                    "its futures are read off again under others, each moved alone and all at once; nothing is simulated.\n\nOptions");
    options.add_options()("at", po::value<std::string>(), "a report date, 2035Q1; 2045Q1 if not given")("joint", po::value<std::uint32_t>()->default_value(200), "draws that move all at once")(
        "all", "every convention")("json", "as JSON on standard output, every report date")("save", save_meaning);
    const po::variables_map given = parse("conventions", arguments, options, {"FILE"});
    const auto file = given["FILE"].as<std::string>();
    const auto joint = given["joint"].as<std::uint32_t>();
    if (joint > most_joint) throw UsageError(fmt::format("entente conventions: --joint: at most {}, got {}", most_joint, joint));
    throw_if_for_another_command("conventions", file);
    const ReplaySource source = reading("conventions", [&] { return replay_source(file); });
    const int at = given.count("at") != 0 ? date_in(given["at"].as<std::string>(), source.scenario.horizon) : report_quarter(source.scenario.horizon);
    const As as = as_given(given);
    end_at_interruption();
    const bool every_date = as == As::json || given.count("save") != 0;
    const auto all = reading("conventions", [&] {
        try {
            return conventions_in(file, source, every_date ? report_dates(source.scenario.horizon) : std::vector{at}, joint);
        } catch (const std::invalid_argument& e) { // every run failed
            throw UsageError(fmt::format("entente conventions: {}: {}", file, e.what()));
        }
    });
    const std::string document = every_date ? report::printed(report::document("conventions", source.provenance), report::json_of(all)) : "";
    keep_if_asked(given, file, "conventions", document);
    if (as == As::json) tell("{}", document);
    else tell("{}", report::text_of(all, at, source.scenario.name, looks_of_output(as == As::all ? report::Detail::all : report::Detail::first)));
    return done;
}

} // namespace entente::cli
