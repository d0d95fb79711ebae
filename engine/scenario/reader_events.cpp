// Forced events: at a quarter, after another event, or once a variable is beyond a line; those that befall a leader may mean the first one alone.
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "reading.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente {

double default_size(const Row& forced) { return forced.name == "mutiny" ? mutiny_size : 1; }

/// An event happens in one quarter.
static std::optional<Wait> read_waiting_event(const GivenValue& given, Span span, Problems& problems)
{
    const std::size_t before = problems.list.size();
    for (const auto& [key, why] : {std::pair{"while", "happens in one quarter, `after` an event or `once` a variable is beyond a line"},
                                   {"lasts", "happens in one quarter"},
                                   {"at", "has a date or waits, not both"},
                                   {"of", "is at a date"}})
        if (const TomlEntry* const e = given.value->find(key)) problems.add({given.file, e->line, e->column}, fmt::format("{}: {}, got `{}`", given.name, why, key));
    if (problems.list.size() > before) return std::nullopt;
    auto wait = read_wait(given, {"size"}, span, problems);
    if (wait) wait->lasts = 1;
    return wait;
}

/// Forced events that befall the Russian leader, whoever that is unless they say of = "first".
constexpr std::array<std::string_view, 3> of_leaders = {"death", "reform", "fragmentation"};

static std::size_t successions() { return Description::find(describe().variables, "successions"); }
bool is_of_the_first(const Wait& wait) { return wait.what == Wait::For::while_beyond && wait.index == successions() && !wait.above && wait.line == 1 && wait.from == wait.to; }
static Wait to_the_first(int quarter, double size)
{
    return {.what = Wait::For::while_beyond, .index = successions(), .above = false, .line = 1, .from = quarter, .to = quarter, .value = size};
}
static bool of_the_first(const GivenValue& given, const Row& row, Problems& problems)
{
    const TomlEntry* const e = given.value->find("of");
    if (!e) return false;
    const GivenValue of = given.entry(*e, given.name + ": of");
    if (std::ranges::find(of_leaders, row.name) == of_leaders.end()) problems.add(of.key(), fmt::format("{}: of {}, got it of {}", of.name, fmt::join(of_leaders, ", "), row.name));
    else if (e->value.text != "first")
        problems.add(of.origin(), fmt::format("{}: \"first\", the leader who rules when `start` comes, got {}{}", of.name, got(e->value), did_you_mean(e->value.text, {"first"})));
    return true;
}

Course read_event(const GivenValue& given, std::size_t index, Span span, Problems& problems)
{
    Course course{.target = Target::forced, .index = index, .how = {}, .value = {}};
    if (!can_act(given, span, problems)) return course;
    const Row& row = describe().forced[index];
    const auto strike = [&](const GivenValue& date, double size, bool of_the_first) {
        const auto q = read_quarter(date, span.start, span.horizon, ", from start to horizon", problems);
        if (!q) return;
        const bool named = imposition(course, *q) != Imposition::none || std::ranges::any_of(course.waits, [&](const Wait& w) { return is_of_the_first(w) && w.from == *q; });
        if (named) problems.add(date.origin(), fmt::format("{}: {} is named twice", given.name, quarter_name(*q)));
        else if (of_the_first) course.waits.push_back(to_the_first(*q, size));
        else impose(course, *q, Imposition::set, size);
    };
    if (given.value->kind == TomlValue::Kind::text && given.value->text == "never") return course; // instead of what an extended file forces
    if (given.value->kind == TomlValue::Kind::text && given.value->text.find_first_of("0123456789") == std::string::npos) {
        problems.add(given.origin(), fmt::format("{}: a quarter such as \"2026Q1\", or \"never\", got {}", given.name, got(*given.value)));
        return course;
    }
    for (const GivenValue& item : items_of(given)) {
        if (item.value->kind != TomlValue::Kind::table) {
            strike(item, default_size(row), false);
            continue;
        }
        const TomlEntry* at = item.value->find("at");
        const TomlEntry* size = item.value->find("size");
        const bool waiting = waits(item);
        if (!waiting && !only_keys(item, {"at", "size", "of"}, problems)) continue;
        if (!at && !waiting) problems.add(item.origin(), fmt::format("{}: `at` is missing", item.name));
        double s = default_size(row);
        if (size && is_flag(row)) {
            problems.add({item.file, size->line, size->column}, fmt::format("{}: happens or does not, so it has no size", item.name));
        } else if (size) {
            const auto x = read_number(item.entry(*size, item.name + ": size"), row.low, row.high, problems);
            s = x.value_or(s);
            if (x && *x == 0) problems.add({item.file, size->value.line, size->value.column}, fmt::format("{}: size: above 0, got 0", item.name));
        }
        if (waiting) {
            if (auto wait = read_waiting_event(item, span, problems)) wait->value = s, course.waits.push_back(*wait);
            continue;
        }
        const bool first = of_the_first(item, row, problems);
        if (at)
            for (const GivenValue& date : items_of(item.entry(*at, item.name + ": at"))) strike(date, s, first);
    }
    return course;
}

} // namespace entente
