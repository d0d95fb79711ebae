// Factors of every kind, and short ways to make designs.
#pragma once
#include "design/kinds.hpp"
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace entente {

inline Factor uniform_factor(const std::string& name, double a, double b)
{
    return {.name = name, .distribution = {.shape = Shape::uniform, .a = a, .b = b}, .levels = {}, .low = a, .high = b, .choices = {}, .origin = {}};
}
inline Factor normal_factor(const std::string& name, double mean, double sd)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    return {.name = name, .distribution = {.shape = Shape::normal, .a = mean, .b = sd}, .levels = {}, .low = -infinity, .high = infinity, .choices = {}, .origin = {}};
}
inline Factor listed_factor(const std::string& name, const std::vector<double>& levels, double low, double high)
{
    return {.name = name, .distribution = {}, .levels = levels, .low = low, .high = high, .choices = {}, .origin = {}};
}
inline Factor whole_factor(const std::string& name, int low, int high)
{
    return {.name = name, .kind = Factor::Kind::whole, .distribution = {}, .levels = {}, .low = double(low), .high = double(high), .choices = {}, .origin = {}};
}
inline Factor date_factor(const std::string& name, int first, int last)
{
    return {.name = name, .kind = Factor::Kind::date, .distribution = {}, .levels = {}, .low = double(first), .high = double(last), .choices = {}, .origin = {}};
}
inline Factor choice_factor(const std::string& name, const std::vector<std::string>& choices)
{
    return {.name = name, .kind = Factor::Kind::choice, .distribution = {}, .levels = {}, .choices = choices, .origin = {}};
}

/// d factors that are uniform on [0, 1].
inline std::vector<Factor> unit_factors(std::size_t d)
{
    std::vector<Factor> factors;
    for (std::size_t k = 0; k < d; ++k) factors.push_back(uniform_factor(fmt::format("x{}", k), 0, 1));
    return factors;
}
/// One of each kind: a continuum with ends, one without, listed, whole, date, choice.
inline std::vector<Factor> mixed_factors()
{
    return {uniform_factor("share", 0, 2), normal_factor("pull", 0, 1), listed_factor("hazard", {0.1, 0.2, 0.4}, 0, 1),
            whole_factor("firms", 3, 6),   date_factor("exit", 44, 45), choice_factor("reading", {"king", "pawn", "rook"})};
}

/// One column of a design's u.
inline std::vector<double> column(const Design& design, std::size_t k)
{
    std::vector<double> u;
    for (std::size_t point = 0; point < design.points; ++point) u.push_back(design.u[point * design.factors + k]);
    return u;
}
/// One row of a design's values.
inline std::vector<double> row(const Design& design, std::size_t point)
{
    const auto first = design.value.begin() + static_cast<std::ptrdiff_t>(point * design.factors);
    return {first, first + static_cast<std::ptrdiff_t>(design.factors)};
}
/// Whether each of n equal shares of (0, 1) holds one of these n.
inline bool one_in_each_share(const std::vector<double>& u)
{
    std::vector<bool> taken(u.size());
    for (const double x : u) {
        const auto share = static_cast<std::size_t>(x * static_cast<double>(u.size()));
        if (share >= u.size() || taken[share]) return false;
        taken[share] = true;
    }
    return true;
}
/// Whether `longer` begins with `shorter`.
inline bool begins_with(const Design& longer, const Design& shorter)
{
    const auto begins = [](const auto& all, const auto& first) { return all.size() >= first.size() && std::equal(first.begin(), first.end(), all.begin()); };
    return begins(longer.value, shorter.value) && begins(longer.u, shorter.u) && begins(longer.base, shorter.base) && begins(longer.moved, shorter.moved);
}

} // namespace entente
