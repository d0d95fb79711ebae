#include "../core/quarter.hpp"
#include "reading.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace entente {
namespace {

struct Segment {
    Imposition how = Imposition::set;
    int from = 0, to = 0, line_end = 0; // line_end: where the straight line reaches `last`
    double first = 0, last = 0;
    Origin where;
};

std::optional<double> read_level(const GivenValue& given, const Row& row, Problems& problems)
{
    if (given.value->is_number() && given.value->number == row.standard) return row.standard; // unset may lie outside the range
    const auto x = read_number(given, row.low, row.high, problems);
    if (!x || !is_whole(row) || *x == std::floor(*x)) return x;
    problems.add(given.origin(), fmt::format("{}: a whole number from {} to {}, got {}", given.name, row.low, row.high, got(*given.value)));
    return std::nullopt;
}

std::optional<std::array<double, 2>> read_levels(const GivenValue& given, const Row& row, Problems& problems)
{
    if (is_whole(row)) {
        problems.add(given.origin(), fmt::format("{}: no values between whole numbers, so no ramp", given.name));
        return std::nullopt;
    }
    const auto pair = read_pair(given, problems);
    if (!pair) return std::nullopt;
    const auto sound = [&](std::size_t end) { return read_number(given.item(given.value->items[end]), row.low, row.high, problems).has_value(); };
    const bool begins = sound(0), ends = sound(1);
    return begins && ends ? pair : std::nullopt;
}

/// `from` and `to` of a segment; a missing `to` stands for the horizon where that is allowed.
struct Dates {
    std::optional<int> from, to;
};
Dates read_dates(const GivenValue& segment, Span span, int first, bool needs_end, Problems& problems)
{
    Dates dates;
    const std::string_view why = first == 0 ? ", the horizon" : ", from start to horizon";
    if (const TomlEntry* e = segment.value->find("from")) dates.from = read_quarter(segment.entry(*e, segment.name + ": from"), first, span.horizon, why, problems);
    else problems.add(segment.origin(), fmt::format("{}: `from` is missing", segment.name));
    if (const TomlEntry* e = segment.value->find("to")) {
        const GivenValue to = segment.entry(*e, segment.name + ": to");
        dates.to = read_quarter(to, first, last_quarter, first == 0 ? "" : ", from start on", problems);
        if (dates.from && dates.to && *dates.to < *dates.from) {
            problems.add(to.origin(), fmt::format("{}: a quarter from {} on, which is `from`, got {}", to.name, quarter_name(*dates.from), to.value->text));
            dates.to.reset();
        }
    } else if (needs_end) {
        problems.add(segment.origin(), fmt::format("{}: `to` is missing", segment.name));
    } else {
        dates.to = span.horizon;
    }
    return dates;
}

/// Sets the segment's dates; false if there are none to go on with.
bool set_dates(Segment& s, const GivenValue& segment, const Dates& dates, Span span, bool ramp, bool to_the_end, Problems& problems)
{
    if (!dates.from || !dates.to) return false;
    s.from = *dates.from, s.line_end = *dates.to;
    s.to = to_the_end ? span.horizon : std::min(*dates.to, span.horizon);
    if (!ramp || s.from < s.line_end) return true;
    problems.add(segment.origin(), fmt::format("{}: a ramp ends after it begins, got {} for both", segment.name, quarter_name(s.from)));
    return false;
}

std::optional<Segment> read_lever_segment(const GivenValue& given, const Row& row, Span span, Problems& problems)
{
    if (given.value->kind != TomlValue::Kind::table) {
        problems.add(given.origin(), fmt::format("{}: a number from {} to {}, or step, pulse or ramp in a table, got {}", given.name, row.low, row.high, got(*given.value)));
        return std::nullopt;
    }
    const std::size_t before = problems.list.size();
    const bool known = only_keys(given, {"step", "pulse", "ramp", "from", "to"}, problems);
    const TomlEntry* kind = known ? one_of(given, {"step", "pulse", "ramp"}, problems) : nullptr;
    if (!kind || (kind->key == "step" && !only_keys(given, {"step", "from"}, problems))) return std::nullopt; // a step has no end
    const bool ramp = kind->key == "ramp";
    Segment s{.where = given.origin()};
    const GivenValue level = given.entry(*kind, given.name);
    if (ramp) {
        if (const auto pair = read_levels(level, row, problems)) s.first = (*pair)[0], s.last = (*pair)[1];
    } else if (const auto x = read_level(level, row, problems)) {
        s.first = s.last = *x;
    }
    const Dates dates = read_dates(given, span, span.start, kind->key != "step", problems);
    if (!set_dates(s, given, dates, span, ramp, kind->key != "pulse", problems) || problems.list.size() > before) return std::nullopt;
    return s;
}

std::optional<Wait> read_waiting_level(const GivenValue& given, const Row& row, Span span, Problems& problems)
{
    const TomlEntry* const value = given.value->find("value");
    if (!value && !is_mistyped(given, "value")) problems.add(given.origin(), fmt::format("{}: `value` is missing: the level that waits", given.name));
    const auto level = value ? read_level(given.entry(*value, given.name), row, problems) : std::nullopt;
    auto wait = read_wait(given, {"value"}, span, problems);
    if (!level || !wait) return std::nullopt;
    wait->value = *level;
    return wait;
}

std::optional<Segment> read_pin_segment(const GivenValue& given, const Row& row, Span span, Problems& problems)
{
    if (given.value->kind != TomlValue::Kind::table) {
        problems.add(given.origin(), fmt::format("{}: set, set_ramp, hold or add in a table, got {}", given.name, got(*given.value)));
        return std::nullopt;
    }
    if (waits(given)) {
        problems.add(given.origin(), fmt::format("{}: a pin waits for nothing; [levers] and [events] do", given.name));
        return std::nullopt;
    }
    const std::size_t before = problems.list.size();
    const bool known = only_keys(given, {"set", "set_ramp", "hold", "add", "from", "to"}, problems);
    const TomlEntry* kind = known ? one_of(given, {"set", "set_ramp", "hold", "add"}, problems) : nullptr;
    if (!kind) return std::nullopt;
    Segment s{.where = given.origin()};
    const GivenValue level = given.entry(*kind, given.name);
    if (kind->key == "set_ramp") {
        if (const auto pair = read_levels(level, row, problems)) s.first = (*pair)[0], s.last = (*pair)[1];
    } else if (kind->key == "set") {
        if (const auto x = read_level(level, row, problems)) s.first = s.last = *x;
    } else if (kind->key == "add") {
        s.how = Imposition::add;
        const auto x = read_number(level, row.low - row.high, row.high - row.low, problems);
        if (x && is_whole(row) && *x != std::floor(*x)) problems.add(level.origin(), fmt::format("{}: a whole number, got {}", level.name, got(*level.value)));
        if (x) s.first = s.last = *x;
    } else {
        s.how = Imposition::hold;
        if (!level.value->flag) problems.add(level.origin(), fmt::format("{}: hold = true, got {}", given.name, got(*level.value)));
    }
    const bool ramp = kind->key == "set_ramp";
    const Dates dates = read_dates(given, span, 0, ramp, problems);
    if (!set_dates(s, given, dates, span, ramp, false, problems) || problems.list.size() > before) return std::nullopt;
    return s;
}

/// Lays segments on the course; two at the same quarter are reported with both places.
void lay(Course& course, const std::vector<Segment>& segments, const std::string& name, Problems& problems)
{
    std::vector<const Segment*> owner(last_quarter + 1, nullptr);
    for (const Segment& s : segments) {
        const Segment* other = nullptr;
        for (int q = s.from; q <= s.to; ++q) {
            const auto at = static_cast<std::size_t>(q);
            if (owner[at] && owner[at] != other) {
                other = owner[at];
                problems.add(s.where, fmt::format("{}: {} is set already at {}, which reaches from {} to {}", name, quarter_name(q), place_text(other->where),
                                                  quarter_name(other->from), quarter_name(other->to)));
            } else if (!owner[at]) {
                owner[at] = &s;
                impose(course, q, s.how, linear(s.first, s.last, s.from, s.line_end, q));
            }
        }
    }
}

} // namespace

std::vector<GivenValue> items_of(const GivenValue& given)
{
    std::vector<GivenValue> list;
    if (given.value->kind != TomlValue::Kind::array) return {given};
    for (const TomlValue& v : given.value->items) list.push_back(given.item(v));
    return list;
}

bool is_flag(const Row& row) { return row.unit == "0/1"; }

bool can_act(const GivenValue& given, Span span, Problems& problems)
{
    if (span.start <= span.horizon) return true;
    problems.add(given.origin(), fmt::format("{}: acts from start on, {}, but the horizon is {}", given.name, quarter_name(span.start), quarter_name(span.horizon)));
    return false;
}

Course read_lever(const GivenValue& given, std::size_t index, Span span, Problems& problems)
{
    Course course{.target = Target::lever, .index = index, .how = {}, .value = {}};
    if (!can_act(given, span, problems)) return course;
    const Row& row = describe().levers[index];
    std::vector<Segment> segments;
    if (given.value->is_number()) {
        const auto x = read_level(given, row, problems);
        if (x) segments.push_back({Imposition::set, span.start, span.horizon, span.horizon, *x, *x, given.origin()});
    } else {
        const std::vector<GivenValue> items = items_of(given);
        if (given.value->kind == TomlValue::Kind::array && std::ranges::any_of(items, [](const GivenValue& item) { return item.value->is_number(); })) {
            problems.add(given.origin(), fmt::format("{}: one number, or step, pulse or ramp in tables, got an array with numbers", given.name));
            return course;
        }
        for (const GivenValue& item : items) {
            if (waits(item) || (item.value->kind == TomlValue::Kind::table && item.value->find("value"))) {
                if (const auto wait = read_waiting_level(item, row, span, problems)) course.waits.push_back(*wait);
            } else if (const auto s = read_lever_segment(item, row, span, problems)) {
                segments.push_back(*s);
            }
        }
    }
    lay(course, segments, given.name, problems);
    return course;
}

Course read_pin(const GivenValue& given, std::size_t index, Span span, Problems& problems)
{
    Course course{.target = Target::variable, .index = index, .how = {}, .value = {}};
    std::vector<Segment> segments;
    for (const GivenValue& item : items_of(given))
        if (const auto s = read_pin_segment(item, describe().variables[index], span, problems)) segments.push_back(*s);
    lay(course, segments, given.name, problems);
    return course;
}

} // namespace entente
