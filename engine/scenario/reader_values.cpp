#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "reading.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente {

std::string place_text(const Origin& where) { return where.line ? fmt::format("{}:{}:{}", where.file, where.line, where.column) : where.file; }

std::string number_text(double x)
{
    return x == 0 && std::signbit(x) ? "-0.0" : fmt::format("{}", x); // "-0" is a whole number and has no sign
}

std::string toml_text(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\', out += c;
        else if (c == '\n') out += "\\n";
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) out += fmt::format("\\u{:04X}", static_cast<int>(c));
        else out += c;
    }
    return out + "\"";
}

std::string got(const TomlValue& value)
{
    using Kind = TomlValue::Kind;
    switch (value.kind) {
    case Kind::boolean: return value.flag ? "true" : "false";
    case Kind::whole: return fmt::format("{}", value.whole);
    case Kind::number: return fmt::format("{}", value.number);
    case Kind::text: return value.text.size() > 60 ? fmt::format("a text of {} bytes", value.text.size()) : fmt::format("'{}'", value.text);
    case Kind::date: return "a calendar date";
    case Kind::array: return fmt::format("an array of {}", value.items.size());
    case Kind::table: return "a table";
    }
    return "";
}

std::optional<double> read_number(const GivenValue& given, double low, double high, Problems& problems)
{
    const TomlValue& v = *given.value;
    if (v.is_number() && v.number >= low && v.number <= high) return v.number;
    const std::string range = std::isinf(low) || std::isinf(high) ? "a finite number" : fmt::format("a number from {} to {}", low, high);
    problems.add(given.origin(), fmt::format("{}: {}, got {}", given.name, range, got(v)));
    return std::nullopt;
}

std::optional<std::int64_t> read_whole(const GivenValue& given, std::int64_t low, std::int64_t high, Problems& problems)
{
    const TomlValue& v = *given.value;
    if (v.kind == TomlValue::Kind::whole && v.whole >= low && v.whole <= high) return v.whole;
    const bool spelt = v.kind == TomlValue::Kind::number && v.number == std::floor(v.number) && v.number >= static_cast<double>(low) && v.number <= static_cast<double>(high);
    problems.add(given.origin(), fmt::format("{}: a whole number from {} to {}, got {}", given.name, low, high,
                                             spelt ? fmt::format("one with a point or an exponent; write {:.0f}", v.number) : got(v)));
    return std::nullopt;
}

std::optional<std::string> read_text(const GivenValue& given, Problems& problems)
{
    const TomlValue& v = *given.value;
    const bool is_prose = given.name == "title" || given.name == "assumes"; // other texts are names, which tables and messages hold in one line
    if (v.kind == TomlValue::Kind::text && !is_prose && (v.text.size() > longest_name || printable_name(v.text) != v.text)) {
        problems.add(given.origin(), fmt::format("{}: a text of up to {} bytes without control characters, got '{}'", given.name, longest_name, printable_name(v.text).substr(0, 60)));
        return std::nullopt;
    }
    if (v.kind == TomlValue::Kind::text && !trim(v.text).empty()) return v.text;
    problems.add(given.origin(), fmt::format("{}: a text, got {}", given.name, v.kind == TomlValue::Kind::text ? "an empty one" : got(v)));
    return std::nullopt;
}

/// Of a whole number or text that is a year.
static std::optional<std::string> year_in(const TomlValue& v)
{
    const std::string text = v.kind == TomlValue::Kind::whole ? fmt::format("{}", v.whole) : v.text;
    return parse_quarter(text + "Q1") ? std::optional(text) : std::nullopt;
}

std::optional<int> read_quarter(const GivenValue& given, int first, int last, std::string_view why, Problems& problems)
{
    const TomlValue& v = *given.value;
    const std::optional<int> quarter = v.kind == TomlValue::Kind::text ? parse_quarter(v.text) : std::nullopt;
    if (quarter && *quarter >= first && *quarter <= last) return quarter;
    if (quarter) problems.add(given.origin(), fmt::format("{}: a quarter from {} to {}{}, got {}", given.name, quarter_name(first), quarter_name(last), why, v.text));
    else problems.add(given.origin(), fmt::format("{}: a quarter such as \"{}\", got {}", given.name, year_in(v).value_or("2026") + "Q1", got(v)));
    return std::nullopt;
}

std::optional<std::array<double, 2>> read_pair(const GivenValue& given, Problems& problems)
{
    const TomlValue& v = *given.value;
    const auto finite = [](const TomlValue& item) { return item.is_number() && std::isfinite(item.number); };
    if (v.items.size() == 2 && std::all_of(v.items.begin(), v.items.end(), finite)) return std::array{v.items[0].number, v.items[1].number};
    problems.add(given.origin(), fmt::format("{}: two finite numbers in brackets, got {}", given.name, got(v)));
    return std::nullopt;
}

bool only_keys(const GivenValue& table, const std::vector<std::string>& allowed, Problems& problems)
{
    bool clean = true;
    for (const TomlEntry& e : table.value->entries) {
        if (std::find(allowed.begin(), allowed.end(), e.key) != allowed.end()) continue;
        clean = false;
        const std::string meant = did_you_mean(e.key, allowed);
        const std::string help = meant.empty() ? fmt::format("; known are {}", fmt::join(allowed, ", ")) : meant;
        problems.add({table.file, e.line, e.column}, fmt::format("{}: unknown key '{}'{}", table.name, e.key, help));
    }
    return clean;
}

bool is_mistyped(const GivenValue& table, const std::string& missing)
{
    return std::ranges::any_of(table.value->entries, [&](const TomlEntry& e) { return !nearest(e.key, {missing}).empty(); });
}

const TomlEntry* one_of(const GivenValue& table, const std::vector<std::string>& kinds, Problems& problems)
{
    const TomlEntry* found = nullptr;
    for (const TomlEntry& e : table.value->entries) {
        if (std::find(kinds.begin(), kinds.end(), e.key) == kinds.end()) continue;
        if (found) {
            problems.add({table.file, e.line, e.column}, fmt::format("{}: one of {}, got both '{}' and '{}'", table.name, fmt::join(kinds, ", "), found->key, e.key));
            return nullptr;
        }
        found = &e;
    }
    if (!found) problems.add(table.origin(), fmt::format("{}: one of {}, got none of them", table.name, fmt::join(kinds, ", ")));
    return found;
}

std::vector<std::string> alternatives(const Row& structure) { return split(structure.choices, '|'); }

std::optional<std::vector<double>> read_mixture(const GivenValue& given, const Row& structure, Problems& problems)
{
    const std::vector<std::string> names = alternatives(structure);
    std::vector<double> weights(names.size(), 0.0);
    const TomlValue& v = *given.value;
    if (v.kind == TomlValue::Kind::text) {
        const auto at = std::find(names.begin(), names.end(), v.text);
        if (at == names.end()) {
            problems.add(given.origin(), fmt::format("{}: one of {}, got {}{}", given.name, fmt::join(names, ", "), got(v), did_you_mean(v.text, names)));
            return std::nullopt;
        }
        weights[static_cast<std::size_t>(at - names.begin())] = 1;
        return weights;
    }
    if (v.kind != TomlValue::Kind::table) {
        problems.add(given.origin(), fmt::format("{}: one of {}, or a table of weights, got {}", given.name, fmt::join(names, ", "), got(v)));
        return std::nullopt;
    }
    if (!only_keys(given, names, problems)) return std::nullopt;
    double sum = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const TomlEntry* e = v.find(names[i]);
        if (!e) continue;
        const auto weight = read_number(given.entry(*e, given.name + "." + names[i]), 0, 1, problems);
        if (!weight) return std::nullopt;
        sum += weights[i] = *weight;
    }
    if (std::abs(sum - 1) <= 1e-9) return weights;
    problems.add(given.origin(), fmt::format("{}: weights that sum to 1, got a sum of {}", given.name, sum));
    return std::nullopt;
}

std::optional<GivenValue> entry_of(const GivenValue& table, const char* key)
{
    const TomlEntry* const e = table.value->find(key);
    return e ? std::optional(table.entry(*e, table.name + ": " + key)) : std::nullopt;
}
std::optional<GivenValue> required(const GivenValue& table, const char* key, Problems& problems)
{
    auto given = entry_of(table, key);
    if (!given && !is_mistyped(table, key)) problems.add(table.origin(), fmt::format("{}: `{}` is missing", table.name, key));
    return given;
}

} // namespace entente
