#include "patterns.hpp"
#include "words.hpp"
#include <algorithm>
#include <nlohmann/json.hpp>
#include <fmt/format.h>

namespace entente::report {

std::string text_of(const std::vector<Pattern>& patterns, std::size_t width)
{
    std::string out = "The model (ensemble mean) beside the data\n";
    std::string name;
    for (const Pattern& p : patterns) {
        const bool several = std::ranges::any_of(patterns, [&](const Pattern& other) { return other.name == p.name && other.variable != p.variable; });
        if (p.name != name)
            out += fmt::format("\n{}\n{:>12}{:>10}{:>10}{:>12}  {}\n", several ? p.name : fmt::format("{} = {}", p.name, p.variable), "date", "data", "model", "model-data",
                               several ? "variable, series: definition" : "series: definition");
        name = p.name;
        const std::string numbers = fmt::format("{:>12}{:>10.4f}{:>10.4f}{:>+12.4f}  ", p.date, p.data, p.model, p.model - p.data);
        out += numbers + wrapped(fmt::format("{}{}: {}", several ? p.variable + ", " : "", p.series, p.definition), width, numbers.size(), numbers.size());
    }
    return out + "\n";
}

nlohmann::ordered_json json_of(const std::vector<Pattern>& patterns)
{
    nlohmann::ordered_json out = nlohmann::ordered_json::array();
    for (const Pattern& p : patterns)
        out.push_back({{"pattern", p.name}, {"variable", p.variable}, {"date", p.date}, {"data", p.data}, {"model", p.model}, {"series", p.series}, {"definition", p.definition}});
    return out;
}

} // namespace entente::report
