#include "explore_page.hpp"
#include "../../analysis/answer.hpp"
#include "../../core/text.hpp"
#include "../../ensemble/explored.hpp"
#include "../../ensemble/reported.hpp"
#include "../../model/drivers.hpp"
#include "../../scenario/bytes.hpp"
#include "../../scenario/dials.hpp"
#include "../../scenario/toml_text.hpp"
#include "../../version.hpp"
#include "shell.hpp"
#include <algorithm>
#include <limits>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace entente {

std::string_view page_file(std::string_view name);

namespace report {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view offered = "western_carrot", offered_label = "Western carrot";

std::string base64_of_text(std::string_view bytes) { return base64_of({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()}); }

struct Watched {
    std::uint32_t variable;
    std::string label;
};
/// The indicators of an answer, then what shows the drivers and is not among them.
std::vector<Watched> watched()
{
    std::vector<Watched> all;
    const auto add = [&](std::string_view name, std::string_view label) {
        const auto v = static_cast<std::uint32_t>(Description::find(describe().variables, name));
        if (std::ranges::find(all, v, &Watched::variable) == all.end()) all.push_back({v, std::string(label)});
    };
    for (const Label& i : indicators) add(i.variable, i.label);
    for (const Driver& d : drivers) add(d.variable, d.label);
    return all;
}

Json model_json()
{
    const Description& d = describe();
    Json out = {{"first_year", first_year}, {"classes", class_names}, {"class_order", class_order}, {"orientations", orientation_names}, {"levels", explored_levels}};
    out["watched"] = explored_variables();
    for (const Driver& driver : drivers) out["drivers"].push_back({{"name", driver.name}, {"label", driver.label}, {"low_meaning", driver.low}, {"high_meaning", driver.high}});
    const std::size_t lever = Description::find(d.levers, offered);
    const Row& row = d.levers[lever];
    out["levers"].push_back({{"number", lever}, {"name", row.name}, {"label", offered_label}, {"low", row.low}, {"high", row.high}, {"standard", row.standard}});
    for (const Row& s : d.structures) out["structures"].push_back({{"name", s.name}, {"meaning", s.meaning}, {"choices", split(s.choices, '|')}});
    for (const Watched& w : watched()) {
        const Row& v = d.variables[w.variable];
        out["indicators"].push_back({{"number", w.variable}, {"name", v.name}, {"label", w.label}, {"unit", v.unit}, {"low", v.low}, {"high", v.high}});
    }
    for (const Row& e : d.events) out["events"].push_back({{"name", e.name}, {"meaning", e.meaning}});
    return out;
}

/// Which setting of the scenario's own keeps a dial still: a name, or nothing.
Json held_by(const Scenario& scenario, std::size_t driver)
{
    const std::vector<Clash> all = clashes(scenario, driver);
    return all.empty() ? Json() : Json(all[0].row->name);
}

/// Where the lever stands: a number if it is one from the start to the horizon.
Json lever_json(const Scenario& scenario)
{
    const Row& row = describe().levers[Description::find(describe().levers, offered)];
    for (const CourseSetting& c : scenario.courses) {
        if (c.course.target != Target::lever || describe().levers[c.course.index].name != offered) continue;
        const auto first = static_cast<std::size_t>(scenario.start), last = static_cast<std::size_t>(scenario.horizon);
        bool constant = c.course.waits.empty() && c.course.how.size() == last + 1;
        for (std::size_t q = first; constant && q <= last; ++q) constant = c.course.how[q] == Imposition::set && c.course.value[q] == c.course.value[first];
        if (constant) return {{"value", c.course.value[first]}, {"text", "as the scenario has it"}};
        return {{"value", nullptr}, {"text", "as the scenario has it: a course over time"}};
    }
    return {{"value", row.standard}, {"text", "no offer"}};
}

Json scenario_json(const Scenario& scenario, std::vector<std::string>& posteriors)
{
    const std::string whole = resolved_toml(scenario);
    const std::size_t cut = std::min(whole.find("\n[posterior]\n"), whole.size());
    const std::string posterior = whole.substr(cut);
    auto at = std::ranges::find(posteriors, posterior);
    if (at == posteriors.end()) at = posteriors.insert(at, posterior);
    Json out = {{"title", printable_name(scenario.title.empty() ? scenario.name : scenario.title)},
                {"assumes", printable_name(scenario.assumes)},
                {"text", whole.substr(0, cut)},
                {"posterior", at - posteriors.begin()},
                {"seed", std::to_string(scenario.seed)},
                {"start", scenario.start},
                {"horizon", scenario.horizon},
                {"dials", scenario.dials},
                {"lever", lever_json(scenario)}};
    for (std::size_t driver = 0; driver < drivers.size(); ++driver) out["held"].push_back(held_by(scenario, driver));
    for (std::size_t s = 0; s < describe().structures.size(); ++s) {
        std::string text = toml_of_mixture(scenario.structures[s].weights, s);
        std::erase_if(text, [](char c) { return c == '"' || c == '{' || c == '}'; });
        out["structures"].push_back(std::string(trim(text)));
    }
    return out;
}

} // namespace

std::vector<std::uint32_t> explored_variables()
{
    std::vector<std::uint32_t> all;
    for (const Watched& w : watched()) all.push_back(w.variable);
    std::ranges::sort(all);
    return all;
}

std::string explore_page(const std::vector<Scenario>& scenarios, std::string_view module)
{
    Json about = model_json();
    std::vector<std::string> posteriors;
    for (const Scenario& s : scenarios) about["scenarios"].push_back(scenario_json(s, posteriors));
    about["posteriors"] = posteriors;
    about["report_quarter"] = report_quarter(std::numeric_limits<int>::max());
    about["shown_event"] = "taiwan_crisis";
    about["commands"] = {"entente explore settings.toml --fingerprint", "entente run settings.toml --precision single"};
    about["made"] = fmt::format("Made by entente {} (commit {}). This page asks the network for nothing.", build().version, build().commit);
    PageParts parts{.title = "Explore: " + about["scenarios"][0]["title"].get<std::string>(), .scripts = chart_scripts(), .allowed = {"worker-src blob:"}, .script_sources = {"'wasm-unsafe-eval'"}};
    parts.scripts.push_back(page_file("model.js"));
    parts.scripts.push_back(page_file("explore.js"));
    parts.data = {{"explore", json_in_html(about.dump())}, {"worker", fmt::format("\"use strict\";\n{}\n{}", page_file("model.js"), page_file("worker.js"))}, {"module", base64_of_text(module)}};
    for (std::size_t i = 0; i < scenarios.size(); ++i) parts.data.emplace_back(fmt::format("scenario-{}", i), base64_of_text(bytes_of(scenarios[i])));
    return page_shell(parts);
}

} // namespace report
} // namespace entente
