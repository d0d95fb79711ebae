#include "../scenario/reading.hpp"
#include "factor.hpp"
#include <algorithm>
#include <cmath>

namespace entente {
namespace {

/// The value as the factor has it, if it is among its values. Runs have numbers in single precision, and so are equal.
std::optional<double> taken(const Factor& f, double value)
{
    const auto rounded = [](double x) { return static_cast<float>(x); };
    for (const double level : f.levels)
        if (rounded(level) == rounded(value)) return level;
    if (!f.levels.empty() || (f.kind == Factor::Kind::whole && value != std::trunc(value))) return std::nullopt;
    return rounded(value) >= rounded(f.low) && rounded(value) <= rounded(f.high) ? std::optional<double>(rounded(value)) : std::nullopt;
}

/// What the scenario itself imposes there; all zeros if nothing.
Course course_of(const Scenario& s, Target target, std::size_t index)
{
    const auto at = std::ranges::find_if(s.courses, [&](const CourseSetting& c) { return !c.history && c.course.target == target && c.course.index == index; });
    return at == s.courses.end() ? Course{.target = target, .index = index, .how = {}, .value = {}} : at->course;
}

bool same(const Course& a, const Course& b)
{
    if (a.waits != b.waits) return false;
    const int end = static_cast<int>(std::max(a.how.size(), b.how.size()));
    for (int q = 0; q < end; ++q) {
        const Imposition how = imposition(a, q);
        if (how != imposition(b, q)) return false;
        if (how != Imposition::none && a.value[static_cast<std::size_t>(q)] != b.value[static_cast<std::size_t>(q)]) return false;
    }
    return true;
}

/// Among values of a date or choice, the one that imposes what the scenario does.
std::optional<double> same_course(const Factor& f, const Placement& p, const Course& own)
{
    const std::size_t n = level_count(f);
    for (std::size_t level = 0; level < n; ++level) {
        const double value = value_at(f, level_middle(f, level));
        if (same(p.course(value), own)) return value;
    }
    return std::nullopt;
}

/// Of a factor that is a number in something that waits (its level, line or delay): the one with which it imposes what the scenario does.
std::optional<double> same_wait(const Placement& p, const Course& own)
{
    for (const Wait& wait : own.waits)
        for (const double value : {wait.value, wait.line, double(wait.quarters), double(wait.lasts)})
            if (same(p.course(value), own)) return value;
    if (own.target != Target::lever || !is_idle(own)) return std::nullopt;
    const double standard = describe().levers[own.index].standard;
    const Course at_rest = p.course(standard);
    const bool rests = std::ranges::all_of(at_rest.waits, [&](const Wait& w) { return w.value == standard; });
    return at_rest.how.empty() && rests ? std::optional(standard) : std::nullopt;
}

/// The scenario's level in the first quarter in which the factor acts.
std::optional<double> level_there(const Factor& f, const Placement& p, const Course& own)
{
    const Course imposed = p.course(value_at(f, 0.5));
    if (!imposed.waits.empty()) return same_wait(p, own);
    int q = 0;
    const int end = static_cast<int>(imposed.how.size());
    while (q < end && imposition(imposed, q) == Imposition::none) ++q;
    if (q == end) return std::nullopt;
    if (!own.waits.empty()) return std::nullopt;
    if (imposition(own, q) == imposition(imposed, q)) return own.value[static_cast<std::size_t>(q)];
    return own.target == Target::lever ? std::optional(describe().levers[own.index].standard) : std::nullopt;
}

std::optional<double> stands_at(const Factor& f, const Placement& p, const Scenario& s)
{
    switch (p.kind) {
    case Placement::Kind::nothing: break;
    case Placement::Kind::dial: return s.dials[p.index];
    case Placement::Kind::parameter: return drawn_quantile(s, p.index, 0.5);
    case Placement::Kind::structure: {
        const std::vector<double>& weights = s.structures[p.index].weights;
        const auto likeliest = static_cast<float>(std::ranges::max_element(weights) - weights.begin());
        const auto at = std::ranges::find(p.codes, likeliest);
        return at == p.codes.end() ? std::nullopt : std::optional(static_cast<double>(at - p.codes.begin()));
    }
    case Placement::Kind::course: {
        const Course any = p.course(value_at(f, 0.5)), own = course_of(s, any.target, any.index);
        const bool number = f.kind == Factor::Kind::number || f.kind == Factor::Kind::whole;
        return number ? level_there(f, p, own) : same_course(f, p, own);
    }
    }
    return std::nullopt;
}

} // namespace

std::optional<double> own_value(const Factor& f, const Placements& placements, const Scenario& s)
{
    const bool number = f.kind == Factor::Kind::number || f.kind == Factor::Kind::whole;
    std::optional<double> own;
    for (std::size_t i = 0; i < placements.size(); ++i) {
        const auto value = stands_at(f, placements[i], s);
        if (!value || (i > 0 && value != own)) return std::nullopt;
        own = value;
    }
    return own && number ? taken(f, *own) : own;
}

} // namespace entente
