#include "design.hpp"
#include "kinds.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <iterator>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace entente {
namespace {

using Kind = DesignChoice::Kind;
constexpr double most_points = 0x1p31;        // their numbers are 32-bit integers
constexpr std::size_t most_dimensions = 1000; // of Sobol's sequence: so many are tested

std::string_view name_of(Kind kind)
{
    constexpr std::string_view names[] = {"factorial", "one_at_a_time", "latin_hypercube", "sobol", "saltelli", "morris", "table"};
    return names[static_cast<std::size_t>(kind)];
}

/// Values that a gridded design gives the factor.
double grid_size(const Factor& f, std::uint32_t levels)
{
    const std::size_t own = level_count(f);
    return static_cast<double>(own > 0 ? own : levels);
}

/// Points of the design as if nothing were wrong; exact below 2^53.
double points_of(std::span<const Factor> factors, const DesignChoice& choice)
{
    const double d = static_cast<double>(factors.size()), n = choice.points;
    switch (choice.kind) {
    case Kind::factorial: return std::accumulate(factors.begin(), factors.end(), 1.0, [&](double product, const Factor& f) { return product * grid_size(f, choice.levels); });
    case Kind::one_at_a_time: return std::accumulate(factors.begin(), factors.end(), 1.0, [&](double sum, const Factor& f) { return sum + grid_size(f, choice.levels); });
    case Kind::latin_hypercube:
    case Kind::sobol: return n;
    case Kind::saltelli: return n * (choice.second_order ? 2 * d + 2 : d + 2);
    case Kind::morris: return n * (d + 1);
    case Kind::table: break;
    }
    throw std::invalid_argument("the points of a table are counted by reading it");
}

std::vector<Problem> problems_of(std::span<const Factor> factors, const DesignChoice& choice)
{
    const std::string_view name = name_of(choice.kind);
    std::vector<Problem> list;
    const auto add = [&](std::string message) { list.push_back({choice.origin, fmt::format("{}: {}", name, message)}); };
    const bool on_grid = choice.kind == Kind::factorial || choice.kind == Kind::one_at_a_time;
    const double count = points_of(factors, choice);
    if (factors.empty()) add("at least one factor, got none");
    if (!on_grid && choice.points == 0)
        add(fmt::format("at least one {}, got 0", choice.kind == Kind::morris ? "trajectory" : choice.kind == Kind::saltelli ? "base point" : "point"));
    if (on_grid && choice.levels == 0) add("at least one level, got 0");
    if (count > most_points) add(fmt::format("at most {} points, got {}", most_points, count));
    const std::size_t most = choice.kind == Kind::sobol ? most_dimensions : choice.kind == Kind::saltelli ? most_dimensions / 2 : factors.size();
    if (factors.size() > most) add(fmt::format("at most {} factors, got {}", most, factors.size()));
    if (choice.kind != Kind::morris) return list;
    if (choice.levels % 2 != 0 || choice.levels == 0) add(fmt::format("an even number of levels, got {}", choice.levels));
    for (const Factor& f : factors)
        if (level_count(f) == 1) list.push_back({f.origin, fmt::format("morris: {} takes one value only, and cannot step to another", f.name)});
    return list;
}

/// Values of factor k at all points, as value_at gives them; of a bell or beta in one go, which is faster.
void take_values(Design& design, const Factor& factor, std::size_t k)
{
    const std::size_t d = design.factors;
    if (level_count(factor) > 0) {
        for (std::size_t i = k; i < design.u.size(); i += d) design.value[i] = value_at(factor, design.u[i]);
        return;
    }
    std::vector<double> u(design.points);
    std::vector<float> value(design.points);
    for (std::size_t point = 0; point < design.points; ++point) u[point] = design.u[point * d + k];
    quantiles(factor.distribution, u, value);
    for (std::size_t point = 0; point < design.points; ++point) design.value[point * d + k] = u[point] == 0 || u[point] == 1 ? value_at(factor, u[point]) : value[point];
}

Design laid(std::span<const Factor> factors, const DesignChoice& choice)
{
    switch (choice.kind) {
    case Kind::factorial: return factorial_design(factors, choice);
    case Kind::one_at_a_time: return one_at_a_time_design(factors, choice);
    case Kind::latin_hypercube: return latin_hypercube_design(factors, choice);
    case Kind::sobol: return sobol_design(factors, choice);
    case Kind::saltelli: return saltelli_design(factors, choice);
    case Kind::morris: return morris_design(factors, choice);
    case Kind::table: break;
    }
    throw std::logic_error("a table is read, not made");
}

/// A cell of a CSV, in quotes where it needs them.
std::string cell(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
    return quoted + "\"";
}

} // namespace

Design blank_design(std::size_t factors, std::size_t points)
{
    Design design{.factors = factors, .points = points, .value = {}, .u = std::vector<double>(points * factors), .base = std::vector<std::int32_t>(points), .moved = {}};
    design.moved.assign(points, -1);
    std::iota(design.base.begin(), design.base.end(), 0);
    return design;
}

std::vector<double> grid_of(const Factor& factor, std::uint32_t levels)
{
    std::vector<double> grid;
    const std::size_t own = level_count(factor);
    for (std::size_t i = 0; i < own; ++i) grid.push_back(level_middle(factor, i));
    if (own > 0) return grid;
    const bool ends = is_bounded(factor) && levels > 1;
    for (std::uint32_t i = 0; i < levels; ++i) grid.push_back(ends ? static_cast<double>(i) / (levels - 1) : (i + 0.5) / levels);
    return grid;
}

std::uint64_t point_count(std::span<const Factor> factors, const DesignChoice& choice)
{
    const std::vector<Problem> problems = problems_of(factors, choice);
    if (!problems.empty()) throw ScenarioErrors(problems);
    return static_cast<std::uint64_t>(points_of(factors, choice));
}

Design make_design(std::span<const Factor> factors, const DesignChoice& choice)
{
    point_count(factors, choice);
    Design design = laid(factors, choice);
    design.value.resize(design.u.size());
    for (std::size_t k = 0; k < design.factors; ++k) take_values(design, factors[k], k);
    return design;
}

std::string design_csv(const Design& design, std::span<const Factor> factors)
{
    std::string text = "point";
    for (const Factor& f : factors) text += "," + cell(f.name);
    text += ",base,moved\n";
    for (std::size_t point = 0; point < design.points; ++point) {
        fmt::format_to(std::back_inserter(text), "{}", point);
        for (std::size_t k = 0; k < design.factors; ++k) text += "," + cell(value_text(factors[k], design.value[point * design.factors + k]));
        fmt::format_to(std::back_inserter(text), ",{},{}\n", design.base[point], design.moved[point]);
    }
    return text;
}

} // namespace entente
