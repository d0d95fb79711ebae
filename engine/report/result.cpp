#include "result.hpp"
#include "../analysis/patterns.hpp"
#include "expectations.hpp"
#include "patterns.hpp"
#include "work.hpp"
#include "words.hpp"
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace entente::report {

Answer answer_of(const StoredResult& r)
{
    return answer(r.summary, r.provenance.scenario_name, r.provenance.scenario_title, r.complete ? r.summary.runs : r.provenance.runs, r.beside);
}
static bool is_history(const Answer& a) { return a.horizon < a.start; }
static std::string first_difference(const Repeated& again) { return again.departure ? text_of(*again.departure) : ""; }

std::string text_of(const StoredResult& result, const std::string& path, const Looks& looks)
{
    const Answer a = answer_of(result);
    return fmt::format("{}{}{}{}{}", text_of(a, looks), is_history(a) ? text_of(patterns(result.summary), looks.width) : "", result.stop ? text_of(*result.stop, looks.width) : "",
                       text_of(expected_of(result, path), looks.width), path.empty() ? "" : fmt::format("\n{}\n", path));
}

nlohmann::ordered_json json_of(const StoredResult& result, const std::string& path)
{
    const Answer a = answer_of(result);
    nlohmann::ordered_json out = json_of(a);
    if (is_history(a)) out["patterns"] = json_of(patterns(result.summary));
    if (result.stop) out["stopped_by_precision"] = json_of(*result.stop);
    if (const Expected expected = expected_of(result, path); !expected.all.empty()) out["expectations"] = json_of(expected);
    out["file"] = path.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(path);
    return out;
}

std::string text_of(const Repeated& again, const std::string& path)
{
    const std::string runs = with_commas(again.runs);
    if (again.departure) return fmt::format("{}: {} runs simulated again; the bits differ. First difference: {}.\n", path, runs, first_difference(again));
    const std::string but = again.not_compared.empty() ? "" : fmt::format(" Not compared: {}.", fmt::join(again.not_compared, ", "));
    return fmt::format("{}: {} runs simulated again{}; the bits are identical.{}\n", path, runs, again.whole ? "" : " (an interrupted file)", but);
}

nlohmann::ordered_json json_of(const Repeated& again, const std::string& path)
{
    return {{"file", path}, {"runs", again.runs}, {"identical", !again.departure}, {"not_compared", again.not_compared}, {"first_difference", first_difference(again)}};
}

static std::string compared_text(const RepeatedSweep& again)
{
    return fmt::format("outcomes, failed runs{}{}, estimates", again.histories ? ", histories" : "", again.fingerprints ? ", fingerprints" : "");
}

std::string text_of(const RepeatedSweep& again, const std::string& path)
{
    const std::string runs = fmt::format("{}: {} runs simulated again ({}, {}, {}{})", path, with_commas(again.made), counted(again.policies, "policy", "policies"),
                                         counted(again.points, "point", "points"), counted(again.replicates, "replicate", "replicates"), again.complete ? "" : ", an interrupted file");
    if (again.departure) return fmt::format("{}; the bits differ. First difference: {}.\n", runs, text_of(*again.departure));
    return fmt::format("{}; the bits are identical: {}.\n", runs, compared_text(again));
}

nlohmann::ordered_json json_of(const RepeatedSweep& again, const std::string& path)
{
    return {{"file", path}, {"runs", again.made}, {"identical", !again.departure}, {"first_difference", again.departure ? text_of(*again.departure) : ""}, {"compared", compared_text(again)}};
}

} // namespace entente::report
