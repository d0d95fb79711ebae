// What is said of a name that is unknown where it stands.
#include "../core/text.hpp"
#include "../model/drivers.hpp"
#include "../model/names.hpp"
#include "layers.hpp"
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente {

bool in_index(const Description& d, std::size_t parameter) { return d.mechanisms[d.owner_of_parameter(parameter)].name == "outcome"; }

std::vector<std::string> names_of(const std::vector<Row>& rows)
{
    std::vector<std::string> names;
    for (const Row& r : rows) names.emplace_back(r.name);
    return names;
}

std::string section_of(std::string_view name)
{
    const Description& d = describe();
    const auto is = [name](const std::vector<Row>& rows) { return Description::find(rows, name) != Description::npos; };
    const std::size_t parameter = Description::find(d.parameters, name);
    if (parameter != Description::npos) return in_index(d, parameter) ? "index" : "parameters";
    if (is(driver_rows())) return "drivers";
    return is(d.levers) ? "levers" : is(d.structures) ? "structures" : is(d.forced) ? "events" : Description::find(d.variables, name) < d.owned ? "pins" : "";
}

std::string known_elsewhere(std::string_view name)
{
    const std::string section = section_of(name);
    if (section == "pins") return "; it is a variable: [pins]";
    if (!section.empty()) return fmt::format("; it belongs to [{}]", section);
    const std::vector<std::string> all = bearers(name);
    return all.empty() ? "" : fmt::format("; it is {}{}", fmt::join(all, " and "), all.back() == "a mechanism" || all.back() == "a switch" ? ", which can only be muted" : "");
}

std::string hint(std::string_view name, const std::vector<std::string>& candidates)
{
    constexpr std::size_t few = 20;
    const std::string elsewhere = known_elsewhere(name);
    const std::vector<std::string> likely = elsewhere.empty() ? meant(name, candidates) : with_all_words(name, candidates);
    const std::string asked = likely.empty() ? "" : fmt::format("did you mean '{}'?", fmt::join(likely, "' or '"));
    if (!asked.empty()) return elsewhere.empty() ? "; " + asked : elsewhere + ", or " + asked;
    const bool helps = elsewhere.empty() || elsewhere.ends_with("muted") || bearers(name).size() > 1; // of a name that means two things, a third may be meant
    return elsewhere + (helps && candidates.size() <= few ? fmt::format("; known are {}", fmt::join(candidates, ", ")) : "");
}

std::size_t row_of(const GivenValue& given, const std::vector<Row>& rows, std::string_view kind, Problems& problems)
{
    const std::size_t i = Description::find(rows, given.name);
    if (i != Description::npos) return i;
    const std::vector<std::string> names = names_of(rows);
    const bool seen = kind == "event" && Description::find(describe().events, given.name) != Description::npos;
    problems.add(given.key(), seen ? fmt::format("'{}' is an event that runs see, none that can be forced; these can: {}", given.name, fmt::join(names, ", "))
                                   : fmt::format("unknown {} '{}'{}", kind, given.name, hint(given.name, names)));
    return i;
}

} // namespace entente
