#include "impositions.hpp"
#include "../core/quarter.hpp"
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
    return std::any_of(all.begin(), all.end(), [=](const Course& c) {
        const Imposition how = how_at(c, quarter);
        return c.target == target && c.index == index && (how == Imposition::set || how == Imposition::hold);
    });
}

bool brings_about(std::string_view forced, const Happening& h)
{
    const std::vector<std::string> all = listed(h.forced);
    return std::find(all.begin(), all.end(), forced) != all.end();
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
                const bool shows = std::any_of(happenings().begin(), happenings().end(), [&](const Happening& h) { return brings_about(row.name, h) && h.happens({told, q}); });
                if (!shows) tell(c, q, fmt::format("forces this: {}", row.meaning));
                continue;
            }
            const int to = line_end(c, q, end);
            const bool as_if_unset = c.target == Target::lever && c.value[static_cast<std::size_t>(q)] == row.standard && c.value[static_cast<std::size_t>(to)] == row.standard;
            if (!as_if_unset) tell(c, q, words_of(c, row, q, to, end));
            q = to;
        }
    }
    return story;
}

} // namespace entente
