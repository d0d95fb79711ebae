// Functions of which sensitivity indices are known in closed form.
#pragma once
#include "design/kinds.hpp"
#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

namespace entente::known {

using Function = std::function<double(const double* x)>; ///< of a point of the unit cube

inline std::vector<Factor> unit_factors(std::size_t d)
{
    std::vector<Factor> all;
    for (std::size_t k = 0; k < d; ++k)
        all.push_back(
            {.name = "x" + std::to_string(k + 1), .kind = Factor::Kind::number, .distribution = {.shape = Shape::uniform, .a = 0, .b = 1}, .levels = {}, .low = 0, .high = 1, .choices = {}, .origin = {}});
    return all;
}
inline Design design(const DesignKind& kind, std::size_t d, std::uint32_t points, bool second_order = false, std::uint64_t seed = 1)
{
    return make_design(unit_factors(d), {.kind = &kind, .points = points, .levels = kind.levels, .second_order = second_order, .seed = seed, .table = {}, .origin = {}});
}
inline std::vector<double> values(const Design& design, const Function& f)
{
    std::vector<double> y;
    for (std::size_t point = 0; point < design.points; ++point) y.push_back(f(&design.u[point * design.factors]));
    return y;
}

inline Function ishigami(double a, double b)
{
    return [=](const double* u) {
        const auto x = [&](int k) { return std::numbers::pi * (2 * u[k] - 1); };
        return std::sin(x(0)) + a * std::sin(x(1)) * std::sin(x(1)) + b * std::pow(x(2), 4) * std::sin(x(0));
    };
}
/// Sobol's g-function.
inline Function g_function(std::vector<double> a)
{
    return [a](const double* u) {
        double product = 1;
        for (std::size_t k = 0; k < a.size(); ++k) product *= (std::abs(4 * u[k] - 2) + a[k]) / (1 + a[k]);
        return product;
    };
}
/// Bratley, Fox & Niederreiter (1992).
inline Function bratley(std::size_t d)
{
    return [d](const double* u) {
        double sum = 0, product = 1;
        for (std::size_t k = 0; k < d; ++k) product *= u[k], sum += k % 2 == 0 ? -product : product;
        return sum;
    };
}
/// Flow of water through a borehole, of rw, r, Tu, Hu, Tl, Hl, L, Kw.
inline double borehole(const double* u)
{
    constexpr double low[] = {0.05, 100, 63070, 990, 63.1, 700, 1120, 9855}, high[] = {0.15, 50000, 115600, 1110, 116, 820, 1680, 12045};
    const auto x = [&](int k) { return low[k] + (high[k] - low[k]) * u[k]; };
    const double ratio = std::log(x(1) / x(0));
    return 2 * std::numbers::pi * x(2) * (x(3) - x(5)) / (ratio * (1 + 2 * x(6) * x(2) / (ratio * x(0) * x(0) * x(7)) + x(2) / x(4)));
}
inline double linear(const double* u) { return 4 * u[0] - 2 * u[1] + u[2] + 0.5 * u[3]; }

/// Morris's own function of 20 inputs (1991), coefficients beyond the named ones 0.
inline double morris(const double* x)
{
    double w[20];
    for (int i = 0; i < 20; ++i) w[i] = i == 2 || i == 4 || i == 6 ? 2 * (1.1 * x[i] / (x[i] + 0.1) - 0.5) : 2 * (x[i] - 0.5);
    double y = 0;
    for (int i = 0; i < 10; ++i) y += 20 * w[i];
    for (int i = 0; i < 6; ++i)
        for (int j = i + 1; j < 6; ++j) y -= 15 * w[i] * w[j];
    for (int i = 0; i < 5; ++i)
        for (int j = i + 1; j < 5; ++j)
            for (int l = j + 1; l < 5; ++l) y -= 10 * w[i] * w[j] * w[l];
    return y + 5 * w[0] * w[1] * w[2] * w[3];
}

} // namespace entente::known
