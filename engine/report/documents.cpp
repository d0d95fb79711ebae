#include "documents.hpp"
#include "document_keys.hpp"
#include "../version.hpp"
#include <fmt/format.h>
#include <vector>

namespace entente::report {

Document document(const char* name) { return {name, build().version, build().commit}; }

Document document(const char* name, const Scenario& scenario) { return {name, build().version, build().commit, scenario.seed, scenario.name}; }

Document document(const char* name, const Provenance& p) { return {name, p.engine_version, p.engine_commit, p.seed, p.scenario_name}; }

std::string printed(const Document& d, const nlohmann::ordered_json& body)
{
    using Json = nlohmann::ordered_json;
    Json whole = {{"document", d.name},
                  {"format_version", document_format_version},
                  {"engine", {{"version", d.engine_version}, {"commit", d.commit}}},
                  {"seed", d.seed ? Json(*d.seed) : Json()},
                  {"scenario", d.scenario ? Json(*d.scenario) : Json()}};
    whole.update(body);
    return whole.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

static constexpr DocumentText document_table[] = {
    {"result", "run, show, merge", "the answer of a run"},
    {"sweep", "sweep, show, merge", "what a sweep's policies come to, or what is finished of it so far"},
    {"repetition", "run FILE.h5", "the result of a run simulated again"},
    {"sweep_repetition", "run FILE.h5", "the result of a sweep simulated again"},
    {"scenario", "check", "a scenario as it is read, every default taken"},
    {"sweep_file", "check", "a sweep as it is read"},
    {"model", "describe model", "the model's tables"},
    {"thing", "describe NAME", "all of what bears a name"},
    {"claims", "describe claims", "how each claim of the articles is accounted for"},
    {"drivers", "describe drivers", "the four drivers and what their dials move"},
    {"comparison", "compare", "two scenarios, or two results of `run`, run by run"},
    {"sweep_comparison", "compare", "two results of `sweep`, replicate by replicate"},
    {"why", "compare", "why two scenarios differ: by setting and by mechanism"},
    {"ablation", "ablation", "what moves where firms, banks and elite are their mean field"},
    {"difference", "diff", "whether two results are the same"},
    {"sensitivity", "sensitivity", "which inputs drive what came, and what is luck"},
    {"screen", "sensitivity --screen", "what every row of the model does if it is moved by itself"},
    {"robustness", "robust", "policies ranked across the points of a sweep"},
    {"discovery", "discover", "boxes among what is not known in which an outcome is frequent"},
    {"conventions", "conventions", "a result's classes under other weights and thresholds"},
    {"diagnosis", "diagnose, calibrate", "what a posterior is worth, what was learned, and what the model cannot meet"},
    {"sbc", "sbc", "whether a calibration's method finds what made a world as often as it should"},
    {"backtest", "backtest", "what a calibration predicts of years that it did not see, scored beside simple forecasts"},
    {"survival", "survival", "when events come and which comes first, in a result or a scenario, or in two"},
    {"convergence", "convergence", "how each number of a result of `run` changed as runs were added, how many it needs, and what else it is uncertain by"},
    {"sweep_convergence", "convergence", "how each number of a result of `sweep` changed as replicates were added, and how many it needs"},
    {"base_rates", "describe base_rates, rates", "how often things happened in the world, and in a result"},
    {"given", "show --given", "the answer among the futures that meet a condition, beside that among all"},
    {"contrast", "contrast", "an event seen beside the same event made to come"},
    {"judged_claims", "claims", "which article's prediction holds under which reading"},
    {"signposts", "signposts", "what can be seen at a date that foretells an outcome"},
    {"assimilation", "assimilate", "a result's answer with and without what was observed since"},
    {"story", "replay", "one run told"},
    {"slurm", "slurm", "job scripts for a cluster, and what fits into the time asked for"},
    {"benchmark", "bench", "how fast the program is on this machine"},
    {"handing_out", "bench --hand-out", "how many answers rank 0 can take"},
    {"schedule", "bench --schedule", "what a large job would come to on a cluster whose machines fail"},
};
std::span<const DocumentText> documents() { return document_table; }

std::span<const KeyText> document_keys()
{
    static const std::vector<KeyText> all = [] {
        std::vector<KeyText> keys;
        for (const std::span<const KeyText> some : {keys_of_results(), keys_of_analyses()}) keys.insert(keys.end(), some.begin(), some.end());
        return keys;
    }();
    return all;
}

static constexpr const char* page_opening = R"(# The JSON that `--json` prints

<!-- Written by the program: change engine/report/documents.cpp or document_keys*.cpp, not this file. -->

Every command that prints a table prints it as one JSON object with `--json`. Version of the format: {}. A number that is not known, infinite or no number is
`null`. Dates are quarters, `"2045Q1"`; shares lie between 0 and 1; intervals are 95 % intervals, Monte Carlo error alone. In the tables below `*` stands for a
name or date that is itself a key, `[]` for each item of a list.
)";

std::string documents_page()
{
    std::string text = fmt::format(page_opening, document_format_version);
    const auto table_of = [&](std::string_view document) {
        text += "\n| key | value |\n|---|---|\n";
        for (const KeyText& key : document_keys())
            if (document == key.document) {
                std::string keys = key.keys;
                for (std::size_t at = 0; (at = keys.find('|', at)) != std::string::npos;) keys.replace(at, 1, "`, `");
                text += fmt::format("| `{}` | {} |\n", keys, key.meaning);
            }
    };
    text += "\n## Every document begins with\n";
    table_of("");
    for (const DocumentText& d : documents()) {
        text += fmt::format("\n## {}\n\n`{}`: {}.\n", d.name, d.commands, d.meaning);
        table_of(d.name);
    }
    return text;
}

} // namespace entente::report
