// What history, levers, forced events and pins impose on a group of lanes in a quarter.
#pragma once
#include "entries.hpp"
#include <vector>

namespace entente {
inline namespace ENTENTE_KERNEL {

/// The quarter that first knew of what a wait waits for, or -1.
struct Known {
    int quarter = -1;
};

/// One imposed thing in one lane group: each lane's course, or none.
struct Imposed {
    Target target;
    std::size_t index;
    const Course* course[width];
    std::size_t quarters;       ///< after which the path imposes nothing
    bool same = false;          ///< in all lanes
    std::vector<Known> known{}; ///< [lane][wait] of the lanes' courses; empty if nothing waits
};
inline void gather(const Job& job, std::size_t first, std::size_t n, std::vector<Imposed>& imposed)
{
    imposed.clear();
    const auto add = [&](std::size_t lane, const Course& course) {
        std::size_t at = 0;
        // the same thing may be imposed twice by one point (history, then a pin): each keeps its place in line
        while (at < imposed.size() && !(imposed[at].target == course.target && imposed[at].index == course.index && imposed[at].course[lane] == nullptr)) ++at;
        if (at == imposed.size()) imposed.push_back({course.target, course.index, {}, 0});
        imposed[at].course[lane] = &course;
        if (course.how.size() > imposed[at].quarters) imposed[at].quarters = course.how.size();
    };
    for (std::size_t lane = 0; lane < static_cast<std::size_t>(width); ++lane) {
        const Point& point = *job.points[first + (lane < n ? lane : n - 1)];
        if (point.under)
            for (const Course& course : point.under->courses) add(lane, course);
        for (const Course& course : point.courses) add(lane, course);
    }
    for (Imposed& i : imposed) {
        i.same = true;
        std::size_t waits = 0;
        for (const Course* const course : i.course) {
            i.same = i.same && course == i.course[0];
            if (course && course->waits.size() > waits) waits = course->waits.size();
        }
        i.known.assign(waits * width, Known{});
    }
}
/// The imposed value of each lane at this quarter, and which lanes it is imposed on.
struct Now {
    Lanes value{0};
    Mask set{}, hold{}, add{};
};
inline Now at(const Imposed& imposed, std::size_t quarter)
{
    Now r;
    if (quarter >= imposed.quarters) return r;
    if (imposed.same) {
        const Imposition how = imposed.course[0]->how[quarter];
        const auto if_it_is = [how](Imposition this_one) { return Mask{in_all_lanes<IntVector>(-Int(how == this_one))}; };
        return {imposed.course[0]->value[quarter], if_it_is(Imposition::set), if_it_is(Imposition::hold), if_it_is(Imposition::add)};
    }
    for (int lane = 0; lane < width; ++lane) {
        const Course* const c = imposed.course[lane];
        if (c == nullptr || quarter >= c->how.size()) continue;
        const Imposition how = c->how[quarter];
        r.value.v[lane] = static_cast<Real>(c->value[quarter]);
        r.set.v[lane] = how == Imposition::set ? -1 : 0;
        r.hold.v[lane] = how == Imposition::hold ? -1 : 0;
        r.add.v[lane] = how == Imposition::add ? -1 : 0;
    }
    return r;
}
/// Whether it acts in this quarter of one lane's run.
inline bool acts(const Wait& wait, const World& now, const Events<Lanes>& first, std::size_t lane, Known& known)
{
    if (wait.what == Wait::For::event) {
        const int happened = static_cast<int>(list(first)[wait.index].v[lane]);
        known.quarter = happened < 0 ? -1 : happened + 1;
    } else {
        const Real x = all_of(now)[wait.index].v[lane], line = static_cast<Real>(wait.line);
        const bool beyond = wait.above ? x > line : x < line;
        if (known.quarter < 0 && beyond) known.quarter = now.quarter;
        if (wait.what == Wait::For::while_beyond && !beyond) known.quarter = -1;
    }
    const int begins = known.quarter + wait.quarters - 1;
    return known.quarter >= 0 && now.quarter >= begins && (wait.lasts == 0 || now.quarter < begins + wait.lasts) && now.quarter >= wait.from && now.quarter <= wait.to;
}
/// What waits for nothing any longer, lane by lane: runs differ in when that is.
inline void impose_what_waited(Imposed& imposed, const World& now, const Events<Lanes>& first, Lanes& input)
{
    const std::size_t waits = imposed.known.size() / width;
    for (std::size_t lane = 0; lane < static_cast<std::size_t>(width); ++lane) {
        const Course* const course = imposed.course[lane];
        if (course == nullptr) continue;
        for (std::size_t w = 0; w < course->waits.size(); ++w)
            if (acts(course->waits[w], now, first, lane, imposed.known[lane * waits + w])) input.v[lane] = static_cast<Real>(course->waits[w].value);
    }
}
/// What is added to a lever does not lead out of its range. `first`: what has been seen of the events up to the quarter before.
inline void impose_inputs(std::vector<Imposed>& imposed, const Events<Lanes>& first, World& now)
{
    static constexpr Levers<Row> lever_rows{};
    static constexpr Forced<Row> forced_rows{};
    const auto input_of = [&](const Imposed& i) -> Lanes& {
        return i.target == Target::lever ? list(static_cast<Levers<Lanes>&>(now))[i.index] : list(static_cast<Forced<Lanes>&>(now))[i.index];
    };
    const auto row_of = [](const Imposed& i) -> const Row& { return i.target == Target::lever ? rows(lever_rows)[i.index] : rows(forced_rows)[i.index]; };
    for (const Imposed& i : imposed)
        if (i.target != Target::variable) input_of(i) = row_of(i).standard;
    for (Imposed& i : imposed) {
        if (i.target == Target::variable) continue;
        const Now n = at(i, static_cast<std::size_t>(now.quarter));
        Lanes& x = input_of(i);
        x = select(n.set, n.value, select(n.add, clip(x + n.value, row_of(i).low, row_of(i).high), x));
        if (!i.known.empty() && now.quarter >= now.start) impose_what_waited(i, now, first, x);
    }
}
/// What is added does not lead out of the variable's range.
inline void impose_variables(const std::vector<Imposed>& imposed, const World& now, Variables& next)
{
    static constexpr Model::Variables<Row> table{};
    for (const Imposed& i : imposed) {
        if (i.target != Target::variable || static_cast<std::size_t>(now.quarter) >= i.quarters) continue;
        const Now n = at(i, static_cast<std::size_t>(now.quarter));
        const Row& row = rows(table)[i.index];
        Lanes& x = list(next)[i.index];
        x = select(n.set, n.value, select(n.hold, list(static_cast<const Variables&>(now))[i.index], select(n.add, clip(x + n.value, row.low, row.high), x)));
    }
}

} // namespace ENTENTE_KERNEL
} // namespace entente
