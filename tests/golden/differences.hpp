// What tells two reference texts apart, entry by entry: an entry is named by its heading (a date, or "events") and by what it counts.
#pragma once
#include "core/text.hpp"
#include <cmath>
#include <cstdlib>
#include <fmt/format.h>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace entente {

/// A text as its entries in order: name -> what stands there.
struct Entries {
    std::vector<std::string> names;
    std::map<std::string, std::string> values;
};
/// "trust    mean 0.41 sd 0.05" and "mutiny    17" are named by their first word, "alliance and vassal: 12" by what stands before the colon.
inline Entries entries_of(const std::string& text)
{
    Entries all;
    std::string heading;
    for (const std::string& line : split(text, '\n')) {
        const std::size_t colon = line.find(": "), blank = line.find(' '), end = colon != std::string::npos ? colon : blank;
        if (end == std::string::npos) {
            if (!line.empty()) heading = line + " ";
            continue;
        }
        const std::size_t value = line.find_first_not_of(": ", end);
        std::string name = heading + line.substr(0, end);
        while (all.values.contains(name)) name += " (again)";
        all.names.push_back(name);
        all.values[name] = value == std::string::npos ? "" : line.substr(value);
    }
    return all;
}

/// "+0.250 of its sd" from one "mean M sd S" to another; "" of what is no mean.
inline std::string distance(const std::string& was, const std::string& is)
{
    const auto number = [](const std::string& text, const char* what) {
        const std::size_t at = text.find(what);
        return at == std::string::npos ? std::nan("") : std::strtod(text.c_str() + at + std::string(what).size(), nullptr);
    };
    const double moved = number(is, "mean ") - number(was, "mean "), sd = number(was, " sd ");
    if (std::isnan(moved) || std::isnan(sd)) return "";
    if (moved == 0) return ", the mean where it was";
    return sd > 0 ? fmt::format(", {:+.3f} of its sd", moved / sd) : fmt::format(", {:+.6f} where all runs were equal", moved);
}

/// One line for each entry that has moved, has come or has gone; none for equal texts.
inline std::vector<std::string> differences(const std::string& stored, const std::string& now)
{
    const Entries was = entries_of(stored), is = entries_of(now);
    std::vector<std::string> all;
    for (const std::string& name : was.names) {
        const std::string& before = was.values.at(name);
        const auto after = is.values.find(name);
        if (after == is.values.end()) all.push_back(fmt::format("{} is gone: was {}", name, before));
        else if (after->second != before) all.push_back(fmt::format("{} has moved: was {}, is {}{}", name, before, after->second, distance(before, after->second)));
    }
    for (const std::string& name : is.names)
        if (!was.values.contains(name)) all.push_back(fmt::format("{} is new: {}", name, is.values.at(name)));
    if (all.empty() && stored != now) all.emplace_back("the same entries, in another order or layout");
    return all;
}

} // namespace entente
