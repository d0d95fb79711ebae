#include "factor.hpp"
#include "../core/quarter.hpp"
#include <algorithm>
#include <cassert>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente {
namespace {

/// A number whose values a distribution gives; all others have levels of equal shares.
bool is_drawn(const Factor& f) { return f.kind == Factor::Kind::number && f.levels.empty(); }

/// Which values of a table occur at all.
std::vector<std::size_t> occurring(const Distribution& d)
{
    std::vector<std::size_t> list;
    for (std::size_t i = 0; i < d.values.size(); ++i)
        if (d.weights[i] > 0) list.push_back(i);
    return list;
}

/// The least value for u = 0 and the greatest for u = 1, exactly: a quantile comes only near the ends of a beta or truncated distribution.
float end_of(const Distribution& d, double u)
{
    switch (d.shape) {
    case Shape::value: return static_cast<float>(d.a);
    case Shape::uniform:
    case Shape::log_uniform: return static_cast<float>(u == 0 ? d.a : d.b);
    case Shape::table: return static_cast<float>(d.values[u == 0 ? occurring(d).front() : occurring(d).back()]);
    case Shape::normal:
    case Shape::log_normal:
    case Shape::beta: break;
    }
    return static_cast<float>(u == 0 ? d.low : d.high);
}

} // namespace

std::size_t level_count(const Factor& f)
{
    switch (f.kind) {
    case Factor::Kind::number:
        if (!is_drawn(f)) return f.levels.size();
        return f.distribution.shape == Shape::value ? 1 : f.distribution.shape == Shape::table ? occurring(f.distribution).size() : 0;
    case Factor::Kind::whole:
    case Factor::Kind::date: return static_cast<std::size_t>(f.high - f.low) + 1;
    case Factor::Kind::choice: break;
    }
    return f.choices.size();
}

bool is_bounded(const Factor& f)
{
    const Shape shape = f.distribution.shape;
    return !is_drawn(f) || (shape != Shape::normal && shape != Shape::log_normal) || f.distribution.cut != Cut::none;
}

double value_at(const Factor& f, double u)
{
    assert(u >= 0 && u <= 1);
    if (is_drawn(f)) {
        const bool end = u == 0 || u == 1;
        assert(!end || is_bounded(f));
        return end ? end_of(f.distribution, u) : quantile(f.distribution, u);
    }
    const std::size_t n = level_count(f);
    assert(n > 0);
    const std::size_t level = std::min(static_cast<std::size_t>(u * static_cast<double>(n)), n - 1);
    if (f.kind == Factor::Kind::number) return f.levels[level];
    return static_cast<double>(level) + (f.kind == Factor::Kind::choice ? 0 : f.low);
}

double level_middle(const Factor& f, std::size_t level)
{
    assert(level < level_count(f));
    if (!is_drawn(f) || f.distribution.shape != Shape::table) return (static_cast<double>(level) + 0.5) / static_cast<double>(level_count(f));
    double below = 0;
    const std::size_t value = occurring(f.distribution)[level];
    for (std::size_t i = 0; i < value; ++i) below += f.distribution.weights[i];
    return below + 0.5 * f.distribution.weights[value];
}

std::string value_text(const Factor& f, double value)
{
    if (value == 0) value = 0; // no "-0"
    switch (f.kind) {
    case Factor::Kind::number: return is_drawn(f) ? fmt::format("{}", static_cast<float>(value)) : fmt::format("{}", value);
    case Factor::Kind::whole: return fmt::format("{}", std::llround(value));
    case Factor::Kind::date: return quarter_name(static_cast<int>(std::lround(value)));
    case Factor::Kind::choice: break;
    }
    return f.choices.at(static_cast<std::size_t>(std::lround(value)));
}

std::string sets_text(const Placements& placements)
{
    std::string text;
    for (const Placement& p : placements) text += (text.empty() ? "" : ", ") + p.sets;
    return text;
}

std::string values_text(const Factor& f)
{
    if (!f.choices.empty()) return fmt::format("{}", fmt::join(f.choices, ", "));
    if (!f.levels.empty()) return fmt::format("{}", fmt::join(f.levels, ", "));
    if (f.kind == Factor::Kind::number) return to_text(f.distribution);
    return fmt::format("{} to {}", value_text(f, f.low), value_text(f, f.high));
}

} // namespace entente
