#include "design.hpp"
#include "../core/csv.hpp"
#include "kinds.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <iterator>
#include <numeric>

namespace entente {
namespace {

constexpr double most_points = 0x1p31; // their numbers are 32-bit integers

std::vector<Problem> problems_of(std::span<const Factor> factors, const DesignChoice& choice)
{
    const DesignKind& kind = *choice.kind;
    std::vector<Problem> list = kind.faults(factors);
    const auto add = [&](const std::string& message) { list.push_back({choice.origin, fmt::format("{}: {}", kind.name, message)}); };
    const double count = kind.points(factors, choice);
    if (factors.empty()) add("at least one factor, got none");
    if (!kind.counts.empty() && choice.points == 0) add(fmt::format("at least one {}, got 0", kind.counts));
    if (kind.even_levels && (choice.levels % 2 != 0 || choice.levels == 0)) add(fmt::format("an even number of levels, got {}", choice.levels));
    else if (kind.levels > 0 && choice.levels == 0) add("at least one level, got 0");
    if (count > most_points) add(fmt::format("at most {} points, got {}", most_points, count));
    if (factors.size() > kind.most_factors) add(fmt::format("at most {} factors, got {}", kind.most_factors, factors.size()));
    return list;
}

/// Values of factor k at all points, as value_at gives them or the scenario's own; of a bell or beta in one go, which is faster.
void take_values(Design& design, const Factor& factor, std::size_t k)
{
    const std::size_t d = design.factors;
    if (level_count(factor) > 0) {
        for (std::size_t i = k; i < design.u.size(); i += d) design.value[i] = std::isnan(design.u[i]) ? factor.own.value() : value_at(factor, design.u[i]);
        return;
    }
    std::vector<double> u(design.points);
    std::vector<double> value(design.points);
    for (std::size_t point = 0; point < design.points; ++point) u[point] = std::isnan(design.u[point * d + k]) ? 0.5 : design.u[point * d + k];
    quantiles(factor.distribution, u, value);
    for (std::size_t point = 0; point < design.points; ++point)
        design.value[point * d + k] = std::isnan(design.u[point * d + k]) ? factor.own.value() : u[point] == 0 || u[point] == 1 ? value_at(factor, u[point]) : value[point];
}

std::string exact_text(const Factor& factor, double value) { return factor.kind == Factor::Kind::number ? fmt::format("{}", value == 0 ? 0 : value) : value_text(factor, value); }

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

double grid_size(const Factor& factor, std::uint32_t levels)
{
    const std::size_t own = level_count(factor);
    return static_cast<double>(own > 0 ? own : levels);
}

std::vector<std::string> design_kind_names()
{
    std::vector<std::string> names;
    for (const DesignKind* kind : designs::all) names.emplace_back(kind->name);
    return names;
}

std::string options_text(const DesignChoice& choice)
{
    std::string text;
    if (choice.kind->levels > 0) text += fmt::format(", {} levels of a continuum", choice.levels);
    if (choice.kind->second_order) text += choice.second_order ? ", with pairs" : ", without pairs";
    if (choice.kind->seed) text += fmt::format(", seed {}", choice.seed);
    return choice.table.empty() ? text : text + ", " + choice.table;
}

std::uint64_t point_count(std::span<const Factor> factors, const DesignChoice& choice)
{
    const std::vector<Problem> problems = problems_of(factors, choice);
    if (!problems.empty()) throw ScenarioErrors(problems);
    return static_cast<std::uint64_t>(choice.kind->points(factors, choice));
}

Design make_design(std::span<const Factor> factors, const DesignChoice& choice)
{
    point_count(factors, choice);
    Design design = choice.kind->lay(factors, choice);
    design.value.resize(design.u.size());
    for (std::size_t k = 0; k < design.factors; ++k) take_values(design, factors[k], k);
    return design;
}

std::string design_csv(const Design& design, std::span<const Factor> factors)
{
    std::string text = "point";
    for (const Factor& f : factors) text += "," + csv_cell(f.name);
    text += ",base,moved\n";
    for (std::size_t point = 0; point < design.points; ++point) {
        fmt::format_to(std::back_inserter(text), "{}", point);
        for (std::size_t k = 0; k < design.factors; ++k) text += "," + csv_cell(exact_text(factors[k], design.value[point * design.factors + k]));
        fmt::format_to(std::back_inserter(text), ",{},{}\n", design.base[point], design.moved[point]);
    }
    return text;
}

} // namespace entente
