// merge: the shards of a run or sweep put together.
#include "../experiment/merge.hpp"
#include "inputs.hpp"
#include "options.hpp"
#include "results.hpp"
#include <fmt/format.h>

namespace entente::cli {

namespace po = boost::program_options;

int merge_command(const std::vector<std::string>& arguments)
{
    po::options_description options("Options");
    options.add_options()("out,o", po::value<std::string>(), "result file")("force", "replace another result in that file")("json", "the answer as JSON on standard output");
    const auto given = parse("merge", arguments, options, {"PARTS..."});
    if (given.count("out") == 0) throw UsageError("entente merge: --out FILE.h5 is missing");
    const std::string out = file_from(given);
    throw_if_no_result_to_replace(out);
    if (what_lies_at(out) != Lies::nothing && given.count("force") == 0) throw UsageError(fmt::format("{}: is there already; --force replaces it", out));
    for (const std::string& folder : given["PARTS..."].as<std::vector<std::string>>()) throw_if_for_another_command("merge", folder);
    const OpenedParts parts = reading("merge", [&] { return open_parts(given["PARTS..."].as<std::vector<std::string>>()); });
    for (const auto& shard : parts) say_what_is_damaged(*shard);
    return conclude(merge(parts, out), given.count("json") != 0 ? As::json : As::text);
}

} // namespace entente::cli
