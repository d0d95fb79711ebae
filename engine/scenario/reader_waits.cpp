// Levels of levers and forced events that wait: after an event, while a variable is beyond a line, or once it was.
#include "../core/quarter.hpp"
#include "layers.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente {
namespace {

const std::vector<std::string> conditions = {"after", "while", "once"};

bool has(const GivenValue& given, const char* key) { return given.value->kind == TomlValue::Kind::table && given.value->find(key) != nullptr; }

/// What else a name is that is no event which runs see, or no variable.
std::string mistaken(const std::string& name, bool event)
{
    const Description& d = describe();
    if (event && Description::find(d.forced, name) != Description::npos)
        return fmt::format("'{}' is an event that can be forced, none that runs see; they see {}", name, fmt::join(names_of(d.events), ", "));
    if (event && Description::find(d.variables, name) != Description::npos) return fmt::format("'{}' is a variable: `while` or `once` it is above or below a line", name);
    if (!event && Description::find(d.events, name) != Description::npos) return fmt::format("'{}' is an event: `after` it", name);
    return fmt::format("unknown {} '{}'{}", event ? "event" : "variable", name, hint(name, names_of(event ? d.events : d.variables)));
}
/// The number of the event, or else variable, that a text names.
std::optional<std::size_t> read_name(const GivenValue& given, bool event, Problems& problems)
{
    const auto name = read_text(given, problems);
    if (!name) return std::nullopt;
    const std::size_t i = Description::find(event ? describe().events : describe().variables, *name);
    if (i != Description::npos) return i;
    problems.add(given.origin(), fmt::format("{}: {}", given.name, mistaken(*name, event)));
    return std::nullopt;
}

/// Sets the line of `while` and `once`, which a variable must be able to pass.
void read_line(Wait& wait, const GivenValue& given, const Row& row, Problems& problems)
{
    const TomlEntry* const e = one_of(given, {"above", "below"}, problems);
    if (!e) return;
    const GivenValue line = given.entry(*e, fmt::format("{}: {}", given.name, e->key));
    const auto x = read_number(line, row.low, row.high, problems);
    if (!x) return;
    wait.above = e->key == "above", wait.line = *x;
    if (*x == (wait.above ? row.high : row.low))
        problems.add(line.origin(), fmt::format("{}: {} lies from {} to {}, so it is never {} {}", line.name, row.name, row.low, row.high, e->key, *x));
}

void read_quarters(Wait& wait, const GivenValue& given, Span span, Problems& problems)
{
    const int most = std::max(1, span.horizon - span.start);
    const auto read = [&](const char* key, int& to) {
        const TomlEntry* const e = given.value->find(key);
        if (!e) return;
        const GivenValue quarters = given.entry(*e, fmt::format("{}: {}", given.name, key));
        if (wait.what == Wait::For::while_beyond) {
            problems.add(quarters.key(), fmt::format("{}: of `after` and `once`; what holds `while` something does begins and ends with it", quarters.name));
        } else if (std::string_view(key) == "quarters" && e->value.is_number() && e->value.number == 0) {
            problems.add(quarters.origin(), fmt::format("{}: from 1 on, the quarter after it and the first to know of it, got 0", quarters.name));
        } else if (const auto n = read_whole(quarters, 1, most, problems)) {
            to = static_cast<int>(*n);
        }
    };
    read("quarters", wait.quarters);
    read("lasts", wait.lasts);
}

void read_dates(Wait& wait, const GivenValue& given, Span span, Problems& problems)
{
    const auto read = [&](const char* key, int& to) {
        if (const TomlEntry* const e = given.value->find(key))
            to = read_quarter(given.entry(*e, fmt::format("{}: {}", given.name, key)), span.start, span.horizon, ", from start to horizon", problems).value_or(to);
    };
    wait.from = span.start, wait.to = span.horizon;
    read("from", wait.from), read("to", wait.to);
    if (wait.to < wait.from)
        problems.add(given.origin(), fmt::format("{}: to: a quarter from {} on, which is `from`, got {}", given.name, quarter_name(wait.from), quarter_name(wait.to)));
}

} // namespace

bool waits(const GivenValue& given)
{
    return std::ranges::any_of(conditions, [&](const std::string& key) { return has(given, key.c_str()); });
}

std::optional<Wait> read_wait(const GivenValue& given, std::vector<std::string> own_keys, Span span, Problems& problems)
{
    const std::size_t before = problems.list.size();
    std::vector<std::string> keys = std::move(own_keys);
    for (const char* key : {"after", "while", "once", "above", "below", "quarters", "lasts", "from", "to"}) keys.emplace_back(key);
    const TomlEntry* const condition = only_keys(given, keys, problems) ? one_of(given, conditions, problems) : nullptr;
    if (!condition) return std::nullopt;
    Wait wait{.what = condition->key == "after" ? Wait::For::event : condition->key == "while" ? Wait::For::while_beyond : Wait::For::once_beyond};
    const Description& d = describe();
    const bool event = wait.what == Wait::For::event;
    const GivenValue name = given.entry(*condition, fmt::format("{}: {}", given.name, condition->key));
    const auto index = read_name(name, event, problems);
    if (event) {
        for (const char* key : {"above", "below"})
            if (const TomlEntry* const e = given.value->find(key))
                problems.add({given.file, e->line, e->column}, fmt::format("{}: {}: of `while` and `once`; an event happens or does not", given.name, key));
    } else if (index) {
        read_line(wait, given, d.variables[*index], problems);
    }
    read_quarters(wait, given, span, problems);
    read_dates(wait, given, span, problems);
    if (!index || problems.list.size() > before) return std::nullopt;
    wait.index = *index;
    return wait;
}

std::string wait_text(const Wait& wait, int start, int horizon)
{
    const Description& d = describe();
    const bool event = wait.what == Wait::For::event, always = wait.what == Wait::For::while_beyond;
    std::string text = fmt::format("{} = \"{}\"", event ? "after" : always ? "while" : "once", (event ? d.events : d.variables)[wait.index].name);
    if (!event) text += fmt::format(", {} = {}", wait.above ? "above" : "below", number_text(wait.line));
    if (!always) text += fmt::format(", quarters = {}", wait.quarters);
    if (wait.lasts > 0) text += fmt::format(", lasts = {}", wait.lasts);
    if (wait.from != start) text += fmt::format(", from = \"{}\"", quarter_name(wait.from));
    if (wait.to != horizon) text += fmt::format(", to = \"{}\"", quarter_name(wait.to));
    return text;
}

std::string wait_words(const Wait& wait, int start, int horizon)
{
    const Description& d = describe();
    const std::string beyond = wait.what == Wait::For::event ? "" : fmt::format("{} {} {}", d.variables[wait.index].name, wait.above ? "above" : "below", number_text(wait.line));
    std::string text;
    if (wait.what == Wait::For::while_beyond) {
        text = fmt::format("while {}", beyond);
    } else {
        const std::string first = wait.what == Wait::For::event ? fmt::format("the first {}", d.events[wait.index].name) : fmt::format("the first quarter with {}", beyond);
        const std::string delay = wait.quarters == 1 ? "the quarter" : fmt::format("{} quarters", wait.quarters);
        text = fmt::format("{} {} after {}", wait.lasts == 1 ? "in" : "from", delay, first);
        if (wait.lasts > 1) text += fmt::format(" for {} quarters", wait.lasts);
    }
    if (wait.from != start) text += fmt::format(", not before {}", quarter_name(wait.from));
    if (wait.to != horizon) text += fmt::format(", not after {}", quarter_name(wait.to));
    return text;
}

} // namespace entente
