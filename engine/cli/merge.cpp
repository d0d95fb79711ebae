// merge: the shards of a run or sweep put together.
#include "../experiment/merge.hpp"
#include "inputs.hpp"
#include "options.hpp"
#include "results.hpp"
#include "terminal.hpp"
#include <fmt/format.h>

namespace entente::cli {

namespace po = boost::program_options;

int merge_command(const std::vector<std::string>& arguments)
{
    po::options_description options("PARTS: folders of parts, one of each shard.\nExit codes: 0 done; 2 parts that are no whole, or usage; 130 interrupted: no result is written, "
                                    "and the parts are as they were.\n\nOptions");
    options.add_options()("out,o", po::value<std::string>(), "result file")("force", "replace another result in that file")("json", "the answer as JSON on standard output");
    const auto given = parse("merge", arguments, options, {"PARTS..."});
    if (given.count("out") == 0) throw UsageError("entente merge: --out FILE.h5 is missing");
    const std::string out = file_from(given);
    throw_if_no_result_to_replace(out);
    if (what_lies_at(out) != Lies::nothing && given.count("force") == 0) throw UsageError(fmt::format("{}: is there already; --force replaces it", out));
    for (const std::string& folder : given["PARTS..."].as<std::vector<std::string>>()) throw_if_for_another_command("merge", folder);
    const OpenedParts parts = reading("merge", [&] { return open_parts(given["PARTS..."].as<std::vector<std::string>>()); });
    for (const auto& shard : parts) say_what_is_damaged(*shard);
    watch_for_interruption();
    const std::optional<Done> merged = merge(parts, out, listener_on(std::make_shared<ProgressLine>(out)), &interruption());
    if (merged) return conclude(*merged, given.count("json") != 0 ? As::json : As::text);
    talk("Interrupted: no result is written, and the parts are as they were.\n");
    return interrupted_exit;
}

} // namespace entente::cli
