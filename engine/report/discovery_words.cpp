// A box in words of what its inputs mean.
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "discovery.hpp"
#include "discovery_words.hpp"
#include "numbers.hpp"
#include "words.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::report {

std::string meaning_of_input(const InputColumn& column)
{
    const Description& d = describe();
    const std::size_t dot = column.sets.find('.');
    if (dot == std::string::npos) return "";
    const std::string section = column.sets.substr(0, dot), name = column.sets.substr(dot + 1);
    for (const auto& [called, rows] : {std::pair{"parameters", &d.parameters}, std::pair{"structures", &d.structures}, std::pair{"levers", &d.levers}, std::pair{"events", &d.forced}})
        if (section == called)
            for (const Row& row : *rows)
                if (row.name == name) return std::string(row.meaning);
    return "";
}

std::string value_in_words(const InputColumn& column, double value)
{
    switch (column.kind) {
    case Factor::Kind::number: return fmt::format("{:.3g}", value);
    case Factor::Kind::whole: return fmt::format("{}", value);
    case Factor::Kind::date: return quarter_name(static_cast<int>(value));
    case Factor::Kind::choice: return printable_name(column.choices[static_cast<std::size_t>(value)]);
    }
    return "";
}

Nouns nouns_of(const Searched& searched)
{
    switch (searched.from) {
    case Searched::From::run: return {"future", "futures", "futures"};
    case Searched::From::sweep: return {"point", "points", "runs"};
    case Searched::From::tables: return {"row", "rows", "rows"};
    }
    return {};
}

std::string percent(double share) { return share > 0 && share < 0.0005 ? "under 0.1 %" : share_text(share) + " %"; }

std::string p_text(double p) { return p < 0.001 ? "p < .001" : fmt::format("p = {}", short_number(p, p < 0.1 ? 3 : 2)); }

namespace {

using Side = BoxLimit::Side;

std::string input_in_words(const InputColumn& column)
{
    const std::string meaning = meaning_of_input(column);
    std::string name = printable_name(column.name);
    if (meaning.empty()) return name;
    return meaning.ends_with('?') ? fmt::format("the answer to \"{}\" ({})", meaning, name) : fmt::format("{} ({})", meaning, name);
}

std::string interval_text(const InputColumn& column, const BoxLimit& limit)
{
    return fmt::format(" (90 % interval {} to {})", value_in_words(column, limit.interval.low), value_in_words(column, limit.interval.high));
}

std::string choices_text(const InputColumn& column, const Limits& limits, const Limits& start)
{
    std::vector<std::string> inside, outside;
    for (std::size_t k = 0; k < limits.inside.size(); ++k)
        if (start.inside[k]) (limits.inside[k] ? inside : outside).push_back(printable_name(column.choices[k]));
    const auto listed = [](const std::vector<std::string>& names) {
        return names.size() == 1 ? names[0] : fmt::format("{} or {}", fmt::join(names.begin(), names.end() - 1, ", "), names.back());
    };
    return inside.size() > 2 && outside.size() == 1 ? "not " + outside[0] : listed(inside);
}

} // namespace

std::string box_text(const Searched& searched, const FoundBox& found, Intervals intervals)
{
    std::vector<std::string> parts;
    std::vector<std::size_t> told; // columns: both sides of one stand together, where its stronger one does
    for (const BoxLimit& first : found.limits) {
        if (std::ranges::find(told, first.column) != told.end()) continue;
        told.push_back(first.column);
        const InputColumn& column = searched.cases.columns[first.column];
        const BoxLimit *lower = nullptr, *upper = nullptr;
        for (const BoxLimit& l : found.limits)
            if (l.column == first.column) (l.side == Side::lower ? lower : upper) = &l;
        const auto at = [&](const BoxLimit& l) { return value_in_words(column, l.at) + (intervals == Intervals::told ? interval_text(column, l) : ""); };
        const bool steps = column.kind != Factor::Kind::number, date = column.kind == Factor::Kind::date;
        std::string says;
        if (first.side == Side::choices) says = choices_text(column, found.box[first.column], found.path.start[first.column]);
        else if (lower && upper) says = fmt::format("{} {} {} {}", steps ? "from" : "between", at(*lower), steps ? "to" : "and", at(*upper));
        else if (lower) says = steps ? fmt::format("{} or {}", at(*lower), date ? "later" : "more") : "above " + at(*lower);
        else says = steps ? fmt::format("{} or {}", at(*upper), date ? "earlier" : "less") : "below " + at(*upper);
        parts.push_back(fmt::format("{} is {}", input_in_words(column), says));
    }
    if (parts.empty()) return "all";
    return parts.size() == 1 ? parts[0] : fmt::format("{} and {}", fmt::join(parts.begin(), parts.end() - 1, ", "), parts.back());
}

std::string sentence_of(const Searched& s, const FoundBox& b)
{
    const Nouns nouns = nouns_of(s);
    const double all = tally_of(s.cases).density();
    return fmt::format("Where {}: {} of {} ({} to {}, 95 % interval) have {}, against {} of all. The box holds {} of {} and {} of all that have it.",
                       box_text(s, b, Intervals::told), percent(b.density.estimate), nouns.runs, share_text(b.density.low), share_text(b.density.high), printable_name(s.of),
                       percent(all), percent(b.mass), nouns.several, percent(b.coverage));
}

} // namespace entente::report
