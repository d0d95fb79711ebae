#include "result.hpp"
#include "../analysis/patterns.hpp"
#include "patterns.hpp"
#include "work.hpp"
#include "words.hpp"
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace entente::report {

static Answer answer_of(const StoredResult& r)
{
    return answer(r.summary, r.provenance.scenario_name, r.provenance.scenario_title, r.complete ? r.summary.runs : r.provenance.runs);
}
static bool is_history(const Answer& a) { return a.horizon < a.start; }
static std::string first_difference(const Repeated& again) { return again.departure ? text_of(*again.departure) : ""; }

std::string text_of(const StoredResult& result, const std::string& path, Charts charts)
{
    const Answer a = answer_of(result);
    return fmt::format("{}{}\n{}\n", text_of(a, charts), is_history(a) ? text_of(patterns(result.summary)) : "", path);
}

nlohmann::ordered_json json_of(const StoredResult& result, const std::string& path)
{
    const Answer a = answer_of(result);
    nlohmann::ordered_json out = json_of(a);
    if (is_history(a)) out["patterns"] = json_of(patterns(result.summary));
    out["file"] = path;
    return out;
}

std::string text_of(const Repeated& again, const std::string& path)
{
    const std::string runs = with_commas(again.runs);
    if (again.departure) return fmt::format("{}: {} runs simulated again; the bits differ. First difference: {}.\n", path, runs, first_difference(again));
    return fmt::format("{}: {} runs simulated again{}; the bits are identical.\n", path, runs, again.whole ? "" : " (an interrupted file)");
}

nlohmann::ordered_json json_of(const Repeated& again, const std::string& path)
{
    return {{"file", path}, {"runs", again.runs}, {"identical", !again.departure}, {"first_difference", first_difference(again)}};
}

} // namespace entente::report
