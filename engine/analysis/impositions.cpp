#include "impositions.hpp"
#include "../core/quarter.hpp"
#include "waits.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <utility>

namespace entente {
namespace {

const std::vector<Course>& courses_of(const Told& told)
{
    static const std::vector<Course> none;
    return told.run < told.job.points.size() ? told.job.points[told.run]->courses : none;
}

Imposition how_at(const Course& c, int quarter)
{
    const auto q = static_cast<std::size_t>(quarter);
    if (q >= c.how.size() || (c.target == Target::forced && c.value[q] <= 0)) return Imposition::none;
    return c.how[q];
}

bool is_set(const Told& told, Target target, std::size_t index, int quarter)
{
    const std::vector<Course>& all = courses_of(told);
    return std::any_of(all.begin(), all.end(), [&](const Course& c) {
        if (c.target != target || c.index != index) return false;
        const Imposition how = how_at(c.waits.empty() ? c : as_it_was(c, told), quarter);
        return how == Imposition::set || how == Imposition::hold;
    });
}

bool brings_about(std::string_view forced, const Happening& h)
{
    const std::vector<std::string> all = listed(h.forced);
    return std::find(all.begin(), all.end(), forced) != all.end();
}

/// Whether one of the happenings tells this forced event.
bool is_told(std::string_view forced, const Told& told, int quarter)
{
    return std::any_of(happenings().begin(), happenings().end(), [&](const Happening& h) { return brings_about(forced, h) && h.happens({told, quarter}); });
}

/// Whether something that waits acted in the quarter before, and acts now.
struct Turn {
    bool before, now;
};
std::string words_of_event(const Wait& wait, const Row& row, const Told& told, int quarter, Turn turn)
{
    if (wait.what != Wait::For::while_beyond) return turn.now ? fmt::format("forces this, {}: {}", reason(wait, told, quarter), row.meaning) : "";
    if (quarter != wait.from) return ""; // it is of the first leader, and of one quarter
    if (!turn.now) return fmt::format("would force this on the first leader alone, who has gone: {}", row.meaning);
    return is_told(row.name, told, quarter) ? "" : fmt::format("forces this: {}", row.meaning);
}
std::string words_of_level(const Wait& wait, const Row& row, const Told& told, int quarter, Turn turn)
{
    if (turn.before == turn.now) return "";
    if (turn.now) return fmt::format("sets {} to {:.3g}, {}: {}", row.name, wait.value, reason(wait, told, quarter), row.meaning);
    const bool holds_no_longer = wait.what == Wait::For::while_beyond && quarter <= wait.to;
    const std::string_view name = describe().variables[wait.index].name;
    return fmt::format("no longer sets {} to {:.3g}{}", row.name, wait.value,
                       holds_no_longer ? fmt::format(", since {} ({:.3g}) is not {} {:.3g}", name, told.value(quarter - 1, name), wait.above ? "above" : "below", wait.line) : "");
}

/// Last quarter, before `end`, of the straight line that begins at `from`.
int line_end(const Course& c, int from, int end)
{
    const auto step = [&](int q) { return c.value[static_cast<std::size_t>(q) + 1] - c.value[static_cast<std::size_t>(q)]; };
    int to = from;
    while (to + 1 < end && how_at(c, to + 1) == how_at(c, from) && std::abs(step(to) - step(from)) < 1e-9) ++to;
    return to == from + 1 && step(from) != 0 ? from : to; // two points make no line, but a jump
}

std::string words_of(const Course& c, const Row& row, int from, int to, int end)
{
    const double first = c.value[static_cast<std::size_t>(from)], last = c.value[static_cast<std::size_t>(to)];
    const std::string until = to + 1 < end ? fmt::format(" up to {}", quarter_name(to)) : "";
    if (how_at(c, from) == Imposition::hold) return fmt::format("holds {} where it was{}", row.name, until);
    const std::string level = first == last ? fmt::format("{:.3g}", first) : fmt::format("{:.3g} and on to {:.3g} in {}", first, last, quarter_name(to));
    const std::string_view verb = how_at(c, from) == Imposition::add ? "shifts" : "sets", link = how_at(c, from) == Imposition::add ? "by" : "to";
    return fmt::format("{} {} {} {}{}: {}", verb, row.name, link, level, first == last ? until : "", row.meaning);
}

} // namespace

bool is_pinned(std::string_view variable, const Told& told, int quarter) { return is_set(told, Target::variable, Description::find(describe().variables, variable), quarter); }

bool is_imposed(const Happening& happening, const Told& told, int quarter)
{
    if (is_pinned(happening.variable, told, quarter)) return true;
    const std::vector<std::string> forced = listed(happening.forced);
    return std::any_of(forced.begin(), forced.end(), [&](const std::string& name) { return is_set(told, Target::forced, Description::find(describe().forced, name), quarter); });
}

std::vector<Entry> told_impositions(const Told& told, int end)
{
    std::vector<Entry> story;
    const Description& d = describe();
    const Course* last = nullptr;
    const auto tell = [&](const Course& c, int q, std::string what) {
        const int rank = &c == std::exchange(last, &c) ? 2 : 1;
        story.push_back({.quarter = q, .kind = Kind::imposed, .rank = rank, .who = "The scenario", .what = std::move(what), .name = "imposed"});
    };
    for (const Course& c : courses_of(told)) {
        const Row& row = (c.target == Target::lever ? d.levers : c.target == Target::forced ? d.forced : d.variables)[c.index];
        for (int q = std::max(1, static_cast<int>(told.job.start)); q < end; ++q) {
            if (how_at(c, q) == Imposition::none) continue;
            if (c.target == Target::forced) {
                if (!is_told(row.name, told, q)) tell(c, q, fmt::format("forces this: {}", row.meaning));
                continue;
            }
            const int to = line_end(c, q, end);
            const bool as_if_unset = how_at(c, q) == Imposition::set && c.target == Target::lever && c.value[static_cast<std::size_t>(q)] == row.standard
                                     && c.value[static_cast<std::size_t>(to)] == row.standard;
            if (!as_if_unset) tell(c, q, words_of(c, row, q, to, end));
            q = to;
        }
        for (const Wait& wait : c.waits) {
            const std::vector<bool> acts = acting(wait, told);
            for (int q = std::max(1, static_cast<int>(told.job.start)); q < end; ++q) {
                const Turn turn{acts[static_cast<std::size_t>(q) - 1], acts[static_cast<std::size_t>(q)]};
                std::string what = c.target == Target::forced ? words_of_event(wait, row, told, q, turn) : words_of_level(wait, row, told, q, turn);
                if (!what.empty()) tell(c, q, std::move(what));
            }
        }
    }
    return story;
}

} // namespace entente
