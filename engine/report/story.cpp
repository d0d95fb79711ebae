#include "story.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include <nlohmann/json.hpp>
#include "words.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace entente::report {

using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t width = 150;         ///< of a line of the story, about
constexpr std::size_t most_influences = 4; ///< of an entry of the short story
const std::string indent(8, ' ');

std::string percent(double share, std::uint32_t samples)
{
    if (share == 0) return fmt::format("< {:.1f} %", 100.0 / samples);
    return share < 0.1 ? fmt::format("{:.1f} %", 100 * share) : fmt::format("{:.0f} %", 100 * share);
}

/// Whether the two chances lie further apart than other luck would put them: three standard errors. A chance of 0 was none: it could not have happened.
bool differs(const Odds& o, std::uint32_t samples)
{
    const double variance = (o.chance * (1 - o.chance) + o.year_before * (1 - o.year_before)) / samples;
    return o.year_before > 0 && std::abs(o.chance - o.year_before) > 3 * std::sqrt(variance);
}

std::string odds_text(const Entry& e, std::uint32_t samples)
{
    if (e.odds.empty()) return "";
    if (e.odds.size() == 1) {
        const Odds& o = e.odds[0];
        if (o.chance == 1) return "certain";
        return fmt::format("chance {}{}", percent(o.chance, samples), differs(o, samples) ? fmt::format(", a year before {}", percent(o.year_before, samples)) : "");
    }
    std::string text = "odds in this quarter:";
    for (const Odds& o : e.odds) text += fmt::format("{} {} {}", &o == &e.odds[0] ? "" : ",", o.of, percent(o.chance, samples));
    return text;
}

std::string influence_text(const Influence& d)
{
    const Row& row = describe().variables[d.variable];
    std::string name(row.name);
    std::replace(name.begin(), name.end(), '_', ' ');
    const std::string value = in_words(row, d.value), before = in_words(row, d.value - d.change), mark = d.decisive ? "!" : "";
    if (value.find_first_not_of("-.0123456789") != std::string::npos) // a state, in words
        return fmt::format("{}: {}{}{}", name.ends_with(" state") ? name.substr(0, name.size() - 6) : name, value, value == before ? "" : fmt::format(" (was: {})", before), mark);
    const std::string change = fmt::format("{:+.{}f}", d.change, std::abs(d.value) >= 10 ? 0 : 2);
    return fmt::format("{} {}{}{}", name, value, change.find_first_not_of("+-.0") == std::string::npos ? "" : fmt::format(" ({})", change), mark);
}

/// The influences that moved most over the year, measured by their ranges, in the order in which they stand; decisive ones first of all.
std::vector<Influence> foremost(std::vector<Influence> all)
{
    const auto moved = [](const Influence& d) {
        const Row& row = describe().variables[d.variable];
        return (d.decisive ? 10 : 0) + std::abs(d.change) / (row.high - row.low);
    };
    std::vector<double> by_size;
    for (const Influence& d : all) by_size.push_back(moved(d));
    std::sort(by_size.rbegin(), by_size.rend());
    if (all.size() > most_influences) std::erase_if(all, [&](const Influence& d) { return moved(d) < by_size[most_influences - 1]; });
    return all;
}

/// Parts, with commas, on as many indented lines as they need.
std::string lines(const std::vector<std::string>& parts)
{
    std::string text, line;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::string part = parts[i] + (i + 1 < parts.size() ? "," : "");
        if (!line.empty() && line.size() + 1 + part.size() > width - indent.size()) text += indent + line + "\n", line.clear();
        line += (line.empty() ? "" : " ") + part;
    }
    return line.empty() ? text : text + indent + line + "\n";
}

struct Chosen {
    std::string structure, answer;
    bool drawn;
};
std::vector<Chosen> structures_of(const Replayed& r, const Told& told)
{
    std::vector<Chosen> all;
    for (std::size_t s = 0; s < describe().structures.size(); ++s) {
        const Row& row = describe().structures[s];
        const auto choice = static_cast<std::size_t>(told.job.structures[s * told.job.runs() + told.run]);
        const std::vector<double>& weights = r.scenario.structures[s].weights;
        all.push_back({std::string(row.name), split(row.choices, '|').at(choice), std::count_if(weights.begin(), weights.end(), [](double w) { return w > 0; }) > 1});
    }
    return all;
}

std::vector<double> parameters_of(const Told& told)
{
    std::vector<double> all;
    for (std::size_t p = 0; p < describe().parameters.size(); ++p) all.push_back(told.job.parameters[p * told.job.runs() + told.run]);
    return all;
}

std::string outer_text(const std::vector<Outer>& outer, bool high)
{
    std::vector<std::string> parts;
    for (const Outer& o : outer)
        if (o.high == high) parts.push_back(fmt::format("{} {:.3g}", describe().parameters[o.parameter].name, o.value));
    return parts.empty() ? indent + "none\n" : lines(parts);
}

std::string head(const Replayed& r, const Told& told)
{
    const int end = told.quarters() - 1;
    std::string orientation = orientation_at(told, end);
    std::replace(orientation.begin(), orientation.end(), '_', ' ');
    std::string text = fmt::format("{}\nScenario {}, run {} of {}, seed {}. {}\n", printable_name(r.scenario.title), printable_name(r.scenario.name), r.run, with_commas(r.scenario.runs),
                                   r.scenario.seed, r.compared ? "Simulated again: the bits are those of the file." : "Simulated again; the file keeps no single runs to compare with.");
    if (!r.picked.empty()) text += fmt::format("Run {} is {}.\n", r.run, r.picked);
    text += fmt::format("Ends in {} as {}, Russia {}, alignment index {:.2f}.\n", quarter_name(end), class_at(told, end), orientation, told.value(end, "alignment_index"));
    const std::vector<Outer> outer = outer_tenths(r.scenario, parameters_of(told));
    if (!outer.empty()) text += fmt::format("Parameters in the lowest tenth of their priors:\n{}and in the highest:\n{}", outer_text(outer, false), outer_text(outer, true));
    std::string drawn, set;
    for (const Chosen& c : structures_of(r, told)) {
        std::string& to = c.drawn ? drawn : set;
        const std::size_t s = Description::find(describe().structures, c.structure);
        if (c.drawn || told.job.structures[s * told.job.runs() + told.run] != 0) to += fmt::format("{}{} = {}", to.empty() ? "" : ", ", c.structure, c.answer);
    }
    if (!drawn.empty()) text += fmt::format("Structures drawn: {}\n", drawn);
    text += set.empty() && drawn.empty() ? "Structures: all at their defaults\n" : set.empty() ? "" : fmt::format("Structures not at their defaults: {}\n", set);
    return text;
}

} // namespace

std::string text_of(const Replayed& r, const Told& told, const std::vector<Entry>& story)
{
    std::string text = head(r, told) + "\n";
    bool decisive = false, odds = false;
    for (const Entry& e : story) {
        text += fmt::format("{}  {}: {}{}", quarter_name(e.quarter), e.who, e.what, e.kind == Kind::imposed ? (e.quarter < r.scenario.start ? "  [history]" : "  [imposed]") : "");
        std::vector<std::string> parts;
        for (const Influence& d : r.left_out > 0 ? foremost(e.why) : e.why) parts.push_back(influence_text(d)), decisive = decisive || d.decisive;
        const std::string how_likely = odds_text(e, r.samples);
        if (!how_likely.empty()) parts.push_back(how_likely), odds = true;
        if (!e.why.empty()) parts.back() += fmt::format("  [{}]", e.page);
        text += e.why.empty() ? fmt::format("{}\n", how_likely.empty() ? "" : "  (" + how_likely + ")") : "\n" + lines(parts);
    }
    text += "\nUnder an entry: what the rule behind it read, with the change over the year before";
    if (decisive) text += "; !: without that change, by the same luck, it would not have happened";
    text += ".\n";
    if (odds) text += fmt::format("Chances and odds: of that quarter, from that very world, by {} other draws of luck in the model.\n", with_commas(r.samples));
    text += "[mechanism]: whose rule it is, a section of engine/model/ODD.md.\n";
    if (r.left_out > 0) text += fmt::format("{} smaller entries are left out; --all shows them.\n", with_commas(r.left_out));
    return text;
}

Json json_of(const Replayed& r, const Told& told, const std::vector<Entry>& story)
{
    const auto number = [](double x) { return std::isnan(x) ? Json(nullptr) : Json(x); };
    const int end = told.quarters() - 1;
    Json out = {{"file", r.file},
                {"scenario", r.scenario.name},
                {"title", r.scenario.title},
                {"run", r.run},
                {"runs", r.scenario.runs},
                {"seed", r.scenario.seed},
                {"picked", r.picked.empty() ? Json(nullptr) : Json(r.picked)},
                {"identical", r.compared ? Json(true) : Json(nullptr)},
                {"ends", {{"date", quarter_name(end)}, {"class", class_at(told, end)}, {"orientation", orientation_at(told, end)}}},
                {"parameters_in_outer_tenths", Json::array()},
                {"structures", Json::object()},
                {"samples", r.samples},
                {"left_out", r.left_out},
                {"story", Json::array()}};
    for (const Outer& o : outer_tenths(r.scenario, parameters_of(told))) {
        const Row& row = describe().parameters[o.parameter];
        out["parameters_in_outer_tenths"].push_back({{"name", row.name}, {"value", o.value}, {"tenth", o.high ? "highest" : "lowest"}, {"unit", row.unit}, {"meaning", row.meaning}});
    }
    for (const Chosen& c : structures_of(r, told)) out["structures"][c.structure] = {{"choice", c.answer}, {"drawn", c.drawn}};
    for (const Entry& e : story) {
        Json entry = {{"date", quarter_name(e.quarter)},
                      {"kind", kind_names[static_cast<std::size_t>(e.kind)]},
                      {"rank", e.rank},
                      {"name", e.name},
                      {"who", e.who},
                      {"what", e.what},
                      {"rule", e.page.empty() ? Json(nullptr) : Json(e.page)},
                      {"odds", Json::array()},
                      {"why", Json::array()}};
        for (const Odds& o : e.odds) entry["odds"].push_back({{"of", o.of.empty() ? "this" : o.of}, {"chance", number(o.chance)}, {"year_before", number(o.year_before)}});
        for (const Influence& d : e.why)
            entry["why"].push_back({{"variable", describe().variables[d.variable].name}, {"value", number(d.value)}, {"change_in_a_year", number(d.change)}, {"decisive", d.decisive}});
        out["story"].push_back(entry);
    }
    return out;
}

} // namespace entente::report
