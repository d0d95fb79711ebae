#include "page.hpp"
#include "../../core/quarter.hpp"
#include "../../core/text.hpp"
#include "../../version.hpp"
#include "../comparison.hpp"
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace entente {

std::string_view page_file(std::string_view name);

namespace report {

using Json = nlohmann::ordered_json;

double to_six_digits(double x) { return std::isfinite(x) ? std::round(x * 1e6) / 1e6 : x; }

Json provenance_page_json(const Provenance& p)
{
    Json out = Json::array();
    const auto add = [&](const char* label, const std::string& text) {
        if (!text.empty()) out.push_back({label, printable(text)});
    };
    add("Scenario", p.scenario_name);
    add("Engine", fmt::format("entente {}, commit {}", p.engine_version, p.engine_commit));
    add("Seed", fmt::format("{}", p.seed));
    add("Runs asked for", fmt::format("{}", p.runs));
    add("Precision", p.precision);
    add("Instruction set", p.isa);
    add("Kept of single runs", p.keep);
    add("Command", p.command_line);
    add("Created", p.created_at);
    add("Compiler", p.compiler);
    add("Flags", p.flags);
    add("Libraries", p.libraries);
    return out;
}

static Json paired_json(const RunPairFindings& pair)
{
    Json out = {{"a", pair.a}, {"b", pair.b}, {"pairs", pair.comparison.used()}, {"differences", Json::array()}};
    for (const Shift& shift : pair.comparison.shifts) {
        const PairedDifference& d = shift.difference;
        out["differences"].push_back({{"quantity", printable_name(shift.quantity)},
                                      {"share", is_part(parse_quantity(shift.quantity))},
                                      {"a", d.mean_a},
                                      {"b", d.mean_b},
                                      {"difference", d.difference},
                                      {"standard_error", d.is_always_the_same() ? Json() : Json(d.standard_error)}});
    }
    return out;
}

/// Names of classes or orientations, in the order of tables, with their codes.
template <class Order, class Names> static Json kinds_json(const Order& order, const Names& names)
{
    Json out = Json::array();
    for (const int k : order) out.push_back({{"name", std::string(names[k])}, {"code", k}});
    return out;
}

Json page_json(const Findings& findings, const std::vector<std::optional<FirstRuns>>& runs, const std::string& title)
{
    Json out = {{"title", printable_name(title)},
                {"version", build().version},
                {"first_year", first_year},
                {"classes", kinds_json(class_order, class_names)},
                {"orientations", kinds_json(orientation_order, orientation_names)},
                {"runs", Json::array()},
                {"pairs", Json::array()},
                {"sweeps", Json::array()},
                {"lacking", Json::array()}};
    for (std::size_t i = 0; i < findings.runs.size(); ++i) {
        out["runs"].push_back(run_page_json(findings.runs[i]));
        out["runs"].back()["held"] = i < runs.size() && runs[i] ? first_runs_json(*runs[i]) : Json();
    }
    for (const RunPairFindings& pair : findings.run_pairs) out["pairs"].push_back(paired_json(pair));
    for (const SweepFindings& sweep : findings.sweeps) out["sweeps"].push_back(sweep_page_json(sweep));
    for (const Lacking& l : findings.lacking) out["lacking"].push_back({{"file", printable_name(l.file)}, {"what", l.what}, {"why", printable(l.why)}});
    return out;
}

std::string page_of(const Findings& findings, const std::vector<std::optional<FirstRuns>>& runs, const std::string& title)
{
    PageParts parts{.title = printable_name(title), .scripts = chart_scripts()};
    for (const char* const script : {"condition.js", "held.js", "answer.js", "reasons.js", "filter.js", "sweep.js", "results.js"}) parts.scripts.push_back(page_file(script));
    parts.data.emplace_back("results", json_in_html(page_json(findings, runs, title).dump(-1, ' ', false, Json::error_handler_t::replace)));
    return page_shell(parts);
}

} // namespace report
} // namespace entente
